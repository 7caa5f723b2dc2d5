"""What a restoration would lose or bring back, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.text import listed, plural

if TYPE_CHECKING:
    from outcome_tracker.core.loss import Loss

_WORDS = {
    "figure": ("figure",),
    "benchmark": ("benchmark",),
    "breakdown_figure": ("count of a breakdown", "counts of breakdowns"),
    "milestone_report": ("report on a milestone", "reports on milestones"),
    "commentary": ("section of commentary", "sections of commentary"),
    "published_line": ("published line",),
    "sign_off": ("step of signing off", "steps of signing off"),
    "definition": ("change of the plan files", "changes of the plan files"),
    "target": ("target",),
    "area": ("area",),
    "area_release": ("release of area figures", "releases of area figures"),
    "neighbour_list": ("list of neighbours", "lists of neighbours"),
}


def entries_text(loss: Loss) -> str:
    """Return how many entries of each kind there are: `3 figures and 1 section of commentary`."""
    known = [plural(loss.counts[kind], *words) for kind, words in _WORDS.items() if loss.counts.get(kind)]
    others = sum(count for kind, count in loss.counts.items() if kind not in _WORDS)
    return listed([*known, *([plural(others, "other entry", "other entries")] if others else [])])
