"""Writes the sample documents that are not text files: two PDFs and a Word document.

    python tests/samples/write_samples.py [FOLDER]     (default: ingest/samples/documents)

Their words stand in sources/*.md. The same sources make the same files: no clock, no chance.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pdf_file import pdf_file
from source import Source
from word_file import word_file

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples" / "documents"
PDFS = ("port-merrow-climate-strategy-2021-2024", "port-merrow-climate-strategy-2025-2029")
DOCX = "norvale-open-data-policy-2024"


def main(folder: Path) -> None:
    """Write the three documents into ``folder``."""
    for name in PDFS:
        (folder / f"{name}.pdf").write_bytes(pdf_file(Source.read(name)))
    (folder / f"{DOCX}.docx").write_bytes(word_file(Source.read(DOCX)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
