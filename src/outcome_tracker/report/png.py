"""A drawing as a PNG, for Word, which shows no SVG of its own. Its colours are those of the page on a light ground."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, assert_never

from outcome_tracker.core.drawing import TEXT, Area, Dot, Label, Line
from outcome_tracker.core.problem import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from outcome_tracker.core.drawing import Drawing, Role, Spot

SCALE = 3  # pixels a unit: 250 dots an inch at the size that charts have in Word
_WHITE = "#ffffff"


class _Pen(NamedTuple):
    """What a role looks like: a line's colour and width, what fills an area, and the colour of its text."""

    line: str
    width: float
    fill: str
    text: str


_DARK, _GREY = "#1d2a33", "#4f5b66"
_PENS: dict[Role, _Pen] = {
    "own": _Pen("#1d4f91", 2.4, "#d3e0f0", _DARK),
    "target": _Pen(_DARK, 1.4, "#e3e6e8", _DARK),
    "amber": _Pen("#c77700", 1, "#fdeccb", "#7a4a00"),
    "comparator": _Pen("#6b7782", 1.4, "#e3e6e8", _GREY),
    "interval": _Pen("#9fb6d3", 1.2, "#e4ecf6", _GREY),
    "axis": _Pen("#8a949d", 1, "#e3e6e8", _GREY),
    "grid": _Pen("#e1e5e8", 1, "#f2f4f5", _GREY),
    "mean": _Pen("#4f5b66", 1.2, "#e3e6e8", _GREY),
    "limit": _Pen("#8a949d", 1, "#eef1f3", _GREY),
    "improvement": _Pen("#005ea5", 2, "#d3e0f0", "#004b84"),
    "concern": _Pen("#b3450a", 2, "#f8ddcd", "#8a3407"),
    "unusual": _Pen("#6b3fa0", 2, "#e6dcf2", "#55318a"),
    "before": _Pen("#7d95b3", 1.6, "#e4ecf6", _GREY),
}
_AS_IS, _UP = b"\0", b"\2"  # how a row of a PNG is told: by itself, or by what differs from the row above
_PALETTE = 3  # a PNG's kind of picture: each pixel is one of its colours
_DASH = (5.0, 3.5)  # units drawn and left out
_DOT = 2.9  # units from the middle of a dot to its edge
# Plain first, strong second. Each system has one of these; Pillow's own font, which has few letters, is the last.
_FACES = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
)
_INSTEAD = {"–": "-", "—": "-", "−": "-", "\u2011": "-", "×": "x", "£": "GBP ", "•": "*", "…": "..."}
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(drawing: Drawing, scale: int = SCALE) -> bytes:
    """Draw it with `scale` pixels a unit, in its few colours: as large as that, edges need no smoothing."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise missing() from error
    size = (max(round(drawing.width), 1) * scale, max(round(drawing.height), 1) * scale)
    image = Image.new("P", size)
    image.putpalette([255, 255, 255])
    draw = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        match shape:
            case Line():
                _line(draw, shape, scale)
            case Area():
                if len(shape.spots) > 2:  # noqa: PLR2004 - two spots enclose nothing
                    draw.polygon([(x * scale, y * scale) for x, y in shape.spots], fill=_PENS[shape.role].fill)
            case Dot():
                _dot(draw, shape, scale)
            case Label():
                _label(draw, shape, scale)
            case _:
                assert_never(shape)
    return _packed(image, round(96 * scale / 0.0254))


def _packed(image: Image, dots: int) -> bytes:
    """Return a picture as a file, with `dots` a metre.

    Pillow spends as long on packing a chart as on drawing it. Of a few colours a pixel needs half a byte, and most rows
    are as the one above.
    """
    colours = image.getpalette() or []
    depth, packing = (4, "P;4") if len(colours) <= 3 * 16 else (8, "P")
    pixels = image.tobytes("raw", packing)
    wide = len(pixels) // image.height
    rows, above, same = [], b"", _UP + bytes(wide)
    for start in range(0, len(pixels), wide):
        row = pixels[start : start + wide]
        rows.append(same if row == above else _AS_IS + row)
        above = row
    pack = zlib.compressobj(1, strategy=zlib.Z_RLE)
    size = struct.pack(">IIBBBBB", image.width, image.height, depth, _PALETTE, 0, 0, 0)
    parts = (
        (b"IHDR", size),
        (b"PLTE", bytes(colours)),
        (b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        (b"IDAT", pack.compress(b"".join(rows)) + pack.flush()),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def missing() -> Unavailable:
    """Return what to say where the libraries for Word are not installed."""
    return Unavailable(
        "Word reports need libraries that are not installed.",
        "Install them with: python -m pip install python-docx pillow",
    )


def _line(draw: ImageDraw, line: Line, scale: int) -> None:
    pen = _PENS[line.role]
    width = max(round(pen.width * scale), 1)
    for spots in _dashes(line.spots) if line.dashed else (line.spots,):
        draw.line([(x * scale, y * scale) for x, y in spots], fill=pen.line, width=width, joint="curve")


def _dashes(spots: Sequence[Spot]) -> Iterator[tuple[Spot, ...]]:
    """Cut a line into dashes that run on around its corners."""
    drawn, left, dash = True, _DASH[0], [spots[0]]
    for (x, y), (to_x, to_y) in pairwise(spots):
        length, at = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 0.0
        while length - at > left:
            at += left
            spot = (x + (to_x - x) * at / length, y + (to_y - y) * at / length)
            if drawn:
                yield (*dash, spot)
            drawn, dash = not drawn, [spot]
            left = _DASH[0] if drawn else _DASH[1]
        left -= length - at
        dash.append((to_x, to_y))
    if drawn and len(dash) > 1:
        yield tuple(dash)


def _dot(draw: ImageDraw, dot: Dot, scale: int) -> None:
    pen = _PENS[dot.role]
    x, y = dot.spot
    box = tuple(part * scale for part in (x - _DOT, y - _DOT, x + _DOT, y + _DOT))
    paint = draw.rectangle if dot.square else draw.ellipse
    paint(box, fill=_WHITE if dot.hollow else pen.line, outline=pen.line, width=round(1.4 * scale))


def _label(draw: ImageDraw, label: Label, scale: int) -> None:
    font, text = _font(label.text, label.strong, round(TEXT * scale))
    written, (right, down) = _written(font, text, _ANCHORS[label.anchor])
    spot = (round(label.spot[0] * scale) + right, round(label.spot[1] * scale) + down)
    draw.bitmap(spot, written, fill=_PENS[label.role].text)


@lru_cache(maxsize=4096)
def _written(font: FreeTypeFont, text: str, anchor: str) -> tuple[Image, tuple[int, int]]:
    """Return a text in black and white, and where it lies from its anchor; charts share most of their axes' labels."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = (round(edge) for edge in font.getbbox(text, "1", anchor=anchor))
    written = Image.new("1", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(written).text((-left, -top), text, fill=1, font=font, anchor=anchor)
    return written, (left, top)


def _font(text: str, strong: bool, size: int) -> tuple[FreeTypeFont, str]:  # noqa: FBT001 - three plain facts
    """Return the first font that has every letter, else Pillow's own with what it lacks written otherwise."""
    fonts = _fonts(strong, size)
    for font in fonts:
        if all(_has(font, letter) for letter in set(text)):
            return font, text
    return fonts[0], "".join(_replaced(fonts[0], letter) for letter in text)


@lru_cache(maxsize=8)
def _fonts(strong: bool, size: int) -> tuple[FreeTypeFont, ...]:  # noqa: FBT001 - a key of the cache
    from PIL import ImageFont

    found = []
    for faces in _FACES:
        try:
            found.append(ImageFont.truetype(faces[strong], size, layout_engine=ImageFont.Layout.BASIC))
        except OSError:
            continue
    built_in = ImageFont.load_default(size)
    if isinstance(built_in, ImageFont.FreeTypeFont):
        found.append(built_in)
    return tuple(found)


@lru_cache(maxsize=4096)
def _has(font: FreeTypeFont, letter: str) -> bool:
    """Tell whether a font draws a letter as something else than what it draws for every letter it lacks."""
    shape, lacking = font.getmask(letter), font.getmask("\uffff")
    return letter == " " or shape.size != lacking.size or bytes(shape) != bytes(lacking)


def _replaced(font: FreeTypeFont, letter: str) -> str:
    if _has(font, letter):
        return letter
    plain = unicodedata.normalize("NFKD", letter)[0]
    return _INSTEAD.get(letter) or (plain if _has(font, plain) else "?")
