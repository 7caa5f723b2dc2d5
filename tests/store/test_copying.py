"""A whole database into another, of either engine: all of it and the same, or nothing at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from outcome_tracker.core.area import Area, AreaRelease, Level
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import copying, failures
from outcome_tracker.store.area_writer import area_writer
from outcome_tracker.store.connection import Connection, connect
from outcome_tracker.store.copying import copy
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.writer import Conflict, Writer
from tests.cluster import BOTH, OWNER, Cluster
from tests.cutting import Cutting
from tests.store.examples import DAY, figure, one_of_each, stamp

on_server = pytest.mark.postgresql
BETWEEN = [
    pytest.param((one, other), id=f"{one} to {other}", marks=[] if one == other == "sqlite" else on_server)
    for one in ("sqlite", "postgresql")
    for other in ("sqlite", "postgresql")
]


def fill(location: Location) -> None:
    """Rows in every table, several versions of some, and every text that a person might write."""
    writer = Writer(location)
    writer.save(one_of_each())
    writer.save([replace(each, version=2) for each in one_of_each()])
    odd = '‘a’ \\ \t %s :x \'); -- 🙂 É\n{1,"2"}'
    writer.save([figure("-0.10", indicator=code) for code in ("é", "E", "a", odd, "\\N", "SAFE-2", "SAFE-10")])
    with area_writer(location, stamp()) as areas:
        areas.add_areas([Area("E06000050", "Cheshire West and Chester", Level.AUTHORITY, "North West", "896")])
        number = areas.begin(AreaRelease("SAFE-01", parse("2017-18"), "DfE", "CIN 2018", DAY))
        areas.add([(number, f"E{n:08}", n / 7, float(n), None, "") for n in range(6_000)])
        areas.add([(number, "none", None, None, None, "c"), (number, "zero", -0.0, 1e-15, 123456789012345.0, "")])
        areas.finish()


def everything(location: Location) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table, asked for without the program's own queries."""
    with connect(location) as opened:
        return {
            name: {
                *opened.rows(f"SELECT {', '.join(column.name for column in table.columns)} FROM {name}")  # noqa: S608 - our own names
            }
            for name, table in SQLModel.metadata.tables.items()
        }


@pytest.fixture
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Location, Location]:
    """A filled database of one engine, and where there is none yet of another."""
    one, other = request.param
    source: Location = request.getfixturevalue("file" if one == "sqlite" else "tables")
    fill(source)
    return source, Location(tmp_path / "copy.db") if other == "sqlite" else request.getfixturevalue("database")


@pytest.mark.parametrize("ends", BETWEEN, indirect=True)
def test_everything_is_there_again_with_its_versions(ends: tuple[Location, Location]) -> None:
    source, target = ends
    copied = copy(source, target)
    before, after = everything(source), everything(target)
    assert after == before
    assert all(before.values()), "a table without rows proves nothing"
    assert {each.table: each.rows for each in copied} == {name: len(rows) for name, rows in before.items()}
    with Reader.open(source) as one, Reader.open(target) as other:
        assert list(one.audit()) == list(other.audit())
        assert one.figures() == other.figures()
        assert one.area_tables(one.area_releases()["SAFE-01"]) == other.area_tables(other.area_releases()["SAFE-01"])


@pytest.mark.parametrize("ends", BETWEEN, indirect=True)
def test_the_copy_goes_on_as_the_original(ends: tuple[Location, Location]) -> None:
    source, target = ends
    copy(source, target)
    with pytest.raises(Conflict):
        Writer(target).save([figure("1", 2)])
    Writer(target).save([figure("1", 3)])
    with connect(target, write=True) as opened, pytest.raises(Exception, match="figure only grows"):
        opened.run("DELETE FROM figure")
    with area_writer(target, stamp()) as areas:
        assert areas.begin(AreaRelease("SAFE-02", parse("2017-18"))) == 2


@on_server
def test_there_and_back_is_the_same(file: Location, database: Location, tmp_path: Path) -> None:
    fill(file)
    there = copy(file, database)
    back = copy(database, Location(tmp_path / "back.db"))
    assert there == back
    assert len({each.digest for each in back if each.rows}) == len(SQLModel.metadata.tables)
    assert everything(Location(tmp_path / "back.db")) == everything(file)


def told(source: Location, target: Location) -> str:
    with pytest.raises(Unavailable) as raised:
        copy(source, target)
    return str(raised.value)


@pytest.mark.parametrize("content", [b"", b"a letter"])
def test_a_file_that_is_there_is_never_written_over(file: Location, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "there.db"
    path.write_bytes(content)
    assert told(file, Location(path)) == f"There is something at {path} already. Name a new file. Nothing was changed."
    assert path.read_bytes() == content
    assert told(file, file).startswith(f"There is something at {file.shown} already.")
    missing = tmp_path / "elsewhere" / "copy.db"
    assert (
        told(file, Location(missing))
        == f"The folder {missing.parent} does not exist. Make it first, or check the path."
    )


def test_a_file_that_comes_meanwhile_is_not_written_over(
    file: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "new" / "copy.db"
    target.parent.mkdir()

    def quicker(_: Path, path: Path) -> bool:
        path.write_bytes(b"somebody else's")
        return False

    monkeypatch.setattr("outcome_tracker.store.copying.publish", quicker)
    assert "already" in told(file, Location(target))
    assert {path.name: path.read_bytes() for path in target.parent.iterdir()} == {"copy.db": b"somebody else's"}


@on_server
def test_a_database_that_holds_something_is_left_alone(file: Location, tables: Location) -> None:
    fill(file)
    Writer(tables).save([figure()])
    assert told(file, tables) == (
        f"{tables.shown} holds something already: there are rows in figure. "
        "Name a database without any, or a new file. Nothing was changed."
    )
    with Reader.open(tables) as reader:
        assert reader.figures() == [figure()]


@on_server
def test_tables_without_rows_are_taken(file: Location, tables: Location) -> None:
    fill(file)
    copy(file, tables)
    assert everything(tables) == everything(file)


@pytest.mark.parametrize("ends", BETWEEN, indirect=True)
def test_what_is_not_given_back_as_it_was_leaves_nothing(
    ends: tuple[Location, Location], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that keeps something else than it was given is stood for by a change right after the rows were written."""
    source, target = ends
    whole = copying._insert  # noqa: SLF001 - the moment between writing and reading back

    def otherwise(held: Connection, made: Connection) -> None:
        whole(held, made)
        made.run("DROP TRIGGER figure_no_" + ("update" if target.path else "row_change ON figure"))
        made.run("UPDATE figure SET note = 'other' WHERE indicator = 'SAFE-2'")

    monkeypatch.setattr(copying, "_insert", otherwise)
    assert told(source, target) == (
        f"{target.shown} gives back something else than was copied: row 5 of figure. "
        "Nothing was copied. Try again, and if it stays so, tell whoever looks after the program."
    )
    nothing_is_left(target)


def nothing_is_left(target: Location) -> None:
    if target.path is not None:
        assert [path.name for path in target.path.parent.iterdir() if path.name not in {"data", "tracker.db"}] == []
    else:
        with connect(target) as opened:
            assert opened.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []


@on_server
def test_a_row_that_a_server_does_not_take_is_named_and_leaves_nothing(file: Location, database: Location) -> None:
    fill(file)
    with closing(sqlite3.connect(file.file)) as raw, raw:  # behind the program's back: it takes out such characters
        raw.execute(
            "INSERT INTO commentary SELECT who, at, known, why, subject, period, 'x', 1, author, 'a' || char(0), source"
            " FROM commentary LIMIT 1"
        )
    assert told(file, database) == (
        f"{database.shown} does not take a row of commentary: PostgreSQL text fields cannot contain NUL (0x00) bytes. "
        "Nothing was copied. Tell whoever looks after the program."
    )
    nothing_is_left(database)


@on_server
def test_a_connection_that_ends_in_the_middle_leaves_nothing(
    file: Location, cluster: Cluster, database: Location
) -> None:
    fill(file)
    name = database.shown.rpartition("/")[2]
    with Cutting(cluster.port, done=False) as between:
        direct = cluster.location(name, OWNER, OWNER, "gssencmode=disable&sslmode=disable")
        through = locate(direct.address.replace(f":{cluster.port}/", f":{between.port}/"))
        assert "it is not known whether that was saved" in told(file, through)
    nothing_is_left(database)


@pytest.mark.parametrize("engine", BOTH)
def test_what_others_save_meanwhile_is_not_half_copied(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source: Location = request.getfixturevalue("file" if engine == "sqlite" else "tables")
    fill(source)
    before = everything(source)
    whole = copying._insert  # noqa: SLF001 - the moment in which somebody else saves
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)

    def meanwhile(held: Connection, made: Connection) -> None:
        first = copying._TABLES[0]  # noqa: SLF001 - what is read first
        with closing(held.stream(f"SELECT * FROM {first.name}")) as rows:  # noqa: S608 - our own names
            next(rows)
        if engine == "postgresql":
            Writer(source).save([figure("5", 3)])
        whole(held, made)

    monkeypatch.setattr(copying, "_insert", meanwhile)
    copy(source, Location(tmp_path / "copy.db"))
    assert everything(Location(tmp_path / "copy.db")) == before


def test_an_older_database_is_not_copied(file: Location, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file.file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    assert "is from an older version of Outcome Tracker (its schema is 0001" in told(file, Location(tmp_path / "x.db"))
    assert not (tmp_path / "x.db").exists()


@on_server
def test_neither_into_an_older_nor_into_a_newer_one(file: Location, tables: Location, cluster: Cluster) -> None:
    fill(file)
    name = tables.shown.rpartition("/")[2]
    for revision, said in (("0001", "is from an older version"), ("0900", "was changed by a newer version")):
        cluster.run(f"UPDATE alembic_version SET version_num = '{revision}'", database=name)  # noqa: S608 - from above
        assert said in told(file, tables)
