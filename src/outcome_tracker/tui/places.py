"""Where one can go from every screen: one class a screen, which is its key, its palette entry and its help text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, cast

from outcome_tracker.tui.commands import Command

if TYPE_CHECKING:
    from outcome_tracker.tui.screens.reading_page import PlacePage


class Place(Command):
    """A command that opens a screen. `screen` names its module in `tui/screens` and its class, a `PlacePage`."""

    screen: ClassVar[str] = ""
    needs_plans: ClassVar[bool] = True  # whether it has nothing to show before plans are applied

    @classmethod
    def kind(cls) -> type[PlacePage[Any]]:
        """Import the screen's class: none is loaded before somebody goes there."""
        module, name = cls.screen.split(":")
        return cast("type[PlacePage[Any]]", getattr(import_module(f"outcome_tracker.tui.screens.{module}"), name))


class EnterFigures(Place):
    """Type the period's figures; each rating shows while you type."""

    keys = "f2,e"
    title = "Enter figures"
    label = "Enter figures"
    important = 80
    screen = "entry:EntryScreen"


class Collection(Place):
    """See how many figures are in, by owner and by plan, and remind those who are late."""

    keys = "f3,c"
    title = "Collect the figures"
    label = "Collection"
    important = 76
    screen = "collection:CollectionScreen"


class Milestones(Place):
    """See where the actions and milestones stand, and change a status."""

    keys = "m,f4"
    title = "Actions and milestones"
    label = "Milestones"
    important = 70
    screen = "milestones:MilestonesScreen"


class Commentary(Place):
    """See what must be explained, and write what there is to say of plans and indicators."""

    keys = "k,f6"
    title = "Commentary"
    label = "Commentary"
    important = 68
    screen = "commentary:CommentaryScreen"


class SignOff(Place):
    """See how far each plan's period is and what it lacks; submit it, sign it off, or open it again."""

    keys = "S"
    title = "Sign-off"
    label = "Sign-off"
    important = 46
    screen = "sign_off:SignOffScreen"


class Indicators(Place):
    """See every indicator of every plan in one table, and sort and filter it by any column."""

    keys = "i,f10"
    title = "Scorecard of all plans"
    label = "All indicators"
    important = 48
    screen = "scorecard:EveryIndicator"


class Targets(Place):
    """See the targets as applied and what is wrong or different in the plan files; apply them."""

    keys = "o,f7"
    title = "Plan files and targets"
    label = "Targets"
    important = 44
    screen = "targets:TargetsScreen"
    needs_plans = False


class TargetReview(Place):
    """See how often each target was met, where it lies among comparators, and what is proposed."""

    keys = "O"
    title = "Target review"
    label = "Target review"
    important = 42
    screen = "target_review:TargetReviewScreen"


PLACES: tuple[type[Place], ...] = (
    EnterFigures,
    Collection,
    Milestones,
    Commentary,
    SignOff,
    Indicators,
    Targets,
    TargetReview,
)
