"""What `strategy evaluate` does: ask all questions of a file, print figures, mistakes, changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.private_files import make_file
from ui.console import Bar, print_json, say
from ui.errors import OutputError
from ui.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant import Evaluation
    from assistant.comparison import Comparison
    from assistant.estimate import Estimate
    from assistant.record import Record

_LONGEST = 300  # characters shown of an answer
_COLUMNS = ("answer_right", "evidence@5", "right_and_cited", "refused_unanswerable")


def run_evaluation(
    questions: Path,
    index_dir: Path | None,
    records: Path | None,
    against: Path | None,
    *,
    wrong: bool,
    as_json: bool,
) -> None:
    """Raises QuestionFileError before anything is asked, and OutputError for ``records``."""
    from assistant import Assistant, Settings, evaluate
    from assistant.comparison import Comparison
    from assistant.questions import read_questions
    from assistant.record import read_records

    earlier = read_records(against, read_questions(questions)) if against else []
    with (
        Assistant.open(settings=Settings.load(index=index_dir)) as assistant,
        Bar("Asking", "questions") as bar,
    ):
        done = 0

        def on_record(_record: object, total: int) -> None:
            nonlocal done
            done += 1
            bar.show(done, total)

        evaluation = evaluate(assistant, questions, on_record)
    if records is not None:
        _save(evaluation, records)
    comparison = Comparison.of(earlier, evaluation.records) if against else None
    if as_json:
        told = evaluation.to_dict()
        if wrong:
            told["wrong"] = [_mistake(record) for record in evaluation.wrong]
        if comparison:
            told["against"] = comparison.to_dict()
        print_json(told)
        return
    print_evaluation(evaluation)
    if wrong:
        print_wrong(evaluation.wrong)
    if comparison:
        print_comparison(comparison, str(against))


def _save(evaluation: Evaluation, path: Path) -> None:
    lines = (json.dumps(record.to_dict(), ensure_ascii=False) for record in evaluation.records)
    try:
        if not path.exists():
            make_file(path)  # it quotes the documents: for nobody else
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}). Choose another file."
        ) from error


def print_evaluation(evaluation: Evaluation) -> None:
    """The figures with their intervals, one a line; then a table of those of each type."""
    figures = evaluation.figures
    estimates = evaluation.estimates
    width = max(map(len, [*estimates, "questions"]))
    for name, estimate in estimates.items():
        say(f"{name:{width}}  {estimate.mean:<7.3f} {_interval(estimate)}  of {estimate.count}")
    for name in ("ms_p50", "ms_p95", "questions"):
        say(f"{name:{width}}  {figures[name]}")
    say("")
    by_type = evaluation.estimates_by_type
    columns = [name for name in _COLUMNS if any(name in each for each in by_type.values())]
    first = max(map(len, by_type))
    say(f"{'':{first}}  " + "  ".join(f"{name:20}" for name in columns).rstrip(), "bold")
    for kind, each in by_type.items():
        cells = (_cell(each.get(name), whole=name != "evidence@5") for name in columns)
        say(f"{kind:{first}}  " + "  ".join(f"{cell:20}" for cell in cells).rstrip())
    say("")
    say(
        "In brackets: 95 % confidence intervals, Wilson's where a question counts 0 or 1, the"
        " bootstrap's elsewhere.",
        "dim",
    )


def _interval(estimate: Estimate) -> str:
    digits = 3 if estimate.high <= 1 else 1
    return f"[{estimate.low:.{digits}f}, {estimate.high:.{digits}f}]"


def _cell(estimate: Estimate | None, *, whole: bool) -> str:
    """ "7/13 [0.29, 0.77]" where questions are counted, and "0.91 [0.86, 0.95]"."""
    if estimate is None:
        return ""
    hits = f"{round(estimate.mean * estimate.count)}/{estimate.count}"
    value = hits if whole else f"{estimate.mean:.2f}"
    return f"{value} [{estimate.low:.2f}, {estimate.high:.2f}]"


def print_wrong(records: Sequence[Record]) -> None:
    """What was asked, what was wanted, what came instead, and where its evidence was."""
    say("")
    say(f"Answered wrongly: {len(records)}", "bold")
    for record in records:
        question = record.question
        say("")
        say(f"{question.id}  {question.type}  {question.question}", "bold")
        if record.standalone not in {"", question.question}:
            say(f"    understood as  {record.standalone}")
        say(f"    wanted         {_wanted(record)}")
        say(f"    got            {_got(record)}")
        for words in _whereabouts(record):
            say(f"    evidence       {words}")


def _wanted(record: Record) -> str:
    if not record.question.answerable:
        return "no answer: the documents do not hold it"
    groups = (" or ".join(group) for group in record.question.must_contain)
    return record.question.answer or "; ".join(groups)


def _got(record: Record) -> str:
    text = " ".join(record.text.split())
    text = f"{text[:_LONGEST].rstrip()} ..." if len(text) > _LONGEST else text
    return text if record.found else f"no answer: {text}"


def _whereabouts(record: Record) -> list[str]:
    if not record.question.answerable:
        return []
    lines = []
    for group, rank in zip(record.question.groups, record.ranks, strict=True):
        gold = group[0]
        page = f", page {gold.page}" if gold.page else ""
        place = f"retrieved at rank {rank}" if rank else "not retrieved"
        lines.append(f"{gold.document}{page}: {place}")
    return list(dict.fromkeys(lines))


def _mistake(record: Record) -> dict[str, Any]:
    return {
        "id": record.question.id,
        "type": record.question.type,
        "question": record.question.question,
        "standalone": record.standalone,
        "wanted": _wanted(record),
        "found": record.found,
        "got": record.text,
        "ranks": record.ranks if record.question.answerable else [],
    }


def print_comparison(comparison: Comparison, name: str) -> None:
    """Each figure before and now, and the questions whose answer became right or wrong."""
    say("")
    if not comparison.pairs:
        say(f"Nothing to compare: {name} holds none of these questions.", "yellow")
        return
    say(f"Against {name}: {counted(len(comparison.pairs), 'question')} in both", "bold")
    changes = comparison.changes
    width = max(map(len, changes))
    for figure, change in changes.items():
        apart = change.difference
        digits = 3 if max(change.before, change.now) <= 1 else 1
        line = (
            f"{figure:{width}}  {change.before:.{digits}f} -> {change.now:.{digits}f}"
            f"  {apart.mean:+.{digits}f} [{apart.low:+.{digits}f}, {apart.high:+.{digits}f}]"
        )
        say(line, None if apart.low <= 0 <= apart.high else "bold")
    gained, lost = comparison.gained, comparison.lost
    say(f"{len(gained)} gained, {len(lost)} lost; sign test p = {comparison.chance:.3f}", "bold")
    for label, pairs in (("gained", gained), ("lost", lost)):
        for before, now in pairs:
            say(f"  {label}  {now.question.id}  {now.question.type}  {now.question.question}")
            say(f"          before  {_got(before)}", "dim")
            say(f"          now     {_got(now)}", "dim")
