"""What the schema itself refuses, whoever writes."""

import sqlite3
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import Session, SQLModel, col, select

from outcome_tracker.core.area import Area, AreaRelease, Level
from outcome_tracker.core.number import canonical
from outcome_tracker.core.period import parse
from outcome_tracker.store.area_writer import area_writer
from outcome_tracker.store.connection import connect
from outcome_tracker.store.engine import engine_over
from outcome_tracker.store.location import Location
from outcome_tracker.store.rows import TABLES
from outcome_tracker.store.tables import DecimalText, FigureRow
from outcome_tracker.store.writer import Writer
from tests.store.examples import DAY, figure, one_of_each, stamp

NO_NUMBERS = (
    "nan",
    "inf",
    "1e5",
    "1_000",
    "1,000",
    "",
    "-",
    ".",
    "1.2.3",
    "1-2",
    "--1",
    "1.",
    ".5",
    "-.5",
    "\N{FULLWIDTH DIGIT ONE}",
    " 1",
    "1\n",
)  # fmt: skip - a list to read along


@pytest.fixture
def raw(location: Location) -> Iterator[sqlite3.Connection]:
    Writer(location).save(one_of_each())
    with area_writer(location, stamp()) as areas:
        areas.add_areas([Area("E06000050", "Cheshire West and Chester", Level.AUTHORITY, "North West", "896")])
        number = areas.begin(AreaRelease("SAFE-01", parse("2017-18"), "DfE", "CIN 2018", DAY))
        areas.add([(number, "E06000050", 16.9, 48, 284, "")])
        areas.finish()
    with connect(location, write=True) as opened:
        yield opened.raw


def test_every_table_is_listed_with_all_its_columns() -> None:
    listed = {name: {*key.split(", "), "version", *content.split(", ")} for name, (key, content) in TABLES.items()}
    stamp = {"who", "at", "known", "why"}
    found = {name: {column.name for column in table.columns} for name, table in SQLModel.metadata.tables.items()}
    # The figures of all areas are the content of their release, which they carry the number of.
    assert found.pop("area_figure") == {"number", "area", "value", "numerator", "denominator", "marker"}
    listed["area_release"].add("number")
    assert {name: columns | stamp for name, columns in listed.items()} == found


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["UPDATE {} SET who = 'me'", "DELETE FROM {}", "UPDATE {} SET version = version + 1"])
def test_nothing_is_changed_or_removed(raw: sqlite3.Connection, table: str, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} only grows"):
        raw.execute(sql.format(table))


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_saved_twice(raw: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        raw.execute(f"INSERT INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own names


@pytest.mark.parametrize("sql", ["UPDATE area_figure SET value = 1", "DELETE FROM area_figure"])
def test_no_area_figure_is_changed_or_removed(raw: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="area_figure only grows"):
        raw.execute(sql)


@pytest.mark.parametrize(
    "values",
    [
        "1, 'E06000050', 1.0, NULL, NULL, ''",  # there already
        "2, 'E06000049', 'c', NULL, NULL, ''",
        "2, 'E06000049', 9e999, NULL, NULL, ''",
        "2, 'E06000049', 1.0, NULL, -1, ''",
        "2, 'E06000049', 1.0, NULL, NULL, 'c'",
        "2, 'E06000049', NULL, NULL, NULL, NULL",
    ],
)
def test_the_schema_refuses_an_area_figure(raw: sqlite3.Connection, values: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(f"INSERT INTO area_figure (number, area, value, numerator, denominator, marker) VALUES ({values})")  # noqa: S608 - from the lines above


def copy(raw: sqlite3.Connection, table: str, column: str, value: object) -> None:
    """Add the table's row again as version 2, with one column changed."""
    names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    wanted = [{column: ":value", "version": "2"}.get(name, name) for name in names]
    if column == "version":
        wanted[names.index("version")] = ":value"
    raw.execute(f"INSERT INTO {table} SELECT {', '.join(wanted)} FROM {table}", {"value": value})  # noqa: S608 - our own


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        *(
            ("figure", column, value)
            for column in ("value", "numerator", "denominator")
            for value in NO_NUMBERS
        ),
        ("figure", "value", float("inf")),
        ("figure", "denominator", "0"),
        ("figure", "denominator", "0.00"),
        ("figure", "denominator", "-3"),
        ("figure", "status", "FINAL"),
        ("figure", "status", "Final"),
        ("figure", "status", ""),
        ("figure", "illustrative", 2),
        ("figure", "illustrative", "yes"),
        ("figure", "version", 0),
        ("figure", "version", "two"),
        ("figure", "known", "1 May 2019"),
        ("figure", "known", ""),
        ("figure", "at", "2019-05-01"),
        ("figure", "at", "2019-05-01T10:00:00.000000+01:00"),
        ("figure", "period", None),
        ("figure", "who", None),
        ("benchmark", "value", None),
        ("benchmark", "value", "nan"),
        ("benchmark", "denominator", "0"),
        ("benchmark", "released", "Oct 2018"),
        *(
            ("breakdown_figure", column, value)
            for column in ("count", "denominator")
            for value in (*NO_NUMBERS, "-1", "1.5", "1.0")
        ),
        ("breakdown_figure", "denominator", "0"),
        ("breakdown_figure", "categories", "Police"),
        ("breakdown_figure", "categories", None),
        ("breakdown_figure", "status", "hidden"),
        ("breakdown_figure", "illustrative", 2),
        ("milestone_report", "status", "done"),
        ("definition", "kind", "target"),
        ("definition", "archived", 2),
        ("target", "withdrawn", 2),
    ],
)  # fmt: skip
def test_what_no_fact_can_be_is_refused(raw: sqlite3.Connection, table: str, column: str, value: object) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|NOT NULL"):
        copy(raw, table, column, value)


@pytest.mark.parametrize("value", [None, "0", "-3", "0.10", "123456789012345", "0.000000000000001", "16"])
def test_what_a_value_can_be_is_taken(raw: sqlite3.Connection, value: str | None) -> None:
    copy(raw, "figure", "value", value)
    assert raw.execute("SELECT value FROM figure WHERE version = 2").fetchall() == [(value,)]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**20), max_value=10**20))
def test_a_decimal_is_one_text_that_the_schema_takes(number: Decimal) -> None:
    column = DecimalText()
    text = column.process_bind_param(number, dialect())
    assert text == canonical(number)
    assert column.process_result_value(text, dialect()) == number
    assert "E" not in text


def test_a_decimal_comes_back_with_its_zeros(location: Location) -> None:
    Writer(location).save([figure("21.20")])
    with Session(engine_over(lambda: connect(location, write=True), is_file=True)) as session:
        found = session.exec(select(FigureRow).where(col(FigureRow.indicator) == "SAFE-01")).one()
        assert (str(found.value), found.numerator) == ("21.20", None)
