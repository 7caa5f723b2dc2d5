"""Draws the report's pictures in docs/pictures/ from the demo with Chromium: `python -m docs.make_report_pictures`.

Apart from the screens': a browser isn't everywhere, and its fonts are the machine's, so no test compares them.
"""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from outcome_tracker.report.html import render
from outcome_tracker.tracker.reporting import Asked, make_report
from outcome_tracker.tracker.setup import make_demo
from outcome_tracker.tracker.workspace import open_workspace
from tests.browser import picture

PICTURES = Path(__file__).resolve().parent / "pictures"
DESKTOP, PHONE = (1280, 1000), (360, 1160)


def now() -> datetime:
    """Return the moment at which the report is made."""
    return datetime(2019, 5, 31, 9, 30, tzinfo=UTC)


def main() -> None:
    """Draw how the report begins on a desktop, and a headline indicator on a phone."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        workspace = open_workspace(folder / "demo", user="Jo Smith", now=now)
        if problems := make_demo(workspace):
            raise SystemExit("\n".join(str(problem) for problem in problems))
        report = make_report(workspace, Asked(("SAFE",))).report
        headline = next(section for section in report.sections if section.code == "headline")
        first = replace(report, facts=(), sections=(replace(headline.sections[0], code="headline"),))
        for name, shown, (width, height) in (("report", report, DESKTOP), ("report-phone", first, PHONE)):
            shot = Image.open(picture(render(shown), folder, width=width, height=height))
            path = PICTURES / f"{name}.png"
            few = shot.crop((0, 0, width, height)).quantize(64)  # a page has few colours
            few.save(path, optimize=True)
            print(path.relative_to(PICTURES.parents[1]))


if __name__ == "__main__":
    main()
