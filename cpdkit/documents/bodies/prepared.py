"""One body from what Pandoc read to what a document takes: private passages out, its parts apart, vetted.

The order matters: what is private or unanswered goes before the vetting, so that no image of it is taken in and no link
leads to a heading that is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cpdkit.documents.bodies.splice import Split, split, without_notes, without_private
from cpdkit.documents.bodies.staging import unscoped
from cpdkit.documents.bodies.vet import known_ids, no_images, vet_parts
from cpdkit.documents.bodies.vetting import Images
from cpdkit.documents.problems import Problem
from cpdkit.documents.tree import Block


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body's two parts, heading levels as typed, and how many unanswered prompts and private passages went.

    `heading` is the id that the heading over the reflection has to have, empty where no link can lead to it.
    """

    description: list[Block]
    reflection: list[Block]
    unanswered: int
    private: int
    problems: tuple[Problem, ...]
    heading: str = ""


def prepare(blocks: Sequence[Block], *, prefix: str, images: Images = no_images) -> Prepared:
    """Prepare one parsed body. `prefix` goes before its ids."""
    public, private = without_private(without_notes(blocks))
    parts = split(public)
    both, over = (parts.description, parts.reflection), _over(parts)
    (description, reflection), problems = vet_parts(both, prefix=prefix, images=images, also=over)
    if over and not reflection:
        # Nothing of it is left, so its heading isn't printed, and links must not lead there.
        (description, _), problems = vet_parts(both, prefix=prefix, images=images)
        over = ""
    return Prepared(description, reflection, parts.unanswered, private, problems, over and prefix + over)


def _over(parts: Split) -> str:
    """The id of the heading over the reflection, as its owner links to it; empty where another heading has it too."""
    if parts.heading is None:
        return ""
    name = unscoped(parts.heading["c"][1][0])
    return name if name in known_ids((*parts.description, *parts.reflection, parts.heading)) else ""
