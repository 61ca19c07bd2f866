"""Whatever a model writes, no citation is shown that does not hold: 2,000 random replies."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant import Answer, Assistant
from assistant.answer import NO_SUPPORT
from assistant.chat_model import open_chat_model
from assistant.extractive import ExtractiveAnswerer
from assistant.generative import GenerativeAnswerer, _Writing
from assistant.model_faults import ModelFault
from assistant.proof import Proof

if TYPE_CHECKING:
    from ingest import Document

FEW, MANY = 120, 2_000  # replies; all of them by `make slow-test`
SEED = 20_310
QUESTION = "Who leads the climate strategy of Port Merrow?"
SENTENCES = [
    "A new Climate Office leads the strategy in place of the Environment Department",
    "The Environment Department leads the strategy",
    "The strategy costs 46 million euros over four years",
    "The budget rises to 118 million euros over five years",
    "It has fourteen staff and reports directly to the mayor",
    "Air travel is not counted",
    "The Citizens' Panel has 24 residents, drawn by lot",
    "The dredging of 1961 took the seagrass",
]
WORDS = [
    *["the", "strategy", "leads", "46", "118", "million", "euros", "Ingrid", "Halloran", "Bo Grim"],
    *[
        "not",
        "never",
        "2025",
        "2031",
        "%",
        "staff",
        "“Every goal has a number”",
        "«one»",
        "billion",
    ],
    *[
        "https://evil.example/x",
        "www.evil.example",
        "](x)",
        "![a]",
        "<b>",
        "|",
        "`code`",
        "**",
        "__",
    ],
    *["#", ">", "fourteen", "seven", "climate", "office", "mayor", "seagrass", "1,240", "1.4"],
]
RIGHT = "[1][2][3][4][5][6]"  # all that there are: one of them proves what is true
MARKERS = [
    *["", "[1]", "[2]", "[3]", "[9]", "[0]", "[1][3]", "[1, 2]", "[1-6]", "[^2]", "【1】", "[12"],
    *["[Passage 3]", "\\[1\\]", "(1)", "[1]]", "[[2]]", "[2024]", "[-1]"],
]
JOINTS = [" ", "\n", "\n\n", "\n- ", "\n3. ", ". ", ": ", ";", "  ", "\u200b", "\n\n# "]


def reply(chance: random.Random) -> str:
    """Sentences true, bent and made up, with markers right, wrong and broken."""
    parts = []
    made_up = chance.choice([0.05, 0.2, 0.6])
    for _ in range(chance.randint(1, 7)):
        if chance.random() > made_up:
            said = chance.choice(SENTENCES).split()
            for _ in range(chance.choice([0, 0, 0, 1, 2])):
                said[chance.randrange(len(said))] = chance.choice(WORDS)
        else:
            said = chance.choices(WORDS, k=chance.randint(1, 12))
        mark = RIGHT if chance.random() > made_up else chance.choice(MARKERS)
        end = chance.choice([f" {mark}.", f". {mark}", mark, ".", f"{mark} "])
        parts += [" ".join(said), end, chance.choice(JOINTS)]
    return "".join(parts)


@dataclass
class Bench:
    """One question's evidence, before which all the replies are brought."""

    writing: _Writing
    documents: dict[str, Document]

    def shown(self, text: str, cut: int) -> list[Answer]:
        """What a person sees of a reply: a part of it while it comes, and the end."""
        seen = [self.writing._partial(text[:cut])]
        try:
            seen.append(self.writing.final(text))
        except ModelFault:
            seen.append(self.writing.floor)
        return [answer for answer in seen if answer is not None]


@pytest.fixture(scope="module")
def bench(assistant: Assistant) -> Bench:
    from assistant.inquiry import inquire
    from assistant.question import understand

    chat = open_chat_model(assistant.settings, FakeListChatModel(responses=["-"]))
    assert chat is not None
    encoder, store = assistant.retriever.encoder, assistant._store
    inquiry = inquire(understand(QUESTION), assistant.retriever, store, 6)
    floor = ExtractiveAnswerer(encoder)
    *_, own = floor.stream(inquiry)
    assert own.found
    proof = Proof(inquiry.evidence, store, encoder)
    answerer = GenerativeAnswerer(chat, floor, encoder)
    return Bench(_Writing(answerer, inquiry, own, proof), proof.documents)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("replies", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_no_citation_that_does_not_hold_is_ever_shown(bench: Bench, replies: int) -> None:
    chance = random.Random(SEED)
    written = marked = 0
    for _ in range(replies):
        text = reply(chance)
        for said in bench.shown(text, chance.randrange(len(text) + 1)):
            check_citations(said, bench, text)
            if said.method == "generative":
                written += 1
                marked += check_sentences(said, text)
    assert written > replies / 2  # else the checks above were of the floor alone
    assert marked > replies / 2


def check_citations(said: Answer, bench: Bench, text: str) -> None:
    """Each stands in its document and in a passage that was given; each marker has one."""
    passages = [item.passage for item in bench.writing.proof.given]
    for citation in said.citations:
        document = bench.documents[citation.document]
        assert document.text[citation.start : citation.end] == citation.quote != "", text
        if said.method == "generative":
            assert any(
                passage.document == citation.document
                and passage.start <= citation.start < citation.end <= passage.end
                for passage in passages
            ), text
    numbers = {citation.number for citation in said.citations}
    assert {int(number) for number in re.findall(r"(?<!\\)\[(\d+)\]", said.text)} <= numbers, text
    assert not re.search(r"(?<!\\)[\[<`](?!\d+\])", said.text), text
    assert "evil.example" not in said.text, text


def check_sentences(said: Answer, text: str) -> int:
    """Each sentence with markers has its digits in what they cite; counts those sentences."""
    cited = {citation.number: citation for citation in said.citations}
    pieces = re.split(rf"((?:(?<!\\)\[\d+\])+|{re.escape(NO_SUPPORT)})", said.text)
    count = 0
    for words, ending in zip(pieces[::2], pieces[1::2], strict=False):
        numbers = [int(number) for number in re.findall(r"\d+", ending)]
        if not numbers:
            continue
        count += 1
        sources = [cited[number] for number in numbers]
        known = " ".join(
            " ".join([source.quote, source.title, source.document, *source.section])
            for source in sources
        )
        plain = re.sub(r"^\s*(?:\d{1,2}\. |- )", "", words)
        digits = {digit.replace(",", "") for digit in re.findall(r"\d[\d,]*", plain)}
        assert digits <= {digit.replace(",", "") for digit in re.findall(r"\d[\d,]*", known)}, text
        assert "Bo Grim" not in words, text
    return count
