"""A server with a copy that takes over, as a region's managed one does: nothing is lost, and people are told.

The addresses are those that docs/postgresql.md gives.
"""

import signal
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from outcome_tracker.core.figure import Content, Figure
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import Location, locate
from outcome_tracker.store.queries import Reader
from outcome_tracker.store.schema import create
from outcome_tracker.store.writer import Writer
from tests.cluster import OWNER, Cluster, make_cluster, make_standby
from tests.store.examples import QUARTER, figure, stamp

pytestmark = pytest.mark.postgresql


class Pair:
    """A server and its copy. An address with both of them, over TCP."""

    def __init__(self, primary: Cluster, standby: Cluster, database: str) -> None:
        self.primary, self.standby, self.database = primary, standby, database
        hosts = ",".join(f"127.0.0.1:{each.port}" for each in (primary, standby))
        self.both = locate(f"postgresql://{OWNER}:{OWNER}@{hosts}/{database}?target_session_attrs=read-write")

    def take_over(self) -> None:
        """Let the server crash and the copy become the server."""
        self.primary.stop(signal.SIGQUIT)
        self.standby.run("SELECT pg_promote()")

    def follow(self) -> None:
        """Wait until the copy has everything."""
        ((position,),) = self.primary.run("SELECT pg_current_wal_lsn()::text")
        deadline = monotonic() + 30
        while self.standby.run(f"SELECT pg_last_wal_replay_lsn() >= '{position}'") != [(True,)]:
            assert monotonic() < deadline
            sleep(0.02)


@pytest.fixture
def pair() -> Iterator[Pair]:
    with tempfile.TemporaryDirectory(prefix="one-") as one, tempfile.TemporaryDirectory(prefix="two-") as two:
        primary = make_cluster(Path(one), settings="synchronous_standby_names = '*'\nsynchronous_commit = local")
        standby = make_standby(primary, Path(two))
        try:
            made = Pair(primary, standby, primary.create())
            create(made.both)
            yield made
        finally:
            standby.stop()
            primary.stop()


def figures(location: Location) -> list[object]:
    with Reader.open(location) as reader:
        return [*reader.figures()]


def test_what_the_program_says_while_a_copy_takes_over(pair: Pair) -> None:
    writer = Writer(pair.both)
    writer.save([figure()])
    pair.follow()
    alone = pair.standby.location(pair.database)
    assert figures(alone) == [figure()]
    with pytest.raises(Unavailable) as raised:
        Writer(alone).save([figure("15", 2)])
    assert str(raised.value) == (
        f"{alone.shown} can only be read: this server takes no changes, as a standby copy does. Nothing was saved. "
        "Name the server that does, or all of them with target_session_attrs=read-write in the address."
    )
    pair.primary.stop(signal.SIGQUIT)
    for asked in (lambda: writer.save([figure("15", 2)]), lambda: figures(pair.both)):
        with pytest.raises(Unavailable) as raised:
            asked()
        assert raised.value.sentence == f"No server of {pair.both.shown} takes changes: session is read-only."
        assert raised.value.remedy.endswith("Try again in a minute: another server may be taking over.")
    pair.standby.run("SELECT pg_promote()")
    writer.save([figure("15", 2)])
    assert figures(pair.both) == [figure("15", 2)]


def test_nothing_acknowledged_is_lost_when_a_copy_takes_over(pair: Pair) -> None:
    """The program waits for the copy's disk too, although the server's own setting here would not."""
    acknowledged: list[int] = []
    told: set[str] = set()
    enough = Event()

    def enter() -> None:
        writer = Writer(pair.both)
        version = 0
        while not enough.is_set() or version < 60:
            version += 1
            saved = False
            while not saved:  # as a person does: they read what it says, and try again
                try:
                    writer.save([Figure("SAFE-01", QUARTER, version, Content(Decimal(version)), stamp())])
                    saved = True
                except Unavailable as unavailable:
                    told.add(unavailable.sentence)
                    sleep(0.05)
            acknowledged.append(version)

    pair.follow()
    officer = Thread(target=enter)
    officer.start()
    while len(acknowledged) < 20:
        sleep(0.01)
    pair.take_over()
    enough.set()
    officer.join(60)
    assert acknowledged == list(range(1, len(acknowledged) + 1))
    with Reader.open(pair.standby.location(pair.database)) as reader:
        assert [each.content.value for each in reader.figure_versions("SAFE-01")] == acknowledged
    assert all("takes changes" in each or "cannot be reached" in each or "was lost" in each for each in told), told
