"""A workspace in which everything that people can write holds one of the nasty texts, put in through its own door.

Each field of each subject gets another text, and with every `turn` the next ones, so that all turns together put every
text through every door. Plan files are made from the table of their keys: a new key for words is filled at once.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from openpyxl import load_workbook

from outcome_tracker.core.breakdown import CONTENT_COLUMNS, KEY_COLUMNS
from outcome_tracker.core.returned import Column
from outcome_tracker.core.text import clean
from outcome_tracker.exchange import csv_in
from outcome_tracker.exchange.return_form import RETURN
from outcome_tracker.plan_files import keys
from outcome_tracker.plan_files.goals import TargetsByYear
from outcome_tracker.plan_files.kinds import LONGEST_WORDS, TEXT, ListOf, Scalar, Shape, WordsByKey
from tests.exchange.workbooks import book, parts, zipped
from tests.nasty import CORPUS
from tests.running import USER, Ran, run
from tests.tracker import returning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

PERIOD, BEFORE = "2019-20 Q2", "2019-20 Q1"
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CATEGORY = 200  # characters
_TYPED = 20_000  # characters
_CELL = 2_000  # characters of what is put into a workbook, so that none is refused for its size
# What a key takes that is no text from people, where it must be there or something hangs on it.
_GIVEN: dict[str, object] = {
    "area": "E10000001",
    "tier": "headline",
    "unit": "percent",
    "better": "higher",
    "frequency": "quarterly",
    "basis": "period",
    "layout": "plain",
    "target": 90,
    "to": 91,
    "due": "2019-06-30",
    "dimensions": ["source"],
}
# A second indicator, with nothing but what must be there.
_NEEDED = {name: _GIVEN[name] for name in ("tier", "unit", "better", "frequency", "basis")} | {"title": "Second"}
# Columns that take no text from people, and may be empty.
_NO_TEXT = (
    *("numerator", "denominator", "status", "illustrative", "published_rag", "published_direction"),
    *("date", "known", "new_due", "released"),
)
_FROM = {"a revision": BEFORE, "a break": "2017-18"}


def encodes(text: str) -> bool:
    """Tell whether a text can stand in a file at all."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


@dataclass
class Feed:
    """Which text goes where: `subjects` of a kind, and which turn it is. `placed` is what went through which door."""

    turn: int = 0
    subjects: int = 3
    placed: dict[str, list[str]] = field(default_factory=dict)

    def text(self, door: str, subject: int = 0, longest: int = LONGEST_WORDS, *, in_file: bool = True) -> str:
        """Return the text for a field of a subject: the next of which something is kept, and that fits there."""
        found = self.placed.setdefault(door, [])
        place = (list(self.placed).index(door) + self.turn) * self.subjects + subject
        texts = (CORPUS[(place + n) % len(CORPUS)] for n in range(len(CORPUS)))
        found.append(next(n.text for n in texts if 0 < len(n.kept) <= longest and (encodes(n.text) or not in_file)))
        return found[-1]

    def waiting(self) -> Iterator[str]:
        """Yield the texts that have gone through no door, of those that a command takes."""
        gone = {text for texts in self.placed.values() for text in texts}
        yield from (n.text for n in CORPUS if n.text not in gone and n.kept)


def quoted(text: str) -> str:
    """Return a text as YAML has it in quotes, whatever it holds."""
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    number = ord(letter)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def yaml(value: object) -> str:
    """Return plain values as YAML on one line."""
    match value:
        case str():
            return quoted(value)
        case dict():
            return "{" + ", ".join(f"{quoted(name)}: {yaml(each)}" for name, each in value.items()) + "}"
        case list():
            return f"[{', '.join(yaml(each) for each in value)}]"
        case _:
            return str(value)


def written(shape: Shape, feed: Feed, subject: int, own: Mapping[str, object]) -> dict[str, object]:
    """Return a mapping with every key of a shape that takes words or holds such keys, and those that must be there."""
    found: dict[str, object] = {}
    for key in shape.keys:
        if key.name in own:
            found[key.name] = own[key.name]
        elif key.name == "from" and shape.noun in _FROM:
            found[key.name] = _FROM[shape.noun]
        elif (value := _value(key.kind, f"{shape.noun}: {key.name}", feed, subject)) is not None:
            found[key.name] = value
        elif key.required or key.name == "target":
            found[key.name] = _GIVEN[key.name]
    return found


def _value(kind: Any, door: str, feed: Feed, subject: int) -> object:  # noqa: ANN401 - kinds of any value
    """Return what a key gets; None where it takes no text."""
    found: object = None
    match kind:
        case Scalar() if kind.json is TEXT:
            found = feed.text(door, subject)
        case ListOf():
            item = _value(kind.item, door, feed, subject)
            found = item and [item]
        case WordsByKey():
            found = {feed.text(f"{door} (key)", subject): feed.text(door, subject)}
        case TargetsByYear():
            found = {"2019-20": written(kind.shape, feed, subject, {})}
        case Shape():
            found = written(kind, feed, subject, {}) or None
        case _:
            pass
    return found


def plan(feed: Feed, subject: int) -> dict[str, object]:
    """Return a plan with one of everything."""
    code = f"P{subject}"
    milestone = written(keys.MILESTONE_SHAPE, feed, subject, {"code": f"{code}-A.1", "due": "2019-06-30"})
    category = feed.text("a breakdown: indicators (key)", subject, _CATEGORY)
    own = {
        "code": code,
        "indicators": [
            written(keys.INDICATOR_SHAPE, feed, subject, {"code": f"{code}-1"}),
            _NEEDED | {"code": f"{code}-2"},
        ],
        "actions": [written(keys.ACTION_SHAPE, feed, subject, {"code": f"{code}-A", "milestones": [milestone]})],
        "breakdowns": [
            written(keys.BREAKDOWN_SHAPE, feed, subject, {"code": f"{code}-B", "indicators": {category: f"{code}-2"}})
        ],
    }
    return written(keys.PLAN_SHAPE, feed, subject, own)


def council(feed: Feed) -> dict[str, object]:
    """Return council.yaml; whoever works here is in each list of people."""
    people = [USER, *(feed.text("--user", n, _CELL) for n in range(feed.subjects))]
    roles = {
        name: list({clean(each).casefold(): each for each in people}.values())
        for name in ("officers", "approvers", "viewers")
    }
    comparators = ["England", feed.text("council.yaml: comparators")]
    return written(keys.COUNCIL_SHAPE, feed, 0, {"comparators": comparators, "roles": roles})


@dataclass(frozen=True)
class Filled:
    """A workspace with nasty texts, what went where, and what each door said."""

    folder: Path
    feed: Feed
    said: tuple[Ran, ...]


def fill(folder: Path, feed: Feed) -> Filled:
    """Make a workspace and put a text through every door."""
    said: list[Ran] = []

    def do(*arguments: str, typed: str | None = None) -> Ran:
        ran = run(folder, *arguments, typed=typed)
        assert ran.code == 0, (arguments, ran.err)
        said.append(ran)
        return ran

    (folder / "targets").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "targets" / "council.yaml").write_text(_document(council(feed)), encoding="utf-8")
    for subject in range(feed.subjects):
        (folder / "targets" / f"plan{subject}.yaml").write_text(_document(plan(feed, subject)), encoding="utf-8")
    do("targets", "apply", "--why", feed.text("targets apply --why"))
    for subject in range(feed.subjects):
        _type(do, feed, subject)
    for kind, table in tables(feed).items():
        path = folder / f"{kind}.csv"
        path.write_text(as_csv(table), encoding="utf-8", newline="")
        do("import", kind, str(path))
    _import_untold(do, folder, feed)
    _import_workbook(do, folder, feed)
    _import_returns(do, folder, feed)
    do("enter", "P0-2", PERIOD, "8/9")
    _sign(do, feed)
    for number, text in enumerate(feed.waiting()):  # each as a note that the next one takes the place of
        do("enter", "P0-2", PERIOD, f"{number % 2}/9", f"--note={text}")
    return Filled(folder, feed, tuple(said))


def _document(value: Mapping[str, object]) -> str:
    return "".join(f"{name}: {yaml(each)}\n" for name, each in value.items())


def _type(do: Callable[..., Ran], feed: Feed, subject: int) -> None:
    """Type what commands take as texts."""
    code, user = f"P{subject}-1", feed.placed["--user"][subject]

    def typed(door: str) -> str:
        return feed.text(door, subject, _TYPED, in_file=False)

    for value in ("88", "89"):
        note, why = typed("enter --note"), typed("enter --why")
        do("enter", code, PERIOD, f"{value}/100", f"--note={note}", f"--why={why}", f"--user={user}")
    do("milestone", f"P{subject}-A.1", "delayed", f"--reason={typed('milestone --reason')}")
    do("milestone", f"P{subject}-A.1", f"--note={typed('milestone --note')}")
    do("comment", f"P{subject}", PERIOD, "Analysis and issues", "--", typed("comment TEXT"))
    do("comment", code, PERIOD, "Cause", "-", typed=feed.text("comment TEXT: -", subject, _TYPED))


def _sign(do: Callable[..., Ran], feed: Feed) -> None:
    """Sign a plan's period off, and open it again."""
    period = ("--period", PERIOD)
    do("submit", "P0", *period, f"--note={feed.text('submit --note', 0, _CATEGORY)}")
    signs = feed.placed["--user"][1]
    do("sign-off", "P0", *period, f"--note={feed.text('sign-off --note', 0, _CATEGORY)}", f"--user={signs}")
    do("reopen", "P0", *period, f"--reason={feed.text('reopen --reason', 0, _CATEGORY)}", f"--user={signs}")


def _import_untold(do: Callable[..., Ran], folder: Path, feed: Feed) -> None:
    """Import open data that does not say of which release and source it is."""
    for kind, text in (
        ("areas", "indicator,area,period,value\nP0-1,E06000050,2017-18,80\n"),
        ("neighbours", "la num,sn1,snp\n893,351,Close\n"),
    ):
        path = folder / f"{kind} 2020.csv"
        path.write_text(text, encoding="utf-8")
        told = [f"--{name}={feed.text(f'import {kind} --{name}', 0, _CATEGORY)}" for name in ("release", "source")]
        do("import", kind, str(path), *told)


def _import_workbook(do: Callable[..., Ran], folder: Path, feed: Feed) -> None:
    """Import a workbook whose cells and whose sheet's name are nasty, its file too."""
    sheet = for_xml(feed.text("import figures --sheet", longest=_CATEGORY))
    given = {"period": "2018-19 Q4", "value": "87", **dict.fromkeys(_NO_TEXT, "")}
    rows = [
        _row(feed, "workbook", n, csv_in.FIGURES, dict(given, indicator=f"P{n}-1"), _CELL) for n in range(feed.subjects)
    ]
    path = folder / f"{named(feed.text('import: the name of a file', longest=_CATEGORY))}.xlsx"
    path.write_bytes(as_workbook(rows, sheet))
    do("import", "figures", str(path), f"--sheet={sheet}")


def _import_returns(do: Callable[..., Ran], folder: Path, feed: Feed) -> None:
    """Fill in the returns that owners get, and take them in."""
    do("template", "--all", str(folder / "returns"), "--period", PERIOD)
    for path in sorted((folder / "returns").iterdir()):
        sheet = load_workbook(path)[RETURN]
        for number in range(2, sheet.max_row + 1):
            code = str(returning.cell(sheet, Column.CODE, number).value)
            if code.endswith("-1"):
                texts = {
                    column: for_xml(feed.text(f"return: {column.value}", int(code[1]), _CELL))
                    for column in (Column.COMMENTARY,)
                }
                returning.fill(path, {code: {Column.NUMERATOR: 86, **texts}})
    do("import", "return", str(folder / "returns"), "--keep", "return")


def for_xml(text: str) -> str:
    """Return a text without what XML can't hold."""
    return NOT_XML.sub("", text)


def named(text: str) -> str:
    """Return a text as far as it can be a file's name here."""
    return text.replace("/", "∕").replace("\0", "")[:60]


Rows = list[dict[str, str]]


def tables(feed: Feed) -> dict[str, Rows]:
    """Return a table for every kind of import: a row for each subject, with a text in each column that takes one."""
    subjects = range(feed.subjects)
    numbers = {"value": "90", "numerator": "90", "denominator": "100"}
    no = dict.fromkeys(_NO_TEXT, "")
    on = {"period": BEFORE, **no, **numbers}
    own = [dict(on, indicator=f"P{n}-1") for n in subjects]
    shares = [dict(on, period="2018-19", released="2019-10-31", indicator=f"P{n}-1") for n in subjects]
    counts = [dict(no, breakdown=f"P{n}-B", period="2019-04", count="90") for n in subjects]
    every = {
        "figures": (csv_in.FIGURES, own),
        "benchmarks": (csv_in.BENCHMARKS, shares),
        "milestones": (csv_in.MILESTONES, [dict(no, milestone=f"P{n}-A.1", status="delayed") for n in subjects]),
        "commentary": (csv_in.COMMENTARY, [dict(on, subject=f"P{n}-1", period=PERIOD) for n in subjects]),
        "published": (csv_in.PUBLISHED, [dict(on, plan=f"P{n}", period=PERIOD) for n in subjects]),
        "breakdowns": (csv_in.Columns(KEY_COLUMNS, ("source", *CONTENT_COLUMNS)), counts),
        "areas": (csv_in.AREA_FIGURES, [dict(each, area="E06000050") for each in shares]),
        "neighbours": (
            csv_in.Columns(("la num", "sn1", "snp"), ("release",)),
            [{"la num": str(896 - n), "sn1": "351", "release": "2021"} for n in subjects],
        ),
    }
    return {
        kind: [_row(feed, kind, subject, columns, given) for subject, given in enumerate(rows)]
        for kind, (columns, rows) in every.items()
    }


def _row(
    feed: Feed, kind: str, subject: int, columns: csv_in.Columns, given: Mapping[str, str], longest: int = _CATEGORY
) -> dict[str, str]:
    return {
        name: given[name] if name in given else feed.text(f"{kind}: {name}", subject, longest) for name in columns.every
    }


def as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return rows as a CSV file, without NUL, for which it would be refused."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().replace("\0", "")


def as_workbook(rows: Sequence[Mapping[str, str]], name: str) -> bytes:
    """Return rows as a workbook whose one sheet has a name, both with whatever letters."""
    lines = [list(rows[0]), *(list(each.values()) for each in rows)]
    cell = '<c t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
    cells = "".join(f"<row>{''.join(cell.format(coded(text)) for text in line)}</row>" for line in lines)
    return zipped(parts(cells, book=book(f'name="{coded(name)}"')))


def coded(text: str) -> str:
    """Return a text as a workbook has it: what XML can't hold is spelled out."""
    kept = NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(kept, {'"': "&quot;", "\n": "&#10;"})
