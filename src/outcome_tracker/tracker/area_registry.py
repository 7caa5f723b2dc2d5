"""The areas of England that the program knows before any file has named them; what files say of them comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.area import Area, Level
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.exchange.csv_in import Columns
from outcome_tracker.exchange.table_in import read_table

if TYPE_CHECKING:
    from outcome_tracker.store.queries import Reader

_COLUMNS = Columns(("code", "name", "level"), ("region", "dfe_code"))


def registry() -> dict[str, Area]:
    """Return the areas that travel with the program, by ONS code.

    Of the codes that one DfE number has had the latest comes last. Raises `Unavailable` where the file is missing.
    """
    from outcome_tracker.tracker.setup import demo_source  # which itself may import open data

    path = demo_source() / "data" / "published" / "areas.csv"
    table = read_table(path, _COLUMNS)
    if table.problems:
        raise Unavailable(f"The list of areas cannot be read: {table.problems[0]}", "Install outcome-tracker again.")
    rows = table.rows
    return {
        row["code"]: Area(row["code"], row["name"], Level(row["level"]), row["region"], row["dfe_code"]) for row in rows
    }


def known_areas(reader: Reader) -> dict[str, Area]:
    """Return every area that is known: as stored, else as it travels with the program."""
    return registry() | reader.areas()
