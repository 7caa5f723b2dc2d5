"""Writing the report from the summary: which file is asked, and it is made and written in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from textual.message import Message

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.wording import period_short
from outcome_tracker.tui.handing_over import hand_over
from outcome_tracker.tui.screens.ask import Field, Form
from outcome_tracker.tui.screens.summary_reading import SummaryReading
from outcome_tracker.tui.widgets.drawn import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outcome_tracker.tracker.reporting import Asked

_FILE = "file"
_FORMS = ".html, .docx, .xlsx or .md"


@dataclass
class ReportWritten(Message, bubble=False):
    """A report is written, with what is odd about it; or, in a sentence, why it is not.

    With `content` it is for the browser, and stands nowhere here.
    """

    path: Path
    warnings: tuple[str, ...] = ()
    problem: str = ""
    content: bytes | None = None


class SummaryReporting(SummaryReading):
    """A page that writes the report of what it shows."""

    @property
    def reported_plan(self) -> str | None:
        """The code of the plan that the report is of; None for all."""
        raise NotImplementedError

    def do_write_report(self) -> None:
        """Ask for the file, named after the plans and the period."""
        from outcome_tracker.tracker.publishing import default_folder, default_name
        from outcome_tracker.tracker.reporting import Asked

        if self.answer is None:
            return
        plan, period = self.reported_plan, self.answer.review.period
        asked = Asked((plan,) if plan else (), period=period)
        what = f"plan {plan}" if plan else "all plans"
        said = [
            text(f"The report of {period_short(period)}, {what}. Small numbers are hidden in it."),
            text((f"The end of the file's name says the form: {_FORMS}.", "$quiet")),
        ]
        path = Path(default_name(asked.plans, period, "html"))
        if not self.app.is_web:
            path = default_folder(self.tracker.workspace) / path
        check = refused_for_browser if self.app.is_web else refused
        form = Form("Write the report", said, [Field(_FILE, "File", value=str(path))], check, does="write")
        self.app.push_screen(form, partial(self._write, asked))

    def _write(self, asked: Asked, values: Mapping[str, str] | None) -> None:
        if values is not None:
            work = partial(self._publish, asked, named(values))
            self.notify("The report is being written.", markup=False)
            self.run_worker(work, group="report", thread=True, exit_on_error=False, name="report")

    def _publish(self, asked: Asked, path: Path) -> None:
        """Make and write it in a thread; say by a message how it went."""
        from outcome_tracker.tracker.publishing import publish, suffix_form

        form = suffix_form(path) or "html"
        try:
            if self.app.is_web:
                with TemporaryDirectory() as folder:
                    written = publish(self.tracker.workspace, asked, form, Path(folder, path.name))
                    content = written.path.read_bytes()
                self.post_message(ReportWritten(Path(path.name), written.warnings, content=content))
                return
            written = publish(self.tracker.workspace, asked, form, path)
            self.post_message(ReportWritten(written.path, written.warnings))
        except Unavailable as unavailable:
            self.post_message(ReportWritten(path, problem=f"{unavailable.sentence} {unavailable.remedy}".strip()))
        except Exception as error:  # noqa: BLE001 - a bug while writing is one sentence on the screen
            self.post_message(ReportWritten(path, problem=self.tracker.bug(error)))

    def on_report_written(self, message: ReportWritten) -> None:
        """Say where the report is, or why there is none."""
        if message.problem:
            self.notify(message.problem, severity="error", markup=False, timeout=15)
            return
        where = f"in {message.path}"
        if message.content is not None:
            hand_over(self.app, message.path.name, message.content)
            where = f"on its way to your browser as {message.path}"
        self.notify(f"The report is {where}.", markup=False, timeout=15)
        for warning in message.warnings:
            self.notify(warning, severity="warning", markup=False, timeout=15)


def named(values: Mapping[str, str]) -> Path:
    """Return the file that was typed."""
    return Path(values[_FILE].strip()).expanduser()


def refused_for_browser(values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return why a browser can't be given a file under the name that is typed, or None."""
    from outcome_tracker.tracker.files import safe_name
    from outcome_tracker.tracker.publishing import suffix_form

    path = Path(values[_FILE].strip())
    if suffix_form(path) is None:
        return _FILE, f"Name a file that ends in {_FORMS}."
    if path.name != safe_name(path.name) or path.name != str(path):
        return _FILE, "Name the file alone, with letters, digits, dots, hyphens and underscores."
    return None


def refused(values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return why a report can't be written to the file that is typed, or None."""
    from outcome_tracker.tracker.files import check_free
    from outcome_tracker.tracker.publishing import suffix_form

    if not values[_FILE].strip() or suffix_form(named(values)) is None:
        return _FILE, f"Name a file that ends in {_FORMS}."
    try:
        check_free(named(values))
    except Unavailable as unavailable:
        return _FILE, unavailable.sentence
    return None
