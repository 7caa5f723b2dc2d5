"""Indicators: what the keys of one mean together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import ALWAYS, Break, Compare, Indicator, Margin, Polarity, Span
from outcome_tracker.core.number import plain
from outcome_tracker.core.period import Frequency, Kind, Period, PeriodError, kind_of
from outcome_tracker.plan_files import keys
from outcome_tracker.plan_files.targets import Setting, read_start, read_targets, warn_of_small_tolerance
from outcome_tracker.plan_files.texts import period

if TYPE_CHECKING:
    from outcome_tracker.core.target import Target
    from outcome_tracker.plan_files.kinds import Key, Values
    from outcome_tracker.plan_files.report import Report
    from outcome_tracker.plan_files.tree import Node, Text


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for indicators that say nothing themselves."""

    tolerance: Margin
    threshold: Margin


@dataclass(slots=True)
class Places:
    """Where things stand in one file, by keys such as `target SAFE-01 2018-19`.

    `totals` are those of breakdowns by their code and a category, none for the total of all: the indicator's code, and
    whether the breakdown says its frequency.
    """

    path: str
    found: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    codes: list[tuple[str, str, Node]] = field(default_factory=list)
    totals: dict[tuple[str, str], tuple[str, Node, bool]] = field(default_factory=dict)

    def add(self, what: str, name: str, node: Node) -> None:
        """Note where something stands; the first of a name stays."""
        self.found.setdefault(f"{what} {name}".strip(), (self.path, node.line, node.column))

    def add_code(self, what: str, code: str, node: Node) -> None:
        """Note a code, which may stand only once in all files."""
        self.add(what, code, node)
        self.codes.append((what, code, node))


def read_indicator(
    values: Values, plan: str, defaults: Defaults, report: Report, places: Places, *, illustrative: bool
) -> Indicator | None:
    """Return the indicator; None when a key that it can't be without is missing or wrong."""
    code, title = values.get(keys.CODE), values.get(keys.TITLE)
    if code is not None:
        places.add_code("indicator", code, values.at(keys.CODE))
    tier, unit, better = values.get(keys.TIER), values.get(keys.UNIT), values.get(keys.BETTER)
    frequency, basis = values.get(keys.FREQUENCY), values.get(keys.BASIS)
    year = _year(values, frequency, report)
    kind = kind_of(frequency, year) if frequency is not None else None
    decimals = values.get(keys.DECIMALS)
    if decimals is None:
        # Without a unit nothing is known to be too fine
        decimals = unit.default_decimals if unit is not None else 6
    tolerance = values.get(keys.TOLERANCE)
    compare, threshold = _direction(values)
    _warn_of_small_points(values, decimals, report)
    flag = bool(values.get(keys.ILLUSTRATIVE)) or illustrative
    setting = Setting(unit, better, kind, basis, decimals, tolerance or defaults.tolerance, flag)
    targets = _targets(values, setting, report)
    due = _due(values, frequency, report)
    span = read_span(values, report)
    breaks = _breaks(values, kind, report)
    extra = _extra(values, kind, report)
    if code is None or title is None or tier is None or unit is None or better is None:
        return None
    if frequency is None or basis is None:
        return None
    for place, target in targets:
        places.add("target", f"{code} {target.year.code}", place)
    return Indicator(
        code=code,
        title=title,
        plan=plan,
        tier=tier,
        unit=unit,
        better=better,
        frequency=frequency,
        basis=basis,
        decimals=decimals,
        numerator=values.get(keys.NUMERATOR) or "",
        denominator=values.get(keys.DENOMINATOR) or "",
        definition=values.get(keys.DEFINITION) or "",
        source=values.get(keys.DATA_SOURCE) or "",
        data_quality=values.get(keys.DATA_QUALITY) or "",
        owner=values.get(keys.OWNER) or "",
        tolerance=tolerance or defaults.tolerance,
        compare=compare,
        threshold=threshold or defaults.threshold,
        suppress_below=values.get(keys.SUPPRESS_BELOW),
        breaks=breaks,
        targets=tuple(target for _, target in targets),
        span=span,
        due=due,
        year=year,
        illustrative=flag,
        extra=extra,
    )


def _year(values: Values, frequency: Frequency | None, report: Report) -> str:
    year = values.get(keys.YEAR)
    if year in {None, keys.YearKind.FINANCIAL}:
        return "financial"
    if frequency is Frequency.ANNUAL:
        return str(year)
    if frequency is not None:
        report.add(values.at(keys.YEAR), values.named(keys.YEAR), "is only for frequency: annual; delete it.")
    return "financial"


def _due(values: Values, frequency: Frequency | None, report: Report) -> int:
    if values.has(keys.DUE) and frequency not in {Frequency.ANNUAL, None}:
        report.add(values.at(keys.DUE), values.named(keys.DUE), "is only for frequency: annual; delete it.")
    return values.get(keys.DUE) or 4


def _direction(values: Values) -> tuple[Compare | None, Margin | None]:
    direction = values.get(keys.DIRECTION)
    if direction is None:
        return None, None
    return direction.get(keys.COMPARE), direction.get(keys.THRESHOLD)


def _warn_of_small_points(values: Values, decimals: int, report: Report) -> None:
    """Warn where points are set that no change of a displayed figure can stay within."""
    holders: list[tuple[Values, Key[Margin]]] = [(values, keys.TOLERANCE)]
    if (direction := values.get(keys.DIRECTION)) is not None:
        holders.append((direction, keys.THRESHOLD))
    for holder, key in holders:
        margin = holder.get(key)
        unit = Decimal(1).scaleb(-decimals)
        if margin is not None and margin.points and 0 < margin.amount < unit:
            message = f"{margin.code} is less than {plain(unit)}, the smallest step shown, so it acts like 0."
            report.warn(holder.at(key), holder.named(key), message)


def _targets(values: Values, setting: Setting, report: Report) -> list[tuple[Text, Target]]:
    written = values.get(keys.TARGETS)
    if written is None:
        return []
    name = values.named(keys.TARGETS)
    if setting.better is Polarity.NEITHER:
        if written:
            message = "a context indicator (better: neither) has no target; delete them, or say which way is better."
            report.add(values.at(keys.TARGETS), name, message)
        return []
    before = len(report.problems)
    targets = read_targets(written, setting, report, name)
    if all(problem.warning for problem in report.problems[before:]):
        warn_of_small_tolerance(targets, setting, report, name)
    return targets


def read_span(values: Values, report: Report) -> Span:
    """Return when something counts, by its `from` and `until`."""
    first, last = values.get(keys.FROM), values.get(keys.UNTIL)
    if first is None and last is None:
        return ALWAYS
    if first is not None and last is not None and first.start > last.end:
        message = f"{last.code} ends before it starts, from: {first.code}; correct one of them."
        report.add(values.at(keys.UNTIL), values.named(keys.UNTIL), message)
    return Span(first, last)


def _breaks(values: Values, kind: Kind | None, report: Report) -> tuple[Break, ...]:
    found: dict[Period, Break] = {}
    for one in values.get(keys.BREAKS) or []:
        start = read_start(one, keys.BREAK_FROM, one.get(keys.BREAK_FROM), kind, report)
        if start is None:
            continue
        if start in found:
            message = f"{start.code} has two breaks; keep one, with both reasons."
            report.add(one.at(keys.BREAK_FROM), one.named(keys.BREAK_FROM), message)
        found[start] = Break(start, one.get(keys.BREAK_REASON) or "")
    return tuple(found[start] for start in sorted(found, key=lambda p: p.start))


def _extra(values: Values, kind: Kind | None, report: Report) -> dict[str, object]:
    """Return the settings of rules that read them themselves."""
    extra: dict[str, object] = {}
    if (spc := values.get(keys.SPC)) is not None:
        extra["spc"] = spc.plain()
        starts = []
        for start in spc.get(keys.REBASE) or []:
            try:
                starts.append(period(start.value, kind or Kind.YEAR).code)
            except PeriodError as error:
                if kind is not None:
                    report.add(start, spc.named(keys.REBASE), str(error))
        if spc.has(keys.REBASE):
            extra["spc"] = {**spc.plain(), "rebase": starts}
    if (benchmark := values.get(keys.BENCHMARK)) is not None:
        extra["benchmark"] = benchmark.plain()
    return extra
