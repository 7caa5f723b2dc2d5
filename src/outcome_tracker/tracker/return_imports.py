"""Returns taken in: many at once, in one transaction, and nothing over what somebody else has saved meanwhile."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outcome_tracker.core import returned_wording as wording
from outcome_tracker.core.period import PeriodError, parse
from outcome_tracker.core.problem import Problem
from outcome_tracker.core.return_wording import ELSEWHERE
from outcome_tracker.core.returned import Column
from outcome_tracker.exchange.return_in import ReturnFile, read_return
from outcome_tracker.tracker import return_texts
from outcome_tracker.tracker.markers import Markers
from outcome_tracker.tracker.return_cells import Said, read_row
from outcome_tracker.tracker.return_figures import Figures
from outcome_tracker.tracker.return_ledger import Given, Ledger
from outcome_tracker.tracker.returns import ENDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outcome_tracker.core.figure import Status
    from outcome_tracker.core.indicator import Agreed
    from outcome_tracker.core.period import Period
    from outcome_tracker.tracker.markers import Untold
    from outcome_tracker.tracker.return_ledger import Change, Keep, Key
    from outcome_tracker.tracker.workspace import Workspace


_OPEN = "~$"  # how the name begins of the file by which Excel tells others that a workbook is open


@dataclass(frozen=True, slots=True)
class Returned:
    """What an import of returns did, or with a dry run would do. With any problem nothing is saved."""

    changes: tuple[Change, ...]
    added: int
    changed: int
    unchanged: int
    to_come: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    untold: tuple[Untold, ...]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """How much is added, changed, unchanged and still to come."""
        return self.added, self.changed, self.unchanged, self.to_come


def import_returns(
    workspace: Workspace,
    paths: Sequence[Path],
    told: Mapping[str, Status],
    *,
    period: Period | None = None,
    keep: Keep | None = None,
    dry_run: bool = False,
) -> Returned:
    """Take returns in, all of them or nothing; of a folder every workbook. All must be for one period, or for `period`.

    `told` is what markers mean; `keep` what stands in a conflict, which is a problem without it.
    Raises `Unavailable`, and `Conflict` when somebody saves the same figure at this very moment.
    """
    workspace.check_may_save()
    with workspace.read() as reader, reader.snapshot():
        batch = _Batch(Ledger(workspace, reader, keep), reader.agreed(), Markers(told))
        found = batch.take(paths, period)
    if batch.ledger.facts and not found.problems and not dry_run:
        workspace.save(batch.ledger.facts)
    return found


class _Batch:
    """All files that are taken in at once."""

    def __init__(self, ledger: Ledger, agreed: Agreed, markers: Markers) -> None:
        self.ledger = ledger
        self._agreed = agreed
        self._markers = markers
        self._indicators = {i.code: i for plan in agreed.plans for i in plan.indicators}

    def take(self, paths: Sequence[Path], period: Period | None) -> Returned:
        """Read the files and decide about everything in them."""
        files = [file for path in self._files(paths) if (file := self._file(path)) is not None]
        self._refuse_others(files, period)
        figures: defaultdict[Key, list[tuple[Given, Said]]] = defaultdict(list)
        texts: defaultdict[str, list[Given]] = defaultdict(list)
        for given in (given for file in files for given in self._rows(file)):
            found = read_row(given.row, given.indicator, self._markers)
            if isinstance(found, Said):
                figures[given.key].append((given, found))
            else:
                self.ledger.problems += found
            if Column.COMMENTARY in given.row.cells and given.row.text(Column.COMMENTARY) != ELSEWHERE:
                texts[given.indicator.code].append(given)
        self.ledger.problems += self._markers.problems()
        decided = Figures(self.ledger)
        # Earlier periods first: what looks odd is judged beside the period before.
        for key in sorted(figures, key=lambda each: (each[1].end, each[0])):
            decided.decide(figures[key])
        for rows in texts.values():
            return_texts.decide(self.ledger, rows)
        asked = {(s.code, s.period) for file in files for s in file.id.seen if s.code in self._indicators}
        to_come = sum(not decided.is_in(*key) for key in asked - self.ledger.answered)
        ledger = self.ledger
        return Returned(
            tuple(ledger.changes),
            ledger.added,
            ledger.changed,
            ledger.unchanged,
            to_come,
            tuple(ledger.problems),
            tuple(ledger.warnings),
            self._markers.untold,
        )

    def _files(self, paths: Sequence[Path]) -> list[Path]:
        """Return the files once each, those of a folder by name; what Excel leaves beside an open one is told."""
        found: list[Path] = []
        for path in paths:
            inside = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
            found += inside
            if not inside:
                self.ledger.problems.append(Problem(wording.EMPTY_FOLDER, str(path)))
        left = [path for path in dict.fromkeys(found) if path.name.startswith(_OPEN)]
        self.ledger.warnings += [Problem(wording.OPEN_ELSEWHERE, str(path), warning=True) for path in left]
        return [path for path in dict.fromkeys(found) if path not in left]

    def _file(self, path: Path) -> ReturnFile | None:
        found = read_return(path, {code: indicator.kind for code, indicator in self._indicators.items()})
        if isinstance(found, Problem):
            self.ledger.problems.append(found)
            return None
        council = self._agreed.council
        if found.id.area != council.area:
            message = wording.other_council(found.id.council, found.id.area, council.name, council.area)
            self.ledger.problems.append(Problem(message, str(path)))
            return None
        self.ledger.warnings += found.notes
        return found

    def _refuse_others(self, files: Sequence[ReturnFile], period: Period | None) -> None:
        """Refuse returns for another period than the one that is collected."""
        periods = {file.id.period for file in files}
        if period is None and len(periods) > 1:
            self.ledger.problems.append(Problem(wording.several_periods(periods)))
        for file in files:
            if period is not None and period != file.id.period:
                self.ledger.problems.append(Problem(wording.other_period(file.id.period, period), str(file.path)))

    def _rows(self, file: ReturnFile) -> Iterable[Given]:
        """Yield the rows that were asked for; of the others it is told where something stands in them."""
        seen = {(each.code, each.period): each for each in file.id.seen}
        asked: defaultdict[str, list[Period]] = defaultdict(list)
        for code, period in seen:
            asked[code].append(period)
        codes = {code.casefold(): code for code in asked}
        for row in file.rows:
            code = codes.get(row.text(Column.CODE).casefold(), "")
            indicator = self._indicators.get(code)
            if indicator is None:
                if row.is_filled:
                    message = wording.no_longer(code) if code else wording.not_asked_for(row.text(Column.CODE))
                    self.ledger.warn(row, Column.CODE, message)
                continue
            try:
                period = parse(row.text(Column.PERIOD), indicator.kind)
            except PeriodError as error:
                self.ledger.problems.append(row.problem(Column.PERIOD, str(error)))
                continue
            if (code, period) in seen:
                yield Given(file, row, seen[code, period], indicator)
            else:
                message = wording.row_of_another_period(code, period, asked[code])
                self.ledger.problems.append(row.problem(Column.PERIOD, message))
