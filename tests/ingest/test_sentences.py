"""Where sentences begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text, language=None):
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Dr. Low of St. Ives paid £2.5 million. He left. Did he?", 3),
        ("en", "The U.S. and the EU agreed, e.g. on lamps. That was in Jan. 2020.", 2),
        ("fr", "M. Dupont a signé le plan. Il coûte 3,4 millions d’euros.", 2),
        ("de", "Das sind z. B. 40 Lampen. Sie brennen am 3. Mai 2021 nicht.", 2),
        (None, "Nobody knows the language. It does not matter.", 2),
        ("xx", "A language that nobody knows. It does not matter.", 2),
    ],
)
def test_abbreviations_and_figures_end_no_sentence(language, text, count):
    assert len(sentences(text, language)) == count


def test_the_white_space_around_a_sentence_is_no_part_of_it():
    assert sentences("  It burns.   It smokes. \n") == ["It burns.", "It smokes."]


@pytest.mark.parametrize("number", ["1.", "12)", "(a)", "b.", "iv."])
def test_a_number_belongs_to_the_sentence_it_stands_before(number):
    text = f"{number} The lamps burn. {number} The ships sink."
    assert sentences(text) == [f"{number} The lamps burn.", f"{number} The ships sink."]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_where_nothing_is_said_there_is_no_sentence(text):
    assert sentence_spans(text) == []


TEXT = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(["Dr.", "1.", "(a)", "lamp", "?", "…", "\n", "“So!”", "é"])).map(
        " ".join
    ),
)


@settings(deadline=None)
@given(TEXT, st.sampled_from(["en", "fr", "de", "xx", None]))
def test_sentences_hold_every_word_once_and_in_order(text, language):
    spans = sentence_spans(text, language)
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


def test_a_list_within_a_sentence_does_not_part_it():
    text = "The plan has three goals: (1) light the coast, (2) warn the ships and (3) pay keepers."
    assert sentences(f"{text} It is new.", "en") == [text, "It is new."]


def test_text_without_full_stops_is_taken_apart_somewhere():
    text = ", ".join(f"({n}) Light the coast with lamps" for n in range(1, 90))
    assert len(sentences(text, "en")) > 2
