"""Speed: pages a second and peak memory of a reader, each measured in a process of its own.

    python tests/benchmarks/speed.py READER FOLDER [ONLY]     (read, split or pypdf)
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

READERS = ("read", "split", "pypdf")


@dataclass(frozen=True, slots=True)
class Speed:
    reader: str
    pages: int
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
    """The same in this process. What a reader refuses costs time and counts no page."""
    from ingest import IngestError, read, scan, split

    if reader == "pypdf":
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    files = [f for f in scan(folder) if f.path.lower().endswith(".pdf")]
    files = [file for file in files if only.lower() in file.path.lower()]
    idle = _peak()
    pages, started = 0, time.perf_counter()
    for file in files:
        if reader == "pypdf":
            pdf = PdfReader(io.BytesIO(file.read()))
            for page in pdf.pages:
                page.extract_text()
            pages += len(pdf.pages)
        else:
            with contextlib.suppress(IngestError):
                document = read(file.path, file.read())
                if reader == "split":
                    split(document)
                pages += len(document.pages)
    return Speed(reader, pages, time.perf_counter() - started, idle, _peak())


def _peak() -> float:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1024 if sys.platform != "darwin" else 1024**2)


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    try:
        print(json.dumps(asdict(run(name, Path(rest[0]), *rest[1:]))))
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
