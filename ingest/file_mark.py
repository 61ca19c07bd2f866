"""FileMark: what tells, beside its size, that a file is as it was, without reading it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

UNRELIABLE = -1
# A file that was written a moment before it was read could be written again within one tick of
# the file system's clock (2 s on FAT), as git says of its index: "racily clean".
_TICK = 2_000_000_000  # nanoseconds
_LARGEST = (1 << 63) - 1  # that SQLite keeps; some file systems number higher


@dataclass(frozen=True, slots=True)
class FileMark:
    """Times and number that the file system gives a file; -1 where one cannot be relied upon."""

    mtime_ns: int = UNRELIABLE  # of the last change of content, as far as nobody set it
    ctime_ns: int = 0  # of the last change of anything, which nobody can set; 0: not kept here
    inode: int = UNRELIABLE  # tells a file from one that was put in its place

    @classmethod
    def of(cls, state: os.stat_result) -> FileMark:
        # On Windows st_ctime is when the file was made, which a change leaves as it is.
        ctime_ns = 0 if os.name == "nt" else state.st_ctime_ns
        return cls(state.st_mtime_ns, ctime_ns, state.st_ino & _LARGEST)

    def fits(self, known: FileMark) -> bool:
        """Whether a file with this mark is the one that ``known`` was remembered of."""
        same_times = (self.mtime_ns, self.ctime_ns) == (known.mtime_ns, known.ctime_ns)
        same_inode = known.inode in (UNRELIABLE, self.inode)
        return same_times and same_inode and known.mtime_ns != UNRELIABLE

    def settled(self, moment_ns: int) -> FileMark:
        """What to remember of a file that was read after this moment of the clock."""
        if moment_ns - max(self.mtime_ns, self.ctime_ns) > _TICK:
            return self
        return replace(self, mtime_ns=UNRELIABLE)

    def after(self, known: FileMark) -> FileMark:
        """What to remember of a file whose content turned out to be that of ``known``.

        Where nothing but its number is another, the file system (a network share, perhaps) makes
        the numbers up anew each time: it is not asked for again.
        """
        if replace(known, inode=self.inode) == self != known:
            return replace(self, inode=UNRELIABLE)
        return self


NO_MARK = FileMark()  # of a file that could not be looked at
