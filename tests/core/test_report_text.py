"""What people wrote, as blocks."""

from __future__ import annotations

from outcome_tracker.core.report import Bullets, Paragraph
from outcome_tracker.core.report_text import text_blocks


def test_lines_are_paragraphs_and_bullets_are_lists() -> None:
    text = "Two reasons:\n\n• Chronic neglect.\n• Breakdowns.\n\nIn order to improve:\n- More staff.\n- A plan."

    assert list(text_blocks(text)) == [
        Paragraph("Two reasons:"),
        Bullets(("Chronic neglect.", "Breakdowns.")),
        Paragraph("In order to improve:"),
        Bullets(("More staff.", "A plan.")),
    ]


def test_a_dash_without_a_space_is_no_bullet() -> None:
    assert list(text_blocks("-5% was expected\n– in short")) == [
        Paragraph("-5% was expected"),
        Bullets(("in short",)),
    ]


def test_bullets_apart_by_an_empty_line_are_one_list() -> None:
    assert list(text_blocks("• One\n\n• Two")) == [Bullets(("One", "Two"))]


def test_nothing_is_no_block() -> None:
    assert list(text_blocks("\n \n")) == []
