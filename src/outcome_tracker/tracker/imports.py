"""Import files: one transaction or a dry run, every problem by row and column, no change by the same file twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from outcome_tracker.core import commentary, milestone
from outcome_tracker.core.benchmark import Benchmark
from outcome_tracker.core.commentary import Commentary, PublishedLine
from outcome_tracker.core.figure import Status, disagreement
from outcome_tracker.core.milestone import Report, parse_progress, read_due
from outcome_tracker.core.number import Entry, check, parse_decimal, plain, quotient
from outcome_tracker.core.period import parse, parse_date, parse_reporting_period
from outcome_tracker.exchange import csv_in
from outcome_tracker.tracker.breakdown_imports import import_breakdowns
from outcome_tracker.tracker.figure_imports import take_figures, value_of_unit
from outcome_tracker.tracker.import_batch import Batch, Imported, why_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from pathlib import Path

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.exchange.csv_in import Row
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace


def import_file(
    workspace: Workspace,
    kind: str,
    path: Path,
    *,
    told: Mapping[str, Status] | None = None,
    dry_run: bool = False,
    encoding: str = csv_in.UTF8,
    sheet: str = "",
) -> Imported:
    """Import a file of `kind`: figures, benchmarks, milestones, commentary, published or breakdowns.

    `told` says what markers for missing figures mean, as `core.missing` reads it; `sheet` is that of a workbook.
    Raises `Unavailable` when there is no database, and `Conflict` when somebody saved the same figure meanwhile.
    """
    if kind == BREAKDOWNS:
        return import_breakdowns(workspace, path, told=told, dry_run=dry_run, encoding=encoding, sheet=sheet)
    columns, take = _KINDS[kind]
    with workspace.read() as reader:
        batch = Batch(workspace, reader, told)
        take(batch, reader, batch.table(path, columns, encoding=encoding, sheet=sheet))
    return batch.finish(dry_run=dry_run)


def _benchmarks(batch: Batch, reader: Reader, rows: Iterable[Row]) -> None:
    current = {(b.indicator, b.comparator, b.period): b for b in reader.benchmarks()}
    for row in rows:
        before = len(batch.problems)
        indicator = batch.indicator(row)
        period = batch.optional(row, "period", parse)
        value = batch.number(row, "value", value_of_unit(indicator))
        parts = {name: batch.number(row, name, parse_decimal) for name in ("numerator", "denominator")}
        released = batch.optional(row, "released", parse_date)
        if indicator is None or period is None or len(batch.problems) > before or not row["comparator"]:
            continue
        entry = Entry(value, parts["numerator"], parts["denominator"])
        if problem := _benchmark_refusal(entry, indicator):
            batch.refuse(row, "value", problem)
            continue
        if not batch.once(
            row, (indicator.code, row["comparator"], period), f"{indicator.code} {row['comparator']} {period}"
        ):
            continue
        new = Benchmark(
            indicator.code,
            row["comparator"],
            period,
            _benchmark_value(entry, indicator),
            entry.numerator,
            entry.denominator,
            row["source"],
            row["release"],
            released,
            row["method"],
        )
        name = f"{new.indicator} {new.comparator} {new.period}"
        old = current.get((new.indicator, new.comparator, new.period))
        batch.offer(row, new, old, day="released", line=f"{name}: {plain(new.value)}")


def _benchmark_value(entry: Entry, indicator: Indicator) -> Decimal:
    """Return the value as given, or as its parts give it at the indicator's decimals."""
    if entry.value is not None:
        return entry.value
    if entry.numerator is None or entry.denominator is None:
        raise ValueError("a benchmark needs a value or both parts")
    return quotient(entry.numerator, entry.denominator, indicator.unit, indicator.decimals)


def _benchmark_refusal(entry: Entry, indicator: Indicator) -> str:
    """Return why an entry can't be a benchmark of the indicator, or nothing."""
    if entry.value is None and (entry.numerator is None or entry.denominator is None):
        return "The value is empty; fill it in, or give numerator and denominator."
    return check(entry, indicator.unit) or disagreement(entry, indicator)


def _milestones(batch: Batch, reader: Reader, rows: Iterable[Row]) -> None:
    codes = {m.code.casefold(): m.code for p in batch.agreed.plans for a in p.actions for m in a.counted}
    histories: dict[str, list[Report]] = {}
    waiting: dict[str, list[Report]] = {}  # what is held and no row has said yet
    for report in reader.milestone_reports():
        histories.setdefault(report.milestone, []).append(report)
    for row in rows:
        code = codes.get(row["milestone"].casefold())
        if code is None and row["milestone"]:
            batch.refuse(
                row,
                "milestone",
                f"There is no milestone '{row['milestone']}'.{batch.guess(row['milestone'], codes.values())}",
            )
        status = batch.attempt(row, "status", parse_progress) if row["status"] else None
        before = len(batch.problems)
        batch.optional(row, "date", read_due)
        batch.optional(row, "new_due", read_due)
        known = batch.optional(row, "known", parse_date)
        if code is None or status is None or len(batch.problems) > before:
            continue
        new = Report(code, 1, status, row["date"], row["new_due"], row["reason"], row["source"])
        history = histories.setdefault(code, [])
        held = waiting.setdefault(code, [replace(old, version=1, stamp=None) for old in history])
        is_held = new in held
        if is_held:  # answers one row alone: a milestone that went back to what it was says so twice
            held.remove(new)
        if is_held or (history and replace(history[-1], version=1, stamp=None) == new):
            batch.unchanged += 1
            continue
        if problem := milestone.refusal(new):
            batch.refuse(row, *problem)
            continue
        # What a person would be asked for is said, and stops no import: a source may not have it.
        for column, sentence in () if new.source else milestone.refusals(new, "", batch.workspace.today):
            batch.warn(row, column, sentence)
        stamp = batch.workspace.stamp(known=known or _ended(new.day, batch.workspace.today), why=why_of(row))
        new = replace(new, version=len(history) + 1, stamp=stamp)
        history.append(new)
        batch.add(new, is_new=len(history) == 1, line=f"{code}: {status}")


def _ended(day: str, today: date) -> date | None:
    when = read_due(day)
    if when is None:
        return None
    return min(when if isinstance(when, date) else when.end, today)


def _commentary(batch: Batch, reader: Reader, rows: Iterable[Row]) -> None:
    subjects = {i.code.casefold(): (i.code, i.kind) for i in batch.indicators.values()}
    plans = {p.code.casefold(): p.code for p in batch.agreed.plans}
    current = {(c.subject, c.period, c.section): c for c in reader.commentary()}
    for row in rows:
        key = row["subject"].casefold()
        subject = plans.get(key) or subjects.get(key, ("", None))[0]
        if not subject and key:
            known = [*plans.values(), *(code for code, _ in subjects.values())]
            batch.refuse(
                row, "subject", f"There is no plan or indicator '{row['subject']}'.{batch.guess(row['subject'], known)}"
            )
        period = batch.attempt(row, "period", parse_reporting_period) if row["period"] else None
        before = len(batch.problems)
        batch.optional(row, "date", parse_date)
        is_dated = len(batch.problems) == before
        if odd := commentary.refusal(row["section"], row["text"]):
            if len(row["text"]) > commentary.LONGEST:
                batch.refuse(row, "text", odd)
                continue
            batch.warn(row, "text", odd)
        if not subject or period is None or not row["section"] or not row["text"] or not is_dated:
            continue
        if not batch.once(row, (subject, period, row["section"]), f"{subject} {period} '{row['section']}'"):
            continue
        new = Commentary(subject, period, row["section"], row["text"], row["author"], row["source"])
        old = current.get((subject, period, row["section"]))
        batch.offer(row, new, old, day="date", line=f"{subject} {period}: {row['section']}")


def _published(batch: Batch, reader: Reader, rows: Iterable[Row]) -> None:
    plans = {p.code.casefold(): p.code for p in batch.agreed.plans}
    current = {(p.plan, p.period, p.measure): p for p in reader.published_lines()}
    for row in rows:
        plan = plans.get(row["plan"].casefold())
        if plan is None and row["plan"]:
            batch.refuse(row, "plan", f"There is no plan '{row['plan']}'.{batch.guess(row['plan'], plans.values())}")
        period = batch.attempt(row, "period", parse_reporting_period) if row["period"] else None
        before = len(batch.problems)
        batch.optional(row, "date", parse_date)
        is_dated = len(batch.problems) == before
        if plan is None or period is None or not row["measure"] or not row["text"] or not is_dated:
            continue
        if not batch.once(row, (plan, period, row["measure"]), f"{plan} {period} '{row['measure']}'"):
            continue
        new = PublishedLine(plan, period, row["measure"], row["text"], row["source"])
        old = current.get((plan, period, row["measure"]))
        batch.offer(row, new, old, day="date", line=f"{plan} {period}: {row['measure']}")


_KINDS = {
    "figures": (csv_in.FIGURES, take_figures),
    "benchmarks": (csv_in.BENCHMARKS, _benchmarks),
    "milestones": (csv_in.MILESTONES, _milestones),
    "commentary": (csv_in.COMMENTARY, _commentary),
    "published": (csv_in.PUBLISHED, _published),
}
BREAKDOWNS = "breakdowns"
KINDS = (*_KINDS, BREAKDOWNS)
