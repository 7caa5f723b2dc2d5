"""No network at run time: real commands and the screens ask for nothing but this machine, and need no more.

Each runs with a guard that notes whatever is tried, and where the system can start a process without any network
(Linux, `unshare`), without one. Importing what the program is made of makes no socket at all: nothing reports home.
"""

import os
import pkgutil
import shutil
import subprocess
import sys
import tomllib
from contextlib import closing
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import outcome_tracker
from tests.running import command, environment
from tests.tui.terminal import terminal

pytestmark = pytest.mark.robustness
ROOT = Path(__file__).resolve().parents[2]
GUARD = ROOT / "tests" / "offline"
WITHOUT_NETWORK = ("unshare", "--user", "--map-root-user", "--net")


@cache
def prefix() -> tuple[str, ...]:
    """How to start a program: without a network, or only guarded where the system can't take it away."""
    if shutil.which(WITHOUT_NETWORK[0]) is None:
        return ()
    ran = subprocess.run([*WITHOUT_NETWORK, "true"], check=False, capture_output=True)
    return WITHOUT_NETWORK if ran.returncode == 0 else ()


def guarded(log: Path, *, sockets: bool = False) -> dict[str, str]:
    """Return what makes a Python process write into `log` where it wanted to."""
    path = os.pathsep.join([str(GUARD), *filter(None, sys.path)])
    return environment(PYTHONPATH=path, OFFLINE_LOG=str(log), OFFLINE_SOCKETS="1" if sockets else "0")


def noted(log: Path) -> list[str]:
    return log.read_text("utf-8").splitlines() if log.exists() else []


def python(program: str, log: Path) -> list[str]:
    """Run a program; every socket that it made, and every name that it asked after."""
    started = [sys.executable, "-c", program]
    ran = subprocess.run(started, check=False, capture_output=True, text=True, env=guarded(log, sockets=True))
    assert ran.returncode == 0, ran.stderr
    return noted(log)


def test_a_socket_and_a_question_after_a_name_are_noticed(tmp_path: Path) -> None:
    made, asked = python(
        "import socket\nsocket.socket()\ntry: socket.getaddrinfo('example.org', 80)\nexcept OSError: pass",
        tmp_path / "log",
    )
    assert made.startswith("socket.__new__ (")
    assert asked == "socket.getaddrinfo example.org"


def test_importing_the_program_and_all_that_it_uses_opens_no_socket(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    wanted = {canonicalize_name(Requirement(line).name) for line in asked}
    theirs = {top for top, names in packages_distributions().items() if wanted & {*map(canonicalize_name, names)}}
    ours = {
        module.name
        for module in pkgutil.walk_packages(outcome_tracker.__path__, "outcome_tracker.")
        if ".migrations." not in module.name and not module.name.endswith(".__main__")
    }
    assert {"alembic", "click", "docx", "jinja2", "openpyxl", "sqlmodel", "textual", "yaml"} <= theirs
    assert {"outcome_tracker.core.role", "outcome_tracker.tui.app"} <= ours
    names = sorted(name for name in theirs | ours if "." in name or name.isidentifier())
    program = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    assert python(program, tmp_path / "log") == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as the demo makes it, without a network."""
    folder, log = tmp_path_factory.mktemp("offline"), tmp_path_factory.mktemp("log") / "log"
    words = [*prefix(), *command(folder, "demo", str(folder), "--no-open")]
    ran = subprocess.run(words, check=False, capture_output=True, text=True, env=guarded(log))
    assert (ran.returncode, ran.stderr, noted(log)) == (0, "", [])
    (folder / "figures.csv").write_text("indicator,period,value\nSAFE-01,2019-20 Q1,15.9\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["summary"],
        ["scorecard", "--format", "csv"],
        ["indicator", "SAFE-01"],
        ["areas", "SAFE-01"],
        ["targets", "apply"],
        ["targets", "schema"],
        ["enter", "SAFE-02", "2019-20 Q1", "21.2"],
        ["import", "figures", "figures.csv"],
        ["comment", "SAFE-02", "2018-19 Q4", "Cause", "Winter."],
        ["template", "returns", "--all"],
        ["export", "figures", "-o", "exported.csv"],
        ["report", "-o", "report.html"],
        ["report", "-o", "report.docx"],
        ["report", "-o", "report.xlsx"],
        ["report", "-o", "report.md"],
        ["backup"],
        ["status"],
        ["doctor"],
        ["database", "copy", "data/tracker.db", "copy.db"],
    ],
    ids=" ".join,
)
def test_a_command_needs_no_network_and_asks_for_none(made: Path, tmp_path: Path, arguments: list[str]) -> None:
    folder, log = tmp_path / "ws", tmp_path / "log"
    shutil.copytree(made, folder)
    words = [*prefix(), *command(folder, *arguments)]
    ran = subprocess.run(words, check=False, capture_output=True, text=True, cwd=folder, env=guarded(log))
    found_something = arguments == ["doctor"]  # that nobody has made a backup yet
    assert ran.returncode == int(found_something), ran.stderr
    assert noted(log) == []


def test_the_screens_need_no_network_and_ask_for_none(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, log = tmp_path / "ws", tmp_path / "log"
    shutil.copytree(made, folder)
    for name, value in guarded(log).items():
        monkeypatch.setenv(name, value)
    with terminal(folder, program=(*prefix(), sys.executable, "-m", "outcome_tracker")) as shown:
        shown.wait_for("Are we achieving our targets?")
        shown.type("\x1bOQ")  # F2
        shown.wait_for("Enter figures", "SAFE-01")
        shown.type("q")
        assert shown.ended() == 0
    assert noted(log) == []


def test_serving_to_browsers_asks_for_nothing_elsewhere(made: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    words = command(made, "serve", "--port", "0")
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=guarded(log)) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            host = said.removeprefix("Outcome Tracker is at http://").partition(". ")[0].rstrip("/")
            with closing(HTTPConnection(host, timeout=30)) as connection:
                connection.request("GET", "/")
                assert connection.getresponse().status == HTTPStatus.OK
        finally:
            process.terminate()
    assert noted(log) == []
