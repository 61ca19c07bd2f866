"""A web page is read as its content: without the site around it, and never as nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import BlockKind
from ingest.readers.html import read_html

Blocks = list[tuple[str, int, str]]


def blocks(page: str) -> Blocks:
    builder = read_html("page.html", page.encode()).builder
    return [
        (block.kind.value, block.level, builder.text[block.start : block.end])
        for block in builder.blocks
    ]


def texts(page: str) -> list[str]:
    return [text for _, _, text in blocks(page)]


def test_headings_paragraphs_and_lists_keep_their_order_and_level() -> None:
    page = """<body><h1>Harbour plan</h1><p>We will:</p>
      <ul><li>dredge<ul><li>the north basin</li></ul></li><li>widen the lock</li></ul>
      <h3>Money</h3><ol start="3"><li>Fees</li><li>Grants</li></ol></body>"""
    assert blocks(page) == [
        ("heading", 1, "Harbour plan"),
        ("paragraph", 0, "We will:"),
        ("list_item", 0, "dredge"),
        ("list_item", 1, "the north basin"),
        ("list_item", 0, "widen the lock"),
        ("heading", 3, "Money"),
        ("list_item", 0, "3. Fees"),
        ("list_item", 0, "4. Grants"),
    ]


def test_the_paragraphs_of_a_short_item_are_one_thought() -> None:
    page = "<ol><li><p>Buy the barge.</p><p>It pays in a year.</p></li><li>Sell it.</li></ol>"
    assert texts(page) == ["1. Buy the barge. It pays in a year.", "2. Sell it."]


def test_inline_elements_neither_add_nor_lose_spaces() -> None:
    page = "<p>By <b>20</b>30, <a href='#'>every</a>\n<i>quay</i><br>is <span>lit</span>.</p>"
    assert texts(page) == ["By 2030, every quay is lit."]


def test_two_line_breaks_end_a_paragraph() -> None:
    assert texts("<div>One.<br><br>Two.<br>Still two.</div>") == ["One.", "Two. Still two."]


def test_a_typed_bullet_makes_a_list_item() -> None:
    assert blocks("<p>\u2022 moor</p><p>- sail</p>") == [
        ("list_item", 0, "moor"),
        ("list_item", 0, "sail"),
    ]


def test_marks_of_notes_do_not_stick_to_words() -> None:
    note = '<sup><a href="#n1">1</a></sup>'
    page = f"<p>Traffic doubled.{note} CO<sub>2</sub> fell by 10<sup>3</sup> t.</p>"
    assert texts(page) == ["Traffic doubled. CO2 fell by 103 t."]


def test_table_rows_carry_the_heads_of_their_columns() -> None:
    page = """<table><caption>Berths</caption>
      <thead><tr><th>Quay</th><th>Length</th></tr></thead>
      <tr><th>North</th><td>210 m</td></tr><tr><td>South</td><td></td></tr></table>"""
    assert blocks(page) == [
        ("paragraph", 0, "Berths"),
        ("table_row", 0, "Quay: North | Length: 210 m"),
        ("table_row", 0, "Quay: South"),
    ]


def test_a_table_without_heads_gives_its_values_and_merged_cells_once() -> None:
    page = """<table><tr><td rowspan=2>Quays</td><td>North</td><td>210 m</td></tr>
      <tr><td>South</td><td>90 m</td></tr>
      <tr><td colspan=3>Measured at low water</td></tr></table>"""
    assert texts(page) == ["Quays | North | 210 m", "South | 90 m", "Measured at low water"]


def test_values_stay_under_their_head_below_merged_cells() -> None:
    page = """<table><tr><th>Place</th><th>Quay</th><th>Length</th></tr>
      <tr><td rowspan=2>Old town</td><td>North</td><td>210 m</td></tr>
      <tr><td>South</td><td>90 m</td></tr></table>"""
    assert texts(page)[1] == "Quay: South | Length: 90 m"


def test_heads_over_an_empty_form_are_kept() -> None:
    page = "<table><tr><th>Ship</th><th>Draught</th></tr><tr><td></td><td></td></tr></table>"
    assert texts(page) == ["Ship | Draught"]


def test_long_cells_become_paragraphs_that_can_be_parted() -> None:
    long = "The basin silts up each winter. " * 30
    page = f"""<table><tr><th>Goal</th><th>Reason</th></tr>
      <tr><td>Dredge</td><td><p>{long}</p><ul><li>Every May</li></ul></td></tr></table>"""
    assert blocks(page) == [
        ("table_row", 0, "Goal: Dredge"),
        ("paragraph", 0, f"Reason: {long.strip()}"),
        ("list_item", 0, "Every May"),
    ]


def test_a_table_that_only_places_blocks_is_no_table() -> None:
    page = "<table><tr><td>Menu</td><td><h2>Tides</h2><p>Twice a day.</p></td></tr></table>"
    assert blocks(page)[1:] == [("heading", 2, "Tides"), ("paragraph", 0, "Twice a day.")]


def test_definitions_stand_with_their_term() -> None:
    page = (
        "<dl><dt>Berth</dt><dd>A place for one ship.</dd><dt>Basin</dt><dd>Many berths.</dd></dl>"
    )
    assert texts(page) == ["Berth: A place for one ship.", "Basin: Many berths."]


def test_the_site_around_the_content_is_left_out() -> None:
    page = """<body><a class="skipnav" href="#c">Skip to content</a>
      <header><h1>Port of Example</h1></header><nav><ul><li>Home</li></ul></nav>
      <div class="cookie-banner">We use cookies.</div><script>alert("x")</script>
      <div id="main-content"><header><h1>Tide strategy</h1></header>
        <div class="breadcrumb">Home / Tides</div><p>The lock opens twice a day, at high water.</p>
        <p hidden>Draft</p><p style="display: none">Draft</p><button>Share</button></div>
      <aside>Related</aside><footer>Imprint</footer></body>"""
    assert texts(page) == ["Tide strategy", "The lock opens twice a day, at high water."]


def test_panels_that_fold_are_content_although_hidden() -> None:
    page = """<h4><button aria-controls="p1">Who pays?</button></h4>
      <div id="p1" hidden><p>The ships do.</p></div>"""
    assert texts(page) == ["Who pays?", "The ships do."]


@pytest.mark.parametrize(
    "page",
    [
        "<body><nav><p>Only words</p></nav></body>",
        "<main></main><div class='with-sidebar sidebar'><p>Only words</p></div>",
        "<div hidden><p>Only words</p></div>",
        "Only words",
        "<article></article><p>Only words",
    ],
)
def test_a_page_with_words_never_comes_out_empty(page: str) -> None:
    assert texts(page) == ["Only words"]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Port | Plans</title>", "<h1>Tide strategy 2030</h1>", "Tide strategy 2030"),
        ("<title>Tide strategy | Port</title>", "<h1>Strategy</h1>", "Tide strategy | Port"),
        ('<meta property="og:title" content="Tide plan"><title>Port</title>', "", "Tide plan"),
        ("<title>Tide\n strategy</title>", "", "Tide strategy"),
        ("", "", None),
    ],
)
def test_the_title_is_the_one_that_says_most(head: str, body: str, title: str | None) -> None:
    page = f"<html><head>{head}</head><body><main>{body}<p>Water.</p></main></body></html>"
    assert read_html("page.html", page.encode()).title == title


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ('<meta property="article:published_time" content="2024-03-05T10:00:00Z">', "2024-03-05"),
        ('<meta name="DC.date" content="2019-07">', "2019-07"),
        ('<p>On <time datetime="2021-02-03">3 February</time></p>', "2021-02-03"),
        ('<meta name="date" content="soon">', None),
    ],
)
def test_the_date_is_the_published_one(markup: str, date: str | None) -> None:
    assert read_html("page.html", f"<p>Water.</p>{markup}".encode()).date == date


def test_the_language_is_the_declared_one() -> None:
    assert read_html("a.html", b"<html lang='fr-CA'><p>Eau").language == "fr"
    assert read_html("a.html", b"<html><p>Eau").language is None


def test_the_declared_charset_is_used() -> None:
    page = "<meta charset='windows-1250'><p>Přístav šetří</p>".encode("cp1250")
    builder = read_html("a.html", page).builder
    assert builder.text == "Přístav šetří"


def test_depth_exhausts_nothing() -> None:
    deep = "<div>" * 5000 + "<table><tr><td>" * 500 + "<ul><li>" * 500 + "at the bottom"
    assert texts(deep) == ["at the bottom"]


@given(
    st.lists(st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F), min_size=1))
)
def test_no_word_is_lost_and_spans_fit(words: list[str]) -> None:
    builder = read_html("a.html", "".join(f"<p>{word}</p>" for word in words).encode()).builder
    spans = [builder.text[block.start : block.end] for block in builder.blocks]
    assert len(spans) == len(words)
    assert all(block.kind is BlockKind.PARAGRAPH for block in builder.blocks)


@given(st.text(alphabet="<>/abdhilprtu1 =\"'!-&;\n", max_size=200))
def test_no_markup_is_too_broken(page: str) -> None:
    read_html("a.html", page.encode())


@pytest.mark.parametrize(
    "banner",
    [
        '<div id="CookiebotDialog"><p>This site uses cookies.</p></div>',
        '<div class="cc-window cc-banner"><span>This site uses cookies.</span></div>',
        '<div class="cookieConsent">This site uses cookies.</div>',
        '<div id="onetrust-consent-sdk"><div><p>This site uses cookies.</p></div></div>',
        '<ul class="menu"><li><a href="a">Home</a></li><li><a href="b">About</a></li></ul>',
        '<div class="nav-links"><a href="a">Next</a></div>',
    ],
)
def test_banners_and_menus_without_any_role_are_passed_over(banner: str) -> None:
    text = "The council rebuilds the harbour by 2031, and it costs four million crowns in all."
    assert texts(f"<body>{banner}<div><p>{text}</p></div>{banner}</body>") == [text]


def test_a_page_about_cookies_is_read() -> None:
    page = '<body><div class="cookie-policy"><h1>Cookies</h1><p>We keep none.</p></div></body>'
    assert texts(page) == ["Cookies", "We keep none."]
