"""The tabs of "Plan files and targets", and what one can ask it for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from outcome_tracker.tui import commands
from outcome_tracker.tui.commands import Command, Open
from outcome_tracker.tui.screens.difference_lines import (
    DIFFERENCE_COLUMNS,
    PROBLEM_COLUMNS,
    difference_items,
    problem_items,
)
from outcome_tracker.tui.screens.target_lines import FILE_COLUMNS, TARGET_COLUMNS, file_items, target_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from outcome_tracker.tracker.plan_overview import Overview
    from outcome_tracker.tui.screens.target_lines import Item
    from outcome_tracker.tui.widgets.grid_data import Column


class Tab(NamedTuple):
    """A tab: its name, a shorter one for narrow screens, what it lists, and what it says where that is nothing."""

    name: str
    short: str
    columns: tuple[Column, ...]
    items: Callable[[Overview], Iterable[Item]]
    nothing: str


TABS = (
    Tab("Targets as applied", "Targets", TARGET_COLUMNS, target_items, "No indicator has been applied."),
    Tab("Problems", "Problems", PROBLEM_COLUMNS, problem_items, "There are no problems in the plan files."),
    Tab(
        "Differences",
        "Differences",
        DIFFERENCE_COLUMNS,
        difference_items,
        "The plan files say what is applied already.",
    ),
    Tab("Files", "Files", FILE_COLUMNS, file_items, "There are no plan files."),
)
TARGETS, PROBLEMS, DIFFERENCES, FILES = range(4)
UNKNOWN = "What applying would change can be told once the problems are mended."


class EditFile(Open):
    """Open the file at the line in your own editor, which $VISUAL or $EDITOR names; it is read again afterwards."""

    keys = "enter,v"
    title = "Open in your editor"
    label = "Edit"
    important = 76


class Apply(Command):
    """Put into the database what the plan files say, all of it or nothing; it asks first."""

    keys = "A"
    title = "Apply the plan files"
    label = "Apply"
    important = 78


class NextTab(commands.NextTab):
    """Show the next of the tabs; 1 to 4 choose one."""
