"""Indicators, figures and targets in as few words as a test needs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from outcome_tracker.core.figure import Content, Figure, Stamp, Status
from outcome_tracker.core.indicator import Basis, Indicator, Plan, Polarity, Tier
from outcome_tracker.core.number import Unit, UnitKind
from outcome_tracker.core.period import Frequency, Period, parse
from outcome_tracker.core.target import Goal, Target

STAMP = Stamp("officer", datetime(2019, 5, 1, 9, 0, tzinfo=UTC), date(2019, 5, 1))
PERCENT = Unit(UnitKind.PERCENT)
NUMBER = Unit(UnitKind.NUMBER)
POUNDS = Unit(UnitKind.POUNDS)
DAYS = Unit(UnitKind.DAYS)
RATIO = Unit(UnitKind.RATIO)
RATE = Unit(UnitKind.RATE, 10_000)
Q4 = parse("2018-19 Q4")
YEAR = parse("2018-19")
REPEATS = Indicator(
    code="SAFE-01",
    title="Children subject to a second or subsequent child protection plan",
    plan="SAFE",
    tier=Tier.HEADLINE,
    unit=PERCENT,
    better=Polarity.LOWER,
    frequency=Frequency.QUARTERLY,
    basis=Basis.POINT,
    decimals=1,
    numerator="children",
    denominator="children starting a plan",
)
FAMILIES = replace(
    REPEATS,
    code="EX-02",
    title="Families with a sustained outcome",
    tier=Tier.WIDER,
    unit=NUMBER,
    better=Polarity.HIGHER,
    basis=Basis.CUMULATIVE,
    decimals=0,
    numerator="",
    denominator="",
)
CALLS = replace(FAMILIES, code="EX-03", title="Calls answered", frequency=Frequency.MONTHLY, basis=Basis.PERIOD)
SURVEY = replace(REPEATS, code="EX-04", title="Residents who feel safe", frequency=Frequency.ANNUAL)
PLAN = Plan("SAFE", "Vulnerable adults and children feel safe and are protected")


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def at(value: str) -> Goal:
    return Goal(Decimal(value))


def between(lower: str, upper: str) -> Goal:
    return Goal(None, Decimal(lower), Decimal(upper))


def target(value: str, year: str = "2018-19") -> Target:
    return Target(parse(year), at(value))


def content(text: str, *, illustrative: bool = False) -> Content:
    """Read `15.9`, `44/276`, `15.9 44/276`, `73 482/` (one part alone), a status, or a figure with a status."""
    words = text.removesuffix("[p]")
    status = Status.PROVISIONAL if words != text else Status.FINAL
    if words.strip() in set(Status):
        return Content(status=Status(words.strip()), illustrative=illustrative)
    value, numerator, denominator = None, None, None
    for word in words.split():
        if "/" in word:
            numerator, _, denominator = word.partition("/")
        else:
            value = word
    return Content(
        number(value),
        number(numerator or None),
        number(denominator or None),
        status=status,
        illustrative=illustrative,
    )


def series(indicator: Indicator, figures: Mapping[str, str], invented: tuple[str, ...] = ()) -> dict[Period, Figure]:
    found = {}
    for text, figure in figures.items():
        period = parse(text, indicator.kind)
        told = content(figure, illustrative=text in invented)
        found[period] = Figure(indicator.code, period, 1, told, STAMP)
    return found
