"""What an experiment tried and found, and the table of all of them that `make robustness` ends with."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# How many times as much is tried as in `make robustness`; for a long look: ROBUSTNESS=20 make robustness
BUDGET = max(1, int(os.environ.get("ROBUSTNESS", "1")))
KEY = "robustness"  # under which a test's report carries its tally
_FAULTS = ("lost", "half", "corrupt", "stuck")


@dataclass(slots=True)
class Tally:
    """The points tried, the entries acknowledged before them, and what was wrong afterwards.

    lost: acknowledged, and not there. half: there in part, or twice. corrupt: not readable, or not sound. stuck: what
    is told is no sentence with a remedy, or the next command does not work.
    `careless` is a variant that is made to fail, so that we know the experiment can.
    """

    experiment: str
    points: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    corrupt: int = 0
    stuck: int = 0
    seconds: float = 0.0
    careless: bool = False
    told: list[str] = field(default_factory=list)  # the first of what was wrong
    _began: float = field(default_factory=perf_counter)

    def found(self, fault: str, where: str) -> None:
        """Count something that is wrong."""
        assert fault in _FAULTS
        setattr(self, fault, getattr(self, fault) + 1)
        if len(self.told) < 10:
            self.told.append(f"{fault}: {where}")

    @property
    def faults(self) -> int:
        return self.lost + self.half + self.corrupt + self.stuck

    def end(self) -> None:
        """Stop the clock, and fail the test where something was wrong; a careless variant, where nothing was."""
        self.seconds = perf_counter() - self._began
        assert self.points > 0, f"{self.experiment}: nothing was tried"
        if self.careless:
            assert self.faults, f"{self.experiment}: nothing was found, so the experiment proves nothing"
        else:
            assert not self.faults, "\n".join([self.experiment, *self.told])

    def report(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if not name.startswith("_") and name != "told"}


_HEADINGS = ("experiment", "points", "acknowledged", *_FAULTS, "seconds")


def table(reports: Iterable[dict[str, object]]) -> list[str]:
    """Return the lines of the table: the experiments, their sum, and those that are made to fail."""
    found = sorted(reports, key=lambda each: (bool(each["careless"]), str(each["experiment"])))
    honest = [each for each in found if not each["careless"]]
    together = {name: sum(_number(each[name]) for each in honest) for name in _HEADINGS[1:]}
    lines = [_cells(each) for each in honest]
    lines.append(_cells({"experiment": "together", **together}))
    careless = [_cells(each) for each in found if each["careless"]]
    widths = [max(len(line[n]) for line in [[*_HEADINGS], *lines, *careless]) for n in range(len(_HEADINGS))]
    printed = [_aligned([*_HEADINGS], widths), *(_aligned(line, widths) for line in lines)]
    if careless:
        printed += ["", "made to fail, so that the experiments are known to notice:"]
        printed += [_aligned(line, widths) for line in careless]
    return printed


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def _cells(each: dict[str, object]) -> list[str]:
    return [str(each["experiment"]), *(f"{_number(each[name]):,.0f}" for name in _HEADINGS[1:])]


def _aligned(cells: list[str], widths: list[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join([first.strip().ljust(widths[0]), *others]).rstrip()
