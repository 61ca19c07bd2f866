"""Pieces of made-up pages: words and segments where a test wants them, or anywhere at all."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from ingest.printed.word import Box, Segment, Word

LETTER = 5.0  # width of a letter, in points
SIZE = 10.0


def box(left: float, top: float, text: str, size: float = SIZE) -> Box:
    return Box(left, top, left + LETTER * len(text) * size / SIZE, top + size)


def word(left: float, top: float, text: str, size: float = SIZE, *, bold: bool = False) -> Word:
    return Word(text, box(left, top, text, size), size, bold)


def segment(
    left: float, top: float, text: str, size: float = SIZE, *, bold: bool = False
) -> Segment:
    return Segment(text, box(left, top, text, size), size, bold)


def column(left: float, top: float, texts: Sequence[str], leading: float = 14.0) -> list[Segment]:
    """Segments below each other."""
    return [segment(left, top + leading * number, text) for number, text in enumerate(texts)]


def across(top: float, left: float, right: float) -> Box:
    """A horizontal rule."""
    return Box(left, top, right, top + 0.5)


def down(left: float, top: float, bottom: float) -> Box:
    """A vertical rule."""
    return Box(left, top, left + 0.5, bottom)


# Places that are often equal, nearly equal, or beside each other, as on real pages.
_PLACES = st.integers(0, 40).map(lambda place: 14.0 * place) | st.floats(0, 560)
_WORDS = st.sampled_from(
    [
        "Lamps",
        "lamps.",
        "9",
        "•",
        "(a)",
        "1.",
        "IV",
        "¹",
        "12",
        "OIL",
        "T",
        "it burns on",
        "–",
    ]
)


@st.composite
def pages(draw: st.DrawFn) -> list[Segment]:
    """Segments in no order, each with a number of its own behind its text."""
    return [
        Segment(
            f"{text} x{number}",
            Box(left, top, left + width, top + size),
            size,
            bold,
        )
        for number, (text, left, top, width, size, bold) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        _WORDS,
                        _PLACES,
                        _PLACES,
                        st.sampled_from([5.0, 60.0, 200.0, 500.0]),
                        st.sampled_from([6.0, 10.0, 10.0, 24.0]),
                        st.booleans(),
                    ),
                    max_size=24,
                )
            )
        )
    ]


RULES = st.lists(
    st.builds(across, _PLACES, _PLACES, st.sampled_from([200.0, 400.0, 560.0]))
    | st.builds(down, _PLACES, _PLACES, st.sampled_from([200.0, 400.0, 560.0])),
    max_size=12,
)
