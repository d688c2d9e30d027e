"""One body from what Pandoc read to what a document takes: private passages out, its parts apart, vetted.

The order matters: what is private or unanswered goes before the vetting, so that no image of it is taken in and no link
leads to a heading that is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cpdkit.documents.ast import Block
from cpdkit.documents.bodies.splice import split, without_notes, without_private
from cpdkit.documents.bodies.vet import no_images, vet_parts
from cpdkit.documents.bodies.vetting import Images
from cpdkit.documents.problems import Problem


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body's two parts, heading levels as typed, and how many unanswered prompts and private passages went."""

    description: list[Block]
    reflection: list[Block]
    unanswered: int
    private: int
    problems: tuple[Problem, ...]


def prepare(blocks: Sequence[Block], *, prefix: str, images: Images = no_images) -> Prepared:
    """Prepare one parsed body. `prefix` goes before its ids."""
    public, private = without_private(without_notes(blocks))
    parts = split(public)
    (description, reflection), problems = vet_parts([parts.description, parts.reflection], prefix=prefix, images=images)
    return Prepared(description, reflection, parts.unanswered, private, problems)
