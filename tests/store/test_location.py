"""Where a database is."""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.store.location import Location, file_uri, locate


def test_a_path_becomes_absolute() -> None:
    assert locate("data/tracker.db") == Location(Path.cwd() / "data" / "tracker.db")
    assert locate(Path("data/tracker.db")) == locate("data/tracker.db")


def test_urls_of_sqlite_name_a_file(tmp_path: Path) -> None:
    assert locate("sqlite:///data/tracker.db") == locate("data/tracker.db")
    assert locate(f"sqlite:///{tmp_path / 'a b.db'}") == Location(tmp_path / "a b.db")


def test_a_colon_alone_makes_no_url() -> None:
    assert locate("a:b.db").file.name == "a:b.db"


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres", "PostgreSQL"])
def test_a_server_is_shown_without_its_password(scheme: str) -> None:
    location = locate(f"{scheme}://jo:secret@db.example/tracker?sslmode=require")
    assert location == Location(address="postgresql://jo:secret@db.example/tracker?sslmode=require")
    assert location.shown == "postgresql://db.example/tracker"


def test_a_server_has_no_file() -> None:
    with pytest.raises(ValueError, match="is not a file"):
        _ = locate("postgresql://db.example/tracker").file


@pytest.mark.parametrize("where", ["", "sqlite://", "sqlite:///:memory:", ":memory:", "a\0b"])
def test_what_names_no_file_is_refused(where: str) -> None:
    with pytest.raises(Unavailable, match="names no database file"):
        locate(where)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/data/a b?#%.db"), "file:///data/a%20b%3F%23%25.db?mode=rw"),
        (PureWindowsPath("C:\\data\\tracker.db"), "file:///C:/data/tracker.db?mode=rw"),
        (PureWindowsPath("\\\\server\\share\\tracker.db"), "file:////server/share/tracker.db?mode=rw"),
    ],
)
def test_sqlite_is_asked_by_uri(path: PurePath, uri: str) -> None:
    assert file_uri(path, "rw") == uri


def test_other_kinds_of_database_are_refused_by_name() -> None:
    with pytest.raises(Unavailable, match=r"'mysql' are not supported\. Give a file, such as data/tracker\.db"):
        locate("mysql://db.example/tracker")
