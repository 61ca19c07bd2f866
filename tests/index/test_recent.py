"""What was looked up a moment ago is kept, as much as may be, and never too much."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.recent import Recent


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    recent = Recent[int, str](2)
    recent.keep(1, "quays")
    recent.keep(2, "lamps")
    assert recent.get(1) == "quays"
    recent.keep(3, "oaks")
    assert [recent.get(key) for key in (1, 2, 3)] == ["quays", None, "oaks"]


def test_a_value_larger_than_all_may_be_is_kept_alone() -> None:
    recent = Recent[int, str](10, len)
    recent.keep(1, "quays")
    recent.keep(2, "x" * 50)
    assert (recent.get(1), recent.get(2)) == (None, "x" * 50)
    recent.keep(3, "lamps")
    assert (recent.get(2), recent.get(3)) == (None, "lamps")


@given(st.lists(st.tuples(st.integers(0, 9), st.text(min_size=1, max_size=9)), max_size=60))
def test_it_never_holds_more_than_it_may_but_for_the_newest(given_: list[tuple[int, str]]) -> None:
    recent, kept = Recent[int, str](20, len), dict[int, str]()
    for key, value in given_:
        if recent.get(key) is None:
            recent.keep(key, value)
            kept[key] = value
            assert recent.get(key) == value
        found = [recent.get(key) for key in kept]
        assert sum(len(value) for value in found if value) <= 20
        assert all(value in (None, kept[key]) for key, value in zip(kept, found, strict=True))
