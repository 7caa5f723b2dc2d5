"""The logins of docs/postgresql-roles.sql: each can do what it should and nothing else, and the program says so."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlmodel import SQLModel

from outcome_tracker.store import tables as _described  # noqa: F401 - fills the metadata
from outcome_tracker.store.connection import REVISION
from outcome_tracker.store.copying import copy
from outcome_tracker.store.location import Location
from tests.cluster import ADMINISTRATOR, Cluster
from tests.programs import program
from tests.running import Ran, run, write_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.postgresql
ROLES = Path(__file__).resolve().parents[1] / "docs" / "postgresql-roles.sql"
PLAN = """
plan: A plan
code: P
indicators:
  - {code: PC, title: A percentage, tier: headline, unit: percent, better: higher, frequency: quarterly,
     basis: period, numerator: done in time, targets: {2019-20: 90}}
  - {code: RA, title: A rate, tier: wider, unit: rate per 10000, better: lower, frequency: annual, basis: point,
     benchmark: {layout: plain, file: "areas*.csv", available_after: 8 months}}
"""
AREAS = (
    "indicator,area,period,area_name,region,value,source,release,released\n"
    "RA,E10000001,2018-19,Testshire,South,4,Department,R1,2019-10-01\n"
)


class Place:
    """A workspace whose database is on a server, as one login after the other sees it."""

    def __init__(self, cluster: Cluster, folder: Path, database: str) -> None:
        self.cluster, self.folder, self.database = cluster, folder, database

    def run(self, login: str, *arguments: str) -> Ran:
        address = self.cluster.location(self.database, login).address
        return run(self.folder, *arguments, environment={"OUTCOME_TRACKER_DATABASE": address})

    def sql(self, login: str, statement: str) -> None:
        with psycopg.connect(self.cluster.location(self.database, login).address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def give_roles(self) -> None:
        address = self.cluster.location(self.database, ADMINISTRATOR).address
        command = [program("psql"), "--no-psqlrc", "--quiet", "--dbname", address, "--file", str(ROLES)]
        subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def place(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """As docs/postgresql.md sets it up: the owner makes the tables, then the file is run, then people get logins."""
    folder = tmp_path_factory.mktemp("place")
    write_plan(folder, PLAN)
    cluster.run("CREATE ROLE tracker_owner LOGIN")
    made = Place(cluster, folder, cluster.create(owner="tracker_owner"))
    applied = made.run("tracker_owner", "targets", "apply")
    assert applied.code == 0, applied.err
    made.give_roles()
    cluster.run(
        "CREATE ROLE ann LOGIN IN ROLE tracker_officer",
        "CREATE ROLE val LOGIN IN ROLE tracker_viewer",
        "CREATE ROLE max LOGIN",
    )
    yield made
    cluster.drop(made.database)
    cluster.run("DROP ROLE ann, val, max, tracker_officer, tracker_viewer, tracker_owner")


def test_an_officer_does_everything_that_officers_do(place: Place) -> None:
    (place.folder / "areas1.csv").write_text(AREAS, encoding="utf-8")
    (place.folder / "areas2.csv").write_text(AREAS.replace(",4,", ",5,"), encoding="utf-8")
    for arguments in (
        ["enter", "PC", "2019-20 Q1", "88"],
        ["enter", "PC", "2019-20 Q1", "89"],
        ["comment", "PC", "2019-20 Q1", "Cause", "Winter."],
        ["import", "areas", str(place.folder / "areas1.csv")],
        ["import", "areas", str(place.folder / "areas2.csv")],  # compared beside the tables
        ["targets", "apply", "--why", "once more"],
        ["summary"],
    ):
        ran = place.run("ann", *arguments)
        assert ran.code == 0, (arguments, ran.err)


@pytest.mark.parametrize("table", SQLModel.metadata.tables)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET {column} = {column}",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "CREATE RULE changed AS ON INSERT TO {} DO INSTEAD NOTHING",
    ],
)
def test_an_officers_login_changes_and_removes_nothing(place: Place, table: str, statement: str) -> None:
    column = next(iter(SQLModel.metadata.tables[table].columns)).name
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"permission denied|must be owner"):
        place.sql("ann", statement.format(table, column=column))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO alembic_version VALUES ('0900')",
        "CREATE TABLE more (a int)",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "SET ROLE tracker_owner",
    ],
)
def test_an_officers_login_cannot_go_round_that(place: Place, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        place.sql("ann", statement)


def test_even_the_owner_is_stopped_by_the_tables(place: Place) -> None:
    for statement in ("UPDATE definition SET body = ''", "DELETE FROM definition", "TRUNCATE definition"):
        with pytest.raises(psycopg.errors.RaiseException, match="definition only grows"):
            place.sql("tracker_owner", statement)


@pytest.mark.parametrize("table", SQLModel.metadata.tables)
def test_a_viewers_login_adds_nothing(place: Place, table: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        place.sql("val", f"INSERT INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own names


def test_a_viewer_looks_and_is_told_what_they_cannot_do(place: Place) -> None:
    looked = place.run("val", "summary")
    assert (looked.code, looked.err) == (0, "")
    shown = f"postgresql:///{place.database}"
    for arguments in (
        ["enter", "PC", "2019-20 Q2", "90"],
        ["comment", "PC", "2019-20 Q2", "Cause", "x"],
        ["import", "areas", str(place.folder / "areas2.csv")],
    ):
        (place.folder / "areas2.csv").write_text(AREAS.replace(",4,", ",6,"), encoding="utf-8")
        ran = place.run("val", *arguments)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.endswith(
            f"{shown} can only be read with your login. Nothing was saved. Ask for permission to change it.\n"
        )


def test_whoever_is_in_no_group_does_not_come_in(place: Place) -> None:
    ran = place.run("max", "summary")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f'postgresql:///{place.database} does not let you in: permission denied for database "{place.database}". '
        "Check the user in the address, and the password in PGPASSWORD or in the file .pgpass.\n"
    )


def test_the_file_can_be_run_again_and_new_tables_are_covered(place: Place) -> None:
    place.sql("tracker_owner", "CREATE TABLE later (a int)")
    place.sql("ann", "INSERT INTO later VALUES (1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        place.sql("val", "INSERT INTO later VALUES (1)")
    place.give_roles()
    test_an_officers_login_cannot_go_round_that(place, "INSERT INTO alembic_version VALUES ('0900')")
    place.sql("tracker_owner", "DROP TABLE later")


def test_an_officers_login_brings_nothing_up_to_date_and_says_who_does(place: Place) -> None:
    place.sql("tracker_owner", "UPDATE alembic_version SET version_num = '0004'")
    try:
        ran = place.run("ann", "enter", "PC", "2019-20 Q2", "90")
    finally:
        place.sql("tracker_owner", f"UPDATE alembic_version SET version_num = '{REVISION}'")  # noqa: S608 - our own
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f"postgresql:///{place.database} is from an older version of Outcome Tracker (its schema is 0004, not "
        f"{REVISION}), and only the login that owns its tables can bring it up to date. Ask whoever looks after the "
        "database to run with that login: outcome-tracker targets apply\n"
    )


def test_a_dump_by_the_owner_is_the_whole_database_again(place: Place, tmp_path: Path) -> None:
    """As docs/postgresql.md says: with the owner's login, into a new database, and the roles given again."""
    dump, again = tmp_path / "tracker.dump", place.cluster.create("template0", owner="tracker_owner")
    addresses = [place.cluster.location(name, "tracker_owner").address for name in (place.database, again)]
    written = [program("pg_dump"), "--format=custom", f"--file={dump}", addresses[0]]
    subprocess.run(written, check=True, capture_output=True)
    restored = [program("pg_restore"), f"--dbname={addresses[1]}", "--exit-on-error", str(dump)]
    subprocess.run(restored, check=True, capture_output=True)
    Place(place.cluster, place.folder, again).give_roles()
    copies = [
        copy(place.cluster.location(name, "tracker_owner"), Location(tmp_path / f"{name}.db"))
        for name in (place.database, again)
    ]
    assert copies[0] == copies[1]
    assert Place(place.cluster, place.folder, again).run("val", "summary").code == 0
    place.cluster.drop(again)
