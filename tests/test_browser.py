"""That the browser sees what it is asked to look for: otherwise its silence about a report would mean nothing."""

from pathlib import Path

import pytest

from tests.browser import answer, faults

pytestmark = pytest.mark.documents

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body><main><h1>Good</h1><p>Text</p></main></body></html>"""


def test_a_good_page_has_no_faults(tmp_path: Path) -> None:
    assert faults(GOOD, tmp_path) == []


def test_faults_are_found_in_what_cannot_be_read(tmp_path: Path) -> None:
    bad = GOOD.replace("<p>Text</p>", '<p style="color: #ccc; background: #fff">Text</p><h4>Deep</h4>')
    assert [fault.partition(":")[0] for fault in faults(bad, tmp_path)] == ["color-contrast", "heading-order"]


def test_a_page_is_as_wide_as_a_phone_and_as_dark_as_asked(tmp_path: Path) -> None:
    script = "async () => [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]"
    assert answer(GOOD, script, tmp_path, width=360) == [360, False]
    assert answer(GOOD, script, tmp_path, width=360, dark=True) == [360, True]
    assert answer(GOOD, script, tmp_path) == [1280, False]
