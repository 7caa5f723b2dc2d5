"""Tables of counts as systems, and two attackers that share no code with ours: HiGHS, and trying every whole number."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

from scipy.optimize import linprog

from outcome_tracker.core.count_system import Cell, Ratio, Relation, System
from outcome_tracker.core.number import half_up

ROWS, COLUMNS = "all rows", "all columns"
SLACK = 1e-6


def one_way(counts: Sequence[int | None], total: int | None = None, below: int = 5) -> System:
    """Rows and their total, which stands in print whatever happens if it is given."""
    cells = [Cell(place, count, below) for place, count in enumerate(counts)]
    amount = total if total is not None else sum(count or 0 for count in counts)
    keys = tuple(cell.key for cell in cells)
    return System((*cells, Cell("total", amount, below, 2, fixed=total is not None)), (Relation("total", keys),))


def two_way(counts: Sequence[Sequence[int]], below: int = 5, *, fixed: bool = False) -> System:
    """A table with the totals of rows and columns and a grand total."""
    rows, columns = range(len(counts)), range(len(counts[0]))
    cells = [Cell((i, j), counts[i][j], below) for i in rows for j in columns]
    cells += [Cell((i, COLUMNS), sum(counts[i]), below, 1, fixed=fixed) for i in rows]
    cells += [Cell((ROWS, j), sum(row[j] for row in counts), below, 1, fixed=fixed) for j in columns]
    cells.append(Cell((ROWS, COLUMNS), sum(map(sum, counts)), below, 2, fixed=fixed))
    relations = [Relation((i, COLUMNS), tuple((i, j) for j in columns)) for i in rows]
    relations += [Relation((ROWS, j), tuple((i, j) for i in rows)) for j in columns]
    relations.append(Relation((ROWS, COLUMNS), tuple((i, COLUMNS) for i in rows)))
    relations.append(Relation((ROWS, COLUMNS), tuple((ROWS, j) for j in columns)))
    return System(tuple(cells), tuple(relations))


def printed(system: System, parts: Sequence[Hashable], of: Sequence[Hashable], decimals: int, **more: bool) -> Ratio:
    """Return a percentage, or a change, as a sentence prints it whatever the table hides."""
    counts = {cell.key: cell.count or 0 for cell in system.cells}
    top, bottom = sum(counts[key] for key in parts), sum(counts[key] for key in of)
    if more.get("change"):
        top -= bottom
    return Ratio(half_up(Fraction(100 * top, bottom), decimals), tuple(parts), tuple(of), **more)


def highs(
    system: System, hidden: Collection[Hashable], small: Collection[Hashable] = ()
) -> dict[Hashable, tuple[float, float]]:
    """Return the interval of each hidden cell; the attacker may know that some are `small`, from 1 to below `below`."""
    cells = [c for c in system.cells if c.key in hidden or not c.printed]
    place = {cell.key: i for i, cell in enumerate(cells)}
    known = {c.key: c.count or 0 for c in system.cells if c.key not in place}
    equal, sums, below, most = [], [], [], []

    def row(factors: Sequence[tuple[Hashable, float]]) -> tuple[list[float], float]:
        """Return the factors of what is hidden, and what the rest comes to."""
        line, rest = [0.0] * len(cells), 0.0
        for key, factor in factors:
            if key in place:
                line[place[key]] += factor
            else:
                rest += factor * known[key]
        return line, rest

    for relation in system.relations:
        line, rest = row([(relation.total, -1), *((part, 1) for part in relation.parts)])
        equal.append(line)
        sums.append(-rest)
    for ratio in system.ratios:
        half = Decimal(5).scaleb(int(ratio.printed.as_tuple().exponent) - 1)
        for sign, edge in ((-1, float(ratio.printed - half)), (1, float(ratio.printed + half))):
            top: list[tuple[Hashable, float]] = [(key, 100.0) for key in ratio.parts]
            top += [(key, -100.0) for key in ratio.of] if ratio.change else []
            line, rest = row([*((k, sign * f) for k, f in top), *((k, -sign * edge) for k in ratio.of)])
            below.append(line)
            most.append(-rest)
    bounds = [
        (1, c.below - 1) if c.key in small else (1, None) if c.printed else (min(0, c.count or 0), None) for c in cells
    ]
    found = {}
    for cell in cells:
        ends = []
        for sign in (1, -1):
            goal = [0.0] * len(cells)
            goal[place[cell.key]] = sign
            answer = linprog(
                *(goal, below or None, most or None, equal or None, sums or None, bounds),
                method="highs",
                options={"presolve": False},  # which takes some intervals without an end for contradictions
            )
            assert answer.status in {0, 3}, answer.message  # found, or without end
            ends.append(answer.fun * sign if answer.status == 0 else float("inf") * -sign)
        found[cell.key] = (ends[0], ends[1])
    return found


def every_solution(system: System, hidden: Sequence[Hashable], most: int) -> Iterator[dict[Hashable, int]]:
    """Yield all whole numbers up to `most` that the hidden cells can be."""
    known = {c.key: c.count or 0 for c in system.cells}
    for counts in product(range(1, most + 1), repeat=len(hidden)):
        point = known | dict(zip(hidden, counts, strict=True))
        if all(point[r.total] == sum(point[part] for part in r.parts) for r in system.relations) and all(
            _prints(ratio, point) for ratio in system.ratios
        ):
            yield {key: point[key] for key in hidden}


def _prints(ratio: Ratio, point: dict[Hashable, int]) -> bool:
    top, bottom = sum(point[k] for k in ratio.parts), sum(point[k] for k in ratio.of) + ratio.known
    value = Fraction(100 * (top - bottom if ratio.change else top), bottom)
    return half_up(value, -int(ratio.printed.as_tuple().exponent)) == ratio.printed
