"""Conversations as a person meets them: kept, found, renamed, deleted, shared and saved."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from tests.ui.browser.visiting import BROWSER, OpenPage, Site, ask, overflows
from web_server import serving

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Page

    from assistant import Assistant

pytestmark = BROWSER

DOMAINS = "What are the five policy domains?"
EMISSIONS = "What is Port Merrow's target for emissions?"
CURRENT = "#history li:has([aria-current])"


def shown(page: Page) -> list[str]:
    """The questions on the page."""
    page.locator("#latest .acts").wait_for()
    return page.locator("#conversation .asked").all_inner_texts()


def act(page: Page, label: str) -> None:
    page.locator("#latest").get_by_role("button", name=label).click()


def choose(page: Page, what: str) -> None:
    """Something of the menu of the conversation that is shown."""
    page.locator(f"{CURRENT} .more").click()
    page.get_by_role("menuitem", name=what).click()


def test_a_reload_goes_on_where_one_was(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, EMISSIONS)
    assert re.search(r"\?c=[\w-]{22}$", page.url)
    page.reload()
    assert shown(page) == [EMISSIONS]
    answer = ask(page, "And for shore power?")
    assert "Understood as" in answer.inner_text()
    answer.locator("a.cite").first.click()
    page.locator("#source mark").first.wait_for()


def test_a_server_that_was_started_anew_goes_on_where_one_was(
    open_page: OpenPage,
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    assistant: Assistant,
    samples: Path,
    tmp_path: Path,
) -> None:
    page = open_page()
    with serving(make_app(assistant, samples, tmp_path)) as address:
        page.goto(address)
        ask(page, EMISSIONS)
        conversation = page.url
        page.goto("about:blank")
    with serving(make_app(assistant, samples, tmp_path), port=int(address.split(":")[-1][:-1])):
        page.goto(conversation)
        assert shown(page) == [EMISSIONS]
        ask(page, "And for shore power?")
        assert page.url == conversation
        assert page.locator("#history li").count() == 1


def test_back_and_forward_move_between_conversations(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DOMAINS)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".example").first.wait_for()
    ask(page, EMISSIONS)
    page.locator(CURRENT, has_text=EMISSIONS).wait_for()
    page.locator("#history li a", has_text=DOMAINS).first.click()
    page.locator(".asked", has_text=DOMAINS).wait_for()
    page.go_back()
    page.locator(".asked", has_text=EMISSIONS).wait_for()
    page.wait_for_function(f"document.title.startsWith({EMISSIONS!r})")


def test_an_address_that_names_none_says_so(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.goto(f"{site.address}?c=nothing")
    page.locator(".notice", has_text="no such conversation").wait_for()
    assert page.url == site.address


def test_the_latest_question_is_edited_and_asked_again(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DOMAINS)
    ask(page, "What is the melting point of tungsten?")
    act(page, "Edit question")
    page.wait_for_function("document.querySelector('#question textarea').value !== ''")
    page.get_by_text("Editing your last question").wait_for()
    page.fill("#question textarea", EMISSIONS)
    page.press("#question textarea", "Enter")
    page.locator("#latest .asked", has_text=EMISSIONS).wait_for()
    assert shown(page) == [DOMAINS, EMISSIONS]
    assert page.get_by_text("Editing your last question").is_hidden()
    before = page.locator("#latest .exchange").get_attribute("data-exchange")
    act(page, "Ask again")
    page.locator(f"#latest .exchange:not([data-exchange='{before}']) .acts").wait_for()
    assert shown(page) == [DOMAINS, EMISSIONS]


def test_what_was_understood_can_be_corrected_or_left(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, EMISSIONS)
    ask(page, "And for shore power?")
    act(page, "Change")
    field = "document.querySelector('#question textarea').value"
    page.wait_for_function(f"{field}.includes('emissions') && {field}.includes('shore power')")
    page.keyboard.press("Escape")
    page.wait_for_function(f"{field} === ''")
    assert shown(page) == [EMISSIONS, "And for shore power?"]


def test_what_one_thinks_of_an_answer_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DOMAINS)
    with page.expect_response(lambda response: "run" in response.url):
        act(page, "Poor answer")
    page.reload()
    pressed = page.locator("#latest [aria-pressed=true]")
    pressed.wait_for()
    assert pressed.get_attribute("aria-label") == "Poor answer"


def test_an_answer_is_copied_with_its_references(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DOMAINS)
    act(page, "Copy answer")
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Capacity building" in copied
    assert "Sources:\n[1] eu-cybersecurity-strategy-2020-brief.md" in copied


def test_a_conversation_is_renamed_found_deleted_and_brought_back(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DOMAINS)
    choose(page, "Rename")
    page.keyboard.type("Lighthouse talk")
    page.keyboard.press("Enter")
    row = page.locator("#history li", has_text="Lighthouse talk")
    row.wait_for()
    page.get_by_label("Search conversations").fill("lighthouse CYBERSPACE")
    page.wait_for_function("document.querySelectorAll('#history li').length === 1")
    assert row.count() == 1
    choose(page, "Delete")
    page.get_by_text("Undo").wait_for()
    page.locator("#conversation .example").first.wait_for()
    assert row.count() == 0
    page.get_by_text("Undo").click()
    row.wait_for()
    row.locator("a").click()
    assert shown(page) == [DOMAINS]


def test_a_conversation_is_saved_as_word_and_as_markdown(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DOMAINS)
    with page.expect_download() as word:
        choose(page, "Save as Word")
    document = docx.Document(io.BytesIO(Path(word.value.path()).read_bytes()))
    assert document.paragraphs[0].text == DOMAINS
    assert word.value.suggested_filename == "What are the five policy domains.docx"
    with page.expect_download() as markdown:
        choose(page, "Save as Markdown")
    assert "[^1]: “" in Path(markdown.value.path()).read_text(encoding="utf-8")


def test_a_conversation_is_limited_to_a_document_and_searches_all_again(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.get_by_role("button", name="All documents").click()
    page.get_by_label("Find a document or folder").fill("forest")
    page.wait_for_function("document.querySelectorAll('.choice').length === 1")
    page.locator(".choice input").check()
    page.get_by_role("button", name="Done").click()
    page.locator("#limits .chip").wait_for()
    answer = ask(page, DOMAINS)
    assert "Searched in strategie-forestiere-valdraine-2024-2034.md" in answer.inner_text()
    page.reload()
    page.locator("#limits .chip").wait_for()
    act(page, "Search all documents")
    page.locator("#latest .words li").first.wait_for()
    page.get_by_role("button", name="All documents").wait_for()
    assert page.locator("#limits .chip").count() == 0


def test_another_users_conversation_is_read_and_goes_on_in_a_copy(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page()
    ask(page, DOMAINS)
    address, id = page.url, page.url.partition("?c=")[2]
    choose(page, "Copy link to share")
    page.locator(f"{CURRENT} .shared").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    file = site.index_dir / "conversations.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE conversations SET owner = 'ann' WHERE id = ?", [id])
    connection.close()
    page.reload()
    page.get_by_text("A conversation of ann").wait_for()
    assert page.locator("#question").is_hidden()
    page.locator("#latest a.cite").first.click()
    page.locator("#source mark").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Go on in a copy").click()
    page.locator("#question").wait_for()
    page.wait_for_url(lambda url: url != address)
    ask(page, EMISSIONS)
    assert shown(page) == [DOMAINS, EMISSIONS]


def test_the_keyboard_alone_does_it_all(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.type(DOMAINS)
    page.keyboard.press("Enter")
    page.locator("#latest .acts").wait_for()
    page.locator(f"{CURRENT} a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Copy link to share"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "more"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("By hand")
    page.keyboard.press("Enter")
    page.locator("#history li", has_text="By hand").first.wait_for()
    page.get_by_role("button", name="All documents").focus()
    page.keyboard.press("Enter")
    page.locator(".choice").first.wait_for()
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    assert "choose" in page.evaluate("document.activeElement.className")
    assert page.locator("#limits .chip").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_list_is_a_drawer(open_page: OpenPage, scheme: str) -> None:
    page = open_page(width=390, height=844, scheme=scheme)
    ask(page, DOMAINS)
    drawer = page.get_by_role("button", name="Conversations")
    listed = page.locator("#history nav")
    assert listed.is_hidden()
    drawer.click()
    page.locator("#history li a", has_text=DOMAINS).first.click()
    listed.wait_for(state="hidden")
    drawer.click()
    listed.wait_for()
    page.keyboard.press("Escape")
    listed.wait_for(state="hidden")
    assert drawer.evaluate("each => each === document.activeElement")
    page.get_by_role("button", name="All documents").click()
    page.locator(".choice").first.wait_for()
    box = page.locator(".chooser").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    assert not overflows(page)
