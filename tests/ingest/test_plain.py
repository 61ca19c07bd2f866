"""Plain text: encodings, pages, running lines, wrapped lines, lists."""

import pytest

from ingest import BlockKind, DamagedDocument, EmptyDocument, PageStatus, read, split

PAGED = (
    "The Harbour Plan\n\n2031\n\f"
    "The Harbour Plan\n\n1. Introduction\n\n"
    "The harbour feeds the town, and the town keeps the harbour.\n"
    "Nobody remembers it other-\nwise, and nobody wants\n\n1\n\f"
    "The Harbour Plan\n\nto. The council therefore decided three things:\n\n"
    "• dredge the northern basin;\n• rebuild the fish hall, which\n"
    "  has leaked since the flood;\n• plant trees.\n\n2\n\f"
    "The Harbour Plan\n\n1.1. Money\n\nAll of it costs 4 million crowns.\n\n3\n"
)


def texts(document, kind):
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


@pytest.fixture(scope="module")
def paged():
    return read("harbour.txt", PAGED.encode())


def test_form_feeds_part_the_pages(paged):
    assert [page.number for page in paged.pages] == [1, 2, 3, 4]
    assert all(page.text == paged.text[page.start : page.end] for page in paged.pages)


def test_printed_page_numbers_become_labels_and_leave_the_text(paged):
    assert [page.label for page in paged.pages] == [None, "1", "2", "3"]
    assert "\n1\n" not in paged.text


def test_running_headers_leave_the_text(paged):
    assert paged.text.count("The Harbour Plan") == 0
    assert paged.title == "harbour"


def test_a_hyphen_at_the_end_of_a_line_joins_the_word(paged):
    assert "otherwise" in paged.text


def test_a_sentence_runs_over_the_page_break(paged):
    sentence = "nobody wants to. The council"
    assert sentence in paged.text
    start = paged.text.index(sentence)
    assert paged.page_number_at(start) == 2
    assert paged.page_number_at(start + len(sentence)) == 3


def test_bullets_become_list_items_without_their_bullet(paged):
    assert texts(paged, BlockKind.LIST_ITEM) == [
        "dredge the northern basin;",
        "rebuild the fish hall, which has leaked since the flood;",
        "plant trees.",
    ]


def test_numbered_lines_are_headings_and_make_the_trail(paged):
    assert paged.section_at(paged.text.index("4 million")) == ("1. Introduction", "1.1. Money")


def test_a_text_without_form_feeds_has_no_page_numbers():
    document = read("note.txt", b"A short note.\n\nIt has two paragraphs.")
    assert not document.paged
    assert document.page_number_at(3) is None
    assert [page.status for page in document.pages] == [PageStatus.TEXT]


def test_lines_that_name_the_page_part_pages():
    sheets = "".join(
        f"------ Page {n} ------\n\nSheet {word} says so.\n\n"
        for n, word in enumerate(("one", "two", "three"), 1)
    )
    document = read("scan.txt", sheets.encode())
    assert document.paged
    assert [page.text.strip() for page in document.pages] == [
        "Sheet one says so.",
        "Sheet two says so.",
        "Sheet three says so.",
    ]


SHEETS = ("The harbour feeds us.", "Trees shade the quay.", "Nobody swims here.")


@pytest.mark.parametrize("mark", ["Page {0}", "- {0} of 3 -", "Seite {0}", "Page {0} of 3"])
def test_lines_that_name_the_page_stand_above_or_below_it(mark):
    marks = [mark.format(number) for number in (1, 2, 3)]
    above = "".join(f"{m}\n\n{sheet}\n\n" for m, sheet in zip(marks, SHEETS, strict=True))
    below = "".join(f"{sheet}\n\n{m}\n\n" for m, sheet in zip(marks, SHEETS, strict=True))
    pages = [
        [page.text.strip() for page in read("a.txt", text.encode()).pages]
        for text in (above, below)
    ]
    if mark.startswith("-"):  # a number alone names no page
        assert [len(each) for each in pages] == [1, 1]
    else:
        assert pages == [list(SHEETS), list(SHEETS)]


def test_what_stands_before_the_first_page_line_is_kept():
    after = "".join(f"\n\nPage {n}\n\n{sheet}" for n, sheet in enumerate(SHEETS, 1))
    first = read("a.txt", f"Cover.{after}".encode()).pages[0]
    assert first.text.strip() == f"Cover.\n\n{SHEETS[0]}"
    after = "".join(f"\n\nPage {n}\n\n{sheet}" for n, sheet in enumerate(SHEETS, 2))
    pages = read("a.txt", f"Cover.{after}".encode()).pages
    assert [page.text.strip() for page in pages] == ["Cover.", *SHEETS]


def test_a_table_keeps_its_place_between_the_paragraphs_and_on_its_page():
    table = "Year    Vessels   Berths\n2028        120       14\n2029        131       15\n"
    first = f"The harbour grows\nfrom year to year.\n{table}It has done so,\n"
    document = read("a.txt", f"{first}\fin spite of the flood.\n\n{table}".encode())
    rows = ["Year: 2028 | Vessels: 120 | Berths: 14", "Year: 2029 | Vessels: 131 | Berths: 15"]
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "The harbour grows from year to year.",
        *rows,
        "It has done so, in spite of the flood.",
        *rows,
    ]
    assert texts(document, BlockKind.TABLE_ROW) == rows * 2
    assert document.page_number_at(document.text.rindex(rows[0])) == 2


def test_blank_lines_between_all_lines_do_not_part_paragraphs():
    lines = [
        "A conversion left a blank line after every",
        "line of this paragraph, which a reader would",
        "never do, and which parts nothing.",
    ]
    text = (
        "\n\n".join(lines)
        + "\n\n\n\n"
        + "\n\n".join(
            [
                "The next paragraph begins after a wider gap",
                "than usual and goes on here for a while.",
            ]
        )
    )
    document = read("spaced.txt", text.encode())
    assert len(texts(document, BlockKind.PARAGRAPH)) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    document = read("é.txt", "La stratégie coûte 5 € par élève, dit l’école.".encode(encoding))
    assert "coûte 5 € par élève, dit l’école" in document.text


def test_an_empty_file_says_so():
    with pytest.raises(EmptyDocument, match=r"empty\.txt: the file is empty"):
        read("empty.txt", b" \n\n")


def test_a_web_page_under_the_name_of_a_text_is_not_read_with_its_tags():
    page = b"\n<!DOCTYPE html>\n<html><body><p>The council leads.</p></body></html>"
    with pytest.raises(DamagedDocument, match=r"plan\.txt: is a web page .* \.html"):
        read("plan.txt", page)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("unit", ["word", "1", "\n", " ", "-", "Sentence follows. ", "a. "])
def test_no_text_is_too_monotonous_to_be_read(unit):
    assert split(read("plan.txt", ("a" + unit * 100_000 + "b").encode()))
