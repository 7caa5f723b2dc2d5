"""What the schema itself refuses, whoever writes."""

import shutil
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import Session, SQLModel, col, select

from outcome_tracker.core.area import Area, AreaRelease, Level
from outcome_tracker.core.number import canonical
from outcome_tracker.core.period import parse
from outcome_tracker.store.area_writer import area_writer
from outcome_tracker.store.connection import Connection, connect
from outcome_tracker.store.engine import engine_over
from outcome_tracker.store.location import Location
from outcome_tracker.store.rows import TABLES as FACTS
from outcome_tracker.store.tables import DecimalText, FigureRow
from outcome_tracker.store.writer import Writer
from tests.cluster import BOTH, TABLES, Cluster
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


REFUSED = (sqlite3.IntegrityError, psycopg.Error)


@pytest.fixture(scope="module", params=BOTH)
def filled(
    request: pytest.FixtureRequest, made: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    """A connection of each engine to a database with a row in every table."""
    if request.param == "sqlite":
        where = Location(Path(shutil.copyfile(made, tmp_path_factory.mktemp("filled") / "tracker.db")))
    else:
        server = request.getfixturevalue("cluster")
        assert isinstance(server, Cluster)
        where = server.location(server.create(TABLES))
    Writer(where).save(one_of_each())
    with area_writer(where, stamp()) as areas:
        areas.add_areas([Area("E06000050", "Cheshire West and Chester", Level.AUTHORITY, "North West", "896")])
        number = areas.begin(AreaRelease("SAFE-01", parse("2017-18"), "DfE", "CIN 2018", DAY))
        areas.add([(number, "E06000050", 16.9, 48, 284, "")])
        areas.finish()
    with connect(where, write=True) as connection:
        yield connection


@pytest.fixture
def opened(filled: Connection) -> Iterator[Connection]:
    """The same, and what a test changes is taken back."""
    filled.run("BEGIN")
    yield filled
    filled.run("ROLLBACK")


def test_every_table_is_listed_with_all_its_columns() -> None:
    listed = {name: {*key.split(", "), "version", *content.split(", ")} for name, (key, content) in FACTS.items()}
    stamp = {"who", "at", "known", "why"}
    found = {name: {column.name for column in table.columns} for name, table in SQLModel.metadata.tables.items()}
    # The figures of all areas are the content of their release, which they carry the number of.
    assert found.pop("area_figure") == {"number", "area", "value", "numerator", "denominator", "marker"}
    listed["area_release"].add("number")
    assert {name: columns | stamp for name, columns in listed.items()} == found


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("sql", ["UPDATE {} SET who = 'me'", "DELETE FROM {}", "UPDATE {} SET version = version + 1"])
def test_nothing_is_changed_or_removed(opened: Connection, table: str, sql: str) -> None:
    with pytest.raises(REFUSED, match=f"{table} only grows"):
        opened.run(sql.format(table))


@pytest.mark.parametrize("table", FACTS)
def test_nothing_is_saved_twice(opened: Connection, table: str) -> None:
    with pytest.raises(REFUSED, match=r"(?i)unique"):
        opened.run(f"INSERT INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own names


@pytest.mark.parametrize("sql", ["UPDATE area_figure SET value = 1", "DELETE FROM area_figure"])
def test_no_area_figure_is_changed_or_removed(opened: Connection, sql: str) -> None:
    with pytest.raises(REFUSED, match="area_figure only grows"):
        opened.run(sql)


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
def test_the_schema_refuses_an_area_figure(opened: Connection, values: str) -> None:
    with pytest.raises(REFUSED):
        opened.run(f"INSERT INTO area_figure (number, area, value, numerator, denominator, marker) VALUES ({values})")  # noqa: S608 - from the lines above


def copy(opened: Connection, table: str, column: str, value: object) -> None:
    """Add the table's row again as version 2, with one column changed."""
    names = [each.name for each in SQLModel.metadata.tables[table].columns]
    wanted = [{column: ":value", "version": "2"}.get(name, name) for name in names]
    if column == "version":
        wanted[names.index("version")] = ":value"
    columns = ", ".join(names)
    opened.rows(f"INSERT INTO {table} ({columns}) SELECT {', '.join(wanted)} FROM {table} RETURNING 1", value=value)  # noqa: S608 - our own


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
def test_what_no_fact_can_be_is_refused(opened: Connection, table: str, column: str, value: object) -> None:
    with pytest.raises(REFUSED, match=r"(?i)check|not.null|invalid input|out of range"):
        copy(opened, table, column, value)


@pytest.mark.parametrize("value", [None, "0", "-3", "0.10", "123456789012345", "0.000000000000001", "16"])
def test_what_a_value_can_be_is_taken(opened: Connection, value: str | None) -> None:
    copy(opened, "figure", "value", value)
    assert opened.rows("SELECT value FROM figure WHERE version = 2") == [(value,)]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**20), max_value=10**20))
def test_a_decimal_is_one_text_that_the_schema_takes(number: Decimal) -> None:
    column = DecimalText()
    text = column.process_bind_param(number, dialect())
    assert text == canonical(number)
    assert column.process_result_value(text, dialect()) == number
    assert "E" not in text


def test_a_decimal_comes_back_with_its_zeros(location: Location) -> None:
    Writer(location).save([figure("21.20")])
    with Session(engine_over(lambda: connect(location, write=True), is_file=location.path is not None)) as session:
        found = session.exec(select(FigureRow).where(col(FigureRow.indicator) == "SAFE-01")).one()
        assert (str(found.value), found.numerator) == ("21.20", None)
