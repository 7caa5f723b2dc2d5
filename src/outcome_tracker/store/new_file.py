"""Giving a finished file its name: never over another, and so that a power cut doesn't take the name away."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def publish(draft: Path, path: Path) -> bool:
    """Give a finished file its name, unless that is taken; return whether it got it."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:  # a drive without hard links
        if path.exists():
            return False
        draft.rename(path)
    return True


def settle(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_above(folder: Path) -> None:
    """Make the names of a folder and of those above it survive a power cut: some may be new, whoever made them."""
    for above in folder.parents:
        with suppress(OSError):  # a drive that can't, or a folder that is closed to us, is none that was made just now
            settle(above)


def settle_content(path: Path) -> None:
    """Make what is in a file survive a power cut."""
    with path.open("r+b") as file:  # Windows syncs nothing that can only be read
        os.fsync(file.fileno())
