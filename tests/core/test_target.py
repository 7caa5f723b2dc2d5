"""Targets: what is in force in a period, revised, proposed, profiled, and summed for a quarter of months."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.indicator import Basis, Indicator, Margin, Polarity
from outcome_tracker.core.period import Frequency, Kind, Period, parse
from outcome_tracker.core.rag import Rag, rate
from outcome_tracker.core.target import Goal, InForce, Revision, Target, as_written, in_force, profile_key, profile_keys
from tests.core.making import CALLS, FAMILIES, PERCENT, POUNDS, Q4, RATE, REPEATS, SURVEY, YEAR, at, between, target

FOURTEEN = replace(REPEATS, targets=(target("14"),))
COUNTED = replace(FAMILIES, targets=(target("1330"),))


def goal(indicator: Indicator, period: str) -> Goal | None:
    found = in_force(indicator, parse(period, None if " " in period else indicator.kind))
    return found.goal if found else None


def test_a_target_holds_for_its_year() -> None:
    assert in_force(FOURTEEN, Q4) == InForce(at("14"), at("14"))
    assert goal(FOURTEEN, "2018-19 Q1") == at("14")
    assert in_force(FOURTEEN, parse("2019-20 Q1")) is None
    assert in_force(FOURTEEN, parse("2017-18 Q4")) is None
    assert in_force(REPEATS, Q4) is None


def test_an_annual_target_is_of_its_own_kind_of_year() -> None:
    assert goal(replace(SURVEY, targets=(target("60"),)), "2018-19") == at("60")
    for text in ("academic 2018-19", "calendar 2018"):
        indicator = replace(SURVEY, year=text.split()[0], targets=(target("60", text), target("70", "2018-19")))
        assert goal(indicator, text) == at("60")


def test_a_proposed_target_rates_nothing() -> None:
    proposed = Target(YEAR, proposed=at("16"), reason="16 is achievable", by="Safeguarding Unit")
    assert in_force(replace(REPEATS, targets=(proposed,)), Q4) is None
    beside = replace(target("14"), proposed=at("16"))
    assert goal(replace(REPEATS, targets=(beside,)), "2018-19 Q4") == at("14")


@pytest.mark.parametrize(
    ("period", "expected", "profiled"),
    [
        ("2018-19 Q1", Fraction(1330, 4), True),
        ("2018-19 Q2", Fraction(665), True),
        ("2018-19 Q3", Fraction(3990, 4), True),
        ("2018-19 Q4", Fraction(1330), False),
    ],
)
def test_a_year_end_count_is_profiled_in_a_straight_line(period: str, expected: Fraction, profiled: bool) -> None:
    found = in_force(COUNTED, parse(period))
    assert found == InForce(Goal(expected), at("1330"), profiled)


def test_a_straight_line_is_exact() -> None:
    monthly = replace(FAMILIES, frequency=Frequency.MONTHLY, targets=(target("1000"),))
    april = in_force(monthly, parse("2018-04"))
    assert april is not None
    assert april.goal.value == Fraction(1000, 12)
    # 4% below 83.333… is exactly 80
    assert rate(Decimal(80), april.goal, Polarity.HIGHER, Margin(Decimal(4))) is Rag.AMBER
    assert rate(Decimal("79.9"), april.goal, Polarity.HIGHER, Margin(Decimal(4))) is Rag.RED
    assert goal(replace(COUNTED, frequency=Frequency.HALF_YEARLY), "2018-19 H1") == Goal(Fraction(665))
    assert goal(replace(COUNTED, frequency=Frequency.ANNUAL), "2018-19") == at("1330")


@given(st.integers(1, 12), st.decimals(0, 10**6, places=2))
def test_a_straight_line_grows_by_the_month(month: int, wanted: Decimal) -> None:
    monthly = replace(FAMILIES, frequency=Frequency.MONTHLY, targets=(Target(YEAR, Goal(wanted)),))
    found = in_force(monthly, Period(Kind.MONTH, 2018, 3).shift(month))
    assert found is not None
    assert found.goal.value == Fraction(wanted) * month / 12
    assert found.profiled is (month != 12)


def test_a_range_for_a_count_is_profiled_at_both_bounds() -> None:
    within = replace(FAMILIES, better=Polarity.WITHIN, targets=(Target(YEAR, between("1100", "1300")),))
    assert goal(within, "2018-19 Q2") == between("550", "650")


@pytest.mark.parametrize(
    "indicator",
    [
        replace(COUNTED, unit=PERCENT),
        replace(COUNTED, unit=RATE),
        replace(COUNTED, denominator="families"),  # a share, whatever its unit
        replace(COUNTED, basis=Basis.PERIOD),
        replace(COUNTED, basis=Basis.POINT),
        replace(COUNTED, basis=Basis.ROLLING),
    ],
)
def test_anything_but_a_cumulative_count_keeps_the_full_target(indicator: Indicator) -> None:
    assert in_force(indicator, parse("2018-19 Q1")) == InForce(at("1330"), at("1330"))


def test_the_years_end_prints_as_written() -> None:
    found = in_force(replace(FAMILIES, targets=(target("1330.50"),)), Q4)
    assert found is not None
    assert [str(n) for n in found.goal.numbers] == ["1330.50"]


def test_a_sum_of_pounds_is_profiled_too() -> None:
    assert goal(replace(COUNTED, unit=POUNDS), "2018-19 Q2") == Goal(Fraction(665))


PROFILE = tuple(
    (key, Decimal(number)) for key, number in [("Q1", "300"), ("Q2", "650"), ("Q3", "1000"), ("Q4", "1330")]
)


def test_a_written_profile_replaces_the_straight_line() -> None:
    profiled = replace(FAMILIES, targets=(replace(target("1330"), profile=PROFILE),))
    assert in_force(profiled, parse("2018-19 Q2")) == InForce(at("650"), at("1330"))
    assert in_force(profiled, Q4) == InForce(at("1330"), at("1330"))


def test_a_profile_holds_for_any_unit() -> None:
    profile = (("H1", Decimal(50)), ("H2", Decimal(60)))
    half = replace(SURVEY, frequency=Frequency.HALF_YEARLY, targets=(replace(target("60"), profile=profile),))
    assert goal(half, "2018-19 H1") == at("50")


def test_a_part_that_the_profile_leaves_out_falls_on_the_line() -> None:
    gap = replace(FAMILIES, targets=(replace(target("1330"), profile=PROFILE[:1]),))
    assert in_force(gap, parse("2018-19 Q2")) == InForce(Goal(Fraction(665)), at("1330"), profiled=True)


REVISION = Revision(at("1200"), parse("2018-19 Q3"), "grant window closed early", "Head of Service")
LATER = Revision(at("1100"), parse("2018-19 Q4"), "two vacant posts")


def test_a_revision_leaves_earlier_periods_as_they_were() -> None:
    revised = replace(FAMILIES, targets=(replace(target("1400"), revised=(REVISION,)),))
    assert in_force(revised, parse("2018-19 Q2")) == InForce(Goal(Fraction(700)), at("1400"), profiled=True)
    assert in_force(revised, parse("2018-19 Q3")) == InForce(Goal(Fraction(900)), at("1200"), True, REVISION)
    assert in_force(revised, Q4) == InForce(at("1200"), at("1200"), profiled=False, revision=REVISION)


@pytest.mark.parametrize("revisions", [(REVISION, LATER), (LATER, REVISION)])
def test_the_last_revision_that_has_begun_holds(revisions: tuple[Revision, ...]) -> None:
    revised = replace(REPEATS, targets=(replace(target("1400"), revised=revisions),))
    assert [goal(revised, f"2018-19 Q{n}") for n in (1, 2, 3, 4)] == [at(n) for n in ("1400", "1400", "1200", "1100")]
    assert in_force(revised, Q4) == InForce(at("1100"), at("1100"), revision=LATER)


def test_a_revision_in_the_middle_of_a_longer_period_counts_for_it() -> None:
    revised = replace(target("60"), revised=(replace(REVISION, goal=at("50")),))
    assert goal(replace(SURVEY, targets=(revised,)), "2018-19") == at("50")


def test_a_revision_ends_the_profile() -> None:
    revised = replace(target("1330"), profile=PROFILE, revised=(REVISION,))
    indicator = replace(FAMILIES, targets=(revised,))
    assert goal(indicator, "2018-19 Q2") == at("650")
    assert in_force(indicator, parse("2018-19 Q3")) == InForce(Goal(Fraction(900)), at("1200"), True, REVISION)


@pytest.mark.parametrize(
    "indicator", [FOURTEEN, COUNTED, replace(FAMILIES, targets=(replace(target("1330"), profile=PROFILE),))]
)
def test_illustrative_targets_say_so(indicator: Indicator) -> None:
    q2 = parse("2018-19 Q2")
    plain = in_force(indicator, q2)
    assert plain is not None
    assert not plain.illustrative
    invented = replace(plain, illustrative=True)
    assert in_force(replace(indicator, illustrative=True), q2) == invented
    assert in_force(replace(indicator, targets=(replace(indicator.targets[0], illustrative=True),)), q2) == invented


def test_a_quarter_of_monthly_counts_is_held_against_the_sum_of_its_months_targets() -> None:
    profile = (("Jan", Decimal("10.5")), ("Feb", Decimal(20)), ("Mar", Decimal(30)))
    assert goal(replace(CALLS, targets=(target("100"),)), "2018-19 Q4") == at("300")
    assert goal(replace(CALLS, targets=(replace(target("100"), profile=profile),)), "2018-19 Q4") == at("60.5")
    revised = replace(target("100"), revised=(Revision(at("40"), parse("2019-02"), "less demand"),))
    assert goal(replace(CALLS, targets=(revised,)), "2018-19 Q4") == at("180")
    within = replace(CALLS, better=Polarity.WITHIN, targets=(Target(YEAR, between("90", "110")),))
    assert goal(within, "2018-19 Q4") == between("270", "330")
    assert goal(CALLS, "2018-19 Q4") is None
    assert goal(replace(CALLS, targets=(target("100", "2019-20"),)), "2018-19 Q4") is None


def test_a_summed_target_keeps_its_flags() -> None:
    found = in_force(replace(CALLS, targets=(replace(target("100"), illustrative=True),)), Q4)
    assert found == InForce(Goal(Fraction(300)), at("100"), illustrative=True)


@pytest.mark.parametrize(
    "indicator",
    [
        replace(CALLS, unit=PERCENT, targets=(target("80"),)),
        replace(CALLS, denominator="calls", targets=(target("80"),)),
        replace(CALLS, basis=Basis.POINT, targets=(target("80"),)),
        replace(CALLS, basis=Basis.ROLLING, targets=(target("80"),)),
        replace(CALLS, basis=Basis.CUMULATIVE, targets=(target("80"),)),
    ],
)
def test_a_quarter_that_is_not_summed_has_its_last_months_target(indicator: Indicator) -> None:
    assert goal(indicator, "2018-19 Q4") == at("80")


def test_keys_of_profiles() -> None:
    assert profile_key(Q4) == "Q4"
    assert profile_key(parse("2018-19 H1")) == "H1"
    assert profile_key(parse("2018-04")) == "Apr"
    assert profile_keys(Kind.QUARTER) == ("Q1", "Q2", "Q3", "Q4")
    assert profile_keys(Kind.HALF) == ("H1", "H2")
    assert profile_keys(Kind.YEAR) == profile_keys(Kind.ACADEMIC) == ()
    assert profile_keys(Kind.MONTH)[0] == "Apr"
    assert profile_keys(Kind.MONTH)[-1] == "Mar"
    for kind in (Kind.MONTH, Kind.QUARTER, Kind.HALF):
        first = Period(kind, 2018, 4 if kind is Kind.MONTH else 1)
        assert profile_keys(kind) == tuple(profile_key(first.shift(n)) for n in range(12 // first.months))


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        (Decimal(14), 1, "14"),
        (Decimal("13.955"), 0, "13.955"),
        (Fraction(665), 0, "665"),
        (Fraction(1330, 4), 0, "332.5"),
        (Fraction(1, 4), 0, "0.25"),
        (Fraction(1, 8), 0, "0.13"),
        (Fraction(1, 8), 1, "0.125"),
        (Fraction(3, 50), 0, "0.06"),
        (Fraction(1000, 12), 0, "83.33"),
        (Fraction(1000, 12), 1, "83.333"),
        (Fraction(-1, 3), 0, "-0.33"),
    ],
)
def test_targets_print_as_written_and_shares_as_exactly_as_fits(
    number: Decimal | Fraction, decimals: int, expected: str
) -> None:
    assert str(as_written(number, decimals)) == expected


def test_numbers_of_a_goal() -> None:
    assert at("14").numbers == (Decimal(14),)
    assert between("1", "2").numbers == (Decimal(1), Decimal(2))
    assert between("1", "2").map(Fraction(1, 2)) == Goal(None, Fraction(1, 2), Fraction(1))
    assert at("3").map(Fraction(1, 2)) == Goal(Fraction(3, 2))
