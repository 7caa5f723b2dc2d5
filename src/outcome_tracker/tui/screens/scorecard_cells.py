"""How signals and positions look in a scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.signal_wording import (
    ASSURANCE_GLYPH,
    are_few,
    assurance_label,
    icon,
    variation_label,
)
from outcome_tracker.core.spc import Assurance, Variation
from outcome_tracker.tui.cells import ILLUSTRATIVE_SHORT
from outcome_tracker.tui.widgets.grid_data import Cell

if TYPE_CHECKING:
    from outcome_tracker.core.scorecard import Row


def variation_cell(row: Row) -> Cell:
    """Return what statistical process control sees, the icon alone where it is narrow; a dash where it can't say.

    Where figures it rests on are made up and the row does not say so, it does.
    """
    signal = row.signal
    if signal is None or are_few(signal):
        return Cell(wording.ABSENT, "muted")
    flag = ILLUSTRATIVE_SHORT if signal.illustrative and not row.illustrative else ""
    quiet = "muted" if signal.variation is Variation.COMMON else ""
    return Cell(f"{variation_label(signal)} {flag}".rstrip(), quiet, icon(signal.last) + flag)


def assurance_cell(row: Row) -> Cell:
    """Return whether the target will be met, the sign alone where it is narrow: in brackets on trial limits."""
    signal = row.signal
    if signal is None or signal.assurance is None or signal.limits.reach is None or are_few(signal):
        return Cell(wording.ABSENT, "muted")
    quiet = "muted" if signal.assurance is Assurance.EITHER else ""
    glyph, words = ASSURANCE_GLYPH[signal.assurance], assurance_label(signal)
    return Cell(f"{words} (trial)", quiet, f"({glyph})") if signal.trial else Cell(words, quiet, glyph)


def position_cell(row: Row) -> Cell:
    """Return rank, number of authorities and quarter: `42/148 B`; a dash without a rank."""
    position = row.position
    if position is None or position.rank is None or position.quartile is None:
        return Cell(wording.ABSENT if position else "", "muted")
    return Cell(f"{position.rank}/{position.of} {position.quartile}")
