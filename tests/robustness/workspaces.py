"""Workspaces to break, and what people do in them, as commands."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from outcome_tracker.store.location import Location
from outcome_tracker.store.schema import create
from tests.robustness.sound import database
from tests.running import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = ("NO", "PC", "PO")


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend a folder for thousands of copies: in memory, where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108 - Linux's; a folder of its own is made in it
    with tempfile.TemporaryDirectory(prefix="robustness-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name).resolve()


def figures_csv(path: Path, value: int, *, quarters: int = 36) -> Path:
    """Write figures of the three indicators for so many quarters up to 2018-19."""
    lines = ["indicator,period,value,note"]
    for n in range(quarters):
        year = 2018 - n // 4
        quarter = f"{year}-{year % 100 + 1:02} Q{n % 4 + 1},{value + n % 3}"  # the same again would be warned of
        lines += [f"{code},{quarter},{'as returned ' * 9}" for code in CODES]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def areas_csv(path: Path, value: int) -> Path:
    """Write the figures of 151 areas in a release."""
    lines = ["indicator,area,period,area_name,region,value,source,release,released"]
    lines += [
        f"RA,E{10000001 + n},2018-19,Area {n},South,{value + n},Department,R{value},2019-10-01" for n in range(151)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def agree(folder: Path, number: int) -> None:
    """Write plan files with another title and other targets, and many more indicators than before."""
    more = "".join(
        f"  - {{code: X{n}, title: Extra {n} of {number}, tier: wider, unit: number, better: lower, "
        f"frequency: quarterly, basis: period, targets: {{2019-20: {number + n}}}}}\n"
        for n in range(20)
    )
    plan = SMALL.replace("plan: A plan", f"plan: Plan {number}").replace("actions:", f"{more}actions:")
    (folder / "targets" / "plan.yaml").write_text(plan, encoding="utf-8")


def make_older(folder: Path, revision: str = "0001") -> None:
    """Put a workspace's database back to an earlier schema, with what of its rows that has columns for."""
    path = database(folder)
    newer = path.rename(path.with_suffix(".newer"))
    with mock.patch("outcome_tracker.store.schema.REVISION", revision):
        create(Location(path))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("ATTACH ? AS newer", [str(newer)])
        with raw:
            for (table,) in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
                columns = ", ".join(name for _, name, *_ in raw.execute(f"PRAGMA main.table_info({table})"))
                if table != "alembic_version":
                    raw.execute(f"INSERT INTO main.{table} SELECT {columns} FROM newer.{table}")  # noqa: S608 - the schema's own names
    newer.unlink()
