"""Substitution: a question with another country, body or year in the place of its own."""

from __future__ import annotations

import re

from assistant.anaphora import ARTICLES, YEARS, language
from assistant.topic import Name, anchor, names

EDITION = r"(?:one|ones|edition|version|strategy|plan|programme|program|policy|édition|stratégie)"
_ADJECTIVE_OF = re.compile(r"\s+[a-z]")  # what follows "Estonian" in "the Estonian strategy"
_WELDED = re.compile(
    r"\b(?P<word>en|au|aux|à|du|des|de la|de|d['’]|la|le|les)\s*(?:la\s+|l['’])?$", re.IGNORECASE
)
_GIVEN = re.compile(
    r"(?:pour|dans)?\s*(?P<word>en|au|aux|à|la|le|les|l['’]|du)(?:\s+|(?<=['’]))", re.IGNORECASE
)
_GENDER = {"en": "la", "au": "le", "aux": "les", "du": "le", "à": "", "l’": "l'"}
_WITHIN = {"la": "en ", "le": "au ", "les": "aux ", "l'": "en ", "": "à "}
_OF = {"la": "de la ", "le": "du ", "les": "des ", "l'": "de l'", "": "de "}
_ITSELF = {"la": "la ", "le": "le ", "les": "les ", "l'": "l'", "": ""}


def in_place_of(question: str, target: str) -> str | None:
    """The question with what ``target`` names ("in Norway", "the 2018 one") in place of its own.

    None where the target has no name and no year, or where the question has nothing like it.
    """
    changed = question
    years = YEARS.findall(target)
    if years:
        changed = _with_year(question, years[0], target) or question
    name = name_in(target)
    held = anchor(changed)
    if name is not None and held is not None:
        return _with_name(changed, held, name, target)
    return changed if changed != question or set(years) & set(YEARS.findall(question)) else None


def name_in(target: str) -> Name | None:
    """The name that is to take the place of another: of "in Norway", "Belgium", "the Dutch one"."""
    found = [name for name in names(f"- {target}") if not YEARS.fullmatch(name.text)]
    return found[-1] if found else None


def _with_year(question: str, year: str, target: str) -> str | None:
    found = set(YEARS.findall(question))
    if len(found) == 1:
        return question.replace(found.pop(), year)
    place = re.search(rf"\b{EDITION}\b", question, re.IGNORECASE)
    if found or place is None or not re.search(rf"\b{EDITION}\b", target, re.IGNORECASE):
        return None
    return f"{question[: place.start()]}{year} {question[place.start() :]}"


def _with_name(question: str, held: Name, name: Name, target: str) -> str:
    before, after = question[: held.start], question[held.end :]
    new = f"{_article(name, target)}{name.text}"
    with_article = question[held.start : held.end].lower().startswith("the ")
    adjective = with_article and _ADJECTIVE_OF.match(after) and not held.placed
    if re.search(rf"{re.escape(name.text)}\s+{EDITION}$", target, re.IGNORECASE):
        # "the Finnish one": an adjective takes the place of "Kenya's" and of "the Kenyan".
        return f"{before}{f'the {name.text}' if held.possessive or adjective else new}{after}"
    if held.possessive or adjective:
        return f"{before}{possessive(new)}{after}"
    if "Island" in held.text and "Island" not in new:  # on an island, but in a country
        before = re.sub(r"\bon $", "in ", before)
    match language(question):
        case "fr":
            before, new = _fitted(before, new, target)
        case "it":
            before = re.sub(r"\b(?:del|della|dei|dell['’])\s*$", "di ", before)
    return f"{before}{new}{after}"


def possessive(name: str) -> str:
    """ "Kenya's", "the Netherlands'" """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _article(name: Name, target: str) -> str:
    found = re.search(rf"\b({ARTICLES})\s*{re.escape(name.text)}", target, re.IGNORECASE)
    if found is None:
        return ""
    return found[1] if found[1].endswith(("'", "’")) else f"{found[1]} "


def _fitted(before: str, new: str, target: str) -> tuple[str, str]:
    """French welds prepositions and articles: "en" Guinée becomes "au" Sénégal."""
    held, given = _WELDED.search(before), _GIVEN.match(target)
    if held is None:
        return before, new
    if given is None:  # "celle de Lyon"
        return f"{before[: held.start()]}de ", re.sub(r"^de\s+", "", new)
    bare = re.sub(r"^(?:la|le|les)\s+|^l['’]", "", new, flags=re.IGNORECASE)
    gender = _GENDER.get(given["word"].lower(), given["word"].lower())
    if gender == "la" and bare[:1] in "AEIOUYÉÈH":
        gender = "l'"
    match held["word"].lower():
        case "en" | "au" | "aux" | "à":
            words = _WITHIN
        case "la" | "le" | "les":
            words = _ITSELF
        case _:
            words = _OF
    return f"{before[: held.start()]}{words[gender]}", bare
