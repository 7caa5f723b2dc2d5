"""What people write in a value, read strictly: functions of a clean text that raise ValueError with a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from outcome_tracker.core.breakdown import CONTENT_COLUMNS, KEY_COLUMNS
from outcome_tracker.core.indicator import Margin
from outcome_tracker.core.milestone import NOT_STATED
from outcome_tracker.core.number import HUNDRED, NumberError, parse_decimal
from outcome_tracker.core.period import Kind, Period, PeriodError, parse, parse_date, parse_reporting_period
from outcome_tracker.core.text import listed
from outcome_tracker.plan_files.kinds import LONGEST_WORDS, TEXT, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal
    from enum import StrEnum
    from typing import TypeVar

    E = TypeVar("E", bound=StrEnum)


_CODE = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,39}", re.ASCII)
_AREA = re.compile(r"[A-Z][0-9]{8}", re.ASCII)
_DFE = re.compile(r"[0-9]{3}", re.ASCII)
_SPAN = re.compile(r"([0-9]{1,3}) (day|month)s?", re.ASCII)
_MARGIN = re.compile(r"(.*?) ?(%|points?)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DIMENSION = re.compile(r"[a-z][a-z0-9]*(?:[ _-][a-z0-9]+)*", re.ASCII)
_COLUMNS = {*KEY_COLUMNS, *CONTENT_COLUMNS}
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}

period = lru_cache(maxsize=2_048)(parse)  # files repeat few years often; errors are not kept


def code(text: str) -> str:
    """Read a code: letters, digits, '-', '.', '_'."""
    if not _CODE.fullmatch(text):
        raise ValueError(
            f"'{text}' is not a code; write a letter, then up to 39 letters, digits, '-', '.' and '_', as in SAFE-01."
        )
    return text


def area(text: str) -> str:
    """Read an ONS code."""
    if not _AREA.fullmatch(text):
        raise ValueError(f"'{text}' is not an ONS code; write a letter and eight digits, as in E06000050.")
    return text


def dfe_code(text: str) -> str:
    """Read the number that the Department for Education gives an authority."""
    if not _DFE.fullmatch(text):
        raise ValueError(f"'{text}' is not a DfE number; write its three digits, as in 896.")
    return text


def flag(text: str) -> bool:
    """Read true or false."""
    if text not in _FLAGS:
        raise ValueError(f"'{text}' is neither true nor false; write one of them.")
    return _FLAGS[text]


def number(text: str) -> Decimal:
    """Read a plain number."""
    if text.endswith("%") or text.startswith("£"):
        raise ValueError(f"'{text}' has a sign of its unit; write the number alone, as in 14.")
    try:
        return parse_decimal(text)
    except NumberError as error:
        # What is offered for a figure's cell, numerator/denominator, is none of a target
        raise ValueError(str(error).removesuffix(", or parts as in 17/37.").removesuffix(".") + ".") from None


def margin(text: str) -> Margin:
    """Read a tolerance or threshold: a percentage, points, or 0."""
    found = _MARGIN.fullmatch(text)
    try:
        amount = parse_decimal(found[1] if found else text)
    except NumberError:
        raise ValueError(f"'{text}' is not an allowance; write 5% or 2 points.") from None
    mark = found[2] if found else ""
    if not mark and amount:
        raise ValueError(f"'{text}' does not say what it counts; write {text}% or {text} points.")
    if amount < 0 or (mark == "%" and amount > HUNDRED):
        raise ValueError(
            f"'{text}' is not between 0% and 100%; write 5%."
            if mark == "%"
            else f"'{text}' is below zero; write 2 points."
        )
    return Margin(amount, points=bool(mark) and mark != "%")


def percent(text: str) -> Margin:
    """Read a percentage where nothing else can be meant; the sign may be left out."""
    try:
        amount = parse_decimal(text.removesuffix("%").rstrip())
    except NumberError:
        amount = None
    if amount is None or not 0 <= amount <= HUNDRED:
        raise ValueError(f"'{text}' is not a percentage from 0% to 100%; write one, as in 20%.")
    return Margin(amount)


def dimension(text: str) -> str:
    """Read the name of a dimension, which is a column of a CSV file beside others."""
    words = text.casefold()
    if words in _COLUMNS:
        raise ValueError(f"'{text}' is already another column of the CSV file; write another name, as in case {words}.")
    if not _DIMENSION.fullmatch(text):
        better = words if _DIMENSION.fullmatch(words) else "source or age group"
        raise ValueError(f"'{text}' is not the name of a dimension; write lower-case words, as in {better}.")
    return text


def span(unit: str, most: int) -> Callable[[str], int]:
    """Return a reader of `15 days` or `8 months`."""

    def read(text: str) -> int:
        found = _SPAN.fullmatch(text)
        if not found or found[2] != unit or int(found[1]) > most:
            raise ValueError(f"'{text}' is not a number of {unit}s; write 0 to {most} {unit}s, as in 8 {unit}s.")
        return int(found[1])

    return read


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 6 and low <= int(text) <= high):  # noqa: PLR2004 - before int()
            raise ValueError(f"'{text}' is not a whole number from {low} to {high}; write one, as in {low}.")
        return int(text)

    return read


def quarter(text: str) -> int:
    """Read Q1 to Q4."""
    if text not in {"Q1", "Q2", "Q3", "Q4"}:
        raise ValueError(f"'{text}' is not a quarter; write Q1, Q2, Q3 or Q4.")
    return int(text[1])


def due(text: str) -> str:
    """Read a date or a financial year; returns it in its one spelling."""
    if _ISO.fullmatch(text):
        return parse_date(text).isoformat()
    if text == NOT_STATED:
        return ""
    try:
        year = period(text)
    except PeriodError:
        year = None
    if year is None or year.kind is not Kind.YEAR:  # a month or another spelling of a date would lose its day
        raise ValueError(f"'{text}' is neither a date nor a financial year; write 2019-03-31 or 2019-20.")
    return year.code


def period_or_year(text: str, kind: Kind) -> Period:
    """Read a period of an indicator's kind, or a financial year."""
    try:
        return period(text, kind)
    except PeriodError:
        try:
            return period(text, Kind.YEAR)
        except PeriodError:
            pass
        raise


def choice(options: Iterable[E]) -> Scalar[E]:
    """Return a kind that takes one of an enum's values, or of some of them."""
    members = {option.value: option for option in options}

    def read(text: str) -> E:
        if text not in members:
            raise ValueError(f"'{text}' is not known here; write {listed(list(members), 'or')}.")
        return members[text]

    return Scalar(read, {"enum": list(members)}, listed(list(members), "or"))


def words(example: str) -> Scalar[str]:
    """Return a kind that takes any text."""
    return Scalar(str, TEXT, example, LONGEST_WORDS)


PLAIN_NUMBER = r"^\s*[-+−–]?\s*([0-9]{1,3}(,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?\s*$"
NUMBER = Scalar(number, {"type": ["number", "string"], "pattern": PLAIN_NUMBER}, "a number such as 14")
FLAG = Scalar(flag, {"enum": [True, False, "yes", "no"]}, "true or false")
CODE = Scalar(code, {"type": "string", "pattern": rf"^{_CODE.pattern}$"}, "a code such as SAFE-01")
MARGIN = Scalar(
    margin,
    {"anyOf": [{"const": 0}, {"type": "string", "pattern": r"^[0-9.,]+ ?(%|points?)$"}, {"const": "0"}]},
    "5% or 2 points",
)
PERCENT = Scalar(
    percent, {"type": ["string", "number"], "pattern": r"^[0-9.,]+ ?%?$", "minimum": 0, "maximum": 100}, "20%"
)
DIMENSION = Scalar(
    dimension, {"type": "string", "pattern": f"^{_DIMENSION.pattern}$", "not": {"enum": sorted(_COLUMNS)}}, "source"
)
PERIOD = Scalar(period, {"type": ["string", "number"], "pattern": "[0-9]{2}"}, "a period such as 2018-19 or 2018-19 Q1")
REPORTING_PERIOD = Scalar(
    parse_reporting_period, {"type": "string", "pattern": "[0-9]{2}"}, "a period such as 2018-19 Q4"
)
DUE = Scalar(due, {"type": "string", "pattern": "[0-9]{4}"}, "a date as 2019-03-31 or a year as 2019-20")
QUARTER = Scalar(quarter, {"enum": ["Q1", "Q2", "Q3", "Q4"]}, "Q2")


def whole_kind(low: int, high: int) -> Scalar[int]:
    """Return a kind that takes a whole number within bounds."""
    return Scalar(whole(low, high), {"type": "integer", "minimum": low, "maximum": high}, f"a number such as {low}")


def span_kind(unit: str, most: int) -> Scalar[int]:
    """Return a kind that takes `15 days` or `8 months`."""
    return Scalar(span(unit, most), {"type": "string", "pattern": f"^[0-9]{{1,3}} {unit}s?$"}, f"8 {unit}s")
