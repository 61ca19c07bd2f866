"""Language: the words and numbers of the web pages as whoever reads them writes them.

Messages stand in the code in English, ``_("Copied")``; ui/locale holds them in other languages.
Whose language is spoken is known to the request that is answered (see ReaderLanguage), so that
two people may read two languages at once. Elsewhere, as on the command line, it is English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"  # of the messages in the code
LOCALE = Path(__file__).parent / "locale"
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_LONGEST = 500  # characters of Accept-Language that are read
_AS_IN_THE_CODE = {"en", "en-us"}
_reader: ContextVar[str] = ContextVar("language of the reader", default=ENGLISH)


def _(message: str, **values: object) -> str:
    """The message in the reader's language, with ``values`` for its ``{names}``."""
    said = message if language() == ENGLISH else _catalogue(language()).gettext(message)
    return said.format(**values) if values else said


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of a message that goes with a number, which is its ``{count}``."""
    if language() == ENGLISH:
        said = one if count == 1 else many
    else:
        said = _catalogue(language()).ngettext(one, many, count)
    return said.format(count=number(count), **values)


def gettext_noop(message: str) -> str:
    """The message itself: whoever shows it translates it then."""
    return message


def number(value: float, digits: int = 0) -> str:
    """ "12,345" or "12.345"; with as many ``digits`` after the decimal sign."""
    if spoken().lower() in _AS_IN_THE_CODE:  # without loading Babel, for the command line
        return f"{value:,.{digits}f}"
    from babel.numbers import format_decimal

    pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
    return format_decimal(round(value, digits), format=pattern, locale=locale())


def spoken() -> str:
    """The tag of the reader's language, perhaps with a region: "de", "de-CH"."""
    return _reader.get()


def language() -> str:
    """The language whose messages are shown: "de"."""
    return spoken().partition("-")[0].lower()


def locale() -> Locale:
    """How numbers and dates are written."""
    return _locale(spoken())


def speak(tag: str) -> None:
    """Speak this language from now on, in the request or task that is under way."""
    _reader.set(tag)


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _reader.set(tag)
    try:
        yield
    finally:
        _reader.reset(before)


@cache
def languages() -> tuple[str, ...]:
    """Those that the pages can be shown in."""
    return (ENGLISH, *sorted(path.stem for path in LOCALE.glob("*.po")))


def preferred(accepted: str) -> str:
    """The tag, of those in an Accept-Language header, that its sender reads best of ours.

    English where none of ours is among them, or where the header is none.
    """
    wishes: list[tuple[float, str]] = []
    for wish in accepted[:_LONGEST].split(","):
        tag, _semicolon, weight = wish.strip().partition(";")
        match = _TAG.fullmatch(tag.strip())
        if match and match[1].lower() in languages():
            wishes.append((_weight(weight), match[0]))
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, ENGLISH))  # the first of equals
    return best[1] if best[0] > 0 else ENGLISH


def fixed_language(setting: str) -> str:
    """The setting ``language``; empty: the reader's. Raises SettingsError for one there is not."""
    if setting and preferred(setting).lower() != setting.lower():
        raise SettingsError(
            f"language: there are no words in {setting!r}. Set it to one of "
            f"{', '.join(languages())}, or leave it out: then each reader's browser says."
        )
    return setting


def _weight(parameter: str) -> float:
    """The number in "q=0.8"; 1 without one, 0 where it is no number."""
    name, _equals, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


@cache
def _catalogue(name: str) -> GNUTranslations:
    """The messages of a language; read as they were written, so that nothing has to be built."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (LOCALE / f"{name}.po").open("rb") as file:
        catalogue = read_po(file, locale=name, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):  # a region that nobody knows
        return Locale.parse(tag.partition("-")[0].lower())
