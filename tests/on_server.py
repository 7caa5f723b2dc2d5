"""Lets tests of folders work on a server: below a test's own folder, `data/tracker.db` is a database there."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outcome_tracker.store.copying import copy
from outcome_tracker.store.location import Location, locate
from outcome_tracker.tracker import workspace
from tests.cluster import TABLES
from tests.running import SERVERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster import Cluster


@dataclass
class Moving:
    """Databases on a server in the place of files; a file that is there when it is first asked for is copied."""

    cluster: Cluster
    folder: Path = Path()
    _made: list[str] = field(default_factory=list)
    _copies: dict[bytes, str] = field(default_factory=dict)  # of files by what is in them, to be copied from again

    def locate(self, where: str | Path) -> Location:
        """Stand where `locate` is asked by what opens a workspace."""
        found = locate(where)
        if found.path is None or found.path.name != "tracker.db" or self.folder not in found.path.parents:
            return found
        if found.path not in SERVERS:
            name = self.cluster.create(self._template(found.path))
            self._made.append(name)
            SERVERS[found.path] = self.cluster.location(name)
        return SERVERS[found.path]

    def _template(self, path: Path) -> str:
        if not path.exists():
            return TABLES
        content = sha256(path.read_bytes()).digest()
        if content not in self._copies:
            name = self.cluster.create()
            copy(Location(path), self.cluster.location(name))
            self._copies[content] = name
        return self._copies[content]

    def end(self) -> None:
        """Remove the databases of a test."""
        SERVERS.clear()
        while self._made:
            self.cluster.drop(self._made.pop())


@pytest.fixture(scope="session")
def moving(cluster: Cluster) -> Moving:
    return Moving(cluster)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a test on the engine that `pytest_generate_tests` in the folder's conftest gives it."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    moving: Moving = request.getfixturevalue("moving")
    moving.folder = tmp_path
    monkeypatch.setattr(workspace, "locate", moving.locate)
    yield "postgresql"
    moving.end()
