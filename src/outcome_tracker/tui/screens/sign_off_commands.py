"""What can be asked for on "Sign-off"."""

from __future__ import annotations

from outcome_tracker.tui.commands import Command, Open


class OpenItem(Open):
    """Go to the figure, commentary or plan file that the cursor's line is about; from a plan, to the first of them."""

    title = "Go to what is missing"


class NextStep(Command):
    """Submit the plan's period when nothing is missing; once it is submitted, sign it off."""

    keys = "s"
    title = "Submit, then sign off"
    label = "Submit"
    important = 78


class Reopen(Command):
    """Open a submitted or signed-off period again, for a reason that is kept and shown."""

    keys = "R"
    title = "Open the period again"
    label = "Reopen"
    important = 72


class OtherList(Command):
    """Go from the plans to what is missing of one, and back."""

    keys = "tab,shift+tab"
    title = "To what is missing and back"
    label = "What is missing"
    important = 66

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("Tab",)
