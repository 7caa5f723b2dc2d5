"""Which plans a report is about: those named, those of a committee, or all that count in the period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.core.problem import Unavailable, nearest
from outcome_tracker.core.text import listed
from outcome_tracker.tracker.review import plan_coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outcome_tracker.core.indicator import Plan
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import Known


def find_committee(plans: Iterable[Plan], name: str) -> str:
    """Return a committee as the plans write it; raises `Unavailable` naming the nearest when none names it."""
    names = list(dict.fromkeys(committee for plan in plans for committee in plan.committees))
    wanted = " ".join(name.split()).casefold()
    committee = next((each for each in names if each.casefold() == wanted), None)
    if committee is None:
        remedy = f"Committees: {', '.join(names)}." if names else "Plan files name them under committees."
        raise Unavailable(f"No plan names the committee '{name}'.{nearest(name, names)}", remedy)
    return committee


def chosen_plans(found: Known, reporting: Period, plans: Sequence[str], committee: str) -> list[str]:
    """Return the codes of the plans that a report is about, in the council's order."""
    counted = [plan for plan in found.agreed.plans if plan.span.covers(reporting)]
    named = {plan_coded(counted, code, reporting).code for code in plans}
    chosen = [plan for plan in counted if not named or plan.code in named]
    if not committee:
        return [plan.code for plan in chosen]
    of_committee = [plan.code for plan in chosen if committee in plan.committees]
    if not of_committee:
        which = f"of the plans {listed(sorted(named))}" if named else "of its plans"
        raise Unavailable(
            f"None {which} goes to the committee '{committee}' in {reporting}.", "Choose other plans or another period."
        )
    return of_committee


def narrowed(found: Known, codes: Iterable[str]) -> Known:
    """Return what is known of some plans only."""
    wanted = set(codes)
    plans = tuple(plan for plan in found.agreed.plans if plan.code in wanted)
    return replace(found, agreed=replace(found.agreed, plans=plans))
