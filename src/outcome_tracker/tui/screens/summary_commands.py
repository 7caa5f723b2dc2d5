"""What one can do on the summary alone."""

from __future__ import annotations

from outcome_tracker.tui import commands


class NextTab(commands.Command):
    """Show the next of the three lists: what needs a decision, what changed, the heat map; 1 to 3 choose one."""

    keys = "t"
    title = "Next list"
    label = "Next list"
    important = 97


class WriteReport(commands.Command):
    """Write the report of the period for a committee: of the plan that the cursor is on, else of all plans."""

    keys = "r"
    title = "Write the report"
    label = "Report"
    important = 36


class Open(commands.Open):
    """Open the indicator or plan that the cursor is on."""

    important = 99


class OtherTable(commands.OtherTable):
    """Go from the list to the plans, and back."""

    title = "List or plans"
    important = 98
