"""Plans with their actions, and the council's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.indicator import FIVE_PERCENT, Action, Council, Milestone, Plan
from outcome_tracker.plan_files import keys
from outcome_tracker.plan_files.breakdowns import read_breakdown
from outcome_tracker.plan_files.indicators import Defaults, Places, read_indicator, read_span

if TYPE_CHECKING:
    from outcome_tracker.plan_files.kinds import Shape, Values
    from outcome_tracker.plan_files.report import Report
    from outcome_tracker.plan_files.tree import Document

_DAYS = 15
_SUPPRESS_BELOW = 5
_EXTRA = ("neighbours", "calendar", "defaults", "roles", "sign_off", "backups")
STANDARD = Defaults(FIVE_PERCENT, FIVE_PERCENT)


def read_root(document: Document, shape: Shape, report: Report) -> Values | None:
    """Return the keys of a whole file, repeated ones reported."""
    for first, again in document.repeated:
        report.add(again, again.value, f"stands twice, first in line {first.line}; delete one.")
    return None if document.root is None else shape.read(document.root, report, "")


def read_council(values: Values, report: Report, places: Places) -> tuple[Council | None, Defaults]:
    """Return the council, and the defaults for its indicators as far as they can be read."""
    places.add("council", "", values.at(keys.COUNCIL))
    defaults = values.get(keys.DEFAULTS)
    tolerance = threshold = suppress_below = None
    if defaults is not None:
        tolerance = defaults.get(keys.TOLERANCE)
        suppress_below = defaults.get(keys.SUPPRESS_BELOW)
        direction = defaults.get(keys.DEFAULT_DIRECTION)
        threshold = None if direction is None else direction.get(keys.THRESHOLD)
    standard = Defaults(tolerance or FIVE_PERCENT, threshold or FIVE_PERCENT)
    calendar = values.get(keys.CALENDAR)
    days = None if calendar is None else calendar.get(keys.FIGURES_DUE)
    comparators = values.get(keys.COMPARATORS)
    if comparators is not None and not comparators:
        report.add(values.at(keys.COMPARATORS), keys.COMPARATORS.name, "is empty; write [England] or more.")
    _check_roles(values, report, places)
    name, area, region = values.get(keys.COUNCIL), values.get(keys.AREA), values.get(keys.REGION)
    if name is None or area is None or region is None or comparators is None:
        return None, standard
    plain = values.plain()
    council = Council(
        name=name,
        area=area,
        region=region,
        comparators=tuple(comparators),
        dfe_code=values.get(keys.DFE_CODE) or "",
        reporting_period=values.get(keys.REPORTING_PERIOD),
        figures_due_days=_DAYS if days is None else days,
        tolerance=standard.tolerance,
        threshold=standard.threshold,
        suppress_below=_SUPPRESS_BELOW if suppress_below is None else suppress_below,
        extra={key: plain[key] for key in _EXTRA if key in plain},
    )
    return council, standard


def _check_roles(values: Values, report: Report, places: Places) -> None:
    roles = values.get(keys.ROLES)
    if roles is None:
        return
    places.add("roles", "", values.at(keys.ROLES))
    if roles.get(keys.VIEWERS) and not roles.get(keys.OFFICERS):
        message = "lists viewers and no officers, so every viewer may also change everything; list the officers too."
        report.warn(values.at(keys.ROLES), keys.ROLES.name, message)


def read_plan(values: Values, defaults: Defaults, report: Report, places: Places) -> Plan | None:
    """Return the plan; None when it has no code or title."""
    code, title = values.get(keys.CODE), values.get(keys.PLAN)
    if code is not None:
        places.add_code("plan", code, values.at(keys.CODE))
    illustrative = bool(values.get(keys.ILLUSTRATIVE))
    read = (
        read_indicator(one, code or "", defaults, report, places, illustrative=illustrative)
        for one in values.get(keys.INDICATORS) or []
    )
    indicators = tuple(indicator for indicator in read if indicator is not None)
    found = (_action(one, code or "", places, illustrative=illustrative) for one in values.get(keys.ACTIONS) or [])
    actions = tuple(action for action in found if action is not None)
    tables = (
        read_breakdown(one, code or "", report, places, illustrative=illustrative)
        for one in values.get(keys.BREAKDOWNS) or []
    )
    breakdowns = tuple(breakdown for breakdown in tables if breakdown is not None)
    span = read_span(values, report)
    if code is None or title is None:
        return None
    return Plan(
        code=code,
        title=title,
        indicators=indicators,
        actions=actions,
        theme=values.get(keys.THEME) or "",
        owner=values.get(keys.OWNER) or "",
        lead_member=values.get(keys.LEAD_MEMBER) or "",
        committees=tuple(values.get(keys.COMMITTEES) or ()),
        span=span,
        illustrative=illustrative,
        breakdowns=breakdowns,
    )


def _action(values: Values, plan: str, places: Places, *, illustrative: bool) -> Action | None:
    code, title = values.get(keys.CODE), values.get(keys.TITLE)
    if code is not None:
        places.add_code("action", code, values.at(keys.CODE))
    flag = illustrative or bool(values.get(keys.ILLUSTRATIVE))
    found = (_milestone(one, code or "", plan, places, illustrative=flag) for one in values.get(keys.MILESTONES) or [])
    milestones = tuple(milestone for milestone in found if milestone is not None)
    if code is None or title is None:
        return None
    owner, source = values.get(keys.OWNER) or "", values.get(keys.SOURCE) or ""
    return Action(code, title, plan, owner, source, milestones, flag)


def _milestone(values: Values, action: str, plan: str, places: Places, *, illustrative: bool) -> Milestone | None:
    code, title = values.get(keys.CODE), values.get(keys.TITLE)
    if code is not None:
        places.add_code("milestone", code, values.at(keys.CODE))
    if code is None or title is None:
        return None
    return Milestone(
        code=code,
        title=title,
        action=action,
        plan=plan,
        due=values.get(keys.MILESTONE_DUE) or "",
        owner=values.get(keys.OWNER) or "",
        source=values.get(keys.SOURCE) or "",
        illustrative=illustrative or bool(values.get(keys.ILLUSTRATIVE)),
    )
