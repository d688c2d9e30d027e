"""Merge two records of the same thing: the first one stays and gets what the second one has.

Values that only one of them has are kept, lists are joined, and both bodies are kept. Where the two contradict each
other, their owner decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdkit.actions.links import LeftLink, followed, moves_among
from cpdkit.actions.move import edits_of_others
from cpdkit.actions.record_file import read_record, record_path, titles_of
from cpdkit.actions.reflection_edit import with_answer
from cpdkit.checks.fixes import FilePatch
from cpdkit.diagnostics import Edit, Span
from cpdkit.errors import ChangedOnDisk, UsageError
from cpdkit.exchange.exports.json import record_data
from cpdkit.journal.declarations import IMPORTED
from cpdkit.journal.edit import Change, parse_change, record_of, with_changes
from cpdkit.journal.naming import id_of, resolve_id
from cpdkit.journal.paths import Listing, linkable, list_journal
from cpdkit.journal.reader import RECORD_KINDS, Record, RecordKind
from cpdkit.journal.record_writer import Plain, value_yaml
from cpdkit.journal.sections import Section, headings, outline, sections
from cpdkit.text.edits import apply
from cpdkit.text.files import Disk
from cpdkit.text.front_matter import split
from cpdkit.text.shell import quote
from cpdkit.text.source import decode, line_and_column
from cpdkit.text.wording import counted
from cpdkit.text.write import locked, remove_unchanged, require_unchanged, write_all
from cpdkit.text.yaml_edit import FieldEditor

_OWN_WAY = ("status",)
"""Fields whose absence from the first record has a meaning, so that the second one does not fill them in."""
_ONE_OF = {"hours": "sessions", "sessions": "hours"}
FIRST, SECOND = "first", "second"


class RecordsDiffer(UsageError):
    """Two records contradict each other. `fields` has both values by the field's name."""

    def __init__(self, first: str, second: str, fields: Mapping[str, tuple[str, str]]) -> None:
        values = "; ".join(f"{name}: {one} or {other}" for name, (one, other) in fields.items())
        name = next(iter(fields))
        command = " ".join(map(quote, ("cpd", "merge", first, second, f"{name}=…")))
        hint = f"give the value: {command}, or use --prefer first for all fields"
        super().__init__(f"the records differ in {counted(len(fields), 'field')}: {values}", hint)
        self.fields = dict(fields)


@dataclass(frozen=True, slots=True)
class Merger:
    """A plan to merge: the edits of the first record's file (`path`) and of others, and the file to remove (`gone`).

    `before` are the bytes of `gone`, `omitted` the values that are not kept, by field, `unread` the files whose links
    can't be checked, `left` the `[[links]]` to the second record that stay.
    """

    path: str
    gone: str
    before: bytes
    patches: tuple[FilePatch, ...]
    omitted: Mapping[str, str]
    unread: tuple[str, ...] = ()
    left: tuple[LeftLink, ...] = ()


def plan_merge(root: Path, first: str, second: str, changes: Sequence[str], prefer: str = "") -> Merger:
    """Plan to merge two records of a kind, each named by part of its ID. `changes` are words such as `hours=1.5`.

    Raises what `merger` raises, and NoJournal.
    """
    disk = Disk(str(root))
    listing = list_journal(disk)
    path = record_path(listing, first)
    kind = RECORD_KINDS[path.partition("/")[0]]
    paths = listing.records[kind.folder]
    other = resolve_id(second, paths, "record of the same kind", titles_of(disk, paths))
    return merger(disk, listing, path, other, [parse_change(word, kind.fields) for word in changes], prefer)


def merger(
    disk: Disk, listing: Listing, first: str, second: str, changes: Sequence[Change], prefer: str = ""
) -> Merger:
    """Plan to merge the record at the path `second` into the one at `first`. Nothing is written.

    Where the two differ, `changes` to the merged record decide, then `prefer` (FIRST or SECOND).
    Raises RecordsDiffer if neither does, UsageError, Refused.
    """
    folder = first.partition("/")[0]
    if first == second or folder != second.partition("/")[0]:
        hint = "give two records: cpd merge relay-course lecture"
        raise UsageError("only two different records of the same kind can be merged", hint)
    kind, moves = RECORD_KINDS[folder], moves_among({second: first}, linkable(listing))
    before, gone = read_record(disk, first), read_record(disk, second)
    for path, data in ((first, before), (second, gone)):
        record_of(path, data, kind)
    kept = followed(first, before, moves)
    coming = record_of(first, followed(second, gone, moves), kind)
    fields, omitted = _fields(first, kept, kind, coming, _Decision(second, changes, prefer))
    after = with_changes(first, _with_body(first, fields, coming), kind, changes)
    others, unread, left = edits_of_others(disk, listing, moves)
    patches = [each for each in others if each.path != first]
    if after != before:
        patches.append(FilePatch(first, before, after, ()))
    return Merger(first, second, gone, tuple(patches), omitted, unread, left)


def merge(root: Path, plan: Merger) -> None:
    """Write the merged record, then remove the second one. Raises CannotWrite, ChangedOnDisk."""
    before = {root / each.path: each.before for each in plan.patches}
    with locked(root):
        require_unchanged({root / plan.gone: plan.before}, root)
        write_all({root / each.path: each.after for each in plan.patches}, before, root)
        if not remove_unchanged(root / plan.gone, plan.before, root):
            raise ChangedOnDisk(root / plan.gone, len(plan.patches))


@dataclass(frozen=True, slots=True)
class _Decision:
    """Which value to keep where two records differ."""

    second: str
    changes: Sequence[Change]
    prefer: str

    def covers(self, name: str) -> bool:
        return any(each.name == name for each in self.changes)


def _fields(
    path: str, data: bytes, kind: RecordKind, coming: Record, decision: _Decision
) -> tuple[bytes, dict[str, str]]:
    """Return the first record's bytes with the second's fields added, and the values that are not kept."""
    record = record_of(path, data, kind)
    mine, theirs = record_data(record)["fields"], record_data(coming)["fields"]
    differ: dict[str, tuple[str, str]] = {}
    omitted: dict[str, str] = {}
    order = [each.name for each in kind.fields.fields]
    for name, value in theirs.items():
        there = mine.get(name) or mine.get(_ONE_OF.get(name, ""))
        united = _united(name, there, value)
        if decision.covers(name) or name in _OWN_WAY or _is_same(record, coming, kind, name):
            continue
        if united is None and decision.prefer == SECOND and name in mine:
            omitted[name], united = _in_words(there), value
        elif united is None and decision.prefer:
            omitted[name] = _in_words(value)
        elif united is None:
            differ[name] = (_in_words(there), _in_words(value))
        if united is not None and united != mine.get(name):
            editor = FieldEditor(decode(path, data).text)
            data = apply(data, editor.put(name, value_yaml(kind.fields, name, united), order))
    if differ:
        raise RecordsDiffer(record.id, id_of(decision.second), differ)
    return data, omitted


def _is_same(one: Record, other: Record, kind: RecordKind, name: str) -> bool:
    """Return whether a field has the same value in both, even if written differently: 1.5 and 1h30."""
    field = kind.fields.known.get(name)
    return field is not None and getattr(one, field.target, one) == getattr(other, field.target, other)


def _united(name: str, mine: Plain | None, theirs: Plain) -> Plain | None:
    """Return both values as one; None if they contradict each other."""
    if not mine or mine == theirs:
        return theirs
    if isinstance(mine, list) and isinstance(theirs, list):
        titled = {_called(item): item for item in theirs if isinstance(item, dict)}
        kept = [titled.get(item, item) if isinstance(item, str) else item for item in mine]
        names = set(map(_called, mine))
        return [*kept, *(item for item in theirs if not (item in kept or (isinstance(item, str) and item in names)))]
    if isinstance(mine, dict) and isinstance(theirs, dict) and all(theirs.get(k, v) == v for k, v in mine.items()):
        return mine | theirs
    if name == IMPORTED and isinstance(mine, str) and isinstance(theirs, str):
        return " ".join(dict.fromkeys([*mine.split(), *theirs.split()]))
    return None


def _called(item: Plain) -> str:
    """Return what identifies an item of a list: for evidence its path or address."""
    return str((item.get("path") or item.get("url") or item) if isinstance(item, dict) else item)


def _in_words(value: Plain | None) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_in_words(each)}" for name, each in value.items())
    return value or "no value"


def _with_body(path: str, data: bytes, coming: Record) -> bytes:
    """Return the first record's bytes with the second's body added: its description, its reflection, and the rest."""
    description, answers, rest = _parts(coming.body)
    if not outline(_body(path, data)).reflection:
        return _appended(path, data, coming.body)
    data = _described(path, data, description)
    for question, answer in answers:
        if not _is_in(answer, _body(path, data)):
            data = with_answer(path, data, question, answer)
    return _appended(path, data, rest)


def _parts(body: str) -> tuple[str, list[tuple[str, str]], str]:
    """Return the parts of a body: before its reflection, the questions of that with their answers, and after it."""
    own = outline(body).reflection
    if not own:
        return body, [], ""
    inside = [(each.start, each.level, each.text) for each in headings(body) if each.start >= own[0].start]
    stop = next((at for at, level, _ in inside[1:] if level <= own[0].level), len(body))
    ends = [*(at for at, _, _ in inside[1:]), len(body)]
    found = [
        (title, body[at:end].partition("\n")[2].strip())
        for (at, _, title), end in zip(inside, ends, strict=True)
        if at < stop
    ]
    return body[: own[0].start], [(title, text) for title, text in found if text], body[stop:]


def _described(path: str, data: bytes, description: str) -> bytes:
    """Return the bytes with a description inserted before the reflection."""
    body = _body(path, data)
    if _is_in(description, body):
        return data
    at = outline(body).reflection[0].start
    return _checked(path, data, _inserted(path, data, at, f"{description.strip()}\n\n"))


def _appended(path: str, data: bytes, rest: str) -> bytes:
    body = _body(path, data)
    if _is_in(rest, body):
        return data
    gap = "" if body.endswith("\n\n") else "\n" if body.endswith("\n") or not body else "\n\n"
    return _checked(path, data, _inserted(path, data, len(body), f"{gap}{rest.strip()}\n"))


def _inserted(path: str, data: bytes, at: int, new: str) -> bytes:
    text = decode(path, data).text
    line, column = line_and_column(text, split(text).body + at)
    return apply(data, [Edit(Span(line, column, line, column), new)])


def _checked(path: str, before: bytes, after: bytes) -> bytes:
    """Return `after` if it still has every section of the body: an open code fence would hide those that follow."""
    old, new = sections(_body(path, before)), sections(_body(path, after))
    if not all(any(_holds(each, part) for each in new) for part in old if part.text):
        hint = "close open code fences and comments in both files first"
        raise UsageError(f"{path} was not changed: the two texts cannot be joined", hint)
    return after


def _holds(section: Section, part: Section) -> bool:
    return section.title == part.title and part.text in section.text


def _is_in(text: str, body: str) -> bool:
    return text.strip() in body


def _body(path: str, data: bytes) -> str:
    return split(decode(path, data).text).below
