"""Choices: what a conversation can be limited to: languages, years, folders, documents.

A limit is kept as a string: the path of a document, a pattern of paths, or, as no path begins with
a slash, "/year/2024", "/year/2020-2024" or "/language/de".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from index import DocumentInfo, Scope
from index.scope import span_of_years
from ui.formats import language_name
from ui.language import _, ngettext

SHOWN = 100  # choices at once; more are found by their words
_YEARS_SHOWN = 12  # the latest, where no year is looked for
_BELOW = "/*"  # ends the pattern of all documents below a folder
_YEAR = "/year/"
_LANGUAGE = "/language/"


@dataclass(frozen=True, slots=True)
class Choice:
    """A document, or all of a folder, a year or a language."""

    limit: str
    title: str
    where: str


def scope_of_limits(limits: Sequence[str]) -> Scope:
    """What is searched; what is no year is taken for a document, which nobody has."""
    years = [limit for limit in limits if limit.startswith(_YEAR) and _years(limit)]
    languages = [limit for limit in limits if limit.startswith(_LANGUAGE)]
    return Scope(
        documents=tuple(limit for limit in limits if limit not in years + languages),
        languages=tuple(limit.removeprefix(_LANGUAGE) for limit in languages),
        years=tuple(year for limit in years for year in _years(limit)),
    )


def name_of(limit: str) -> str:
    """A limit for people: "2020–2024", "German", "plans"."""
    if limit.startswith(_YEAR):
        return limit.removeprefix(_YEAR).replace("-", "–")
    if limit.startswith(_LANGUAGE):
        return language_name(limit.removeprefix(_LANGUAGE))
    return limit.removesuffix(_BELOW)


def choices(documents: Sequence[DocumentInfo]) -> list[Choice]:
    """The languages and years where there are several, the folders, the documents by title."""
    indexed = [document for document in documents if document.status == "indexed"]
    languages = Counter(document.language for document in indexed if document.language)
    years = Counter(year for document in indexed if (year := _year(document)))
    below: Counter[str] = Counter()
    for document in indexed:
        parts = document.path.split("/")
        below.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    titled = sorted(indexed, key=lambda document: (document.title.casefold(), document.path))
    return [
        *(_counted(f"{_LANGUAGE}{code}", count) for code, count in languages.most_common()),
        *(_counted(f"{_YEAR}{year}", years[year]) for year in sorted(years, reverse=True)),
        *(_counted(f"{folder}{_BELOW}", count) for folder, count in sorted(below.items())),
        *(
            Choice(
                document.path,
                document.title or document.path,
                " · ".join(filter(None, (document.path, _year(document)))),
            )
            for document in titled
        ),
    ]


def choices_html(choices: Sequence[Choice], words: str, chosen: Collection[str]) -> str:
    """Those that hold all the words, the chosen ones first; a span of years as a choice, too."""
    known = {choice.limit for choice in choices}
    others = [limit for limit in chosen if _is_kind(limit) and limit not in known]
    if _years(f"{_YEAR}{words.strip()}") and f"{_YEAR}{words.strip()}" not in [*known, *others]:
        others.append(f"{_YEAR}{words.strip()}")
    wanted = words.casefold().split()
    found = [
        choice
        for choice in choices
        if all(word in f"{choice.title} {choice.where}".casefold() for word in wanted)
    ]
    found.sort(key=lambda choice: choice.limit not in chosen)
    kinds = [Choice(limit, name_of(limit), "") for limit in others]
    for kind in (_LANGUAGE, _YEAR):
        # A single one of all documents limits nothing.
        several = len(_of_kind(choices, kind)) > 1
        kinds += [each for each in _of_kind(found, kind) if several or each.limit in chosen]
    years = _of_kind(kinds, _YEAR)
    rows = _kinds_html(_("Languages"), _of_kind(kinds, _LANGUAGE), chosen)
    rows += _kinds_html(_("Years"), years if wanted else years[:_YEARS_SHOWN], chosen)
    places = [choice for choice in found if not _is_kind(choice.limit)]
    rows += Markup("").join(
        Markup(
            '<label class="choice">{}<span class="title">{}</span>'
            '<span class="where">{}</span></label>'
        ).format(_box_html(choice, chosen), choice.title, choice.where)
        for choice in places[:SHOWN]
    )
    more = len(places) - SHOWN
    if more > 0:
        said = ngettext("{count} more: type to narrow them down.",
                        "{count} more: type to narrow them down.", more)  # fmt: skip
        rows += Markup('<p class="remark">{}</p>').format(said)
    return str(rows or Markup('<p class="remark">{}</p>').format(_("No document matches.")))


def _kinds_html(name: str, kinds: Sequence[Choice], chosen: Collection[str]) -> Markup:
    """Side by side."""
    if not kinds:
        return Markup("")
    boxes = Markup("").join(
        Markup('<label class="kind" title="{}">{}<span>{}</span></label>').format(
            choice.where, _box_html(choice, chosen), choice.title
        )
        for choice in kinds
    )
    return Markup('<div class="kinds" role="group" aria-label="{}">{}</div>').format(name, boxes)


def _box_html(choice: Choice, chosen: Collection[str]) -> Markup:
    ticked = Markup(" checked") if choice.limit in chosen else ""
    return Markup('<input type="checkbox" value="{}"{}>').format(choice.limit, ticked)


def _counted(limit: str, count: int) -> Choice:
    where = ngettext("{count} document", "{count} documents", count)
    return Choice(limit, name_of(limit), where)


def _of_kind(choices: Sequence[Choice], kind: str) -> list[Choice]:
    return [choice for choice in choices if choice.limit.startswith(kind)]


def _is_kind(limit: str) -> bool:
    return limit.startswith((_YEAR, _LANGUAGE))


def _year(document: DocumentInfo) -> str:
    return (document.date or "").partition("-")[0]


def _years(limit: str) -> range:
    """Those of a limit by year; none where it is no year."""
    try:
        return span_of_years(limit.removeprefix(_YEAR))
    except ValueError:
        return range(0)
