"""What can be asked for on "Collection"."""

from __future__ import annotations

from outcome_tracker.tui.commands import Command, Open


class EnterHere(Open):
    """Enter the first figure still due of the owner or plan; on one that is in, open its indicator."""

    title = "Enter what is due"


class Remind(Command):
    """Look at a reminder for the owner; Enter copies it and keeps it as a file."""

    keys = "r"
    title = "Remind the owner"
    label = "Remind"
    important = 74


class RemindAll(Command):
    """Write a reminder for everybody of whom something is due, each into a file."""

    keys = "R"
    title = "Remind all owners"
    label = "Remind all"
    important = 60


class OwnerOrPlan(Command):
    """Change between owners and plans."""

    keys = "t"
    title = "By owner or by plan"
    label = "Owner/plan"
    important = 72


class OtherList(Command):
    """Go from the owners or plans to the figures below, and back."""

    keys = "tab,shift+tab"
    title = "To the figures and back"
    label = "Figures"
    important = 66

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("Tab",)
