"""Publishing a report: in which form, under which name, to a file that is whole or not there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from outcome_tracker.tracker.files import check_free, safe_name, write_whole
from outcome_tracker.tracker.reporting import make_report
from outcome_tracker.tracker.room_for_drafts import drafted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outcome_tracker.core.period import Period
    from outcome_tracker.core.report import Report
    from outcome_tracker.tracker.reporting import Asked
    from outcome_tracker.tracker.workspace import Workspace

UNSUPPRESSED = "UNSUPPRESSED"
FORMS = ("html", "docx", "xlsx", "md")
_SUFFIXES = {".html": "html", ".htm": "html", ".docx": "docx", ".xlsx": "xlsx", ".md": "md", ".markdown": "md"}
_MOST_CODES = 3  # in a file's name; of more plans their number is said


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report went, and what is odd about it."""

    path: Path
    warnings: tuple[str, ...] = ()


def suffix_form(output: Path | None) -> str | None:
    """Return the form that a file's name asks for; None where it asks for none."""
    return None if output is None else _SUFFIXES.get(output.suffix.lower())


def publish(
    workspace: Workspace,
    asked: Asked,
    form: str,
    output: Path | None = None,
    *,
    force: bool = False,
    template: Path | None = None,
) -> Written:
    """Make a report and write it; without `output` to the current folder under a name made of its codes.

    Raises `Unavailable` where that can't be done, before the report is made where that can be known, and leaves
    nothing behind then.
    """
    path = _marked(output, asked) if output is not None else None
    if path is not None:
        check_free(path, force=force)
    made = make_report(workspace, asked)
    path = path or Path(default_name(made.plans, made.period, form, made.committee, unsuppressed=made.unsuppressed))
    check_free(path, force=force)
    write_whole(path, rendered(made.report, form, template), force=force)
    return Written(path, made.warnings)


def default_name(
    plans: Sequence[str], period: Period, form: str, committee: str = "", *, unsuppressed: bool = False
) -> str:
    """Return `SAFE_2018-19-Q4.html`, after the plans (none: all) or the committee; safe on every system."""
    codes = "-".join(plans) if len(plans) <= _MOST_CODES else f"{len(plans)}-plans"
    what = committee or codes or "council"
    flag = f"_{UNSUPPRESSED}" if unsuppressed else ""
    return f"{safe_name(f'{what}_{period.code}')}{flag}.{form}"


def default_folder(workspace: Workspace) -> Path:
    """Return where a report goes unless told: the current folder, or the workspace's where that has been deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return workspace.folder


def _marked(output: Path, asked: Asked) -> Path:
    """Say in a name that was given that small numbers are in the file, unless it does already."""
    if not asked.unsuppressed or UNSUPPRESSED in output.name:
        return output
    return output.with_name(f"{output.stem}_{UNSUPPRESSED}{output.suffix}")


def rendered(report: Report, form: str, template: Path | None = None) -> bytes:
    """Return a report in a form; raises `Unavailable` where what draws it is missing, or the template can't be used."""
    if form == "docx":
        from outcome_tracker.report import word

        return word.render(report, template)
    if form == "xlsx":
        from outcome_tracker.report import excel

        return drafted(lambda: excel.render(report))
    if form == "md":
        from outcome_tracker.report import markdown

        return markdown.render(report).encode()
    from outcome_tracker.report import html

    return html.render(report).encode()
