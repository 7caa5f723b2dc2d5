"""Words for what is published and what is computed: what likely made a difference, and what was compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outcome_tracker.core.audit import Cause, Kind
from outcome_tracker.core.number import grouped
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from outcome_tracker.core.audit import Claim, Difference, Table

_MEAN = "perhaps a mean of the months' percentages, which are not all held"
_CAUSES = {
    Cause.LATER: "likely divided by the later figure instead of the earlier",
    Cause.SIGN: "likely the wrong sign",
    Cause.POINTS: "likely the difference itself, not the percentage of the earlier figure",
    Cause.TRANSPOSED: "likely two digits that changed places",
    Cause.CUT_OFF: "likely rounded down: the digits behind were cut off",
    Cause.ROUNDED_TWICE: "likely rounded twice, first to one digit more",
    Cause.ROUNDED_UP: "likely rounded up, though the next digit is below five",
    Cause.SWAPPED: "likely the parts swapped: the denominator by the numerator",
    Cause.DENOMINATOR: "likely another denominator: of {number}, printed nearby, the share is {printed}",
    Cause.MEAN: "likely a mean of the twelve months' percentages",
    Cause.POINT: "likely the decimal point in another place",
    Cause.LEFT_OUT: "likely added up without {name} ({number})",
    Cause.ONE_UNIT: "one unit of the last digit out",
    Cause.TWICE: "the source contradicts itself: it prints {number} as well",
    Cause.NO_WHOLE: "no whole number as the other part gives it; the nearest, {number}, gives {computed}",
    Cause.OTHERS: "doesn't fit the other shares, which can all be of {number}",
    Cause.NO_TARGET: "no target is held to rate against",
    Cause.NOT_HELD: "{name}",
    Cause.NONE: "not explained",
}
_NO_EARLIER = "no whole number as the earlier figure gives it; the nearest, {number}, gives {computed}"


def cause_text(found: Difference) -> str:
    """Return what likely made the difference; what is not consistent with the printed value is not claimed."""
    explained = found.explained
    no_earlier = explained.cause is Cause.NO_WHOLE and found.kind is Kind.CHANGE
    said = (_NO_EARLIER if no_earlier else _CAUSES[explained.cause]).format(
        number="" if explained.number is None else grouped(explained.number),
        name=explained.name,
        printed=found.printed_number,
        computed=found.computed,
    )
    if not found.perhaps_mean:
        return said
    return f"{_MEAN}; else not explained" if explained.cause is Cause.NONE else f"{said}; or {_MEAN}"


def sides_text(found: Difference) -> str:
    """Return both sides and what the second comes from: `20.1%, computed 21.0% from 404 of 1,927`."""
    if found.explained.cause is Cause.TWICE:
        return f"{found.printed} beside {found.computed}"
    parts = parts_text(found.claim)
    return f"{found.printed}, computed {found.computed}{parts and f' from {parts}'}"


def parts_text(claim: Claim | None) -> str:
    """Return what a value was computed from: `404 of 1,927`, `2,755 to 2,049`, `the sum of 4 rows`."""
    if claim is None:
        return ""
    if claim.kind is Kind.TOTAL:
        return f"the sum of {plural(len(claim.rows), 'row')}"
    if claim.numerator is None or claim.denominator is None:
        return ""
    if claim.kind is Kind.CHANGE:
        return f"{grouped(claim.denominator)} to {grouped(claim.numerator)}"
    return f"{grouped(claim.numerator)} of {grouped(claim.denominator)}"


def table_text(table: Table) -> str:
    """Return that one cause explains all of a table, the rows that are right at the printed precision as well."""
    right = sum(claim.agrees for claim in table.claims)
    but = f"; {right} of them {'is' if right == 1 else 'are'} right all the same, as rounded" if right else ""
    return f"All {len(table.claims)} rows of the table are what dividing by the later figure gives{but}."


def line_text(printed: int, held: int) -> str:
    """Return why a printed line of ratings can't be had from what is held."""
    return f"the line counts {plural(printed, 'measure')}, and the figures of {held} are held"


def actions_text(held: int) -> str:
    """Return why a printed number of actions delivered may be another than that of what is held."""
    return f"the plan here has {plural(held, 'milestone')}; the source may print examples only"


def checked_text(checked: int, different: int) -> str:
    """Return how much was compared, and how much of it differs."""
    if not checked:
        return "Nothing that is printed can be computed."
    differ = "differs" if different == 1 else "differ"
    return f"{plural(checked, 'printed value')} compared; {different or 'none'} {differ}."
