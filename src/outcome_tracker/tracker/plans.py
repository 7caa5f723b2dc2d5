"""Check, compare and apply plan files: what was agreed goes into the database in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.breakdown import is_renamed
from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.role import Role, roles_of
from outcome_tracker.core.role_wording import no_officer_text
from outcome_tracker.core.target import in_force
from outcome_tracker.core.text import clean, plural
from outcome_tracker.plan_files.difference import Change, differences
from outcome_tracker.plan_files.reader import Loaded, read
from outcome_tracker.store import codec
from outcome_tracker.store.facts import Definition, TargetVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outcome_tracker.core.indicator import Agreed, Council, Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.target import InForce
    from outcome_tracker.store.facts import Fact
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan files beside what is applied: the changes, or the problems that stand in the way.

    `applied` tells that the changes have been made, where that was asked for.
    """

    loaded: Loaded
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    applied: bool = False

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """The problems that are not warnings."""
        return tuple(p for p in self.problems if not p.warning)


def nothing_applied(workspace: Workspace) -> bool:
    """Tell whether no plan files have been applied yet; there may be no database either.

    Raises `Unavailable` where there is one that can't be read.
    """
    if not workspace.has_database:
        return True
    with workspace.read() as reader:
        return not reader.definitions()


def check(workspace: Workspace) -> Loaded:
    """Read every plan file of the workspace and return what they say, with every problem."""
    return read(workspace.targets)


def compare(workspace: Workspace) -> Comparison:
    """Return what applying the plan files would change, and what stands in the way."""
    loaded = check(workspace)
    if loaded.agreed is None:
        return Comparison(loaded, problems=loaded.problems)
    if nothing_applied(workspace):
        found = Comparison(loaded, differences(None, loaded.agreed), loaded.problems)
        return _warned(found, loaded.agreed.council, workspace.user)
    with workspace.read() as reader:
        found = _compared(loaded, loaded.agreed, reader)
        is_officer = Role.OFFICER in roles_of(reader.agreed().council, workspace.user)
    return _warned(found, loaded.agreed.council, workspace.user) if is_officer else found


def _warned(found: Comparison, new: Council, user: str) -> Comparison:
    """Return a comparison with a warning to an officer who would be none any more."""
    if Role.OFFICER in roles_of(new, user):
        return found
    path, line, column = found.loaded.places["roles"]
    warning = Problem(no_officer_text(user), path, line, column, key="roles", warning=True)
    return replace(found, problems=(*found.problems, warning))


def _compared(loaded: Loaded, new: Agreed, reader: Reader) -> Comparison:
    # What is archived had its targets too: it comes back with its figures.
    known = reader.agreed(archived=True)
    refused = (*_changed_under_figures(loaded, known, new, reader), *_changed_under_counts(loaded, known, new, reader))
    archived = {key for key, (_, _, is_archived) in reader.definitions().items() if is_archived}
    changes = tuple(
        replace(change, action="restored") if (change.kind, change.code) in archived else change
        for change in differences(reader.agreed(), new)
    )
    return Comparison(loaded, changes, (*loaded.problems, *refused))


def apply(workspace: Workspace, why: str = "", *, seen: tuple[Change, ...] | None = None) -> Comparison:
    """Apply the plan files in one transaction, each change a new version; nothing while there is a problem.

    With `seen`, the changes that somebody has agreed to, other ones are returned and not made. Creates the database
    where there is none, and brings an older one up to date.
    """
    workspace.check_may_save()
    if workspace.has_database:  # also a server's, which may have no tables yet
        workspace.make_database()
    compared = compare(workspace)
    if compared.blocking or compared.loaded.agreed is None:
        return compared
    if seen is not None and compared.changes != seen:
        return compared
    if not workspace.has_database:
        workspace.make_database()
    with workspace.read() as reader:
        facts = _facts(workspace, compared.loaded.agreed, reader, clean(why))
    if facts:
        workspace.save(facts)
    return replace(compared, applied=True)


def _facts(workspace: Workspace, agreed: Agreed, reader: Reader, why: str) -> list[Fact]:
    stamp = workspace.stamp(why=why)
    facts: list[Fact] = []
    bodies, stored = codec.bodies(agreed), reader.definitions()
    for (kind, code), body in bodies.items():
        version, old, archived = stored.get((kind, code), (0, "", False))
        if body != old or archived:
            facts.append(Definition(kind, code, version + 1, body, archived=False, stamp=stamp))
    for (kind, code), (version, body, archived) in stored.items():
        if (kind, code) not in bodies and not archived:
            facts.append(Definition(kind, code, version + 1, body, archived=True, stamp=stamp))
    targets, stored_targets = codec.target_bodies(agreed), reader.targets()
    by_key = {(i.code, t.year.code): t for plan in agreed.plans for i in plan.indicators for t in i.targets}
    for key, body in targets.items():
        version, old, withdrawn = stored_targets.get(key, (0, "", False))
        if body != old or withdrawn:
            target = by_key[key]
            reason = target.revised[-1].reason if target.revised else target.reason
            facts.append(
                TargetVersion(key[0], target.year, version + 1, body, withdrawn=False, reason=reason, stamp=stamp)
            )
    kept = {i.code for plan in agreed.plans for i in plan.indicators}
    for key, (version, body, withdrawn) in stored_targets.items():
        if key not in targets and not withdrawn and key[0] in kept:
            facts.append(
                TargetVersion(key[0], parse(key[1]), version + 1, body, withdrawn=True, reason=why, stamp=stamp)
            )
    return facts


def _changed_under_figures(loaded: Loaded, old: Agreed, new: Agreed, reader: Reader) -> Iterable[Problem]:
    """Refuse a target that changes for a period with a figure, unless it is `revised` with its reason."""
    before = {i.code: i for plan in old.plans for i in plan.indicators}
    after = [i for plan in new.plans for i in plan.indicators]
    changed = [i for i in after if i.code in before and i.targets != before[i.code].targets]
    figures = reader.series([i.code for i in changed]) if changed else {}
    for indicator in changed:
        yield from _changed(loaded, before[indicator.code], indicator, figures.get(indicator.code, ()))


def _changed(loaded: Loaded, old: Indicator, new: Indicator, periods: Iterable[Period]) -> Iterable[Problem]:
    told: set[Period] = set()
    for period in sorted(periods, key=lambda p: p.end):
        was, now = in_force(old, period), in_force(new, period)
        year = period if period.months == 12 else period.financial_year  # noqa: PLR2004 - a whole year
        if was is None or year in told or (now is not None and (now.goal == was.goal or _is_revision(now, was))):
            continue
        told.add(year)
        path, line, column = _place(loaded.places, new.code, year)
        shown = f"{wording.goal_text(was.goal, old)} → {wording.goal_text(now.goal, new) if now else 'none'}"
        message = (
            f"The target of {new.code} changes ({shown}) for {period.code}, which has a figure; keep "
            f"{wording.goal_text(was.year_end, old)} and add under it "
            f"revised: [{{to: …, from: {period.code}, reason: …}}]."
        )
        yield Problem(message, path, line, column, key=f"{new.code} {year.code}")


def _is_revision(now: InForce, was: InForce) -> bool:
    """Tell whether a changed target is a revision that was not in force before; its reason is required on reading."""
    return now.revision is not None and now.revision != was.revision


def _place(places: Mapping[str, tuple[str, int, int]], code: str, year: Period) -> tuple[str, int, int]:
    return places.get(f"target {code} {year.code}") or places.get(f"indicator {code}") or ("", 0, 0)


def _changed_under_counts(loaded: Loaded, old: Agreed, new: Agreed, reader: Reader) -> Iterable[Problem]:
    """Refuse other dimensions for a breakdown with figures, whose categories stand in the order of the dimensions."""
    before = {breakdown.code: breakdown.dimensions for breakdown in old.breakdowns}
    changed = [b for b in new.breakdowns if not is_renamed(before.get(b.code, ()), b.dimensions)]
    held = {figure.breakdown: len(figure.categories) for figure in reader.breakdown_figures([b.code for b in changed])}
    for breakdown in changed:
        was = before.get(breakdown.code)
        if breakdown.code not in held or (was is None and held[breakdown.code] == len(breakdown.dimensions)):
            continue
        by = ", ".join(was) if was else plural(held[breakdown.code], "dimension")
        message = (
            f"The dimensions of {breakdown.code} are not those of its figures, which are by {by}; "
            "keep those, or give the new breakdown a code of its own."
        )
        path, line, column = loaded.places[f"breakdown {breakdown.code}"]
        yield Problem(message, path, line, column, key=f"{breakdown.code} dimensions")
