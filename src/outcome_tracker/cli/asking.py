"""What an import asks at a terminal: what the markers for missing figures mean, once each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import click

from outcome_tracker.cli.app import has_terminal
from outcome_tracker.cli.output import err

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outcome_tracker.core.figure import Status
    from outcome_tracker.core.problem import Problem
    from outcome_tracker.tracker.markers import Untold


class _Found(Protocol):
    """What an import tells: its problems, of which each marker that nobody has explained is one."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong."""

    @property
    def untold(self) -> tuple[Untold, ...]:
        """The markers to be asked about."""


F = TypeVar("F", bound=_Found)


def meanings(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Status]:
    """Read the option `--missing`."""
    if not values:
        return {}
    from outcome_tracker.core.missing import parse_meanings

    try:
        return parse_meanings(values)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


def answered(imported: Callable[[dict[str, Status]], F], told: dict[str, Status]) -> F:
    """Import; at a terminal ask what markers mean, where nothing else is wrong, and import with the answers."""
    found = imported(told)
    if not found.untold or len(found.problems) > len(found.untold) or not has_terminal():
        return found
    answers = _asked(found.untold)
    return imported(told | answers) if answers else found


def _asked(untold: Sequence[Untold]) -> dict[str, Status]:
    """Ask what each marker means, once; Enter refuses, and then nothing is answered."""
    from outcome_tracker.core import missing
    from outcome_tracker.core.missing_wording import choices, question

    answers: dict[str, Status] = {}
    for each in untold:
        err(question(each.written, each.count, each.place), *choices())
        while each.marker not in answers:
            answer = click.prompt("1 to 4, or Enter to import nothing", default="", show_default=False, err=True)
            if not answer.strip():
                return {}
            try:
                answers[each.marker] = missing.parse_answer(answer)
            except ValueError as error:
                err(str(error))
    return answers
