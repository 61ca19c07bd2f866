"""What is opened and never closed swallows nothing: the rest of the document is read, as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.unclosed import html_tree

SWALLOWING = [
    *("style", "script", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"),
    *(
        "noscript",
        "template",
        "select",
        "button",
        "object",
        "video",
        "canvas",
        "audio",
        "svg",
        "rt",
    ),
    *("svg><style", "svg><title", "option", "STYLE media=print", "script><!--<script></script"),
]
REST = ["The lock opens at noon.", "Boats wait."]


def html(page: str) -> list[str]:
    builder = read_html("page.html", page.encode()).builder
    return [builder.text[block.start : block.end] for block in builder.blocks]


def markdown(source: str) -> list[tuple[str, str]]:
    builder = read_markdown("notes.md", source.encode()).builder
    return [(block.kind.value, builder.text[block.start : block.end]) for block in builder.blocks]


@pytest.mark.parametrize("tag", [*SWALLOWING, "!--", "!-- <b>", 'a href="x', "p class='x"])
def test_a_page_is_read_behind_what_is_never_closed(tag: str) -> None:
    page = "<h1>Tide plan</h1><p>Ebb.</p><{}>\n<p>The lock opens at noon.</p><p>Boats wait.</p>"
    assert html(page.format(tag))[-2:] == REST


@pytest.mark.parametrize("tag", [*SWALLOWING, "!--", "!-- <b>", "pre", "?php", "![CDATA["])
@pytest.mark.parametrize("before", ["", "Ebb and ", "> ", "- "])
def test_markdown_behind_what_is_never_closed_is_markdown(tag: str, before: str) -> None:
    source = f"{before}<{tag}>\n\nThe lock opens at noon.\n\n## Boats\n\n- Boats wait.\n"
    assert markdown(source)[-3:] == [
        ("paragraph", "The lock opens at noon."),
        ("heading", "Boats"),
        ("list_item", "Boats wait."),
    ]


def test_what_is_closed_stays_unseen() -> None:
    page = """<p>Ebb.</p><style>p > b {}</style><script>if (a < b) "<p>"</script><!-- <p>no -->
      <iframe><p>no</p></iframe><select><option>no<option>no</select><ruby>Ebb<rt>no</ruby>
      <object><object>no</object>no</object><p title="<style>">Flow.</p>"""
    assert html(page) == ["Ebb.", "Ebb", "Flow."]


def test_a_script_that_writes_a_script_is_one_script() -> None:
    page = """<p>Ebb.</p><script><!--
      document.write("<script src='a.js'></script>"); //--></script><p>Flow.</p>"""
    assert html(page) == ["Ebb.", "Flow."]


@pytest.mark.parametrize("tag", ["script src='a.js' ", "title", "iframe src=a ", "object "])
def test_what_is_closed_in_itself_holds_nothing(tag: str) -> None:
    assert html(f"<p>Ebb.</p><{tag}/><p>Flow.</p><script></script>") == ["Ebb.", "Flow."]


def test_a_sign_that_opens_no_tag_is_a_sign() -> None:
    assert html("<p>Ebb <b and flow.") == ["Ebb <b and flow."]
    assert html("<p>Ebb </3 flow.") == ["Ebb </3 flow."]


FRAGMENTS = [f"<{tag}>" for tag in SWALLOWING] + [
    *("<!--", "-->", "<!-->", "<!", "<?x", "</", "<a b=", '"', "'", ">", "/>", "<", "]]>"),
    *("<script", "</script>", "</style>", "<svg>", "<![CDATA[", "x "),
    *("<textarea/>", "<ruby>", "<b ", "</title>", "</xmp>"),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_no_slips_hide_a_whole_paragraph_after_them(slips: str) -> None:
    tail = "<p>The lock opens at noon.</p>"
    assert "The lock opens at noon." in " ".join(html(f"<p>Ebb.</p>{slips}{tail}"))


@pytest.mark.parametrize("piece", ['<a b="', "<style>", "<!--", "<button>", "<a ", "<script><!--"])
def test_a_hundred_thousand_of_them_are_walked_once(piece: str) -> None:
    # To look for an end anew from each of them would outlast any test.
    tree = html_tree(f"{piece * 100_000}<p>Boats wait.</p>")
    assert tree.body is not None
    assert "Boats wait." in tree.body.text()
