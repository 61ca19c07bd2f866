"""Answering: questions are answered beside the page, so that a closed tab loses nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import replace
from queue import SimpleQueue
from typing import cast

from assistant import Answer, Assistant, Turn
from assistant.assistant import Limits
from ui.conversation import Exchange
from ui.conversations import Conversations
from ui.errors import KNOWN_ERRORS, sentence
from ui.language import gettext_noop

ANSWERS_AT_ONCE = 4
# Kept in English: whoever reads them later may read another language.
STOPPED = gettext_noop("Stopped before its end. What has no number is not checked.")
UNANSWERED = gettext_noop("Stopped.")
_UNEXPECTED = gettext_noop(
    "Answering failed unexpectedly; the terminal that runs the chat shows why."
)
_LOG = logging.getLogger(__name__)


class Job:
    """One question on its way; ``exchange`` is the newest state of it, at any time."""

    def __init__(
        self, exchange: Exchange, history: list[Turn], limits: Limits | None, *, everywhere: bool
    ) -> None:
        self.exchange = exchange
        self.history = history
        self.limits = limits
        self.everywhere = everywhere  # the limits are all documents that there are
        self.begun = False  # until then it waits for others
        self.ended = False  # nothing more is added to it
        self.done = threading.Event()


class Answering:
    """Answers at most ``ANSWERS_AT_ONCE`` questions at a time, in the order they were asked."""

    def __init__(self, assistant: Assistant, conversations: Conversations) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self._jobs: dict[int, Job] = {}  # by exchange: those that wait or are worked on
        self._waiting: SimpleQueue[Job] = SimpleQueue()
        self._lock = threading.Lock()
        self._workers = 0

    def start(
        self,
        exchange: Exchange,
        history: list[Turn],
        limits: Limits | None = None,
        *,
        everywhere: bool = False,
    ) -> Job:
        """Answer the question of an exchange that is kept already.

        ``everywhere`` searches all documents, also where the question names some of them.
        """
        if everywhere:
            infos = self._assistant.documents()
            limits = [info.path for info in infos if info.status == "indexed"]
        job = Job(exchange, history, limits, everywhere=everywhere)
        with self._lock:
            self._jobs[exchange.id] = job
            self._waiting.put(job)
            if self._workers < min(ANSWERS_AT_ONCE, len(self._jobs)):
                self._workers += 1
                # A daemon: what a model has still to say need not hold up the server's exit.
                threading.Thread(target=self._work, name="answering", daemon=True).start()
        return job

    def job(self, exchange: int) -> Job | None:
        """The job of an exchange, while it waits or is worked on."""
        with self._lock:
            return self._jobs.get(exchange)

    def stop(self, exchange: int) -> None:
        """End a job; what it has said so far is kept."""
        job = self.job(exchange)
        if job is None:
            return
        said = job.exchange.answer
        if said is None:
            stopped = replace(job.exchange, error=UNANSWERED)
        elif said.complete:
            stopped = job.exchange
        else:
            stopped = replace(job.exchange, answer=replace(said, note=STOPPED))
        self._end(job, stopped)

    def _work(self) -> None:
        while True:
            job = self._waiting.get()
            if job.ended:
                continue
            job.begun = True
            self._end(job, self._answered(job))

    def _answered(self, job: Job) -> Exchange:
        asked = job.exchange
        try:
            answers = cast(
                "Generator[Answer]",
                self._assistant.stream(asked.question, list(job.history), job.limits),
            )
            with closing(answers):  # which ends the request to a model
                for answer in answers:
                    said = replace(answer, searched=()) if job.everywhere else answer
                    with self._lock:
                        if job.ended:  # it was stopped
                            break
                        job.exchange = replace(asked, answer=said)
        except KNOWN_ERRORS as error:
            return replace(asked, error=sentence(error))
        except Exception:
            # The page is the last place to catch a bug; its traceback goes to the log.
            _LOG.exception("answering failed")
            return replace(asked, error=_UNEXPECTED)
        return job.exchange

    def _end(self, job: Job, exchange: Exchange) -> None:
        """Keep what came of a job; whoever ends it first has said how."""
        with self._lock:
            if job.ended:
                return
            job.ended = True
        try:
            self._conversations.finish(exchange)
        except KNOWN_ERRORS as error:
            exchange = replace(exchange, answer=None, error=sentence(error))
        job.exchange = exchange
        with self._lock:
            del self._jobs[exchange.id]
        job.done.set()


def history_of(exchanges: Iterable[Exchange]) -> list[Turn]:
    """What was said, as the assistant takes it."""
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer is not None:
            turns.append({"role": "user", "content": exchange.question})
            turns.append({"role": "assistant", "content": exchange.answer.text})
    return turns
