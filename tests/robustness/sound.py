"""Whether what is left of a workspace is whole: compared with what it held after each of the things done to it."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import locate
from outcome_tracker.store.writer import ensure_current
from tests.running import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.robustness.tally import Tally

Rows = Counter[tuple[object, ...]]


def database(folder: Path) -> Path:
    return folder / "data" / "tracker.db"


def held(path: Path) -> Rows:
    """Return every row of every table of a database, each after its table's name; nothing where there is none."""
    if not path.exists():
        return Counter()
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return Counter(
            (table, *row)
            for table in tables
            if table != "alembic_version"
            for row in connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - the database's own names
        )


def integrity(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall()


def put(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Make a folder hold these files and folders (None) and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        if content is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(content)


def judge(folder: Path, states: Sequence[Rows], acknowledged: int, tally: Tally, where: str) -> bool:
    """Compare what is left with `states[acknowledged]` and, if there is one more, what was under way; is it sound?

    The database is opened as the program does, which is what puts a journal left behind right.
    """
    path = database(folder)
    if path.exists():
        try:
            ensure_current(locate(path))
        except Unavailable as unavailable:
            tally.found("corrupt", f"{where}: {unavailable}")
            return False
    try:
        sound, rows = path.exists() is False or integrity(path) == [("ok",)], held(path)
    except sqlite3.DatabaseError as error:
        tally.found("corrupt", f"{where}: {error}")
        return False
    if not sound:
        tally.found("corrupt", f"{where}: {integrity(path)[:3]}")
    elif missing := states[acknowledged] - rows:
        tally.found("lost", f"{where}: {sum(missing.values())} rows, such as {next(iter(missing))}")
    elif rows not in states[acknowledged : acknowledged + 2]:
        more = rows - states[acknowledged]
        tally.found("half", f"{where}: {sum(more.values())} rows, such as {next(iter(more))}")
    else:
        return True
    return False


def works(folder: Path, tally: Tally, where: str, *commands: Sequence[str]) -> None:
    """Run commands on what is left; each must do what it says."""
    for arguments in commands:
        ran = run(folder, *arguments)
        if ran.code:
            tally.found("stuck", f"{where}: {' '.join(arguments)} ended with {ran.code}: {ran.err}")
