"""Measure the tracker beside its peers in one run and print the ratios: `make benchmarks`.

Absolute times depend on the machine; a ratio to something known, measured in alternation, does not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.measures import MEASURES


def main() -> None:
    """Run the named measures (all by default) and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], default=[])
    parser.add_argument("-n", "--runs", type=int, default=11)
    arguments = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.names or MEASURES:
            try:
                found = MEASURES[name](Path(folder), arguments.runs)
            except FileNotFoundError as error:
                print(f"{name:12} left out: {error}")
                continue
            verdict = "meets" if found.ratio <= found.goal else "MISSES"
            missed += found.ratio > found.goal
            print(
                f"{name:12} {found.ours * 1e3:8.1f} ms   {found.peer}: {found.theirs * 1e3:.1f} ms   "
                f"ratio {found.ratio:.2f}, {verdict} the goal of {found.goal:.2f}",
                flush=True,
            )
    sys.exit(1 if missed else 0)


main()
