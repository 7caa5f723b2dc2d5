"""Workspaces as a council would write them, for the tests."""

from pathlib import Path

from outcome_tracker.core.indicator import Agreed, Indicator
from outcome_tracker.plan_files.reader import Loaded, read

COUNCIL = """\
council: Cheshire West and Chester
area: E06000050
region: North West
comparators: [England, North West]
"""
PLAN = """\
plan: Vulnerable adults and children feel safe
code: SAFE
indicators:
"""
INDICATOR = """\
  - code: SAFE-01
    title: Second child protection plans
    tier: headline
    unit: percent
    better: lower
    frequency: quarterly
    basis: rolling 12 months
"""


def write(folder: Path, **files: str | bytes) -> Path:
    """Write `targets/`, with a council.yaml unless one is given; `safe="…"` writes safe.yaml."""
    targets = folder / "targets"
    targets.mkdir(exist_ok=True)
    for name, text in {"council": COUNCIL, **files}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (targets / f"{name}.yaml").write_bytes(data)
    return targets


def loaded(folder: Path, **files: str | bytes) -> Loaded:
    return read(write(folder, **files))


def said(folder: Path, **files: str | bytes) -> list[str]:
    """Return every problem as people see it, warnings marked."""
    problems = loaded(folder, **files).problems
    return [f"warning: {problem}" if problem.warning else str(problem) for problem in problems]


def indicator_file(*lines: str, instead: dict[str, str] | None = None) -> str:
    """Return a plan file of one indicator: lines 4 to 10 are the usual ones, further ones follow from line 11."""
    text = PLAN + INDICATOR + "".join(f"    {line}\n" for line in lines)
    for old, new in (instead or {}).items():
        assert old in text
        text = text.replace(old, new)
    return text


def agreed(folder: Path, **files: str | bytes) -> Agreed:
    """Return what files without a problem say."""
    result = loaded(folder, **files)
    assert result.agreed is not None, result.problems
    return result.agreed


def indicator(folder: Path, *lines: str, instead: dict[str, str] | None = None) -> Indicator:
    (only,) = agreed(folder, safe=indicator_file(*lines, instead=instead)).plans[0].indicators
    return only
