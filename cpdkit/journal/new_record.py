"""Create a new activity: its path, its guessed values, and the text of its file."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.dates.period_words import cpd_year_number
from cpdkit.errors import UsageError
from cpdkit.journal.declarations import UNSURE
from cpdkit.journal.edit import Refused, record_of, unsure_fields
from cpdkit.journal.load import RECORD_LIMIT, read_file
from cpdkit.journal.member import Member
from cpdkit.journal.naming import file_name, id_of, slug, unique
from cpdkit.journal.prompts import DESCRIPTION_HELP, MODELS, Model
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.journal.records import ACTIVITY, TYPES, Activity
from cpdkit.journal.spelling import tidied
from cpdkit.journal.values import ActivityType, Status
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.shell import quote
from cpdkit.text.source import decode
from cpdkit.text.wording import listed

MOST_READ = 5
"""The maximum number of records with similar names that are read."""
NEWEST = 30
"""The number of newest records that are searched for the same provider."""
ENOUGH = 0.34
"""The share of words that two similar names have in common."""
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-?")
_FILLER = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "how", "in", "into", "is", "it", "my", "of", "on", "or", "our", "the"}
    | {"to", "up", "with", "about", "again", "day", "days", "part", "one", "two"}
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess from a past activity: `like` is its ID, `why` the reason."""

    type: ActivityType
    minutes: Minutes
    like: str
    why: str


def guess_from(disk: Disk, paths: Sequence[str], title: str, provider: str = "") -> Guess | None:
    """Return a guess for a title and a provider from similar past activities, or None. Read only a few files."""
    if found := _read(disk, similar(paths, title)):
        return _guess(found, "its title is similar")
    if not provider:
        return None
    newest = sorted(paths, key=id_of, reverse=True)[:NEWEST]
    same = [each for each in _read(disk, newest) if each.provider.casefold() == provider.casefold()]
    return _guess(same, "it has the same provider") if same else None


def similar(paths: Iterable[str], title: str) -> list[str]:
    """Return the paths whose names share the most words with a title, the most similar first, then the newest."""
    wanted = _words(slug(title))
    if not wanted:
        return []
    scored = [
        (share, id_of(path), path)
        for path in paths
        if (words := _words(_DATE.sub("", id_of(path)))) and (share := len(wanted & words) / len(wanted | words))
    ]
    best = sorted((each for each in scored if each[0] >= ENOUGH), reverse=True)
    return [path for _, _, path in best[:MOST_READ]]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.casefold().split("-") if word not in _FILLER and not word.isdecimal())


def _read(disk: Disk, paths: Iterable[str]) -> list[Activity]:
    """Return the readable done and planned activities at these paths, in order, without those of an unknown type."""
    records = (read_file(disk, path, RECORD_KINDS["activities"])[0] for path in paths)
    activities = [each for each in records if isinstance(each, Activity) and "type" not in unsure_fields(each.own)]
    return [each for each in activities if each.status in (Status.DONE, Status.PLANNED)]


def _guess(found: Sequence[Activity], why: str) -> Guess:
    """Return the most common type, and the hours of the first activity of that type that has hours."""
    kind = Counter(each.type for each in found).most_common(1)[0][0]
    of_it = [each for each in found if each.type is kind]
    first = next((each for each in of_it if each.minutes), of_it[0])
    return Guess(kind, first.minutes, first.id, why)


ACTIVITIES = RECORD_KINDS["activities"]
NO_TEMPLATE = "none"
OWN_TEMPLATES = "templates/new"
_FALLBACK = "event"
_TITLE_WORDS = {
    **{word: str(name) for word, name in TYPES.meant.items() if word not in ("work", "job", "project", "study")},
    **dict.fromkeys(("training", "briefing", "briefings", "induction", "toolbox", "courses", "workshops", "e-learning",
                     "certification", "bootcamp"), "training"),
    **dict.fromkeys(("read", "article", "articles", "paper", "papers", "books", "podcasts", "video", "videos",
                     "tutorial", "tutorials"), "self-study"),
    **dict.fromkeys(("volunteering", "volunteered", "committee", "outreach", "mentor", "mentored"), "volunteering"),
    **dict.fromkeys(("event", "events", "webinars", "seminars", "lectures", "conferences", "talks", "visited",
                     "visits", "exhibitions", "panel", "meetup"), "event"),
    **dict.fromkeys(("secondment", "shadowing", "commissioning"), "work-experience"),
}  # fmt: skip
"""Words of titles that suggest a type. `work`, `project` and `study` are in titles of every type."""
_REFLECTION = re.compile(r"^#{1,6}[ \t]+Reflection\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewActivity:
    """A new file: its path in the journal, its bytes, and remarks about guessed values."""

    path: str
    data: bytes
    remarks: tuple[str, ...] = ()
    bare: bytes = b""
    """The file without the questions of its template: what to keep if the editor changes nothing."""


@dataclass(slots=True)
class _Draft:
    """The values of a new activity while they are collected."""

    values: dict[str, Plain]
    remarks: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def new_activity(
    disk: Disk, member: Member | None, paths: Sequence[str], values: Mapping[str, Plain], day: date, *,
    like: Activity | None = None, template: str = "", folder: str | None = None, note: str = "",
) -> NewActivity:  # fmt: skip
    """Return the file of a new activity.

    `paths` are the existing activities, `values` the fields as typed, with a title, and `folder` is relative to
    `activities/`. `note` is the text of the activity. Raise UsageError if the values are not valid.
    """
    draft = _Draft({**(_repeated(like) if like else {}), **values})
    draft.values.setdefault("start", day.isoformat())
    if not like:
        _guesses(draft, disk, paths)
    _complete(draft)
    rule = member.new_folder if member else "{year}"
    start = str(draft.values["start"])
    where = folder_for(rule, _day(start, day), str(draft.values.get("type", "")), member) if folder is None else folder
    name = file_name(_day(start, day), str(draft.values["title"]))
    path = unique("/".join(part for part in ("activities", where, name) if part), paths)
    body = template_body(disk, template or (member.reflection if member else "iet"))
    data = record_bytes(ACTIVITIES, draft.values, with_note(body, note))
    _check(path, data)
    return NewActivity(path, data, tuple(draft.remarks), record_bytes(ACTIVITIES, draft.values, note))


def with_note(body: str, note: str) -> str:
    """Return the body of a template with a text as the description. A text with its own reflection replaces all."""
    if not note.strip() or _REFLECTION.search(note):
        return note if note.strip() else body
    hint = f"<!-- {DESCRIPTION_HELP} -->"
    return body.replace(hint, note.strip(), 1) if hint in body else f"{note.strip()}\n\n{body}"


def type_named(text: str) -> ActivityType:
    """Return the type that a word means: its name, the beginning of one, or another word for it, such as `lecture`.

    Raise UsageError for any other word.
    """
    word = tidied(text)
    if word in TYPES.meant:
        return ActivityType(TYPES.meant[word])
    begun = [each for each in ActivityType if word and each.startswith(word)]
    if len(begun) != 1:
        raise UsageError(f'unknown type "{text}"', f"use {listed(tuple(ActivityType), 'or')}")
    return begun[0]


def folder_for(rule: str, day: date, kind: str, member: Member | None = None) -> str:
    """Return the folder for a date and a type by a rule such as `{year}/{type}`. Empty for the top folder."""
    year_start = member.year_start if member else (1, 1)
    words = {"year": f"{day:%Y}", "month": f"{day:%m}", "type": kind, "cpd-year": str(cpd_year_number(day, year_start))}
    return "" if rule == "." else re.sub(r"\{([a-z-]+)\}", lambda match: words.get(match[1], match[0]), rule)


def template_body(disk: Disk, template: str) -> str:
    """Return the body of a template: a model's, the user's own, or an empty one. Raise UsageError for other names."""
    if template == NO_TEMPLATE:
        return ""
    if model := MODELS.get(template):
        return _questions(model)
    path = f"{OWN_TEMPLATES}/{template}.md"
    if re.fullmatch(r"[\w-]{1,64}", template) and disk.exists(path):
        try:
            return decode(path, disk.read(path, RECORD_LIMIT)[0]).text
        except Unreadable as error:
            raise UsageError(f"{path}: {error.faults[0].message}", error.faults[0].hint) from None
    names = ", ".join((*MODELS, NO_TEMPLATE))
    hint = f"available models: {names}; or create {OWN_TEMPLATES}/NAME.md"
    raise UsageError(f'unknown model "{template}"', hint)


def read_example(disk: Disk, path: str) -> Activity:
    """Return the activity that a new one copies. Raise UsageError if it can't be read."""
    record = read_file(disk, path, ACTIVITIES)[0]
    if not isinstance(record, Activity):
        raise UsageError(f"cannot read {path}", f"to see why, run cpd check {quote(path)}")
    return record


def _questions(model: Model) -> str:
    """Return a body with the prompts of a model, each with its help in a comment. Reports omit comments."""
    questions = "".join(f"\n### {prompt.question}\n\n<!-- {prompt.help} -->\n" for prompt in model.prompts)
    return f"<!-- {DESCRIPTION_HELP} -->\n\n## Reflection\n{questions}"


def _repeated(like: Activity) -> dict[str, Plain]:
    """Return the fields that a similar activity would also have, without placeholders."""
    values: dict[str, Plain] = {"title": like.title}
    placeholders = unsure_fields(like.own)
    for each in ACTIVITY.fields:
        value = getattr(like, each.target) if each.repeated and each.name not in placeholders else None
        if value not in (None, "", ()):
            values[each.name] = _as_plain(value)
    if like.minutes and "hours" not in placeholders:
        values["hours"] = hours_text(like.minutes)
    return values


def _as_plain(value: Any) -> Plain:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple) and value and hasattr(value[0], "level"):
        levels: dict[str, Plain] = {each.code: each.level for each in value}
        return levels if any(levels.values()) else [each.code for each in value]
    return [str(each) for each in value] if isinstance(value, tuple) else str(value)


def hours_text(minutes: int) -> str:
    """Return minutes as text that can be read back exactly: `1.5`, `1h20`."""
    return format_hours(minutes) if minutes % 3 == 0 else f"{minutes // 60}h{minutes % 60:02}"


def _guesses(draft: _Draft, disk: Disk, paths: Sequence[str]) -> None:
    """Guess a missing type and missing hours from similar activities, or the type from the words of the title."""
    values = draft.values
    planned = values.get("status") == "planned"
    missing = [name for name in ("type", "hours") if name not in values and not (name == "hours" and planned)]
    if not missing or ("sessions" in values and missing == ["hours"]):
        return
    title = str(values["title"])
    if guess := guess_from(disk, paths, title, str(values.get("provider", ""))):
        guessed = {"type": guess.type.value, "hours": hours_text(guess.minutes)}
        taken = [name for name in missing if name == "type" or guess.minutes]
        values.update({name: guessed[name] for name in taken})
        listing = " and ".join(f"{name} {guessed[name]}" for name in taken)
        draft.remarks.append(f"guessed {listing} from {guess.like}: {guess.why}")
    if "type" not in values and (kind := type_in(title)):
        values["type"] = kind
        draft.remarks.append(f"guessed type {kind} from the title")


def type_in(title: str) -> str:
    """Return the type that the label of a title suggests (`Read: …`), otherwise all its words; empty if they differ."""
    plain = title.casefold().replace("of course", " ").replace("case study", " ")
    label, colon, _ = plain.partition(":")
    for text in (label if colon else "", plain):
        types = {_TITLE_WORDS[word] for word in re.findall(r"\w+", text) if word in _TITLE_WORDS}
        if len(types) == 1:
            return types.pop()
    return ""


def _complete(draft: _Draft) -> None:
    """Add placeholders for required values that are unknown, and make the activity a draft, which does not count."""
    values = draft.values
    if "type" not in values:
        values["type"] = _FALLBACK
        draft.unsure.append("type")
    if not {"hours", "sessions"} & values.keys() and values.get("status") != "planned":
        values["hours"] = "0"
        draft.unsure.append("hours")
    if draft.unsure:
        values[UNSURE] = ", ".join(draft.unsure)
    if draft.unsure and values.get("status") != "planned":
        values["status"] = "draft"
        draft.remarks.append(f"saved as a draft, which does not count: set the {' and the '.join(draft.unsure)}")
    elif draft.unsure:
        draft.remarks.append(f"the type {_FALLBACK} is a placeholder; set it when you know the type")


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _check(path: str, data: bytes) -> None:
    """Raise UsageError if the file is not a valid activity."""
    try:
        record_of(path, data, ACTIVITIES)
    except Refused as error:
        first = error.diagnostics[0]
        raise UsageError(first.message, first.hint or first.note) from None
