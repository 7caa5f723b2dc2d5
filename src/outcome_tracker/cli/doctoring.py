"""The command that examines a workspace and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outcome_tracker.cli.options import Command, Settings
from outcome_tracker.cli.output import AMBER, BOLD, DIM, RED, out, out_data, paragraph, styled, terminal_width
from outcome_tracker.core.finding import Severity
from outcome_tracker.core.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.finding import Finding

_STYLES = {Severity.NOTE: (DIM,), Severity.WARNING: (AMBER, BOLD), Severity.ERROR: (RED, BOLD)}
_ORDER = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
_MARGIN = len("warning  ")


@click.command(cls=Command)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The form of the output.")
@click.pass_obj
def doctor(settings: Settings, form: str) -> int:
    """Examine the database, its backups and the plan files, and say what to do about what is found.

    Nothing is changed. Exit code 0: nothing but notes; 1: warnings or errors; 3: the database could not be looked at.
    """
    from outcome_tracker.tracker.doctor import examine

    workspace = settings.workspace()
    found = sorted(examine(workspace), key=lambda finding: _ORDER.index(finding.severity))
    if form == "json":
        from outcome_tracker.cli.as_data import json_text

        out_data(json_text([_data(finding) for finding in found]))
    else:
        out(_lines(workspace.location.shown, found, terminal_width()))
    if any(finding.blind for finding in found):
        return 3
    return 1 if any(finding.severity is not Severity.NOTE for finding in found) else 0


def _data(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity.value,
        "about": finding.about,
        "finding": finding.sentence,
        "remedy": finding.remedy or None,
    }


def _lines(place: str, found: Sequence[Finding], width: int) -> list[str]:
    lines: list[str] = []
    for finding in found:
        name = finding.severity.value
        first = styled(name, *_STYLES[finding.severity]) + " " * (_MARGIN - len(name))
        lines += paragraph(finding.sentence, width, first=first, indent=" " * _MARGIN)
        if finding.remedy:
            lines += paragraph(finding.remedy, width, first=" " * _MARGIN + "→ ", indent=" " * (_MARGIN + 2))
    counts = [plural(n, each.value) for each in _ORDER if (n := sum(f.severity is each for f in found))]
    return [*lines, "", f"Looked at {place}: {listed(counts)}."]
