"""The tables, one a fact: rows are only ever added, and the highest version of a key is the current one.

The migrations make them; tests hold both descriptions together. No `from __future__ import annotations` here:
SQLModel reads the annotations.
"""

from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import REAL, CheckConstraint, Column, Dialect, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from outcome_tracker.core.area import Level
from outcome_tracker.core.figure import Status
from outcome_tracker.core.milestone import Progress
from outcome_tracker.core.number import canonical
from outcome_tracker.core.signoff import Act
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


def _double() -> Any:  # noqa: ANN401 - what SQLModel's Field returns
    # REAL is eight bytes on SQLite, but four on PostgreSQL.
    return Field(sa_column=Column(DOUBLE_PRECISION().with_variant(REAL(), "sqlite")))


def _codes(column: str, codes: type[Status] | type[Progress] | type[Kind] | type[Level] | type[Act]) -> str:
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
    return (*_checks(name, **every), {"sqlite_with_rowid": False})


def _checks(name: str, **checks: str) -> list[CheckConstraint]:
    return [CheckConstraint(rule, name=f"{name}_{what}") for what, rule in checks.items()]


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


_WHOLE = "ltrim({0}, '0123456789') = '' AND {0} <> ''"


class BreakdownFigureRow(Stamped, table=True):
    """A cell of a breakdown; its categories are a JSON list in the order of the dimensions."""

    __tablename__: ClassVar[str] = "breakdown_figure"
    __table_args__ = _table(
        "breakdown_figure",
        categories="categories LIKE '[\"%\"]'",
        count=_WHOLE.format("count"),
        denominator=f"{_WHOLE.format('denominator')} AND CAST(denominator AS NUMERIC) > 0",
        status=_codes("status", Status),
        illustrative="illustrative IN (0, 1)",
    )
    breakdown: str = _key()
    period: str = _key()
    categories: str = _key()
    version: int = _version()
    count: Decimal | None = _decimal()
    denominator: Decimal | None = _decimal()
    status: str = _text()
    note: str = _text()
    illustrative: int = _flag()
    as_published: str = _text()
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


class SignOffRow(Stamped, table=True):
    """A step of a plan's period: submitted, signed off with what was sealed, or reopened."""

    __tablename__: ClassVar[str] = "sign_off"
    __table_args__ = _table(
        "sign_off",
        action=_codes("action", Act),
        seal=(
            "(action = 'signed' AND length(seal) = 64 AND sealed <> '') OR (action <> 'signed' AND seal || sealed = '')"
        ),
    )
    plan: str = _key()
    period: str = _key()
    version: int = _version()
    action: str = _text()
    seal: str = _text()
    line: str = _text()
    sealed: str = _text()  # last, for it is long: reading the columns before it doesn't read it


class AreaRow(Stamped, table=True):
    """An area of England."""

    __tablename__: ClassVar[str] = "area"
    __table_args__ = _table("area", level=_codes("level", Level))
    code: str = _key()
    version: int = _version()
    name: str = _text()
    level: str = _text()
    region: str = _text()
    dfe_code: str = _text()


class AreaReleaseRow(Stamped, table=True):
    """That a release gives the figures of all areas for an indicator and a period, under this number."""

    __tablename__: ClassVar[str] = "area_release"
    __table_args__ = (
        Index("area_release_number", "number", unique=True),
        *_table(
            "area_release",
            number="number BETWEEN 1 AND 999999999",
            released=_day("released"),
            restated="restated IN (0, 1)",
        ),
    )
    indicator: str = _key()
    period: str = _key()
    release: str = _key()
    version: int = _version()
    number: int = _flag()
    source: str = _text()
    released: str | None = _text()
    restated: int = _flag()


# Infinity is not a figure, and SQLite ranks text above any number.
_FINITE = "BETWEEN -1e15 AND 1e15"


class AreaFigureRow(SQLModel, table=True):
    """An area's figure in a release: double precision, so that a million of them can be compared in SQL."""

    __tablename__: ClassVar[str] = "area_figure"
    __table_args__ = (
        *_checks(
            "area_figure",
            value=f"value {_FINITE}",
            numerator=f"numerator {_FINITE}",
            denominator="denominator BETWEEN 0 AND 1e15",
            marker="value IS NULL OR marker = ''",
        ),
        {"sqlite_with_rowid": False},
    )
    number: int = _version()
    area: str = _key()
    value: float | None = _double()
    numerator: float | None = _double()
    denominator: float | None = _double()
    marker: str = _text()


class NeighbourListRow(Stamped, table=True):
    """An authority's statistical neighbours in one release of the lists, as JSON."""

    __tablename__: ClassVar[str] = "neighbour_list"
    __table_args__ = _table("neighbour_list")
    release: str = _key()
    authority: str = _key()
    version: int = _version()
    neighbours: str = _text()
    source: str = _text()
