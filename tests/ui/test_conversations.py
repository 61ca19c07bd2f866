"""Conversations are kept, found, shared and deleted; each belongs to who began it."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conversing import ANSWER, REFUSAL
from ui.conversation_file import FILE, MIGRATIONS
from ui.conversations import UNDO, Conversations
from ui.errors import ConversationsUnusable, UnknownConversation
from ui.purging import purging

if TYPE_CHECKING:
    pass


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    conversations = Conversations.open(tmp_path)
    yield conversations
    conversations.close()


def asked(kept: Conversations, owner: str, question: str) -> str:
    """A conversation with one answered question."""
    id = kept.begin(owner, question).id
    kept.finish(replace(kept.ask(id, owner, question), answer=ANSWER))
    return id


def test_an_answer_is_read_again_with_its_quotes_by_another_process(
    kept: Conversations, tmp_path: Path
) -> None:
    id = asked(kept, "ann", "Which quays?")
    kept.finish(replace(kept.ask(id, "ann", "Who was on the moon?"), answer=REFUSAL))
    kept.finish(replace(kept.ask(id, "ann", "And?"), error="The model is away."))
    again = Conversations.open(tmp_path)
    found, refused, failed = again.exchanges(id)
    assert found.answer == replace(ANSWER, evidence=())
    assert refused.answer == replace(REFUSAL, evidence=REFUSAL.evidence[:3])
    assert (failed.answer, failed.error) == (None, "The model is away.")
    again.close()


def test_the_list_begins_with_the_latest_and_is_titled_by_the_first_question(
    kept: Conversations,
) -> None:
    first = asked(kept, "ann", "Which  quays\nare first?")
    second = asked(kept, "ann", "w" * 300)
    kept.ask(first, "ann", "And the others?")
    listed = kept.listed("ann")
    assert [each.id for each in listed] == [first, second]
    assert listed[0].title == "Which quays are first?"
    assert len(listed[1].title) == 120


def test_a_conversation_is_found_by_its_title_its_questions_and_its_answers(
    kept: Conversations,
) -> None:
    id = asked(kept, "ann", "Quels ÉCLUSES?")
    asked(kept, "ann", "50% of what?")
    kept.rename(id, "ann", "Canals")
    for words in ("écluses", "canals QUAYS", "electrified", "canal"):
        assert id in [each.id for each in kept.listed("ann", words)], words
    assert [each.title for each in kept.listed("ann", "50%")] == ["50% of what?"]
    assert kept.listed("ann", "canals lighthouse") == []


def test_what_is_anothers_is_neither_listed_nor_read_nor_changed(kept: Conversations) -> None:
    id = asked(kept, "ann", "Which quays?")
    (exchange,) = kept.exchanges(id)
    assert kept.listed("bob") == []
    for forbidden in (
        lambda: kept.conversation(id, "bob"),
        lambda: kept.exchange(exchange.id, "bob"),
        lambda: kept.ask(id, "bob", "And?"),
        lambda: kept.rename(id, "bob", "Mine"),
        lambda: kept.limit(id, "bob", ["a.md"]),
        lambda: kept.share(id, "bob", shared=True),
        lambda: kept.like(id, "bob", exchange.id, True),
        lambda: kept.delete(id, "bob"),
        lambda: kept.copy(id, "bob"),
    ):
        with pytest.raises(UnknownConversation):
            forbidden()
    assert kept.exchanges(id) == [exchange]


def test_a_shared_one_is_read_by_others_and_goes_on_only_in_a_copy(kept: Conversations) -> None:
    id = asked(kept, "ann", "Which quays?")
    kept.share(id, "ann", shared=True)
    assert kept.conversation(id, "bob").title == "Which quays?"
    assert kept.listed("bob") == []
    with pytest.raises(UnknownConversation):
        kept.ask(id, "bob", "And?")
    copied = kept.copy(id, "bob")
    kept.ask(copied.id, "bob", "And?")
    assert (copied.owner, copied.shared) == ("bob", False)
    assert [each.question for each in kept.exchanges(copied.id)] == ["Which quays?", "And?"]
    assert len(kept.exchanges(id)) == 1
    kept.share(id, "ann", shared=False)
    with pytest.raises(UnknownConversation):
        kept.conversation(id, "bob")


def test_a_deleted_one_can_be_brought_back_for_a_day(kept: Conversations, tmp_path: Path) -> None:
    id, other = asked(kept, "ann", "Which quays?"), asked(kept, "ann", "Which forests?")
    kept.delete(id, "ann")
    assert [each.id for each in kept.listed("ann")] == [other]
    with pytest.raises(UnknownConversation):
        kept.conversation(id, "ann")
    kept.restore(id, "ann")
    assert len(kept.exchanges(kept.conversation(id, "ann").id)) == 1
    kept.delete(id, "ann")
    kept.delete(other, "ann")
    a_day_passes(tmp_path, id)
    kept.purge()
    with pytest.raises(UnknownConversation):
        kept.restore(id, "ann")
    assert kept.exchanges(id) == []
    kept.restore(other, "ann")


SECRET = "Which quays are for submarines?"


def a_day_passes(folder: Path, id: str) -> None:
    """Since the conversation was deleted."""
    with sqlite3.connect(folder / FILE) as connection:
        long_ago = (datetime.now(UTC) - UNDO - timedelta(minutes=1)).isoformat()
        connection.execute("UPDATE conversations SET deleted_at = ? WHERE id = ?", [long_ago, id])
    connection.close()


def is_on_disk(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.glob(f"{FILE}*"))


def test_what_was_deleted_a_day_ago_leaves_no_word_in_the_file(
    kept: Conversations, tmp_path: Path
) -> None:
    asked(kept, "ann", "Which forests?")
    id = asked(kept, "ann", SECRET)
    kept.delete(id, "ann")
    kept.purge()
    assert is_on_disk(tmp_path, SECRET)  # it can still be brought back
    a_day_passes(tmp_path, id)
    kept.purge()
    assert not is_on_disk(tmp_path, SECRET)
    assert is_on_disk(tmp_path, "Which forests?")


def test_a_start_purges_what_was_deleted_before(kept: Conversations, tmp_path: Path) -> None:
    id = asked(kept, "ann", SECRET)
    kept.delete(id, "ann")
    a_day_passes(tmp_path, id)
    kept.close()
    Conversations.open(tmp_path).close()
    assert not is_on_disk(tmp_path, SECRET)


def test_while_it_is_served_deleted_ones_go_though_nobody_asks_anything(
    kept: Conversations, tmp_path: Path
) -> None:
    id = asked(kept, "ann", SECRET)
    kept.delete(id, "ann")
    a_day_passes(tmp_path, id)

    async def serve() -> None:
        async with purging(kept, 0.01), asyncio.timeout(20):
            while is_on_disk(tmp_path, SECRET):
                await asyncio.sleep(0.01)

    asyncio.run(serve())


def test_what_older_versions_left_in_a_file_is_written_over(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE, isolation_level=None) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        row = "('a', 'ann', ?, '[]', 0, '2031-01-01', NULL)"
        connection.execute(f"INSERT INTO conversations VALUES {row}", [SECRET])
        connection.execute("DELETE FROM conversations")
    connection.close()
    assert is_on_disk(tmp_path, SECRET)
    Conversations.open(tmp_path).close()
    assert not is_on_disk(tmp_path, SECRET)


def test_only_the_latest_question_is_replaced(kept: Conversations) -> None:
    id = asked(kept, "ann", "Which quays?")
    (first,) = kept.exchanges(id)
    kept.ask(id, "ann", "Which piers?", replaces=first.id)
    assert kept.conversation(id, "ann").title == "Which piers?"
    kept.ask(id, "ann", "And?")
    kept.ask(id, "ann", "Too late?", replaces=first.id + 1)
    questions = [each.question for each in kept.exchanges(id)]
    assert questions == ["Which piers?", "And?", "Too late?"]


def test_a_title_of_ones_own_stays_when_its_question_is_edited(kept: Conversations) -> None:
    id = asked(kept, "ann", "Which quays?")
    kept.rename(id, "ann", "Harbour")
    kept.rename(id, "ann", "  ")
    kept.ask(id, "ann", "Which piers?", replaces=kept.exchanges(id)[0].id)
    assert kept.conversation(id, "ann").title == "Harbour"


def test_limits_and_likes_are_kept(kept: Conversations) -> None:
    id = kept.begin("ann", "Which quays?", ["plans/*"]).id
    exchange = kept.ask(id, "ann", "Which quays?")
    assert kept.conversation(id, "ann").limits == ("plans/*",)
    kept.limit(id, "ann", ["a.md", "b.md"])
    assert kept.conversation(id, "ann").limits == ("a.md", "b.md")
    for liked in (True, False, None):
        kept.like(id, "ann", exchange.id, liked)
        assert kept.exchanges(id)[0].liked is liked


def test_an_address_cannot_be_guessed(kept: Conversations) -> None:
    ids = {kept.begin("ann", "Which quays?").id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(id) >= 22 for id in ids)


def test_many_threads_lose_nothing(kept: Conversations) -> None:
    id = kept.begin("ann", "Which quays?").id

    def ask(number: int) -> None:
        kept.finish(replace(kept.ask(id, "ann", f"Question {number}"), answer=ANSWER))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    exchanges = kept.exchanges(id)
    assert {each.question for each in exchanges} == {f"Question {number}" for number in range(20)}
    assert all(each.answer is not None for each in exchanges)


def test_an_answer_of_another_version_is_said_to_be_unreadable(
    kept: Conversations, tmp_path: Path
) -> None:
    id = asked(kept, "ann", "Which quays?")
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("""UPDATE exchanges SET answer = '{"words": 3}'""")
    connection.close()
    (exchange,) = kept.exchanges(id)
    assert exchange.answer is None
    assert "Ask again" in exchange.error


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(ConversationsUnusable, match="newer version"):
        Conversations.open(tmp_path)


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all " * 100)
    kept = Conversations.open(tmp_path)
    asked(kept, "ann", "Which quays?")
    assert kept.kept
    assert (tmp_path / f"{FILE}.damaged").read_bytes().startswith(b"no database")
    kept.close()


def test_where_nothing_can_be_written_they_live_as_long_as_the_server(tmp_path: Path) -> None:
    kept = Conversations.open(tmp_path / "nowhere")
    assert not kept.kept
    asked(kept, "ann", "Which quays?")
    assert len(kept.listed("ann")) == 1
    kept.close()
