"""Every picture in docs/ is shown, and every picture that is shown is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PICTURES = {path.name for path in (ROOT / "docs" / "pictures").glob("*.svg")}
SHOWN = re.compile(r"!\[[^\]]+\]\((?:docs/)?pictures/([^)]+)\)")


def shown(page: str) -> list[str]:
    return SHOWN.findall((ROOT / page).read_text(encoding="utf-8"))


def test_the_page_of_screens_shows_every_picture_once() -> None:
    assert sorted(shown("docs/screens.md")) == sorted(PICTURES)


@pytest.mark.parametrize("page", ["README.md", "docs/officer.md", "docs/manager.md"])
def test_a_picture_that_is_shown_is_there(page: str) -> None:
    assert set(shown(page)) <= PICTURES


def test_each_screen_is_shown_large_and_small() -> None:
    large = {name.removesuffix("-120x40.svg") for name in PICTURES if name.endswith("-120x40.svg")}
    small = {name.removesuffix("-80x24.svg") for name in PICTURES if name.endswith("-80x24.svg")}
    assert large == small
    assert {f"{name}-{size}.svg" for name in large for size in ("120x40", "80x24")} == PICTURES
