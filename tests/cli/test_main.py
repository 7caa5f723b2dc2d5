"""How the program starts and ends: exit codes, streams, the clock, the user, and what happens to defects."""

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from outcome_tracker import __version__
from outcome_tracker.__main__ import main
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.writer import Conflict
from outcome_tracker.tracker.workspace import Workspace
from tests.running import command, environment, figure_count, process, rows, run


def test_version_and_help_go_to_stdout(here: Path) -> None:
    assert run(here, "--version").out == f"outcome-tracker {__version__}\n"
    for option in ("--help", "-h"):
        ran = run(here, option)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Usage: outcome-tracker [OPTIONS] [COMMAND]")
        assert "Exit codes: 0 done, 1 problems found, 2 wrong usage, 3 not possible now." in ran.out


COMMANDS = ["demo", "init", "targets", "enter", "import", "milestone", "summary", "scorecard", "indicator", "due"]
COMMANDS += ["milestones", "export", "targets check", "targets diff", "targets apply", "targets schema"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_the_global_options(here: Path, name: str) -> None:
    ran = run(here, *name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: outcome-tracker {name} " in ran.out
    for option in ("--workspace DIR", "--database URL_OR_PATH", "--as-at DATE", "--user NAME", "--read-only"):
        assert option in ran.out


READ_ONLY = (
    "This was opened read-only: everything can be looked at, and nothing changed. "
    "Start it without --read-only and OUTCOME_TRACKER_READ_ONLY; in a browser, sign in first.\n"
)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--read-only", "enter", "NO", "2019-20 Q1", "12"], {}),
        (["enter", "NO", "2019-20 Q1", "12", "--read-only"], {}),
        (["enter", "NO", "2019-20 Q1", "12"], {"OUTCOME_TRACKER_READ_ONLY": "1"}),
        (["enter", "NO", "2019-20 Q1", "12", "--read-only"], {"OUTCOME_TRACKER_READ_ONLY": "0"}),
        (["enter", "NO", "2019-20 Q1", "12"], {"OUTCOME_TRACKER_READ_ONLY": "please"}),  # nobody says it in vain
    ],
)
def test_nothing_is_saved_read_only(small: Path, arguments: list[str], environment: dict[str, str]) -> None:
    ran = run(small, *arguments, environment=environment)
    assert (ran.code, ran.out, ran.err) == (3, "", READ_ONLY)
    assert figure_count(small) == 0
    assert run(small, "summary", environment=environment).code == 0


@pytest.mark.parametrize("no", ["", "0", "no", "False "])
def test_a_no_in_the_environment_is_a_no(small: Path, no: str) -> None:
    entered = run(small, "enter", "NO", "2019-20 Q1", "12", environment={"OUTCOME_TRACKER_READ_ONLY": no})
    assert entered.code == 0
    assert figure_count(small) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sumary"], "There is no command 'sumary'. Did you mean 'summary'? The commands are demo, init,"),
        (["summary", "--foo"], "No such option"),
        (["summary", "--period", "2019-Q4"], "'2019-Q4' does not say which year it means; write 2019-20 Q4"),
        (["summary", "--period", "2019-20"], "a report is for a quarter or a month, as in 2018-19 Q4 or 2019-03."),
        (["summary", "--format", "xml"], "'xml' is not one of 'text', 'json', 'csv'."),
        (["summary", "--as-at", "May"], "'May' is not a date; write it as 2019-03-31."),
        (["enter"], "Missing argument 'CODE'."),
        (["targets", "aply"], "There is no command 'aply'. Did you mean 'apply'?"),
        (["targets"], "Usage: outcome-tracker targets"),
    ],
)
def test_wrong_usage_is_a_sentence_on_stderr_and_exit_code_2(small: Path, arguments: list[str], sentence: str) -> None:
    ran = run(small, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert "--help` says how to use it." in ran.err


def test_global_options_stand_before_or_after_the_command(small: Path, here: Path) -> None:
    after = run(here, "enter", "PC", "2019-20 Q1", "88", "--workspace", str(small), "--user", "Sam")
    assert after.code == 0
    before = run(here, "--user", "Max", "enter", "NO", "2019-20 Q1", "8", "--workspace", str(small))
    assert before.code == 0
    assert rows(small, "SELECT indicator, who FROM figure ORDER BY 1") == [("NO", "Max"), ("PC", "Sam")]


def test_the_database_is_named_by_option_or_environment(small: Path, here: Path) -> None:
    path = str(small / "data" / "tracker.db")
    assert "Testshire" in run(here, "summary", "--database", path).out
    assert "Testshire" in run(here, "summary", environment={"OUTCOME_TRACKER_DATABASE": path}).out
    missing = run(here, "summary", "--database", str(here / "none.db"))
    assert missing.code == 3
    assert f"There is no database at {here / 'none.db'}." in missing.err


@pytest.mark.parametrize("kind", ["mysql://host/name", ":memory:", "sqlite://"])
def test_a_database_of_another_kind_is_refused(here: Path, kind: str) -> None:
    ran = run(here, "summary", "--database", kind)
    assert ran.code == 3
    assert "Give a file, such as data/tracker.db" in ran.err


def test_the_user_is_the_login_name_unless_named(small: Path) -> None:
    run(small, "enter", "PC", "2019-20 Q1", "1", environment={"OUTCOME_TRACKER_USER": "", "LOGNAME": "ada\x1b[31m"})
    run(small, "enter", "PC", "2019-20 Q1", "2", environment={"OUTCOME_TRACKER_USER": "  Bea "})
    assert rows(small, "SELECT who FROM figure ORDER BY version") == [("ada",), ("Bea",)]


def test_an_account_without_a_name_is_unknown(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(OSError))
    run(small, "enter", "PC", "2019-20 Q1", "1", environment={"OUTCOME_TRACKER_USER": ""})
    assert rows(small, "SELECT who FROM figure") == [("unknown",)]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2020-03-01", "2020-03-01"),
        ("2020-03-01T23:30", "2020-03-01"),
        ("2020-06-01T23:30", "2020-06-02"),  # summer time in London
        ("2020-06-01T23:30+01:00", "2020-06-01"),
    ],
)
def test_the_clock_can_be_set_and_days_are_those_of_london(small: Path, now: str, day: str) -> None:
    ran = run(small, "summary", "--format", "json", environment={"OUTCOME_TRACKER_NOW": now})
    assert json.loads(ran.out)["as_at"] == day


def test_a_clock_that_is_no_time_is_wrong_usage(small: Path) -> None:
    ran = run(small, "summary", environment={"OUTCOME_TRACKER_NOW": "soon"})
    assert ran.code == 2
    assert "OUTCOME_TRACKER_NOW is 'soon', which is no date or time" in ran.err


def test_without_a_terminal_the_screens_do_not_open(small: Path) -> None:
    ran = run(small)
    assert (ran.code, ran.out) == (3, "")
    assert "The screens need a terminal, and there is none here." in ran.err
    assert "`outcome-tracker summary` prints the same as text" in ran.err


def test_with_a_terminal_the_screens_open_on_the_workspace(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []

    def remember(workspace: Workspace) -> int:
        opened.append(workspace.folder)
        return 5

    monkeypatch.setattr("outcome_tracker.cli.app.has_terminal", lambda: True)
    monkeypatch.setattr("outcome_tracker.tui.start.run", remember)
    assert run(small).code == 5
    assert opened == [small]


def test_a_folder_without_a_workspace_says_how_to_get_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outcome_tracker.cli.app.has_terminal", lambda: True)
    ran = run(here)
    assert ran.code == 3
    assert f"There is no workspace in {here}." in ran.err
    assert "`outcome-tracker demo` makes one with published plans" in ran.err


def test_text_commands_without_a_database_say_what_to_do(here: Path) -> None:
    for name in (["summary"], ["scorecard"], ["indicator", "X"], ["due"], ["milestones"], ["export", "audit"]):
        ran = run(here, *name)
        assert (ran.code, ran.out) == (3, "")
        assert "outcome-tracker targets apply" in ran.err


def explode(error: BaseException) -> object:
    def raises(*_: object, **__: object) -> None:
        raise error

    return raises


def test_a_defect_is_one_sentence_and_a_log_without_values(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = "the figure of child 12"
    monkeypatch.setattr("outcome_tracker.tracker.review.review_of", explode(ZeroDivisionError(private)))
    ran = run(small, "summary")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith("This is a defect of Outcome Tracker, and what you asked for was not finished; ")
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err
    path = Path(ran.err.strip().rpartition(" is in ")[2].removesuffix("."))
    log = path.read_text("utf-8")
    assert "builtins.ZeroDivisionError" in log
    assert "outcome_tracker/cli/reviewing.py:" in log
    assert f"outcome-tracker {__version__}" in log
    assert private not in log + ran.err
    assert str(small) not in log


def test_a_defect_is_told_also_where_no_log_can_be_written(
    small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "file" / "log")
    monkeypatch.setattr("outcome_tracker.tracker.review.review_of", explode(ZeroDivisionError()))
    ran = run(small, "summary")
    assert ran.code == 70
    assert "it is a ZeroDivisionError." in ran.err


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (Unavailable("The disk is full.", "Free some space."), 3, "The disk is full. Free some space.\n"),
        (Conflict(()), 3, "Somebody else saved the same thing at the same moment. Nothing was saved;"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (OSError(28, "No space left on device"), 3, "The output could not be written: No space left on device.\n"),
        (FileNotFoundError(2, "No such file", "x"), 70, "This is a defect"),
    ],
)
def test_each_way_to_end_has_its_exit_code(
    small: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, sentence: str
) -> None:
    monkeypatch.setattr("outcome_tracker.tracker.review.review_of", explode(error))
    ran = run(small, "summary")
    assert ran.code == code
    assert ran.err.startswith(sentence)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("settings", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0"}])
def test_output_is_utf_8_whatever_the_locale(demo: Path, settings: dict[str, str]) -> None:
    ran = process(demo, "summary", **settings)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "● Green" in process(demo, "scorecard", **settings).stdout.decode("utf-8")
    assert "Green – 1; Amber – 0; Red – 2; M – 5" in ran.stdout.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
@pytest.mark.parametrize("name", [["export", "figures"], ["--help"]])
def test_a_full_disk_behind_stdout_is_a_sentence(demo: Path, name: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            command(demo, *name), check=False, stdout=full, stderr=subprocess.PIPE, env=environment(), text=True
        )
    assert ran.returncode == 3
    assert ran.stderr == "The output could not be written: No space left on device.\n"


def test_a_reader_that_has_had_enough_is_no_error(demo: Path) -> None:
    with subprocess.Popen(
        command(demo, "export", "audit"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as ran:
        assert ran.stdout is not None and ran.stderr is not None  # noqa: PT018 - for the type checker
        ran.stdout.readline()
        ran.stdout.close()
        told = ran.stderr.read()
    assert told == b""
    assert ran.returncode in {0, 141}  # 0 where all of it fitted into the pipe


@pytest.mark.skipif(os.name == "nt", reason="Windows closes no descriptors like this")
def test_closed_streams_are_no_defect(demo: Path) -> None:
    line = " ".join(f"'{part}'" for part in command(demo, "summary"))
    ran = subprocess.run(["sh", "-c", f"{line} >&- 2>&-"], check=False, env=environment())
    assert ran.returncode == 0


GONE = "The current folder has been deleted. Change to a folder that exists, with cd, and try again.\n"


def without_folder(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process whose current folder is deleted before it starts."""
    gone = tmp_path / "gone"
    gone.mkdir()
    line = shlex.join([sys.executable, "-m", "outcome_tracker", *arguments])
    return subprocess.run(
        ["sh", "-c", f"cd {shlex.quote(str(gone))} && rmdir {shlex.quote(str(gone))} && exec {line}"],
        check=False,
        capture_output=True,
        text=True,
        env=environment(),
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that a program works in")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["summary"],
        ["report", "-o", "report.html"],
        ["demo", "--no-open"],
        ["init", "mine"],
        ["summary", "--workspace", "mine"],
    ],
)
def test_a_current_folder_that_was_deleted_is_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    ran = without_folder(tmp_path, *arguments)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr == GONE


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_what_needs_no_current_folder_works_where_it_was_deleted(demo: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    for arguments, start in (
        (["--version"], f"outcome-tracker {__version__}"),
        (["--help"], "Usage: outcome-tracker"),
        (["summary", "--help"], "Usage: outcome-tracker summary"),
        (["summary", "--workspace", str(demo)], "Cheshire West and Chester"),
        (["init", str(new)], str(new / "targets" / "council.yaml")),
        (["demo", str(demo), "--no-open"], f"The published plans are already in {demo}."),
    ):
        ran = without_folder(tmp_path, *arguments)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ran.stdout.startswith(start)


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_report_to_a_relative_path_needs_a_current_folder(demo: Path, tmp_path: Path) -> None:
    ran = without_folder(tmp_path, "report", "--workspace", str(demo), "--format", "md", "-o", "report.md")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr == "The current folder has been deleted. Name report.md with its whole path.\n"


def test_what_is_printed_in_a_process_is_what_is_printed_here(demo: Path) -> None:
    assert process(demo, "scorecard").stdout == run(demo, "scorecard").raw


def test_main_takes_its_arguments_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "argv", ["outcome-tracker", "--version"])
    assert main() == 0
    out.seek(0)
    assert out.read() == f"outcome-tracker {__version__}\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other limits")
@pytest.mark.parametrize("arguments", [["init", "{}"], ["import", "return", "{}"], ["template", "--all", "{}"]])
def test_a_name_that_is_too_long_is_a_sentence(demo: Path, tmp_path: Path, arguments: list[str]) -> None:
    name = str(tmp_path / ("x" * 300))
    ran = run(demo, *(each.format(name) for each in arguments))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(name)
    assert ran.err.endswith(": File name too long. Name it shorter.\n")
