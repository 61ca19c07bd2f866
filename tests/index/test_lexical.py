"""The lexical search finds words in their inflections, in the language of each document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import Lexical
from index.records import StoredPassage
from ingest import Passage

TEXTS = [
    ("a.txt", "en", "The ministries review their cyber strategies every two years."),
    ("b.txt", "en", "Bridges are inspected in spring; the report (section C++) is public."),
    ("c.txt", "fr", "L’État révise ses stratégies énergétiques et les économies nationales."),
    ("d.txt", "de", "Die Behörden prüfen ihre Maßnahmen und die Häuser der Gemeinden."),
    ("e.txt", "zh", "国家网络安全战略的五个重点领域。"),
    ("f.txt", "pl", "Strategia rozwoju kraju do roku 2030."),
    ("g.txt", None, "Fishing quotas are shared among the harbours."),
]


def passage(document: str, text: str) -> Passage:
    return Passage(document, "0" * 64, "", 0, 0, len(text), text)


@pytest.fixture(scope="module")
def lexical(tmp_path_factory) -> Lexical:
    folder = tmp_path_factory.mktemp("lexical")
    stored = [
        StoredPassage(id, passage(document, text), language)
        for id, (document, language, text) in enumerate(TEXTS, start=1)
    ]
    Lexical.write(folder, removed=[], added=stored)
    return Lexical.read(folder)


def found(lexical: Lexical, question: str, documents=None) -> list[str]:
    return [TEXTS[hit.passage_id - 1][0] for hit in lexical.search(question, 10, documents)]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("How does a ministry review its strategy?", "a.txt"),
        ("INSPECTION of bridges", "b.txt"),
        ("stratégie énergétique", "c.txt"),
        ("Quelle est la strategie energetique de l'Etat ?", "c.txt"),
        ("économie nationale", "c.txt"),
        ("Welche Maßnahme prüft die Behörde?", "d.txt"),
        ("massnahmen", "d.txt"),
        ("Haus", "d.txt"),
        ("网络安全", "e.txt"),
        ("strategia kraju", "f.txt"),
        ("fishing quota", "g.txt"),
        ("harbors", "g.txt"),
    ],
)
def test_words_are_found_in_other_inflections_accents_and_cases(lexical, question, document):
    assert found(lexical, question)[:1] == [document]


def test_small_words_and_words_that_only_ask_find_nothing(lexical):
    assert found(lexical, "What is the, of and how does it?") == []
    assert found(lexical, "") == []


@pytest.mark.parametrize(
    "question",
    [
        'bridges" AND (',
        "text:bridges",
        "-bridges^9~",
        "bridges*[TO}",
        "bridges\\",
        "+bridges:document:b.txt",
        "bridges\x00\ud800",
    ],
)
def test_characters_of_a_query_language_mean_nothing(lexical, question):
    assert found(lexical, question)[0] == "b.txt"


def test_a_question_as_long_as_a_book_is_searched(lexical):
    assert found(lexical, "bridges " + " ".join(f"word{n}" for n in range(20_000))) == ["b.txt"]


@settings(max_examples=50, deadline=None)
@given(question=st.text(max_size=60), allowed=st.sets(st.sampled_from([t[0] for t in TEXTS])))
def test_any_text_is_a_question_and_a_limited_search_keeps_its_limits(lexical, question, allowed):
    asked = f"{question} strategies maßnahmen fishing bridges"
    assert set(found(lexical, asked, allowed)) <= allowed
    assert found(lexical, asked) == found(lexical, asked)


def test_title_and_section_are_searched_too(tmp_path):
    titled = Passage(
        "x.txt", "0" * 64, "Ocean charter", 0, 0, 4, "Text", section=("Wind", "Turbines")
    )
    Lexical.write(tmp_path, [], [StoredPassage(1, titled, "en")])
    lexical = Lexical.read(tmp_path)
    assert lexical.search("ocean", 5)
    assert lexical.search("turbine", 5)


def test_a_document_is_taken_out_by_its_path(tmp_path):
    stored = [
        StoredPassage(1, passage("a b.txt", "quotas of fish"), "en"),
        StoredPassage(2, passage("a", "quotas of milk"), "en"),
    ]
    Lexical.write(tmp_path, [], stored)
    Lexical.write(
        tmp_path, ["a b.txt"], [StoredPassage(3, passage("a b.txt", "quotas of salt"), "en")]
    )
    lexical = Lexical.read(tmp_path)
    assert len(lexical) == 2
    assert sorted(hit.passage_id for hit in lexical.search("quotas", 5)) == [2, 3]


def test_a_word_that_a_document_says_everywhere_tells_little_within_it(tmp_path):
    texts = [("norvale.md", "Norvale has a quay")] * 30 + [
        ("coast.md", "A harbour of the coast")
    ] * 30
    passages = [StoredPassage(id, passage(*text), "en") for id, text in enumerate(texts, start=1)]
    Lexical.write(tmp_path, (), passages)
    index = Lexical.read(tmp_path)
    everywhere, within = index.rarity(["norval", "quay"]), index.rarity(["norval"], "norvale.md")
    assert 0 < within["norval"] < everywhere["norval"]
    assert index.rarity(["norval"], "coast.md")["norval"] > everywhere["norval"]
    assert everywhere["norval"] == everywhere["quay"]
