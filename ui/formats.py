"""Formats: dates, spans of time and names of languages as the reader writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from markupsafe import Markup

from ui.language import locale

_MONTH, _DAY = 7, 10  # characters of ISO 8601: "2020-12", "2020-12-16"


def day(iso: str) -> str:
    """A date as precise as it is known: "2020", "Dez. 2020", "16.12.2020"; else as it stands."""
    from babel.dates import format_date, format_skeleton

    try:
        if len(iso) == _MONTH:
            moment = datetime.strptime(iso, "%Y-%m")
            return str(format_skeleton("yMMM", moment, locale=locale()))
        if len(iso) == _DAY:
            return format_date(date.fromisoformat(iso), "medium", locale=locale())
    except ValueError:  # no date of the calendar
        pass
    return iso


def since(moment: datetime) -> Markup:
    """ "3 minutes ago", which the page's script keeps up to date; ``moment`` has a time zone."""
    from babel.dates import format_timedelta

    passed = max(datetime.now(moment.tzinfo) - moment, timedelta(seconds=1))
    words = format_timedelta(-passed, add_direction=True, locale=locale())
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), words)


def language_name(code: str) -> str:
    """ "en" is "Englisch" to who reads German; a code that nobody knows stays as it is."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code, sep="-").get_language_name(locale()) or code
    except (UnknownLocaleError, ValueError, TypeError):
        return code
