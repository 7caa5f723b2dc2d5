"""What can be asked for on "Actions and milestones"."""

from __future__ import annotations

from outcome_tracker.tui.commands import Command, Open


class ChangeStatus(Command):
    """Choose the milestone's new status; what it needs (a date, a reason) is asked."""

    keys = "s"
    title = "Change the status"
    label = "Status"
    important = 88


class Rephase(Command):
    """Give the milestone a new date, with the reason; the original date and every change stay."""

    keys = "r"
    title = "Re-phase"
    label = "Re-phase"
    important = 86


class AddNote(Command):
    """Add a note to the milestone without changing its status."""

    keys = "n"
    title = "Add a note"
    label = "Note"
    important = 82


class ShowHistory(Open):
    """Show the milestone in full, with every change: when, by whom, why, and from which date to which."""

    title = "History of the milestone"
    label = "History"
    important = 84


class NextView(Command):
    """Show the next view; 1 to 6 choose one: by due date, by plan, overdue, due next, re-phased, delivered."""

    keys = "t"
    title = "Next view"
    label = "View"
    important = 64

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("1-6", "t")


class ChoosePlan(Command):
    """Show the milestones of one plan, or of every plan."""

    keys = "l"
    title = "Choose the plan"
    label = "Plan"
    important = 57


class ChooseOwner(Command):
    """Show the milestones that one owner answers for, or everybody's."""

    keys = "w"
    title = "Choose the owner"
    label = "Owner"
    important = 56


class ShowAll(Command):
    """Show every milestone again: every plan, every owner, none left out."""

    keys = "a"
    title = "Show every milestone"
    label = "All"
    important = 52
