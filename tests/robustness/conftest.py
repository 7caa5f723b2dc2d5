"""Workspaces for the experiments, and the table of what they found."""

from collections.abc import Callable, Iterator

import pytest

from tests.cluster import cluster, tables
from tests.robustness.tally import KEY, Tally, table
from tests.running import small, small_template

__all__ = ["cluster", "small", "small_template", "tables"]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Callable[..., Tally]]:
    """Begin an experiment: `tally("power cut")`. What it counted stands in the table, however the test ends."""
    begun: list[Tally] = []

    def begin(experiment: str, *, careless: bool = False) -> Tally:
        begun.append(Tally(experiment, careless=careless))
        return begun[-1]

    yield begin
    request.node.user_properties += [(KEY, each.report()) for each in begun]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
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
