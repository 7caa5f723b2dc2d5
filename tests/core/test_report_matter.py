"""Codes of sections."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from outcome_tracker.core.report_matter import anchor

CODES = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,8}", fullmatch=True)


def test_a_code_is_the_end_of_its_anchor() -> None:
    assert anchor("indicator", "SAFE-01") == "indicator-SAFE-01"
    assert anchor("indicator", "SAFE.A_1") == "indicator-SAFE-x2e-A-x5f-1"


@given(CODES)
def test_an_anchor_is_letters_digits_and_hyphens(code: str) -> None:
    assert re.fullmatch("[A-Za-z0-9-]+", anchor("indicator", code))
