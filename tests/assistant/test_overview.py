"""An overview of a document: its aim, and its pillars, goals or chapters."""

from __future__ import annotations

import pytest

from assistant.citations import CitationList
from assistant.overview import Overview, overview
from ingest import read

TITLE = "# The Lamp Plan of Norvale\n\n"
AIM = "This plan aims to bring every ship home by the light of forty lamps before 2031."
PILLARS = "The plan has three pillars:\n\n- bright lamps\n- steady keepers\n- cheap oil\n"


def of(text: str, name: str = "plan.md") -> Overview:
    return overview(read(name, (TITLE + text).encode()))


def aim(text: str) -> str:
    found = of(text)
    return found.document.text[slice(*found.aim)] if found.aim else ""


def parts(text: str) -> tuple[str, ...]:
    found = of(text).parts
    return found.item_texts if found else ()


def test_the_aim_comes_first_and_then_the_pillars_each_with_its_citation() -> None:
    found = of(f"The coast is long and dark.\n\n{AIM}\n\n## How\n\n{PILLARS}")
    citations = CitationList()
    assert found.text(citations) == (
        f"{AIM} [1]\n\nThe plan has three pillars: [2]\n\n"
        "- bright lamps [3]\n- steady keepers [4]\n- cheap oil [5]"
    )
    assert citations.checked([found.document])


@pytest.mark.parametrize(
    "sentence",
    [
        "The purpose of the plan is to keep every ship off the northern reefs.",
        "Our vision is a coast on which nobody has to row home in the dark.",
        "By 2031 we want to halve the number of wrecks on the northern reefs.",
        "La présente stratégie vise à diviser par deux le nombre des naufrages.",
        "Dieses Programm soll die Zahl der Schiffbrüche bis 2031 halbieren.",
        "Esta estrategia pretende reducir a la mitad el número de naufragios.",
        "Questo piano mira a dimezzare il numero dei naufragi sulla costa nord.",
    ],
)
def test_a_sentence_that_states_the_aim_is_known_in_many_languages(sentence: str) -> None:
    assert aim(f"Forty lamps burn on the coast of the north.\n\n{sentence}") == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Wreckers who want to lure ships ashore light fires of their own on the cape.",
        "If we want to see more ships come home, more has to be said than this.",
        "In chapter 3 we want to say which lamps burn, and in annex 2 who trims them.",
        "The keepers' union aims to have its own boat before the year is out.",
    ],
)
def test_what_others_want_and_what_chapters_hold_is_no_aim(sentence: str) -> None:
    assert aim(f"## How things stand\n\n{sentence}") == ""


def test_the_next_sentence_goes_with_the_aim_where_it_says_by_when() -> None:
    both = (
        "Our vision is a coast without a wreck in any winter. By 2031 we want to halve their number"
        " to twelve a year."
    )
    assert aim(f"{both} There were 24 last year.") == both


def test_pillars_are_told_before_principles_wherever_they_stand() -> None:
    principles = "We follow three principles:\n\n- thrift\n- care\n- haste\n"
    text = f"## Rules\n\n{principles}\n## How\n\n{PILLARS}"
    assert parts(text) == ("bright lamps", "steady keepers", "cheap oil")


def test_a_short_heading_names_the_list_below_it() -> None:
    text = "## Our aims\n\nBy 2031:\n\n- fewer wrecks\n- brighter lamps\n- dry feet\n"
    assert parts(text) == ("fewer wrecks", "brighter lamps", "dry feet")


def test_the_axes_of_a_project_in_the_document_are_not_its_own() -> None:
    text = f"{AIM}\n\n## A study\n\nThe Oil Laboratory works along these axes of study:\n\n"
    assert parts(f"{text}- whale oil\n- seal oil\n- herring oil\n") == ()


def test_without_such_a_list_the_chapters_are_told_but_not_the_apparatus() -> None:
    names = ["Foreword", "The coast", "The lamps", "The keepers", "The money", "Annex 1"]
    text = "".join(f"## {name}\n\nSomething is said here of it.\n\n" for name in names)
    found = of(text)
    assert parts(text) == ("The coast", "The lamps", "The keepers", "The money")
    assert found.parts is not None
    assert found.parts.lead_text == "The Lamp Plan of Norvale"


def test_a_document_without_aim_and_structure_has_no_overview() -> None:
    assert of("Forty lamps burn on the coast.").text(CitationList()) == ""
