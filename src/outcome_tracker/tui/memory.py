"""What the screens remember from one run to the next: choices of show, never figures, dates or texts."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T", str, bool, int)


class Memory:
    """Choices by name, kept in a small file; without one they last as long as the program runs.

    A file that can't be read or written is no reason to stop anybody: what it held is forgotten.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, str | bool | int] = {}
        if path is not None:
            self._kept = _read(path)

    def get(self, name: str, default: T) -> T:
        """Return what is remembered, if it is of the kind of `default`, else `default`."""
        found = self._kept.get(name, default)
        return found if type(found) is type(default) else default

    def put(self, name: str, value: str | bool | int) -> None:  # noqa: FBT001 - a value like others
        """Remember a choice."""
        if self._kept.get(name) == value and name in self._kept:
            return
        self._kept[name] = value
        if self._path is not None:
            with suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                # What another run has remembered meanwhile stays, and never do two write the same file.
                every = {**self._kept, **_read(self._path), name: value}
                beside = self._path.with_suffix(f".{os.getpid()}.new")
                beside.write_text(json.dumps(every, indent=1, sort_keys=True), encoding="utf-8")
                beside.replace(self._path)


def _read(path: Path) -> dict[str, str | bool | int]:
    """Return what a file holds; nothing where it can't be read."""
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {k: v for k, v in found.items() if isinstance(v, str | bool | int)}
    return {}
