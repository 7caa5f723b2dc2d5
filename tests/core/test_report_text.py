"""What people wrote, as blocks."""

from __future__ import annotations

from outcome_tracker.core.commentary import Commentary
from outcome_tracker.core.period import parse
from outcome_tracker.core.report import Bullets, Facts, Paragraph
from outcome_tracker.core.report_text import said_blocks, text_blocks


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


def _said(section: str, text: str) -> Commentary:
    return Commentary("SAFE-01", parse("2018-19 Q4"), section, text)


def test_answers_of_one_line_are_facts_and_longer_ones_keep_their_lines() -> None:
    said = [_said("Analysis and issues", "All."), _said("Cause", "Winter:\n- cold\n- dark"), _said("Owner", "Jo")]

    assert said_blocks(said) == (
        Facts((("Owner of the action", "Jo"),)),
        Paragraph("Analysis and issues:", note=True),
        Paragraph("All."),
        Paragraph("Cause:", note=True),
        Paragraph("Winter:"),
        Bullets(("cold", "dark")),
    )


def test_a_single_section_needs_no_name_unless_it_is_a_judgement() -> None:
    assert said_blocks([_said("Analysis and issues", "All.")]) == (Paragraph("All."),)
    assert said_blocks([_said("Year-end forecast", "15%")]) == (
        Paragraph("Year-end forecast (judgement):", note=True),
        Paragraph("15%"),
    )
