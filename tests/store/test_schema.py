"""Making a database and bringing an older one up to date."""

import multiprocessing
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlmodel import SQLModel

from outcome_tracker.core.breakdown import BreakdownFigure
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.signoff import Event
from outcome_tracker.store import tables
from outcome_tracker.store.connection import REVISION, connect, is_older
from outcome_tracker.store.engine import engine_over
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.schema import create, ensure_current
from outcome_tracker.store.writer import Writer
from tests.store.examples import QUARTER, figure, one_of_each


def test_tables_and_migrations_agree(location: Location) -> None:
    with engine_over(lambda: connect(location, write=True), is_file=True).begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_their_checks_and_keys_agree_too(location: Location) -> None:
    def rules(sql: str) -> tuple[set[str], list[str], bool]:
        words = " ".join(sql.replace('"', "").split())
        keys = re.findall(r"PRIMARY KEY \(([^)]*)\)", words)
        checks = words.removesuffix(" WITHOUT ROWID").split("CONSTRAINT ")[1:]
        return {check.strip(" ,)") for check in checks}, keys, words.endswith("WITHOUT ROWID")

    with connect(location) as opened:
        made: dict[str, str] = dict(opened.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for table in SQLModel.metadata.tables.values():
        described = rules(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        assert len(described[0]) >= 3
        assert rules(made[table.name]) == described


def test_the_newest_migration_is_the_one_expected() -> None:
    folder = Path(tables.__file__).parent / "migrations" / "versions"
    assert max(path.name for path in folder.glob("0*.py")).startswith(REVISION)


def test_folder_and_database_are_made_at_once(tmp_path: Path) -> None:
    location = locate(tmp_path / "new" / "data" / "tracker.db")
    assert create(location)
    assert [path.name for path in location.file.parent.iterdir()] == ["tracker.db"]
    assert not create(location)
    with Reader.open(location) as reader:
        assert reader.figures() == []


def test_an_existing_database_is_kept(location: Location) -> None:
    Writer(location).save([figure()])
    assert not create(location)
    with Reader.open(location) as reader:
        assert len(reader.figures()) == 1


def test_a_file_that_is_no_database_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("notes " * 100, encoding="utf-8")
    with pytest.raises(Unavailable, match="is not a database"):
        create(locate(path))
    (tmp_path / "empty.db").touch()
    with pytest.raises(Unavailable, match="is empty"):
        create(locate(tmp_path / "empty.db"))
    assert path.read_text(encoding="utf-8") == "notes " * 100


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be read or written: Not a directory"):
        create(locate(tmp_path / "file" / "data" / "tracker.db"))


def test_a_crash_while_making_leaves_no_database(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from outcome_tracker.store import location, schema\n"
        "schema.publish = lambda draft, path: os._exit(9)\n"
        "schema.create(location.locate(sys.argv[1]))\n"
    )
    path = tmp_path / "tracker.db"
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    assert not path.exists()
    assert create(locate(path))


def make(path: Path) -> bool:
    return create(locate(path))


def test_of_several_that_make_it_at_once_one_does(tmp_path: Path) -> None:
    path = tmp_path / "data" / "tracker.db"
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert sorted(pool.map(make, [path, path], chunksize=1)) == [False, True]
    assert [each.name for each in path.parent.iterdir()] == ["tracker.db"]


def test_a_drive_without_links_gets_its_database_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", refuse)
    location = locate(tmp_path / "tracker.db")
    assert create(location)
    with Reader.open(location) as reader:
        assert reader.definitions() == {}


def test_revisions_are_compared_as_numbers() -> None:
    assert is_older("0009", "0010")
    assert not is_older("0010", "0009")
    assert not is_older("", "0001")
    assert not is_older("e3b0c4", "0001")


def test_a_current_database_needs_nothing(location: Location) -> None:
    before = location.file.read_bytes()
    assert ensure_current(location) is None
    assert location.file.read_bytes() == before
    assert not location.backups.exists()


def test_starting_up_imports_no_alembic(location: Location) -> None:
    script = (
        "import sys\n"
        "from outcome_tracker.store import location, queries, schema\n"
        "where = location.locate(sys.argv[1])\n"
        "schema.ensure_current(where)\n"
        "with queries.Reader.open(where) as reader: reader.figures()\n"
        "print({'alembic', 'sqlalchemy', 'sqlmodel', 'pydantic'} & sys.modules.keys())\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, location.shown], check=True, capture_output=True, encoding="utf-8"
    )
    assert result.stdout == "set()\n"


def migration(folder: Path, number: int, *statements: str) -> None:
    lines = "\n".join(f"    op.execute({statement!r})" for statement in statements)
    (folder / f"{number:04d}_later.py").write_text(
        f"from alembic import op\nrevision = '{number:04d}'\ndown_revision = '{number - 1:04d}'\n"
        f"def upgrade() -> None:\n{lines}\n",
        encoding="utf-8",
    )


FAMILY = (
    "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
    "CREATE TABLE child (parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
    "INSERT INTO parent VALUES (1)",
    "INSERT INTO child VALUES (1)",
)
ANEW = (
    "CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT)",
    "INSERT INTO parent_new (id) SELECT id FROM parent",
    "DROP TABLE parent",
    "ALTER TABLE parent_new RENAME TO parent",
)


def test_an_older_database_keeps_its_rows_and_gets_a_backup(location: Location, tmp_path: Path) -> None:
    Writer(location).save(one_of_each())
    versions = tmp_path / "100% later"
    versions.mkdir()
    migration(versions, 6, *FAMILY)
    migration(versions, 7, *ANEW)
    backup = ensure_current(location, "0007", [versions])
    assert backup == location.backups / "tracker-0005.db"
    with Reader.open(Location(backup)) as reader:
        assert len(list(reader.audit())) == len(one_of_each())
    with connect(location) as opened:
        assert opened.revision() == "0007"
        assert opened.rows("SELECT count(*) FROM figure") == [(1,)]
        assert opened.rows("SELECT * FROM child") == [(1,)]
        assert opened.rows("PRAGMA table_info(parent)")[1][1] == "name"
    assert ensure_current(location, "0007", [versions]) is None
    with pytest.raises(Unavailable, match="newer version"):
        ensure_current(location)


def test_a_backup_never_replaces_another(location: Location, tmp_path: Path) -> None:
    location.backups.mkdir()
    (location.backups / "tracker-0005.db").write_text("kept", encoding="utf-8")
    migration(tmp_path, 6, *FAMILY)
    assert ensure_current(location, "0006", [tmp_path]) == location.backups / "tracker-0005-2.db"
    assert (location.backups / "tracker-0005.db").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("last", "error"),
    [("SELECT * FROM elsewhere", "no such table"), ("INSERT INTO child VALUES (2)", "1 rows refer to missing ones")],
)
def test_a_migration_that_fails_changes_nothing(location: Location, tmp_path: Path, last: str, error: str) -> None:
    Writer(location).save([figure()])
    before = location.file.read_bytes()
    migration(tmp_path, 6, *FAMILY)
    migration(tmp_path, 7, *ANEW, last)
    with pytest.raises(Exception, match=error):
        ensure_current(location, "0007", [tmp_path])
    assert location.file.read_bytes() == before
    with Reader.open(location) as reader:
        assert len(reader.figures()) == 1


def test_a_damaged_database_is_not_migrated(location: Location, tmp_path: Path) -> None:
    Writer(location).save([figure()])
    with connect(location) as opened:
        root = opened.rows("SELECT rootpage FROM sqlite_master WHERE name = 'commentary'")[0][0]
    with location.file.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 4096)
    migration(tmp_path, 6, *FAMILY)
    with pytest.raises(Unavailable, match="is damaged"):
        ensure_current(location, "0006", [tmp_path])
    assert list(location.backups.iterdir()) == []


def test_a_migration_waits_for_nobody_forever(location: Location, tmp_path: Path) -> None:
    migration(tmp_path, 6, *FAMILY)
    with closing(sqlite3.connect(location.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("outcome_tracker.store.failures.BUSY_SECONDS", 0)
            with pytest.raises(Unavailable, match="in use by another program"):
                ensure_current(location, "0006", [tmp_path])


@pytest.fixture
def oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Location:
    """A database as the first schema made it, with a figure that its program had saved."""
    location = locate(tmp_path / "oldest" / "tracker.db")
    with monkeypatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", "0001")
        create(location)
    with closing(sqlite3.connect(location.file)) as raw, raw:
        raw.execute(
            "INSERT INTO figure (indicator, period, version, value, status, note, illustrative, as_published, "
            "published_rag, published_direction, source, who, at, known, why) VALUES ('SAFE-01', '2018-19 Q4', 1, "
            "'15.90', 'final', 'as returned', 0, '', '', '', '', 'jo', '2019-04-10T09:00:00.000000+00:00', "
            "'2019-04-10', 'first')"
        )
    return location


def test_a_database_of_the_first_schema_keeps_its_figures_and_takes_warnings(oldest: Location) -> None:
    with pytest.raises(Unavailable, match="older"):
        Reader.open(oldest)
    assert ensure_current(oldest) == oldest.backups / "tracker-0001.db"
    with Reader.open(oldest) as reader:
        (old,) = reader.figures()
        assert (str(old.content.value), old.content.note, old.stamp.why, old.warning) == (
            "15.90",
            "as returned",
            "first",
            "",
        )
    warned = replace(old, version=2, warning="The same as the last figure.")
    Writer(oldest).save([warned])
    with Reader.open(oldest) as reader:
        assert reader.figures() == [warned]
        assert [row["new"].partition("; ")[2] for row in reader.audit()] == [
            "status final; note as returned",
            "status final; note as returned; warning The same as the last figure.",
        ]
    with connect(oldest, write=True) as opened, pytest.raises(Exception, match="figure only grows"):
        opened.run("UPDATE figure SET warning = ''")


def test_a_database_of_the_third_schema_keeps_its_rows_and_takes_breakdowns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = locate(tmp_path / "third" / "tracker.db")
    with monkeypatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", "0003")
        create(location)
    with closing(sqlite3.connect(location.file)) as raw, raw:
        raw.execute(
            "INSERT INTO definition (kind, code, version, body, archived, who, at, known, why) "
            "VALUES ('plan', 'SAFE', 1, :body, 0, 'jo', '2019-04-10T09:00:00.000000+00:00', '2019-04-10', '')",
            {"body": '{"extra":{"breakdowns":[{"code":"CON","dimensions":["source"],"title":"t"}]}}'},
        )
    assert ensure_current(location) == location.backups / "tracker-0003.db"
    cell = next(fact for fact in one_of_each() if isinstance(fact, BreakdownFigure))
    Writer(location).save([cell])
    with Reader.open(location) as reader:
        assert reader.definitions()["plan", "SAFE"][1].startswith('{"extra"')
        assert reader.breakdown_figures() == [cell]
        assert [row["new"] for row in reader.audit() if row["what"] == "breakdown_figure"] == [
            (
                "count 6361; denominator 23553; status final; note all contacts; illustrative; as_published 1%; "
                "source Report ¶4.11"
            )
        ]
    with connect(location, write=True) as opened, pytest.raises(Exception, match="breakdown_figure only grows"):
        opened.run("DELETE FROM breakdown_figure")


def test_a_database_of_the_fourth_schema_keeps_its_rows_and_takes_sign_offs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = locate(tmp_path / "fourth" / "tracker.db")
    with monkeypatch.context() as patch:
        patch.setattr("outcome_tracker.store.schema.REVISION", "0004")
        create(location)
    with closing(sqlite3.connect(location.file)) as raw, raw:
        raw.execute(
            "INSERT INTO commentary (subject, period, section, version, author, text, source, who, at, known, why) "
            "VALUES ('SAFE-01', '2018-19 Q4', 'Cause', 1, 'jo', 'Winter.', '', 'jo', "
            "'2019-04-10T09:00:00.000000+00:00', '2019-04-10', '')"
        )
    assert ensure_current(location) == location.backups / "tracker-0004.db"
    signed = next(fact for fact in one_of_each() if isinstance(fact, Event))
    Writer(location).save([signed])
    with Reader.open(location) as reader:
        assert [(c.section, c.text) for c in reader.commentary()] == [("Cause", "Winter.")]
        assert reader.sign_offs(sealed=True) == [signed]
        assert reader.sign_offs(QUARTER) == [replace(signed, sealed="")]
        assert reader.sign_offs(QUARTER.previous) == []
        assert [row["new"] for row in reader.audit() if row["what"] == "sign_off"] == [
            f"action signed; seal {signed.seal}; line Green – 4"
        ]
    with connect(location, write=True) as opened, pytest.raises(Exception, match="sign_off only grows"):
        opened.run("UPDATE sign_off SET why = ''")
