"""What is agreed, as text and back."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_tracker.core.breakdown import BASES, COMPARES, Breakdown, Published
from outcome_tracker.core.indicator import (
    Action,
    Agreed,
    Basis,
    Break,
    Compare,
    Council,
    Indicator,
    Margin,
    Milestone,
    Plan,
    Polarity,
    Span,
    Tier,
)
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, Kind, Period, parse
from outcome_tracker.core.target import Goal, Revision, Target
from outcome_tracker.store.codec import assemble, bodies, target_bodies
from outcome_tracker.store.texts import PERIOD_TEXTS, PERIODS, period_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CODES = st.text("ABCDEFGHIJ-0123456789", min_size=1, max_size=4)
DECIMALS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False).map(lambda n: n or abs(n))
YEARS = st.integers(1901, 2198)
PERIOD = st.one_of(
    st.builds(Period, st.just(Kind.MONTH), YEARS, st.integers(1, 12)),
    st.builds(Period, st.just(Kind.QUARTER), YEARS, st.integers(1, 4)),
    st.builds(Period, st.just(Kind.HALF), YEARS, st.integers(1, 2)),
    st.builds(Period, st.sampled_from([Kind.YEAR, Kind.ACADEMIC, Kind.CALENDAR]), YEARS),
)
MARGINS = st.builds(Margin, DECIMALS.map(abs), st.booleans())
NUMBERS = DECIMALS | st.fractions()
GOALS = st.builds(Goal, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
SPANS = st.builds(Span, st.none() | PERIOD, st.none() | PERIOD)
SETTINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | DECIMALS | PERIOD | MARGINS | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CODES, inner, max_size=3),
    max_leaves=5,
)
EXTRAS = st.dictionaries(CODES, SETTINGS, max_size=2)
TARGETS = st.builds(
    Target,
    year=st.builds(Period, st.sampled_from([Kind.YEAR, Kind.ACADEMIC, Kind.CALENDAR]), YEARS),
    goal=st.none() | GOALS,
    profile=st.lists(st.tuples(st.sampled_from(["Q1", "H2", "Apr"]), DECIMALS), max_size=2).map(tuple),
    revised=st.lists(st.builds(Revision, GOALS, PERIOD, TEXT, TEXT), max_size=2).map(tuple),
    proposed=st.none() | GOALS,
    reason=TEXT,
    by=TEXT,
    source=TEXT,
    illustrative=st.booleans(),
)
UNITS = st.builds(Unit, st.sampled_from([kind for kind in UnitKind if kind is not UnitKind.RATE])) | st.builds(
    Unit, st.just(UnitKind.RATE), st.integers(1, 10**6)
)


@st.composite
def indicators(draw: st.DrawFn, code: str, plan: str) -> Indicator:
    targets = draw(st.lists(TARGETS, max_size=2, unique_by=lambda target: target.year))
    return draw(
        st.builds(
            Indicator,
            code=st.just(code),
            title=TEXT,
            plan=st.just(plan),
            tier=st.sampled_from(Tier),
            unit=UNITS,
            better=st.sampled_from(Polarity),
            frequency=st.sampled_from(Frequency),
            basis=st.sampled_from(Basis),
            decimals=st.integers(0, 4),
            numerator=TEXT,
            denominator=TEXT,
            definition=TEXT,
            source=TEXT,
            data_quality=TEXT,
            owner=TEXT,
            tolerance=MARGINS,
            compare=st.none() | st.sampled_from(Compare),
            threshold=MARGINS,
            suppress_below=st.none() | st.integers(0, 20),
            breaks=st.lists(st.builds(Break, PERIOD, TEXT), max_size=2).map(tuple),
            targets=st.just(tuple(sorted(targets, key=lambda target: (target.year.year, target.year.kind)))),
            span=SPANS,
            due=st.integers(1, 4),
            year=st.sampled_from(["financial", "academic", "calendar"]),
            illustrative=st.booleans(),
            extra=EXTRAS,
        )
    )


@st.composite
def actions(draw: st.DrawFn, code: str, plan: str) -> Action:
    milestones = st.builds(
        Milestone,
        code=CODES,
        title=TEXT,
        action=st.just(code) | CODES,
        plan=st.just(plan),
        due=TEXT,
        owner=TEXT,
        source=TEXT,
        illustrative=st.booleans(),
    )
    return draw(
        st.builds(
            Action,
            code=st.just(code),
            title=TEXT,
            plan=st.just(plan),
            owner=TEXT,
            source=TEXT,
            milestones=st.lists(milestones, max_size=2).map(tuple),
            illustrative=st.booleans(),
        )
    )


def breakdowns(code: str, plan: str) -> st.SearchStrategy[Breakdown]:
    return st.builds(
        Breakdown,
        code=st.just(code),
        title=TEXT,
        plan=st.just(plan),
        dimensions=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
        total=TEXT,
        multi_response=st.booleans(),
        frequency=st.sampled_from(Frequency),
        basis=st.sampled_from(BASES),
        shares=st.booleans(),
        compare=st.sampled_from(COMPARES),
        at_least=st.integers(0, 500),
        mark_change=st.none() | st.builds(Margin, DECIMALS.map(abs)),
        decimals=st.integers(0, 2),
        published=st.none() | st.sampled_from(Published),
        definition=TEXT,
        source=TEXT,
        owner=TEXT,
        suppress_below=st.none() | st.integers(0, 20),
        category_indicators=st.dictionaries(TEXT, TEXT, max_size=2),
        illustrative=st.booleans(),
    )


@st.composite
def everything_agreed(draw: st.DrawFn) -> Agreed:
    codes = iter(draw(st.lists(CODES, min_size=12, max_size=12, unique=True)))
    plans = []
    for _ in range(draw(st.integers(0, 2))):
        plan = next(codes)
        inside = tuple(draw(indicators(next(codes), plan)) for _ in range(draw(st.integers(0, 2))))
        steps = tuple(draw(actions(next(codes), plan)) for _ in range(draw(st.integers(0, 2))))
        plans.append(
            Plan(
                plan,
                draw(TEXT),
                inside,
                steps,
                draw(TEXT),
                draw(TEXT),
                draw(TEXT),
                tuple(draw(st.lists(TEXT, max_size=2))),
                draw(SPANS),
                draw(st.booleans()),
                draw(EXTRAS),
                tuple(draw(breakdowns(next(codes), plan)) for _ in range(draw(st.integers(0, 1)))),
            )
        )  # fmt: skip - its fields in order
    council = st.builds(
        Council,
        name=TEXT,
        area=TEXT,
        region=TEXT,
        comparators=st.lists(TEXT, max_size=3).map(tuple),
        dfe_code=TEXT,
        reporting_period=st.none() | PERIOD,
        figures_due_days=st.integers(0, 99),
        tolerance=MARGINS,
        threshold=MARGINS,
        suppress_below=st.integers(0, 20),
        extra=EXTRAS,
    )
    return Agreed(draw(council), tuple(plans))


@settings(max_examples=40)  # each is a whole council with its plans
@given(everything_agreed())
def test_what_is_agreed_comes_back(agreed: Agreed) -> None:
    again = assemble(bodies(agreed), target_bodies(agreed))
    assert again == agreed
    assert bodies(again) == bodies(agreed)
    assert target_bodies(again) == target_bodies(agreed)


@given(PERIOD)
def test_a_period_is_one_text_of_its_own(period: Period) -> None:
    assert PERIODS[period_text(period)] == period
    assert PERIOD_TEXTS[period] == period_text(period)


def test_december_2011_is_no_financial_year() -> None:
    assert period_text(Period(Kind.MONTH, 2011, 12)) == "month 2011-12"
    assert period_text(Period(Kind.YEAR, 2011)) == "2011-12"
    assert period_text(Period(Kind.MONTH, 2019, 3)) == "2019-03"


COUNCIL = Council("Cheshire West and Chester", "E06000050", "North West", ("England",))
INDICATOR = Indicator(
    "SAFE-01",
    "Second plans",
    "SAFE",
    Tier.HEADLINE,
    Unit(UnitKind.PERCENT),
    Polarity.LOWER,
    Frequency.QUARTERLY,
    Basis.ROLLING,
    decimals=1,
    targets=(Target(parse("2018-19"), Goal(Decimal(14))), Target(parse("2019-20"), proposed=Goal(Decimal(16)))),
)


def test_the_text_is_canonical_and_leaves_out_what_is_empty() -> None:
    agreed = Agreed(COUNCIL, (Plan("SAFE", "Safe", (replace(INDICATOR, decimals=0),)),))
    assert bodies(agreed)["indicator", "SAFE-01"] == (
        '{"basis":"rolling 12 months","better":"lower","decimals":0,"due":4,"frequency":"quarterly",'
        '"plan":"SAFE","threshold":"5%","tier":"headline","title":"Second plans","tolerance":"5%",'
        '"unit":"percent","year":"financial"}'
    )
    assert bodies(agreed)["plan", "SAFE"] == '{"indicators":["SAFE-01"],"title":"Safe"}'
    assert target_bodies(agreed) == {
        ("SAFE-01", "2018-19"): '{"goal":["14"]}',
        ("SAFE-01", "2019-20"): '{"proposed":["16"]}',
    }


def test_numbers_stay_as_written() -> None:
    def text(tolerance: str) -> str:
        indicator = replace(INDICATOR, tolerance=Margin(Decimal(tolerance)))
        return bodies(Agreed(COUNCIL, (Plan("SAFE", "Safe", (indicator,)),)))["indicator", "SAFE-01"]

    assert text("5.0") != text("5")


def test_a_new_indicator_in_front_changes_no_other() -> None:
    first = replace(INDICATOR, code="SAFE-00")
    before = bodies(Agreed(COUNCIL, (Plan("SAFE", "Safe", (INDICATOR,)),)))
    after = bodies(Agreed(COUNCIL, (Plan("SAFE", "Safe", (first, INDICATOR)),)))
    assert {key for key, body in after.items() if before.get(key) != body} == {
        ("plan", "SAFE"),
        ("indicator", "SAFE-00"),
    }


def test_what_a_later_program_wrote_is_read() -> None:
    agreed = Agreed(COUNCIL, (Plan("SAFE", "Safe", (INDICATOR,), (Action("SAFE-A1", "Act", "SAFE"),)),))
    later = {key: json.dumps({**json.loads(body), "colour": ["red"]}) for key, body in bodies(agreed).items()}
    targets = {key: json.dumps({**json.loads(body), "mood": 1}) for key, body in target_bodies(agreed).items()}
    assert assemble(later, targets) == agreed


def test_what_the_order_does_not_name_comes_last_and_what_has_no_plan_is_left_out() -> None:
    stray = replace(INDICATOR, code="ZZ-01", plan="GONE")
    listed = Agreed(COUNCIL, (Plan("SAFE", "Safe", (INDICATOR, stray)),))
    found = bodies(listed) | {("indicator", "SAFE-00"): bodies(listed)["indicator", "SAFE-01"]}
    again = assemble(found, {})
    assert again is not None
    assert [indicator.code for indicator in again.plans[0].indicators] == ["SAFE-01", "SAFE-00"]


def test_breakdowns_kept_before_they_were_read_come_back_as_breakdowns() -> None:
    kept = {
        "title": "Safe",
        "extra": {
            "colour": "red",
            "breakdowns": [
                {
                    "code": "CON-SRC",
                    "title": "Contacts by source",
                    "dimensions": ["source"],
                    "total": "CON-ALL",
                    "multi_response": False,
                }
            ],
        },
    }
    found = bodies(Agreed(COUNCIL, (Plan("SAFE", "Safe"),))) | {("plan", "SAFE"): json.dumps(kept)}
    again = assemble(found, {})
    assert again is not None
    assert again.breakdowns == (Breakdown("CON-SRC", "Contacts by source", "SAFE", ("source",), "CON-ALL"),)
    assert again.plans[0].extra == {"colour": "red"}


def test_without_a_council_nothing_is_agreed() -> None:
    assert assemble({}, {}) is None


def test_a_fraction_stays_exact() -> None:
    target = Target(parse("2018-19"), Goal(Fraction(1330, 3)))
    agreed = Agreed(COUNCIL, (Plan("SAFE", "Safe", (replace(INDICATOR, targets=(target,)),)),))
    assert '["1330/3"]' in target_bodies(agreed)["SAFE-01", "2018-19"]


def test_settings_that_json_does_not_have_are_marked() -> None:
    extra: dict[str, Any] = {"a": (Decimal("2.660"), parse("2018-19 Q4")), "b": {"c": date(2019, 3, 31), "d": 7}}
    agreed = Agreed(replace(COUNCIL, extra=extra))
    again = assemble(bodies(agreed), {})
    assert again is not None
    assert again.council.extra == {"a": [Decimal("2.660"), parse("2018-19 Q4")], "b": {"c": date(2019, 3, 31), "d": 7}}
    with pytest.raises(TypeError, match="a setting cannot be a float"):
        bodies(Agreed(replace(COUNCIL, extra={"a": 2.66})))


def test_four_hundred_indicators_are_read_quickly() -> None:
    codes = [f"SAFE-{number:03}" for number in range(400)]
    agreed = Agreed(COUNCIL, (Plan("SAFE", "Safe", tuple(replace(INDICATOR, code=code) for code in codes)),))
    texts, targets = bodies(agreed), target_bodies(agreed)
    times = []
    for _ in range(5):
        start = process_time()
        assemble(texts, targets)
        times.append(process_time() - start)
    assert min(times) < 0.1  # 12 ms on a slow machine


@given(st.sampled_from(list(Kind)), st.integers(1950, 2100), st.integers(0, 11))
def test_every_period_comes_back_from_its_text(kind: Kind, year: int, shift: int) -> None:
    period = Period(kind, year).shift(shift)
    assert PERIODS[period_text(period)] == period
