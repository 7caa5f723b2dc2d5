"""Workspaces for the experiments, and how each tells what it found; tests/conftest.py prints the table of them all."""

from collections.abc import Callable, Iterator

import pytest

from tests.robustness.tally import KEY, Tally
from tests.running import small, small_template

__all__ = ["small", "small_template"]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Callable[..., Tally]]:
    """Begin an experiment: `tally("power cut")`. What it counted stands in the table, however the test ends."""
    begun: list[Tally] = []

    def begin(experiment: str, *, careless: bool = False) -> Tally:
        begun.append(Tally(experiment, careless=careless))
        return begun[-1]

    yield begin
    request.node.user_properties += [(KEY, each.report()) for each in begun]
