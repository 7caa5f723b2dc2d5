"""The tables, one a fact: rows are only ever added, and the highest version of a key is the current one.

The migrations make them; tests hold both descriptions together. No `from __future__ import annotations` here:
SQLModel reads the annotations.
"""

from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Dialect, Integer, Text, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from outcome_tracker.core.figure import Status
from outcome_tracker.core.milestone import Progress
from outcome_tracker.core.number import canonical
from outcome_tracker.store.codec import Kind


class DecimalText(TypeDecorator[Decimal]):
    """A decimal as its one canonical text: what was typed comes back, which REAL would not give."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Return the text to store."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Return the number as it was typed."""
        return None if value is None else Decimal(value)


def _key() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    return Field(primary_key=True, sa_type=Text)


def _version() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    return Field(primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False})


def _text() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    return Field(sa_type=Text)


def _flag() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    return Field(sa_type=Integer)


def _decimal() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    return Field(sa_type=DecimalText)


def _codes(column: str, codes: type[Status] | type[Progress] | type[Kind]) -> str:
    listed = ", ".join(f"'{code.value}'" for code in codes)
    return f"{column} IN ({listed})"


def _number(column: str) -> str:
    """A number's text on both engines: digits, at most one point inside them, a minus only in front."""
    return (
        f"ltrim({column}, '-0123456789.') = '' AND ltrim({column}, '-.') <> '' AND substr({column}, 2) NOT LIKE '%-%'"
        f" AND {column} NOT LIKE '%.%.%' AND {column} NOT LIKE '.%'"
        f" AND {column} NOT LIKE '-.%' AND {column} NOT LIKE '%.'"
    )


def _day(column: str) -> str:
    return f"{column} LIKE '____-__-__' AND ltrim({column}, '0123456789-') = ''"


def _table(name: str, **checks: str) -> tuple[Any, ...]:
    """The constraints of every table, and its own; the rows lie in the order of the key."""
    every = {
        # SQLite ranks text above any number, so a text fails the upper bound.
        "version": "version BETWEEN 1 AND 999999999",
        "known": _day("known"),
        "at": "at LIKE '____-__-__T__:__:__.______+00:00'",
        **checks,
    }
    constraints = (CheckConstraint(rule, name=f"{name}_{what}") for what, rule in every.items())
    return (*constraints, {"sqlite_with_rowid": False})


_DENOMINATOR = f"{_number('denominator')} AND CAST(denominator AS NUMERIC) > 0"


class Stamped(SQLModel):
    """Who recorded a version, when (UTC), since which day it counts as known, and why."""

    who: str = _text()
    at: str = _text()
    known: str = _text()
    why: str = _text()


class FigureRow(Stamped, table=True):
    """A figure as returned."""

    __tablename__: ClassVar[str] = "figure"
    __table_args__ = _table(
        "figure",
        status=_codes("status", Status),
        illustrative="illustrative IN (0, 1)",
        value=_number("value"),
        numerator=_number("numerator"),
        denominator=_DENOMINATOR,
    )
    indicator: str = _key()
    period: str = _key()
    version: int = _version()
    value: Decimal | None = _decimal()
    numerator: Decimal | None = _decimal()
    denominator: Decimal | None = _decimal()
    status: str = _text()
    note: str = _text()
    illustrative: int = _flag()
    as_published: str = _text()
    published_rag: str = _text()
    published_direction: str = _text()
    source: str = _text()
    # The default is for the versions that were there before the column was.
    warning: str = Field(sa_type=Text, sa_column_kwargs={"server_default": text("''")})


class BenchmarkRow(Stamped, table=True):
    """A comparator's figure."""

    __tablename__: ClassVar[str] = "benchmark"
    __table_args__ = _table(
        "benchmark",
        value=_number("value"),
        numerator=_number("numerator"),
        denominator=_DENOMINATOR,
        released=_day("released"),
    )
    indicator: str = _key()
    comparator: str = _key()
    period: str = _key()
    version: int = _version()
    value: Decimal = _decimal()
    numerator: Decimal | None = _decimal()
    denominator: Decimal | None = _decimal()
    source: str = _text()
    release: str = _text()
    released: str | None = _text()
    method: str = _text()


class MilestoneReportRow(Stamped, table=True):
    """What was reported of a milestone."""

    __tablename__: ClassVar[str] = "milestone_report"
    __table_args__ = _table("milestone_report", status=_codes("status", Progress))
    milestone: str = _key()
    version: int = _version()
    status: str = _text()
    day: str = _text()
    new_due: str = _text()
    reason: str = _text()
    source: str = _text()


class CommentaryRow(Stamped, table=True):
    """A section of commentary."""

    __tablename__: ClassVar[str] = "commentary"
    __table_args__ = _table("commentary")
    subject: str = _key()
    period: str = _key()
    section: str = _key()
    version: int = _version()
    author: str = _text()
    text: str = _text()
    source: str = _text()


class PublishedLineRow(Stamped, table=True):
    """A line as a source printed it."""

    __tablename__: ClassVar[str] = "published_line"
    __table_args__ = _table("published_line")
    plan: str = _key()
    period: str = _key()
    measure: str = _key()
    version: int = _version()
    text: str = _text()
    source: str = _text()


class DefinitionRow(Stamped, table=True):
    """What a plan file says of one thing."""

    __tablename__: ClassVar[str] = "definition"
    __table_args__ = _table("definition", kind=_codes("kind", Kind), archived="archived IN (0, 1)")
    kind: str = _key()
    code: str = _key()
    version: int = _version()
    body: str = _text()
    archived: int = _flag()


class TargetRow(Stamped, table=True):
    """An indicator's target for a year."""

    __tablename__: ClassVar[str] = "target"
    __table_args__ = _table("target", withdrawn="withdrawn IN (0, 1)")
    indicator: str = _key()
    year: str = _key()
    version: int = _version()
    body: str = _text()
    withdrawn: int = _flag()
    reason: str = _text()
