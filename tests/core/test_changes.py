from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core import change_wording
from outcome_tracker.core.changes import Change, Changed, change, changes, revised
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.figure import Figure, Stamp
from outcome_tracker.core.indicator import Polarity, Tier
from outcome_tracker.core.period import Period
from outcome_tracker.core.rag import Rag, Reason
from outcome_tracker.core.scorecard import Row
from outcome_tracker.core.standing import Measured, Travel
from outcome_tracker.core.target import InForce
from tests.core.making import PLAN, Q4, REPEATS, STAMP, at, content

Q3 = Q4.previous


def row(
    rag: Rag | None,
    way: Direction | None = Direction.SAME,
    *,
    code: str = "SAFE-01",
    tier: Tier = Tier.HEADLINE,
    value: str | None = "15.9",
    period: Period = Q4,
) -> Row:
    better = Polarity.NEITHER if rag is None else Polarity.LOWER
    indicator = replace(REPEATS, code=code, tier=tier, better=better)
    travel = Travel(way) if way and rag else None
    figure = Measured(period, Decimal(value) if value else None, absent=None if value else Reason.NOT_RETURNED)
    reason = Reason.NOT_RETURNED if rag is Rag.M else None
    target = InForce(at("14"), at("14")) if rag else None
    return Row(indicator, PLAN, period, figure, target, rag, reason, travel, travel, travel)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (row(Rag.AMBER), row(Rag.RED), Change.TURNED_RED),
        (row(Rag.GREEN), row(Rag.RED), Change.TURNED_RED),
        (row(Rag.RED), row(Rag.AMBER), Change.TURNED_AMBER),
        (row(Rag.GREEN), row(Rag.AMBER), Change.TURNED_AMBER),
        (row(Rag.RED), row(Rag.GREEN), Change.TURNED_GREEN),
        (row(Rag.RED), row(Rag.M), Change.UNRATED),
        (row(Rag.M), row(Rag.RED), Change.RATED),
        (row(Rag.M, Direction.SAME), row(Rag.RED, Direction.DECLINED), Change.RATED),
        (row(Rag.RED, Direction.SAME), row(Rag.RED, Direction.DECLINED), Change.DECLINED),
        (row(Rag.RED, Direction.UNKNOWN), row(Rag.RED, Direction.IMPROVED), Change.IMPROVED),
        (row(Rag.RED, Direction.DECLINED), row(Rag.RED, Direction.SAME), Change.UNCHANGED),
        (row(Rag.RED, Direction.DECLINED), row(Rag.RED, Direction.DECLINED), Change.UNCHANGED),
        (row(Rag.M), row(Rag.M), Change.UNCHANGED),
        (None, row(Rag.RED), Change.NEW),
        (row(Rag.RED), None, Change.ENDED),
        (None, row(None), Change.CONTEXT),
        (row(None), row(None), Change.CONTEXT),
    ],
)
def test_what_became_of_an_indicator(before: Row | None, after: Row | None, expected: Change) -> None:
    assert change(before, after) is expected


def test_what_counts_in_neither_period_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="counts in neither period"):
        change(None, None)


_STATES = st.one_of(
    st.none(),  # did not count
    st.just((None, None)),  # context
    st.tuples(st.sampled_from(list(Rag)), st.sampled_from(list(Direction))),
)
_PAIRS = st.lists(st.tuples(_STATES, _STATES, st.sampled_from(list(Tier))), max_size=12)
_BACK = {Change.NEW: Change.ENDED, Change.RATED: Change.UNRATED}
_BACK |= {after: before for before, after in _BACK.items()}
_MOVES = {Change.UNCHANGED, Change.DECLINED, Change.IMPROVED}


def _rows(pairs: list[tuple[object, object, Tier]], side: int) -> list[Row]:
    found = []
    for n, pair in enumerate(pairs):
        state, other = pair[side], pair[1 - side]
        if (None, None) in (state, other):  # an indicator is context in both periods or in none
            state = state and (None, None)
        if isinstance(state, tuple):
            found.append(row(*state, code=f"I{n:02}", tier=pair[2]))
    return found


@given(_PAIRS)
def test_each_indicator_is_in_exactly_one_group_and_counts_add_up(pairs: list[tuple[object, object, Tier]]) -> None:
    before, after = _rows(pairs, 0), _rows(pairs, 1)
    found = changes(before, after)
    codes = [each.indicator.code for each in found]
    assert sorted(codes) == sorted({r.indicator.code for r in (*before, *after)})
    judged = [each for each in found if each.change is not Change.CONTEXT]
    rated_now = [each for each in judged if each.change is not Change.ENDED]
    assert len(rated_now) == sum(r.rag is not None for r in after)
    assert len(judged) - len(rated_now) == sum(each.after is None for each in judged)
    for rag, turned in (
        (Rag.RED, Change.TURNED_RED),
        (Rag.AMBER, Change.TURNED_AMBER),
        (Rag.GREEN, Change.TURNED_GREEN),
        (Rag.M, Change.UNRATED),
    ):
        came = sum(each.change is turned for each in judged)
        stayed = sum(each.after is not None and each.after.rag is rag and each.change in _MOVES for each in judged)
        others = sum(
            each.after is not None and each.after.rag is rag and each.change in {Change.NEW, Change.RATED}
            for each in judged
        )
        assert came + stayed + others == sum(r.rag is rag for r in after)


@given(_PAIRS)
def test_looking_the_other_way_turns_every_change_round(pairs: list[tuple[object, object, Tier]]) -> None:
    before, after = _rows(pairs, 0), _rows(pairs, 1)
    there = {each.indicator.code: each for each in changes(before, after)}
    back = {each.indicator.code: each for each in changes(after, before)}
    assert there.keys() == back.keys()
    for code, each in there.items():
        other = back[code]
        assert (each.before, each.after) == (other.after, other.before)
        if each.change in _BACK:
            assert other.change is _BACK[each.change]
        elif each.change in _MOVES:
            assert other.change in _MOVES
        elif each.change is Change.CONTEXT:
            assert other.change is Change.CONTEXT
        else:
            assert each.before
            assert other.change.value == f"turned {each.before.rag}"


@given(_PAIRS)
def test_the_worst_comes_first(pairs: list[tuple[object, object, Tier]]) -> None:
    found = changes(_rows(pairs, 0), _rows(pairs, 1))
    order = list(Change)
    places = [order.index(each.change) for each in found]
    assert places == sorted(places)
    rated = [str(each.after.rag) for each in found if each.change is Change.RATED and each.after]
    assert rated == sorted(rated, key=["red", "amber", "green"].index)
    fallen = [str(each.before.rag) for each in found if each.change is Change.TURNED_AMBER and each.before]
    assert fallen == sorted(fallen, key=["green", "red"].index)


def test_among_equals_headline_indicators_come_first() -> None:
    before = [row(Rag.GREEN, code="W", tier=Tier.WIDER), row(Rag.GREEN, code="H")]
    after = [row(Rag.RED, code="W", tier=Tier.WIDER), row(Rag.RED, code="H")]
    assert [each.indicator.code for each in changes(before, after)] == ["H", "W"]


def version(number: int, figure: str, known: str) -> Figure:
    stamp = Stamp("Jo", STAMP.at, date.fromisoformat(known), "recount")
    return Figure("SAFE-01", Q3, number, content(figure), stamp)


DUE = date(2019, 1, 15)


def test_a_figure_changed_after_it_was_due_is_revised() -> None:
    versions = [
        version(1, "16", "2019-01-08"),
        version(2, "16.9", "2019-01-12"),
        version(3, "17.2", "2019-02-01"),
        version(4, "17.4", "2019-03-01"),
    ]
    found = revised(REPEATS, PLAN, versions, DUE)
    assert found is not None
    assert (found.before.value, found.after.value) == (Decimal("16.9"), Decimal("17.4"))
    assert change_wording.revision_text(found) == (
        "16.9%",
        "17.4%",
        "Quarter 3 2018-19, changed on 1 Mar 2019 by Jo: recount",
    )
    unsigned = replace(found, stamp=replace(found.stamp, who="", why=""))
    assert change_wording.revision_text(unsigned)[2] == "Quarter 3 2018-19, revised on 1 Mar 2019"


@pytest.mark.parametrize(
    "versions",
    [
        [],
        [version(1, "16", "2019-02-01")],  # late, not changed
        [version(1, "16", "2019-01-08"), version(2, "16.9", "2019-01-15")],  # changed before it was due
        [version(1, "16", "2019-01-08"), version(2, "17", "2019-02-01"), version(3, "16.0", "2019-03-01")],  # and back
    ],
)
def test_what_was_late_or_changed_in_time_or_back_again_is_not_revised(versions: list[Figure]) -> None:
    assert revised(REPEATS, PLAN, versions, DUE) is None


def test_a_figure_taken_back_is_revised_to_its_reason() -> None:
    found = revised(REPEATS, PLAN, [version(1, "16", "2019-02-01"), version(2, "not available", "2019-03-01")], DUE)
    assert found is not None
    assert change_wording.revision_text(found)[:2] == ("16.0%", "not available")


def told(before: Row | None, after: Row | None) -> Changed:
    (found,) = changes([before] if before else [], [after] if after else [])
    return found


def test_both_sides_of_a_change_in_words_and_shapes() -> None:
    assert change_wording.sides(told(row(Rag.AMBER), row(Rag.RED))) == ("▲ Amber", "■ Red")
    declined = told(row(Rag.RED, Direction.SAME), row(Rag.RED, Direction.DECLINED))
    assert change_wording.sides(declined) == ("→ Same", "↘ Declined")
    assert change_wording.sides(told(None, row(Rag.M, value=None))) == ("new", "◌ M")
    assert change_wording.sides(told(row(Rag.GREEN), None)) == ("● Green", "ended")
    assert change_wording.sides(told(row(None), None)) == ("context", "ended")
    assert change_wording.figures(told(row(Rag.GREEN, value="12"), None)) == ("12%", "–")


def test_why_says_how_it_stands_and_why_it_was_not_rated() -> None:
    assert change_wording.why(told(row(Rag.M, value=None), row(Rag.RED)))[:2] == [
        "M before: not returned",
        "1.9 percentage points above the target of 14",
    ]
    assert change_wording.why(told(row(Rag.RED), row(Rag.M, value=None)))[0] == "not returned"
    assert change_wording.why(told(row(Rag.RED), None)) == []


def test_counts_name_what_happened_and_always_what_did_not_change() -> None:
    counts = {Change.TURNED_RED: 3, Change.TURNED_GREEN: 2, Change.UNCHANGED: 11, Change.CONTEXT: 4}
    assert change_wording.counts_text(counts) == ["3 turned Red", "2 turned Green", "11 unchanged"]
    assert change_wording.counts_text({}, 1) == ["0 unchanged", "1 figure revised since"]
    assert change_wording.counts_text({}, 2)[-1] == "2 figures revised since"


def test_shares_are_drawn_from_the_lowest_bar_to_the_highest() -> None:
    shares = [Fraction(0), Fraction(1, 8), Fraction(1, 2), None, Fraction(1)]
    assert change_wording.spark(shares) == "▁▂▅ █"
