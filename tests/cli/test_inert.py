"""Text from people can't steer a terminal: markup stays text, and no control sequence reaches any stream."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import run, write_plan

MARKUP = "[c] x[/] [@click=app.quit]quit[/] [red]r[/red] [link=file:///etc/passwd]l[/link]"
ESCAPES = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ "
    "\x9b2J \x07\x08\x7f \u202eevil\u200b\ufeff \ue005"
)
OWN = re.compile(rb"\x1b\[(?:0|1|2|31|32|33)m")
HOSTILE = rf"""
plan: "Plan {MARKUP}"
code: P
owner: "{MARKUP}"
indicators:
  - code: HO
    title: "Title {MARKUP}"
    tier: headline
    unit: percent
    better: higher
    frequency: quarterly
    basis: period
    owner: "Owner {MARKUP}"
    numerator: "{MARKUP}"
    definition: "{MARKUP}"
    targets: {{2019-20: {{target: 90, revised: [{{to: 91, from: 2019-20 Q2, reason: "{MARKUP}"}}]}}}}
actions:
  - {{code: P-A, title: "Action {MARKUP}", milestones: [{{code: P-A.1, title: "Step {MARKUP}", due: 2019-06-30}}]}}
"""
COMMANDS = [
    ("summary",),
    ("scorecard",),
    ("indicator", "HO"),
    ("due",),
    ("audit",),
    ("audit", "--format", "json"),
    ("audit", "--format", "csv"),
    ("milestones",),
    ("summary", "--format", "json"),
    ("scorecard", "--format", "json"),
    ("indicator", "HO", "--format", "json"),
    ("due", "--format", "json"),
    ("milestones", "--format", "json"),
    ("scorecard", "--format", "csv"),
    ("indicator", "HO", "--format", "csv"),
    ("export", "figures"),
    ("export", "benchmarks"),
    ("export", "milestones"),
    ("export", "commentary"),
    ("export", "audit"),
    ("targets", "diff"),
    ("targets", "check"),
]


def assert_inert(raw: bytes, *, terminal: bool = False) -> None:
    text = (OWN.sub(b"", raw) if terminal else raw).decode("utf-8")
    steering = [c for c in text if c != "\n" and not c.isprintable()]
    assert not steering, [hex(ord(c)) for c in steering]


@pytest.fixture(scope="module")
def hostile_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile-template")
    write_plan(folder, HOSTILE)
    assert run(folder, "targets", "apply", "--why", ESCAPES).code == 0
    both = f"{MARKUP} {ESCAPES}"
    for text in ("88", "89"):
        ran = run(folder, "enter", "HO", "2019-20 Q1", text, "--note", both, "--why", both, "--user", both)
        assert ran.code == 0
        assert_inert(ran.raw)
    files = {
        "figures": f'indicator,period,value,note,source,as_published\nHO,2019-20 Q2,90,"{both}","{both}","{both}"\n',
        "benchmarks": "indicator,comparator,period,value,source,release,method\n"
        f'HO,"{both}",2018-19,80,"{both}","{both}","{both}"\n',
        "milestones": f'milestone,status,reason,source\nP-A.1,delayed,"{both}","{both}"\n',
        "commentary": f'subject,period,section,author,text\nHO,2019-20 Q2,"{both}","{both}","{both}\n\n{both}"\n',
        "published": f'plan,period,measure,text\nP,2019-20 Q2,ratings,"{both}"\nP,2019-20 Q2,"{both}","{both}"\n',
    }
    for kind, text in files.items():
        (folder / "file.csv").write_text(text, encoding="utf-8", newline="")
        ran = run(folder, "import", kind, str(folder / "file.csv"))
        assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def hostile(hostile_template: Path, tmp_path: Path) -> Path:
    """A workspace in which everything that people can write holds markup and control sequences."""
    return Path(shutil.copytree(hostile_template, tmp_path / "hostile"))


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_sequence_through(hostile: Path, command: tuple[str, ...], *, terminal: bool) -> None:
    period = () if command[0] in {"export", "targets"} else ("--period", "2019-20 Q2")
    ran = run(hostile, *command, *period, terminal=terminal, environment={"NO_COLOR": "", "TERM": "xterm"})
    assert ran.code == 0, ran.err
    assert_inert(ran.raw, terminal=terminal)
    assert_inert(ran.err.encode())


def test_markup_is_shown_as_it_was_written(hostile: Path) -> None:
    assert MARKUP in run(hostile, "indicator", "HO", "--period", "2019-20 Q2").flat
    assert MARKUP in run(hostile, "scorecard", "--period", "2019-20 Q2", "--format", "csv").out
    assert f"{MARKUP} red link" in run(hostile, "indicator", "HO", "--period", "2019-20 Q2").flat


@pytest.mark.parametrize("command", COMMANDS[:17], ids=" ".join)
def test_even_what_another_program_wrote_into_the_database_is_inert(hostile: Path, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(hostile / "data" / "tracker.db")) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')  # as another program could
        connection.execute("UPDATE figure SET note = ?, source = ?, who = ?, why = ?", (ESCAPES,) * 4)
        connection.execute("UPDATE commentary SET text = ?, author = ?", (ESCAPES,) * 2)
        connection.execute("UPDATE definition SET body = replace(body, 'Title', ?)", ("\\u001b[31m\\u202e",))
    period = () if command[0] == "export" else ("--period", "2019-20 Q2")
    ran = run(hostile, *command, *period)
    assert ran.code == 0, ran.err
    assert_inert(ran.raw)


@pytest.mark.parametrize(
    "arguments",
    [
        ("enter", ESCAPES, "2019-20 Q1", "1"),
        ("enter", "HO", ESCAPES, "1"),
        ("enter", "HO", "2019-20 Q1", ESCAPES),
        ("enter", "HO", "2019-20 Q1", "1", "--status", ESCAPES),
        ("indicator", ESCAPES),
        ("scorecard", "--plan", ESCAPES),
        ("scorecard", "--period", ESCAPES),
        ("scorecard", "--format", ESCAPES),
        ("summary", "--as-at", ESCAPES),
        ("summary", "--database", f"{ESCAPES}://x"),
        ("summary", "--workspace", ESCAPES),
        ("import", "figures", ESCAPES),
        ("milestone", ESCAPES, "delivered"),
        ("milestone", "P-A.1", ESCAPES),
        (ESCAPES,),
        ("summary", f"--{ESCAPES}"),
    ],
)
def test_what_is_typed_wrongly_comes_back_inert(hostile: Path, arguments: tuple[str, ...]) -> None:
    ran = run(hostile, *arguments)
    assert ran.code in {1, 2, 3}
    assert ran.err
    assert_inert(ran.err.encode())
    assert_inert(ran.raw)
