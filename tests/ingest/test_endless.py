"""What goes on without end is cut: blocks, headings, titles and passages have a largest size."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import BlockKind, Document, read, split
from ingest.builder import LONGEST_BLOCK, LONGEST_HEADING, DocumentBuilder
from ingest.document import Block
from ingest.passages import LONGEST_ATOM

LONGEST_PASSAGE = 4 * LONGEST_ATOM

kinds = st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.CONTENTS])
# Texts as long as blocks get are made of few characters, repeated.
texts = st.builds(
    lambda piece, times: piece * times,
    st.text(st.sampled_from("ab é.:\n漢👍\u0301-1"), min_size=1, max_size=12),
    st.integers(1, 9_000),
)
blocks = st.lists(st.tuples(kinds, texts, st.integers(1, 6)), min_size=1, max_size=6)


def built(builder: DocumentBuilder) -> Document:
    return builder.build(path="a.txt", content_hash="0" * 64, format="text", title="A")


@settings(max_examples=40, deadline=None)
@given(blocks, st.booleans())
def test_whatever_is_written_comes_in_blocks_and_passages_of_bounded_size(written, runs_on):
    builder = DocumentBuilder()
    for kind, text, level in written:
        if runs_on:
            builder.start_page()
            # The hyphen of a parted word goes, and a word is more than that.
            parted = any(last.end - last.start > 1 for last in builder.blocks[-1:])
            builder.run_on(text, joiner="", drop=int(parted))
        builder.add(kind, text, level)
    document = built(builder)

    ends = [0]
    for block in document.blocks:
        assert 0 < block.end - block.start <= LONGEST_BLOCK
        assert not document.text[ends[-1] : block.start].strip()  # nothing is lost between them
        ends.append(block.end)
    assert ends[-1] == len(document.text)
    for passage in split(document):
        assert passage.text == document.text[passage.start : passage.end]
        assert len(passage.text) <= LONGEST_PASSAGE
        assert all(len(heading) <= LONGEST_HEADING for heading in passage.section)


def test_text_without_a_space_or_an_end_is_cut_into_passages_that_cover_it():
    document = read("a.txt", b"a" * 300_000)
    passages = split(document)
    assert document.text == "a" * 300_000
    assert "".join(passage.text for passage in passages) == document.text
    assert max(len(passage.text) for passage in passages) <= LONGEST_ATOM


def test_a_long_paragraph_is_parted_after_a_sentence_and_its_text_stays_as_it_is():
    builder = DocumentBuilder()
    text = "The ferry leaves at noon from the old quay. " * 2_000
    builder.add(BlockKind.PARAGRAPH, text)
    document = built(builder)
    assert document.text == text.strip()
    assert len(document.blocks) > 4
    for block in document.blocks:
        assert document.text[block.start : block.end].endswith("old quay.")


def test_a_heading_of_a_page_is_a_paragraph_and_stands_above_nothing():
    document = read("a.md", b"# " + b"Harbour and quay " * 400 + b"\n\nThe ferry leaves at noon.\n")
    assert {block.kind for block in document.blocks} == {BlockKind.PARAGRAPH}
    assert len(document.title) < LONGEST_HEADING
    assert {passage.section for passage in split(document)} == {()}


def test_a_thousand_headings_in_a_row_are_several_passages():
    lines = "\n\n".join(f"# Harbour plan number {number}" for number in range(1_000))
    assert len(split(read("a.md", lines.encode()))) > 10


def trail(document: Document, offset: int) -> tuple[str, ...]:
    """The headings above an offset, found by walking back block by block."""
    found: list[str] = []
    level = 7
    for block in reversed([block for block in document.blocks if block.start <= offset]):
        if block.kind is BlockKind.HEADING and block.level < level:
            found.append(document.text[block.start : block.end])
            level = block.level
            if level == 1:
                break
    return tuple(reversed(found))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7)), min_size=1, max_size=30))
def test_the_headings_above_a_place_are_those_that_one_finds_walking_back(written):
    text = "".join(f"{number:03}\n" for number in range(len(written)))
    document = Document(
        "a", "", "text", "A", text, (),
        tuple(
            Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, 4 * at, 4 * at + 3, level)
            for at, (heading, level) in enumerate(written)
        ),
        paged=False,
    )  # fmt: skip
    for offset in range(0, len(text), 2):
        assert document.section_at(offset) == trail(document, offset)
