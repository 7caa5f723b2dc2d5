"""Programs that save carelessly: `python -m tests.robustness.careless JOURNAL SYNCHRONOUS WORKSPACE VALUE`.

They do what `enter` does, in fewer steps to the disk.
"""

import sqlite3
import sys
from pathlib import Path

from tests.robustness.sound import database


def main(journal: str, synchronous: str, workspace: str, value: str) -> None:
    raw = sqlite3.connect(database(Path(workspace)), isolation_level=None)
    raw.execute(f"PRAGMA journal_mode = {journal}")
    raw.execute(f"PRAGMA synchronous = {synchronous}")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(
        "INSERT INTO figure (indicator, period, version, value, status, note, illustrative, as_published, "
        "published_rag, published_direction, source, who, at, known, why) SELECT 'NO', '2019-20 Q1', "
        "(SELECT coalesce(max(version), 0) + 1 FROM figure WHERE indicator = 'NO'), ?, 'final', ?, 0, '', '', '', '', "
        "'jo', '2019-04-10T09:00:00.000000+00:00', '2019-04-10', 'careless'",
        [value, "careless " * 200],
    )
    raw.execute("COMMIT")
    print("saved", flush=True)  # noqa: T201 - what acknowledges
    raw.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
