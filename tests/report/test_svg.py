"""Drawings as SVG: an image with a name and words, shapes with classes and no colour, text that stays text."""

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line, Shape
from outcome_tracker.report.svg import svg
from tests.nasty import against


def element(*shapes: Shape, title: str = "Repeat plans", text: str = "Latest 15.9%.") -> Element:
    """The one shape's element, or without any the image's."""
    root = fromstring(svg(Drawing(420, 260.5, shapes, title, text), "chart-1"))
    return root[2] if shapes else root


def test_it_is_an_image_with_a_name_and_words() -> None:
    image = element()
    assert image.get("role") == "img"
    assert image.get("viewBox") == "0 0 420 260.5"
    assert image.get("aria-labelledby") == "chart-1-name chart-1-words"
    assert [(child.tag, child.get("id"), child.text) for child in image] == [
        ("title", "chart-1-name", "Repeat plans"),
        ("desc", "chart-1-words", "Latest 15.9%."),
    ]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (Line(((1, 2), (3.25, 4)), "own"), ("polyline", "line own", "1,2 3.25,4")),
        (Line(((1, 2), (3, 4)), "target", dashed=True), ("polyline", "line target dashed", "1,2 3,4")),
        (Area(((0, 0), (10, 0), (10, 5)), "amber"), ("polygon", "area amber", "0,0 10,0 10,5")),
        (Dot((5, 6), "own"), ("circle", "dot own", None)),
        (Dot((5, 6), "own", hollow=True), ("circle", "dot own hollow", None)),
        (Dot((5, 6), "before", square=True), ("rect", "dot before", None)),
        (Label((5, 6), "14% target", "target"), ("text", "label target", None)),
        (Label((5, 6), "15.9%", "own", "end", strong=True), ("text", "label own strong", None)),
    ],
)
def test_a_shape_has_the_class_of_its_role(shape: Shape, expected: tuple[str, str, str | None]) -> None:
    drawn = element(shape)
    assert (drawn.tag, drawn.get("class"), drawn.get("points")) == expected
    assert not {"style", "fill", "stroke"} & set(drawn.keys())


def test_places_are_where_the_drawing_has_them() -> None:
    circle, square = element(Dot((5, 6), "own")), element(Dot((50, 60), "own", square=True))
    assert (circle.get("cx"), circle.get("cy")) == ("5", "6")
    assert [float(square.get(side, 0)) for side in ("x", "y", "width", "height")] == [46.5, 56.5, 7, 7]
    text = element(Label((5, 6.125), "15.9%", "own", "middle"))
    assert [text.get(name) for name in ("x", "y", "text-anchor", "font-size")] == ["5", "6.125", "middle", "13"]


@pytest.mark.parametrize("text", against("web pages"))
def test_text_stays_text(text: str) -> None:
    assert element(Label((5, 6), text, "axis")).text == text
    assert [child.text for child in element(title=text, text=text)] == [text, text]
