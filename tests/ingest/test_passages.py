"""Passages: whole sentences, whole lists, nothing lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import BlockKind, read, split
from ingest.builder import DocumentBuilder
from ingest.passages import LONGEST_WORDS, TINY_WORDS
from ingest.sentences import sentence_spans

SENTENCE = st.integers(3, 60).map(lambda n: "The " + " ".join(["board"] * n) + " decides.")
BLOCK = st.one_of(
    st.tuples(st.just(BlockKind.HEADING), st.sampled_from(["Aims", "Money and people", "Review"])),
    st.tuples(
        st.just(BlockKind.PARAGRAPH), st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)
    ),
    st.tuples(st.just(BlockKind.LIST_ITEM), SENTENCE),
    st.tuples(st.just(BlockKind.TABLE_ROW), st.just("Action: dredge | Deadline: 2031")),
)


def build(blocks):
    builder = DocumentBuilder()
    for kind, text in blocks:
        builder.add(kind, text, 1 if kind is BlockKind.HEADING else 0)
    return builder.build(path="a.txt", content_hash="0", format="text", title="A", language="en")


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=25))
def test_passages_cover_every_word_once_and_cut_no_sentence(blocks):
    document = build(blocks)
    passages = split(document)
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    covered = " ".join(document.text[p.start : p.end] for p in passages).split()
    assert covered == document.text.split()
    for passage in passages:
        assert passage.text == document.text[passage.start : passage.end]
        for block in document.blocks:
            for start, stop in sentence_spans(document.text[block.start : block.end], "en"):
                start, stop = block.start + start, block.start + stop
                assert (
                    stop <= passage.start
                    or start >= passage.end
                    or passage.start <= start < stop <= passage.end
                )


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.just(BlockKind.PARAGRAPH), st.lists(SENTENCE, max_size=9, min_size=1).map(" ".join)
        ),
        min_size=1,
        max_size=9,
    )
)
def test_passages_of_plain_paragraphs_are_never_too_long(blocks):
    # A closing line of a few words goes with the passage before it.
    longest = LONGEST_WORDS + TINY_WORDS
    assert all(len(passage.text.split()) < longest for passage in split(build(blocks)))


def test_a_list_stays_with_the_sentence_that_introduces_it():
    filler = "The council met and spoke about the harbour for a long time. " * 9
    items = "\n".join(f"- measure number {n} keeps the water out of the old town" for n in range(7))
    document = read(
        "plan.md", f"# Plan\n\n{filler}\n\nSeven measures follow:\n\n{items}\n".encode()
    )
    holding = [passage for passage in split(document) if "Seven measures follow:" in passage.text]
    assert len(holding) == 1
    assert "measure number 6" in holding[0].text


def test_a_list_too_long_for_one_passage_carries_its_lead_along():
    items = "\n".join(
        f"- measure {n} keeps the water out of the old town and the new one, all year"
        for n in range(40)
    )
    document = read("plan.md", f"# Plan\n\nForty measures follow:\n\n{items}\n".encode())
    passages = split(document)
    assert len(passages) > 1
    assert {passage.lead for passage in passages[1:]} == {"Forty measures follow:"}
    assert "Forty measures follow:" in passages[1].context


def test_a_heading_goes_with_what_follows_it():
    filler = "The council met and spoke about the harbour for a long time. " * 12
    document = read("plan.md", f"# Plan\n\n{filler}\n\n## Money\n\n{filler}\n".encode())
    money = [
        passage for passage in split(document) if re.search("^Money", passage.text, re.MULTILINE)
    ]
    assert [passage.text.startswith("Money") for passage in money] == [True]
    assert money[0].section == ("Plan", "Money")


def test_tables_of_contents_are_no_passages():
    document = read(
        "plan.txt",
        b"Aims ............... 3\n\nMoney .............. 9\n\nThe plan has aims and money.",
    )
    assert [passage.text for passage in split(document)] == ["The plan has aims and money."]
