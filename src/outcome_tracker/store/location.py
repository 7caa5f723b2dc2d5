"""Where a database is: a file for SQLite, or a server's address for PostgreSQL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from outcome_tracker.core.problem import Unavailable

if TYPE_CHECKING:
    from pathlib import PurePath

_POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Location:
    """One of the two is set: the absolute `path` of a SQLite file, or the `address` that PostgreSQL's library takes."""

    path: Path | None = None
    address: str = ""

    @property
    def file(self) -> Path:
        """The SQLite file; a bug when the database is on a server."""
        if self.path is None:
            raise ValueError(f"{self.shown} is not a file")
        return self.path

    @property
    def backups(self) -> Path:
        """The folder of the copies that are made before a migration."""
        return self.file.parent / "backups"

    @property
    def shown(self) -> str:
        """The location for people: the path, or the address without user and password."""
        if self.path is not None:
            return str(self.path)
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def locate(where: str | Path) -> Location:
    """Read a path or a URL: `data/tracker.db`, `sqlite:///data/tracker.db`, `postgresql+psycopg://host/name`.

    Raises `Unavailable` for other kinds of database.
    """
    if isinstance(where, Path):
        return Location(where.absolute())
    scheme, separator, rest = where.strip().partition("://")
    if not separator:
        return _file(where.strip(), where)
    if scheme.lower() == "sqlite":
        return _file(rest.removeprefix("/"), where)
    if scheme.lower() in _POSTGRESQL:
        return Location(address=f"postgresql://{rest}")
    raise Unavailable(
        f"Databases of the kind '{scheme}' are not supported.",
        "Give a file, such as data/tracker.db, or postgresql+psycopg://host/name.",
    )


def _file(path: str, where: str) -> Location:
    if not path or path == ":memory:" or "\0" in path:
        raise Unavailable(f"'{where}' names no database file.", "Give a file, such as data/tracker.db.")
    return Location(Path(path).absolute())


def file_uri(path: PurePath, mode: str) -> str:
    """Return the URI that SQLite opens an absolute path by, in one of its modes (`ro`, `rw`, `rwc`).

    A share on Windows gets four slashes: SQLite takes no host in a URI.
    """
    quoted = quote(os.fsencode(path.as_posix()), safe="/:")
    return f"file://{quoted if quoted.startswith('/') else '/' + quoted}?mode={mode}"


def is_allowed(path: os.PathLike[str], what: int) -> bool:
    """Tell whether this process may read (`os.R_OK`) or write (`os.W_OK`) a file or into a folder."""
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)
