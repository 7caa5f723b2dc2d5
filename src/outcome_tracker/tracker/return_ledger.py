"""What returns that are taken in add up to, while their rows are decided about."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from outcome_tracker.core.commentary import Commentary
from outcome_tracker.core.returned_wording import conflict, stands_twice
from outcome_tracker.tracker.moments import moment

if TYPE_CHECKING:
    from outcome_tracker.core.figure import Figure, Stamp
    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.period import Period
    from outcome_tracker.core.problem import Problem
    from outcome_tracker.core.returned import Column, Seen
    from outcome_tracker.exchange.return_in import ReturnFile, ReturnRow
    from outcome_tracker.store.facts import Fact
    from outcome_tracker.store.queries import Reader
    from outcome_tracker.tracker.workspace import Workspace

Key = tuple[str, "Period"]  # an indicator's code and the period of a figure


class Keep(StrEnum):
    """What stands where somebody else saved something meanwhile."""

    TRACKER = "tracker"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the table of what changes."""

    code: str
    period: Period
    was: str
    becomes: str
    file: str
    is_commentary: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One row of one file, of an indicator that it was asked for."""

    file: ReturnFile
    row: ReturnRow
    seen: Seen
    indicator: Indicator

    @property
    def key(self) -> Key:
        """What the row speaks of."""
        return self.indicator.code, self.seen.period

    @property
    def why(self) -> str:
        """The reason that is kept with what is saved of it."""
        return f"return of {self.file.id.owner}, {self.file.path.name}, row {self.row.number}"


@dataclass
class Ledger:
    """Facts to save, the table of what they change, and what is wrong or odd; `keep` settles conflicts."""

    workspace: Workspace
    reader: Reader
    keep: Keep | None
    facts: list[Fact] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    answered: set[Key] = field(default_factory=set)
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def refuse(self, given: Given, column: Column, message: str) -> None:
        """Tell what is wrong with a cell."""
        self.problems.append(given.row.problem(column, message))

    def warn(self, row: ReturnRow, column: Column, message: str) -> None:
        """Tell what looks odd about a cell, which stops nothing."""
        self.warnings.append(row.problem(column, message, warning=True))

    def stamp(self, given: Given) -> Stamp:
        """Return who, when and why, for what a row says."""
        return self.workspace.stamp(why=given.why)

    def add(self, fact: Figure | Commentary, given: Given, was: str, becomes: str) -> None:
        """Take a fact to be saved, and its line of the table."""
        self.facts.append(fact)
        is_text = isinstance(fact, Commentary)
        name = given.file.path.name
        self.changes.append(Change(given.indicator.code, fact.period, was, becomes, name, is_commentary=is_text))
        self.added += fact.version == 1
        self.changed += fact.version > 1

    def twice(self, first: Given, other: Given, column: Column, shown: str) -> None:
        """Refuse two rows that say different things of one and the same."""
        self.refuse(other, column, stands_twice(first.row.place(column), shown))

    def settled(self, given: Given, column: Column, shown: tuple[str, str, str], stamp: Stamp | None) -> bool:
        """Tell whether a return's word is to be saved over what somebody else saved; refuse it where nobody said so.

        `shown` is what is there now, what the return says, and what it was made from.
        """
        now, mine, was = shown
        if self.keep is None:
            who, when = (stamp.who, moment(stamp.at)) if stamp else ("", "")
            self.refuse(given, column, conflict(now, who, when, mine, was))
        self.unchanged += self.keep is Keep.TRACKER
        return self.keep is Keep.RETURN
