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


@pytest.fixture(params=BOTH)
def location(request: pytest.FixtureRequest) -> Location:
    found = request.getfixturevalue("file" if request.param == "sqlite" else "tables")
    assert isinstance(found, Location)
    return found


@pytest.fixture
def writer(location: Location) -> Writer:
    return Writer(location)
