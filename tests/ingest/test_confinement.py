"""What reads the documents of strangers can reach nothing but those documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ReadingLimits, UnopenedDocument, scan
from ingest.confinement import Confinement
from ingest.folder import SourceFile
from ingest.ocr.engines import program_of
from ingest.reader_process import ReaderProcess

LIMITS = ReadingLimits()
AVAILABLE = Confinement.available()
no_files = pytest.mark.skipif(not AVAILABLE.landlock, reason="this kernel has no Landlock")
no_calls = pytest.mark.skipif(not AVAILABLE.seccomp, reason="this kernel has no seccomp")
tesseract = pytest.mark.skipif(program_of("tesseract") is None, reason="needs tesseract-ocr")

# A worker that tries what it is asked to, and says what came of it. What it needs is imported
# before it is confined, as a hostile document could bring it along.
TRIES = """
import ctypes, os, pathlib, signal, socket, subprocess, tempfile, threading
from ingest.exchange import read_frame, write_frame
from ingest.worker import begin

libc = ctypes.CDLL(None, use_errno=True)

def call(number):
    if libc.syscall(number, 2, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

post = begin()
while (request := read_frame(post.requests)) is not None:
    file = post.files.take("", pathlib.Path(request["location"]))
    said = {}
    for attempt in request["tries"]:
        try:
            said[attempt] = repr(eval(attempt))
        except Exception as error:
            said[attempt] = type(error).__name__
    os.close(file)
    write_frame(post.answers, said, 1 << 20)
"""
COMMAND = (sys.executable, "-P", "-c", TRIES)


@pytest.fixture(scope="module")
def confined() -> Iterator[ReaderProcess]:
    process = ReaderProcess(LIMITS, COMMAND)
    yield process
    process.close()


def attempted(process: ReaderProcess, tmp_path: Path, *tries: str) -> dict[str, str]:
    """What came of each expression in that process; "PermissionError" where it may not."""
    document = tmp_path / "document.md"
    document.write_text("The ferry leaves at noon.")
    request = {"path": document.name, "location": str(document), "tries": tries}
    answer = process.ask(request, 60)
    assert answer is not None
    return answer


@no_calls
def test_it_opens_no_socket(confined: ReaderProcess, tmp_path: Path) -> None:
    said = attempted(
        confined,
        tmp_path,
        "socket.socket()",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
        "socket.socketpair()",
        "post.files._end.sendto(b'x', '/run/any')",
        "call(425)",  # io_uring_setup, which opens sockets past every filter
    )
    assert set(said.values()) == {"PermissionError"}, said
    assert attempted(confined, tmp_path, "socket.getaddrinfo('norvale.example', 80)") == {
        "socket.getaddrinfo('norvale.example', 80)": "gaierror"
    }


@no_files
def test_it_sees_no_other_file(confined: ReaderProcess, tmp_path: Path) -> None:
    users = tmp_path / "index-users.json"
    users.write_text("{}")
    (tmp_path / "link.md").symlink_to(users)
    said = attempted(
        confined,
        tmp_path,
        f"open({str(users)!r}).read()",
        f"open({str(tmp_path / 'document.md')!r}).read()",
        f"open({str(tmp_path / 'link.md')!r}).read()",
        f"os.listdir({str(tmp_path)!r})",
        f"os.listdir({str(Path.home())!r})",
        "open('/etc/passwd').read()",
        f"open('/proc/{os.getpid()}/environ').read()",
        f"open('/proc/self/root{users}').read()",
        "os.listdir('/tmp')",
    )
    assert set(said.values()) == {"PermissionError"}, said


@no_files
def test_it_writes_to_its_own_folder_alone(confined: ReaderProcess, tmp_path: Path) -> None:
    kept = tmp_path / "kept.md"
    kept.write_text("The keeper sleeps by day.")
    before = kept.stat()
    said = attempted(
        confined,
        tmp_path,
        f"open({str(kept)!r}, 'w')",
        f"open({str(kept)!r}, 'a')",
        f"open({str(tmp_path / 'new.md')!r}, 'w')",
        f"os.unlink({str(kept)!r})",
        f"os.rename({str(kept)!r}, {str(tmp_path / 'moved.md')!r})",
        f"os.link({str(kept)!r}, {str(tmp_path / 'linked.md')!r})",
        f"os.mkdir({str(tmp_path / 'folder')!r})",
        f"open({str(Path(__file__).parents[2] / 'ingest' / 'worker.py')!r}, 'a')",
        f"pathlib.Path({sys.prefix!r}, 'lib', 'new.py').write_text('')",
        "os.write(file, b'x')",
    )
    assert {said.popitem()[1]} == {"OSError"}  # the document was opened for reading
    assert set(said.values()) == {"PermissionError"}, said
    assert kept.stat() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["document.md", "kept.md"]
    own = "pathlib.Path(tempfile.mkdtemp(), 'a').write_text('noon')"
    assert attempted(confined, tmp_path, own) == {own: "4"}


@no_calls
def test_it_changes_no_rights_and_no_times(confined: ReaderProcess, tmp_path: Path) -> None:
    kept = tmp_path / "kept.md"
    kept.write_text("The keeper sleeps by day.")
    before = kept.stat()
    said = attempted(
        confined,
        tmp_path,
        f"os.chmod({str(kept)!r}, 0o777)",
        "os.fchmod(file, 0o777)",
        f"os.chown({str(kept)!r}, 1, 1)",
        f"os.utime({str(kept)!r}, (1, 1))",
        f"os.setxattr({str(kept)!r}, 'user.a', b'x')",
        f"os.truncate({str(kept)!r}, 0)",
    )
    assert set(said.values()) == {"PermissionError"}, said
    assert kept.stat() == before


@no_calls
def test_it_starts_nothing_and_reaches_no_process(confined: ReaderProcess, tmp_path: Path) -> None:
    said = attempted(
        confined,
        tmp_path,
        "os.fork()",
        "subprocess.run(['/bin/true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        f"os.kill({os.getpid()}, 0)",
        f"os.pidfd_open({os.getpid()})",
        "os.setpriority(os.PRIO_PROCESS, 0, 0)",
    )
    assert set(said.values()) == {"PermissionError"}, said
    thread = "[t := threading.Thread(target=print), t.start(), t.join()][1:]"
    assert attempted(confined, tmp_path, thread) == {thread: "[None, None]"}


@no_files
@no_calls
@tesseract
def test_with_tesseract_it_starts_tesseract_alone_which_is_as_confined(tmp_path: Path) -> None:
    program = program_of("tesseract")
    version = f"subprocess.run([{program!r}, '--version'], capture_output=True).returncode"
    secret = tmp_path / "secret.txt"
    secret.write_text("noon")
    peek = f"subprocess.run([{program!r}, {str(secret)!r}, '-'], capture_output=True).returncode"
    others = (
        "subprocess.run(['/bin/true'])",
        f"subprocess.run([{sys.executable!r}, '-V'])",
        "socket.socket()",
        f"open({str(secret)!r})",
        f"os.kill({os.getpid()}, 0)",
    )
    process = ReaderProcess(LIMITS, COMMAND, program)
    try:
        said = attempted(process, tmp_path, version, peek, *others)
    finally:
        process.close()
    assert said[version] == "0"
    assert said[peek] != "0"
    assert {said[each] for each in others} == {"PermissionError"}, said


def test_what_is_said_to_hold_is_what_holds() -> None:
    process = ReaderProcess(LIMITS)
    try:
        assert process.confinement == AVAILABLE
        if AVAILABLE.seccomp:
            threads = Path(f"/proc/{process.pid}/task").iterdir()
            assert all("Seccomp:\t2" in (each / "status").read_text() for each in threads)
    finally:
        process.close()


@no_files
def test_without_the_kernels_help_documents_are_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = "import landlockpy, seccompy\ndef lacking(*_):\n    raise OSError('no')\n"
    lacking += "landlockpy.abi_version = seccompy.supported = lacking\n"
    command = (sys.executable, "-P", "-c", f"{lacking}from ingest.worker import main; main()")
    (tmp_path / "a.md").write_text("The ferry leaves at noon.")
    (file,) = scan(tmp_path)
    process = ReaderProcess(LIMITS, command)
    try:
        assert process.confinement == Confinement()
        assert process.read(file).document is not None
    finally:
        process.close()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Confinement.available() == Confinement.enter() == Confinement()


@pytest.mark.parametrize(
    ("confinement", "words"),
    [
        (Confinement(7, True), ["no network", "no other files", "Landlock ABI 7", "seccomp"]),
        (Confinement(0, True), ["no network", "no Landlock"]),
        (Confinement(3, False), ["no other files", "ABI 3", "network is open"]),
        (Confinement(), ["limits of time and memory alone"]),
    ],
)
def test_each_degree_has_its_sentence(confinement: Confinement, words: list[str]) -> None:
    assert [word for word in words if word not in str(confinement)] == []


def test_a_document_that_cannot_be_opened_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The ferry leaves at noon.")
    gone = SourceFile("gone.md", tmp_path / "gone.md", 1, 1)
    process = ReaderProcess(LIMITS)
    try:
        assert isinstance(process.read(gone).error, UnopenedDocument)
        assert process.alive
        assert process.read(next(iter(scan(tmp_path)))).document is not None
    finally:
        process.close()


def test_its_folder_goes_with_it(tmp_path: Path) -> None:
    process = ReaderProcess(LIMITS, COMMAND)
    try:
        (told,) = attempted(process, tmp_path, "tempfile.mkstemp()[1]").values()
        made = Path(told.strip("'"))
        assert made.exists()
    finally:
        process.close()
    assert not made.parent.exists()
