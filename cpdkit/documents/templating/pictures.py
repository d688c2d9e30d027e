"""The pictures of a template, such as a logo: files of the journal, by their paths from `templates/`."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PIL import Image

from cpdkit.documents.bodies.builder import Images, MissingImage
from cpdkit.documents.codes import Problem
from cpdkit.documents.tree import Block, classes_of

LOGO = "logo"
"""The class of a picture that is only as high as a letterhead."""
LOGO_HEIGHT, LOGO_WIDTH = 1.6, 6.0
"""Centimetres."""


def with_pictures(
    skeleton: Sequence[Block], images: Images, media: Mapping[str, bytes]
) -> tuple[list[Block], tuple[Problem, ...]]:
    """Return the skeleton with each picture found by `images`, and problems. One that is missing becomes its words."""
    problems: list[Problem] = []
    blocks: list[Block] = _Finder(images, media, problems).of(list(skeleton))
    return blocks, tuple(problems)


def _has_pictures(part: Any) -> bool:
    return any(True for _ in _pictures(part))


def _pictures(part: Any) -> Iterator[Any]:
    if isinstance(part, list):
        for inner in part:
            yield from _pictures(inner)
    elif isinstance(part, dict):
        if part.get("t") == "Image":
            yield part
        elif isinstance(part.get("c"), list):
            yield from _pictures(part["c"])


class _Finder:
    def __init__(self, images: Images, media: Mapping[str, bytes], problems: list[Problem]) -> None:
        self.images = images
        self.media = media
        self.problems = problems

    def of(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self.of(inner) for inner in part] if _has_pictures(part) else part
        if not isinstance(part, dict) or not _has_pictures(part):
            return part
        return self.picture(part) if part["t"] == "Image" else {**part, "c": self.of(part["c"])}

    def picture(self, image: Any) -> Any:
        (_, classes, _), words, (address, _) = image["c"]
        found = self.images(address)
        if isinstance(found, MissingImage):
            shown = address.removeprefix("../") if address.startswith("../") else f"templates/{address}"
            self.problems.append(Problem("CPD902", f"the image {shown} {found.reason}", found.hint))
            return {"t": "Span", "c": [["", [], []], words]}
        width = self.logo_width(found.name, found.width) if LOGO in classes_of(image) else found.width
        return {
            "t": "Image",
            "c": [["", classes, [["width", f"{width:.2f}cm"]]], words, [f"cpd-media:{found.name}", ""]],
        }

    def logo_width(self, name: str, width: float) -> float:
        with Image.open(io.BytesIO(self.media[name])) as image:
            return min(width, LOGO_WIDTH, LOGO_HEIGHT * image.width / image.height)
