"""Whatever people write steers no terminal and runs nowhere: every door of the commands, and everything they print."""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click
import pytest

from outcome_tracker.tracker.exports import KINDS
from outcome_tracker.tracker.imports import KINDS as IMPORTED
from tests import inert
from tests.cli.doors import CALLS, Door, commands, doors, parameters
from tests.hostile import BEFORE, PERIOD, Feed, Filled, tables
from tests.nasty import CORPUS, ESCAPES, MARKUP
from tests.running import Ran, run

# What each command prints, in every form that it has; those that change something or make files are tried elsewhere.
SHOWN: tuple[tuple[str, ...], ...] = (
    ("summary",),
    ("scorecard",),
    ("scorecard", "--history"),
    ("indicator", "P0-1"),
    ("indicator", "P1-1"),
    ("indicator", "P2-1"),
    ("due",),
    ("audit",),
    ("milestones",),
    ("commentary",),
    ("changes",),
    ("heat-map",),
    ("breakdown", "P0-B"),
    ("breakdown", "P1-B"),
    ("areas", "P0-1"),
    ("status",),
    ("doctor",),
    ("targets", "show"),
    ("targets", "review"),
)
PRINTED = (("targets", "diff"), ("targets", "check"), ("remind", "--all"))
MAKES = {"demo", "init", "enter", "import", "import return", "milestone", "comment", "template", "report", "backup"} | {
    *("targets apply", "targets schema", "export", "restore", "submit", "sign-off", "reopen", "database copy", "serve")
}
# Parameters that only choose among what is there, or are read strictly; any other is a text that is kept.
CHOOSES = {
    *("area", "as_at", "by", "code", "committee", "database", "day", "encoding", "form", "keep", "kind", "new_due"),
    *("only", "owner", "period", "periods", "plan", "plans", "released", "section", "sheet", "sort", "status"),
    *("header", "host", "proxies", "public", "subject", "tier", "told", "missing", "value", "words", "workspace"),
}


def in_period(command: tuple[str, ...]) -> tuple[str, ...]:
    period = {
        "areas": ("--period", "2018-19"),
        "breakdown": ("--period", "2019-04"),
        "remind": ("--period", "2019-20 Q3"),
    }
    return (*command, *(() if command[0] in {"targets", "doctor"} else period.get(command[0], ("--period", PERIOD))))


def ran_well(folder: Path, *command: str, terminal: bool = False) -> Ran:
    ran = run(folder, *command, terminal=terminal, environment={"NO_COLOR": "", "TERM": "xterm"})
    assert ran.code <= (command[0] in {"status", "doctor"}), (command, ran.err)  # 1 where a seal is broken
    inert.printable(ran.err)
    return ran


# Doors


def name_of(command: tuple[str, ...]) -> str:
    return " ".join(command[:2] if command[0] == "targets" else command[:1])


def forms(command: str) -> set[str]:
    """Return the forms that a command can print."""
    option = next((each for each in parameters(command) if "--format" in each.opts), None)
    return set(option.type.choices) if option and isinstance(option.type, click.Choice) else {"text"}


def test_every_command_is_known_here() -> None:
    every = {name for name, _ in commands()}
    shown, printed = ({name_of(command) for command in listed} for listed in (SHOWN, PRINTED))
    assert shown | printed | MAKES == every, "say in SHOWN, PRINTED or MAKES what a new command does"
    assert set(CALLS) == every, "say in CALLS how a new command is called"
    assert {name for name in every - {"report"} if forms(name) - {"text"}} == shown


def test_every_text_that_is_kept_goes_through_its_door(hostile: Filled) -> None:
    kept = {door.name for door in doors() if door.takes_words and door.parameter.name not in CHOOSES}
    typed = {
        "summary --user": "--user",
        "import --release": "import areas --release",
        "import --source": "import areas --source",
    }
    assert {typed.get(name, name) for name in kept} <= set(hostile.feed.placed)


def test_every_kind_of_import_is_known(hostile: Filled) -> None:
    assert set(tables(Feed())) == {*IMPORTED, "areas", "neighbours"}
    columns = {door.partition(": ")[0] for door in hostile.feed.placed}
    assert set(tables(Feed())) <= columns


def test_every_text_that_can_be_kept_is_in_the_workspace(hostile: Filled) -> None:
    placed = {text for texts in hostile.feed.placed.values() for text in texts}
    assert placed | set(hostile.feed.waiting()) == {nasty.text for nasty in CORPUS if nasty.kept}
    assert len(hostile.feed.placed) >= 70


def can_be_typed(text: str) -> bool:
    """Tell whether the system hands such an argument on: without NUL, and letters or undecoded bytes only."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


# Every day each door takes one text; `make robustness` takes every text to every door. Neighbours are alike.
TYPED = [nasty for nasty in CORPUS if can_be_typed(nasty.text)]
EVERY_DAY = [(door, TYPED[(7 * place) % len(TYPED)]) for place, door in enumerate(doors())]


def check_door(folder: Path, door: Door, text: str) -> None:
    ran = run(folder, *door.call(text, folder))
    assert ran.code in {0, 1, 2, 3}, (door.name, text, ran.err)
    inert.terminal(ran.raw)
    inert.printable(ran.err)
    assert ran.code == 0 or ran.err, door.name


@pytest.fixture(scope="module")
def tried(hostile: Filled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(hostile.folder, tmp_path_factory.mktemp("tried") / "hostile"))
    (folder / "new" / "a" / "b" / "c").mkdir(parents=True)
    return folder


@pytest.fixture(autouse=True)
def here(tried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written without a folder's name is written here."""
    monkeypatch.chdir(tried / "new")


@pytest.mark.robustness
def test_what_is_typed_is_taken_or_refused_and_comes_back_inert(tried: Path) -> None:
    for door, nasty in EVERY_DAY:
        check_door(tried, door, nasty.text)


@pytest.mark.robustness
@pytest.mark.parametrize("door", [d for d in doors() if d.command != "demo"], ids=lambda door: door.name)
def test_every_text_through_every_door(tried: Path, door: Door) -> None:
    for nasty in TYPED if door.name != "template FOLDER" else TYPED[::8]:  # which writes many workbooks each time
        check_door(tried, door, nasty.text)


# Ways out


@pytest.mark.parametrize("terminal", [False, True])
def test_no_command_lets_a_sequence_through(hostile: Filled, *, terminal: bool) -> None:
    for command in (*SHOWN, *PRINTED):
        inert.terminal(ran_well(hostile.folder, *in_period(command), terminal=terminal).raw, colours=terminal)


def exported(folder: Path) -> Iterable[str]:
    """Yield every text of every export, JSON and CSV, judged."""
    for command in SHOWN:
        for form in forms(name_of(command)) - {"text"}:
            raw = ran_well(folder, *in_period(command), "--format", form).raw
            yield from inert.as_json(raw) if form == "json" else inert.as_csv(raw)
    for kind in KINDS:
        yield from inert.as_csv(ran_well(folder, "export", kind).raw)


# What no data has, since reports and screens show it, or only the plan files do.
NOT_EXPORTED = {
    *("a benchmark: file", "a benchmark: where", "a benchmark: where (key)", "a benchmark: value"),
    *("a benchmark: numerator", "a benchmark: denominator", "a breakdown: owner", "a plan file: lead_member"),
}


def test_data_is_inert_and_nothing_of_what_was_written_is_lost(hostile: Filled) -> None:
    said = "\n".join(" ".join(text.split()) for text in exported(hostile.folder))
    kept = {nasty.text: " ".join(nasty.kept.split()).lstrip("'") for nasty in CORPUS}
    through = {door: texts for door, texts in hostile.feed.placed.items() if door not in NOT_EXPORTED}
    assert [(door, text) for door, texts in through.items() for text in texts if kept[text] not in said] == []


def test_markup_is_shown_as_it_was_written(hostile: Filled) -> None:
    for command in (("enter", "P0-2", BEFORE, "1/9", f"--note={MARKUP} {ESCAPES}"),):
        assert run(hostile.folder, *command).code == 0
    shown = run(hostile.folder, "indicator", "P0-2", "--period", BEFORE)
    assert f"{MARKUP} red link" in shown.flat


def test_even_what_another_program_wrote_into_the_database_is_inert(hostile: Filled, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hostile.folder, tmp_path / "hostile"))
    with closing(sqlite3.connect(folder / "data" / "tracker.db")) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')  # as another program could
        connection.execute("UPDATE figure SET note = ?, source = ?, who = ?, why = ?", (ESCAPES,) * 4)
        connection.execute("UPDATE commentary SET text = ?, author = ?", (ESCAPES,) * 2)
        connection.execute(
            'UPDATE definition SET body = replace(body, \'"title": "\', ?)', ('"title": "\\u001b[31m\\u202e',)
        )
    for command in SHOWN:
        inert.terminal(ran_well(folder, *in_period(command)).raw)
    for _ in exported(folder):
        pass


@pytest.mark.parametrize("arguments", [(ESCAPES,), ("summary", f"--{ESCAPES}"), ("summary", "extra", ESCAPES)])
def test_what_is_no_command_and_no_option_comes_back_inert(tried: Path, arguments: tuple[str, ...]) -> None:
    ran = run(tried, *arguments)
    assert ran.code == 2
    assert ran.err
    inert.printable(ran.err)
