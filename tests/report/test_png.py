import sys
from io import BytesIO
from typing import get_args

import pytest
from PIL import Image

from outcome_tracker.core.drawing import Area, Dot, Drawing, Label, Line, Role, Shape
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.report import png as module
from outcome_tracker.report.png import png
from tests.report.blocks import CHART


def drawn(*shapes: Shape, scale: int = 1) -> Image.Image:
    return Image.open(BytesIO(png(Drawing(60, 40, shapes, "", ""), scale))).convert("RGB")


def inked(image: Image.Image) -> list[tuple[int, int]]:
    """Where it is not white."""
    return [
        (x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) != (255, 255, 255)
    ]


def test_it_is_as_large_as_the_drawing_times_the_scale() -> None:
    assert Image.open(BytesIO(png(CHART))).size == (1260, 600)
    assert Image.open(BytesIO(png(CHART, 2))).size == (840, 400)


def test_nothing_drawn_is_white() -> None:
    assert inked(drawn()) == []


def test_a_line_goes_from_spot_to_spot() -> None:
    spots = inked(drawn(Line(((10, 20), (50, 20)), "own")))
    assert {x for x, _ in spots} == set(range(min(x for x, _ in spots), max(x for x, _ in spots) + 1))
    assert {y for _, y in spots} == {20, 21}


def test_a_dashed_line_has_gaps_and_goes_around_corners() -> None:
    image = drawn(Line(((5, 5), (55, 5), (55, 35)), "target", dashed=True), scale=2)
    spots = inked(image)
    across = {x for x, y in spots if 8 <= y <= 12}
    down = {y for x, y in spots if 108 <= x <= 112}
    assert 0 < len(across) < 100
    assert 0 < len(down) < 60
    assert max(down) > 50


def test_an_area_is_filled_and_one_of_two_spots_is_nothing() -> None:
    assert len(inked(drawn(Area(((10, 10), (30, 10), (30, 20), (10, 20)), "amber")))) >= 200
    assert inked(drawn(Area(((10, 10), (30, 10)), "amber"))) == []


def test_dots_are_round_or_square_and_hollow_ones_are_white_inside() -> None:
    full, hollow, square = (
        drawn(Dot((30, 20), "own", hollow=hollow, square=square), scale=4)
        for hollow, square in ((False, False), (True, False), (False, True))
    )
    assert full.getpixel((120, 80)) != (255, 255, 255)
    assert hollow.getpixel((120, 80)) == (255, 255, 255)
    assert len(inked(hollow)) > 100
    assert len(inked(square)) > len(inked(full))


@pytest.mark.parametrize(("anchor", "left", "right"), [("start", 30, 60), ("middle", 10, 50), ("end", 0, 31)])
def test_a_label_stands_on_its_spot(anchor: str, left: int, right: int) -> None:
    spots = inked(drawn(Label((30, 20), "14%", "target", anchor)))  # type: ignore[arg-type]  # one of the three
    assert left <= min(x for x, _ in spots)
    assert max(x for x, _ in spots) <= right
    assert max(y for _, y in spots) <= 21


def test_strong_text_has_more_ink() -> None:
    plain, strong = (inked(drawn(Label((5, 20), "15.9%", "own", strong=strong), scale=3)) for strong in (False, True))
    assert len(strong) > len(plain)


@pytest.mark.parametrize("role", get_args(Role))
def test_every_role_has_a_pen(role: Role) -> None:
    shapes = (
        Area(((10, 10), (50, 10), (50, 30), (10, 30)), role),
        Line(((0, 0), (50, 30)), role),
        Dot((30, 20), role),
        Label((10, 20), "1", role),
    )
    assert inked(drawn(*shapes))


def test_text_can_be_read_on_white_and_on_every_ground() -> None:
    pens = module._PENS.values()  # noqa: SLF001 - the table is what is judged
    assert min(contrast(pen.text, "#ffffff") for pen in pens) >= 4.5
    assert min(contrast("#1d2a33", pen.fill) for pen in pens) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""
    lights = sorted(map(luminance, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour.lstrip("#")[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_that_no_font_has_are_written_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FACES", ())
    module._fonts.cache_clear()  # noqa: SLF001 - fonts are looked for once
    try:
        _, text = module._font("café – £5 \U0001f469", False, 20)  # noqa: SLF001 - what the picture shows
    finally:
        module._fonts.cache_clear()  # noqa: SLF001 - and are found again by other tests
    assert text == "cafe - GBP 5 ?"


def test_the_same_drawing_is_the_same_bytes() -> None:
    assert png(CHART) == png(CHART)


def test_without_pillow_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(Unavailable, match="pip install python-docx pillow"):
        png(CHART)


@pytest.mark.parametrize("scale", [1, 3])
def test_it_is_right_with_however_many_colours(scale: int) -> None:
    roles: tuple[Role, ...] = get_args(Role)
    colours = {module._PENS[role].line for role in roles} | {module._PENS[role].fill for role in roles}  # noqa: SLF001 - as printed
    shapes: list[Shape] = []
    for place, role in enumerate(roles):
        shapes += [Line(((1, 3 * place + 2), (8, 3 * place + 2)), role)]
        shapes += [Area(((11, 3 * place), (18, 3 * place), (18, 3 * place + 2), (11, 3 * place + 2)), role)]
    file = BytesIO(png(Drawing(21, 3 * len(roles), tuple(shapes), "", ""), scale))
    with Image.open(file) as image:
        image.verify()
    found = Image.open(file).convert("RGB").getcolors()
    assert found is not None
    assert {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in found} == {*colours, "#ffffff"}  # type: ignore[misc] # of an RGB image
    assert len(colours) > 16


def test_it_says_its_size_on_paper() -> None:
    across, down = Image.open(BytesIO(png(CHART))).info["dpi"]
    assert round(across) == round(down) == 96 * module.SCALE
