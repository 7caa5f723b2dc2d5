"""As published, as computed: where a printed value isn't what its parts give, and what likely made the difference.

A value is compared at its own printed precision. A cause is claimed only where it gives exactly what is printed; the
first that does is taken, the most telling first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from outcome_tracker.core.number import half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.printed import Printed


class Kind(StrEnum):
    """What is printed: a figure, a share of a total, a change on an earlier figure, a total, or a judgement."""

    VALUE = "value"
    SHARE = "share"
    CHANGE = "change"
    TOTAL = "total"
    RATING = "rating"
    DIRECTION = "direction"
    LINE = "line"


class Cause(StrEnum):
    """What likely made the difference; a judgement has its own reasons."""

    LATER = "divided by the later figure"
    SIGN = "sign"
    POINTS = "points"
    TRANSPOSED = "digits transposed"
    CUT_OFF = "cut off"
    ROUNDED_TWICE = "rounded twice"
    ROUNDED_UP = "rounded up"
    SWAPPED = "parts swapped"
    DENOMINATOR = "another denominator"
    MEAN = "mean of months"
    POINT = "decimal point"
    LEFT_OUT = "a row left out"
    ONE_UNIT = "off by one unit"
    TWICE = "printed twice"
    NO_WHOLE = "no whole number fits"
    OTHERS = "the other rows"
    NO_TARGET = "no target"
    NOT_HELD = "not held"
    NONE = "not explained"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose number it is: an indicator, or a cell of a breakdown by its categories; and where it was printed."""

    plan: str
    code: str
    title: str
    period: Period
    categories: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number as printed, and what the figures beside it give, exactly.

    The parts are numerator and denominator of a value or a share (times `per`), the figure and the earlier one of a
    change, and `rows` those that a total adds up. `nearby` are numbers that the same paragraph prints, and `months`
    the percentages of the months that a year is made of, where all are held.
    """

    subject: Subject
    kind: Kind
    printed: Printed
    exact: Decimal | Fraction
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    per: int = 100
    rows: tuple[tuple[str, Decimal], ...] = ()
    nearby: tuple[Decimal, ...] = ()
    months: tuple[Fraction, ...] = ()
    is_year: bool = False
    elsewhere: tuple[Printed, ...] = ()

    @property
    def computed(self) -> Decimal:
        """What the parts give, at the printed precision."""
        return self.printed.rounded(self.exact)

    @property
    def agrees(self) -> bool:
        """Whether what is printed is what its parts give."""
        return self.printed.agrees(self.exact)

    @property
    def quotient(self) -> Fraction | None:
        """The first part by the second, unless there are no two or the second is nought."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)


@dataclass(frozen=True, slots=True)
class Explained:
    """A cause, and the number that it rests on: another denominator, the row that was left out, what is printed too."""

    cause: Cause
    number: Decimal | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed value that its parts don't give, or a printed judgement that the rules don't.

    `claim` is None for a judgement, of which both sides are words.
    """

    subject: Subject
    kind: Kind
    printed: str
    computed: str
    explained: Explained
    claim: Claim | None = None
    perhaps_mean: bool = False

    @property
    def printed_number(self) -> str:
        """The printed number without what stands behind it."""
        return self.printed.split("(", maxsplit=1)[0].strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of changes of which every row, right or wrong, is what dividing by the later figure gives."""

    subject: Subject
    claims: tuple[Claim, ...]


def tables(claims: Iterable[Claim]) -> tuple[Table, ...]:
    """Return the tables that are explained as a whole, the largest row first."""
    found: defaultdict[tuple[str, Period], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind is Kind.CHANGE and claim.subject.categories:
            found[claim.subject.code, claim.subject.period].append(claim)
    return tuple(
        Table(replace(rows[0].subject, categories=()), tuple(sorted(rows, key=_size)))
        for rows in found.values()
        if not all(claim.agrees for claim in rows) and all(by_the_later(claim) for claim in rows)
    )


def _size(claim: Claim) -> Decimal:
    return -(claim.numerator or Decimal(0))


def difference(claim: Claim) -> Difference | None:
    """Return what is different about a printed number, and why; None where it is what its parts give."""
    if claim.agrees:
        return None
    explained = next((found for rule in _RULES if (found := rule(claim))), Explained(Cause.NONE))
    shown = f"{claim.computed:f}{'%' * claim.printed.percent}"
    # A year's share may have been made as a mean of its months: that can't be told unless these are held.
    perhaps = claim.is_year and not claim.months and explained.cause in {Cause.CUT_OFF, Cause.NONE}
    return Difference(claim.subject, claim.kind, claim.printed.text, shown, explained, claim, perhaps)


def by_the_later(claim: Claim) -> Explained | None:
    """(new − old) ÷ new, where the change is on the earlier figure: (new − old) ÷ old."""
    return _if(claim, later(claim), Cause.LATER) if claim.kind is Kind.CHANGE else None


def later(claim: Claim) -> Fraction | None:
    """Return what a change is when divided by the later figure."""
    if not claim.numerator or claim.denominator is None:
        return None
    return (Fraction(claim.numerator) - Fraction(claim.denominator)) * 100 / Fraction(claim.numerator)


def points_for_percent(claim: Claim) -> Explained | None:
    """The difference itself, printed as if it were a percentage of the earlier figure."""
    if claim.kind is not Kind.CHANGE or claim.numerator is None or claim.denominator is None:
        return None
    return _if(claim, Fraction(claim.numerator) - Fraction(claim.denominator), Cause.POINTS)


def other_sign(claim: Claim) -> Explained | None:
    """A rise printed as a fall, or the other way round."""
    return _if(claim, -Fraction(claim.exact), Cause.SIGN)


def transposed(claim: Claim) -> Explained | None:
    """Two digits beside each other have changed places: 20.1 for 21.0."""
    width = max(len(_digits(claim.printed.number)), len(_digits(claim.computed)))
    printed, computed = (_digits(n).zfill(width) for n in (claim.printed.number, claim.computed))
    if (claim.printed.number < 0) != (claim.computed < 0):
        return None
    swaps = (computed[:n] + computed[n + 1] + computed[n] + computed[n + 2 :] for n in range(width - 1))
    return Explained(Cause.TRANSPOSED) if printed in swaps else None


def cut_off(claim: Claim) -> Explained | None:
    """The digits behind the last printed one were dropped: 47.4 for 47.46."""
    return _if(claim, _towards_zero(claim), Cause.CUT_OFF)


def rounded_twice(claim: Claim) -> Explained | None:
    """Rounded to a digit more first, and that again: 39 for 38.46, by way of 38.5."""
    once = half_up(claim.exact, claim.printed.decimals + 1)
    return _if(claim, once, Cause.ROUNDED_TWICE)


def rounded_up(claim: Claim) -> Explained | None:
    """Rounded up though the next digit is below five: 39 for 38.3."""
    down, step = _towards_zero(claim), Fraction(1, 10**claim.printed.decimals)
    up = down + (step if claim.exact >= 0 else -step)
    return _if(claim, up, Cause.ROUNDED_UP) if down != claim.exact else None  # there was something to round


def swapped(claim: Claim) -> Explained | None:
    """The denominator by the numerator."""
    quotient = claim.quotient
    if not quotient or claim.kind not in {Kind.VALUE, Kind.SHARE}:
        return None
    return _if(claim, claim.per / quotient, Cause.SWAPPED)


def other_denominator(claim: Claim) -> Explained | None:
    """A number of the same paragraph as denominator gives what is printed."""
    if claim.numerator is None or claim.kind not in {Kind.VALUE, Kind.SHARE}:
        return None
    for number in claim.nearby:
        if number > 0 and number not in {claim.numerator, claim.denominator}:
            found = Fraction(claim.numerator) * claim.per / Fraction(number)
            if claim.printed.agrees(found):
                return Explained(Cause.DENOMINATOR, number)
    return None


def mean_of_months(claim: Claim) -> Explained | None:
    """The mean of the months' percentages, which weighs a quiet month like a busy one."""
    if not claim.months:
        return None
    return _if(claim, sum(claim.months, Fraction(0)) / len(claim.months), Cause.MEAN)


def moved_point(claim: Claim) -> Explained | None:
    """The point stands one or two digits off: 1.59 for 15.9."""
    for power in (1, -1, 2, -2):
        if claim.printed.number and claim.printed.agrees(Fraction(claim.exact) * Fraction(10) ** power):
            return Explained(Cause.POINT)
    return None


def left_out(claim: Claim) -> Explained | None:
    """A total without one of its rows."""
    for name, count in claim.rows:
        if count and claim.printed.agrees(Fraction(claim.exact) - Fraction(count)):
            return Explained(Cause.LEFT_OUT, count, name)
    return None


def one_unit(claim: Claim) -> Explained | None:
    """One unit of the last printed digit more or less."""
    away = abs(claim.printed.number - claim.computed)
    return Explained(Cause.ONE_UNIT) if Fraction(away) == Fraction(1, 10**claim.printed.decimals) else None


def printed_twice(claim: Claim) -> Explained | None:
    """No parts: another sentence prints the figure that is held."""
    if claim.quotient is not None or claim.rows:
        return None
    other = next((p for p in claim.elsewhere if p != claim.printed and p.agrees(claim.exact)), None)
    return Explained(Cause.TWICE, other.number) if other else None


_RULES: tuple[Callable[[Claim], Explained | None], ...] = (
    printed_twice,
    by_the_later,
    other_sign,
    points_for_percent,
    transposed,
    left_out,
    cut_off,
    rounded_twice,
    rounded_up,
    swapped,
    other_denominator,
    mean_of_months,
    moved_point,
    one_unit,
)


def _if(claim: Claim, number: Decimal | Fraction | None, cause: Cause) -> Explained | None:
    return Explained(cause) if number is not None and claim.printed.agrees(number) else None


def _towards_zero(claim: Claim) -> Fraction:
    scale = 10**claim.printed.decimals
    whole = int(Fraction(claim.exact) * scale)  # int() cuts off towards zero
    return Fraction(whole, scale)


def _digits(number: Decimal) -> str:
    return "".join(map(str, number.as_tuple().digits))
