"""The workspace: days of London, an older database that is brought up to date, the log of defects."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.connection import REVISION
from outcome_tracker.store.queries import Reader
from outcome_tracker.tracker import bug_log
from outcome_tracker.tracker.workspace import open_workspace

AT = datetime(2019, 6, 30, 23, 30, tzinfo=UTC)  # 0:30 on 1 July in London


def test_today_is_the_day_in_london(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path, user="Jo", now=lambda: AT)
    assert workspace.today == workspace.seen_from == date(2019, 7, 1)
    stamp = workspace.stamp(why="x")
    assert (stamp.who, stamp.at, stamp.known, stamp.why) == ("Jo", AT, date(2019, 7, 1), "x")
    earlier = open_workspace(tmp_path, user="Jo", now=lambda: AT, as_at=date(2019, 5, 31))
    assert earlier.seen_from == date(2019, 5, 31)
    with pytest.raises(Unavailable, match="the past cannot be changed"):
        earlier.save([])


def test_there_is_a_database_where_its_file_is_or_on_a_server(tmp_path: Path, small: Path) -> None:
    def has_database(folder: Path, database: str = "") -> bool:
        return open_workspace(folder, user="", now=lambda: AT, database=database).has_database

    assert has_database(small)
    assert not has_database(tmp_path / "none")
    assert has_database(tmp_path / "none", "postgresql://host/name")


def set_revision(folder: Path, revision: str) -> None:
    with closing(sqlite3.connect(folder / "data" / "tracker.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_an_older_database_is_brought_up_to_date_when_it_is_opened(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated: list[object] = []

    def ensure_current(location: object) -> None:
        migrated.append(location)
        set_revision(small, REVISION)

    monkeypatch.setattr("outcome_tracker.store.writer.ensure_current", ensure_current)
    workspace = open_workspace(small, user="", now=lambda: AT)
    set_revision(small, "0000")
    for _ in range(2):
        with workspace.read() as reader:
            assert reader.agreed().council.name == "Testshire"
    assert migrated == [workspace.location]


def test_a_newer_database_is_refused(small: Path) -> None:
    set_revision(small, "9999")
    with pytest.raises(Unavailable, match="newer version"):
        open_workspace(small, user="", now=lambda: AT).read()


def test_a_current_database_that_cannot_be_read_stays_a_refusal(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> Reader:
        raise Unavailable("It is busy.")

    monkeypatch.setattr(Reader, "open", refused)
    with pytest.raises(Unavailable, match="It is busy"):
        open_workspace(small, user="", now=lambda: AT).read()


def raised() -> Exception:
    try:
        _chain()
    except LookupError as error:
        return error
    raise AssertionError("nothing was raised")


def _chain() -> None:
    try:
        int("private figure")
    except ValueError as error:
        raise LookupError("private too") from error


def test_the_log_has_frames_and_types_of_the_whole_chain_and_no_values() -> None:
    path = bug_log.record(raised(), AT)
    assert path is not None
    log = path.read_text("utf-8")
    last = log[log.rindex("2019-06-30T23:30:00+00:00") :]
    assert last.index("builtins.ValueError") < last.index("builtins.LookupError")
    assert "test_workspace.py:" in last
    assert "private" not in last


def test_the_log_starts_anew_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    path = bug_log.record(raised(), AT)
    assert path is not None
    size = path.stat().st_size
    monkeypatch.setattr(bug_log, "_MOST_BYTES", size)
    assert bug_log.record(raised(), AT) == path
    assert path.stat().st_size <= size
