"""Import figures: the rows of a table beside what is held, and what stands where a figure is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import missing
from outcome_tracker.core.direction import Direction
from outcome_tracker.core.figure import Content, Figure, Status, texts, value_of
from outcome_tracker.core.missing_wording import beside_value_text, contradiction_text, partial_note, status_text
from outcome_tracker.core.number import UnitKind, parse_decimal, plain
from outcome_tracker.core.oddity import fraction, oddities
from outcome_tracker.core.period import Kind, Period, ending, parse, parse_date
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.text import listed
from outcome_tracker.tracker.collect import refusal, revised, status_named
from outcome_tracker.tracker.import_batch import Batch, stamp_of, told_by, yes_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.exchange.csv_in import Row
    from outcome_tracker.store.queries import Reader

_NUMBERS = ("value", "numerator", "denominator")


def take_figures(batch: Batch, reader: Reader, rows: Iterable[Row]) -> None:
    """Take what the rows say that is new."""
    series: dict[str, dict[Period, Figure]] = {}
    for figure in reader.figures():
        series.setdefault(figure.indicator, {})[figure.period] = figure
    for row in rows:
        indicator = batch.indicator(row)
        period = _period(batch, row, indicator)
        content = _content(batch, row, indicator)
        if indicator is None or period is None or content is None:
            continue
        if period.start > told_by(batch, row):
            batch.refuse(row, "period", f"{period.label} has not begun; correct the period.")
            continue
        if batch.once(row, (indicator.code, period), f"{indicator.code} {period}"):
            _offer(batch, row, indicator, period, series.setdefault(indicator.code, {}), content)


def _offer(
    batch: Batch, row: Row, indicator: Indicator, period: Period, known: dict[Period, Figure], content: Content
) -> None:
    """Take a figure as the next version, unless it says the same."""
    current = known.get(period)
    content = revised(current, content)
    if current is not None and current.content == content:
        batch.unchanged += 1
        return
    odd_things = oddities(indicator, known, period, content)
    if not row["value"].endswith("%"):
        odd_things += fraction(indicator, known, period, content)
    version = current.version + 1 if current else 1
    figure = Figure(indicator.code, period, version, content, stamp_of(batch, row, "released"), " ".join(odd_things))
    for odd in odd_things:
        batch.warn(row, "value", f"{indicator.code} {period}: {odd}")
    known[period] = figure
    now = _change(current.content, content, indicator) if current else _shown(content, indicator)
    batch.add(figure, is_new=current is None, line=f"{indicator.code} {period}: {now}")


def _shown(content: Content, indicator: Indicator) -> str:
    value = value_of(content, indicator)
    return content.status.value if value is None else plain(value)


def _change(old: Content, new: Content, indicator: Indicator) -> str:
    """Return `88.0 → 90.0`, or what else of a figure changes: `88.0, note '' → 'counted again'`."""
    before, now = _shown(old, indicator), _shown(new, indicator)
    if before != now:
        return f"{before} → {now}"
    was = texts(old)
    changes = [f"{name} '{was[name]}' → '{text}'" for name, text in texts(new).items() if was[name] != text]
    return f"{now}, {', '.join(changes)}"


def _period(batch: Batch, row: Row, indicator: Indicator | None) -> Period | None:
    """Read the period; of a monthly figure the day that a workbook gives may be any of the month."""
    if indicator is None or not row["period"]:
        return None
    kind = indicator.kind
    day = row.dates.get("period")
    if day is not None and kind is Kind.MONTH:
        return ending(day, kind)
    return batch.attempt(row, "period", lambda text: parse(text, kind))


def _content(batch: Batch, row: Row, indicator: Indicator | None) -> Content | None:
    before = len(batch.problems)
    written = batch.attempt(row, "status", status_named) if row["status"] else None
    markers = {name: marker for name in _NUMBERS if (marker := batch.markers.found(row[name]))}
    if not any(row[name] for name in _NUMBERS) and not row["status"]:
        markers = {"value": missing.BLANK}
    numbers = {name: _number(batch, row, name, indicator) for name in _NUMBERS if name not in markers}
    batch.optional(row, "released", parse_date)
    status: Status | None = written or Status.FINAL
    if markers:
        status = _absence(batch, row, markers, written)
        numbers = {}
    content = Content(
        numbers.get("value"),
        numbers.get("numerator"),
        numbers.get("denominator"),
        status or Status.NOT_RETURNED,
        _note(row, markers),
        bool(batch.optional(row, "illustrative", yes_no)),
        row["as_published"],
        batch.optional(row, "published_rag", _one_of(list(Rag), "a rating")) or "",
        batch.optional(row, "published_direction", _one_of(list(Direction), "a direction")) or "",
        row["source"],
    )
    if indicator is None or status is None or len(batch.problems) > before:
        return None
    if problem := refusal(content, indicator):
        batch.refuse(row, "status" if content.status.is_absent else "value", problem)
        return None
    return content


def _absence(batch: Batch, row: Row, markers: dict[str, str], written: Status | None) -> Status | None:
    """Return why a figure with markers is absent; None where it isn't, which is a problem, or nobody has said why."""
    column = next(iter(markers))
    if row["value"] and "value" not in markers:
        batch.refuse(row, column, beside_value_text(row["value"], column, row[column]))
        return None
    if written is not None:
        if not written.is_absent:
            batch.refuse(row, "status", status_text(written, column, row[column]))
        return written
    meanings = {name: batch.markers.meaning(marker, row[name], row.place(name)) for name, marker in markers.items()}
    if len(set(meanings.values())) > 1 and None not in meanings.values():
        batch.refuse(row, column, contradiction_text({row[name]: str(status) for name, status in meanings.items()}))
    return next(iter(meanings.values())) if None not in meanings.values() else None


def _note(row: Row, markers: dict[str, str]) -> str:
    """Return the note, with what stood beside a marker."""
    there = {name: row[name] for name in _NUMBERS if row[name]}
    if len(there) <= len(markers) or not markers:
        return row["note"]
    note = row["note"]
    return f"{note}{'' if note.endswith('.') else '.'} {partial_note(there)}" if note else partial_note(there)


def _number(batch: Batch, row: Row, column: str, indicator: Indicator | None) -> Decimal | None:
    return batch.number(row, column, value_of_unit(indicator) if column == "value" else parse_decimal)


def value_of_unit(indicator: Indicator | None) -> Callable[[str], Decimal]:
    """Return what reads a value, which may have the sign of its indicator's unit: `16.2%`, `£1,200`."""
    kind = indicator.unit.kind if indicator else None

    def read(text: str) -> Decimal:
        if kind is UnitKind.PERCENT:
            return parse_decimal(text.removesuffix("%"))
        return parse_decimal(text.replace("£", "", 1) if kind is UnitKind.POUNDS else text)

    return read


def _one_of(codes: list[str], what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.casefold() in codes:
            return text.casefold()
        message = f"'{text}' is not {what}; write {listed([str(c) for c in codes], 'or')}."
        raise ValueError(message)

    return read
