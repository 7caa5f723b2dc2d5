"""Drafts: what somebody has typed and not saved, in a file of their own, so that nothing typed is lost."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of sections that differ from what is saved, the versions they began from, and when (UTC)."""

    texts: Mapping[str, str]
    seen: Mapping[str, int]
    at: datetime


class Drafts:
    """The drafts of one person on one database: a file each, which nobody else may read."""

    def __init__(self, folder: Path, *, database: str, user: str) -> None:
        self._folder = folder / _name(database, user)

    def get(self, subject: str, period: Period) -> Draft | None:
        """Return the draft on a subject; None where there is none, or none that can be read."""
        try:
            found = json.loads(self._file(subject, period).read_text(encoding="utf-8"))
            texts = {str(section): str(text) for section, text in found["texts"].items()}
            seen = {str(section): int(version) for section, version in found["seen"].items()}
            return Draft(texts, seen, datetime.fromisoformat(found["at"]))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def put(self, subject: str, period: Period, draft: Draft) -> None:
        """Keep a draft in place of the one before: whole, or not at all. Raises `OSError`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(subject, period)
        beside = file.with_suffix(f".{os.getpid()}")
        data = {
            "subject": subject,
            "period": period.code,
            "at": draft.at.isoformat(),
            "seen": dict(draft.seen),
            "texts": dict(draft.texts),
        }
        beside.unlink(missing_ok=True)
        try:
            opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="utf-8") as out:
                json.dump(data, out, indent=1)
            beside.replace(file)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise

    def drop(self, subject: str, period: Period) -> None:
        """Remove a draft, if there is one. Raises `OSError`."""
        self._file(subject, period).unlink(missing_ok=True)

    def subjects(self, period: Period) -> frozenset[str]:
        """Return the codes on which there is a draft in a period."""
        found = set()
        with suppress(OSError):
            for file in self._folder.glob("*.json"):
                with suppress(OSError, ValueError, LookupError, TypeError):
                    data = json.loads(file.read_text(encoding="utf-8"))
                    if data["period"] == period.code:
                        found.add(str(data["subject"]))
        return frozenset(found)

    def _file(self, subject: str, period: Period) -> Path:
        return self._folder / f"{_name(subject, period.code)}.json"


def _name(*parts: str) -> str:
    """Return a file's name for what may hold any letters."""
    # The name of a folder may hold bytes that are no letters, which Python keeps as surrogates.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def drafts_of(workspace: Workspace, folder: Path | None = None) -> Drafts:
    """Return the drafts of the workspace's user on its database, in the user's own folder if none is given."""
    if folder is None:
        from platformdirs import user_state_path

        folder = user_state_path("outcome-tracker", appauthor=False) / "drafts"
    return Drafts(folder, database=workspace.location.shown, user=workspace.user)
