"""Speed: pages a second and peak memory of a reader, each measured in a process of its own.

python tests/benchmarks/speed.py READER FOLDER [ONLY]     (read, split or pypdf)
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest import IngestError, SourceFile, read, scan, split

READERS = ("read", "split", "pypdf")


@dataclass(frozen=True, slots=True)
class Speed:
    reader: str
    pages: int  # of the files that it could read
    refused: int  # files
    seconds: float
    idle: float  # MB resident after the imports, before the first file
    peak: float  # MB resident at most

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds if self.seconds else 0.0


def measure(reader: str, folder: Path, only: str = "") -> Speed | None:
    """Read all PDFs of the folder by one reader in a fresh process; None where it is missing."""
    done = subprocess.run(
        [sys.executable, __file__, reader, str(folder), only],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 3:
        return None
    if done.returncode:
        raise RuntimeError(f"{reader} of {folder} failed:\n{done.stderr}")
    return Speed(**json.loads(done.stdout.splitlines()[-1]))


def run(reader: str, folder: Path, only: str = "") -> Speed:
    """The same in this process. A file that a reader refuses costs time and counts no page."""
    pages_of, refusals = _reader(reader)
    files = [file for file in scan(folder) if file.path.lower().endswith(".pdf")]
    files = [file for file in files if only.lower() in file.path.lower()]
    idle = _peak()
    pages = refused = 0
    started = time.perf_counter()
    for file in files:
        try:
            pages += pages_of(file)
        except refusals:
            refused += 1
    return Speed(reader, pages, refused, time.perf_counter() - started, idle, _peak())


def _reader(name: str) -> tuple[Callable[[SourceFile], int], type[Exception]]:
    """A function that reads a file to its end and counts its pages, and what it raises."""
    if name == "pypdf":
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)

        def by_pypdf(file: SourceFile) -> int:
            return len([page.extract_text() for page in PdfReader(file.location).pages])

        return by_pypdf, PyPdfError

    def by_ours(file: SourceFile) -> int:
        document = read(file.path, file.location.read_bytes())
        if name == "split":
            split(document)
        return len(document.pages)

    return by_ours, IngestError


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # Linux hands ru_maxrss on from the process that starts another; this begins anew.
        return int(status.read_text("ascii").split("VmHWM:")[1].split()[0]) / 1024
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1024 if sys.platform != "darwin" else 1024**2)


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    try:
        print(json.dumps(asdict(run(name, Path(rest[0]), *rest[1:]))))
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
