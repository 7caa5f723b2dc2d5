"""A database of its own for every test: a copy of one that the migrations made.

`location` is one on each engine, `file` a file alone: for tests of what only files do.
"""

import shutil
from pathlib import Path

import pytest

from outcome_tracker.store.location import Location
from outcome_tracker.store.schema import create
from outcome_tracker.store.writer import Writer
from tests.cluster import BOTH


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "tracker.db"
    create(Location(path))
    return path


@pytest.fixture
def file(made: Path, tmp_path: Path) -> Location:
    path = tmp_path / "data" / "tracker.db"
    path.parent.mkdir()
    shutil.copyfile(made, path)
    return Location(path)


# Tests of what only files have: modules, and functions of others.
ABOUT_FILES = {
    "test_backup_names",
    "test_backups",
    "test_connection",
    "test_cut",
    "test_health",
    "test_restoring",
    "test_schema",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test on both engines, but for those about files."""
    if "location" in metafunc.fixturenames:
        names = {metafunc.module.__name__.rpartition(".")[2], metafunc.function.__name__}
        metafunc.parametrize("location", BOTH[: 1 if names & ABOUT_FILES else 2], indirect=True)


@pytest.fixture
def location(request: pytest.FixtureRequest) -> Location:
    found = request.getfixturevalue("file" if request.param == "sqlite" else "tables")
    assert isinstance(found, Location)
    return found


@pytest.fixture
def writer(location: Location) -> Writer:
    return Writer(location)
