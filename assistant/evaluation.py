"""Evaluation: a question file -> the figures that say how good the answers are."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.estimate import Estimate
from assistant.judgement import judge
from assistant.questions import read_questions
from assistant.record import Record


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All records of a question file, and their figures."""

    records: tuple[Record, ...]

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Each figure over the questions to which it applies, with its confidence interval."""
        return {name: Estimate.of(each) for name, each in _values(self.records).items()}

    @property
    def estimates_by_type(self) -> dict[str, dict[str, Estimate]]:
        """The same for the questions of each type."""
        return {
            kind: {name: Estimate.of(each) for name, each in _values(records).items()}
            for kind, records in self.by_type.items()
        }

    @property
    def by_type(self) -> dict[str, list[Record]]:
        """The records of each type of question, by its name."""
        kinds: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            kinds[record.question.type].append(record)
        return dict(sorted(kinds.items()))

    @property
    def wrong(self) -> list[Record]:
        """Answered wrongly, or not at all, or though the documents hold no answer."""
        return [record for record in self.records if not record.right]

    @property
    def figures(self) -> dict[str, Any]:
        """Means over the questions to which a figure applies, rounded to three places; times."""
        figures: dict[str, Any] = {
            name: round(statistics.fmean(each), 3) for name, each in _values(self.records).items()
        }
        times = [record.milliseconds for record in self.records]
        figures["ms_p50"] = round(statistics.median(times), 1)
        figures["ms_p95"] = round(_percentile_95(times), 1)
        figures["by_type"] = {
            kind: f"{sum(record.right for record in records)}/{len(records)}"
            for kind, records in self.by_type.items()
            if records[0].question.answerable
        }
        figures["questions"] = len(self.records)
        return figures

    def to_dict(self) -> dict[str, Any]:
        """The figures, their intervals, and those of each type, ready for JSON."""
        return self.figures | {
            "estimates": {name: each.to_dict() for name, each in self.estimates.items()},
            "estimates_by_type": {
                kind: {name: each.to_dict() for name, each in estimates.items()}
                for kind, estimates in self.estimates_by_type.items()
            },
        }


def evaluate(
    assistant: Assistant,
    questions: Path,
    on_record: Callable[[Record, int], None] | None = None,
) -> Evaluation:
    """Ask all questions of a file; ``on_record(record, total)`` is called after each.

    Raises QuestionFileError where the file cannot be read.
    """
    gold = read_questions(questions)
    records = []
    for question in gold:
        history = list(question.history)
        started = time.perf_counter()
        answer = assistant.answer(question.question, history=history)
        records.append(Record.of(question, answer, (time.perf_counter() - started) * 1000))
        if on_record:
            on_record(records[-1], len(gold))
    return Evaluation(tuple(records))


def _values(records: Iterable[Record]) -> dict[str, list[float]]:
    values: defaultdict[str, list[float]] = defaultdict(list)
    for record in records:
        for name, value in judge(record):
            values[name].append(value)
    return dict(values)


def _percentile_95(times: list[float]) -> float:
    if len(times) == 1:
        return times[0]
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
