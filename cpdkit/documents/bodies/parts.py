"""The bodies of a report, each in its two parts, ready to be put into the skeleton."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from cpdkit.diagnostics import Diagnostic
from cpdkit.documents.bodies.bodies import Parsed, parse_each
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.documents.bodies.prepared import prepare
from cpdkit.documents.bodies.splice import shifted
from cpdkit.documents.problems import diagnostic
from cpdkit.documents.tree import Block, text
from cpdkit.journal.records import Activity, Objective, Post, Review

WithBody: TypeAlias = Activity | Objective | Post | Review

ACTIVITY_LEVEL = 3
"""The level of an activity's own heading; a body's headings start below it."""

DESCRIPTION, REFLECTION = "description", "reflection"


@dataclass(slots=True)
class Parts:
    """The parts by their keys (`a1.description`), the images they show, and what their owner should know."""

    blocks: dict[str, list[Block]] = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def parts_of(root: Path, records: Mapping[str, WithBody], wanted: Collection[str], heading: str) -> Parts:
    """The wanted parts of the bodies, by keys such as `a1.reflection`; `heading` is the word over a reflection.

    A body of which no part is wanted is not even read.
    """
    anchors = {key.rpartition(".")[0] for key in wanted}
    bodies = {anchor: record.body for anchor, record in records.items() if anchor in anchors}
    store = MediaStore(root)
    parts = Parts()
    for anchor, parsed in parse_each(bodies):
        both = _both_parts(anchor, records[anchor], parsed, store, heading, parts.diagnostics)
        parts.blocks |= {key: blocks for key, blocks in both.items() if key in wanted}
    parts.media = store.media
    return parts


def _both_parts(
    anchor: str, record: WithBody, parsed: Parsed, store: MediaStore, heading: str, found: list[Diagnostic]
) -> dict[str, list[Block]]:
    ready = prepare(parsed.blocks, prefix=f"{anchor}-", images=store.images_of(record.path))
    line = record.spans["body"].line if "body" in record.spans else 0
    found += (diagnostic(record.path, problem, line) for problem in (*parsed.problems, *ready.problems))
    reflection = shifted(ready.reflection, ACTIVITY_LEVEL + 1)
    # Links to the owner's heading lead to ours. Where none can, a full stop makes an id that no heading of a body has.
    over = _heading(ready.heading or f"{anchor}.{REFLECTION}", heading)
    return {
        f"{anchor}.{DESCRIPTION}": shifted(ready.description, ACTIVITY_LEVEL),
        f"{anchor}.{REFLECTION}": [over, *reflection] if reflection else [],
    }


def _heading(identifier: str, words: str) -> Block:
    return {"t": "Header", "c": [ACTIVITY_LEVEL + 1, [identifier, [], []], [text(words)]]}
