"""Runs the program as its users do, on workspaces of their own; fixtures for the conftest of each folder."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outcome_tracker.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outcome_tracker.store.location import Location

NOW = "2020-01-15T10:00"
USER = "Jo Officer"


@dataclass(frozen=True)
class Ran:
    """What a run left: the exit code and both streams, stdout also as bytes."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def flat(self) -> str:
        """Stdout as one line, wherever it was wrapped."""
        return " ".join(self.out.split())

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def run(
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    terminal: bool = False,
    typed: str | None = None,
) -> Ran:
    """Run a command in this process, which is quick. `typed` is what somebody types at a terminal's keyboard."""
    out, err = io.BytesIO(), io.BytesIO()
    stream = _Terminal if terminal else io.TextIOWrapper
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"OUTCOME_TRACKER_NOW": NOW, "OUTCOME_TRACKER_USER": USER, **(environment or {})}.items():
            patch.setenv(name, value)
        if typed is not None:
            patch.setattr(sys, "stdin", _Terminal(io.BytesIO(typed.encode()), encoding="utf-8"))
        patch.setattr(sys, "stdout", stream(out, encoding="utf-8"))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
        code = main(["--workspace", str(folder), *arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(code, out.getvalue(), err.getvalue().decode("utf-8"))


def command(folder: Path, *arguments: str) -> list[str]:
    """Return the command line of a process."""
    return [sys.executable, "-m", "outcome_tracker", "--workspace", str(folder), *arguments]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a process."""
    return {**os.environ, "OUTCOME_TRACKER_NOW": NOW, "OUTCOME_TRACKER_USER": USER, **more}


def process(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    return subprocess.run(command(folder, *arguments), check=False, capture_output=True, env=environment(**more))


# Files whose place a database on a server takes: see tests/on_server.py.
SERVERS: dict[Path, Location] = {}


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the database behind the program's back."""
    import sqlite3

    if (server := SERVERS.get(folder / "data" / "tracker.db")) is not None:
        import psycopg

        with psycopg.connect(server.address) as connection:
            return connection.execute(sql.encode()).fetchall()
    with closing(sqlite3.connect(folder / "data" / "tracker.db")) as connection:
        return connection.execute(sql).fetchall()


def figure_count(folder: Path) -> int:
    return len(rows(folder, "SELECT 1 FROM figure"))


def write_plan(folder: Path, plan: str, council: str = "") -> None:
    """Write plan files: `plan` is the text of one plan."""
    (folder / "targets").mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    text = "council: Testshire\narea: E10000001\nregion: South\ncomparators: [England, South]\n" + council
    (folder / "targets" / "council.yaml").write_text(text, encoding="utf-8")
    (folder / "targets" / "plan.yaml").write_text(plan, encoding="utf-8")


SMALL = """
plan: A plan
code: P
indicators:
  - {code: PC, title: A percentage, tier: headline, unit: percent, better: higher, frequency: quarterly,
     basis: period, owner: Team A, numerator: done in time, targets: {2019-20: 90}}
  - {code: NO, title: A number, tier: wider, unit: number, better: lower, frequency: quarterly,
     basis: period, owner: Team B, targets: {2019-20: 1300}}
  - {code: PO, title: Pounds, tier: wider, unit: pounds, better: higher, frequency: quarterly,
     basis: period, targets: {2019-20: 100}}
  - {code: RA, title: A rate, tier: wider, unit: rate per 10000, better: lower, frequency: annual, basis: point}
actions:
  - {code: P-A, title: An action, milestones: [{code: P-A.1, title: A step, due: 2019-06-30}]}
"""


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo-template")
    ran = run(folder, "demo", str(folder), "--no-open")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """A workspace with the published plans, to change at will."""
    return Path(shutil.copytree(demo_template, tmp_path / "demo"))


@pytest.fixture(scope="session")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small-template")
    write_plan(folder, SMALL)
    ran = run(folder, "targets", "apply")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def small(small_template: Path, tmp_path: Path) -> Path:
    """A workspace with one small plan and no figures, to change at will."""
    return Path(shutil.copytree(small_template, tmp_path / "small"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
