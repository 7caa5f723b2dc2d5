"""Whatever goes wrong with a database is a sentence with a remedy, and docs/backups.md has every one of them."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_tracker.store import failures
from tests.trouble import EVERY, Trouble, met

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "backups.md"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may look into, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made).resolve()


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        pytest.param(name, trouble, id=name, marks=[pytest.mark.robustness] if trouble.processes else [])
        for name, trouble in EVERY.items()
    ],
)
def test_it_says_what_happened_and_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, trouble: Trouble
) -> None:
    if trouble.posix and sys.platform == "win32":
        pytest.skip("Windows has neither such modes nor such limits")
    monkeypatch.setattr(failures, "BUSY_SECONDS", 0)
    code, screen = met(trouble, folder)
    said = " ".join(screen.replace(f"{folder}{os.sep}", "").replace("→ ", "").split())
    wanted = ".+?".join(map(re.escape, trouble.says.split("…")))
    assert re.search(wanted, said), f"{name} [{code}]: {screen}"
    assert code == trouble.code, screen
    assert "Traceback" not in screen


def test_the_guide_explains_every_sentence_and_no_other() -> None:
    lines = GUIDE.read_text("utf-8").partition("## What it says")[2].splitlines()
    explained = [match[1] for line in lines if (match := re.match(r"\| `([^`]+)` \|", line))]
    said = [trouble.says for trouble in EVERY.values()]
    assert [says for says in said if not any(says.startswith(each) for each in explained)] == []
    assert [each for each in explained if not any(says.startswith(each) for says in said)] == []
