"""Breakdowns to test with: the tables of the council's report of June 2021, and figures in as few words as possible."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from outcome_tracker.core.breakdown import Breakdown, BreakdownFigure, Counted
from outcome_tracker.core.figure import Stamp, Status
from outcome_tracker.core.indicator import Basis, Margin
from outcome_tracker.core.period import Period, parse

APRIL, YEAR_BEFORE = parse("April 2021"), parse("April 2020")
STAMP = Stamp("Jo", datetime(2021, 6, 15, tzinfo=UTC), date(2021, 6, 15))
BY_SOURCE = Breakdown(
    "CON-SRC",
    "Contacts to the front door by source",
    "CF",
    ("source",),
    basis=Basis.ROLLING,
    at_least=500,
    mark_change=Margin(Decimal(20)),
)
BY_TEAM = Breakdown("CP-CAT", "Plans by team and category", "CF", ("team", "category"), basis=Basis.POINT)

# As printed: the 12 months to 30 April 2020, to 30 April 2021; the change that is right, to one decimal.
FIGURE_4 = {
    "Police": (6296, 6361, "1.0"),
    "Probation": (2183, 2632, "20.6"),
    "Parents/Carers": (2562, 2165, "-15.5"),
    "Education / School": (2755, 2049, "-25.6"),
    "CAFCASS": (1183, 1121, "-5.2"),
    "Hospital Staff": (1203, 1003, "-16.6"),
    "Ambulance": (742, 958, "29.1"),
    "Other Local Authority": (969, 900, "-7.1"),
    "Anonymous": (855, 751, "-12.2"),
    "Social Worker": (599, 738, "23.2"),
    "NSPCC": (428, 619, "44.6"),
}
FIGURE_5 = {
    "Domestic Abuse": (4765, 4461, "-6.4"),
    "Request for Information": (2993, 3089, "3.2"),
    "Statutory Notification": (1618, 2314, "43.0"),
    "Emotional Abuse": (1352, 1547, "14.4"),
    "Sexual Abuse": (856, 1198, "40.0"),
    "Behaviour Issues": (1254, 1080, "-13.9"),
    "Parenting": (1194, 1063, "-11.0"),
    "Child Physical Abuse": (1276, 1032, "-19.1"),
    "Contact Issues": (878, 1021, "16.3"),
    "Child Mental Health": (1244, 950, "-23.6"),
    "Drug & Alcohol Misuse": (932, 847, "-9.1"),
    "Adult Mental Health": (973, 834, "-14.3"),
    "Child Disability/Difficulties": (543, 579, "6.6"),
    "Child Sexual Exploitation": (695, 572, "-17.7"),
    "Neglect": (663, 539, "-18.7"),
}
FIGURE_9 = {
    "Mental Health of Parent Carer": (1236, "41%"),
    "Domestic Violence Parent Carer Subject Of": (1050, "35%"),
    "Emotional Abuse": (595, "20%"),
    "Mental Health of Child": (562, "19%"),
    "Drug Misuse by Parent Carer": (560, "19%"),
    "No Factors Identified": (510, "17%"),
    "Alcohol Misuse by Parent Carer": (502, "17%"),
    "Neglect": (357, "12%"),
    "Domestic Violence Child Subject Of": (338, "11%"),
    "Learning Disability Child": (322, "11%"),
    "Self-Harm": (232, "8%"),
    "Physical Disability Parent Carer": (213, "7%"),
    "At Risk Due to Their Socially Unacceptable Behaviour": (212, "7%"),
}


def figure(
    categories: str | tuple[str, ...],
    count: int | None,
    period: Period = APRIL,
    *,
    denominator: int | None = None,
    status: Status | None = None,
    as_published: str = "",
) -> BreakdownFigure:
    """Return a figure; without a count it is suppressed unless its status says something else."""
    content = Counted(
        None if count is None else Decimal(count),
        None if denominator is None else Decimal(denominator),
        status or (Status.SUPPRESSED if count is None else Status.FINAL),
        as_published=as_published,
    )
    cell = (categories,) if isinstance(categories, str) else categories
    return BreakdownFigure("CON-SRC", period, cell, 1, content, STAMP)


def both_years(table: Mapping[str, tuple[int, int, str]]) -> list[BreakdownFigure]:
    return [
        figure(name, count, period)
        for name, (before, now, _) in table.items()
        for period, count in ((YEAR_BEFORE, before), (APRIL, now))
    ]
