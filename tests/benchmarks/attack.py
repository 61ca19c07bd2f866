"""Attack: all that was tried against this program, again, in one table.

    python tests/benchmarks/attack.py [--kills 12] [--sequences 3] [--damages 12] [--requests 600]
                                      [--mutants 60] [--questions 300] [--seconds 300] [--only WHAT]

Kills of an index run, edits against a rebuild, damaged search files, requests without a way past
the door, other people's conversations, files of random bytes, and memory over many questions. On
this machine alone; what is sent is harmless. Each section begins nothing new after so many seconds,
and what it has begun ends within a minute or so. Exit code 1 where anything failed.
"""

from __future__ import annotations

import argparse
import io
import itertools
import random
import subprocess
import sys
import tempfile
import time
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(1, str(Path(__file__).parents[1] / "samples"))

from edited_folder import QUESTIONS, EditedFolder
from incremental import RememberingEncoder
from incremental import run as run_sequence
from index import Encoder, open_encoder, sync
from ingest.samples import SAMPLES
from kill import KillTrial
from load import ask_all, chat, resident_mb, write_documents
from search_results import SearchResults

ROOT = Path(__file__).parents[2]
_CLIENTS = 4  # who ask at once where memory is measured
_GROWTH_MB = (
    40  # that answers may add once everything is loaded: Python keeps some of what it frees
)
# A stranger's requests: whatever they claim to be, nobody has let them in.
_CLAIMS = (
    {},
    {"Authorization": "Bearer 0123456789abcdef0123456789abcdef"},
    {"Authorization": "Basic YWRhOmFkYQ=="},
    {"Cookie": "strategy_session=0123456789abcdef"},
    {"X-Forwarded-User": "ada", "X-Remote-User": "ada", "X-Forwarded-For": "127.0.0.1"},
    {"X-Original-URL": "/login", "X-Rewrite-URL": "/healthz"},
    {"X-HTTP-Method-Override": "GET", "Accept": "application/json"},
)
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
_SPELT = ("{}", "/{}", "{}/", "{}?next=/login", "{}%00", "{};/login", "/login/..{}", "{}//")
_PEOPLE = "anothers or others or shared or guessed or session or token or logged_in"


@dataclass(slots=True)
class Row:
    """One line of the table."""

    what: str
    asked: int  # how many were wanted
    done: int = 0
    failed: list[str] = field(default_factory=list)

    def count(self, failure: str = "") -> None:
        self.done += 1
        if failure:
            self.failed.append(failure)


@dataclass(frozen=True, slots=True)
class Attack:
    """The sections, over one encoder, each in a folder of its own."""

    place: Path
    encoder: Encoder
    seconds: float  # of each section

    def turns(self, row: Row) -> Iterator[int]:
        """Up to as many turns as were wanted, while there is time."""
        end = time.monotonic() + self.seconds
        while row.done < row.asked and time.monotonic() < end:
            yield row.done

    def kills(self, row: Row) -> None:
        """The index is the old generation or the new one, whenever its run is killed."""
        trial = KillTrial(self.place, self.encoder, seed=1)
        for done in self.turns(row):
            trial.run(done + 1)
            row.count(*trial.tally.wrong)
            if trial.tally.wrong:
                return

    def sequences(self, row: Row) -> None:
        """An index that grew answers as one that was built at once."""
        remembering = RememberingEncoder(self.encoder)
        for done in self.turns(row):
            folder = self.place / str(done)
            _, different = run_sequence(folder, done + 1, remembering)
            row.count(different and f"sequence {done + 1}: {different}")

    def damages(self, row: Row) -> None:
        """Search files that are gone, cut off, or have a bit flipped are made anew, the same."""
        from tests.index import test_durability as ways

        edited = EditedFolder(self.place / "documents", seed=1)
        sync(edited.folder, self.place / "index", encoder=self.encoder)
        vectors = list(self.encoder.encode_queries(QUESTIONS))
        sound = SearchResults.of(self.place / "index", QUESTIONS, vectors)
        damage: list[Callable[[Path], None]] = [
            ways.remove,
            ways.remove_vectors,
            ways.truncate_vectors,
            ways.flip_a_bit_of_the_vectors,
            ways.flip_a_bit_of_the_postings,
            ways.garble_the_lexical_meta,
        ]
        for done in self.turns(row):
            way = damage[done % len(damage)]
            way(next((self.place / "index").glob("generation-*")))
            try:
                found = SearchResults.of(self.place / "index", QUESTIONS, vectors)
            except Exception as error:  # whatever it is, nobody should have seen it
                row.count(f"{way.__name__}: {error!r}")
                return  # nothing is sure after that
            row.count("" if found == sound else f"{way.__name__}: other results")

    def requests(self, row: Row) -> None:
        """Whatever a stranger asks for, and claims to be, is refused."""
        from fastapi.testclient import TestClient

        from assistant import Assistant
        from tests.ui.test_guard import paths_of
        from ui.access import Access
        from ui.guard import OPEN
        from ui.server import create_app
        from ui.users import Users

        users = Users(self.place / "users.json")
        users.add("ada", "twelve quays of Norvale")
        sync(SAMPLES, self.place / "index", encoder=self.encoder)
        with Assistant.open(self.place / "index", encoder=self.encoder) as assistant:
            app = create_app(
                assistant,
                folder=SAMPLES,
                index_dir=self.place / "index",
                encoder=self.encoder,
                access=Access(users, 12),
            )
            closed = sorted(paths_of(app) - OPEN)
            tried = list(itertools.product(closed, _SPELT, _METHODS, _CLAIMS))
            random.Random(1).shuffle(tried)
            with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
                for done in self.turns(row):
                    path, spelt, method, claim = tried[done % len(tried)]
                    address = spelt.format(path)
                    answer = client.request(method, f"http://127.0.0.1{address}", headers=claim)
                    refused = 400 <= answer.status_code < 500
                    row.count("" if refused else f"{method} {address}: {answer.status_code}")

    def people(self, row: Row) -> None:
        """The tests of other people's conversations, sessions and tokens."""
        files = ["conversations", "sessions", "guard", "endpoints", "safety"]
        report = self.place / "report.xml"
        tests = [str(ROOT / f"tests/ui/test_{name}.py") for name in files]
        command = [sys.executable, "-m", "pytest", "-q", f"--junit-xml={report}", "-k", _PEOPLE]
        try:
            subprocess.run(
                [*command, *tests], cwd=ROOT, timeout=self.seconds, capture_output=True, check=False
            )
        except subprocess.TimeoutExpired:
            row.failed.append(f"not done within {self.seconds:.0f} s")
            return
        for case in ElementTree.parse(report).iter("testcase"):
            wrong = [each.get("message", "") for each in case if each.tag in ("failure", "error")]
            row.count(f"{case.get('name')}: {wrong[0]}" if wrong else "")
        row.asked = row.done

    def mutants(self, row: Row) -> None:
        """Documents of the samples with random bytes are read or refused."""
        from tests.ingest.test_hostile import SEED, read_mutants

        for done in self.turns(row):
            folder = self.place / str(done)
            folder.mkdir()
            count = min(20, row.asked - done)
            try:
                with redirect_stdout(io.StringIO()):
                    read_mutants(folder, SAMPLES, count, SEED + done)
            except AssertionError as error:
                row.failed.append(f"seed {SEED + done}: {error}")
            row.done += count

    def questions(self, row: Row) -> None:
        """Memory stays flat over many questions, asked by some at once over loopback."""
        facts = write_documents(self.place / "documents", 40)
        sync(self.place / "documents", self.place / "index", encoder=self.encoder)
        with chat(None, self.place / "index") as (address, process):
            for _ in range(3):  # everything is loaded by then
                ask_all(address, facts, _CLIENTS)
            before = resident_mb(process)
            for done in self.turns(row):
                for record in ask_all(address, facts[: row.asked - done], _CLIENTS):
                    row.count("" if record.right else f"wrong: {record.said[:100]}")
            grown = resident_mb(process) - before
        if grown > _GROWTH_MB:
            row.failed.append(f"memory grew by {grown:.0f} MB")
        row.what += f" (+{grown:.0f} MB)"


SECTIONS = {
    "kills": ("kills of an index run, none mixed", 12),
    "sequences": ("edit sequences equal to a rebuild", 3),
    "damages": ("damaged search files healed", 12),
    "requests": ("requests without a way past the door", 600),
    "people": ("tests of what is other people's", 1),
    "mutants": ("mutated files without a crash", 60),
    "questions": ("questions in flat memory", 300),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, (what, count) in SECTIONS.items():
        if name != "people":  # as many as there are
            parser.add_argument(f"--{name}", type=int, default=count, help=what)
    parser.add_argument("--seconds", type=float, default=300, help="of each section")
    parser.add_argument("--only", nargs="*", choices=SECTIONS, default=list(SECTIONS))
    given = parser.parse_args()
    encoder = open_encoder()
    print(f"{'':44}{'done':>7}{'failed':>8}{'seconds':>9}", flush=True)
    failed = False
    for name in given.only:
        what, count = SECTIONS[name]
        row = Row(what, getattr(given, name, count))
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            getattr(Attack(Path(place), encoder, given.seconds), name)(row)
        seconds = time.perf_counter() - begun
        short = "" if row.done >= row.asked else f"  (of {row.asked})"
        print(f"{row.what:44}{row.done:7}{len(row.failed):8}{seconds:9.0f}{short}", flush=True)
        for failure in row.failed[:5]:
            print(f"  {failure}")
        failed |= bool(row.failed) or not row.done
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
