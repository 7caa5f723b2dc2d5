"""What travels in the wheel and the source archive, and what the lock promises."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LIVE = ("data/tracker.db", "data/tracker.db-journal", "data/backups/tracker-1.db", "data/area/all.csv", "notes.txt")
DEMO = "outcome_tracker/demo_workspace/"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a checkout has, with a live database and other people's files beside it and nothing ignored by git."""
    copy = tmp_path_factory.mktemp("tree") / "outcome-tracker"
    copy.mkdir()
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    for name in ("src", "targets", "data/published"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("targets/example.yaml", "data/published/example.csv", *LIVE):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("not empty\n", encoding="utf-8")
    return copy


def build(tree: Path, target: str, into: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(into)]
    result = subprocess.run(command, cwd=tree, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    [built] = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tree, "wheel", tmp_path_factory.mktemp("wheel"))


def files_below(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_carries_the_package_the_plans_and_the_published_figures_and_nothing_else(
    tree: Path, wheel: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {path.relative_to(tree / "src").as_posix() for path in files_below(tree / "src")}
    demo = {
        DEMO + path.relative_to(tree).as_posix() for path in files_below(tree / "targets", tree / "data" / "published")
    }
    assert names == package | demo
    assert DEMO + "targets/example.yaml" in names
    assert DEMO + "data/published/example.csv" in names


def test_the_wheel_says_that_it_is_typed_and_has_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [entry_points] = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        commands = ConfigParser()
        commands.read_string(archive.read(entry_points).decode())
    assert "outcome_tracker/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert dict(commands["console_scripts"]) == {"outcome-tracker": "outcome_tracker.__main__:main"}


def test_the_wheel_can_be_imported_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    program = "import outcome_tracker; print(outcome_tracker.__file__, outcome_tracker.__version__)"
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    where, version = result.stdout.split()
    assert where.startswith(str(wheel))
    assert f"-{version}-" in wheel.name


def test_the_source_archive_leaves_the_live_data_behind_and_makes_the_same_wheel(
    tree: Path, wheel: Path, tmp_path: Path
) -> None:
    archive_path = build(tree, "sdist", tmp_path / "sdist")
    with tarfile.open(archive_path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path / "unpacked", filter="data")
    assert not names & set(LIVE)
    assert {"targets/example.yaml", "data/published/example.csv", "LICENSE", "pyproject.toml"} <= names
    [unpacked] = (tmp_path / "unpacked").iterdir()
    again = build(unpacked, "wheel", tmp_path / "again")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert sorted(second.namelist()) == sorted(first.namelist())


# The locks

LOCKS = ("requirements.lock", "runtime.lock")
either = pytest.mark.parametrize("lock", LOCKS)


def locked(lock: str = "requirements.lock") -> dict[str, list[str]]:
    """Each pinned requirement of a lock with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = without_comments.replace("\\\n", " ").splitlines()
    return {requirement.strip(): hashes for requirement, *hashes in (line.split("--hash=") for line in lines)}


def pinned(lock: str) -> dict[str, list[str]]:
    """The versions of a lock by name; some have several, for different systems."""
    versions: dict[str, list[str]] = {}
    for requirement in map(Requirement, locked(lock)):
        [pin] = requirement.specifier
        versions.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    return versions


@either
def test_a_lock_names_no_host_address_or_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|\bfile:|\s@\s|--(extra-)?index-url|--find-links|--trusted-host|\.(org|com|io)\b", text)
    assert not re.search(r"(^|[\s\"'=])(/|\./|\.\./|~|[A-Za-z]:\\)", text, flags=re.MULTILINE)


@either
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    for requirement, hashes in locked(lock).items():
        pins = list(Requirement(requirement).specifier)
        assert [pin.operator for pin in pins] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", hash_.strip()) for hash_ in hashes), requirement


def test_the_locks_answer_all_that_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    used = [
        *project["project"]["dependencies"],
        *(line for extra in project["project"]["optional-dependencies"].values() for line in extra),
    ]
    asked = {
        "requirements.lock": [*project["build-system"]["requires"], *used, *project["dependency-groups"]["dev"]],
        "runtime.lock": used,
    }
    for lock in LOCKS:
        versions = pinned(lock)
        for requirement in map(Requirement, asked[lock]):
            found = versions.get(canonicalize_name(requirement.name), [])
            assert found, f"`make lock`: {requirement} is not in {lock}"
            assert all(requirement.specifier.contains(version) for version in found), f"`make lock`: {requirement}"


def test_the_lock_for_running_is_the_other_one_without_tools() -> None:
    every, used = locked(), locked("runtime.lock")
    hashes = {(name, version): set(every[line]) for line in every for name, version in [line.split(" ")[0].split("==")]}
    for line, own in used.items():
        name, version = line.split(" ")[0].split("==")
        assert hashes.get((name, version)) == set(own), (
            f"`make lock UPGRADE=`: {line} is not what requirements.lock has"
        )
    tools = {"hatchling", "hypothesis", "mutmut", "mypy", "pip", "pip-audit", "pytest", "ruff", "scipy", "uv"}
    assert tools <= pinned("requirements.lock").keys()
    assert not tools & pinned("runtime.lock").keys()
