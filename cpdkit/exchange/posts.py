"""Convert a row about a job to a post under `career/`.

LinkedIn and resumes often give only months or years. A post then starts on the first possible day and ends on the last
one, and keeps the original words in `x-start` and `x-end`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cpdkit.exchange.cells import day_of, is_blank
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.imports.table import ImportedRow
from cpdkit.exchange.meetings import without_access
from cpdkit.exchange.partial_dates import Span, span_of
from cpdkit.exchange.rows import UNSEEN, BadRow
from cpdkit.journal.declarations import OWN
from cpdkit.journal.naming import slug
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import Post
from cpdkit.text.names import folded
from cpdkit.text.wording import shortened

CAREER = RECORD_KINDS["career"]
_NEEDED = ("role", "employer", "start")
_LINES = ("role", "employer", "location")
_CURRENT = frozenset(
    [
        "present",
        "current",
        "currently",
        "now",
        "today",
        "ongoing",
        "to date",
        "heute",
        "aktuell",
        "presente",
        "actualidad",
    ]
)
"""What stands for the end of a current post."""
_ENDS = {"start": "starts on the first", "end": "ends on the last"}
_QUOTED = 40


@dataclass(slots=True)
class PostValues:
    """The values of a new post; the days that its start and its end can mean, and doubts about them by heading."""

    fields: dict[str, Plain] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path of its file, if that is free."""
        return f"career/{self.spans['start'][0].year}-{slug(str(self.fields['employer']), 'post')}.md"

    @property
    def body(self) -> str:
        return "\n\n".join(self.texts)


def read_post(row: ImportedRow, headers: Sequence[str], matching: Matching) -> PostValues:
    """Return the values of a row about a job. Raises BadRow with every bad cell."""
    values = PostValues()
    faults = list(row.faults)
    for header, target, cell in zip(headers, matching.targets(), row.cells, strict=True):
        text = UNSEEN.sub("", cell).strip()
        if target == "skip" or not text or is_blank(text):
            continue
        try:
            _put(values, header, target, without_access(text, one_line=target != "description"), matching)
        except ValueError as error:
            faults.append((header, str(error)))
    unread = {target for header, target in zip(headers, matching.targets(), strict=True) if header in dict(faults)}
    missing = [name for name in _NEEDED if name not in {*values.fields, *unread}]
    faults += [("", f"the {name} of the post is missing") for name in missing]
    if faults:
        raise BadRow(faults)
    return values


def _put(values: PostValues, header: str, target: str, text: str, matching: Matching) -> None:
    """Take a cell. Raises ValueError for a date that cannot be read."""
    if target in _ENDS:
        if target == "start" or text.casefold() not in _CURRENT:
            _put_date(values, header, target, text, matching)
    elif target == "description":
        values.texts.append(text)
    elif target in _LINES:
        values.fields[target] = " ".join(text.split())
    else:
        values.fields[target if target.startswith(OWN) else f"{OWN}{slug(header)}"] = text


def _put_date(values: PostValues, header: str, target: str, text: str, matching: Matching) -> None:
    try:
        day = day_of(text, matching.order, matching.clock)
        values.spans[target] = (day, day)
    except ValueError:
        span = span_of(text)
        if span is None:
            raise
        values.spans[target] = span
        values.fields[f"{OWN}{target}"] = text
        why = f"is not a single day; the post {_ENDS[target]} one, and {OWN}{target} keeps the words"
        values.doubts.append((header, f'"{shortened(text, _QUOTED)}" {why}'))
    values.fields[target] = values.spans[target][0 if target == "start" else 1].isoformat()


def same_post(values: PostValues, posts: Iterable[Post]) -> Post | None:
    """Return the post of the journal with the same employer and start; of several, the one with the same role."""
    employer, role = _plain(values.fields["employer"]), _plain(values.fields["role"])
    same = [post for post in posts if _plain(post.employer) == employer and _is_in(post.start, values.spans["start"])]
    return next((post for post in same if _plain(post.role) == role), same[0] if same else None)


def differences(post: Post, values: PostValues) -> Sequence[str]:
    """Return the fields in which a row differs from the post with the same employer and start."""
    end = values.spans.get("end")
    is_other_end = end is not None and (post.end is None or not _is_in(post.end, end))
    is_other_role = _plain(post.role) != _plain(values.fields["role"])
    return (*(["role"] if is_other_role else []), *(["end"] if is_other_end else []))


def _is_in(day: date, span: Span) -> bool:
    return span[0] <= day <= span[1]


def _plain(text: Plain) -> str:
    return folded(" ".join(str(text).split()))
