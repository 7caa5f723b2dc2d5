"""The definitions of a report: what each indicator counts and how it is judged, a row each, what is usual said once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from outcome_tracker.core import wording
from outcome_tracker.core.report import Cell, Paragraph, Section
from outcome_tracker.core.report_cells import table
from outcome_tracker.core.report_grouping import of_one_work, same
from outcome_tracker.core.report_matter import anchor
from outcome_tracker.core.report_wording import (
    NO_INDICATORS,
    UNDEFINED,
    defined_text,
    of_work_text,
    owned_text,
    unit_phrase,
    usual_text,
)
from outcome_tracker.core.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from outcome_tracker.core.indicator import Indicator
    from outcome_tracker.core.report_matter import Matter

_HIDES = 2  # the least number below which a count can be hidden


def definitions(matter: Matter) -> Section:
    """Return what each indicator measures and how it is judged; what leads to an indicator's finds its row."""
    title = "Appendix: definitions"
    indicators = [told.indicator for told in matter.told]
    if not indicators:
        return Section("definitions", title, (Paragraph(NO_INDICATORS),))
    usual = [text for of in (_frequency, _tolerance, _direction) if (text := _usual(map(of, indicators)))]
    owner = same(indicator.owner for indicator in indicators)
    work, places = of_one_work([indicator.source for indicator in indicators])
    rows = [
        (
            Cell(told.name, code=anchor("definition", told.indicator.code)),
            defined_text(told.indicator),
            _joined(told.indicator, usual, (_unit, _basis, _frequency, _small_numbers)),
            _joined(told.indicator, usual, (_polarity, _tolerance, _direction)),
            told.indicator.owner or "not named" if owner is None else "",
            place,
        )
        for told, place in zip(matter.told, places, strict=True)
    ]
    said = [usual_text(usual), "" if owner is None else owned_text(owner), of_work_text(work)]
    columns = "Indicator|Definition|Measured|Judged|Owner|Source"
    notes = [UNDEFINED] if any(row[1] == wording.ABSENT for row in rows) else []
    every = table("definitions-list", "What each indicator measures and how it is judged", columns, rows, notes=notes)
    text = " ".join(part for part in said if part)
    return Section("definitions", title, (Paragraph(text), every) if text else (every,))


def _usual(texts: Iterable[str]) -> str:
    """Return what holds for more than half of those of whom it can be said; nothing for a single one."""
    counts = Counter(text for text in texts if text)
    if not counts:
        return ""
    text, often = counts.most_common(1)[0]
    return text if often > 1 and often * 2 > counts.total() else ""


def _joined(indicator: Indicator, usual: Sequence[str], parts: Iterable[Callable[[Indicator], str]]) -> str:
    """Return what is to be said of an indicator itself."""
    return "; ".join(text for part in parts if (text := part(indicator)) and text not in usual)


def _unit(indicator: Indicator) -> str:
    unit = unit_phrase(indicator.unit)
    return f"{unit}, {plural(indicator.decimals, 'decimal')}" if indicator.decimals else unit


def _basis(indicator: Indicator) -> str:
    return wording.BASIS_PHRASE[indicator.basis]


def _frequency(indicator: Indicator) -> str:
    return indicator.frequency.value


def _small_numbers(indicator: Indicator) -> str:
    """Return which counts are hidden where it is others than the council's."""
    below = indicator.suppress_below
    return "" if below is None else "no count is hidden" if below < _HIDES else f"counts below {below} are hidden"


def _polarity(indicator: Indicator) -> str:
    return wording.POLARITY_PHRASE[indicator.better]


def _tolerance(indicator: Indicator) -> str:
    return "" if indicator.is_context else f"Amber within {indicator.tolerance.code} of the target"


def _direction(indicator: Indicator) -> str:
    if indicator.is_context:
        return ""
    compared = wording.COMPARE_PHRASE[indicator.comparison]
    return f"direction compared with {compared}, the same within {indicator.threshold.code}"
