"""What one file says, gathered before anything is decided: every problem at once, and one transaction or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.period import parse_date
from outcome_tracker.core.problem import Problem, nearest
from outcome_tracker.exchange.table_in import read_table
from outcome_tracker.tracker.markers import Markers, Untold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from outcome_tracker.core.figure import Stamp, Status
    from outcome_tracker.core.indicator import Agreed, Indicator
    from outcome_tracker.exchange.csv_in import Columns, Row
    from outcome_tracker.store.facts import Fact
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace

_GUESSED = 200
_ONE_COMMA = re.compile(r"[-+£\s]*[0-9]+,[0-9]+\s*%?")
F = TypeVar("F")
K = TypeVar("K", Benchmark, Commentary, PublishedLine)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or with `dry_run` would do. With any problem nothing is saved.

    `notes` say what of the file was not read, `untold` which markers nobody has explained; each is a problem too.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    untold: tuple[Untold, ...] = ()


class Batch:
    """What one file says, gathered before anything is decided."""

    def __init__(self, workspace: Workspace, reader: Reader, told: Mapping[str, Status] | None = None) -> None:
        self.workspace = workspace
        self.agreed: Agreed = reader.agreed()
        self.indicators = {i.code.casefold(): i for plan in self.agreed.plans for i in plan.indicators}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.facts: list[Fact] = []
        self.lines: list[str] = []
        self.added = self.changed = self.unchanged = 0
        self.seen: dict[object, str] = {}
        self.markers = Markers(told)
        self.notes: tuple[str, ...] = ()
        self._path = Path()
        self._last: Stamp | None = None

    def table(self, path: Path, columns: Columns, *, encoding: str, sheet: str) -> tuple[Row, ...]:
        """Read the file; what is wrong with its form is a problem of the import."""
        table = read_table(path, columns, encoding=encoding, sheet=sheet)
        self.problems.extend(table.problems)
        self.notes = table.notes
        self._path = path
        return table.rows

    def refuse(self, row: Row, column: str, message: str) -> None:
        """Say what is wrong with a cell; nothing is imported then."""
        self.problems.append(row.problem(column, message))

    def warn(self, row: Row, column: str, message: str) -> None:
        """Say what looks odd about a cell that is taken all the same."""
        self.warnings.append(row.problem(column, message, warning=True))

    def attempt(self, row: Row, column: str, read: Callable[[str], F]) -> F | None:
        """Read a cell; a `ValueError` becomes a problem with that cell."""
        try:
            return read(row[column])
        except ValueError as error:
            self.refuse(row, column, str(error))
            return None

    def optional(self, row: Row, column: str, read: Callable[[str], F]) -> F | None:
        """As `attempt`; an empty cell is None without a problem."""
        return self.attempt(row, column, read) if row[column] else None

    def indicator(self, row: Row, column: str = "indicator") -> Indicator | None:
        """Return the indicator whose code a cell holds; an unknown one becomes a problem."""
        code = row[column]
        found = self.indicators.get(code.casefold())
        if found is None and code:
            guess = self.guess(code, (i.code for i in self.indicators.values()))
            self.refuse(row, column, f"There is no indicator '{code}'.{guess}")
        return found

    def number(self, row: Row, column: str, read: Callable[[str], F]) -> F | None:
        """As `optional`, of a number. An apostrophe before it, which keeps it a text in a spreadsheet, is taken away.

        Where semicolons separate the columns a comma may be a decimal one, and then means another number.
        """
        return self.optional(row, column, lambda text: read(_one_number(text.removeprefix("'"), row)))

    def guess(self, word: str, known: Iterable[str]) -> str:
        """Return ` Did you mean 'x'?`, while the problems are few enough to be read: it takes long to find."""
        return nearest(word, known) if len(self.problems) < _GUESSED else ""

    def once(self, row: Row, key: object, name: str) -> bool:
        """Refuse a second row for the same thing in one file."""
        if key in self.seen:
            self.refuse(row, "", f"{name} stands in {self.seen[key]} already; keep one of them.")
            return False
        self.seen[key] = row.where
        return True

    def add(self, fact: Fact, *, is_new: bool, line: str) -> None:
        """Take a fact to be saved, and the line that a dry run shows of it."""
        self.facts.append(fact)
        self.lines.append(line)
        self.added += is_new
        self.changed += not is_new

    def offer(self, row: Row, new: K, old: K | None, *, day: str, line: str) -> None:
        """Add a fact as the next version of `old`, unless it says the same; `day` is the column of its known date.

        Each is later than the one above it: sections of commentary are read in the order in which they were recorded.
        """
        if old is not None and replace(old, version=1, stamp=None) == new:
            self.unchanged += 1
            return
        self._last = stamp_of(self, row, day).after(self._last)
        self.add(replace(new, version=old.version + 1 if old else 1, stamp=self._last), is_new=old is None, line=line)

    def finish(self, *, dry_run: bool) -> Imported:
        """Save everything, unless there is a problem or it is a dry run."""
        problems = (*self.problems, *self.markers.problems(str(self._path)))
        if self.facts and not problems and not dry_run:
            self.workspace.save(self.facts)
        return Imported(
            self.added,
            self.changed,
            self.unchanged,
            problems,
            tuple(self.warnings),
            tuple(self.lines),
            self.notes,
            self.markers.untold,
        )


def _one_number(text: str, row: Row) -> str:
    if row.layout.separator == ";" and (found := _ONE_COMMA.fullmatch(text)):
        point, whole = text.replace(",", "."), text.replace(",", "")
        raise ValueError(f"'{found[0]}' could mean {point} or {whole} in a file with semicolons; write one of them.")
    return text


def stamp_of(batch: Batch, row: Row, column: str) -> Stamp:
    """Return who, when and why; known since the day in `column`, which has been found to be a date."""
    known = parse_date(row[column]) if row[column] else None
    return batch.workspace.stamp(known=known, why=why_of(row))


def told_by(batch: Batch, row: Row) -> date:
    """Return the day by which the period of a row must have begun: that of its release, if this is still to come."""
    return max(batch.workspace.today, parse_date(row["released"]) if row["released"] else date.min)


def why_of(row: Row) -> str:
    """Return why a version is there."""
    return f"imported from {_name(row.path)}, {row.where}"


@lru_cache(maxsize=8)
def _name(path: str) -> str:
    return Path(path).name


def yes_no(text: str) -> bool:
    """Read a flag."""
    match text.casefold():
        case "yes" | "y" | "true" | "1":
            return True
        case "no" | "n" | "false" | "0":
            return False
        case _:
            message = f"'{text}' is neither yes nor no; write yes, or leave it empty."
            raise ValueError(message)
