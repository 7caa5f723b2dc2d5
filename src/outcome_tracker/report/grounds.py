"""The grounds of cells with a rating, as RRGGBB: light enough for dark text, and never without the word."""

from __future__ import annotations

from outcome_tracker.core.rag import Rag

GROUNDS: dict[Rag | None, str] = {Rag.GREEN: "DDF0DD", Rag.AMBER: "FFEBC2", Rag.RED: "F9D9D6", Rag.M: "E8EAED"}
