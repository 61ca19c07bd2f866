"""Messages, plurals and numbers are in the language of whoever is spoken to, and of nobody else."""

from __future__ import annotations

import asyncio

import pytest

from assistant import SettingsError
from ui.language import (
    _,
    fixed_language,
    language,
    languages,
    locale,
    ngettext,
    number,
    preferred,
    speak,
    speaking,
)


def test_messages_are_english_where_nobody_asks_for_another_language() -> None:
    assert _("Documents") == "Documents"
    assert _("Saved {name}", name="a.md") == "Saved a.md"
    assert ngettext("{count} passage", "{count} passages", 1) == "1 passage"
    assert ngettext("{count} passage", "{count} passages", 1234) == "1,234 passages"


@pytest.mark.parametrize(
    ("tag", "one", "many"),
    [
        ("de", "1 Passage", "1.234 Passagen"),
        ("de-CH", "1 Passage", "1’234 Passagen"),
        ("fr", "1 passage", "1\u202f234 passages"),
        ("en-GB", "1 passage", "1,234 passages"),
    ],
)
def test_a_count_has_the_form_and_the_digits_of_the_language(tag: str, one: str, many: str) -> None:
    with speaking(tag):
        assert ngettext("{count} passage", "{count} passages", 1) == one
        assert ngettext("{count} passage", "{count} passages", 1234) == many


def test_nothing_is_one_in_french_and_many_in_german() -> None:
    message = ("{count} could not be read", "{count} could not be read")
    with speaking("fr"):
        assert ngettext(*message, 0) == "0 illisible"
        assert ngettext(*message, 2) == "2 illisibles"
    with speaking("de"):
        assert ngettext("{count} document", "{count} documents", 0) == "0 Dokumente"


def test_digits_after_the_decimal_sign_follow_the_language() -> None:
    assert number(3.14159, 1) == "3.1"
    with speaking("de"):
        assert number(3.14159, 1) == "3,1"
        assert number(3.0, 1) == "3,0"


def test_a_message_that_is_not_translated_stays_english() -> None:
    with speaking("de"):
        assert _("Quays of Norvale") == "Quays of Norvale"


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de-AT"),
        ("en-GB,en;q=0.9,de;q=0.8", "en-GB"),
        ("it,fr;q=0.4,de;q=0.7", "de"),  # the best of ours, whatever their order
        ("FR-ca", "FR-ca"),
        ("pt-BR, ja", "en"),  # none of ours
        ("de;q=0, fr;q=0.1", "fr"),  # not wanted at all
        ("", "en"),
        ("*", "en"),
        ("de;q=high", "en"),
        ('de"><script>', "en"),
        ("de" * 5000, "en"),
    ],
)
def test_the_browser_says_what_its_reader_reads_best(accepted: str, tag: str) -> None:
    assert preferred(accepted) == tag


def test_a_region_that_nobody_knows_is_written_as_the_language_is() -> None:
    with speaking("de-QQ"):
        assert language() == "de"
        assert str(locale()) == "de"


def test_each_of_several_tasks_at_once_speaks_its_own_language() -> None:
    async def greet(tag: str) -> str:
        speak(tag)
        await asyncio.sleep(0)  # the others have spoken meanwhile
        return await asyncio.to_thread(_, "Documents to search")

    async def all_of_them() -> list[str]:
        return list(await asyncio.gather(*map(greet, languages())))

    said = asyncio.run(all_of_them())
    assert said == ["Documents to search", "Zu durchsuchende Dokumente", "Documents à consulter"]
    assert language() == "en"


@pytest.mark.parametrize("setting", ["", "en", "de", "fr-CA", "DE"])
def test_a_language_with_words_can_be_set(setting: str) -> None:
    assert fixed_language(setting) == setting


@pytest.mark.parametrize("setting", ["tlh", "german", "de;", "*", 'de"><b>'])
def test_another_is_refused_with_those_that_there_are(setting: str) -> None:
    with pytest.raises(SettingsError, match="de, fr"):
        fixed_language(setting)
