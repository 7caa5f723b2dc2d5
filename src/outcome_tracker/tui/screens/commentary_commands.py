"""What can be asked for while one writes commentary."""

from __future__ import annotations

from outcome_tracker.tui import commands
from outcome_tracker.tui.commands import Command


class Help(commands.Help):
    """Show what this screen is for and everything it can do."""

    keys = "f1"

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("F1",)


class Save(Command):
    """Save every section that you have changed, all at once."""

    keys = "ctrl+s"
    label = "Save"
    important = 95

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^S",)


class CopyBefore(Command):
    """Begin with what was said the last time: it fills the sections that are empty."""

    keys = "ctrl+b"
    title = "Begin with the period before"
    label = "Copy earlier"
    important = 70

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^B",)


class DiscardDraft(Command):
    """Drop what you have typed and not saved, and show what is saved."""

    keys = "ctrl+g"
    title = "Discard the draft"
    label = "Discard draft"
    important = 72

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^G",)


class NextSection(Command):
    """Go to the next section; Shift+Tab goes back."""

    keys = "tab"
    title = "Next section"
    label = "Next"
    important = 60

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("Tab",)


class Leave(Command):
    """Leave Outcome Tracker; what is typed stays as a draft."""

    keys = "ctrl+q"
    title = "Quit"
    label = "Quit"
    important = 40

    @classmethod
    def shown_keys(cls) -> tuple[str, ...]:
        return ("^Q",)
