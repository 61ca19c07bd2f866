"""A worker process that does to itself what a hostile document would do to a reader.

The first line of a file says what: "loop", "sleep", "crash", "devour", "flood", "chatter". A file
that begins with "scan" has a text that only OCR can read: each further line takes one page to
recognise. All other files are read as always.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from dataclasses import replace

from PIL import Image

from ingest import ScannedDocument, ocr, read, worker
from ingest.readers.reading import unheard


class Engine:
    """Recognises nothing, and is asked once for each page."""

    def __init__(self, name):
        if name != "lens 1":
            raise LookupError(f"the OCR engine {name} is not installed")
        self.name = name

    def recognise(self, image, languages=()):  # noqa: ARG002
        return []


def read_troubled(path, data, engine=None, on_page=unheard):
    first, *lines = data.decode("utf-8", "replace").splitlines() or [""]
    match first.strip():
        case "loop":
            while True:
                pass
        case "sleep":
            time.sleep(3600)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "devour":
            hoard = []
            while True:
                hoard.append(bytes(16 << 20))
        case "flood":
            return replace(read(path, data), text="x" * (80 << 20))
        case "chatter":
            print("a library prints", flush=True)
            os.write(1, b"and so does its C code")
        case "scan":
            if engine is None:
                raise ScannedDocument(path, "no text on its only page", "Read it by OCR.")
            for number, line in enumerate(lines, start=1):
                on_page(number, len(lines))
                started = time.process_time()
                while line == "work" and time.process_time() < started + 0.7:
                    pass
                engine.recognise(Image.new("L", (1, 1)))
                if line == "crash":
                    os.kill(os.getpid(), signal.SIGSEGV)
            recognised = read(path, "\n".join(lines).encode())
            return replace(recognised, content_hash=hashlib.sha256(data).hexdigest())
    return read(path, data)


ocr.open_engine = Engine
worker.read = read_troubled
if __name__ == "__main__":
    sys.exit(worker.main())
