"""Confinement: what the kernel keeps a process from that reads documents of strangers.

Landlock keeps files and programs from it, seccomp the calls that open sockets, start programs or
reach other processes. Both are of the Linux kernel, need no privileges, and hold for good, for
whatever the process starts too.
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landlockpy import AccessFS, Ruleset
    from seccompy import Filter

# Files that libraries look into: the system's own, and nothing of anybody's.
_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store",
    "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/mime.types",
    "/etc/os-release", "/etc/timezone",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/self", "/sys/devices/system",
    "/dev/random", "/dev/urandom", "/dev/zero",
)  # fmt: skip
_LOADERS = "lib*/ld-*so*"  # the programs that start programs, below the root folder
_ELF = b"\x7fELF"
_NEW_THREAD = 0x10000  # CLONE_THREAD of linux/sched.h
_X32 = 0x40000000  # a second set of numbers for the same calls on x86-64

_NETWORK = (
    "accept", "accept4", "bind", "connect", "listen", "sendmmsg", "sendmsg", "sendto", "socket",
    "socketpair",
    # It opens sockets and files where no filter sees it.
    "io_uring_enter", "io_uring_register", "io_uring_setup",
)  # fmt: skip
_PROGRAMS = ("execve", "execveat", "fork", "vfork")
_SIGNALS = ("kill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "tgkill", "tkill")
_OTHER_PROCESSES = (
    "ioprio_set", "kcmp", "migrate_pages", "move_pages", "pidfd_getfd", "pidfd_open",
    "pidfd_send_signal", "process_madvise", "process_mrelease", "process_vm_readv",
    "process_vm_writev", "ptrace", "setpriority",
    "mq_open", "mq_unlink", "msgctl", "msgget", "msgrcv", "msgsnd", "semctl", "semget", "semop",
    "semtimedop", "shmat", "shmctl", "shmget",
)  # fmt: skip
_FILES = (  # that are written to, or opened, without the rights that Landlock knows
    "chmod", "chown", "fchmod", "fchmodat", "fchmodat2", "fchown", "fchownat", "file_setattr",
    "fremovexattr", "fsetxattr", "futimesat", "lchown", "lremovexattr", "lsetxattr",
    "name_to_handle_at", "open_by_handle_at", "removexattr", "removexattrat", "setxattr",
    "setxattrat", "truncate", "utime", "utimensat", "utimes",
)  # fmt: skip
_KERNEL = (  # none of a reader's business; most of them for root alone
    "acct", "add_key", "adjtimex", "bpf", "chroot", "clock_adjtime", "clock_settime",
    "delete_module", "fanotify_init", "finit_module", "fsconfig", "fsmount", "fsopen", "fspick",
    "init_module", "ioperm", "iopl", "kexec_file_load", "kexec_load", "keyctl", "modify_ldt",
    "mount", "mount_setattr", "move_mount", "open_tree", "open_tree_attr", "perf_event_open",
    "personality", "pivot_root", "quotactl", "quotactl_fd", "reboot", "request_key",
    "setdomainname", "sethostname", "setns", "settimeofday", "swapoff", "swapon", "syslog",
    "umount2", "unshare", "userfaultfd", "vhangup",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds for the processes that read documents."""

    landlock: int = 0  # version of the kernel's interface; 0: it has none
    seccomp: bool = False

    @classmethod
    def available(cls) -> Confinement:
        """What this system can do; nothing is changed."""
        if not sys.platform.startswith("linux"):
            return cls()
        import landlockpy
        import seccompy

        try:
            landlock = landlockpy.abi_version()
        except OSError:
            landlock = 0
        try:
            seccomp = seccompy.supported()
        except OSError:
            seccomp = False
        return cls(landlock, seccomp)

    @classmethod
    def enter(cls, program: Path | None = None) -> Confinement:
        """Confine this process for good, as far as the system can, and say how far that is.

        It may read its own code and the system's libraries, write below the folder for temporary
        files, and use what was open before. ``program``: one that it may start; the same holds
        for that. To be called while there is one thread.
        """
        available = cls.available()
        landlock, seccomp = available.landlock, available.seccomp
        if landlock:
            try:
                _keep_files(program)
            except OSError:
                landlock = 0
        if seccomp:
            try:
                _keep_calls(program)
            except OSError:
                seccomp = False
        return cls(landlock, seccomp)

    def __str__(self) -> str:
        """One sentence for people."""
        landlock = f"Landlock ABI {self.landlock}"
        if self.landlock and self.seccomp:
            return f"Readers: no network, no other files ({landlock}, seccomp)."
        if self.landlock:
            return f"Readers: no other files ({landlock}); the network is open: no seccomp here."
        if self.seccomp:
            return "Readers: no network (seccomp); other files are open: no Landlock here."
        return "Readers: limits of time and memory alone; no Landlock and no seccomp here."


def _keep_files(program: Path | None) -> None:
    """Raises OSError."""
    from landlockpy import AccessFS, Ruleset, Scope

    looking = AccessFS.READ_FILE | AccessFS.READ_DIR
    files = AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.TRUNCATE
    folders = AccessFS.READ_DIR | AccessFS.MAKE_DIR | AccessFS.MAKE_REG
    folders |= AccessFS.REMOVE_DIR | AccessFS.REMOVE_FILE
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as ruleset:
        for path in (*map(Path, _SYSTEM), *_code()):
            _allow(ruleset, path, looking)
        _allow(ruleset, Path(os.devnull), files)
        _allow(ruleset, Path(tempfile.gettempdir()), files | folders)
        if program is not None:
            for path in _needed_by(program):
                _allow(ruleset, path, looking)
            for path in _started_by(program):
                _allow(ruleset, path, looking | AccessFS.EXECUTE)
        ruleset.restrict()


def _allow(ruleset: Ruleset, path: Path, access: AccessFS) -> None:
    """What is not there needs no leave."""
    from landlockpy import AccessFS

    if not path.is_dir():  # rights to what is in a folder make no sense then, to the kernel
        access &= AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.EXECUTE
    with contextlib.suppress(FileNotFoundError, PermissionError):
        ruleset.allow_path(path, access)


def _code() -> Iterator[Path]:
    """Where this program's code is, and Python's, and that of the packages it imports."""
    yield Path(__file__).parent  # and not what stands beside it
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    yield from (Path(path) for path in map(sysconfig.get_paths().get, kinds) if path)
    yield from (Path(prefix, "lib") for prefix in {sys.prefix, sys.base_prefix})
    for entry in sys.path:
        if any(Path(entry).glob("*.dist-info")):  # packages stand there, and no person's files
            yield Path(entry)


def _needed_by(program: Path) -> Iterator[Path]:
    """The folders in which a program finds its libraries and its data."""
    for folder in {program.parent, program.resolve().parent}:
        yield from (folder.parent / name for name in ("lib", "lib64", "share"))
    for name in ("LD_LIBRARY_PATH", "TESSDATA_PREFIX"):
        yield from (Path(path) for path in os.environ.get(name, "").split(os.pathsep) if path)


def _started_by(program: Path) -> Iterator[Path]:
    """What is started when it is; where it is a script, that may be anything of the system's."""
    with program.open("rb") as file:
        if file.read(len(_ELF)) != _ELF:
            yield from (Path(path) for path in ("/bin", "/usr"))
    yield program
    yield from Path("/").glob(_LOADERS)


def _keep_calls(program: Path | None) -> None:
    """Raises OSError."""
    from seccompy import ArgCmp, CmpOp, Filter, FilterFlag

    filter = Filter(flags=FilterFlag.TSYNC)
    if program is None:  # then every signal but to itself is to somebody else
        for name in _SIGNALS:
            filter.allow(name, args={0: os.getpid()})
        filter.allow("clone", args=[ArgCmp(0, CmpOp.MASKED_EQ, _NEW_THREAD, _NEW_THREAD)])
        _refuse(filter, (*_PROGRAMS, *_SIGNALS, "clone"))
    # Its flags are where no filter sees them; C libraries then go back to `clone`.
    filter.errno("clone3", errno.ENOSYS)
    filter.allow("prlimit64", args={0: 0})
    _refuse(filter, ("prlimit64", *_NETWORK, *_OTHER_PROCESSES, *_FILES, *_KERNEL))
    filter.load()


def _refuse(filter: Filter, names: Sequence[str]) -> None:
    from seccompy import syscall_nr

    for name in names:
        try:
            number = syscall_nr(name)
        except ValueError:  # some calls are of one processor alone
            continue
        filter.errno(number, errno.EPERM)
        if platform.machine() == "x86_64":
            filter.errno(number | _X32, errno.EPERM)
