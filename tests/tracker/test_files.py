"""Files for people: whole or not at all, never over another, under safe names."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.files import check_free, safe_name, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LIMITED = """
import resource, signal, sys
from pathlib import Path
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.tracker.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_whole(Path(sys.argv[1]), b"x" * 100_000, force=True)
except Unavailable as unavailable:
    print(unavailable)
"""


def _refusal(path: Path, *, force: bool = False) -> str:
    with pytest.raises(Unavailable) as refused:
        write_whole(path, b"new", force=force)
    return str(refused.value)


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "SAFE.html", b"all of it")

    assert (tmp_path / "SAFE.html").read_bytes() == b"all of it"
    assert _files(tmp_path) == ["SAFE.html"]


def test_what_is_long_comes_in_pieces_and_is_not_there_before_the_last(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        assert not (tmp_path / "areas.csv").exists()
        yield b" and half"

    write_whole(tmp_path / "areas.csv", pieces())

    assert (tmp_path / "areas.csv").read_bytes() == b"half and half"


def test_its_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write_whole(tmp_path / "SAFE.html", b"")

    assert (tmp_path / "SAFE.html").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "SAFE.html"
    path.write_bytes(b"old")

    assert _refusal(path) == f"{path} is there already. Name another file, or add --force to replace it."
    assert path.read_bytes() == b"old"
    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert _files(tmp_path) == ["SAFE.html"]


def test_a_link_keeps_leading_where_it_led(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_bytes(b"old")
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "real.html")

    assert _refusal(link) == f"{link} is there already. Name another file, or add --force to replace it."
    write_whole(link, b"new", force=True)
    assert link.is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    sentence = "is no file that can be written. Name a file, as in report.html."

    assert _refusal(tmp_path, force=True) == f"{tmp_path} {sentence}"


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "missing"

    assert (
        _refusal(folder / "SAFE.html")
        == f"There is no folder {folder}. Make it first, or name a file in another folder."
    )
    assert _files(tmp_path) == []


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)

    assert _refusal(path) == f"{path} cannot be written: {os.strerror(errno.ENAMETOOLONG)}. Name the file shorter."


def test_a_file_made_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "SAFE.html"
    link = os.link

    def late(source: Path, target: Path) -> None:
        path.write_bytes(b"theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", late)

    assert _refusal(path) == f"{path} is there already. Name another file, or add --force to replace it."
    assert path.read_bytes() == b"theirs"
    assert _files(tmp_path) == ["SAFE.html"]


def _fail(number: int) -> None:
    raise OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_folder_without_links_gets_its_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "link", lambda _source, _target: _fail(number))
    path = tmp_path / "SAFE.html"
    write_whole(path, b"all of it")

    assert path.read_bytes() == b"all of it"
    assert _files(tmp_path) == ["SAFE.html"]


def test_a_file_made_meanwhile_stays_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "SAFE.html"

    def late(_source: Path, _target: Path) -> None:
        path.write_bytes(b"theirs")
        _fail(errno.EPERM)

    monkeypatch.setattr(os, "link", late)

    assert _refusal(path) == f"{path} is there already. Name another file, or add --force to replace it."
    assert path.read_bytes() == b"theirs"
    assert _files(tmp_path) == ["SAFE.html"]


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", lambda _source, _target: _fail(errno.EROFS))
    path = tmp_path / "SAFE.html"

    assert _refusal(path) == (
        f"{path} cannot be written: {os.strerror(errno.EROFS)}. Name a file in a folder that you may write to."
    )
    assert _files(tmp_path) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "SAFE.html"
    path.write_bytes(b"old")
    run = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(path)], capture_output=True, text=True, check=True, timeout=60
    )

    assert run.stdout.strip() == (
        f"{path} cannot be written: {os.strerror(errno.EFBIG)}. Make room on the disk, or name a file on another one."
    )
    assert path.read_bytes() == b"old"
    assert _files(tmp_path) == ["SAFE.html"]


def test_what_would_be_refused_can_be_known_before(tmp_path: Path) -> None:
    check_free(tmp_path / "SAFE.html")
    (tmp_path / "SAFE.html").touch()
    check_free(tmp_path / "SAFE.html", force=True)
    with pytest.raises(Unavailable, match="is there already"):
        check_free(tmp_path / "SAFE.html")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SAFE_2018-19 Q4.html", "SAFE_2018-19-Q4.html"),
        ("Children's Services", "Children-s-Services"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x", "C-temp-x"),
        ("CON", "_CON"),
        ("con.xlsx", "_con.xlsx"),
        ("LPT1", "_LPT1"),
        ("COM¹", "_COM¹"),
        ("CONTACTS", "CONTACTS"),
        ("Tîm Diogelu", "Tîm-Diogelu"),
        ("...", "file"),
        ("", "file"),
        ("name. ", "name"),
        ("漢" * 300, "漢" * 66),
    ],
)
def test_names_are_safe_everywhere(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_no_name_is_refused_by_windows(text: str) -> None:
    name = safe_name(text)

    assert 0 < len(name) <= 121
    assert len(name.encode()) <= 201
    assert not set(name) & set('<>:"/\\|?* \0')
    assert name == name.strip(". ")
    assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert safe_name(name) in {name, f"_{name}"}
