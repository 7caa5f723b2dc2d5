"""What number formats show."""

from datetime import date
from decimal import Decimal

import pytest

from outcome_tracker.exchange.number_format import Shown, built_in, day_of, shown_by


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0.0%", Shown.PERCENT),
        ("0%;[Red]-0%", Shown.PERCENT),
        ('0.0"%"', Shown.NUMBER),
        ("0.0\\%", Shown.NUMBER),
        ("0;-0%", Shown.NUMBER),
        ("General", Shown.NUMBER),
        ("@", Shown.NUMBER),
        ("#,##0.00", Shown.NUMBER),
        ("0.00E+00", Shown.NUMBER),
        ("[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", Shown.NUMBER),
        ('#,##0" days"', Shown.NUMBER),
        ("_-* #,##0_-;-* #,##0_-", Shown.NUMBER),
        ("dd/mm/yyyy", Shown.DATE),
        ("[$-809]d mmmm yyyy;@", Shown.DATE),
        ("mmm\\-yy", Shown.DATE),
        ("mmmm", Shown.DATE),
        ("yyyy-mm-dd hh:mm", Shown.DATE),
        ("hh:mm:ss", Shown.TIME),
        ("mm:ss", Shown.TIME),
        ("[h]:mm", Shown.TIME),
        ("", Shown.NUMBER),
    ],
)
def test_a_format_shows_a_percentage_a_date_a_time_or_a_number(code: str, shown: Shown) -> None:
    assert shown_by(code) is shown


def test_some_formats_are_known_by_their_number() -> None:
    assert [built_in(n) for n in (0, 2, 9, 10, 14, 17, 20, 22, 45, 49)] == [
        Shown.NUMBER,
        Shown.NUMBER,
        Shown.PERCENT,
        Shown.PERCENT,
        Shown.DATE,
        Shown.DATE,
        Shown.TIME,
        Shown.DATE,
        Shown.TIME,
        Shown.NUMBER,
    ]


@pytest.mark.parametrize(
    ("serial", "since_1904", "day"),
    [
        ("1", False, date(1900, 1, 1)),
        ("59", False, date(1900, 2, 28)),
        ("61", False, date(1900, 3, 1)),
        ("43555.9", False, date(2019, 3, 31)),
        ("2958465", False, date(9999, 12, 31)),
        ("2958466", False, None),
        ("0.5", False, None),
        ("-1", False, None),
        ("42093", True, date(2019, 3, 31)),
        ("2957003", True, date(9999, 12, 31)),
        ("2957004", True, None),
    ],
)
def test_days_are_counted_from_1900_or_1904(serial: str, since_1904: bool, day: date | None) -> None:
    assert day_of(Decimal(serial), since_1904=since_1904) == day
