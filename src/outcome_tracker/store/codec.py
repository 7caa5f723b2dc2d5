"""What is agreed, as canonical JSON and back: equal things give equal texts, so that callers compare texts.

Keys are sorted, numbers are text as they were written, periods are their codes, and what is empty is left out.
Unknown keys are ignored, so that rows of later programs can be read. The order of plans, indicators and actions
is a list in what holds them: a new indicator in front changes its plan, not every indicator behind it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from outcome_tracker.core.indicator import (
    ALWAYS,
    Action,
    Agreed,
    Basis,
    Break,
    Compare,
    Council,
    Indicator,
    Milestone,
    Plan,
    Polarity,
    Span,
    Tier,
)
from outcome_tracker.core.number import canonical
from outcome_tracker.core.period import Frequency
from outcome_tracker.core.target import Goal, Revision, Target
from outcome_tracker.store.breakdown_rows import breakdown_body, read_breakdown
from outcome_tracker.store.texts import MARGINS, PERIODS, UNITS, number, number_text, period_text, plain, unplain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outcome_tracker.core.period import Period


class Kind(StrEnum):
    """What a definition defines."""

    COUNCIL = "council"
    PLAN = "plan"
    INDICATOR = "indicator"
    ACTION = "action"


COUNCIL_CODE = "council"
_Body = dict[str, Any]
_T = TypeVar("_T")
# A member by its value: a dictionary is several times faster than calling the enumeration.
_TIERS = {member.value: member for member in Tier}
_POLARITIES = {member.value: member for member in Polarity}
_FREQUENCIES = {member.value: member for member in Frequency}
_BASES = {member.value: member for member in Basis}
_COMPARES: dict[str | None, Compare | None] = {None: None, **{member.value: member for member in Compare}}


def bodies(agreed: Agreed) -> dict[tuple[str, str], str]:
    """Return the text of everything agreed but the targets, by kind and code."""
    found: dict[tuple[str, str], str] = {(Kind.COUNCIL, COUNCIL_CODE): _text(_council(agreed))}
    for plan in agreed.plans:
        found[Kind.PLAN, plan.code] = _text(_plan(plan))
        found |= {(Kind.INDICATOR, i.code): _text(_indicator(i)) for i in plan.indicators}
        found |= {(Kind.ACTION, a.code): _text(_action(a)) for a in plan.actions}
    return found


def target_bodies(agreed: Agreed) -> dict[tuple[str, str], str]:
    """Return the text of every target, by indicator and the year's stored text."""
    return {
        (indicator.code, period_text(target.year)): _text(_target(target))
        for plan in agreed.plans
        for indicator in plan.indicators
        for target in indicator.targets
    }


def assemble(bodies: Mapping[tuple[str, str], str], targets: Mapping[tuple[str, str], str]) -> Agreed | None:
    """Put together what `bodies` and `target_bodies` took apart; None when there is no council.

    What belongs to a plan that isn't there is left out.
    """
    read: dict[str, dict[str, _Body]] = {kind: {} for kind in Kind}
    for (kind, code), content in _loaded(bodies):
        read[kind][code] = content
    council = read[Kind.COUNCIL].get(COUNCIL_CODE)
    if council is None:
        return None
    years: dict[str, list[Target]] = {}
    for (code, year), content in _loaded(targets):
        years.setdefault(code, []).append(_read_target(PERIODS[year], content))
    for each in years.values():
        each.sort(key=lambda target: (target.year.year, target.year.kind))
    indicators: dict[str, dict[str, Indicator]] = {}
    for code, content in read[Kind.INDICATOR].items():
        indicators.setdefault(content["plan"], {})[code] = _read_indicator(code, content, tuple(years.get(code, ())))
    actions: dict[str, dict[str, Action]] = {}
    for code, content in read[Kind.ACTION].items():
        actions.setdefault(content["plan"], {})[code] = _read_action(code, content)
    plans = {
        code: _read_plan(
            code,
            content,
            _ordered(indicators.get(code, {}), content.get("indicators", ())),
            _ordered(actions.get(code, {}), content.get("actions", ())),
        )
        for code, content in read[Kind.PLAN].items()
    }
    return Agreed(_read_council(council), _ordered(plans, council.get("plans", ())))


def council_of(body: str) -> Council:
    """Return the council alone, from its own text."""
    return _read_council(json.loads(body))


def _loaded(texts: Mapping[tuple[str, str], str]) -> Iterable[tuple[tuple[str, str], _Body]]:
    """Read many bodies as one JSON array, which is faster than one after the other."""
    return zip(texts, json.loads(f"[{','.join(texts.values())}]"), strict=True)


def _ordered(found: dict[str, _T], order: Iterable[str]) -> tuple[_T, ...]:
    """Return what is found in the stated order, and what that doesn't state last."""
    stated = [code for code in order if code in found]
    return tuple(found[code] for code in (*stated, *sorted(found.keys() - set(stated))))


def _text(body: _Body) -> str:
    """Return the one text of a body, without what is empty (zero is not)."""
    kept = {key: value for key, value in body.items() if value or (value == 0 and value is not False)}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _council(agreed: Agreed) -> _Body:
    council = agreed.council
    return {
        "name": council.name,
        "area": council.area,
        "region": council.region,
        "comparators": council.comparators,
        "dfe_code": council.dfe_code,
        "reporting_period": period_text(council.reporting_period) if council.reporting_period else None,
        "figures_due_days": council.figures_due_days,
        "tolerance": council.tolerance.code,
        "threshold": council.threshold.code,
        "suppress_below": council.suppress_below,
        "extra": plain(council.extra),
        "plans": [plan.code for plan in agreed.plans],
    }


def _read_council(body: _Body) -> Council:
    get = body.get
    reporting = get("reporting_period")
    return Council(
        name=get("name", ""),
        area=get("area", ""),
        region=get("region", ""),
        comparators=tuple(get("comparators", ())),
        dfe_code=get("dfe_code", ""),
        reporting_period=PERIODS[reporting] if reporting else None,
        figures_due_days=body["figures_due_days"],
        tolerance=MARGINS[body["tolerance"]],
        threshold=MARGINS[body["threshold"]],
        suppress_below=body["suppress_below"],
        extra=_extra(body),
    )


def _plan(plan: Plan) -> _Body:
    return {
        "title": plan.title,
        "theme": plan.theme,
        "owner": plan.owner,
        "lead_member": plan.lead_member,
        "committees": plan.committees,
        "span": _span(plan.span),
        "illustrative": plan.illustrative,
        "extra": plain(plan.extra),
        "indicators": [indicator.code for indicator in plan.indicators],
        "actions": [action.code for action in plan.actions],
        "breakdowns": [breakdown_body(breakdown) for breakdown in plan.breakdowns],
    }


def _read_plan(code: str, body: _Body, indicators: tuple[Indicator, ...], actions: tuple[Action, ...]) -> Plan:
    get = body.get
    extra = _extra(body)  # where breakdowns stood before they were read
    return Plan(
        code=code,
        title=get("title", ""),
        indicators=indicators,
        actions=actions,
        theme=get("theme", ""),
        owner=get("owner", ""),
        lead_member=get("lead_member", ""),
        committees=tuple(get("committees", ())),
        span=_read_span(body),
        illustrative=get("illustrative", False),
        extra={key: value for key, value in extra.items() if key != "breakdowns"},
        breakdowns=tuple(read_breakdown(each, code) for each in get("breakdowns", extra.get("breakdowns", ()))),
    )


def _indicator(indicator: Indicator) -> _Body:
    return {
        "title": indicator.title,
        "plan": indicator.plan,
        "tier": indicator.tier,
        "unit": indicator.unit.code,
        "better": indicator.better,
        "frequency": indicator.frequency,
        "basis": indicator.basis,
        "decimals": indicator.decimals,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "definition": indicator.definition,
        "source": indicator.source,
        "data_quality": indicator.data_quality,
        "owner": indicator.owner,
        "tolerance": indicator.tolerance.code,
        "compare": indicator.compare,
        "threshold": indicator.threshold.code,
        "suppress_below": indicator.suppress_below,
        "breaks": [(period_text(each.start), each.reason) for each in indicator.breaks],
        "span": _span(indicator.span),
        "due": indicator.due,
        "year": indicator.year,
        "illustrative": indicator.illustrative,
        "extra": plain(indicator.extra),
    }


def _read_indicator(code: str, body: _Body, targets: tuple[Target, ...]) -> Indicator:
    get = body.get
    return Indicator(
        code=code,
        title=get("title", ""),
        plan=body["plan"],
        tier=_TIERS[body["tier"]],
        unit=UNITS[body["unit"]],
        better=_POLARITIES[body["better"]],
        frequency=_FREQUENCIES[body["frequency"]],
        basis=_BASES[body["basis"]],
        decimals=body["decimals"],
        numerator=get("numerator", ""),
        denominator=get("denominator", ""),
        definition=get("definition", ""),
        source=get("source", ""),
        data_quality=get("data_quality", ""),
        owner=get("owner", ""),
        tolerance=MARGINS[body["tolerance"]],
        compare=_COMPARES[get("compare")],
        threshold=MARGINS[body["threshold"]],
        suppress_below=get("suppress_below"),
        breaks=tuple(Break(PERIODS[start], reason) for start, reason in get("breaks", ())),
        targets=targets,
        span=_read_span(body),
        due=body["due"],
        year=get("year", ""),
        illustrative=get("illustrative", False),
        extra=_extra(body),
    )


def _action(action: Action) -> _Body:
    return {
        "title": action.title,
        "plan": action.plan,
        "owner": action.owner,
        "source": action.source,
        "illustrative": action.illustrative,
        "milestones": [_milestone(milestone, action) for milestone in action.milestones],
    }


def _milestone(milestone: Milestone, action: Action) -> _Body:
    body = {
        "code": milestone.code,
        "title": milestone.title,
        "due": milestone.due,
        "owner": milestone.owner,
        "source": milestone.source,
        "illustrative": milestone.illustrative,
    }
    if (milestone.action, milestone.plan) != (action.code, action.plan):
        body |= {"action": milestone.action, "plan": milestone.plan}
    return body


def _read_action(code: str, body: _Body) -> Action:
    get = body.get
    milestones = tuple(
        Milestone(
            code=each["code"],
            title=each.get("title", ""),
            action=each.get("action", code),
            plan=each.get("plan", body["plan"]),
            due=each.get("due", ""),
            owner=each.get("owner", ""),
            source=each.get("source", ""),
            illustrative=each.get("illustrative", False),
        )
        for each in get("milestones", ())
    )
    return Action(
        code=code,
        title=get("title", ""),
        plan=body["plan"],
        owner=get("owner", ""),
        source=get("source", ""),
        milestones=milestones,
        illustrative=get("illustrative", False),
    )


def _target(target: Target) -> _Body:
    return {
        "goal": _goal(target.goal),
        "profile": [(key, canonical(each)) for key, each in target.profile],
        "revised": [
            {"goal": _goal(each.goal), "from": period_text(each.start), "reason": each.reason, "by": each.by}
            for each in target.revised
        ],
        "proposed": _goal(target.proposed),
        "reason": target.reason,
        "by": target.by,
        "source": target.source,
        "illustrative": target.illustrative,
    }


def _read_target(year: Period, body: _Body) -> Target:
    get = body.get
    return Target(
        year=year,
        goal=_read_goal(get("goal")),
        profile=tuple((key, Decimal(each)) for key, each in get("profile", ())),
        revised=tuple(
            Revision(_some_goal(each["goal"]), PERIODS[each["from"]], each.get("reason", ""), each.get("by", ""))
            for each in get("revised", ())
        ),
        proposed=_read_goal(get("proposed")),
        reason=get("reason", ""),
        by=get("by", ""),
        source=get("source", ""),
        illustrative=get("illustrative", False),
    )


def _goal(goal: Goal | None) -> list[str | None] | None:
    """One number, or three of which the first is missing: [value], [value, lower, upper]."""
    if goal is None:
        return None
    numbers = [None if each is None else number_text(each) for each in (goal.value, goal.lower, goal.upper)]
    return numbers[:1] if goal.lower is None and goal.upper is None else numbers


def _some_goal(numbers: list[str | None]) -> Goal:
    return Goal(*(None if each is None else number(each) for each in numbers))


def _read_goal(numbers: list[str | None] | None) -> Goal | None:
    return None if numbers is None else _some_goal(numbers)


def _span(span: Span) -> list[str | None] | None:
    ends = [None if each is None else period_text(each) for each in (span.first, span.last)]
    return ends if any(ends) else None


def _read_span(body: _Body) -> Span:
    ends = body.get("span")
    return Span(*(None if each is None else PERIODS[each] for each in ends)) if ends else ALWAYS


def _extra(body: _Body) -> dict[str, object]:
    return {key: unplain(value) for key, value in body.get("extra", {}).items()}
