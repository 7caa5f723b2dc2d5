"""What changed between what is applied and what the plan files say now, in the words of the plan files."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from outcome_tracker.core.breakdown import Breakdown
from outcome_tracker.core.indicator import Action, Agreed, Council, Indicator, Milestone, Plan, Span
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.core.target import Goal, Target

Verb: TypeAlias = Literal["added", "changed", "archived", "restored"]
Kind: TypeAlias = Literal["council", "plan", "indicator", "target", "breakdown", "action", "milestone"]
Subject: TypeAlias = Council | Plan | Indicator | Breakdown | Action | Milestone
Fields: TypeAlias = dict[str, str]
_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. `fields` holds names as in YAML, each with its old and new text ("" for none).

    `period` is the year of a target and `reason` what its file gives as reason. `summary` is a target's old and new
    numbers, `14 → 16`, and the title of anything else.
    """

    action: Verb
    kind: Kind
    code: str
    period: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()
    reason: str = ""
    summary: str = ""


def differences(old: Agreed | None, new: Agreed) -> tuple[Change, ...]:
    """Return the changes that lead from `old` (None: nothing is applied yet) to `new`, in the order of the plans.

    What is gone comes last, as archived; the targets of an archived indicator go with it and aren't listed.
    """
    before = {} if old is None else _subjects(old)
    after = _subjects(new)
    changes: list[Change] = []
    for (kind, code), subject in after.items():
        was = before.get((kind, code))
        fields = _changed({} if was is None else _fields(was), _fields(subject))
        if was is None or fields:
            verb: Verb = "added" if was is None else "changed"
            changes.append(Change(verb, kind, code, fields=fields, summary=_title(subject)))
        if isinstance(subject, Indicator):
            changes.extend(_targets(subject.code, was.targets if isinstance(was, Indicator) else (), subject.targets))
    changes.extend(
        Change("archived", kind, code, fields=_changed(_fields(subject), {}), summary=_title(subject))
        for (kind, code), subject in before.items()
        if (kind, code) not in after
    )
    return tuple(changes)


def _subjects(agreed: Agreed) -> dict[tuple[Kind, str], Subject]:
    found: dict[tuple[Kind, str], Subject] = {("council", ""): agreed.council}
    for plan in agreed.plans:
        found["plan", plan.code] = plan
        found.update({("indicator", indicator.code): indicator for indicator in plan.indicators})
        found.update({("breakdown", breakdown.code): breakdown for breakdown in plan.breakdowns})
        for action in plan.actions:
            found["action", action.code] = action
            found.update({("milestone", milestone.code): milestone for milestone in action.milestones})
    return found


def _title(subject: Subject) -> str:
    return subject.name if isinstance(subject, Council) else subject.title


def _changed(old: Fields, new: Fields) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*new, *old])
    every = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return tuple(field for field in every if field[1] != field[2])


def _targets(code: str, old: Iterable[Target], new: Iterable[Target]) -> Iterator[Change]:
    before = {target.year: target for target in old}
    after = {target.year: target for target in new}
    for year in sorted({*before, *after}, key=lambda y: y.start):
        was, now = before.get(year), after.get(year)
        fields = _changed(_target_fields(was), _target_fields(now))
        if fields:
            verb: Verb = "added" if was is None else "archived" if now is None else "changed"
            reason = "" if now is None else now.revised[-1].reason if now.revised else now.reason
            yield Change(verb, "target", code, year.code, fields, reason, _summary(was, now))


def _summary(was: Target | None, now: Target | None) -> str:
    """Return both targets as `14 → 16`; nothing when their numbers are the same."""
    old, new = _target_text(was), _target_text(now)
    return "" if old == new else f"{old} → {new}"


def _target_text(target: Target | None) -> str:
    if target is None:
        return "none"
    said = []
    if target.goal is not None:
        said.append(goal_text(target.goal))
    if target.profile:
        said.append(f"by {_profile_text(target)}")
    said.extend(f"{goal_text(r.goal)} from {r.start.code}" for r in target.revised)
    if target.proposed is not None:
        said.append(f"proposed {goal_text(target.proposed)}")
    return ", ".join(said)


def goal_text(goal: Goal) -> str:
    """Return the number, or the bounds of a range: `14`, `12 to 16`."""
    return " to ".join(f"{number:f}" for number in goal.numbers)


def _profile_text(target: Target) -> str:
    return ", ".join(f"{key} {number:f}" for key, number in target.profile)


def _target_fields(target: Target | None) -> Fields:
    if target is None:
        return {}
    revised = (
        f"{goal_text(r.goal)} from {r.start.code}: {r.reason}{f' ({r.by})' if r.by else ''}" for r in target.revised
    )
    goal = "" if target.goal is None else goal_text(target.goal)
    name = "between" if target.goal is not None and target.goal.value is None else "target"
    return _present(
        {
            name: goal,
            "profile": _profile_text(target),
            "revised": "; ".join(revised),
            "proposed": "" if target.proposed is None else goal_text(target.proposed),
            "reason": target.reason,
            "by": target.by,
            "source": target.source,
            "illustrative": _flag(target.illustrative),
        }
    )


def _fields(subject: Subject) -> Fields:
    match subject:
        case Council():
            return _council_fields(subject)
        case Plan():
            return _plan_fields(subject)
        case Indicator():
            return _indicator_fields(subject)
        case Breakdown():
            return _breakdown_fields(subject)
        case Action():
            texts = {"title": subject.title, "plan": subject.plan, "owner": subject.owner, "source": subject.source}
            return _present({**texts, "illustrative": _flag(subject.illustrative)})
        case _:
            texts = {"title": subject.title, "action": subject.action, "due": subject.due, "owner": subject.owner}
            return _present({**texts, "source": subject.source, "illustrative": _flag(subject.illustrative)})


def _council_fields(council: Council) -> Fields:
    # `calendar` and `defaults` are read into fields of their own; the rest of `extra` has none.
    rest = {key: value for key, value in council.extra.items() if key not in {"calendar", "defaults"}}
    return _present(
        {
            "council": council.name,
            "area": council.area,
            "dfe_code": council.dfe_code,
            "region": council.region,
            "comparators": ", ".join(council.comparators),
            "reporting_period": council.reporting_period.code if council.reporting_period else "",
            "calendar figures_due": plural(council.figures_due_days, "day"),
            "defaults tolerance": council.tolerance.code,
            "defaults direction threshold": council.threshold.code,
            "defaults suppress_below": str(council.suppress_below),
            **_flat("", rest),
        }
    )


def _plan_fields(plan: Plan) -> Fields:
    return _present(
        {
            "plan": plan.title,
            "theme": plan.theme,
            "owner": plan.owner,
            "lead_member": plan.lead_member,
            "committees": ", ".join(plan.committees),
            **_span(plan.span),
            "illustrative": _flag(plan.illustrative),
            **_flat("", plan.extra),
        }
    )


def _indicator_fields(indicator: Indicator) -> Fields:
    return _present(
        {
            "title": indicator.title,
            "plan": indicator.plan,
            "tier": indicator.tier.value,
            "unit": indicator.unit.code,
            "decimals": str(indicator.decimals),
            "better": indicator.better.value,
            "frequency": indicator.frequency.value,
            "basis": indicator.basis.value,
            "numerator": indicator.numerator,
            "denominator": indicator.denominator,
            "definition": indicator.definition,
            "source": indicator.source,
            "data_quality": indicator.data_quality,
            "owner": indicator.owner,
            "tolerance": indicator.tolerance.code,
            "direction compare": indicator.compare.value if indicator.compare else "",
            "direction threshold": indicator.threshold.code,
            "suppress_below": "" if indicator.suppress_below is None else str(indicator.suppress_below),
            "breaks": "; ".join(f"{b.start.code}: {b.reason}" for b in indicator.breaks),
            **_span(indicator.span),
            "due": f"Q{indicator.due}",
            "year": indicator.year,
            "illustrative": _flag(indicator.illustrative),
            **_flat("", indicator.extra),
        }
    )


def _breakdown_fields(breakdown: Breakdown) -> Fields:
    return _present(
        {
            "title": breakdown.title,
            "plan": breakdown.plan,
            "dimensions": ", ".join(breakdown.dimensions),
            "total": breakdown.total,
            "multi_response": _flag(breakdown.multi_response),
            "frequency": breakdown.frequency.value,
            "basis": breakdown.basis.value,
            "shares": _flag(breakdown.shares),
            "compare": breakdown.compare.value,
            "at_least": str(breakdown.at_least or ""),
            "mark_change": breakdown.mark_change.code if breakdown.mark_change else "",
            "decimals": str(breakdown.decimals),
            "published": breakdown.published or "",
            "definition": breakdown.definition,
            "source": breakdown.source,
            "owner": breakdown.owner,
            "suppress_below": "" if breakdown.suppress_below is None else str(breakdown.suppress_below),
            "indicators": "; ".join(
                f"{category}: {code}" for category, code in sorted(breakdown.category_indicators.items())
            ),
            "illustrative": _flag(breakdown.illustrative),
        }
    )


def _present(fields: Fields) -> Fields:
    return {name: text for name, text in fields.items() if text}


def _flag(flag: bool) -> str:  # noqa: FBT001 - turns the flag itself into its text
    return "true" if flag else ""


def _span(span: Span) -> Fields:
    return {"from": span.first.code if span.first else "", "until": span.last.code if span.last else ""}


def _flat(name: str, value: object) -> Fields:
    """Return settings as fields: `spc run`, `benchmark where category`."""
    if isinstance(value, dict):
        return _joined((f"{name} {key}".strip(), item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return {name: ", ".join(str(item) for item in value)}
    return {name: str(value).lower() if isinstance(value, bool) else str(value)}


def _joined(parts: Iterable[tuple[str, object]]) -> Fields:
    return {name: text for part, item in parts for name, text in _flat(part, item).items()}


def lines(changes: Iterable[Change]) -> list[str]:
    """Return the changes for people, at most 80 columns wide: `SAFE-01 target 2018-19: 14 → 16 (reason)`."""
    changes = list(changes)
    new = {change.code for change in changes if change.kind == "indicator" and change.action in {"added", "restored"}}
    said: list[str] = []
    for change in changes:
        if change.kind == "target":
            said.extend(_target_lines(change, of_new=change.code in new))
        elif change.action == "changed":
            what = change.code or "council"
            said.extend(f"{what} {name}: {was or 'none'} → {now or 'none'}" for name, was, now in change.fields)
        else:
            said.append(f"{change.kind} {change.code}".strip() + f" {change.action}: {change.summary}")
    return [part for line in said for part in textwrap.wrap(line, _WIDTH, subsequent_indent="    ")]


def _target_lines(change: Change, *, of_new: bool) -> Iterator[str]:
    subject = f"{change.code} target {change.period}"
    if not change.summary:
        yield from (f"{subject} {name}: {was or 'none'} → {now or 'none'}" for name, was, now in change.fields)
    else:
        text = change.summary.removeprefix("none → ") if of_new else change.summary
        yield f"{subject}: {text}{f' ({change.reason})' if change.reason else ''}"
