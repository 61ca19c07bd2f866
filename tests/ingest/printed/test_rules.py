"""Rules: pieces of drawn lines become the lines that a reader sees."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.printed.rules import Rule, horizontal, vertical
from ingest.printed.word import Box
from pieces import across, down


def ends(rules):
    return [(round(rule.start), round(rule.end)) for rule in rules]


def test_pieces_that_touch_are_one_rule_that_knows_its_joints():
    (rule,) = horizontal([across(100, 200, 300), across(100.4, 0, 100), across(100, 101, 200)])
    assert (rule.start, rule.end) == (0, 300)
    assert [round(joint) for joint in rule.joints] == [100, 200]


def test_pieces_that_overlap_are_one_rule_without_a_joint():
    (rule,) = horizontal([across(100, 0, 150), across(100, 100, 300)])
    assert (rule.start, rule.end, rule.joints) == (0, 300, ())


def test_a_gap_parts_rules_at_one_height():
    assert ends(horizontal([across(100, 0, 100), across(100, 120, 220)])) == [(0, 100), (120, 220)]


def test_a_short_stroke_is_no_rule():
    assert horizontal([across(100, 0, 8)]) == []


def test_flat_boxes_lie_and_narrow_ones_stand():
    boxes = [across(100, 0, 200), down(50, 0, 90)]
    assert ends(horizontal(boxes)) == [(0, 200)]
    assert ends(vertical(boxes)) == [(0, 90)]


def test_a_rule_crosses_what_lies_along_it():
    rule = Rule(100, 50, 90)
    assert rule.crosses(50)
    assert rule.crosses(91)
    assert not rule.crosses(91, slack=0)
    assert not rule.crosses(95)


@given(
    st.lists(
        st.builds(
            lambda left, top, wide: Box(left, top, left + wide, top),
            st.floats(0, 500),
            st.sampled_from([0.0, 1.0, 50.0]),
            st.floats(0.1, 300),
        )
    )
)
def test_whatever_the_pieces_each_long_one_lies_on_one_rule(boxes):
    rules = horizontal(boxes)
    for box in boxes:
        if box.width >= 12:
            assert any(
                abs(rule.place - box.middle) <= 4
                and rule.start <= box.left
                and box.right <= rule.end
                for rule in rules
            )
    assert [rule.place for rule in rules] == sorted(rule.place for rule in rules)
    assert all(rule.start <= joint <= rule.end for rule in rules for joint in rule.joints)
