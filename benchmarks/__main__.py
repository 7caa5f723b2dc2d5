"""Measure the tracker beside its peers in one run and print the ratios: `make benchmarks`.

Absolute times depend on the machine; a ratio to something known, measured in alternation, does not. Peers are installed
into an environment that is thrown away afterwards. The exit code is 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import outcome_tracker
from benchmarks.bench import Bench
from benchmarks.measures import MEASURES

PEERS = ("sqlite-utils", "visidata")


def main() -> None:
    """Run the named measures (all by default), print a line each, and then the goals that are missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], default=[])
    parser.add_argument("-n", "--runs", type=int, default=11)
    parser.add_argument("--peers", type=Path, help="programs of an environment that has the peers already")
    arguments = parser.parse_args()
    missed = []
    _compile(Path(outcome_tracker.__file__).parent)  # as an installation is; else each run may do it anew
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), arguments.peers or _peers(Path(folder) / "peers"), arguments.runs)
        for name in arguments.names or MEASURES:
            try:
                for found in MEASURES[name](bench):
                    verdict = f"{'meets' if found.meets else 'MISSES'} the goal of {found.goal:.2f}"
                    line = f"{found.what:25} {found.shown(found.ours)}   {found.shown(found.theirs)}  {found.peer}"
                    print(f"{line:92} ratio {found.ratio:.2f} {verdict}", flush=True)
                    if not found.meets:
                        missed.append(f"{found.what} against {found.peer}: {found.ratio:.2f}, goal {found.goal:.2f}")
            except FileNotFoundError as error:
                print(f"{name:20} the rest of it is left out: {error}")
    print("\nMissed goals:\n  " + "\n  ".join(missed) if missed else "\nEvery goal is met.")
    sys.exit(1 if missed else 0)


def _peers(folder: Path) -> Path:
    """Make an environment with the peers, and return where their programs are."""
    print(f"Installing {' and '.join(PEERS)} into an environment of their own …", flush=True)
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    install = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *PEERS]
    subprocess.run(install, check=True)
    _compile(folder / "lib")
    return programs


def _compile(folder: Path) -> None:
    """Compile what is under a folder, also where the environment says that running it shall not."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder)], check=True)


main()
