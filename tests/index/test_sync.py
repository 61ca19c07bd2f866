"""A sync brings the index up to date with the folder, and does no more than is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from index import (
    LocalStore,
    Progress,
    Retriever,
    sync,
)

ROOT = Path(__file__).parents[2]


def actions(report):
    return {outcome.path: outcome.action for outcome in report.outcomes}


def paths(index_dir):
    with LocalStore.open(index_dir) as store:
        return [info.path for info in store.documents() if info.status == "indexed"]


def found(index_dir, encoder, question):
    with LocalStore.open(index_dir) as store:
        return [item.passage.document for item in Retriever(store, encoder).search(question, k=1)]


class SlowToOpen:
    """An encoder that has to be prepared for half a minute of ``clock`` first."""

    def __init__(self, encoder, clock):
        self._encoder = encoder
        self._clock = clock

    def __getattr__(self, name):
        return getattr(self._encoder, name)

    @property
    def form(self):
        self._clock[0] += 30.0
        return self._encoder.form


def test_preparing_the_model_is_no_time_of_the_first_document(
    folder, index_dir, encoder, monkeypatch
):
    clock = [0.0]
    # The update's own clock; that of the reader, which goes on meanwhile, is another.
    watch = SimpleNamespace(perf_counter=lambda: clock[0], time_ns=time.time_ns)
    monkeypatch.setattr("index.update.time", watch)
    report = sync(folder, index_dir, encoder=SlowToOpen(encoder, clock))
    assert clock[0] >= 30.0
    assert max(outcome.seconds for outcome in report.outcomes) < 30.0


def test_a_first_sync_indexes_every_document_of_the_folder(folder, index_dir, encoder):
    report = sync(folder, index_dir, encoder=encoder)

    assert report.added == 3
    assert report.generation == 1
    assert report.embedded == 3
    assert report.changed
    assert found(index_dir, encoder, "Which quays get shore power?") == ["harbour.md"]


def test_a_second_sync_with_nothing_changed_embeds_nothing(folder, index_dir, counting):
    sync(folder, index_dir, encoder=counting)
    counting.texts.clear()

    report = sync(folder, index_dir, encoder=counting)

    assert set(actions(report).values()) == {"unchanged"}
    assert report.generation == 1
    assert not report.changed
    assert counting.texts == []


def test_a_second_sync_with_nothing_changed_loads_none_of_the_heavy_libraries(
    folder, index_dir, encoder
):
    sync(folder, index_dir, encoder=encoder)
    script = (
        "import sys\n"
        "from index import sync\n"
        "assert not sync(sys.argv[1], sys.argv[2]).changed\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss', 'tantivy'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    command = [sys.executable, "-c", script, str(folder), str(index_dir)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_edited_document_is_embedded_again(folder, index_dir, counting):
    sync(folder, index_dir, encoder=counting)
    counting.texts.clear()
    (folder / "forest.md").write_text("# Forest charter\n\nWolves may return to the valley.\n")

    report = sync(folder, index_dir, encoder=counting)

    assert actions(report)["forest.md"] == "updated"
    assert report.unchanged == 2
    assert len(counting.texts) == 1
    assert "Wolves" in counting.texts[0]
    with LocalStore.open(index_dir) as store:
        assert "Wolves" in store.document("forest.md").text
        assert store.passage_count == 3
        assert store.lexical("native oaks", 5) == []


def test_of_an_edited_document_only_the_passages_that_changed_are_embedded(
    folder, index_dir, counting
):
    line = "Lamp {} of the quay is lit at dusk. "
    sections = [f"## District {n}\n\n{line.format(n) * 14}" for n in range(5)]
    (folder / "lamps.md").write_text("# Lamps\n\n" + "\n\n".join(sections))
    sync(folder, index_dir, encoder=counting)
    assert len(counting.texts) == 3 + 5
    counting.texts.clear()
    sections[2] = sections[2].replace("dusk", "dawn")
    (folder / "lamps.md").write_text("# Lamps\n\n" + "\n\n".join(sections))

    assert sync(folder, index_dir, encoder=counting).updated == 1

    (text,) = counting.texts
    assert "Lamp 2 of the quay is lit at dawn." in text


def test_an_edit_within_the_same_moment_and_of_the_same_size_is_seen(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    file = folder / "library.txt"
    state = file.stat()
    file.write_text(file.read_text().replace("Sundays", "Mondays"))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert sync(folder, index_dir, encoder=encoder).updated == 1


def test_a_touched_file_is_unchanged_and_makes_no_new_generation(folder, index_dir, counting):
    sync(folder, index_dir, encoder=counting)
    os.utime(folder / "library.txt", (1_000_000_000, 1_000_000_000))

    report = sync(folder, index_dir, encoder=counting)

    assert (report.unchanged, report.generation) == (3, 1)


def test_a_deleted_document_disappears(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "harbour.md").unlink()

    report = sync(folder, index_dir, encoder=encoder)

    assert actions(report)["harbour.md"] == "deleted"
    assert paths(index_dir) == ["forest.md", "library.txt"]
    assert found(index_dir, encoder, "Which quays get shore power?") != ["harbour.md"]


def test_the_same_text_in_two_places_is_embedded_once(folder, index_dir, counting):
    (folder / "copy").mkdir()
    shutil.copy(folder / "forest.md", folder / "copy" / "forest.md")

    report = sync(folder, index_dir, encoder=counting)

    assert report.added == 4
    assert len(counting.texts) == len(set(counting.texts)) == 3


def test_names_with_spaces_and_letters_of_any_script_are_names_like_others(
    tmp_path, folder, encoder
):
    strange = folder / "Ünïcode & ‚quotes' #1"
    strange.mkdir()
    (folder / "library.txt").rename(strange / "стратегия 战略 50%?.txt")
    index_dir = tmp_path / "index für #2 ?"

    report = sync(folder, index_dir, encoder=encoder)

    path = "Ünïcode & ‚quotes' #1/стратегия 战略 50%?.txt"
    assert actions(report)[path] == "added"
    with LocalStore.open(index_dir) as store:
        evidence = Retriever(store, encoder).search("late fees", k=1, documents=[path])
        assert evidence[0].passage.document == path


def test_every_file_is_accounted_for(folder, index_dir, encoder):
    (folder / "empty.txt").write_text("")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (folder / "picture.png").write_bytes(b"\x89PNG")

    report = sync(folder, index_dir, encoder=encoder)

    assert actions(report) == {
        "broken.pdf": "failed",
        "empty.txt": "failed",
        "forest.md": "added",
        "harbour.md": "added",
        "library.txt": "added",
        "picture.png": "skipped",
    }
    for outcome in report.outcomes:
        assert bool(outcome.reason) == bool(outcome.remedy) == (outcome.action != "added")
    with LocalStore.open(index_dir) as store:
        failed = {info.path: info for info in store.documents() if info.status == "failed"}
    assert sorted(failed) == ["broken.pdf", "empty.txt"]
    assert "empty" in failed["empty.txt"].reason


def test_a_failure_is_remembered_until_the_file_changes(folder, index_dir, encoder):
    (folder / "later.txt").write_text("")
    sync(folder, index_dir, encoder=encoder)

    again = sync(folder, index_dir, encoder=encoder)
    assert actions(again)["later.txt"] == "failed"
    assert again.generation == 1

    (folder / "later.txt").write_text("The museum opens at nine.\n")
    assert actions(sync(folder, index_dir, encoder=encoder))["later.txt"] == "added"
    with LocalStore.open(index_dir) as store:
        assert {info.status for info in store.documents()} == {"indexed"}


def test_a_document_that_breaks_is_no_longer_searched(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "forest.md").write_text("")

    assert actions(sync(folder, index_dir, encoder=encoder))["forest.md"] == "failed"
    assert paths(index_dir) == ["harbour.md", "library.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names files in Unicode")
def test_a_file_whose_name_is_no_text_costs_only_itself(folder, index_dir, encoder):
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("Coffee is free.")
    except OSError:
        pytest.skip("this file system takes no such names")

    report = sync(folder, index_dir, encoder=encoder)

    assert (report.added, report.failed) == (3, 1)


def test_an_index_inside_the_folder_is_not_taken_for_documents(folder, encoder):
    sync(folder, folder / "index", encoder=encoder)
    report = sync(folder, folder / "index", encoder=encoder)
    assert sorted(actions(report)) == ["forest.md", "harbour.md", "library.txt"]


def test_progress_tells_how_far_it_is(folder, index_dir, encoder):
    events: list[Progress] = []
    sync(folder, index_dir, encoder=encoder, progress=events.append)

    read = [event for event in events if event.stage == "read"]
    assert sorted({event.done for event in read}) == [0, 1, 2, 3]
    assert {event.queue for event in read} == {("forest.md", "harbour.md", "library.txt")}
    assert (read[0].read, read[-1].read) == (0, 3)
    assert {event.path for event in events if event.stage == "embed"} == {
        "forest.md",
        "harbour.md",
        "library.txt",
    }
    assert [event.done for event in events if event.stage == "write"] == [0, 1]


def test_the_report_is_plain_values_for_json(folder, index_dir, encoder):
    report = sync(folder, index_dir, encoder=encoder).to_dict()
    assert report["added"] == 3
    assert report["files"][0]["path"] == "forest.md"
