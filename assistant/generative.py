"""GenerativeAnswerer: the answer in a chat model's words, held to the documents' proof."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.answer import NO_SUPPORT, Answer, History
from assistant.chat_model import ChatModel
from assistant.chat_prompt import earlier_turns, messages, numbered
from assistant.citations import CitationList
from assistant.extractive import ExtractiveAnswerer
from assistant.inquiry import Inquiry
from assistant.model_faults import FaultKind, ModelFault
from assistant.model_stream import stream_words
from assistant.particulars import without_links
from assistant.prompts import NOT_IN_THE_DOCUMENTS
from assistant.proof import Proof, Proven
from assistant.quoting import inert
from assistant.reply import Said, sentences, tail
from index import Encoder

LEAST_PROVEN = 0.5  # share of the words of an answer that must be proven
UPDATE_SECONDS = 0.03  # between two answers of a stream
_HALVINGS = 2  # of the passages, where a model says that they are too many
_ITEM = re.compile(r"- |\d{1,2}\. ")
_FLOOR = "This answer is in the documents' own words."


class GenerativeAnswerer:
    """Asks a chat model about evidence that holds an answer, and shows what can be proven."""

    def __init__(
        self, chat: ChatModel, floor: ExtractiveAnswerer, encoder: Encoder, *, drop: bool = False
    ) -> None:
        self.chat = chat
        self._floor = floor
        self._encoder = encoder
        self.drop = drop  # sentences without support are left out, not marked

    def stream(self, inquiry: Inquiry, history: History | None = None) -> Iterator[Answer]:
        """Answers each more complete than the last.

        The extractive answer is made first: where it is none, the model is not asked, and
        whatever goes wrong with the model, it is what is left.
        """
        *_, floor = self._floor.stream(inquiry)
        if not floor.found:
            yield floor
            return
        earlier = earlier_turns(history)
        question = inquiry.question
        given = self.chat.budget.fitting(question, inquiry.evidence, earlier)
        fault = ModelFault(FaultKind.OVERFLOW, "not one passage fits")
        for _ in range(_HALVINGS + 1):
            if not given:
                break
            try:
                writing = _Writing(self, inquiry, floor, Proof(given, inquiry.store, self._encoder))
                yield from writing.stream(earlier)
                return
            except ModelFault as error:
                fault = error
                if fault.kind is not FaultKind.OVERFLOW:
                    break
                given = given[: len(given) // 2]
        yield replace(floor, note=_joint(f"{fault.sentence(self.chat.name)}. {_FLOOR}", floor.note))


@dataclass
class _Writing:
    """One reply while it is written."""

    answerer: GenerativeAnswerer
    inquiry: Inquiry
    floor: Answer
    proof: Proof

    def stream(self, earlier: str) -> Generator[Answer]:
        chat = self.answerer.chat
        passages = [numbered(n, item) for n, item in enumerate(self.proof.given, start=1)]
        prompt = messages(self.inquiry.question, passages, earlier)
        self.proof.load()  # before the model is asked, not while its words wait
        # Beside the request: by the time that the first sentence is there, so are the vectors.
        preparing = threading.Thread(target=self.proof.prepare, name="proof", daemon=True)
        preparing.start()
        reply, shown_at = "", 0.0
        try:
            with closing(stream_words(chat.model, prompt, chat.limits)) as words:
                for more in words:
                    reply += more
                    if time.monotonic() - shown_at < UPDATE_SECONDS:
                        continue
                    partial = self._partial(reply)
                    if partial is not None:
                        yield partial
                        shown_at = time.monotonic()
        finally:
            preparing.join()  # a process must not end in the middle of it
        yield self.final(reply)

    def final(self, reply: str) -> Answer:
        """The whole reply as an answer; the floor where too little of it is proven."""
        said = sentences(reply, self._language)
        if not said:
            raise ModelFault(FaultKind.EMPTY, "no words")
        if _abstains(said):
            return replace(
                self.floor,
                text=self.inquiry.refusal(),
                found=False,
                emphasis=(),
                citations=(),
                method="generative",
                model=self.answerer.chat.name,
                note="The model found no answer in the passages that come nearest.",
            )
        judged = self.proof.judge(said)
        proven = sum(len(one.said.text.split()) for one in judged if one.spans)
        every = sum(len(one.said.text.split()) for one in judged)
        if proven < LEAST_PROVEN * every or not proven:
            name = self.answerer.chat.name
            return replace(
                self.floor,
                note=_joint(
                    f"Too little of what the model {name} wrote is in the documents. {_FLOOR}",
                    self.floor.note,
                ),
            )
        return self._answer(judged, complete=True)

    def _partial(self, reply: str) -> Answer | None:
        """What can be shown of a reply that goes on: proven sentences, and the words after."""
        said = sentences(reply, self._language)
        if not said or _may_abstain(reply):
            return None
        # The last one goes on, and its markers may still come; so does a list's first line.
        judged = self.proof.judge([one for one in said[:-1] if not _awaits(one, said)])
        shown = self._answer(judged, complete=False)
        if self.answerer.drop:
            return shown if shown.text else None
        last = inert(without_links(tail(said[-1].text)))
        joint = "\n" if said[-1].bullet and shown.text else " "
        text = f"{shown.text}{joint}{said[-1].bullet}{last}".strip()
        return replace(shown, text=text)

    def _answer(self, judged: Sequence[Proven], *, complete: bool) -> Answer:
        """The sentences as Markdown, each with its citations or the word that it has none."""
        citations = CitationList()
        lines: dict[int, list[str]] = {}
        unsupported = []
        for one in judged:
            said = one.said
            if one.spans:
                marks = "".join(f"[{citations.cite(*span)}]" for span in one.spans)
                words = f"{inert(said.text)} {marks}"
            else:
                unsupported.append(without_links(said.text))
                if self.answerer.drop or one.barred:
                    continue
                words = f"{inert(said.text)} {NO_SUPPORT}"
            lines.setdefault(said.line, []).append(said.bullet + words)
        left_out = len(unsupported) if self.answerer.drop else sum(o.barred for o in judged)
        return replace(
            self.floor,
            text=_joined(lines),
            emphasis=(),  # offsets into the floor's text
            citations=citations.checked(self.proof.documents.values()),
            method="generative",
            model=self.answerer.chat.name,
            unsupported=tuple(unsupported),
            note=_joint(_left_out(left_out), self.floor.note) if complete else "",
            complete=complete,
        )

    @property
    def _language(self) -> str | None:
        return self.proof.documents[self.proof.given[0].passage.document].language


def _awaits(one: Said, said: Sequence[Said]) -> bool:
    """Whether a line that introduces a list has none of its items' markers yet."""
    return one.introduces and not one.markers and one.line >= said[-1].line - 1


def _joint(*notes: str) -> str:
    return " ".join(filter(None, notes))


def _joined(lines: dict[int, list[str]]) -> str:
    """Lines of a list stand under each other; paragraphs have a blank line between them."""
    text = ""
    item = False
    for parts in lines.values():
        line = " ".join(parts)
        now = bool(_ITEM.match(line))
        text += ("\n" if item and now else "\n\n") + line if text else line
        item = now
    return text


def _left_out(count: int) -> str:
    if not count:
        return ""
    what = "One sentence" if count == 1 else f"{count} sentences"
    return f"{what} of the model's answer left out: no support in the documents."


def _abstains(said: Sequence[Said]) -> bool:
    """Whether the reply is the model's way to say that the passages hold no answer."""
    return len(said) == 1 and _plain(said[0].text) == _plain(NOT_IN_THE_DOCUMENTS)


def _may_abstain(reply: str) -> bool:
    """Whether the reply so far may become that sentence: nothing is shown until it is known."""
    return _plain(NOT_IN_THE_DOCUMENTS).startswith(_plain(tail(reply)))


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
