"""An endless word costs this process no more than its size, and answers stay short."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from assistant import Assistant
from index import sync
from ingest import ReadingLimits
from ui.api_models import Answered, DocumentText

# Indexes the folder and prints how many megabytes the process, without its readers, held at most.
_MEASURED = """
import resource, sys
from index import sync
report = sync(sys.argv[1], sys.argv[2])
print(report.added, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


def test_no_passage_and_no_answer_is_endless(tmp_path, encoder):
    index_dir = tmp_path / "index"
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "endless.txt").write_text("a" * 3_000_000)
    (folder / "ferry.md").write_text(f"# Ferry\n\nThe ferry leaves at {'noon' * 100_000}.")
    assert sync(folder, index_dir, encoder=encoder).added == 2

    with Assistant.open(index_dir, encoder=encoder) as assistant:
        answers = [
            assistant.answer(question)
            for question in ("When does the ferry leave?", "What is aaaa?", "What is it about?")
        ]
        for answer in answers:
            for citation in answer.citations:
                text = assistant.document(citation.document).text
                assert text[citation.start : citation.end] == citation.quote
            assert len(Answered.of(answer).model_dump_json()) < 200_000
        found = assistant.search("aaaa ferry", 100)
        assert len(found) > 50
        assert max(len(item.passage.text) for item in found) < 10_000
        first = DocumentText.of(assistant.document("endless.txt"))
        rest = DocumentText.of(assistant.document("endless.txt"), len(first.text))
    assert (first.characters, first.start, rest.start) == (3_000_000, 0, 2_000_000)
    assert len(first.text) + len(rest.text) == 3_000_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="tells no such figure")
def test_60_megabytes_of_one_letter_stay_below_the_limit_of_the_readers(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "endless.txt").write_bytes(b"a" * 60_000_000)
    index_dir = tmp_path / "index"
    command = [sys.executable, "-c", _MEASURED, str(folder), str(index_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    added, megabytes = map(int, done.stdout.split())
    assert added == 1
    assert megabytes < ReadingLimits().memory_mb + 1024
    with Assistant.open(index_dir) as assistant:
        told = Answered.of(assistant.answer("What is aaaa?"))
    assert len(json.dumps(told.model_dump(mode="json"))) < 200_000
