"""Conversations stay where an index is made anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from conversing import ANSWER
from index import sync
from ui.conversations import Conversations

if TYPE_CHECKING:
    from index import Encoder


def test_they_outlive_a_rebuild_of_the_index(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    index_dir = tmp_path / "index"
    sync(folder, index_dir, encoder=encoder)
    kept = Conversations.open(index_dir)
    id = kept.begin("ann", "Which quays?").id
    kept.finish(replace(kept.ask(id, "ann", "Which quays?"), answer=ANSWER))
    kept.close()
    sync(folder, index_dir, encoder=encoder, rebuild=True)
    again = Conversations.open(index_dir)
    assert [each.id for each in again.listed("ann")] == [id]
    again.close()
