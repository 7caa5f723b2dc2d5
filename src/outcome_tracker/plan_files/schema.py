"""The JSON schema of plan files, made of the same table that checks them, so that editors complete and check alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.plan_files.keys import COUNCIL_SHAPE, PLAN_SHAPE

if TYPE_CHECKING:
    from outcome_tracker.plan_files.kinds import Json


def schema() -> Json:
    """Return the schema (draft 2020-12) of council.yaml and of plan files: a file with `council` is the former."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Outcome Tracker: council.yaml and plan files",
        "if": {"required": [COUNCIL_SHAPE.keys[0].name]},
        "then": {"$ref": "#/$defs/council"},
        "else": {"$ref": "#/$defs/plan"},
        "$defs": {"council": COUNCIL_SHAPE.schema(), "plan": PLAN_SHAPE.schema()},
    }
