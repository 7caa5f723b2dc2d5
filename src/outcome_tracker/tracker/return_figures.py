"""The figures of returns: what each row changes, and whether it may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outcome_tracker.core import returned_wording as wording
from outcome_tracker.core.figure import Content, Figure, Status
from outcome_tracker.core.number import Entry
from outcome_tracker.core.oddity import oddities
from outcome_tracker.core.returned import Column, Outcome, outcome, returned_content, said, waited_for
from outcome_tracker.tracker.collect import refusal, revised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.return_cells import Said
    from outcome_tracker.tracker.return_ledger import Given, Ledger


class Figures:
    """Decides about the figures that rows speak of, one after the other, the earliest period first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._versions: dict[str, dict[Period, list[Figure]]] = {}
        self._series: dict[str, dict[Period, Figure]] = {}

    def is_in(self, code: str, period: Period) -> bool:
        """Tell whether the tracker knows a figure, or why there is none."""
        figure = self._current(code, period)
        return figure is not None and figure.content.status is not Status.NOT_RETURNED

    def decide(self, rows: Sequence[tuple[Given, Said]]) -> None:
        """Decide about one figure, of which several rows may speak."""
        judged = [(given, self._content(given, found), self._judged(given, found)) for given, found in rows]
        if any(each is not Outcome.EMPTY for _, _, each in judged):
            self._ledger.answered.add(rows[0][0].key)
        new = [each for each in judged if each[2] in {Outcome.NEW, Outcome.CONFLICT}]
        if not new:
            self._ledger.unchanged += any(each is Outcome.SAME for _, _, each in judged)
            return
        # One that was made from what is there now comes before one that was made earlier and says the same.
        given, content, decided = min(new, key=lambda each: each[2] is Outcome.CONFLICT)
        shown = wording.content_text(content, given.indicator)
        for other, another, _ in new:
            if said(another) != said(content):
                self._ledger.twice(given, other, Column.VALUE, shown)
                return
        current, base = self._current(*given.key), self._seen(given)
        if decided is Outcome.CONFLICT and current is not None:
            now, was = (wording.content_text(f.content if f else None, given.indicator) for f in (current, base))
            if not self._ledger.settled(given, Column.VALUE, (now, shown, was), current.stamp):
                return
        self._save(given, content, current)

    def _judged(self, given: Given, found: Said) -> Outcome | None:
        """Return what becomes of a row; None where something is wrong with it, which is told."""
        base, current = self._seen(given), self._current(*given.key)
        if base is None and given.seen.figure:
            message = wording.from_elsewhere(given.seen.figure, current.version if current else 0)
            self._ledger.refuse(given, Column.CODE, message)
            return None
        if found.entry == Entry() and not (found.status and found.status.is_absent) and (base or not found.status):
            if base is not None and not base.content.status.is_absent:
                was = wording.content_text(base.content, given.indicator)
                self._ledger.warn(given.row, Column.VALUE, wording.emptied(was))
            return Outcome.EMPTY
        content = self._content(given, found)
        judged = _held_against(content, base, current)
        if judged is Outcome.SAME or (wrong := self._refusal(given, content)) is None:
            return judged
        self._ledger.refuse(given, *wrong)
        return None

    def _refusal(self, given: Given, content: Content) -> tuple[Column, str] | None:
        """Return why a figure can't be saved, with the cell that says so."""
        if problem := refusal(content, given.indicator):
            return Column.STATUS if content.status.is_absent else Column.VALUE, problem
        if given.seen.period.start > self._ledger.workspace.today:
            return Column.PERIOD, wording.not_begun(given.seen.period)
        return None

    def _content(self, given: Given, found: Said) -> Content:
        current = self._current(*given.key)
        content = returned_content(found.entry, found.status, current.content if current else None)
        return revised(current, replace(content, note=found.note) if found.note else content)

    def _save(self, given: Given, content: Content, current: Figure | None) -> None:
        (code, period), indicator = given.key, given.indicator
        odd = oddities(indicator, self._series[code], period, content)
        for sentence in odd:
            self._ledger.warn(given.row, Column.VALUE, f"{code} {period}: {sentence}")
        version = current.version + 1 if current else 1
        figure = Figure(code, period, version, content, self._ledger.stamp(given), " ".join(odd))
        self._series[code][period] = figure
        was = wording.content_text(current.content if current else None, indicator)
        self._ledger.add(figure, given, was, wording.content_text(content, indicator))

    def _of(self, code: str) -> dict[Period, list[Figure]]:
        """Return every version of an indicator's figures, oldest first."""
        if code not in self._versions:
            versions: dict[Period, list[Figure]] = {}
            for figure in self._ledger.reader.figure_versions(code):
                versions.setdefault(figure.period, []).append(figure)
            self._versions[code] = versions
            self._series[code] = {period: found[-1] for period, found in versions.items()}
        return self._versions[code]

    def _current(self, code: str, period: Period) -> Figure | None:
        """Return the figure as it is in the tracker."""
        versions = self._of(code).get(period)
        return versions[-1] if versions else None

    def _seen(self, given: Given) -> Figure | None:
        """Return the version that the return was made from; None where there was none."""
        versions = self._of(given.indicator.code).get(given.seen.period, [])
        return next((figure for figure in versions if figure.version == given.seen.figure), None)


def _held_against(content: Content, base: Figure | None, current: Figure | None) -> Outcome:
    """Hold what a row says against what the return was made from, and what is there now."""
    if any(figure is not None and said(content) == said(figure.content) for figure in (base, current)):
        return Outcome.SAME
    before, now = (waited_for(figure.content if figure else None) for figure in (base, current))
    return outcome(said(content), before, now)
