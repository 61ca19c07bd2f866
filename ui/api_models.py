"""What the API takes and gives, as pydantic models; their limits are checked before any work."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer, Citation, Turn
from assistant.question import LONGEST_QUESTION
from index import DocumentInfo, Evidence, Scope
from ingest import BlockKind, Document, PageCounts

LONGEST_TURN = 20_000  # characters of an earlier message
MOST_TURNS = 100
MOST_LIMITS = 1_000
MOST_PASSAGES = 100
LONGEST_TEXT = 2_000_000  # characters of a document at a time: some 700 pages

Limit = Annotated[str, Field(min_length=1, max_length=1_000)]
Limits = Annotated[list[Limit], Field(max_length=MOST_LIMITS)]


class _Asked(BaseModel):
    """What every question may be limited by; a document must meet one of each kind."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    documents: Limits = Field([], description="paths, or patterns: 'kenya/*', '*.pdf'")
    folders: Limits = Field([], description="'kenya' holds all below it")
    languages: Limits = Field([], description="ISO 639-1: 'en'")
    years: Annotated[list[int], Field(max_length=MOST_LIMITS)] = Field(
        [], description="of the documents' dates"
    )
    formats: Limits = Field([], description="'pdf', 'docx', ...")

    @property
    def scope(self) -> Scope:
        return Scope(self.documents, self.folders, self.languages, self.years, self.formats)


class Message(BaseModel):
    """An earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: str = Field(max_length=LONGEST_TURN)


class Ask(_Asked):
    """A question to be answered."""

    history: list[Message] = Field(
        [],
        max_length=MOST_TURNS,
        description='oldest first: {"role": "user" or "assistant", "content": "..."}',
    )

    @property
    def turns(self) -> list[Turn]:
        return [Turn(role=message.role, content=message.content) for message in self.history]


class Find(_Asked):
    """A question whose passages are searched."""

    k: int = Field(10, ge=1, le=MOST_PASSAGES, description="how many passages")


class FoundPassage(BaseModel):
    """A passage that may answer the question; of two, the one with the higher score."""

    document: str
    title: str
    page: int | None
    section: list[str]
    text: str
    score: float

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        passage = evidence.passage
        return cls(
            document=passage.document,
            title=passage.title,
            page=passage.page,
            section=list(passage.section),
            text=passage.text,
            score=evidence.score,
        )


class Found(BaseModel):
    """Passages, best first."""

    passages: list[FoundPassage]


class Answered(BaseModel):
    """An answer, or a state of one: ``complete`` is true in the last."""

    question: str
    text: str = Field(description="Markdown with [1] markers")
    found: bool = Field(description="false: the documents do not hold the answer")
    citations: list[Citation] = Field(description="exact words of documents, checked")
    evidence: list[FoundPassage] = Field(description="best first; in the complete answer only")
    confidence: float
    method: str
    model: str
    note: str
    unsupported: list[str]
    complete: bool
    emphasis: list[tuple[int, int]] = Field(description="offsets into text: the words asked for")
    standalone: str = Field(description="the question as it was searched")
    searched: list[str] = Field(description="the documents it was limited to; empty: all")

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls(
            question=answer.question,
            text=answer.text,
            found=answer.found,
            citations=list(answer.citations),
            evidence=[FoundPassage.of(each) for each in answer.evidence if answer.complete],
            confidence=answer.confidence,
            method=answer.method,
            model=answer.model,
            note=answer.note,
            unsupported=list(answer.unsupported),
            complete=answer.complete,
            emphasis=list(answer.emphasis),
            standalone=answer.standalone,
            searched=list(answer.searched),
        )


class ListedDocument(BaseModel):
    """One line of the list of documents."""

    document: str = Field(description="its path in the indexed folder")
    title: str
    date: str | None
    language: str | None
    format: str
    pages: int = Field(description="0 where the format has no pages")
    page_counts: PageCounts
    passages: int
    status: Literal["indexed", "failed"]
    reason: str = Field(description="why it, or a part of it, could not be read")

    @classmethod
    def of(cls, info: DocumentInfo) -> Self:
        # Not as "path": Gradio's client takes what has a path for a file, and fetches it.
        return cls(
            document=info.path,
            title=info.title,
            date=info.date,
            language=info.language,
            format=info.format,
            pages=info.pages,
            page_counts=info.page_counts,
            passages=info.passages,
            status=info.status,
            reason=info.reason,
        )


class DocumentList(BaseModel):
    """All documents, also those that could not be read."""

    generation: int = Field(description="each change of the index adds one")
    documents: list[ListedDocument]


class PageSpan(BaseModel):
    """A page: characters ``start`` to ``end`` of the document's text."""

    number: int
    label: str | None
    status: str
    start: int
    end: int


class Heading(BaseModel):
    """A line of the outline; level 1 is the highest."""

    level: int
    title: str
    start: int


class DocumentText(BaseModel):
    """A document as it was read."""

    document: str
    title: str
    format: str
    language: str | None
    date: str | None
    content_hash: str
    start: int = Field(description="of ``text`` in the whole: fetch what follows with ?start=")
    characters: int = Field(description="of the whole; more than these where ``text`` is cut")
    text: str = Field(description=f"at most {LONGEST_TEXT:,} characters from ``start`` on")
    pages: list[PageSpan] = Field(
        description="those of this text, by offsets into the whole; empty where there are none"
    )
    outline: list[Heading]

    @classmethod
    def of(cls, document: Document, start: int = 0) -> Self:
        text = document.text
        end = start + LONGEST_TEXT
        return cls(
            document=document.path,
            title=document.title,
            format=document.format,
            language=document.language,
            date=document.date,
            content_hash=document.content_hash,
            start=start,
            characters=len(text),
            text=text[start:end],
            pages=[
                PageSpan(
                    number=page.number,
                    label=page.label,
                    status=page.status,
                    start=page.start,
                    end=page.end,
                )
                for page in document.pages
                if document.paged and page.start < end and (page.end > start or not start)
            ],
            outline=[
                Heading(
                    level=block.level,
                    title=" ".join(text[block.start : block.end].split()),
                    start=block.start,
                )
                for block in document.blocks
                if block.kind is BlockKind.HEADING and start <= block.start < end
            ],
        )


class Problem(BaseModel):
    """Why something was not done, and what to do next."""

    error: str
