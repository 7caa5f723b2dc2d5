"""The HTML report: sound structure, inert text, nothing from outside, colours that can be read."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from outcome_tracker.core.rag import Rag
from outcome_tracker.core.report import Cell, Column, Report, Section, Table
from outcome_tracker.report import html
from outcome_tracker.report.html import css_text, render
from tests.nasty import against
from tests.report.example import COUNTS, report, warned

TEMPLATES = Path(html.__file__).parent / "templates"
NASTY = against("web pages")


def parsed(given: Report) -> Element:
    """The page as a tree: it is well-formed, which is more than HTML asks for."""
    found: Element = fromstring(render(given).removeprefix("<!DOCTYPE html>"))
    return found


def shown(element: Element) -> str:
    """An element's text with single spaces."""
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())


def of_class(page: Element, name: str) -> list[Element]:
    return [element for element in page.iter() if name in (element.get("class") or "").split()]


@pytest.fixture(scope="module")
def page() -> Element:
    return parsed(report())


# Structure


def test_the_page_says_what_it_is_in_which_language(page: Element) -> None:
    assert render(report()).startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert shown(next(page.iter("title"))).startswith("Feeling safe: Three of the four were rated Green.: Performance")


def test_landmarks_are_there_once_and_the_first_link_skips_to_the_report(page: Element) -> None:
    for tag in ("header", "nav", "main", "footer", "h1"):
        assert len(list(page.iter(tag))) == 1, tag
    first = next(page.iter("a"))
    assert (first.get("href"), first.get("class")) == ("#the_report", "skip")
    assert next(page.iter("main")).get("id") == "the_report"


def test_headings_are_in_order_without_gaps_however_deep(page: Element) -> None:
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert max(levels) == 6
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert "Deepest" in {shown(element) for element in page.iter("h6")}


def test_ids_are_unique_and_links_lead_to_them(page: Element) -> None:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    links = {link.get("href", "") for link in page.iter("a")}
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_contents_list_sections_and_those_below_unless_they_are_many() -> None:
    nav = next(parsed(report()).iter("nav"))
    assert "#SAFE-01" in {link.get("href") for link in nav.iter("a")}
    many = Section("many", "Appendix: definitions", (), tuple(Section(f"d-{n}", f"D{n}") for n in range(13)))
    nav = next(parsed(replace(report(), sections=(many,))).iter("nav"))
    assert [link.get("href") for link in nav.iter("a")] == ["#many"]


def test_a_table_has_a_caption_and_headings_with_scope_and_can_be_scrolled_by_key(page: Element) -> None:
    assert len(list(page.iter("table"))) == 3
    for box in of_class(page, "scroll"):
        [table] = box.iter("table")
        assert (box.get("role"), box.get("tabindex")) == ("region", "0")
        caption, _, head, body = list(table)
        assert box.get("aria-label", "").startswith(shown(caption))
        assert {th.get("scope") for th in head.iter("th")} == {"col"}
        for row in body.iter("tr"):
            assert [cell.tag for cell in row] == ["th", *["td"] * (len(row) - 1)]
            assert row[0].get("scope") == "row"
            assert len(row) == len(list(head.iter("th")))


def test_a_long_name_of_a_file_can_break_in_a_cell() -> None:
    table = Table("files", "Files", (Column("Name"), Column("Source")), ((Cell("SAFE-01"), Cell("a_<b>_c")),))
    page = parsed(replace(report(), sections=(Section("s", "S", (table,)),)))
    [cell] = page.iter("td")
    assert (shown(cell), [child.tag for child in cell]) == ("a_<b>_c", ["wbr", "wbr"])


def test_a_row_that_something_leads_to_has_its_place() -> None:
    table = Table("list", "Definitions", (Column("Indicator"),), ((Cell("SAFE-01", code="definition-SAFE-01"),),))
    page = parsed(replace(report(), sections=(Section("s", "S", (table,)),)))
    assert [th.get("id") for th in page.iter("th") if th.get("scope") == "row"] == ["definition-SAFE-01"]


def test_columns_of_a_printed_table_share_its_width_by_what_they_hold() -> None:
    columns = (Column("Indicator"), Column("Figure", numeric=True))
    table = Table("list", "List", columns, ((Cell("Children subject to a second plan " * 5), Cell("15.9%")),))
    page = parsed(replace(report(), sections=(Section("s", "S", (table,)),)))
    name, figure = (float(col.get("style", "").removeprefix("--share: ").removesuffix("%")) for col in page.iter("col"))
    assert name > 3 * figure
    assert name + figure == pytest.approx(100)


def test_regions_have_names_of_their_own(page: Element) -> None:
    assert [box.get("aria-label") for box in of_class(page, "scroll")] == ["Ratings", "Ratings (2)", "All measures"]


def test_numbers_are_at_the_right_under_their_heading(page: Element) -> None:
    table = next(t for t in page.iter("table") if t.get("id") == "table_all")
    heads = [th.get("class") for th in table.iter("th") if th.get("scope") == "col"]
    first = next(table.iter("tbody"))[0]
    assert [cell.get("class") == "numeric" for cell in first] == [head == "numeric" for head in heads]
    assert heads.count("numeric") == 3


def test_a_rating_has_a_shape_beside_its_word_that_is_not_read_out(page: Element) -> None:
    marked = of_class(page, "judged")
    assert {(m.get("class"), shown(m)) for m in marked} >= {
        ("judged green", "● Green"),
        ("judged amber", "▲ Amber"),
        ("judged red", "■ Red"),
        ("judged m", "◌ M, not returned"),
        ("judged improved", "↗ Improved"),
        ("judged declined", "↘ Declined"),
    }
    assert all(glyph.get("aria-hidden") == "true" for glyph in of_class(page, "glyph"))


def test_headlines_are_in_words_and_again_as_a_bar_without_what_is_zero(page: Element) -> None:
    first, _, last = of_class(page, "headline")
    assert [shown(p) for p in first][:2] == ["Are we achieving our targets?", "Green – 4; Amber – 0; Red – 8; M – 3"]
    bar = first[2]
    assert bar.get("aria-hidden") == "true"
    counted = [(rag.value, f"flex-grow: {number}") for rag, number in COUNTS.items() if number]
    assert [(part.get("class"), part.get("style")) for part in bar] == counted
    assert Rag.AMBER.value not in {part.get("class") for part in bar}
    assert len(last) == 2


def test_facts_are_pairs_and_stand_beside_the_chart_that_follows(page: Element) -> None:
    [both] = of_class(page, "beside")
    assert [child.tag for child in both] == ["dl", "figure"]
    assert [shown(pair) for pair in both[0]][1] == "Polaritylower is better"
    assert len(list(page.iter("figure"))) == 2


def test_paragraphs_keep_their_lines_and_their_kinds(page: Element) -> None:
    assert [shown(p) for p in of_class(page, "lead")] == ["Three of the four were rated Green."]
    assert [shown(quote) for quote in page.iter("blockquote")] == ["Three of the four were rated Green."]
    assert "Printed in the source." in [shown(p) for p in of_class(page, "note")]
    assert any((p.text or "").endswith("rated Green.\nSecond line") for p in page.iter("p"))
    assert [shown(item) for item in page.iter("li")][-2:] == ["Three of the four were rated Green.", "The second"]


def test_a_chart_is_an_image_with_name_and_words(page: Element) -> None:
    images = list(page.iter("svg"))
    assert [image.get("role") for image in images] == ["img", "img"]
    assert images[0].get("aria-labelledby") == "chart_1-name chart_1-words"
    assert images[1].get("aria-labelledby") == "chart_2-name chart_2-words"


def test_a_warning_comes_before_everything_and_on_every_printed_page() -> None:
    header = next(parsed(warned()).iter("header"))
    assert shown(header[0]) == "Small numbers are not hidden in this report."
    assert '@bottom-left { content: "Small numbers are not hidden in this report\\2e "; }' in render(warned())
    assert not of_class(parsed(report()), "warning")


def test_the_table_of_all_measures_is_printed_across_with_the_headings_before_it(page: Element) -> None:
    assert [section.get("id") for section in of_class(page, "wide")] == ["measures", "all"]


def test_a_report_without_facts_or_sections_is_a_page_too() -> None:
    bare = parsed(Report("Title", "Subtitle", "Council", (), ()))
    assert shown(next(bare.iter("main"))) == ""
    assert not list(bare.iter("dl"))


# Inert


@pytest.mark.parametrize("words", NASTY)
def test_text_from_people_stays_text(words: str) -> None:
    page, plain = parsed(report(words)), parsed(report("plain"))
    assert [element.tag for element in page.iter()] == [element.tag for element in plain.iter()]
    assert [sorted(element.keys()) for element in page.iter()] == [sorted(element.keys()) for element in plain.iter()]
    assert shown(of_class(page, "lead")[0]) == " ".join(words.split())
    assert shown(next(page.iter("h1"))) == " ".join(f"Feeling safe: {words}".split())


@pytest.mark.parametrize("words", NASTY)
def test_text_from_people_ends_no_string_of_the_style_sheet(words: str) -> None:
    assert re.fullmatch(r"([A-Za-z0-9 ]|\\[0-9a-f]{2,6} )*", css_text(words))
    style = next(parsed(report(words)).iter("style")).text or ""
    assert style.count("{") == style.count("}") == (next(parsed(report("plain")).iter("style")).text or "").count("{")


def test_a_running_head_reads_as_the_title_does() -> None:
    assert css_text('A "B" – c') == r"A \22 B\22  \2013  c"


def test_nothing_comes_from_outside_and_nothing_runs(page: Element) -> None:
    text = render(report())
    assert not re.search(r"(https?:)?//\w|url\(|@import|javascript:|<script|<link|<iframe|\ssrc=|\son\w+=", text)
    policy = next(m for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_the_same_report_gives_the_same_page() -> None:
    assert render(report()) == render(report())


def test_shapes_have_no_colours_of_their_own(page: Element) -> None:
    for image in page.iter("svg"):
        assert not [e for e in image.iter() if {"style", "fill", "stroke", "color"} & set(e.keys())]


def test_a_figure_without_text_or_a_table_without_rows_does_not_break_the_page() -> None:
    empty = Table("none", "Nothing", (Column("Indicator"), Column("Figure", numeric=True)), ())
    blank = Table("blank", "Blank", (Column("Indicator"), Column("Figure")), ((Cell("SAFE-01"), Cell("")),))
    page = parsed(replace(report(), sections=(Section("s", "S", (empty, blank)),)))
    assert [len(list(body)) for body in page.iter("tbody")] == [0, 1]


# Colours

STYLE = (TEMPLATES / "report.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
)
ON_PAGE = ["ink", "quiet", "link", "own", "green", "amber", "red"]
ON_TINT = ["green-tint", "amber-tint", "red-tint", "grey-tint", "band", "panel"]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours such as `#54534f`."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_can_be_read_in_both_schemes(colours: dict[str, str]) -> None:
    assert set(colours) == set(LIGHT)
    for name in ON_PAGE:
        assert contrast(colours[name], colours["page"]) >= 4.5, name
    for name in ON_TINT:
        assert contrast(colours["ink"], colours[name]) >= 4.5, name
    assert contrast(colours["quiet"], colours["band"]) >= 4.5  # a label over the Amber band
    assert contrast(colours["on-warning"], colours["warning"]) >= 4.5


def test_colours_are_named_in_one_place() -> None:
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|\b(rgb|hsl)a?\(", rules)
    assert set(re.findall(r"var\(--([a-z-]+)\)", rules)) <= {*LIGHT, "share"}  # of a column
