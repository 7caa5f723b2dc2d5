"""A small workspace whose period can be signed off: every figure is in and every exception explained."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlmodel import SQLModel

from outcome_tracker.core.figure import Status
from outcome_tracker.tracker.collect import Entered, enter
from outcome_tracker.tracker.commentary import save_sections
from outcome_tracker.tracker.signoff import Step, sign, submit
from outcome_tracker.tracker.workspace import Workspace
from tests.tui.entering import Q4, workspace

FIGURES = {"S-01": "44/276", "S-02": "18.1", "S-03": "340"}
SAID = {
    "Cause": "Winter.",
    "Action": "More staff.",
    "Owner": "Head of Safeguarding",
    "Due date": "2019-09-30",
    "Expected return to target": "2019-20 Q4",
}
LATER = datetime.fromisoformat("2019-06-03T10:00:00+00:00")


@cache
def _completed() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="signing"))
    made = workspace(folder)
    for code, text in FIGURES.items():
        assert isinstance(enter(made, code, "2018-19 Q4", text), Entered)
    absent = enter(made, "S-04", "2018-19 Q4", "", status=Status.NOT_AVAILABLE, note="new case system")
    assert isinstance(absent, Entered)
    assert save_sections(made, "S-01", Q4, SAID)
    return folder


@cache
def _signed() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="signing"))
    made = complete(folder)
    done(submit(made, "SAFE", Q4))
    done(sign(as_user(made, "kim"), "SAFE", Q4))
    return folder


def complete(folder: Path) -> Workspace:
    """Return it as ana sees it, who entered everything: S-01 is Red and explained, S-04 absent with a note."""
    shutil.copytree(_completed(), folder, dirs_exist_ok=True)
    return workspace(folder)


def signed(folder: Path) -> Workspace:
    """Return it submitted by ana and signed off by kim on 20 April 2019, as ana sees it on 3 June."""
    shutil.copytree(_signed(), folder, dirs_exist_ok=True)
    return as_user(workspace(folder), "ana", LATER)


def as_user(made: Workspace, user: str, now: datetime | None = None) -> Workspace:
    return replace(made, user=user, now=made.now if now is None else lambda: now)


def done(step: Step) -> Step:
    assert step.event is not None, [str(problem) for problem in step.problems]
    return step


def told(step: Step) -> list[str]:
    assert step.event is None
    return [str(problem) for problem in step.problems]


def behind_the_back(made: Workspace, *statements: str) -> None:
    """Change the database as somebody does who opens it with another program, and leaves everything as it was."""
    if made.location.path is None:
        import psycopg

        with psycopg.connect(made.location.address) as server:
            for name in SQLModel.metadata.tables:
                server.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER".encode())
            for statement in statements:
                server.execute(statement.encode())
            for name in SQLModel.metadata.tables:
                server.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER".encode())
        return
    with closing(sqlite3.connect(made.location.file, isolation_level=None)) as raw:
        raw.execute("BEGIN")
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in triggers:
            raw.execute(sql)
        raw.execute("COMMIT")
