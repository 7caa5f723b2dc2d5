"""The parts of the architecture that import-linter cannot see: what a command really loads, and who reads what.

The layers themselves are contracts in pyproject.toml; `make lint` checks them.
"""

import ast
import importlib.util
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import openpyxl
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "outcome_tracker"
# Each of these costs more time than a whole text command may take.
HEAVY = {"alembic", "pydantic", "sqlalchemy", "sqlmodel", "textual", "yaml"}
FRONT_ENDS = [
    name for name in ("outcome_tracker.cli", "outcome_tracker.__main__") if importlib.util.find_spec(name) is not None
]
COMMANDS = [["--version"], ["--help"]] if "outcome_tracker.__main__" in FRONT_ENDS else []


def loaded(*arguments: str) -> set[str]:
    """Run Python with these arguments; the top-level modules that it imported, by its own account."""
    command = [sys.executable, "-X", "importtime", *arguments]
    result = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    times = [line for line in result.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in times}


def test_what_is_loaded_is_seen() -> None:
    assert {"yaml", "sqlite3"} <= loaded("-c", "import yaml, sqlite3")


@pytest.mark.parametrize("module", ["outcome_tracker", "outcome_tracker.core", *FRONT_ENDS])
def test_importing_it_loads_nothing_heavy(module: str) -> None:
    modules = loaded("-c", f"import {module}")
    assert "outcome_tracker" in modules
    assert not modules & HEAVY


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_that_needs_no_data_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not loaded("-m", "outcome_tracker", *arguments) & HEAVY


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "outcome_tracker", "demo", str(folder), "--no-open"]
    subprocess.run(command, check=True, capture_output=True)
    return str(folder)


# Nor what only some of them need, or nobody at a keyboard waits for.
NEEDLESS = {"aiohttp", "asyncio", "difflib", "jinja2", "platformdirs", "rich", "textual_serve", "traceback"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["summary"],
        ["scorecard"],
        ["indicator", "SAFE-01"],
        ["due"],
        ["audit"],
        ["audit", "--format", "json"],
        ["breakdown", "GUARD-B01"],
        ["milestones"],
        ["summary", "--format", "json"],
        ["scorecard", "--format", "csv"],
        ["export", "figures"],
    ],
    ids=" ".join,
)
def test_a_command_that_only_reads_loads_nothing_heavy(workspace: str, arguments: list[str]) -> None:
    modules = loaded("-m", "outcome_tracker", "--workspace", workspace, *arguments)
    assert "sqlite3" in modules
    assert not modules & (HEAVY | NEEDLESS)
    if "--format" not in arguments and arguments[0] != "export":
        assert "csv" not in modules


def test_an_import_loads_no_library_for_workbooks(workspace: str, tmp_path: Path) -> None:
    libraries = {"defusedxml", "openpyxl", "python_calamine"}
    csv = tmp_path / "figures.csv"
    csv.write_text("indicator,period,value\nSAFE-01,2018-19 Q4,15.9\n", encoding="utf-8")
    table = openpyxl.Workbook()
    assert table.active is not None
    table.active.append(["indicator", "period", "value"])
    table.active.append(["SAFE-01", "2018-19 Q4", 15.9])
    table.save(tmp_path / "figures.xlsx")
    for path in (csv, tmp_path / "figures.xlsx"):
        arguments = ("--workspace", workspace, "import", "figures", str(path), "--dry-run")
        modules = loaded("-m", "outcome_tracker", *arguments)
        assert ("pyexpat" in modules) is (path.suffix == ".xlsx")  # what reads a workbook
        assert not modules & (libraries | HEAVY)


@pytest.mark.parametrize("arguments", [["targets", "check"], ["targets", "schema"]], ids=" ".join)
def test_plan_files_are_checked_without_a_database_library(workspace: str, arguments: list[str]) -> None:
    assert not loaded("-m", "outcome_tracker", "--workspace", workspace, *arguments) & (HEAVY - {"yaml"})


def test_package_files_are_empty() -> None:
    written = [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE and path.read_text("utf-8")]
    assert not written, "name the module that you mean: an import in __init__.py makes everybody pay for it"


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def outside(path: Path) -> set[str]:
    """The modules that a file imports from neither the standard library nor this package."""
    known = sys.stdlib_module_names | {"outcome_tracker"}
    return {name for name in imports(path) if name.partition(".")[0] not in known}


def test_core_takes_only_relativedelta_from_outside() -> None:
    taken = {name for path in (PACKAGE / "core").rglob("*.py") for name in outside(path)}
    assert taken <= {"dateutil.relativedelta"}


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(requirement for extra in project.get("optional-dependencies", {}).values() for requirement in extra),
    ]
    declared = {canonicalize_name(Requirement(line).name) for line in asked}
    providers = packages_distributions()
    for path in PACKAGE.rglob("*.py"):
        for name in outside(path):
            top = name.partition(".")[0]
            names = {canonicalize_name(provider) for provider in providers.get(top, [top])}
            assert names & declared, f"{path.relative_to(ROOT)} imports {top}; pyproject.toml does not ask for it"


# What reads or writes nothing by itself, or is a door of its own that asks for the role it needs.
AROUND = {
    *("codec", "cut", "facts", "location", "texts"),
    *("area_writer.Outcome", "writer.Conflict"),
    *("backups", "backup_names", "restoring"),  # make_backup and restore ask
    *("backup_failures", "failures"),
    *("connection.REVISION", "health"),  # counts and keys of what is wrong, no figure
}


def test_the_store_is_reached_through_the_workspace_which_asks_for_roles() -> None:
    for path in PACKAGE.rglob("*.py"):
        above = path.relative_to(PACKAGE).parts[0] not in {"core", "exchange", "plan_files", "report", "store"}
        if not above or path.name == "workspace.py":
            continue
        known = {f"outcome_tracker.store.{name}" for name in AROUND}
        past = {
            name
            for name in at_run_time(path)
            if name.startswith("outcome_tracker.store.") and not {name, name.rpartition(".")[0]} & known
        }
        assert not past, f"{path.relative_to(ROOT)} goes past Workspace, which asks for roles, to {past}"


def at_run_time(path: Path) -> Iterator[str]:
    """Every name that a file imports from a module, but for those that only type checkers see."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None and id(node) not in unseen:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_rule_is_on_the_map() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rules = {path.stem for path in (PACKAGE / "core").glob("*.py")} - {"__init__"}
    assert not {rule for rule in rules if not rule.endswith("wording") and f"`{rule}`" not in page}
