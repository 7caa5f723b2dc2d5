"""What an examination of a workspace finds: a sentence, how grave it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """A note needs nobody; a warning should be looked into; with an error something is lost, wrong or can't work."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` names what was looked at. `blind`: it could not be looked at, so that nothing is known of it."""

    severity: Severity
    about: str
    sentence: str
    remedy: str = ""
    blind: bool = False
