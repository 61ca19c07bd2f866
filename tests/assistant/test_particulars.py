"""The figures, names, quoted words and links of a sentence, told apart from all else."""

from __future__ import annotations

import pytest

from assistant.particulars import Particulars, without_links
from ingest import Document


def of(sentence: str, *documents: Document) -> Particulars:
    return Particulars(sentence, documents)


@pytest.mark.parametrize(
    ("sentence", "source", "lacking"),
    [
        ("It costs €12 million.", "It costs 12,000,000 euros.", []),
        ("It costs 12 dollars.", "It costs 12 euros.", ["$"]),
        ("The “lamp of the north” shines.", "It is the Lamp of the  North-", []),
        ("The “lamp of the south” shines.", "It is the lamp of the north.", ["“lampofthesouth”"]),
        ("The lamps of Norvale shine.", "Norvale’s lamps", []),
        ("The Norvalian lamps shine.", "lamps of Norvale", []),
        ("It is led by Ada Thorne.", "Ada Berg leads", ["Thorne"]),
        ("It is written at www.norvale.org now.", "nothing", ["www.norvale.org"]),
    ],
)
def test_what_is_missing_is_named(sentence: str, source: str, lacking: list[str]) -> None:
    assert of(sentence).missing(source) == lacking


def test_names_and_figures_may_stand_around_but_quoted_words_may_not() -> None:
    assert of("Norvale has 40 lamps.").missing("It has forty lamps.", around="Norvale") == []
    assert of("It has “forty lamps”.").missing("It has some.", around="forty lamps") != []


def test_the_first_word_is_a_name_unless_documents_use_it_as_a_word() -> None:
    assert of("Keepers trim lamps.").names == {"Keepers"}
    text = "All keepers trim lamps."
    document = Document("a.md", "0", "markdown", "A", text, (), (), paged=False)
    assert of("Keepers trim lamps.", document).names == set()
    assert of("However, lamps are trimmed.").names == set()


def test_where_most_words_have_capitals_they_tell_nothing() -> None:
    assert of("Der Plan Der Stadt Nennt Vier Große Ziele.").names == set()


@pytest.mark.parametrize(
    ("sentence", "source", "right"),
    [
        ("It has seven aims.", "It has seven main aims.", True),
        ("It has seven aims.", "It has four aims and seven keepers.", False),
        ("It has seven aims.", "It has seven keepers, and four aims.", False),
        ("It has seven aims.", "Aims: seven", True),
        ("It has seven aims.", "It has seven keepers.", False),
        ("It was made in 2031 by keepers.", "In 2031 it was made.", True),
        # Money is held to its currency.
        ("It costs 12 million euros.", "It costs 12 million crowns.", True),
    ],
)  # fmt: skip
def test_a_figure_is_held_to_what_it_counts(sentence: str, source: str, right: bool) -> None:
    assert (of(sentence).miscounts([source]) == []) is right


def test_links_are_taken_out_of_any_text() -> None:
    for link in ("https://a.example/x?y", "www.a.example", "javascript:alert(1)", "me@a.example"):
        assert without_links(f"See {link} now") == "See … now"


def test_a_figure_is_held_to_its_own_clause() -> None:
    source = "The city pays 52 million, and the Harbour Company invests 25 million."
    assert of("The city pays 52 million.").misplaces([source]) == []
    assert of("The Harbour Company invests 25 million.").misplaces([source]) == []
    assert of("The city pays 25 million.").misplaces([source]) == ["25,000,000"]
    assert of("The Harbour Company invests 52 million.").misplaces([source]) == ["52,000,000"]
