"""Returns: a workbook an owner, to be filled in and sent back, in place of the round of e-mailed spreadsheets."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker import __version__
from outcome_tracker.core.collecting_wording import NO_OWNER
from outcome_tracker.core.commentary import ANALYSIS
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.returned import LONGEST_CELL, Form, FormLine, ReturnId, Seen
from outcome_tracker.core.standing import measure
from outcome_tracker.tracker.collection import collection_of, owner_share
from outcome_tracker.tracker.files import check_free, safe_name, write_whole
from outcome_tracker.tracker.moments import moment
from outcome_tracker.tracker.review import known_for, reporting_period
from outcome_tracker.tracker.room_for_drafts import drafted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from outcome_tracker.core.commentary import Commentary
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.scorecard import DueLine
    from outcome_tracker.tracker.collection import Collection, Share
    from outcome_tracker.tracker.workspace import Workspace

ENDING = ".xlsx"


@dataclass(frozen=True, slots=True)
class Made:
    """The forms of a period, one an owner, and the name of each one's file; `notice` is the reader's."""

    period: Period
    forms: tuple[tuple[str, Form], ...]
    notice: str

    @property
    def figures(self) -> int:
        """How many figures they ask for."""
        return sum(len(form.lines) for _, form in self.forms)


def forms(workspace: Workspace, period: Period | None, owner: str | None) -> Made:
    """Return what is sent to an owner, or to every one with None, for a period (the council's own when None).

    Raises `Unavailable` where nothing is due, and for an owner that nobody knows.
    """
    with workspace.read() as reader, reader.snapshot():
        found = known_for(workspace, reader, period)
        commentary = reader.commentary(as_at=workspace.as_at)
        notice = reader.notice
    collection = collection_of(found, period or reporting_period(found))
    if not collection.owners:
        raise Unavailable(f"Nothing is due in {collection.period.label}.", "Name another --period.")
    said = {c.subject: c for c in commentary if c.period == collection.period and c.section == ANALYSIS.name}
    chosen = collection.owners if owner is None else (_share(collection, owner),)
    names = file_names(collection.period, [share.title for share in collection.owners])
    return Made(
        collection.period,
        tuple((names[share.title], form_of(collection, share, said, workspace)) for share in chosen),
        notice,
    )


def _share(collection: Collection, name: str) -> Share:
    """Return an owner's share; what nobody owns has a name too."""
    nobody = next((share for share in collection.owners if not share.key), None)
    if nobody is not None and " ".join(name.split()).casefold() == NO_OWNER.casefold():
        return nobody
    return owner_share(collection, name)


def file_names(period: Period, owners: Iterable[str]) -> dict[str, str]:
    """Return a file's name for each owner, safe everywhere; names that would be the same are numbered."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for owner in owners:
        base = safe_name(f"{period.code} {owner}")
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        names[owner] = f"{name}{ENDING}"
    return names


def form_of(collection: Collection, share: Share, said: Mapping[str, Commentary], workspace: Workspace) -> Form:
    """Return an owner's form; `said` is the commentary of the period by indicator."""
    last_rows = {line.indicator.code: line.period for line in share.lines}
    lines = tuple(
        _line(collection, line, said.get(line.indicator.code), is_last=last_rows[line.indicator.code] == line.period)
        for line in share.lines
    )
    council = collection.found.council
    made = moment(workspace.now())
    seen = tuple(_seen(line, said) for line in share.lines)
    identity = ReturnId(council.area, council.name, collection.period, share.title, made, __version__, seen)
    return Form(identity, workspace.user, lines)


def _line(collection: Collection, line: DueLine, said: Commentary | None, *, is_last: bool) -> FormLine:
    """Return a row; a commentary longer than a cell is left out of it, where an empty cell changes nothing."""
    text = said.text if said is not None and len(said.text) <= LONGEST_CELL else ""
    year_ago = measure(line.indicator, collection.found.series(line.indicator.code), line.period.year_before)
    return FormLine(line, collection.last(line), year_ago, text if is_last else None)


def _seen(line: DueLine, said: Mapping[str, Commentary]) -> Seen:
    commentary = said.get(line.indicator.code)
    return Seen(
        line.indicator.code,
        line.period,
        line.figure.version if line.figure else 0,
        commentary.version if commentary else 0,
    )


def write(workspace: Workspace, made: Made, folder: Path, *, force: bool = False) -> list[Path]:
    """Write each form into its file, and return the files; none where one of them is there already.

    Raises `Unavailable`, and leaves none of them then, unless `force` had others replaced.
    """
    from outcome_tracker.exchange.return_out import workbook

    files = [(folder / name, form) for name, form in made.forms]
    for path, _ in files if folder.is_dir() else ():
        check_free(path, force=force)
    contents = drafted(lambda: [(path, workbook(form, workspace.seen_from)) for path, form in files])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unavailable(f"The folder {folder} cannot be made: {reason}.", "Name another one.") from None
    written: list[Path] = []
    try:
        for path, content in contents:
            write_whole(path, content, force=force)
            written.append(path)
    except Unavailable:
        for path in () if force else written:  # new ones, which would be in the way of the next attempt
            with suppress(OSError):
                path.unlink()
        raise
    return written
