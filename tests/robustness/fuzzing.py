"""Files and texts made up at random, put into the program in a process of its own with little memory and little time.

`python -m tests.robustness.fuzzing KIND EXAMPLES FOLDER` prints what came of it as JSON; what goes wrong is an
exception with the smallest example that does it. What is refused changes nothing, and what is taken is taken whole.
"""

from __future__ import annotations

import faulthandler
import io
import json
import re
import resource
import sqlite3
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import inert
from tests.hostile import BEFORE, NOT_XML, PERIOD, as_csv, as_workbook, yaml
from tests.nasty import CORPUS
from tests.robustness.tally import BUDGET
from tests.running import SMALL, Ran, run, write_plan

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SECONDS, MOST_MEGABYTES, HANGS = 5, 300, 60
_ADDED = re.compile(r"Added ([0-9,]+), changed ([0-9,]+);")

NASTY = st.sampled_from([nasty.text for nasty in CORPUS])
NUMBERS = st.one_of(
    st.sampled_from(
        ["", "0", "-0", "1,204", "16%", "£3", "44/276", "x", "nan", "inf", "1e9", "1_000", "\uff11", "½", "٣"]
    ),
    st.from_regex(r"[-+−–]?[0-9]{0,40}[.,]?[0-9]{0,40}( ?%|/[0-9]{0,20})?", fullmatch=True),
    st.text("0123456789.,/%£+-–− ()eE²", max_size=20),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.integers(0, 100).map(str),
)
PERIODS = st.one_of(
    st.sampled_from(
        [PERIOD, BEFORE, "2018-19", "2019-04", "April 2019", "Q2 2019/20", "H1 2019-20", "2019", "now", ""]
    ),
    st.from_regex(r"[0-9]{1,6}([-/][0-9]{0,4})?( ?[QHMqh][0-9]{0,2})?", fullmatch=True),
    st.dates().map(str),
    st.builds("20{}-{} Q{}".format, st.just(19), st.just(20), st.integers(1, 3)),
    st.text("0123456789-/ QHqhJanFeb", max_size=14),
)
ANY = st.one_of(NASTY, NUMBERS, PERIODS, st.text(max_size=40))
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"<", b">", b"/>", b'"', b"&#0;", b"&x;", b"\0", b",", b";", b"\t", b'""', b"\n", b"-1", b"PK\x01\x02"]
    ),
)
Edits = list[tuple[float, int, bytes]]
EDITS: st.SearchStrategy[Edits] = st.just([]) | st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), max_size=5
)


def spoilt(data: bytes, edits: Edits) -> bytes:
    """Return bytes with some gone and others in their place."""
    for share, gone, instead in edits:
        place = int(share * len(data))
        data = data[:place] + instead + data[place + gone :]
    return data


@dataclass
class Trial:
    """A workspace to try things on, put back whenever something was taken."""

    folder: Path
    refused: int = 0
    taken: int = 0
    slowest: float = 0.0
    kept: dict[Path, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kept = {path: path.read_bytes() for path in (self.database, *(self.folder / "targets").iterdir())}

    @property
    def database(self) -> Path:
        return self.folder / "data" / "tracker.db"

    def count(self) -> int:
        """Return how many versions of anything there are."""
        with closing(sqlite3.connect(self.database)) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            counts = (connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)  # noqa: S608 - our own names
            return sum(counts)

    def put_back(self) -> None:
        for path, content in self.kept.items():
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
        for path in (self.folder / "targets").iterdir():
            if path not in self.kept:
                path.unlink()

    def do(self, *arguments: str) -> Ran:
        """Run a command, and judge what came of it."""
        before = self.count()
        began = process_time()
        faulthandler.dump_traceback_later(HANGS, exit=True)
        ran = run(self.folder, *arguments)
        faulthandler.cancel_dump_traceback_later()
        took = process_time() - began
        self.slowest = max(self.slowest, took)
        assert took < MOST_SECONDS, (arguments, took)
        assert ran.code in {0, 1, 2, 3}, (arguments, ran.err)
        inert.terminal(ran.raw)
        inert.printable(ran.err)
        if ran.code:
            self.refused += 1
            assert ran.err, arguments
            assert self.database.read_bytes() == self.kept[self.database], "something was half applied"
        else:
            self.taken += 1
            if (said := _ADDED.search(ran.out)) and arguments[:2] not in {("import", "areas"), ("import", "return")}:
                assert self.count() - before == sum(int(number.replace(",", "")) for number in said.groups())
        return ran


# What is made up

TABLES: dict[str, dict[str, st.SearchStrategy[str]]] = {
    "figures": {
        "indicator": st.sampled_from(["PC", "NO", "PO", "RA", "pc", "none"]),
        "period": PERIODS,
        "value": NUMBERS,
        "numerator": NUMBERS,
        "denominator": NUMBERS,
        "status": st.sampled_from(["", "final", "provisional", "not available", "x"]),
        "note": ANY,
        "as_published": ANY,
        "published_rag": st.sampled_from(["", "red", "Red", "x"]),
        "illustrative": st.sampled_from(["", "yes", "no", "maybe"]),
        "released": PERIODS,
        "source": ANY,
    },
    "benchmarks": {
        "indicator": st.sampled_from(["PC", "NO", "x"]),
        "comparator": st.sampled_from(["England", "South", "Wales"]),
        "period": PERIODS,
        "value": NUMBERS,
        "numerator": NUMBERS,
        "denominator": NUMBERS,
        "release": ANY,
        "released": PERIODS,
        "method": ANY,
    },
    "milestones": {
        "milestone": st.sampled_from(["P-A.1", "p-a.1", "none"]),
        "status": st.sampled_from(["delayed", "delivered", "re-phased", "cancelled", "on track", "x", ""]),
        "date": PERIODS,
        "new_due": PERIODS,
        "reason": ANY,
        "known": PERIODS,
    },
    "commentary": {
        "subject": st.sampled_from(["P", "PC", "none"]),
        "period": PERIODS,
        "section": st.one_of(st.sampled_from(["Cause", "Due date", "Analysis and issues"]), NASTY),
        "text": ANY,
        "author": ANY,
        "date": PERIODS,
    },
    "published": {"plan": st.sampled_from(["P", "x"]), "period": PERIODS, "measure": ANY, "text": ANY, "date": PERIODS},
    "areas": {
        "indicator": st.sampled_from(["PC", "RA", "x"]),
        "area": st.sampled_from(["E06000050", "E92000001", "E12000002", "896", "x", ""]),
        "area_name": ANY,
        "region": ANY,
        "period": PERIODS,
        "value": NUMBERS,
        "numerator": NUMBERS,
        "denominator": NUMBERS,
        "release": NASTY,
        "released": PERIODS,
        "source": ANY,
    },
    "neighbours": {
        "la num": st.sampled_from(["896", "351", "352", "x", ""]),
        "sn1": st.sampled_from(["351", "352", "896.0", "x", ""]),
        "snp": ANY,
        "sn2": st.sampled_from(["351", "352", "", "-1"]),
        "release": st.sampled_from(["2021", "", "x"]),
        "source": ANY,
    },
}
_EES = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("old_la_code", "new_la_code", "la_name", "category", "pct"),
)
TABLES["breakdowns"] = {
    "breakdown": st.sampled_from(["B", "b", "x"]),
    "period": PERIODS,
    "source": ANY,
    "count": NUMBERS,
    "denominator": NUMBERS,
    "as_published": ANY,
    "status": st.sampled_from(["", "final", "suppressed", "x"]),
    "note": ANY,
    "released": PERIODS,
}
TABLES["open data"] = dict.fromkeys(_EES, ANY) | {
    "time_period": st.one_of(PERIODS, st.sampled_from(["2019", "201819", "202021"])),
    "time_identifier": st.sampled_from(["Reporting year", "Financial year", "Academic year", "April", "x", ""]),
    "geographic_level": st.sampled_from(["National", "Regional", "Local authority", "School", "x", ""]),
    "old_la_code": st.sampled_from(["896", "", "x", "351"]),
    "new_la_code": st.sampled_from(["E06000050", "", "E10000001", "x"]),
    "category": st.sampled_from(["Second plans", "x"]),
    "pct": NUMBERS,
}
_NATION = ("2018", "Reporting year", "National", "E92000001", "England", "", "", "", "Second plans", "20.2")
GOOD = {
    "breakdowns": {"breakdown": "B", "period": "2019-04", "source": "Police", "count": "90"},
    "open data": dict(zip(_EES, _NATION, strict=True)),
    "figures": {"indicator": "PC", "period": BEFORE, "value": "90"},
    "benchmarks": {"indicator": "PC", "comparator": "England", "period": "2018-19", "value": "80"},
    "milestones": {"milestone": "P-A.1", "status": "delayed"},
    "commentary": {"subject": "PC", "period": BEFORE, "section": "Cause", "text": "Staff left."},
    "published": {"plan": "P", "period": BEFORE, "measure": "ratings", "text": "Green – 4"},
    "areas": {
        "indicator": "PC",
        "area": "E06000050",
        "period": "2018-19",
        "value": "80",
        "release": "R",
        "source": "S",
    },
    "neighbours": {"la num": "896", "sn1": "351", "snp": "Close", "release": "2021"},
}


@st.composite
def tables(draw: st.DrawFn, kind: str) -> list[dict[str, str]]:
    """Return rows of a kind of import: good ones, in each of which a few cells hold something else."""
    columns = TABLES[kind]
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        changed = draw(st.sets(st.sampled_from([*columns]), max_size=3))
        good = {name: GOOD[kind].get(name, "") for name in columns}
        rows.append(good | {name: draw(columns[name]) for name in sorted(changed)})
    return rows


def csv_file(trial: Trial, data: st.DataObject) -> None:
    """Import a CSV file: other encodings and separators, ragged rows, spoilt bytes."""
    kind = data.draw(st.sampled_from([*TABLES]))
    text = as_csv(data.draw(tables(kind)))
    if data.draw(st.booleans()):
        text = text.replace(",", data.draw(st.sampled_from([";", "\t", "|", ",,"])))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "cp437"]))
    path = trial.folder / "file.csv"
    path.write_bytes(spoilt(text.encode(encoding, "replace"), data.draw(EDITS)))
    as_cp1252 = ("--encoding", "cp1252") if data.draw(st.booleans()) else ()
    trial.do("import", "areas" if kind == "open data" else kind, str(path), *as_cp1252)


def workbook(trial: Trial, data: st.DataObject) -> None:
    """Import a workbook: made-up cells, spoilt parts in a sound archive, or a spoilt archive."""
    kind = data.draw(st.sampled_from([kind for kind in TABLES if kind not in {"areas", "neighbours", "open data"}]))
    made = as_workbook(data.draw(tables(kind)), data.draw(st.one_of(st.just("Data"), NASTY)))
    path = trial.folder / "file.xlsx"
    path.write_bytes(spoilt_package(made, data))
    trial.do("import", kind, str(path))


def spoilt_package(made: bytes, data: st.DataObject) -> bytes:
    """Return an archive with a part spoilt, or spoilt itself."""
    if data.draw(st.booleans()):
        return spoilt(made, data.draw(EDITS))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        chosen = data.draw(st.sampled_from(archive.namelist()))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made_again:
            for name in archive.namelist():
                part = archive.read(name)
                made_again.writestr(name, spoilt(part, data.draw(EDITS)) if name == chosen else part)
    return out.getvalue()


def returned(trial: Trial, data: st.DataObject) -> None:
    """Take in a return that its owner, or some program, has changed."""
    from openpyxl import load_workbook

    made = trial.folder / "returns"
    if not made.exists():
        assert run(trial.folder, "template", str(made), "--all", "--period", "2019-20 Q3").code == 0
    path = data.draw(st.sampled_from(sorted(made.iterdir())))
    book = load_workbook(path)
    for _ in range(data.draw(st.integers(0, 3))):
        sheet = book[data.draw(st.sampled_from(book.sheetnames))]
        cell = sheet.cell(data.draw(st.integers(1, sheet.max_row + 1)), data.draw(st.integers(1, sheet.max_column)))
        typed = data.draw(st.one_of(NUMBERS, ANY, st.floats(allow_nan=False, allow_infinity=False), st.booleans()))
        cell.value = NOT_XML.sub("", typed) if isinstance(typed, str) else typed
    filled = io.BytesIO()
    book.save(filled)
    back = trial.folder / "back.xlsx"
    back.write_bytes(spoilt_package(filled.getvalue(), data))
    keep = data.draw(st.sampled_from([(), ("--keep", "return"), ("--missing", "x=suppressed")]))
    trial.do("import", "return", str(back), *keep)


def typed(trial: Trial, data: st.DataObject) -> None:
    """Type a figure, a period, a day."""
    code, period = data.draw(st.sampled_from(["PC", "NO", "RA"])), data.draw(PERIODS)
    value, day = data.draw(st.one_of(NUMBERS, ANY)), data.draw(st.one_of(PERIODS, ANY))
    asked = data.draw(
        st.sampled_from(
            [
                ("enter", "--", code, period, value),
                ("enter", "--", code, BEFORE, value),
                ("indicator", code, f"--period={period}"),
                ("scorecard", f"--period={period}", "--format", "json"),
                ("summary", f"--as-at={day}"),
                ("comment", "--", code, period, "Due date", day),
                ("milestone", "P-A.1", "delivered", f"--date={day}"),
                ("milestone", "P-A.1", "re-phased", f"--new-due={day}", "--reason=why"),
                ("heat-map", f"--period={period}"),
                ("areas", f"--period={period}"),
            ]
        )
    )
    trial.do(*asked)


# Plan files

PLAN: dict[str, Any] = {
    "plan": "A plan",
    "code": "P",
    "owner": "Director",
    "from": "2016-17",
    "committees": ["Scrutiny"],
    "indicators": [
        {
            "code": "PC",
            "title": "A percentage",
            "tier": "headline",
            "unit": "percent",
            "better": "higher",
            "frequency": "quarterly",
            "basis": "period",
            "tolerance": "5%",
            "direction": {"compare": "previous", "threshold": "2 points"},
            "breaks": [{"from": "2017-18", "reason": "new system"}],
            "targets": {
                "2019-20": {
                    "target": "90",
                    "profile": {"Q1": "80", "Q2": "85", "Q3": "88", "Q4": "90"},
                    "revised": [{"to": "91", "from": "2019-20 Q3", "reason": "agreed"}],
                }
            },
            "spc": {"run": "7", "screen": "true", "rebase": ["2017-18 Q1"], "baseline": "12"},
            "benchmark": {"layout": "ees", "file": "d3*.csv", "where": {"category": "x"}, "value": "v"},
        },
    ],
    "breakdowns": [{"code": "B", "title": "By source", "dimensions": ["source"], "total": "PC"}],
    "actions": [{"code": "P-A", "title": "An action", "milestones": [{"code": "P-A.1", "title": "A step"}]}],
}
COUNCIL: dict[str, Any] = {
    "council": "Testshire",
    "area": "E10000001",
    "region": "South",
    "comparators": ["England", "South"],
    "neighbours": {"release": "2021", "average": "mean"},
    "reporting_period": PERIOD,
    "calendar": {"figures_due": "15 days"},
    "defaults": {"tolerance": "5%", "direction": {"threshold": "5%"}, "suppress_below": "5"},
    "roles": {"officers": [], "approvers": [], "viewers": []},
}
LEAVES = st.one_of(ANY, st.sampled_from(["90", "true", "no", "5%", "[]", "2019-20", "Q1", "headline", "PC", "P"]))
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LEAVES, inner, max_size=3), max_leaves=6
)


def changed(tree: object, data: st.DataObject) -> object:
    """Return a tree that differs somewhere: a key or an item gone, doubled, renamed, or with something else in it."""
    if isinstance(tree, dict) and tree and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from([*tree]))
        how = data.draw(st.sampled_from(["into", "into", "into", "gone", "renamed", "more"]))
        if how == "into":
            return tree | {key: changed(tree[key], data)}
        rest = {name: each for name, each in tree.items() if name != key or how == "more"}
        names = data.draw(st.one_of(st.sampled_from([*tree]), LEAVES))
        return rest if how == "gone" else rest | {names: tree[key] if how == "renamed" else data.draw(TREES)}
    if isinstance(tree, list) and tree and data.draw(st.integers(0, 3)):
        place = data.draw(st.integers(0, len(tree) - 1))
        how = data.draw(st.sampled_from(["into", "into", "gone", "twice"]))
        middle = {"into": [changed(tree[place], data)], "gone": [], "twice": [tree[place], tree[place]]}[how]
        return [*tree[:place], *middle, *tree[place + 1 :]]
    return data.draw(TREES)


def plan_file(trial: Trial, data: st.DataObject) -> None:
    """Check and apply plan files that differ from good ones in what they say, or in their bytes."""
    written: dict[str, Any] = {"council": COUNCIL, "plan": PLAN}
    which = data.draw(st.sampled_from([*written]))
    for _ in range(data.draw(st.integers(1, 3))):
        written[which] = changed(written[which], data)
    for name, tree in written.items():
        text = yaml(tree) if not isinstance(tree, dict) else "".join(f"{yaml(k)}: {yaml(v)}\n" for k, v in tree.items())
        content = text.encode("utf-8", "surrogatepass")
        if name == which and data.draw(st.booleans()):
            content = spoilt(content, data.draw(EDITS))
        (trial.folder / "targets" / f"{name}.yaml").write_bytes(content)
    checked = trial.do("targets", "check")
    applied = trial.do("targets", "apply")
    assert checked.code == 0 or applied.code != 0, "what is wrong was applied"


KINDS: dict[str, Callable[[Trial, st.DataObject], None]] = {
    "csv": csv_file,
    "workbook": workbook,
    "return": returned,
    "typed": typed,
    "plan": plan_file,
}


_MORE = """
  - {code: EES, title: Repeat plans, tier: headline, unit: percent, better: lower, frequency: annual, basis: period,
     benchmark: {layout: ees, file: "*.csv", where: {category: Second plans}, value: pct, available_after: 8 months}}
breakdowns:
  - {code: B, title: By source, dimensions: [source]}
actions:"""


def make(folder: Path) -> None:
    """Make a workspace to try things on."""
    write_plan(folder, SMALL.replace("\nactions:", _MORE))
    ran = run(folder, "targets", "apply")
    assert ran.code == 0, ran.err


def peak() -> float:
    """Return the most memory that this process had, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


def main(kind: str, examples: int, folder: Path) -> None:
    """Try a kind, and print what came of it."""
    make(folder)
    trial = Trial(folder)
    attempt = KINDS[kind]
    for warm in (("summary",), ("targets", "check"), ("targets", "apply")):  # what is imported is no example's memory
        run(folder, *warm)
    before = peak()
    size = re.search(r"VmSize:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert size is not None
    limit = int(size[1]) * 1024 + (MOST_MEGABYTES + 100) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=BUDGET == 1,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(st.data())
    def attempted(data: st.DataObject) -> None:
        try:
            attempt(trial, data)
        finally:
            trial.put_back()

    attempted()
    used = peak() - before
    assert used < MOST_MEGABYTES, used
    found = {"refused": trial.refused, "taken": trial.taken, "slowest": trial.slowest, "memory": used}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
