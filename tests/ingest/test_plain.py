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
