"""What a person is told of a server: one that is gone, closed to them, full or lost in the middle of a save."""

import signal
import sys
from collections.abc import Iterator

import psycopg
import pytest

from outcome_tracker.core.area import AreaRelease
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store import failures, server_failures
from outcome_tracker.store.area_writer import area_writer
from outcome_tracker.store.connection import connect
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.schema import create
from outcome_tracker.store.writer import Conflict, Writer
from tests.cluster import ADMINISTRATOR, OWNER, Cluster
from tests.cutting import Cutting
from tests.store.examples import DAY, figure, one_of_each, stamp

on_server = pytest.mark.postgresql
SERVER = locate("postgresql://jo:secret@db.example/tracker")


def refused(location: Location) -> str:
    """What a person reads on looking."""
    with pytest.raises(Unavailable) as raised, Reader.open(location):
        pass
    return str(raised.value)


def figures(location: Location) -> list[object]:
    with Reader.open(location) as reader:
        return [*reader.figures()]


def test_what_was_saved_on_a_server_is_read_back(tables: Location) -> None:
    """One test of a server in the everyday run: see `make postgresql`."""
    Writer(tables).save(one_of_each())
    with Reader.open(tables) as reader:
        assert reader.figures() == one_of_each()[:1]
        assert len(list(reader.audit())) == len(one_of_each())


def test_a_server_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refused(SERVER) == (
        "PostgreSQL needs the package psycopg, which is not installed. "
        'Install it with: python -m pip install "outcome-tracker[postgres]"'
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            'connection failed: connection to server at "10.0.0.5", port 5432 failed: timeout expired',
            (
                "postgresql://db.example/tracker cannot be reached: timeout expired. Check the network and the "
                "address. If the server was just started again or replaced, try in a minute."
            ),
        ),
        (
            'connection failed: x failed: server certificate for "db2" does not match host name "db"',
            (
                "postgresql://db.example/tracker cannot be reached safely: server certificate for "
                '"db2" does not match host name "db". Ask whoever looks after the database for the certificate, and '
                "name it with sslrootcert in the address."
            ),
        ),
        (
            "connection failed: FATAL:  sorry, too many clients already\n",
            (
                "postgresql://db.example/tracker has no connection free: sorry, too many clients already. Try again "
                "in a moment. If it happens often, ask whoever looks after the database for more connections."
            ),
        ),
        (
            "connection failed: session is read-only",
            (
                "No server of postgresql://db.example/tracker takes changes: session is read-only. "
                "Try again in a minute: another server may be taking over."
            ),
        ),
        (
            'connection failed: FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "jo", no encryption\n',
            (
                "postgresql://db.example/tracker does not let you in: no pg_hba.conf entry for host "
                '"10.0.0.9", user "jo", no encryption. Check the user in the address, and the password in PGPASSWORD '
                "or in the file .pgpass."
            ),
        ),
        ("", "postgresql://db.example/tracker cannot be reached: no reason was given. Check the network"),
    ],
)
def test_why_there_is_no_connection(said: str, sentence: str) -> None:
    told = str(server_failures.unreachable(SERVER, psycopg.OperationalError(said)))
    assert told.startswith(sentence)
    assert "secret" not in told


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            psycopg.errors.DiskFull("no space left"),
            (
                "There is no room left on the disk of the server of postgresql://db.example/tracker. "
                "Tell whoever looks after the database, and try again when there is room."
            ),
        ),
        (
            psycopg.errors.DeadlockDetected("deadlock detected"),
            (
                "Others are changing postgresql://db.example/tracker, and it was not free within 5 seconds. "
                "Try again in a moment."
            ),
        ),
        (
            psycopg.errors.AdminShutdown("terminating connection due to administrator command"),
            (
                "The connection to postgresql://db.example/tracker was lost: terminating connection due to "
                "administrator command. Try again. If it stays so, check the network, and that the server runs."
            ),
        ),
        (psycopg.errors.UniqueViolation("duplicate"), "None"),
        (psycopg.errors.SyntaxError("a defect of ours"), "None"),
    ],
)
def test_errors_on_a_connection_are_told_by_their_code(error: psycopg.Error, sentence: str) -> None:
    assert str(failures.explain(error, SERVER)) == sentence


@on_server
def test_who_is_not_let_in_reads_why(cluster: Cluster, tables: Location) -> None:
    name = tables.shown.rpartition("/")[2]
    wrong = cluster.location(name, OWNER, "wrong")
    assert refused(wrong) == (
        f'{wrong.shown} does not let you in: password authentication failed for user "owner". '
        "Check the user in the address, and the password in PGPASSWORD or in the file .pgpass."
    )
    assert figures(cluster.location(name, OWNER, OWNER)) == []


@on_server
def test_a_database_that_is_not_there_is_named(cluster: Cluster) -> None:
    assert refused(cluster.location("nowhere")) == (
        'postgresql:///nowhere cannot be opened: database "nowhere" does not exist. '
        "Check the name, or ask whoever looks after the database to make it."
    )


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://127.0.0.1:1/tracker", "127.0.0.1:1/tracker cannot be reached: Connection refused."),
        ("postgresql://127.0.0.1:x/tracker", 'cannot be reached: invalid integer value "x" for connection option'),
        ("postgresql://127.0.0.1/t?colour=1", 'address is not understood: invalid URI query parameter: "colour".'),
        ("postgresql://127.0.0.1:1,127.0.0.1:2/t", "127.0.0.1:2/t cannot be reached: Connection refused."),
    ],
)
def test_an_address_that_leads_nowhere(address: str, reason: str) -> None:
    assert reason in refused(locate(address))


@on_server
def test_a_database_without_tables_says_how_to_make_them(database: Location) -> None:
    assert refused(database) == (
        f"The database {database.shown} has no tables of Outcome Tracker. Make them with: outcome-tracker targets apply"
    )
    with pytest.raises(Unavailable, match=r"has no tables of Outcome Tracker\. Nothing was saved\. Make them with"):
        Writer(database).save([figure()])


@on_server
def test_text_that_the_database_could_not_hold_is_refused_beforehand(cluster: Cluster) -> None:
    cluster.run(
        f"CREATE DATABASE old OWNER {OWNER} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc"
    )
    with pytest.raises(Unavailable) as raised:
        create(cluster.location("old"))
    cluster.drop("old")
    assert str(raised.value) == (
        "postgresql:///old keeps text as LATIN1, which cannot hold every character. "
        "Ask whoever looks after the database to make it anew with ENCODING 'UTF8'."
    )


@on_server
def test_a_commit_waits_for_the_servers_disk_even_where_the_server_would_not(
    cluster: Cluster, tables: Location
) -> None:
    name = tables.shown.rpartition("/")[2]
    for default, wanted in (("off", "on"), ("local", "on"), ("on", "on"), ("remote_apply", "remote_apply")):
        cluster.run(f"ALTER DATABASE {name} SET synchronous_commit = {default}")
        with connect(tables, write=True) as opened:
            assert opened.rows("SHOW synchronous_commit") == [(wanted,)]


@on_server
def test_a_lock_is_waited_for_and_then_named(tables: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 1)
    with psycopg.connect(tables.address) as other:
        other.execute("LOCK TABLE figure IN EXCLUSIVE MODE")
        with pytest.raises(Unavailable) as raised:
            Writer(tables).save([figure()])
        assert str(raised.value) == (
            f"Others are changing {tables.shown}, and it was not free within 1 seconds. "
            "Nothing was saved. Try again in a moment."
        )
        assert figures(tables) == []  # looking waits for nobody


@on_server
def test_a_reader_whose_connection_ends_says_so(cluster: Cluster, tables: Location) -> None:
    with Reader.open(tables) as reader:
        cluster.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outcome-tracker'")
        with pytest.raises(Unavailable, match=r"was lost: terminating connection due to administrator command\. Try"):
            reader.figures()
        with pytest.raises(Unavailable, match=r"was lost: the connection is closed\. Try again\."), reader.snapshot():
            pass
    assert figures(tables) == []


@pytest.fixture
def stopped(cluster: Cluster) -> Iterator[Cluster]:
    """The server as after a crash."""
    cluster.stop(signal.SIGQUIT)
    yield cluster
    if cluster.process is None:
        cluster.start()


@on_server
def test_a_server_that_is_stopped_is_named_and_what_was_saved_is_there_again(
    tables: Location, stopped: Cluster
) -> None:
    writer = Writer(tables)
    with pytest.raises(Unavailable) as raised:
        writer.save([figure()])
    assert str(raised.value).startswith(
        f"{tables.shown} cannot be reached: No such file or directory. Nothing was saved."
    )
    stopped.start()
    writer.save([figure()])
    stopped.stop(signal.SIGQUIT)
    stopped.start()
    assert figures(tables) == [figure()]


def through(cluster: Cluster, tables: Location, port: int) -> Location:
    name = tables.shown.rpartition("/")[2]
    direct = cluster.location(name, OWNER, OWNER, "gssencmode=disable&sslmode=disable")
    return locate(direct.address.replace(f":{cluster.port}/", f":{port}/"))


@on_server
@pytest.mark.parametrize("done", [True, False], ids=["after the commit", "before the commit"])
def test_a_save_whose_answer_is_lost_is_begun_again_and_saved_once(
    cluster: Cluster, tables: Location, *, done: bool
) -> None:
    with Cutting(cluster.port, done=done) as between:
        Writer(through(cluster, tables, between.port)).save(one_of_each())
        assert between.cut
    with Reader.open(tables) as reader:
        assert reader.figures() == one_of_each()[:1]
        assert len(list(reader.audit())) == len(one_of_each())


@on_server
def test_whoever_was_quicker_while_the_connection_was_lost_is_a_conflict(cluster: Cluster, tables: Location) -> None:
    theirs = figure("12")
    with Cutting(cluster.port, done=False, meanwhile=lambda: Writer(tables).save([theirs])) as between:
        with pytest.raises(Conflict) as raised:
            Writer(through(cluster, tables, between.port)).save([figure("16")])
        assert between.cut
    assert raised.value.facts == (figure("16"),)
    assert figures(tables) == [theirs]


@on_server
@pytest.mark.parametrize("done", [True, False])
def test_what_became_of_a_save_is_left_open_where_nobody_can_know(
    cluster: Cluster, tables: Location, monkeypatch: pytest.MonkeyPatch, *, done: bool
) -> None:
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0.3)
    with Cutting(cluster.port, done=done, again=False) as between:
        location = through(cluster, tables, between.port)
        with pytest.raises(server_failures.Unsure) as raised:
            Writer(location).save([figure()])
    assert str(raised.value) == (
        f"The connection to {location.shown} was lost while saving, and it is not known whether that was saved. "
        "When the server can be reached again, look whether it is there. To enter the same once more does no harm."
    )
    assert figures(tables) == [figure()] * done


def save_an_area(location: Location) -> None:
    with area_writer(location, stamp()) as areas:
        number = areas.begin(AreaRelease("SAFE-01", parse("2017-18"), "DfE", "CIN 2018", DAY))
        areas.add([(number, "E06000050", 16.9, 48, 284, "")])
        areas.finish()


@on_server
def test_an_import_of_areas_whose_answer_is_lost_says_so_too(cluster: Cluster, tables: Location) -> None:
    with Cutting(cluster.port, done=True) as between:
        location = through(cluster, tables, between.port)
        with pytest.raises(server_failures.Unsure, match="it is not known whether that was saved"):
            save_an_area(location)
    with Reader.open(tables) as reader:
        assert len(reader.area_releases()["SAFE-01"]) == 1


@on_server
def test_a_login_without_rights_to_look_says_so(cluster: Cluster, tables: Location) -> None:
    cluster.run("DROP ROLE IF EXISTS passer_by", "CREATE ROLE passer_by LOGIN")
    name = tables.shown.rpartition("/")[2]
    assert refused(cluster.location(name, "passer_by")) == (
        f"Your login may not read the tables in {tables.shown}. "
        "Ask whoever looks after the database for permission to read them."
    )
    assert figures(cluster.location(name, ADMINISTRATOR)) == []
