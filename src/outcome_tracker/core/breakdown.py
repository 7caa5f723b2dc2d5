"""A breakdown: what is counted by source, reason, team or the like, as a plan file declares it and figures fill it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.figure import Status
from outcome_tracker.core.indicator import Basis, Compare
from outcome_tracker.core.period import Frequency, Kind, Period, PeriodError, kind_of, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from outcome_tracker.core.figure import Stamp
    from outcome_tracker.core.indicator import Margin

TOTAL = ""
# The columns of a file of breakdowns before and after those of the dimensions.
KEY_COLUMNS = ("breakdown", "period")
CONTENT_COLUMNS = (
    *("count", "denominator", "as_published"),
    *("status", "note", "illustrative", "published_in", "released"),
)
BASES = (Basis.PERIOD, Basis.POINT, Basis.ROLLING)
COMPARES = (Compare.YEAR_BEFORE, Compare.PREVIOUS)


class Published(StrEnum):
    """What a source printed beside a row's count: its change on the earlier figure, or its share."""

    CHANGE = "change"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Counts by one or more dimensions. `total` is the code of the indicator that they add up to, or empty.

    Rows below `at_least` are not listed, a change beyond `mark_change` is marked, `decimals` are those of percentages.
    `published` is what `as_published` of a row is, and `suppress_below` stands in place of the council's.
    `category_indicators` are the codes of the indicators whose figures count one category, or are its share.
    """

    code: str
    title: str
    plan: str
    dimensions: tuple[str, ...]
    total: str = ""
    multi_response: bool = False
    frequency: Frequency = Frequency.MONTHLY
    basis: Basis = Basis.PERIOD
    shares: bool = False
    compare: Compare = Compare.YEAR_BEFORE
    at_least: int = 0
    mark_change: Margin | None = None
    decimals: int = 0
    published: Published | None = None
    definition: str = ""
    source: str = ""
    owner: str = ""
    suppress_below: int | None = None
    category_indicators: Mapping[str, str] = field(default_factory=dict)
    illustrative: bool = False

    @property
    def kind(self) -> Kind:
        """The kind of period its figures are for."""
        return kind_of(self.frequency)

    @property
    def grand_total(self) -> tuple[str, ...]:
        """The categories of the total over everything."""
        return (TOTAL,) * len(self.dimensions)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a person says of one cell; equal ones change nothing when entered again. `source` is where it is printed."""

    count: Decimal | None = None
    denominator: Decimal | None = None
    status: Status = Status.FINAL
    note: str = ""
    illustrative: bool = False
    as_published: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class BreakdownFigure:
    """One version of a cell as stored. `categories` follow the breakdown's dimensions; an empty one is the total."""

    breakdown: str
    period: Period
    categories: tuple[str, ...]
    version: int
    content: Counted
    stamp: Stamp


_ROLLING = re.compile(r"(?:the )?(?:last )?(?:12|twelve) months (?:to|ending|ended)(?: the)? (.+)", re.IGNORECASE)


def parse_period(text: str, breakdown: Breakdown) -> Period:
    """Read a period of a breakdown's frequency; what is rolling may also be written `12 months to 30 April 2021`.

    Raises `PeriodError` with a sentence saying what to write instead.
    """
    found = _ROLLING.fullmatch(" ".join(text.split()))
    if found is None:
        return parse(text, breakdown.kind)
    if breakdown.basis is not Basis.ROLLING:
        raise PeriodError(
            f"'{text.strip()}' is 12 months, but the counts of {breakdown.code} are not (basis: {breakdown.basis}); "
            f"write {parse(found[1], breakdown.kind).code}, or another basis in the plan file."
        )
    return parse(found[1], breakdown.kind)


def is_renamed(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Tell whether dimensions are the same in the same order, but for names that are new."""
    return len(old) == len(new) and all(was == now or now not in old for was, now in zip(old, new, strict=True))
