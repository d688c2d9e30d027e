"""Hover texts: what a field, a value or a code means, as Markdown. Text from the journal is escaped."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Range

from cpdkit.checks.explain import explanation
from cpdkit.checks.rule import RecordFacts
from cpdkit.dates.day_words import day_text
from cpdkit.dates.hours import format_hours, parse_hours
from cpdkit.diagnostics import Diagnostic
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile, Meaning, Token
from cpdkit.journal.compound_types import Competences
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import Field
from cpdkit.journal.field_types import Hours
from cpdkit.journal.paths import EVIDENCE
from cpdkit.text.names import composed
from cpdkit.text.wording import counted

LEVEL_MEANINGS: Mapping[str, str] = MappingProxyType(
    {"T": "trainee", "SP": "supervised practitioner", "P": "practitioner", "E": "expert"}
)
WORD_MEANINGS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("type", "training"): "courses, workshops, e-learning",
        ("type", "work-experience"): "learning on the job: a new task, shadowing, a secondment",
        ("type", "academic-study"): "a degree, a module, a diploma",
        ("type", "volunteering"): "mentoring, committees, school visits, speaking",
        ("type", "event"): "conferences, seminars, lectures, visits",
        ("type", "self-study"): "books, papers, standards, online talks",
        ("status", "done"): "took place; its hours count",
        ("status", "in-progress"): "not finished yet; its hours count",
        ("status", "planned"): "in the future; needs no hours",
        ("status", "draft"): "not ready; does not count, and reports omit it",
        ("skills", "technical"): "skills of your discipline",
        ("skills", "job"): "skills for your job",
        ("skills", "soft"): "skills with people",
        ("status", "open"): "not achieved yet",
        ("status", "achieved"): "you achieved it",
        ("status", "dropped"): "you no longer pursue it",
    }
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&!#~|$])")


def literal(text: str) -> str:
    """Return a text escaped for Markdown, so that a title from a stranger's journal can't add an image or a link."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def field_text(field: Field, name: str = "") -> str:
    """Return what a field accepts, what it is for, and an example."""
    first = f"**{field.name}**" + (" (required)" if field.required else "")
    alias = f"`{name}` is another name for `{field.name}`" if name and name != field.name else ""
    example = f"`{field.name}: {field.example}`" if field.example and field.example != "…" else ""
    return "\n\n".join(part for part in (f"{first}: {field.kind.accepts}", field.note, alias, example) if part)


def code_text(code: str) -> str:
    """Return what a diagnostic's code means and why it matters; empty for an unknown code."""
    try:
        entry = explanation(code)
    except KeyError:
        return ""
    parts = (f"**{code}** ({entry.severity}): {entry.title}", entry.what, entry.why, f"`cpd explain {code}` shows more")
    return "\n\n".join(part for part in parts if part)


def value_text(meaning: Meaning, text: str, facts: JournalFacts) -> str:
    """Return what a value means; empty if there is nothing to add to it."""
    kind = meaning.field.kind
    if meaning.rest:
        return _level_text(text) if isinstance(kind, Competences) else ""
    if text_of := _BY_NAME.get(meaning.names):
        return text_of(text, facts)
    if isinstance(kind, Day):
        return _day_text(text)
    if isinstance(kind, Hours):
        return _hours_text(text)
    word_meaning = WORD_MEANINGS.get((meaning.names[-1], text), "")
    return f"**{text}**: {word_meaning}" if word_meaning else ""


def key_text(meaning: Meaning, text: str, facts: JournalFacts) -> str:
    """Return what a key means in a mapping without fixed fields: a competence or a code."""
    if isinstance(meaning.field.kind, Competences):
        return _competence(text, facts)
    return code_text(text)


def _level_text(text: str) -> str:
    return f"**{text}**: {LEVEL_MEANINGS[text]}" if text in LEVEL_MEANINGS else ""


def _day_text(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return f"{day:%A}, {day_text(day)}"


def _hours_text(text: str) -> str:
    try:
        minutes = parse_hours(text)
    except ValueError:
        return ""
    return f"{format_hours(minutes)} h, {minutes} minutes"


def _objective(text: str, facts: JournalFacts) -> str:
    each = facts.objectives.get(text)
    if each is None:
        return ""
    by = f", by {day_text(each.end)}" if each.end else ""
    served = _count([other for other in facts.activities if text in other.objectives])
    return f"**{literal(each.title)}**\n\n{each.status}{by}; {served}"


def _competence(text: str, facts: JournalFacts) -> str:
    title = facts.words.competences.get(text, "")
    lists = ", ".join(each.title for each in facts.words.considered if text in each.titles)
    claimed = _count([each for each in facts.activities if text in each.competences])
    first = f"**{literal(text)}** {literal(title)}".rstrip()
    return "\n\n".join(part for part in (first, literal(lists), claimed) if part)


def _topic(text: str, facts: JournalFacts) -> str:
    return f"**{literal(text)}**: {_count([each for each in facts.activities if text in each.topics])}"


def _provider(text: str, facts: JournalFacts) -> str:
    activities = [each for each in facts.activities if each.provider == text]
    hours = format_hours(sum(each.minutes for each in activities if each.status in ("done", "in-progress")))
    return f"**{literal(text)}**: {_count(activities)}, {hours} h"


def _evidence(text: str, facts: JournalFacts) -> str:
    stamp = facts.context.disk.stamp(f"{EVIDENCE}/{text}") if text in facts.context.evidence else None
    if stamp is None:
        return ""
    named = _count([each for each in facts.activities if text in each.evidence])
    return f"**{EVIDENCE}/{literal(text)}**: {size_text(stamp.size)}; {named}"


def _scheme(text: str, facts: JournalFacts) -> str:
    each = facts.words.scheme(text)
    return f"**{literal(each.body or each.id)}** {literal(each.title)}".rstrip() if each else ""


def _framework(text: str, facts: JournalFacts) -> str:
    each = facts.words.frameworks.get(text)
    return f"**{literal(each.title)}**: {counted(len(each.competences), 'competence')}" if each else ""


_BY_NAME: Mapping[tuple[str, ...], Callable[[str, JournalFacts], str]] = MappingProxyType(
    {
        ("objectives",): _objective,
        ("competences",): _competence,
        ("topics",): _topic,
        ("provider",): _provider,
        ("evidence",): _evidence,
        ("evidence", "path"): _evidence,
        ("schemes",): _scheme,
        ("schemes", "scheme"): _scheme,
        ("frameworks",): _framework,
    }
)


def size_text(size: int) -> str:
    """Return a file's size in kB or MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000)) if size else 0} kB"


def _count(activities: list[RecordFacts]) -> str:
    return counted(len(activities), "activity", "activities")


RULE = "\n\n---\n\n"


def hover(
    file: JournalFile, line: int, column: int, facts: JournalFacts | None, diagnostics: Sequence[Diagnostic] = ()
) -> Hover | None:
    """Return what is at a place, in characters from 0, and what its problems mean; None if there is nothing."""
    token = file.token_at(line, column)
    here = [each for each in diagnostics if _covers(file, each, line, column)]
    parts = [_token_text(file, token, facts) if token else "", *dict.fromkeys(code_text(each.code) for each in here)]
    text = RULE.join(part for part in parts if part)
    if not text:
        return None
    where: Range | None = file.text.range(token.line, token.start, token.stop) if token else None
    if where is None and here:
        where = file.text.marked(here[0].span)
    return Hover(MarkupContent(MarkupKind.Markdown, text), where)


def _token_text(file: JournalFile, token: Token, facts: JournalFacts | None) -> str:
    meaning = file.meaning(token.path)
    if meaning is None:
        return ""
    if token.key and not meaning.rest:
        return field_text(meaning.field, token.text)
    if facts is None:
        return ""
    return key_text(meaning, token.text, facts) if token.key else value_text(meaning, composed(token.text), facts)


def _covers(file: JournalFile, diagnostic: Diagnostic, line: int, column: int) -> bool:
    """Return whether a problem is underlined at a place. A problem of the whole file underlines its first line."""
    marked = file.text.marked(diagnostic.span)
    at = file.text.position(line, column)
    return marked.start.line == at.line and marked.start.character <= at.character <= marked.end.character
