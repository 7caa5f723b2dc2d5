"""Targets of one indicator: what the keys mean together, and what looks mistaken."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import Basis, Polarity
from outcome_tracker.core.number import Entry, Unit, check, half_up, plain, with_unit
from outcome_tracker.core.period import Kind, Period, PeriodError
from outcome_tracker.core.target import Goal, Revision, Target, profile_keys
from outcome_tracker.core.text import clean, listed
from outcome_tracker.plan_files import keys
from outcome_tracker.plan_files.texts import period, period_or_year

if TYPE_CHECKING:
    from outcome_tracker.core.indicator import Margin
    from outcome_tracker.plan_files.kinds import Key, Values
    from outcome_tracker.plan_files.report import Report
    from outcome_tracker.plan_files.tree import Node, Text


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the indicator whose targets are read; None where its own key is missing or wrong."""

    unit: Unit | None
    better: Polarity | None
    kind: Kind | None
    basis: Basis | None
    decimals: int
    tolerance: Margin | None
    illustrative: bool


def read_targets(
    written: list[tuple[Text, Values]], setting: Setting, report: Report, key: str
) -> list[tuple[Text, Target]]:
    """Return the targets with the places of their years."""
    found: dict[Period, tuple[Text, Target]] = {}
    for place, values in written:
        year = _year(place, setting.kind, report, key)
        target = _target(values, year, setting, report)
        if year is None or target is None:
            continue
        if year in found:
            report.add(place, f"{key} {place.value}", f"the year stands twice, first in line {found[year][0].line}.")
        else:
            found[year] = (place, target)
    return list(found.values())


def _year(place: Text, kind: Kind | None, report: Report, key: str) -> Period | None:
    is_year = kind in {Kind.ACADEMIC, Kind.CALENDAR}
    text = clean(place.value[:100])
    try:
        return period(text, kind if is_year else Kind.YEAR)
    except PeriodError as error:
        report.add(place, f"{key} {text}", str(error))
        return None


def _target(values: Values, year: Period | None, setting: Setting, report: Report) -> Target | None:
    goal = _goal(values, setting, report)
    if len(values.node.entries) == 1 and goal is not None:  # the shorthand
        return None if year is None else Target(year, goal, illustrative=setting.illustrative)
    profile = _profile(values, setting, report)
    revised = _revisions(values, year, setting, report)
    proposed = values.get(keys.PROPOSED)
    _fits(values, keys.PROPOSED, proposed, setting, report)
    if values.has(keys.PROPOSED) and not values.has(keys.TARGET_REASON):
        report.add(values.at(keys.PROPOSED), values.named(keys.PROPOSED), "needs a reason; add reason: and why.")
    if year is None:
        return None
    return Target(
        year,
        goal,
        tuple(profile.items()),
        tuple(revised),
        proposed,
        values.get(keys.TARGET_REASON) or "",
        values.get(keys.TARGET_BY) or "",
        values.get(keys.SOURCE) or "",
        bool(values.get(keys.ILLUSTRATIVE)) or setting.illustrative,
    )


def _goal(values: Values, setting: Setting, report: Report) -> Goal | None:
    has_target, has_range = values.has(keys.TARGET), values.has(keys.BETWEEN)
    if has_target and has_range:
        report.add(values.at(keys.BETWEEN), values.named(keys.BETWEEN), "stands beside target; keep one of them.")
        return None
    if not (has_target or has_range or values.has(keys.PROPOSED)):
        wanted = "between: [lower, upper]" if setting.better is Polarity.WITHIN else "target: and a number"
        report.add(values.node, values.key, f"has no target; write {wanted}, or proposed:.")
        return None
    key = keys.BETWEEN if has_range else keys.TARGET
    goal = values.get(key)
    _fits(values, key, goal, setting, report)
    return goal


def _fits(values: Values, key: Key[Goal], goal: Goal | None, setting: Setting, report: Report) -> None:
    """Check a goal against the indicator: one number or a range, the unit, the decimals."""
    if goal is None or _suits(goal, setting):
        return
    node, name = values.at(key), values.named(key)
    if goal.value is None and setting.better not in {Polarity.WITHIN, None}:
        report.add(node, name, f"a range needs better: within, but this is better: {setting.better}; write one number.")
    elif goal.value is not None and setting.better is Polarity.WITHIN:
        wanted = "between: [lower, upper]" if key is keys.TARGET else "[lower, upper]"
        report.add(node, name, f"better: within needs a range; write {wanted}.")
    for number in _numbers(goal):
        _number(number, node, name, setting, report)


def _suits(goal: Goal, setting: Setting) -> bool:
    """Tell quickly that nothing is to be said of a goal, as of nearly all."""
    number = goal.value
    return (
        isinstance(number, Decimal)
        and setting.better is not Polarity.WITHIN
        and setting.unit is not None
        and _is_fine(number, setting.unit, setting.decimals)
    )


@lru_cache(maxsize=2_048)  # targets repeat from year to year
def _is_fine(number: Decimal, unit: Unit, decimals: int) -> bool:
    return number == half_up(number, decimals) and not check(Entry(number), unit)


def _numbers(goal: Goal) -> list[Decimal]:
    return [number for number in goal.numbers if isinstance(number, Decimal)]


def _number(number: Decimal, node: Node, name: str, setting: Setting, report: Report) -> None:
    if setting.unit is not None and (wrong := check(Entry(number), setting.unit)):
        report.add(node, name, wrong)
    elif number != half_up(number, setting.decimals):
        report.warn(node, name, f"{plain(number)} is finer than figures are shown, with {_decimals(setting.decimals)}.")


def _decimals(count: int) -> str:
    return f"{count or 'no'} decimal{'' if count == 1 else 's'}"


def _profile(values: Values, setting: Setting, report: Report) -> dict[str, Decimal]:
    profile = values.get(keys.PROFILE_KEY)
    if profile is None:
        return {}
    node, name = values.at(keys.PROFILE_KEY), values.named(keys.PROFILE_KEY)
    if not values.has(keys.TARGET):
        wrong = (
            "a range holds all year; delete it."
            if values.has(keys.BETWEEN)
            else "needs a target beside it; add target:."
        )
        report.add(node, name, wrong)
        return {}
    for number in profile.values():
        _number(number, node, name, setting, report)
    if setting.kind is None:
        return profile
    wanted = profile_keys(setting.kind)
    if not wanted:
        report.add(node, name, "an annual indicator has no profile; delete it.")
        return {}
    missing = [key for key in wanted if key not in profile]
    unknown = [key for key in profile if key not in wanted]
    if missing or unknown:
        report.add(node, name, _mismatch(missing, unknown, wanted))
        return {}
    goal, last = values.get(keys.TARGET), profile[wanted[-1]]
    is_sum = setting.basis is Basis.CUMULATIVE and setting.unit is not None and setting.unit.adds_up
    if is_sum and goal is not None and _numbers(goal) != [last]:
        report.warn(node, name, f"ends at {plain(last)}, which is not the target of the year.")
    return {key: profile[key] for key in wanted}


def _mismatch(missing: list[str], unknown: list[str], wanted: tuple[str, ...]) -> str:
    said = []
    if missing:
        said.append(f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    if unknown:
        said.append(f"{listed([key[:20] for key in unknown[:5]])} {'is' if len(unknown) == 1 else 'are'} not expected")
    return f"{' and '.join(said)}; write {listed(list(wanted))}."


def _revisions(values: Values, year: Period | None, setting: Setting, report: Report) -> list[Revision]:
    written = values.get(keys.REVISED)
    if written is None:
        return []
    if not (values.has(keys.TARGET) or values.has(keys.BETWEEN)):
        report.add(
            values.at(keys.REVISED), values.named(keys.REVISED), "there is no agreed target to revise; add target:."
        )
    found: dict[Period, Revision] = {}
    for one in written:
        goal, start = one.get(keys.REVISED_TO), one.get(keys.REVISED_FROM)
        _fits(one, keys.REVISED_TO, goal, setting, report)
        first = read_start(one, keys.REVISED_FROM, start, setting.kind, report)
        if goal is None or first is None:
            continue
        if year is not None and first.start > year.end:
            message = f"{first.code} is after the target's year {year.code}; revise the target of its own year."
            report.add(one.at(keys.REVISED_FROM), one.named(keys.REVISED_FROM), message)
        elif first in found:
            message = f"{first.code} has two revisions; keep the one that holds."
            report.add(one.at(keys.REVISED_FROM), one.named(keys.REVISED_FROM), message)
        else:
            reason, by = one.get(keys.REVISED_REASON) or "", one.get(keys.REVISED_BY) or ""
            found[first] = Revision(goal, first, reason, by)
    return list(found.values())


def read_start(
    values: Values, key: Key[Text], written: Text | None, kind: Kind | None, report: Report
) -> Period | None:
    """Return the period under `key`: in the indicator's frequency, or a financial year."""
    if written is None:
        return None
    try:
        return period_or_year(written.value, kind or Kind.YEAR)
    except PeriodError as error:
        if kind is not None:  # else the frequency is missing, and a period may be right
            report.add(values.at(key), values.named(key), str(error))
        return None


def warn_of_small_tolerance(targets: list[tuple[Text, Target]], setting: Setting, report: Report, key: str) -> None:
    """Warn once where a percentage of a target is less than one displayed unit: then nothing can be Amber."""
    tolerance = setting.tolerance
    if tolerance is None or tolerance.points or not tolerance.amount or setting.unit is None:
        return
    unit = Decimal(1).scaleb(-setting.decimals)
    smallest = 100 * unit / tolerance.amount
    for place, target in targets:
        if target.goal is None:
            continue
        numbers = [*_numbers(target.goal), *(number for r in target.revised for number in _numbers(r.goal))]
        for number in numbers:
            if abs(number) < smallest:
                message = (
                    f"a tolerance of {tolerance.code} of {with_unit(number, setting.unit)} is less than {plain(unit)}, "
                    "the smallest step shown: few figures or none can be Amber; write the tolerance in points."
                )
                report.warn(place, f"{key} {target.year.code}", message)
                return
