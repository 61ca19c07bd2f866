"""How well a statement answers a question, by meaning and by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assistant.question import understand
from assistant.relevance import Rated, Relevance
from assistant.statements import Statement, statements
from index import LocalStore, Retriever

if TYPE_CHECKING:
    from pathlib import Path

    from index import Encoder

    Rate = Callable[[str], dict[str, Rated]]

PLAN = "lighthouse-plan-2031.md"


@pytest.fixture(scope="module")
def store(coast_index: Path) -> Iterator[LocalStore]:
    with LocalStore.open(coast_index) as opened:
        yield opened


@pytest.fixture(scope="module")
def of_the_plan(store: LocalStore, remembering: Encoder) -> list[Statement]:
    evidence = Retriever(store, remembering).search("lighthouse", documents=[PLAN])
    document = store.document(PLAN)
    return [s for rank, item in enumerate(evidence) for s in statements(document, item, rank)]


@pytest.fixture
def rate(store: LocalStore, remembering: Encoder, of_the_plan: list[Statement]) -> Rate:
    """Rates all statements of the plan, and gives them by their words."""

    def rate(question: str) -> dict[str, Rated]:
        rated = Relevance(understand(question), store, remembering).rate(of_the_plan)
        assert [item.statement for item in rated] == of_the_plan
        return {item.statement.text: item for item in rated}

    return rate


def best(rated: dict[str, Rated]) -> str:
    return max(rated.values(), key=lambda item: item.score).statement.text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who leads the plan?", "Chief keeper Ada Thorne leads the lighthouse plan."),
        ("How much is spent on oil?", "The authority spends 12 million crowns a year on lamp oil."),
        ("What is done for the feet of the keepers?", "dry feet for the keepers"),
    ],
)
def test_the_statement_that_answers_is_rated_best(rate: Rate, question: str, answer: str) -> None:
    assert best(rate(question)) == answer


def test_every_part_is_a_share(rate: Rate) -> None:
    for item in rate("Who leads the lighthouse plan of the northern coast?").values():
        for part in (item.meaning, item.words, item.surroundings, item.words + item.surroundings):
            assert 0.0 <= part <= 1.0 + 1e-6


def test_a_list_item_is_read_with_the_line_that_introduces_it(rate: Rate) -> None:
    rated = rate("Which aims are pursued?")
    assert rated["dry feet for the keepers"].words > 0
    assert rated["dry feet for the keepers"].words == rated["brighter lamps on every cape"].words


def test_words_that_only_a_neighbour_has_count_as_surroundings(rate: Rate) -> None:
    rated = rate("Who leads it along nine hundred miles?")
    leader = rated["Chief keeper Ada Thorne leads the lighthouse plan."]
    assert leader.surroundings > 0
    assert leader.words > 0


def test_what_fits_the_kind_of_question_is_marked(rate: Rate) -> None:
    rated = rate("How much is spent on oil?")
    assert rated["The authority spends 12 million crowns a year on lamp oil."].fit == 1
    assert rated["dry feet for the keepers"].fit == 0


def test_a_statement_of_a_better_passage_is_rated_higher(rate: Rate) -> None:
    item = next(iter(rate("Who leads the plan?").values()))
    later = replace(item, statement=replace(item.statement, passage=5))
    assert item.score > later.score
    named = replace(item, statement=replace(item.statement, named=1.0))
    assert named.score > replace(item, statement=replace(item.statement, named=0.0)).score


def test_words_of_the_documents_own_name_tell_little_within_it(
    store: LocalStore, remembering: Encoder
) -> None:
    relevance = Relevance(understand("foghorn lighthouse"), store, remembering)
    plan, note = (relevance.weights(store.document(path)) for path in (PLAN, "note.md"))
    assert plan["lighthous"] < note["lighthous"]
    assert note["foghorn"] < plan["foghorn"]
    assert all(weight > 0 for weight in [*plan.values(), *note.values()])


def test_a_question_of_question_words_alone_has_no_telling_words(rate: Rate) -> None:
    assert {item.words for item in rate("What is it about?").values()} == {0.0}


def test_nothing_to_rate_is_no_error(store: LocalStore, remembering: Encoder) -> None:
    assert Relevance(understand("Who leads?"), store, remembering).rate([]) == []
