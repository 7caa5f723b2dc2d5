"""What the cells of a return take: rules that a spreadsheet keeps while one types, each with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from outcome_tracker.core import return_wording as wording
from outcome_tracker.core.number import UnitKind
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.returned import LONGEST_CELL, Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

    from outcome_tracker.core.returned import FormLine

_Rule = tuple[Literal["decimal", "list", "textLength"], str, str, str]  # its kind, its bounds, what the cell says
_MOST_HINT, _MOST_REFUSAL = 255, 225  # characters that Excel shows
_MOST_NUMBER = "999999999999999"


def add_rules(sheet: Worksheet, cells: Iterable[tuple[str, Column, FormLine]]) -> None:
    """Let cells say what they take, and refuse what can be no figure; cells with the same rule share it."""
    known: dict[tuple[Column, _Rule], DataValidation] = {}
    for place, column, line in cells:
        rule = _rule(column, line)
        if (column, rule) not in known:
            known[column, rule] = _validation(column, rule)
            sheet.add_data_validation(known[column, rule])
        known[column, rule].add(place)


def _rule(column: Column, line: FormLine) -> _Rule:
    if column is Column.STATUS:
        return "list", f'"{",".join(wording.STATUSES)}"', "", wording.STATUS_HINT
    if column is Column.COMMENTARY:
        hint = wording.RED_HINT if line.last_rag is Rag.RED else wording.COMMENTARY_HINT
        return "textLength", "0", str(LONGEST_CELL), hint
    unit = line.indicator.unit.kind
    least = f"-{_MOST_NUMBER}" if unit is UnitKind.POUNDS else "0"
    most = "100" if unit is UnitKind.PERCENT and column is Column.VALUE else _MOST_NUMBER
    return "decimal", least, most, wording.number_hint(column, line.indicator)


def _validation(column: Column, told: _Rule) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule, first, second, hint = told
    refused = {"list": wording.STATUS_REFUSED, "textLength": wording.COMMENTARY_REFUSED}
    return DataValidation(
        type=rule,
        operator=None if rule == "list" else "between",
        formula1=first,
        formula2=second or None,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop",
        errorTitle=column.value,
        error=_shortened(refused.get(rule, wording.NUMBER_REFUSED), _MOST_REFUSAL),
        promptTitle=column.value,
        prompt=_shortened(hint, _MOST_HINT),
    )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
