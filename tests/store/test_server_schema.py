"""Migrations on a server: from every schema on, with rows, to the same as a new database; one program at a time."""

from collections.abc import Callable
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import schema
from outcome_tracker.store.connection import REVISION, connect
from outcome_tracker.store.engine import engine_over
from outcome_tracker.store.location import Location
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.schema import create, ensure_current
from outcome_tracker.store.writer import Writer
from tests.store.examples import figure, one_of_each

pytestmark = pytest.mark.postgresql
OLDER = [f"{number:04}" for number in range(1, int(REVISION))]
FIRST = (
    "INSERT INTO figure (indicator, period, version, value, status, note, illustrative, as_published, published_rag, "
    "published_direction, source, who, at, known, why) VALUES ('SAFE-01', '2018-19 Q4', 1, '15.90', 'final', "
    "'as returned', 0, '', '', '', '', 'jo', '2019-04-10T09:00:00.000000+00:00', '2019-04-10', 'first')"
)


@pytest.fixture(params=OLDER)
def older(request: pytest.FixtureRequest, database: Location) -> Location:
    """A database of an older program, with a figure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "REVISION", request.param)
        create(database)
    with connect(database, write=True) as opened:
        assert opened.revision() == request.param
        opened.run(FIRST)
    return database


def described(location: Location) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the server says of the tables."""
    with connect(location) as opened:
        return {
            "columns": opened.rows(
                "SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name "
                "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
            ),
            "rules": opened.rows(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
            ),
            "indexes": opened.rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
            "triggers": opened.rows(
                "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT tgisinternal ORDER BY 1"
            ),
        }


def test_tables_and_migrations_agree(tables: Location) -> None:
    with engine_over(lambda: connect(tables, write=True), is_file=False).begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_table_has_its_rules_and_only_grows(tables: Location) -> None:
    found = described(tables)
    for name, table in SQLModel.metadata.tables.items():
        named = {str(rule.name) for rule in table.constraints if rule.name} | {f"{name}_pkey"}
        assert {str(rule) for of, rule, _ in found["rules"] if of == name} == named
        triggers = [str(text) for (text,) in found["triggers"] if f" ON public.{name} " in str(text)]
        assert sorted(text.split(" BEFORE ")[1].split(" ON ")[0] for text in triggers) == [
            "DELETE OR UPDATE",
            "TRUNCATE",
        ]


def test_an_older_database_keeps_its_rows_and_becomes_as_a_new_one(older: Location, tables: Location) -> None:
    with pytest.raises(Unavailable, match="is from an older version"):
        Reader.open(older)
    assert ensure_current(older) is None  # backups of servers are made on the server
    assert described(older) == described(tables)
    with Reader.open(older) as reader:
        (kept,) = reader.figures()
        assert (str(kept.content.value), kept.content.note, kept.stamp.why) == ("15.90", "as returned", "first")
    Writer(older).save([each for each in one_of_each(2) if getattr(each, "version", 0) == 2])
    with connect(older, write=True) as opened, pytest.raises(Exception, match="figure only grows"):
        opened.run("UPDATE figure SET note = ''")


def together(work: Callable[[], object], times: int) -> list[object]:
    """Do the same at once, several times; return what each gave."""
    found: list[object] = []

    def one() -> None:
        try:
            found.append(work())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            found.append(error)

    threads = [Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_several_programs_one_makes_the_tables(database: Location) -> None:
    assert sorted(map(str, together(lambda: create(database), 4))) == ["False", "False", "False", "True"]
    Writer(database).save([figure()])


@pytest.mark.parametrize("older", OLDER[:1], indirect=True)
def test_of_several_programs_one_brings_them_up_to_date(older: Location) -> None:
    assert together(lambda: ensure_current(older), 4) == [None] * 4
    with Reader.open(older) as reader:
        assert len(reader.figures()) == 1


@pytest.mark.parametrize("older", OLDER[:1], indirect=True)
def test_a_migration_that_fails_changes_nothing(older: Location, tmp_path_factory: pytest.TempPathFactory) -> None:
    before = described(older)
    later = tmp_path_factory.mktemp("later")
    number = int(REVISION) + 1
    (later / "later.py").write_text(
        f"from alembic import op\nrevision = '{number:04}'\ndown_revision = '{REVISION}'\n"
        "def upgrade() -> None:\n    op.execute('CREATE TABLE more (a int)')\n    op.execute('SELECT nothing')\n",
        encoding="utf-8",
    )
    with pytest.raises(Exception, match='column "nothing" does not exist'):
        ensure_current(older, f"{number:04}", [later])
    assert described(older) == before
    with connect(older) as opened:
        assert opened.revision() == "0001"
