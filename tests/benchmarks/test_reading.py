"""The reading benchmark counts what it says, over files that the test writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import poppler
from assistant.questions import read_questions
from contents import announced, contents, entry, found
from flow import flow, is_whole
from outcome import Outcome, outcomes
from quotes import sightings, squash, word_share, words
from reading import Figure, main
from repeats import repeats, running_lines
from speed import measure

needs_pdftotext = pytest.mark.skipif(not poppler.available(), reason=poppler.MISSING)

BODY = "The harbour office lights every lamp along the coast."
PAGES = [f"Norvale lamp plan\n\nPart {n}. {BODY}\n\n{n}" for n in ("one", "two", "three", "four")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text("\f".join(PAGES), "utf-8")
    canvas = Canvas(str(tmp_path / "lamps.pdf"), invariant=True)
    for title in ("Keeping the lamps", "Paying the keepers", "Mending the towers"):
        canvas.bookmarkPage(title)
        canvas.addOutlineEntry(title, title)
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, 760, title)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 720, f"{title} is a duty of the port. {BODY}")
        canvas.showPage()
    canvas.save()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    evidence = [
        {"document": "plan.txt", "page": 2, "quote": f"Part two. {BODY}"},
        {"document": "plan.txt", "page": 2, "quote": "Part three. The harbour"},
        {
            "document": "lamps.pdf",
            "page": 1,
            "quote": "The harbour office lights every lamp",
            "text_layer": False,
        },
    ]
    question = {
        "id": "q1", "type": "factoid", "question": "Who lights the lamps?",
        "documents": ["plan.txt"], "evidence": evidence, "must_contain": [["harbour"]],
    }  # fmt: skip
    (tmp_path / "questions.jsonl").write_text(json.dumps(question), "utf-8")
    return tmp_path


def only(folder: Path, name: str) -> Outcome:
    [outcome] = outcomes(folder, name)
    return outcome


def test_letters_and_digits_alone_are_compared() -> None:
    assert squash("The ﬁrst 30 – “lamps”") == "thefirst30lamps"


def test_words_hyphenated_at_a_lines_end_are_one() -> None:
    assert words("light-\nhouse light\u00adship well-known") == [
        "lighthouse", "lightship", "well", "known",
    ]  # fmt: skip


def test_each_word_of_a_quote_is_looked_for_as_often_as_it_stands_there() -> None:
    assert word_share("lamp by lamp", "a lamp by the sea") == pytest.approx(2 / 3)


def test_a_quote_is_found_on_its_page_or_near_it(folder: Path) -> None:
    questions = read_questions(folder / "questions.jsonl")
    first, second, third = sightings(questions, outcomes(folder))
    assert first.on_page
    assert first.within_passage
    assert (second.on_page, second.nearby) == (False, True)
    assert third.words == 1.0


def test_a_document_that_cannot_be_read_is_an_outcome_with_its_reason(folder: Path) -> None:
    broken = only(folder, "broken")
    assert broken.document is None
    assert "is not a PDF" in broken.problem


def test_a_line_on_more_than_half_of_the_pages_is_a_running_one() -> None:
    pages = [["Lamp plan, page 1", "Text one"], ["Lamp plan, page 2"], ["Lamp plan, page 3"], ["a"]]
    assert list(running_lines([*pages, ["Other words"]]).values()) == ["Lamp plan, page 3"]
    assert running_lines(pages[:2]) == {}


def test_running_lines_that_a_reader_takes_out_are_not_left(folder: Path) -> None:
    counted = repeats(only(folder, "plan"))
    assert (counted.lines, counted.left) == (4, 0)


def test_running_lines_that_stand_within_passages_are_left(tmp_path: Path) -> None:
    # In the middle of the page nobody takes a repeated line for a running one.
    rows = [f"Row {word} of the port." for word in "abcdefgh"]
    page = "\n".join([*rows, "Norvale lamp plan", *rows])
    (tmp_path / "plan.txt").write_text("\f".join([page] * 5), "utf-8")
    counted = repeats(only(tmp_path, "plan"))
    assert counted.standing["Norvale lamp plan"] == (2, 3, 4, 5)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. Lamps ........ 4", "1. Lamps"),
        ("Keeping lamps     iv", "Keeping lamps"),
        ("Keeping lamps …… page 12", "Keeping lamps"),
        ("Founded in 1999", ""),
        ("........ 4", ""),
    ],
)
def test_an_entry_of_contents_has_leaders_or_space_before_a_page(line: str, title: str) -> None:
    assert entry(line) == title


def test_contents_pages_name_the_headings() -> None:
    pages = [
        ["Cover"],
        ["C O N T E N T S", "", "1 Lamps ... 3", "2 Keepers of the lamps", "    and ships ... 4"],
        ["3 Wicks     5     4 Oil     6", "5 Towers    7"],
        ["Rows     1", "and much more text", "that is no contents", "of anything"],
    ]
    listing = contents([*pages[:1], [*pages[1], "Annex ... 9"], *pages[2:]])
    assert listing.titles == (
        "1 Lamps", "2 Keepers of the lamps and ships", "Annex", "3 Wicks", "4 Oil", "5 Towers",
    )  # fmt: skip
    assert listing.pages == {2, 3}


def test_a_heading_is_found_without_its_number_in_two_blocks_or_nearly_alike() -> None:
    titles = ("2.1 Keeping lamps", "Part A: Ships", "Foreword by the keeper", "Oil")
    headings = ["Keeping Lamps", "PART A", "SHIPS", "Foreword of the keeper"]
    assert found(titles, headings) == list(titles[:3])


def test_the_outline_of_a_pdf_announces_its_headings(folder: Path) -> None:
    listing = announced(only(folder, "lamps"))
    assert listing.source == "outline"
    assert listing.titles == ("Keeping the lamps", "Paying the keepers", "Mending the towers")


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [("“Lamps burn.”", True), ("30 lamps burn.", True), ("lamps burn.", False), ("Lamps", False)],
)
def test_a_whole_sentence_has_a_beginning_and_an_end(sentence: str, whole: bool) -> None:
    assert is_whole(sentence) is whole


def test_paragraphs_that_break_off_are_counted(tmp_path: Path) -> None:
    text = (
        "The keepers of Norvale light the lamps along the\n\n"
        "Harbour dues. They are paid in spring by every ship that calls.\n\n"
        "coast every night of the year and in every weather.\n"
    )
    (tmp_path / "plan.md").write_text(text, "utf-8")
    counted = flow(only(tmp_path, "plan"))
    assert counted.paragraphs == 3
    assert [end[:5] for _, end in counted.begun_inside] == ["coast"]
    assert counted.cut_off == ()
    assert counted.whole < counted.sentences


def test_a_word_parted_otherwise_still_agrees() -> None:
    page = poppler.compare(1, "N O R VA L E\nlamps of\nthe coast", "NORVALE lamps the coast")
    assert page.lost == ("of",)
    assert (page.confirmed, page.ours) == (4, 4)


def test_columns_that_are_mixed_have_other_neighbours() -> None:
    theirs = "lamps burn all night\nships wait for day"
    alike = poppler.compare(1, theirs, "lamps burn all night ships wait for day")
    mixed = poppler.compare(1, theirs, "lamps burn ships wait all night for day")
    assert alike.pairs_alike == alike.pairs == 7
    assert mixed.pairs_alike == 4


@needs_pdftotext
def test_a_heading_followed_by_other_text_is_adrift(folder: Path) -> None:
    outcome = only(folder, "lamps")
    theirs = "Keeping the lamps Ships have lamps of their own."
    assert poppler.headings_adrift(outcome, 1, theirs) == (1, ("Keeping the lamps",))
    agreement = poppler.agreement(outcome)
    assert agreement.recall == agreement.order == 1.0
    assert [page.adrift for page in agreement.pages] == [(), (), ()]


def test_speed_counts_pages_and_refused_files(folder: Path) -> None:
    speed = measure("split", folder)
    assert speed is not None
    assert (speed.pages, speed.refused) == (3, 1)
    assert speed.peak >= speed.idle > 0


def test_a_figure_says_whether_it_is_missed() -> None:
    assert "MISSED" in str(Figure("quotes", 8, 10, at_least=0.9))
    assert "MISSED" not in str(Figure("quotes", 9, 10, at_least=0.9))
    assert "nothing to count" in str(Figure("quotes", 0, 0, at_least=0.9))


def test_the_command_prints_a_table_and_writes_it_as_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder), "--detail", "--no-speed", "--json", str(folder / "out.json")])
    printed = capsys.readouterr().out
    assert "quotes found on their page" in printed
    assert "not read: broken.pdf" in printed
    figures = json.loads((folder / "out.json").read_text("utf-8"))["figures"]
    assert (figures[0]["part"], figures[0]["whole"]) == (1, 2)
