"""Commentary: who owes some, what is said of a plan or an indicator in a period, and saving sections of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outcome_tracker.core import commentary as core
from outcome_tracker.core.commentary import Commentary, Explained, Section, Subject
from outcome_tracker.core.period import PeriodError, parse_reporting_period
from outcome_tracker.core.problem import Problem, nearest
from outcome_tracker.core.scorecard import in_force_at
from outcome_tracker.core.text import listed
from outcome_tracker.tracker.review import beside_all, known, known_for, reporting_period, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.review import Known
    from outcome_tracker.tracker.workspace import Workspace

RETRIES = 5


@dataclass(frozen=True, slots=True)
class Board:
    """Every plan and indicator of a period with what is said of it, and all commentary there is."""

    period: Period
    subjects: tuple[Subject, ...]
    commentary: tuple[Commentary, ...]

    def within(self, plan: str | None) -> Board:
        """Return the board of one plan, or of all."""
        kept = tuple(subject for subject in self.subjects if plan in {None, subject.plan.code})
        return Board(self.period, kept, self.commentary)

    @property
    def explained(self) -> Explained:
        """How many indicators must be explained, and how many are not."""
        return core.explained((s.row for s in self.subjects if s.row), self.commentary)

    def groups(self, *, every: bool) -> list[tuple[str, list[Subject]]]:
        """Return the subjects by group, what is missing first; what nobody asks for only with `every`."""
        found = [(name, [s for s in self.subjects if core.group_of(s) == name]) for name in core.GROUPS]
        if not found[0][1]:
            found[1] = (core.ALL_REDS, found[1][1])
        return [(name, members) for name, members in found if members and (every or name != core.GROUPS[-1])]

    def subject(self, code: str) -> Subject | None:
        """Return the plan or indicator of that code."""
        return next((s for s in self.subjects if s.code == code), None)

    def document(self, code: str) -> Document | None:
        """Return what is to be written on a plan or an indicator."""
        subject = self.subject(code)
        if subject is None:
            return None
        own = [c for c in self.commentary if c.subject == code]
        return Document(
            subject,
            core.sections_for(subject.row, (c.section for c in own)),
            {c.section: c for c in own if c.period == self.period},
            core.earlier(own, code, self.period),
        )


@dataclass(frozen=True, slots=True)
class Document:
    """The commentary on one subject in a period: its sections, what stands in them, and what was said `before`."""

    subject: Subject
    sections: tuple[Section, ...]
    current: Mapping[str, Commentary]
    before: tuple[Commentary, ...]

    def text(self, section: str) -> str:
        """Return what stands in a section."""
        found = self.current.get(section)
        return found.text if found else ""

    def version(self, section: str) -> int:
        """Return the version that stands in a section; 0 where nothing ever did."""
        found = self.current.get(section)
        return found.version if found else 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A section that somebody else saved meanwhile: what one began from (None: nothing), theirs, and one's own text."""

    before: Commentary | None
    theirs: Commentary
    mine: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Nothing was stored: somebody else saved some of the sections first."""

    differences: tuple[Difference, ...]


def board(workspace: Workspace, period: Period | None = None) -> Board:
    """Return who owes commentary in a reporting period (the council's own when None), and what is said."""
    with workspace.read() as reader, reader.snapshot():
        found = known_for(workspace, reader, period)
        judged = board_of(found, reader.commentary(as_at=workspace.as_at), period)
    changed = beside_all(workspace, found, (each.row for each in judged.subjects if each.row and each.needed))
    subjects = (replace(each, row=each.row and changed.get(each.code, each.row)) for each in judged.subjects)
    return replace(judged, subjects=tuple(subjects)) if changed else judged


def board_of(found: Known, commentary: Iterable[Commentary], period: Period | None = None) -> Board:
    """As `board`, of what has been read already."""
    reporting, kept = period or reporting_period(found), tuple(commentary)
    plans = [
        (plan, [row_of(found, plan, i, reporting) for i in plan.indicators if in_force_at(plan, i, reporting)])
        for plan in found.agreed.plans
        if plan.span.covers(reporting)
    ]
    return Board(reporting, tuple(core.subjects(plans, kept, reporting)), kept)


def too_early(workspace: Workspace, period: Period) -> str:
    """Return why nothing can be said of a period yet, or nothing."""
    if period.start <= workspace.today:
        return ""
    return f"{period.label} has not begun; there is nothing to explain yet."


def wrong_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return for each section whose text can't be saved the sentence that says why."""
    refused = {section: core.refusal(section, text) for section, text in texts.items()}
    return {section: sentence for section, sentence in refused.items() if sentence}


def save_sections(
    workspace: Workspace,
    subject: str,
    period: Period,
    texts: Mapping[str, str],
    seen: Mapping[str, int] | None = None,
) -> tuple[Commentary, ...] | Problem | Clash:
    """Save the sections that say something new, all in one transaction; an empty text clears its section.

    `seen` are the versions that the person began from (a section not in it: nothing). Without it each text follows
    whatever is there. Returns what was saved, which is nothing where nothing is new.
    """
    from outcome_tracker.store.writer import Conflict

    if sentence := too_early(workspace, period):
        return Problem(sentence, subject, key="period")
    for section, sentence in wrong_texts(texts).items():
        return Problem(sentence, subject, key=section)
    clean = {section: core.cleaned(section, text) for section, text in texts.items()}
    attempt = 0
    while True:
        attempt += 1
        versions = _versions(workspace, subject, period)
        current = {section: found[-1] for section, found in versions.items()}
        new = {name: text for name, text in clean.items() if text != (current[name].text if name in current else "")}
        if seen is not None and (differing := _differences(new, seen, versions)):
            return Clash(differing)
        stamp = workspace.stamp()
        facts: list[Commentary] = []
        for section, text in new.items():
            version = current[section].version + 1 if section in current else 1
            stamp = stamp.after(facts[-1].stamp if facts else None)
            facts.append(Commentary(subject, period, section, text, workspace.user, version=version, stamp=stamp))
        if not facts:
            return ()
        try:
            workspace.save([*facts])
        except Conflict:
            if attempt == RETRIES:
                raise
        else:
            return tuple(facts)


def _versions(workspace: Workspace, subject: str, period: Period) -> dict[str, list[Commentary]]:
    with workspace.read() as reader:
        found = [c for c in reader.commentary_versions(subject) if c.period == period]
    versions: dict[str, list[Commentary]] = {}
    for each in found:
        versions.setdefault(each.section, []).append(each)
    return versions


def _differences(
    texts: Mapping[str, str], seen: Mapping[str, int], versions: Mapping[str, list[Commentary]]
) -> tuple[Difference, ...]:
    """Return the sections of `texts` in which another version stands than the one `seen`."""
    differing = []
    for section, text in texts.items():
        found = versions.get(section, [])
        began = next((c for c in found if c.version == seen.get(section, 0)), None)
        if found and found[-1] != began:
            differing.append(Difference(began, found[-1], text))
    return tuple(differing)


def comment(
    workspace: Workspace, subject: str, period_text: str, section: str, text: str, *, clear: bool = False
) -> tuple[Commentary, bool] | Problem:
    """Save one section as it is typed on a command line; returns it and whether it is new.

    An empty text needs `clear`, so that none is lost by a slip.
    """
    place = _place(workspace, subject, period_text, section)
    if isinstance(place, Problem):
        return place
    code, period, name = place
    if bool(core.cleaned(name, text)) is clear:
        wrong = (
            "A text and --clear contradict each other; leave one of them out."
            if clear
            else f"The text is empty; write something, or add --clear to clear {name}."
        )
        return Problem(wrong, code, key=name)
    match save_sections(workspace, code, period, {name: text}):
        case (saved,):
            return saved, True
        case Problem() as problem:
            return problem
        case _:
            standing = _versions(workspace, code, period).get(name)
            return (standing[-1] if standing else Commentary(code, period, name, "", version=0)), False


def _place(workspace: Workspace, subject: str, period_text: str, section: str) -> tuple[str, Period, str] | Problem:
    """Return the code, the period and the section that are meant, or what is wrong with one of them."""
    found = known(workspace)
    code = _code(found.agreed, subject)
    if isinstance(code, Problem):
        return code
    try:
        period = parse_reporting_period(period_text)
    except PeriodError as error:
        return Problem(str(error), code, key="period")
    name = _section(workspace, found.agreed, code, section)
    return name if isinstance(name, Problem) else (code, period, name)


def _code(agreed: Agreed, subject: str) -> str | Problem:
    codes = [code for plan in agreed.plans for code in (plan.code, *(i.code for i in plan.indicators))]
    wanted = subject.strip().casefold()
    found = next((code for code in codes if code.casefold() == wanted), None)
    return found or Problem(f"There is no plan or indicator '{subject}'.{nearest(subject, codes)}", key="subject")


def _section(workspace: Workspace, agreed: Agreed, code: str, name: str) -> str | Problem:
    """Return the section meant, in any case; one that nobody has used yet is not made by a slip of the pen."""
    with workspace.read() as reader:
        used = [c.section for c in reader.commentary_versions(code)]
    fixed = core.PLAN_SECTIONS if any(plan.code == code for plan in agreed.plans) else core.INDICATOR_SECTIONS
    names = core.in_order((*(section.name for section in fixed), *used))
    wanted = " ".join(name.split()).casefold()
    section = next((each for each in names if each.casefold() == wanted), None)
    if section is not None:
        return section
    return Problem(f"'{name}' is not a section of {code}; write {listed(names, 'or')}.", code, key="section")
