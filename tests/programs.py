"""Programs from outside that look at what the program does. Tests that need one are marked apart from the others."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]


def program(*names: str) -> str:
    """The path of the first of these programs that is here; without one the test is skipped or, if told so, fails."""
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or missing(f"{' or '.join(names)} is not installed")


def axe() -> str:
    """The accessibility checker's script."""
    path = Path(os.environ.get("AXE_CORE", ROOT / ".axe" / "node_modules" / "axe-core" / "axe.min.js"))
    return path.read_text("utf-8") if path.exists() else missing(f"{path} is not there: `make axe` fetches it with npm")


def missing(reason: str) -> NoReturn:
    """Skip the test with its reason; with REQUIRE_PROGRAMS set, fail it."""
    if os.environ.get("REQUIRE_PROGRAMS"):
        pytest.fail(reason)
    pytest.skip(reason)
