"""What every test may rely on: nobody's own settings and files, and runs that can be repeated."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.cluster import cluster, database, tables
from tests.offline.sitecustomize import only_this_machine
from tests.robustness.tally import KEY, table

__all__ = ["cluster", "database", "tables"]

only_this_machine()  # whatever a test does, nothing is fetched and nothing sent

# Where Python is told to write no compiled files, thousands of modules would be compiled anew by every worker and by
# every process that a test starts. They go where pytest keeps what it keeps, not beside the sources.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parent.parent / ".pytest_cache" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

if TYPE_CHECKING:
    from tests.hostile import Filled

# The same examples on every run: a change's tests pass or fail because of the change. `--hypothesis-profile=search`
# looks for new ones; `make robustness` tries `thorough` on what is slow. No deadline: a busy machine is no defect.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=1_500)
settings.register_profile("search", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_person_who_runs_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point what platformdirs reads at an empty home and forget OUTCOME_TRACKER_*, for subprocesses as well."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("OUTCOME_TRACKER_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(home))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> "Filled":
    """A workspace in which everything that people can write is nasty; for looking at, not for changing."""
    from tests.hostile import Feed, fill

    folder = tmp_path_factory.mktemp("hostile") / "workspace"
    folder.mkdir()
    return fill(folder, Feed())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with the table of what the experiments in tests/robustness found, where any was run, by whichever process."""
    reports = [
        value
        for found in terminalreporter.stats.values()
        for report in found
        if getattr(report, "when", "") == "teardown"
        for key, value in report.user_properties
        if key == KEY
    ]
    if reports:
        terminalreporter.section("what was tried, and what was wrong")
        for line in table(reports):
            terminalreporter.line(line)
