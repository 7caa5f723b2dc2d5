"""What can be asked for on "Enter figures"."""

from __future__ import annotations

from outcome_tracker.tui.commands import Command


class GiveReason(Command):
    """Say why there is no figure: not returned, not available, suppressed or not applicable. Never a zero."""

    keys = "delete"
    title = "No figure: give the reason"
    label = "No figure"
    important = 72

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("Del",)


class Note(Command):
    """Add a note to the figure, or change it."""

    keys = "n"
    label = "Note"
    important = 62


class Provisional(Command):
    """Mark the figure as provisional, or as final again."""

    keys = "v"
    label = "Provisional"
    important = 58


class StillDue(Command):
    """Change between the figures still due and all of them."""

    keys = "t"
    title = "Still due or all"
    label = "Due/all"
    important = 66


class NextPlan(Command):
    """Show one plan's figures after the other, and then those of every plan."""

    keys = "l"
    title = "Plan by plan"
    label = "Plan"
    important = 57


class Undo(Command):
    """Take back what was saved last: the figure before it is saved again, and history keeps both."""

    keys = "ctrl+z,u"
    title = "Undo the last save"
    label = "Undo"
    important = 40

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("u", "^Z")
