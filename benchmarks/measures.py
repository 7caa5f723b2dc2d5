"""What is measured, against which peer, and the ratio we hold ourselves to."""

from __future__ import annotations

import csv
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import yaml

from benchmarks import area_measures
from benchmarks.bench import Bench, Measure, in_turn, output, process, program
from benchmarks.terminal import Stroke, Terminal, first_paint, typing
from outcome_tracker.plan_files.reader import read
from outcome_tracker.tracker.publishing import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LARGE = 5000  # indicators


def version(bench: Bench) -> Iterator[Measure]:
    """`--version` and `--help` as whole processes."""
    peer = [bench.peer("sqlite-utils"), "--version"]
    for argument in ("--version", "--help"):
        command = [program("outcome-tracker"), argument]
        ours, theirs = in_turn(bench.runs, partial(process, command), partial(process, peer))
        yield Measure(argument, ours, "sqlite-utils --version", theirs, 0.5)


def summary(bench: Bench) -> Iterator[Measure]:
    """`summary` of 400 indicators × 40 quarters as a whole process."""
    command = [program("outcome-tracker"), "--workspace", str(bench.sample()), "summary"]
    peer = [bench.peer("sqlite-utils"), "--version"]
    ours, theirs = in_turn(bench.runs, lambda: process(command), lambda: process(peer))
    yield Measure("summary", ours, "sqlite-utils --version", theirs, 0.75)
    office = _converting(bench, "xlsx")
    ours, theirs = in_turn(max(bench.runs // 3, 2), lambda: process(command), lambda: process(office))
    yield Measure("summary", ours, "LibreOffice recalculating the same figures", theirs, 0.12)


def report(bench: Bench) -> Iterator[Measure]:
    """`report` of 400 indicators in each form as a whole process, beside the same figures as a bare sheet in a PDF."""
    office = _converting(bench, "pdf")
    for form in FORMS:
        where = str(bench.folder / f"report.{form}")
        command = [program("outcome-tracker"), "--workspace", str(bench.sample()), "report", "--force", "-o", where]
        ours, theirs = in_turn(max(bench.runs // 3, 2), partial(process, command), partial(process, office))
        yield Measure(f"report.{form}, 400", ours, "LibreOffice, the bare sheet to PDF", theirs, 1.0)


def _converting(bench: Bench, form: str) -> list[str]:
    """Return the command with which LibreOffice works out the sheet of the same figures and saves it in a form."""
    profile = f"-env:UserInstallation=file://{bench.folder / 'office'}"
    where = ("--outdir", str(bench.folder / "office-out"), str(_sheet(bench)))
    return [program("soffice"), "--headless", profile, "--convert-to", form, *where]


def _sheet(bench: Bench) -> Path:
    """Return a spreadsheet that works out every percentage, rating and count from the sample's parts."""
    path = bench.folder / "sheet.fods"
    if path.exists():
        return path
    found = output([program("outcome-tracker"), "--workspace", str(bench.sample()), "export", "figures"])
    cell = '<table:table-cell office:value-type="float" office:value="{}"/>'
    formula = '<table:table-cell table:formula="of:={}"/>'
    rows = []
    for number, row in enumerate(csv.DictReader(found.splitlines()), start=1):
        rated = f'IF([.C{number}]>=82.5;"G";IF([.C{number}]>=78.375;"A";"R"))'
        cells = [
            cell.format(row["numerator"]),
            cell.format(row["denominator"]),
            formula.format(f"ROUND([.A{number}]/[.B{number}]*100;1)"),
            formula.format(rated.replace('"', "&quot;").replace(">", "&gt;")),
        ]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    counts = "".join(formula.format(f"COUNTIF([.D1:.D{len(rows)}];&quot;{letter}&quot;)") for letter in "GAR")
    rows.append(f"<table:table-row>{counts}</table:table-row>")
    names = {"office": "office", "table": "table"}
    spaces = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items())
    kind = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.2"'
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} '
        f'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" {kind}><office:body><office:spreadsheet>'
        f'<table:table table:name="figures">{"".join(rows)}</table:table></office:spreadsheet></office:body>'
        "</office:document>",
        encoding="utf-8",
    )
    return path


def check(bench: Bench) -> Iterator[Measure]:
    """Checking 400 indicators' plan files, against PyYAML's C parser that loads the same bytes and checks nothing."""
    targets = bench.sample() / "targets"

    def ours() -> float:
        started = time.perf_counter()
        read(targets)
        return time.perf_counter() - started

    def theirs() -> float:
        started = time.perf_counter()
        for path in targets.glob("*.yaml"):
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        return time.perf_counter() - started

    mine, parsing = in_turn(bench.runs, ours, theirs)
    yield Measure("check 400 targets", mine, "PyYAML loading alone", parsing, 1.5)


_ONE_LABEL = """\
from textual.app import App
from textual.widgets import Label
class One(App):
    def compose(self):
        yield Label("ready now")
One().run()
"""


def paint(bench: Bench) -> Iterator[Measure]:
    """The first screen with figures: 400 indicators against two peers. 5,000 against 400, with figures and before."""

    def ours(indicators: int, text: str = "Green – ") -> float:
        return first_paint([program("outcome-tracker"), "--workspace", str(bench.sample(indicators))], text)

    label = [sys.executable, "-c", _ONE_LABEL]
    mine, theirs = in_turn(bench.runs, lambda: ours(400), lambda: first_paint(label, "ready now"))
    yield Measure("first paint, 400", mine, "one-label Textual app", theirs, 1.6)
    sheet = [bench.peer("vd"), str(bench.table())]
    mine, theirs = in_turn(bench.runs, lambda: ours(400), lambda: first_paint(sheet, "P0-02"))
    yield Measure("first paint, 400", mine, "VisiData on the same table", theirs, 1.0)
    large, small = in_turn(bench.runs, lambda: ours(LARGE, "Outcome plans"), lambda: ours(400, "Outcome plans"))
    yield Measure(f"first paint, {LARGE:,}", large, "the same with 400", small, 1.2)
    large, small = in_turn(bench.runs, lambda: ours(LARGE), lambda: ours(400))
    yield Measure(f"with figures, {LARGE:,}", large, "the same with 400", small, 1.2)


# A digit is typed into an empty cell of the editor; Enter accepts what was typed and goes on.
_KEYS = {
    "cursor": (Stroke(b"\x1b[B"), Stroke(b"j")),
    "scroll a page": (Stroke(b"\x1b[6~", after=(b"\x1b[5~",)), Stroke(b"\x06", after=(b"\x02",))),
    "digit": (
        Stroke(b"0", before=(b"8",), after=(b"\x1b", b"\x1b[B")),
        Stroke(b"0", before=(b"e", b"8"), after=(b"\x03", b"j")),
    ),
    "Enter": (Stroke(b"\r", before=(b"8", b"0"), once=True), Stroke(b"\r", before=(b"e", b"8", b"0"), after=(b"j",))),
}


def keys(bench: Bench) -> Iterator[Measure]:
    """Keys in "Enter figures" with 400 lines, until the screen is repainted, against VisiData on the same table."""
    with (
        Terminal([program("outcome-tracker"), "--workspace", str(bench.sample())]) as ours,
        Terminal([bench.peer("vd"), str(bench.table())]) as theirs,
    ):
        ours.until("Green – ")
        theirs.until("P0-02")
        ours.settle()
        ours.press(b"e")
        for key in (b"l", b"l", b"l", b"l"):  # to the values
            theirs.press(key)
        ours.settle()
        for what, (mine, other) in _KEYS.items():
            yield Measure(what, typing(ours, bench.runs, mine), "VisiData", typing(theirs, bench.runs, other), 0.35)


MEASURES: dict[str, Callable[[Bench], Iterator[Measure]]] = {
    "version": version,
    "summary": summary,
    "report": report,
    "check": check,
    "paint": paint,
    "keys": keys,
    "areas": area_measures.areas,
}
