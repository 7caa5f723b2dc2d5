"""Every picture in docs/ is shown, every picture that is shown is there, and the screens still look like them."""

import asyncio
import re
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from outcome_tracker.tracker.setup import make_demo
from outcome_tracker.tracker.workspace import open_workspace

ROOT = Path(__file__).parents[1]
PICTURES = {path.name for path in (ROOT / "docs" / "pictures").glob("*.svg")}
SHOWN = re.compile(r"!\[[^\]]+\]\((?:docs/)?pictures/([^)]+)\)")


def shown(page: str) -> list[str]:
    return SHOWN.findall((ROOT / page).read_text(encoding="utf-8"))


def test_the_page_of_screens_shows_every_picture_once() -> None:
    assert sorted(shown("docs/screens.md")) == sorted(PICTURES)


def test_the_page_of_reports_shows_its_pictures_and_they_are_small() -> None:
    files = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")}
    assert sorted(shown("docs/reports.md")) == sorted(files)
    assert all(size < 150_000 for size in files.values())


@pytest.mark.parametrize("page", ["README.md", "docs/officer.md", "docs/manager.md"])
def test_a_picture_that_is_shown_is_there(page: str) -> None:
    assert set(shown(page)) <= PICTURES


def test_each_screen_is_shown_large_and_small() -> None:
    large = {name.removesuffix("-120x40.svg") for name in PICTURES if name.endswith("-120x40.svg")}
    small = {name.removesuffix("-80x24.svg") for name in PICTURES if name.endswith("-80x24.svg")}
    assert large == small
    assert {f"{name}-{size}.svg" for name in large for size in ("120x40", "80x24")} == PICTURES


LARGE = (120, 40)
SOME = ["summary", "indicator", "entry-question"]
OTHERS = [
    "summary-what-changed",
    "summary-heat-map",
    "scorecard",
    "scorecard-five-periods",
    "entry-pasting",
    "collection",
    "milestones",
    "commentary",
    "targets-problems",
]


@pytest.fixture(scope="module")
def maker() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "make_pictures.py"))


@pytest.fixture(scope="module")
def made(maker: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures") / "demo"
    assert not make_demo(open_workspace(folder, user="Jo Smith", now=maker["now"]))
    return folder


@pytest.mark.parametrize("name", [*SOME, *(pytest.param(name, marks=pytest.mark.robustness) for name in OTHERS)])
def test_a_screen_looks_like_its_picture(name: str, maker: dict[str, Any], made: Path, tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "demo", user="Jo Smith", now=maker["now"])
    shutil.copytree(made, workspace.folder)
    picture = maker["SCREENS"][name]
    if picture.file_mistake:
        maker["mistaken"](workspace.folder)
    now = tmp_path / f"{name}.svg"
    now.write_text(asyncio.run(maker["drawn"](workspace, picture, LARGE)), encoding="utf-8", newline="\n")
    then = ROOT / "docs" / "pictures" / f"{name}-120x40.svg"
    assert now.read_bytes() == then.read_bytes(), f"look at {now} and {then}; `make pictures` draws them all anew"
