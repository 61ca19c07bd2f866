"""The sample documents: written by this project, and installed with it to try it at once."""

from pathlib import Path

# A folder of their own: this file is none of the documents.
SAMPLES: Path = Path(__file__).parent / "documents"
