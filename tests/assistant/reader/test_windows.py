"""Long questions and long texts as windows, and their scores put together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.reader.reader import LOWEST
from assistant.reader.windows import MOST_CHARACTERS, MOST_WINDOWS, Logits, PairTokenizer

QUESTION = "Who leads the plan?"
LONG = "The harbour master keeps forty lamps of the coast, and Ada Thorne leads the port. " * 9


@pytest.fixture
def pairs(trained: Path) -> PairTokenizer:
    from tokenizers import Tokenizer

    return PairTokenizer(Tokenizer.from_file(str(trained / "tokenizer.json")), 48)


@pytest.fixture
def whole(trained: Path) -> list[tuple[int, int]]:
    """Where the tokens of the long text stand."""
    from tokenizers import Tokenizer

    plain = Tokenizer.from_file(str(trained / "tokenizer.json"))
    return plain.encode(LONG, add_special_tokens=False).offsets


def test_every_token_of_a_long_text_is_read_once_in_its_order(
    pairs: PairTokenizer, whole: list[tuple[int, int]]
) -> None:
    windows = pairs.windows(QUESTION, LONG)
    assert len(windows) > 3
    assert max(len(window.ids) for window in windows) == 48
    nothing = [Logits(np.zeros(len(each.ids)), np.zeros(len(each.ids))) for each in windows]
    reading = pairs.reading(windows, nothing)
    assert list(zip(reading.starts, reading.ends, strict=True)) == whole
    assert reading.start_scores.dtype == reading.end_scores.dtype == np.float32


def test_a_token_that_is_seen_twice_counts_where_it_stands_further_from_the_edge(
    pairs: PairTokenizer,
) -> None:
    windows = pairs.windows(QUESTION, LONG)[:2]
    edge = []  # how far each token stands from the nearer edge of its window
    for window in windows:
        far = np.full(len(window.ids), -1.0)
        count = len(window.places)
        far[window.places] = np.minimum(np.arange(count), count - 1 - np.arange(count))
        far[0] = 0.0
        edge.append(Logits(far, far))
    reading = pairs.reading(windows, edge)
    overlap = pairs.overlap
    first = len(windows[0].places)
    shared = reading.start_scores[first - overlap : first]
    both = np.stack(
        [edge[0].start[windows[0].places][-overlap:], edge[1].start[windows[1].places][:overlap]]
    )
    assert shared.tolist() == both.max(axis=0).tolist()


def test_scores_are_less_what_their_own_window_gives_to_no_answer(pairs: PairTokenizer) -> None:
    windows = pairs.windows(QUESTION, LONG)
    told = []
    for number, window in enumerate(windows):
        scores = np.full(len(window.ids), 2.0 + number)
        scores[0] = 1.0 + number  # a window that is louder all over says no more
        told.append(Logits(scores, scores))
    reading = pairs.reading(windows, told)
    assert set(reading.start_scores) == set(reading.end_scores) == {1.0}
    assert reading.no_answer == 2.0


def test_a_long_question_leaves_room_for_the_text(pairs: PairTokenizer) -> None:
    endless = "who leads the plan of the harbour " * 800
    asked = pairs.shortened(endless)
    assert endless.startswith(asked)
    assert len(asked.split()) == 12
    assert pairs.shortened(QUESTION) == QUESTION
    (window,) = pairs.windows(asked, "Ada Thorne leads the plan.")
    assert len(window.places) == 6


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_a_text_without_words_has_no_window(text: str, pairs: PairTokenizer) -> None:
    assert pairs.windows(QUESTION, text) == []
    reading = pairs.reading([], [])
    assert reading.best() is None
    assert reading.score() == LOWEST


@pytest.mark.parametrize("text", ["x" * 3_000_000, "x " * 1_500_000], ids=["word", "line"])
def test_an_endless_line_is_read_to_a_bound(text: str, pairs: PairTokenizer) -> None:
    windows = pairs.windows(QUESTION, text)
    assert 1 <= len(windows) <= MOST_WINDOWS
    assert windows[-1].spans[-1][1] <= MOST_CHARACTERS


def test_offsets_count_characters_whatever_they_are(pairs: PairTokenizer) -> None:
    text = "\ud800 naïve 😀 Ada 港口"  # half a surrogate pair, an accent, signs of several bytes
    (window,) = pairs.windows(pairs.shortened("Who\udfff?"), text)
    read = {text[start:end] for start, end in window.spans}
    assert {"Ada"} <= read or {"A", "d", "a"} <= read
    assert window.spans[-1][1] == len(text)


def test_what_is_no_number_is_nothing(pairs: PairTokenizer) -> None:
    windows = pairs.windows(QUESTION, "Ada leads.")
    broken = np.full(len(windows[0].ids), np.nan)
    assert pairs.reading(windows, [Logits(broken, broken)]).score() == LOWEST
