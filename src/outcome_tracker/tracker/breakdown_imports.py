"""Import the figures of breakdowns: one file for many, each row with the columns of its own dimensions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import missing
from outcome_tracker.core.breakdown import (
    CONTENT_COLUMNS,
    KEY_COLUMNS,
    TOTAL,
    Breakdown,
    BreakdownFigure,
    Counted,
    parse_period,
)
from outcome_tracker.core.breakdown_sums import disagreements
from outcome_tracker.core.breakdown_wording import (
    cell_name,
    counted_text,
    disagreement_text,
    refusal,
)
from outcome_tracker.core.figure import Status
from outcome_tracker.core.number import parse_decimal, plain
from outcome_tracker.core.period import parse_date
from outcome_tracker.exchange import csv_in
from outcome_tracker.tracker.collect import status_named
from outcome_tracker.tracker.import_batch import Batch, Imported, stamp_of, told_by, yes_no

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.period import Period
    from outcome_tracker.exchange.csv_in import Row
    from outcome_tracker.tracker.workspace import Workspace

Categories = tuple[str, ...]
_LONGEST_CATEGORY = 200


def columns(agreed: Agreed) -> csv_in.Columns:
    """Return the columns of a file of breakdowns: between the others the dimensions of all breakdowns, once each."""
    dimensions = dict.fromkeys(name for breakdown in agreed.breakdowns for name in breakdown.dimensions)
    return csv_in.Columns(KEY_COLUMNS, (*dimensions, *CONTENT_COLUMNS))


def import_breakdowns(
    workspace: Workspace,
    path: Path,
    *,
    told: Mapping[str, Status] | None = None,
    dry_run: bool = False,
    encoding: str = csv_in.UTF8,
    sheet: str = "",
) -> Imported:
    """Import a file of counts; `told` says what its markers for missing ones mean, as `core.missing` reads it.

    Raises `Unavailable` when there is no database, and `Conflict` when somebody saved the same cell meanwhile.
    """
    with workspace.read() as reader:
        batch = Batch(workspace, reader, told)
        rows = batch.table(path, columns(batch.agreed), encoding=encoding, sheet=sheet)
        held = reader.breakdown_figures()
    _File(batch, held).take(rows)
    return batch.finish(dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as one row says it."""

    row: Row
    breakdown: Breakdown
    period: Period
    categories: Categories
    content: Counted

    @property
    def name(self) -> str:
        return f"{self.breakdown.code} {self.period}, {cell_name(self.breakdown, self.categories)}"


class _File:
    """The rows of a file beside what is held."""

    def __init__(self, batch: Batch, held: list[BreakdownFigure]) -> None:
        self.batch = batch
        self.breakdowns = {each.code.casefold(): each for each in batch.agreed.breakdowns}
        self.current = {(each.breakdown, each.period, each.categories): each for each in held}
        self.spellings = {
            (each.breakdown, place, category.casefold()): category
            for each in held
            for place, category in enumerate(each.categories)
        }

    def take(self, rows: tuple[Row, ...]) -> None:
        """Read every row, look at the totals that they make, and take what is new."""
        read = [cell for row in rows if (cell := self._read(row)) is not None]
        cells = [
            cell
            for cell in read
            if self.batch.once(cell.row, (cell.breakdown.code, cell.period, cell.categories), _twice(cell))
        ]
        self._check_totals(cells)
        for cell in cells:
            self._offer(cell)

    def _read(self, row: Row) -> _Cell | None:
        batch, code = self.batch, row["breakdown"]
        breakdown = self.breakdowns.get(code.casefold())
        if breakdown is None:
            if code:
                known = [each.code for each in self.breakdowns.values()]
                batch.refuse(row, "breakdown", f"There is no breakdown '{code}'.{batch.guess(code, known)}")
            return None
        before = len(batch.problems)
        period = batch.optional(row, "period", lambda text: parse_period(text, breakdown))
        categories = self._categories(row, breakdown)
        content = self._content(row)
        if period is None or len(batch.problems) > before:
            return None
        if period.start > told_by(batch, row):
            batch.refuse(row, "period", f"{period.label} has not begun; correct the period.")
            return None
        if wrong := refusal(content, multi_response=breakdown.multi_response):
            batch.refuse(row, *wrong)
            return None
        return _Cell(row, breakdown, period, categories, content)

    def _categories(self, row: Row, breakdown: Breakdown) -> Categories:
        for column in row.cells:
            if column not in {*KEY_COLUMNS, *CONTENT_COLUMNS, *breakdown.dimensions} and row[column]:
                its = ", ".join(breakdown.dimensions)
                message = f"{breakdown.code} is by {its}; leave this cell empty, or correct the breakdown."
                self.batch.refuse(row, column, message)
        for place, dimension in enumerate(breakdown.dimensions):
            category = row[dimension]
            if len(category) > _LONGEST_CATEGORY:
                message = f"The {dimension} has {len(category):,} characters; {_LONGEST_CATEGORY} are the most."
                self.batch.refuse(row, dimension, message)
            known = self.spellings.setdefault((breakdown.code, place, category.casefold()), category)
            if known != category:
                message = f"'{category}' is written '{known}' elsewhere; write it the same, or they are two."
                self.batch.refuse(row, dimension, message)
        return tuple(row[dimension] for dimension in breakdown.dimensions)

    def _content(self, row: Row) -> Counted:
        batch = self.batch
        status = batch.attempt(row, "status", status_named) or Status.FINAL
        batch.optional(row, "released", parse_date)
        count, status = self._count(row, status)
        denominator = batch.number(row, "denominator", _whole)
        if denominator == 0:
            batch.refuse(row, "denominator", "The denominator is 0, and nothing is a share of it; leave it empty.")
        return Counted(
            count,
            denominator,
            status,
            row["note"],
            bool(batch.optional(row, "illustrative", yes_no)),
            row["as_published"],
            row["published_in"],
        )

    def _count(self, row: Row, status: Status) -> tuple[Decimal | None, Status]:
        """Return the count and the status that it gives: a marker says why there is none unless the status does."""
        text = row["count"]
        marker = self.batch.markers.found(text) if text else missing.BLANK
        if not marker:
            return self.batch.number(row, "count", _whole), status
        if status.is_absent:
            return None, status
        return None, self.batch.markers.meaning(marker, row["count"], row.place("count")) or Status.NOT_RETURNED

    def _check_totals(self, cells: list[_Cell]) -> None:
        """Compare totals with their parts, in the periods that the file says something about."""
        last = {(cell.breakdown.code, cell.period): cell for cell in cells}
        rows = {(cell.breakdown.code, cell.period, cell.categories): cell.row for cell in cells}
        counts: dict[tuple[str, Period], dict[Categories, Decimal | None]] = {key: {} for key in last}
        for (code, period, categories), figure in self.current.items():
            if (code, period) in counts:
                counts[code, period][categories] = figure.content.count
        for cell in cells:
            counts[cell.breakdown.code, cell.period][cell.categories] = cell.content.count
        for (code, period), held in counts.items():
            cell = last[code, period]
            for found in disagreements(cell.breakdown, held):
                row = rows.get((code, period, found.categories), cell.row)
                say = self.batch.refuse if found.is_less else self.batch.warn
                say(row, "count", f"{code} {period}: {disagreement_text(cell.breakdown, found)}")

    def _offer(self, cell: _Cell) -> None:
        """Take a cell as the next version, unless it says the same; what a source printed stays unless it is new."""
        current = self.current.get((cell.breakdown.code, cell.period, cell.categories))
        content = cell.content
        now = counted_text(content)
        if current is not None:
            old = current.content
            content = replace(
                content,
                as_published=content.as_published or old.as_published,
                source=content.source or old.source,
            )
            if content == old:
                self.batch.unchanged += 1
                return
            now = f"{counted_text(old)} → {now}"
        version = current.version + 1 if current else 1
        stamp = stamp_of(self.batch, cell.row, "released")
        fact = BreakdownFigure(cell.breakdown.code, cell.period, cell.categories, version, content, stamp)
        self.batch.add(fact, is_new=current is None, line=f"{cell.name}: {now}")


def _twice(cell: _Cell) -> str:
    """Return what stands twice; a forgotten column would make every row the total."""
    if TOTAL not in cell.categories:
        return cell.name
    empty = [name for name, category in zip(cell.breakdown.dimensions, cell.categories, strict=True) if not category]
    return f"{cell.name} (no {' and no '.join(empty)} is given)"


def _whole(text: str) -> Decimal:
    number = parse_decimal(text)
    if number != number.to_integral_value():
        raise ValueError(f"'{text}' is not a whole number; write how many there are, as in 728.")
    if number < 0:
        raise ValueError(f"{plain(number)} is below zero; write how many there are, 0 for none.")
    return number.to_integral_value()
