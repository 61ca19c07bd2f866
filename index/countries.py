"""Countries: which ones a text names, by a name in some language, an adjective or an abbreviation.

"The Dutch strategy", "la stratégie des Pays-Bas" and Netherlands_2013.pdf name the same country.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from index.name_words import folded, name_words

# Codes of two and three letters are words of all languages ("IT", "AND"): only these are names.
_ABBREVIATIONS = {"US": "USA", "USA": "USA", "UK": "GBR", "UAE": "ARE"}
_ORDINARY = {("island",)}  # Iceland in German, and a word in English
_SHORTEST = 4  # letters of a name


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 alpha-3 code, with what it is called."""

    code: str
    called: tuple[str, ...]  # in English, as a noun and as an adjective: "Netherlands", "Dutch"
    names: tuple[str, ...]  # the same and more, in several languages, in lower case


_ByWords = dict[tuple[str, ...], Country]


def token(country: Country) -> str:
    """A country as a word among words; no other word has a space."""
    return f"country {country.code}"


def countries_in(text: str) -> dict[Country, str]:
    """The countries that a text names, each with the words that name it there, in order."""
    return dict(_found(text))


@lru_cache(maxsize=1 << 14)
def _found(text: str) -> tuple[tuple[Country, str], ...]:
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[tuple[Country, str]]:
    by_name, by_people, by_code, longest = _table()
    words = name_words(text)
    forms = [folded(word) for word in words]
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            name = tuple(forms[at : at + length])
            country = by_name.get(name) or by_people.get((*name[:-1], name[-1].removesuffix("s")))
            if country is None and length == 1 and words[at] in _ABBREVIATIONS:
                country = by_code[_ABBREVIATIONS[words[at]]]
            if country is not None:
                yield country, " ".join(words[at : at + length])
                at += length
                break
        else:
            at += 1


@cache
def _table() -> tuple[_ByWords, _ByWords, dict[str, Country], int]:
    """Countries by the words of their names, by those of their people, and by code.

    And the most words that a name has.
    """
    from countryinfo import all_countries

    by_name: _ByWords = {}
    by_people: _ByWords = {}
    by_code: dict[str, Country] = {}
    infos = [entry.info() for entry in all_countries()]
    # Several territories share an adjective: it is the largest one's.
    for info in sorted(infos, key=lambda info: -(info.get("population") or 0)):
        code = (info.get("ISO") or {}).get("alpha3")
        if not code or code in by_code:
            continue
        own = [info["name"], info.get("demonym") or ""]
        others = [info.get("nativeName") or "", *info.get("altSpellings", ())]
        translated = (info.get("translations") or {}).values()
        names = [name for name in [*own, *others, *translated] if len(name) >= _SHORTEST]
        country = Country(
            code, tuple(filter(None, own)), tuple(dict.fromkeys(name.lower() for name in names))
        )
        by_code[code] = country
        by_people.setdefault(_words(info.get("demonym") or ""), country)
        for name in names:
            words = _words(name)
            if words and words not in _ORDINARY:
                by_name.setdefault(words, country)
    return by_name, by_people, by_code, max(map(len, by_name))


def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in name_words(name))
