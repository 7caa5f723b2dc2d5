"""The kinds of values that targets are made of: numbers, ranges, profiles, and targets by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core.target import Goal
from outcome_tracker.plan_files.kinds import Json, Key, Shape, Values, called
from outcome_tracker.plan_files.report import Report, shown
from outcome_tracker.plan_files.texts import NUMBER
from outcome_tracker.plan_files.tree import Mapping, Node, Sequence, Text

if TYPE_CHECKING:
    from decimal import Decimal


class Range:
    """Two numbers in a list, the lower first."""

    example = "[1100, 1300]"

    def read(self, node: Node, report: Report, key: str) -> Goal | None:
        """Return the goal."""
        if not isinstance(node, Sequence) or len(node.items) != 2:  # noqa: PLR2004 - two bounds
            what = called(node) if not isinstance(node, Sequence) else f"a list of {len(node.items)}"
            report.add(node, key, f"is {what}, but takes the two bounds of a range; write {self.example}.")
            return None
        lower, upper = (NUMBER.read(item, report, key) for item in node.items)
        if lower is None or upper is None:
            return None
        if lower > upper:
            report.add(node, key, f"has the bounds the wrong way round; write [{upper:f}, {lower:f}].")
            return None
        return Goal(lower=lower, upper=upper)

    def schema(self) -> Json:
        """Return an array of two numbers."""
        return {"type": "array", "items": NUMBER.schema(), "minItems": 2, "maxItems": 2}


class OneNumber:
    """One number as a goal."""

    def read(self, node: Node, report: Report, key: str) -> Goal | None:
        """Return the goal."""
        if isinstance(node, Sequence):
            report.add(node, key, "is a list, but takes one number; a range is written {between: [1100, 1300]}.")
            return None
        value = NUMBER.read(node, report, key)
        return None if value is None else Goal(value)

    def schema(self) -> Json:
        """Return a number."""
        return NUMBER.schema()


class NumberOrRange:
    """One number, or the two bounds of a range."""

    def read(self, node: Node, report: Report, key: str) -> Goal | None:
        """Return the goal."""
        return RANGE.read(node, report, key) if isinstance(node, Sequence) else GOAL.read(node, report, key)

    def schema(self) -> Json:
        """Return both."""
        return {"anyOf": [GOAL.schema(), RANGE.schema()]}


class Profile:
    """Numbers by the periods of a year; which keys there are depends on the indicator's frequency."""

    def read(self, node: Node, report: Report, key: str) -> dict[str, Decimal] | None:
        """Return the numbers by key; None when one was refused."""
        if not isinstance(node, Mapping):
            report.add(
                node,
                key,
                f"is {called(node)}, but takes a number for each period; write {{Q1: 3, Q2: 6, Q3: 9, Q4: 12}}.",
            )
            return None
        read = {name: NUMBER.read(value, report, f"{key} {shown(name)}") for name, (_, value) in node.entries.items()}
        found = {name: value for name, value in read.items() if value is not None}
        return found if len(found) == len(read) else None

    def schema(self) -> Json:
        """Return an object with numbers."""
        names = "^(Q[1-4]|H[12]|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$"
        return {"type": "object", "patternProperties": {names: NUMBER.schema()}, "additionalProperties": False}


RANGE = Range()
GOAL = OneNumber()
NUMBER_OR_RANGE = NumberOrRange()
PROFILE = Profile()


@dataclass(frozen=True)
class TargetsByYear:
    """Targets by year. The shorthand `2018-19: 14` is expanded to `{target: 14}` before it is read."""

    shape: Shape
    target: Key[Goal]

    def read(self, node: Node, report: Report, key: str) -> list[tuple[Text, Values]] | None:
        """Return the years as written, each with its target."""
        if not isinstance(node, Mapping):
            report.add(node, key, f"is {called(node)}, but takes a target for each year; write {{2018-19: 14}}.")
            return None
        found = []
        for name, (place, value) in node.entries.items():
            short = {self.target.name: (place, value)}
            whole = value if isinstance(value, Mapping) else Mapping(value.line, value.column, short)
            found.append((place, self.shape.values(whole, report, f"{key} {shown(name)}")))
        return found

    def schema(self) -> Json:
        """Return an object whose keys are years."""
        return {
            "type": "object",
            "propertyNames": {"pattern": "[0-9]{2}"},
            "additionalProperties": {"anyOf": [self.target.kind.schema(), self.shape.schema()]},
        }
