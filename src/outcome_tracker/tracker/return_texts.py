"""The commentary of returns, which becomes an indicator's analysis of the period, with its owner as the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import returned_wording as wording
from outcome_tracker.core.commentary import ANALYSIS, Commentary, cleaned, refusal
from outcome_tracker.core.returned import Column, Outcome, outcome
from outcome_tracker.core.wording import ABSENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.tracker.return_ledger import Given, Ledger


def decide(ledger: Ledger, rows: Sequence[Given]) -> None:
    """Decide about the commentary on one indicator, of which several rows and files may speak."""
    code, period = rows[0].indicator.code, rows[0].file.id.period
    every = ledger.reader.commentary_versions(code)
    versions = [each for each in every if each.period == period and each.section == ANALYSIS.name]
    current = versions[-1] if versions else None
    texts = {each.version: each.text for each in versions}
    judged = []
    for given in rows:
        cell = given.row.cells[Column.COMMENTARY]
        if cell.value is None:
            ledger.refuse(given, Column.COMMENTARY, wording.no_text(cell.error))
            continue
        text = cleaned(ANALYSIS.name, given.row.text(Column.COMMENTARY))
        seen = texts.get(given.seen.commentary)
        judged.append((given, text, outcome(text, seen or None, (current.text if current else "") or None)))
    new = [each for each in judged if each[2] in {Outcome.NEW, Outcome.CONFLICT}]
    if not new:
        ledger.unchanged += 1
        return
    # One that was made from what is there now comes before one that was made earlier and says the same.
    given, text, decided = min(new, key=lambda each: each[2] is Outcome.CONFLICT)
    shown = wording.shortened(text)
    if other := next((each for each, another, _ in new if another != text), None):
        ledger.twice(given, other, Column.COMMENTARY, f"'{shown}'")
        return
    if problem := refusal(ANALYSIS.name, text):
        ledger.refuse(given, Column.COMMENTARY, problem)
        return
    was = wording.shortened(current.text) if current and current.text else ABSENT
    if decided is Outcome.CONFLICT and current is not None:
        seen_text = texts.get(given.seen.commentary)
        made_from = f"'{wording.shortened(seen_text)}'" if seen_text else ABSENT
        if not ledger.settled(given, Column.COMMENTARY, (f"'{was}'", f"'{shown}'", made_from), current.stamp):
            return
    version = current.version + 1 if current else 1
    owner = given.file.id.owner
    fact = Commentary(code, period, ANALYSIS.name, text, owner, version=version, stamp=ledger.stamp(given))
    ledger.add(fact, given, was, shown)
