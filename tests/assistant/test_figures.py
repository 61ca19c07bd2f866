"""Numbers are values, however they are written."""

from __future__ import annotations

import pytest

from assistant.figures import figures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12,000 lamps", {(12000, False)}),
        ("12 000 lamps", {(12000, False)}),
        ("12.000 Lampen", {(12000, False)}),
        ("12 thousand lamps", {(12000, False)}),
        ("1.5 million", {(1_500_000, False)}),
        ("1,5 Millionen", {(1_500_000, False)}),
        ("3.25", {(3.25, False)}),
        ("forty", {(40, False)}),
        ("18%", {(18, True)}),
        ("18 per cent", {(18, True)}),
        ("2025–2029", {(2025, False), (2029, False)}),
        ("nobody", set()),
    ],
)
def test_a_figure_is_its_value_however_it_is_written(
    text: str, values: set[tuple[float, bool]]
) -> None:
    assert figures(text) == values
