"""Place the drawings of a report: each becomes an image, as SVG and as PNG for word processors."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence

from cpdkit.documents.entries import Diagram
from cpdkit.documents.tree import Block, attr, classes_of, clean_line, text

CLASS = "diagram"
DRAWING = "cpd-drawing"
"""The title that marks a drawing among the images."""
WHOLE = "whole"
"""The name of the drawing that is a file of its own."""
TALLEST = 560.0
"""Points that a drawing may be high."""
_POINTS = 72.0
_CENTIMETRES = 2.54


def with_drawings(
    skeleton: Sequence[Block],
    diagrams: Mapping[str, Diagram],
    media: MutableMapping[str, bytes],
    png_of: Callable[[str], bytes],
) -> list[Block]:
    """Return the skeleton with an image where a Div names a diagram by its key. `media` gets the images."""
    blocks: list[Block] = []
    for block in skeleton:
        key = _key(block)
        if key in diagrams:
            blocks.append(_image(diagrams[key], len(media), media, png_of))
        elif block["t"] == "Div" and not key:
            inside = with_drawings(block["c"][1], diagrams, media, png_of)
            blocks.append({"t": "Div", "c": [block["c"][0], inside]})
        elif not key:
            blocks.append(block)
    return blocks


def _key(block: Block) -> str:
    if block["t"] != "Div" or CLASS not in classes_of(block):
        return ""
    return str(dict(block["c"][0][2]).get("key", "")) or CLASS


def _image(diagram: Diagram, number: int, media: MutableMapping[str, bytes], png_of: Callable[[str], bytes]) -> Block:
    name = f"d{number + 1:04}.png"
    media[name] = png_of(diagram.svg)
    media[svg_name(name)] = diagram.svg.encode()
    width = f"{diagram.width / _POINTS * _CENTIMETRES:.2f}cm"
    words = [text(clean_line(diagram.alt))]
    return {
        "t": "Para",
        "c": [{"t": "Image", "c": [attr("", (CLASS,), width=width), words, [f"cpd-media:{name}", DRAWING]]}],
    }


def is_drawing(name: str) -> bool:
    """Return whether an image is one of these drawings."""
    return name.startswith("d")


def svg_name(name: str) -> str:
    """Return the name of the SVG of a drawing."""
    return f"{name.removesuffix('.png')}.svg"
