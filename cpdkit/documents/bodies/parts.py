"""Build the bodies of a report, each in two parts, for insertion into the skeleton."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cpdkit.diagnostics import Diagnostic
from cpdkit.documents.bodies.builder import Builder, Images, heading_ids
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.documents.codes import Problem, diagnostic
from cpdkit.documents.tree import Block as Node
from cpdkit.documents.tree import text
from cpdkit.journal.records import Activity, Claim, Objective, Post, Review
from cpdkit.journal.sections import by_heading, outline, unanswered
from cpdkit.text.markdown import LONGEST, MOST_LINES, Document, Heading, read
from cpdkit.text.markdown_blocks import Block

WithBody: TypeAlias = Activity | Objective | Post | Review | Claim

ACTIVITY_LEVEL = 3
"""The level of an activity's own heading; a body's headings start below it."""
DEEPEST = 6
"""The lowest level that a heading can have in any format."""

DESCRIPTION, REFLECTION = "description", "reflection"


@dataclass(slots=True)
class Parts:
    """The parts by their keys (`a1.description`), their images, and the problems found."""

    blocks: dict[str, list[Node]] = field(default_factory=dict)
    media: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def parts_of(store: MediaStore, records: Mapping[str, WithBody], wanted: Collection[str], heading: str) -> Parts:
    """Return the wanted parts of the bodies, by keys such as `a1.reflection`; `heading` is the title of a reflection.

    Their images are in `store`. A body is read only if one of its parts is wanted.
    """
    anchors = {key.rpartition(".")[0] for key in wanted}
    parts = Parts()
    for anchor, record in records.items():
        if anchor in anchors:
            body = build(record.body, heading, prefix=f"{anchor}-", images=store.images_of(record.path))
            line = record.spans["body"].line if "body" in record.spans else 0
            parts.diagnostics += (diagnostic(record.path, problem, line) for problem in body.problems)
            both = {f"{anchor}.{DESCRIPTION}": body.description, f"{anchor}.{REFLECTION}": body.reflection}
            parts.blocks |= {key: blocks for key, blocks in both.items() if key in wanted}
    parts.media = store.media
    return parts


@dataclass(frozen=True, slots=True)
class BuiltBody:
    """A body's two parts. Headings have their levels in the document.

    The reflection has its own heading, unless it starts with a question.
    """

    description: list[Node]
    reflection: list[Node]
    problems: tuple[Problem, ...] = ()


def build(body: str, heading: str, *, prefix: str, images: Images) -> BuiltBody:
    """Build one body. `heading` is the title of the reflection, `prefix` goes before the ids of headings."""
    document = read(body)
    description, reflection, own = _split(document)
    ids = heading_ids(document)
    public = [each for each in (*description, *reflection) if not each.private]
    printed = {each.start: ids[each.start] for each in public if each.start in ids}
    over = ids.get(own.block.start, "") if own else ""
    builder = Builder(document, images, prefix, {**printed, **({own.block.start: over} if own and over else {})})
    below = builder.blocks(reflection)
    if over and not below:
        # The reflection is empty, so its heading is not printed, and no link may lead to it.
        builder = Builder(document, images, prefix, printed)
    above = builder.blocks(description)
    # Links to the owner's heading lead to ours. Otherwise a full stop makes an id that no heading of a body can have.
    name = prefix + over if over else f"{prefix.removesuffix('-')}.{REFLECTION}"
    title: Node = {"t": "Header", "c": [ACTIVITY_LEVEL + 1, [name, [], []], [text(heading)]]}
    problems = sorted((*_remarks(document), *builder.problems), key=lambda problem: problem.line)
    if not below or (below[0]["t"] == "Header" and not (over and f"(#{over}" in document.body)):
        # A question is heading enough for its answer.
        answers = shifted(below, ACTIVITY_LEVEL)
    else:
        answers = [title, *shifted(below, ACTIVITY_LEVEL + 1)]
    return BuiltBody(shifted(above, ACTIVITY_LEVEL), answers, tuple(problems))


def _split(document: Document) -> tuple[list[Block], list[Block], Heading | None]:
    """Return the public blocks outside the reflection, those in it without unanswered prompts, and its heading."""
    own = outline(document.body).reflection
    inside = {section.start for section in own}
    dropped = {section.start for section in unanswered(own)}
    description: list[Block] = []
    reflection: list[Block] = []
    first: Heading | None = None
    for heading, blocks, _ in by_heading(document):
        if heading is None or heading.start not in inside:
            description += blocks if heading is None else (heading.block, *blocks)
        elif first is None:
            first = heading
            reflection += blocks
        elif heading.start not in dropped:
            reflection += (heading.block, *blocks)
    return description, reflection, first


def _remarks(document: Document) -> Iterator[Problem]:
    """Yield the remarks of the Markdown reader as problems, without those in private passages."""
    for remark in document.remarks:
        if remark.kind == "too-long" or not document.is_hidden(remark.line - 1):
            yield _problem(remark.kind, remark.label, remark.line)


def _problem(kind: str, label: str, line: int) -> Problem:
    match kind:
        case "open-comment":
            return Problem("CPD904", "a comment is not closed, so it is printed", "close it with -->", line)
        case "unused-label":
            return Problem("CPD907", f"no link uses the label [{label}], so it is printed as text", "", line)
        case "unused-note":
            return Problem(
                "CPD907", f"nothing refers to the footnote [^{label}], so it is printed in its place", "", line
            )
        case "note-in-note":
            return Problem("CPD906", "a footnote in a footnote is printed as text", "", line)
        case "extra-cells":
            cells, columns = label.split()
            message = f"the row has {cells} cells, but the table has {columns} columns; the last cell contains the rest"
            return Problem("CPD908", message, "", line)
        case "too-dense":
            message = "the paragraph has too many brackets or other marks, so it is printed as plain text"
            return Problem("CPD901", message, "put code between backticks or fences, or attach it as evidence", line)
    message = f"the text has more than {LONGEST:,} characters or {MOST_LINES:,} lines, so it is omitted"
    return Problem("CPD901", message, "shorten it, or attach long parts as evidence", line)


def shifted(nodes: Sequence[Node], below: int) -> list[Node]:
    """Return the nodes with their headings at levels below `below`: no level skipped, none deeper than `DEEPEST`.

    Headings whose level changes are copied; the nodes given do not change.
    """
    open_levels: list[int] = []
    made = []
    for node in nodes:
        if node["t"] == "Header":
            level = node["c"][0]
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
            new = min(DEEPEST, below + len(open_levels))
            node = node if new == level else {"t": "Header", "c": [new, *node["c"][1:]]}
        made.append(node)
    return made
