"""Clients that ask at once each get the answer to their own question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI

from assistant import Assistant
from index import Encoder, sync
from load import ask_all, write_documents
from web_server import serving

CLIENTS, EACH = 12, 4


def test_nobodys_answer_is_lost_or_mixed_with_anothers(
    make_app: Callable[..., FastAPI], encoder: Encoder, tmp_path: Path
) -> None:
    facts = write_documents(tmp_path / "documents", CLIENTS * EACH)
    assert len({fact.figure for fact in facts}) == len({fact.question for fact in facts}) == 48
    sync(tmp_path / "documents", tmp_path / "index", encoder=encoder)
    with Assistant.open(tmp_path / "index", encoder=encoder) as assistant:
        app = make_app(assistant, tmp_path / "documents", tmp_path / "index")
        with serving(app) as address:
            records = ask_all(address, facts, CLIENTS)
    assert [record.said for record in records if not record.right] == []
    assert Counter(record.client for record in records) == dict.fromkeys(range(CLIENTS), EACH)


def test_an_answer_to_another_question_would_be_noticed(
    make_app: Callable[..., FastAPI], encoder: Encoder, tmp_path: Path
) -> None:
    facts = write_documents(tmp_path / "documents", 2)
    (tmp_path / "documents" / f"{facts[0].place.lower()}.md").unlink()
    sync(tmp_path / "documents", tmp_path / "index", encoder=encoder)
    with Assistant.open(tmp_path / "index", encoder=encoder) as assistant:
        app = make_app(assistant, tmp_path / "documents", tmp_path / "index")
        with serving(app) as address:
            records = sorted(ask_all(address, facts, 2), key=lambda record: record.client)
    assert [record.right for record in records] == [False, True]
