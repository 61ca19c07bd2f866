"""The page in German and French: all its own words, at every width, for two readers at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from ui.language import LOCALE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]
OpenPage = Callable[..., "Page"]

ANSWERED = "What are the four goals of Port Merrow's climate strategy?"
UNANSWERED = "Who plays the violin on the moon of Norvale?"
# What somebody sees or is read to, unless it says that it is in another language.
SAID = """() => {
  const ours = document.documentElement.lang;
  const foreign = (element) => element.closest("[lang]").lang !== ours;
  const said = [];
  const kinds = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walk = document.createTreeWalker(document.body, kinds);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const element = node.parentElement;
    if (node.nodeType === Node.TEXT_NODE) {
      if (!element.closest("script, style") && !foreign(element)) said.push(node.data);
    } else if (!foreign(node)) {
      for (const name of ["aria-label", "title", "placeholder", "alt"])
        said.push(node.getAttribute(name) ?? "");
    }
  }
  return said.map((words) => words.trim()).filter(Boolean);
}"""
# Words that do not fit into what holds them.
CUT = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  const fits = (element) => {
    if (element.scrollWidth > element.clientWidth + 1) return false;
    if (!element.placeholder) return true;
    const style = getComputedStyle(element);
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const edges = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    return pen.measureText(element.placeholder).width <= element.clientWidth - edges;
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  return [...document.querySelectorAll("button, [role=tab], h1, th, label, input, textarea")]
    .filter((element) => element.clientWidth && seen(element) && !fits(element))
    .map((element) => element.placeholder || element.textContent);
}"""

# Nothing moves any more, and nothing grows or shrinks.
SETTLED = """async () => {
  const moves = () => document.getAnimations()
    .filter((each) => each.effect.getTiming().iterations !== Infinity);
  do {
    await Promise.all(moves().map((each) => each.finished.catch(() => null)));
    await new Promise(requestAnimationFrame);
  } while (moves().some((each) => each.playState === "running"));
}"""
# What stands beside the tabs and meets them.
MET = """() => {
  const box = (element) => element.getBoundingClientRect();
  const tabs = box(document.querySelector("#tabs .tab-container:not(.visually-hidden)"));
  return [...document.querySelectorAll("#masthead .mark, #fresh, #history .drawer")]
    .filter((each) => each.offsetParent && !each.closest("[inert]"))
    .filter((each) => box(each).right > tabs.left && box(each).left < tabs.right)
    .map((each) => each.className || each.id);
}"""


def read_in(page: Page, tag: str) -> Page:
    """The page again, as a browser asks for it whose reader reads this language best."""
    page.context.set_extra_http_headers({"Accept-Language": f"{tag},en;q=0.5"})
    page.reload()
    page.locator("#conversation .example").first.wait_for()
    return page


def ask(page: Page, question: str) -> str:
    """What is answered, with all that stands around it."""
    before = page.locator("#conversation .bot-row").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    row = page.locator("#conversation .bot-row").nth(before)
    row.locator(".acts").wait_for()
    return row.inner_text()


def english(language: str) -> re.Pattern[str]:
    """Whatever would be said in English of what this language says otherwise."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    patterns = []
    for message in catalogue:
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms:
            letters = re.sub(r"\{\w+\}|[^a-z]", "", form)
            if len(letters) > 3 and form not in said:
                patterns.append(re.sub(r"\\\{\w+\\\}", ".+", re.escape(form)))
    return re.compile("|".join(patterns))


def check(page: Page, language: str) -> None:
    """All in that language, and all of it to be read."""
    page.evaluate(SETTLED)
    said = page.evaluate(SAID)
    assert len(said) > 20
    left = english(language)
    assert [words for words in said if left.fullmatch(words)] == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(MET) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


WORDS = {
    "de": {
        "welcome": "Was möchten Sie wissen?",
        "goals": "Port Merrow",
        "silent": "Dazu sagen die Dokumente nichts",
        "nearest": "kommen der Frage am nächsten",
        "page": r"S\. \d",
        "copy": "Zitat kopieren",
        "summary": r"\d+ Dokumente, \d+ Passagen",
        "language": "Englisch",
        "refused": "Das ist keine PDF-Datei",
    },
    "fr": {
        "welcome": "Que souhaitez-vous savoir",
        "goals": "Port Merrow",
        "silent": "Les documents ne le disent pas",
        "nearest": "les passages les plus proches",
        "page": r"p\. \d",
        "copy": "Copier la citation",
        "summary": r"\d+ documents, \d+ passages",
        "language": "Anglais|anglais",
        "refused": "ce n’est pas un fichier PDF",
    },
}


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", WORDS)
def test_everything_is_in_the_readers_language(
    open_page: OpenPage, language: str, width: int, height: int
) -> None:
    words = WORDS[language]
    page = read_in(open_page(width=width, height=height), language)
    assert page.evaluate("document.documentElement.lang") == language
    assert words["welcome"] in page.locator("#welcome h1").inner_text()
    check(page, language)

    ask(page, ANSWERED)
    assert page.locator("#latest .words").get_attribute("lang") == "en"  # the documents' own
    check(page, language)
    page.locator("#latest a.cite").first.click()
    page.locator("#source .source").wait_for()
    page.locator("#source .leaf img").wait_for()
    assert page.locator("#source .copy").inner_text() == words["copy"]
    assert re.search(words["page"], page.locator("#source .file").inner_text())
    assert page.locator("#source .text").get_attribute("lang") == "en"
    check(page, language)
    page.keyboard.press("Escape")

    said = ask(page, UNANSWERED)
    assert words["silent"] in said
    assert words["nearest"] in said
    page.locator("#limits .choose").click()
    page.locator("#chooser .choice").first.wait_for()
    check(page, language)
    page.keyboard.press("Escape")
    if width < 900:
        page.locator("#history .drawer").click()
    page.locator("#history .more").first.click()
    check(page, language)
    page.keyboard.press("Escape")
    if width < 900:
        page.keyboard.press("Escape")

    page.get_by_role("tab").nth(1).click()
    table = page.locator("#library table")
    table.locator("tbody tr").first.wait_for()
    assert re.search(words["summary"], page.locator("#library-summary").inner_text())
    assert re.search(words["language"], table.inner_text())
    page.locator("#upload input").set_input_files(
        {"name": "fake.pdf", "mimeType": "application/pdf", "buffer": b"no pdf at all"}
    )
    assert words["refused"] in page.locator("#upload .refused").inner_text()
    check(page, language)
    table.locator(".look").first.click()
    page.locator("#library dialog .text").wait_for()
    check(page, language)
    page.keyboard.press("Escape")
    table.locator(".remove").first.click()
    page.locator("#library .confirm").wait_for()
    check(page, language)


def test_two_people_read_two_languages_at_the_same_time(open_page: OpenPage) -> None:
    pages = {tag: read_in(open_page(), tag) for tag in ("de-AT", "fr", "en-GB")}
    silent = {
        "de-AT": "Dazu sagen die Dokumente nichts",
        "fr": "Les documents ne le disent pas",
        "en-GB": "The documents do not say",
    }
    for question in (UNANSWERED, f"{UNANSWERED} Today?"):
        for page in pages.values():
            page.fill("#question textarea", question)
        for page in pages.values():
            page.press("#question textarea", "Enter")
        for tag, page in pages.items():
            asked = page.locator("#latest .exchange").filter(has_text=question)
            asked.locator(".acts").wait_for()
            assert silent[tag] in asked.inner_text()
    assert pages["de-AT"].evaluate("document.documentElement.lang") == "de-AT"


def test_a_conversation_is_read_in_the_language_of_whoever_opens_it(open_page: OpenPage) -> None:
    page = read_in(open_page(), "de")
    ask(page, UNANSWERED)
    assert "Dazu sagen die Dokumente nichts" in page.locator("#latest").inner_text()
    page.context.set_extra_http_headers({"Accept-Language": "fr"})
    page.reload()
    page.locator("#latest .acts").wait_for()
    assert "Les documents ne le disent pas" in page.locator("#latest").inner_text()
