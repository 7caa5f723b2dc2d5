"""What was typed on the entry sheet and not entered when the screens ended: kept in a file, and there the next time."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from outcome_tracker.tracker.drafts import Draft, drafts_of
from outcome_tracker.tracker.moments import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outcome_tracker.tracker.sheet import Sheet
    from outcome_tracker.tracker.workspace import Workspace

_SUBJECT = "entry sheet"  # which is no code: they have no spaces
_BETWEEN = "\t"  # a line's key and a column's


def keep(workspace: Workspace, sheet: Sheet, typed: Iterable[tuple[str, str, str]]) -> None:
    """Keep what was typed, as (line, column, text); where it can't be kept there is nobody left to tell."""
    texts = {f"{key}{_BETWEEN}{column}": text for key, column, text in typed if text.strip()}
    if texts:
        seen = {line.key: line.version for line in sheet.lines}
        with suppress(OSError):
            drafts_of(workspace).put(_SUBJECT, sheet.reporting, Draft(texts, seen, workspace.now()))


def take(workspace: Workspace, sheet: Sheet) -> Iterator[tuple[str, str, str, str]]:
    """Yield what was kept, as (line, column, text, sentence about it), and keep it no longer."""
    drafts = drafts_of(workspace)
    found = drafts.get(_SUBJECT, sheet.reporting)
    if found is None:
        return
    with suppress(OSError):
        drafts.drop(_SUBJECT, sheet.reporting)
    for place, text in found.texts.items():
        key, _, column = place.partition(_BETWEEN)
        line = sheet.line(key)
        if line is not None:
            since = " Somebody has saved another figure since." if line.version != found.seen.get(key, 0) else ""
            said = f"Typed on {moment(found.at)} and not saved.{since} Enter saves it, Esc drops it."
            yield key, column, text, said
