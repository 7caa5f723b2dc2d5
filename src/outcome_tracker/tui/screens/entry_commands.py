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


class ChooseStatus(Command):
    """Choose the status of the figure: final, provisional, or why there is none."""

    keys = "s"
    title = "Status of the figure"
    label = "Status"
    important = 58


class Note(Command):
    """Type the note to the figure, in its cell."""

    keys = "n"
    label = "Note"
    important = 62


class Provisional(Command):
    """Mark the figure as provisional, or as final again."""

    keys = "v"
    title = "Provisional or final"


class StillDue(Command):
    """Change between the figures still due and all of them."""

    keys = "t"
    title = "Still due or all"
    label = "Due/all"
    important = 66


class NextPlan(Command):
    """Show one plan after the other, and then every plan."""

    keys = "l"
    title = "Plan by plan"
    label = "Plan"
    important = 57


class ChoosePlan(Command):
    """Show the figures of one plan, or of every plan."""

    keys = "l"
    title = "Choose the plan"
    label = "Plan"
    important = 57


class ChooseOwner(Command):
    """Show the figures that one owner returns, or everybody's."""

    keys = "w"
    title = "Choose whose figures"
    label = "Owner"
    important = 56


class Undo(Command):
    """Take back what was saved last: the figure before it is saved again as a new version, and history keeps both."""

    keys = "ctrl+z,u"
    title = "Undo"
    label = "Undo"
    important = 44

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("u", "^Z")


class Redo(Command):
    """Save again what was undone last."""

    keys = "ctrl+y"
    title = "Redo"
    label = "Redo"
    important = 43

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^Y",)
