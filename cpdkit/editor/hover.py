"""What a field, a value and a code mean, as Markdown. What comes from the journal's files is literal text in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Range

from cpdkit.checks.explain import Explanation, explanation
from cpdkit.checks.rule import RecordFacts
from cpdkit.dates.hours import format_hours, parse_hours
from cpdkit.dates.wording import day_text
from cpdkit.diagnostics import Diagnostic
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.outline import Token
from cpdkit.editor.page import Meaning, Page
from cpdkit.journal.compound_types import Competences
from cpdkit.journal.date_types import Day
from cpdkit.journal.field_types import Hours
from cpdkit.journal.fields import Field
from cpdkit.journal.paths import EVIDENCE

LEVEL_SAYS: Mapping[str, str] = MappingProxyType(
    {"T": "trainee", "SP": "supervised practitioner", "P": "practitioner", "E": "expert"}
)
WORD_SAYS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("type", "training"): "courses, workshops, e-learning",
        ("type", "work-experience"): "learning on the job: a new task, shadowing, a secondment",
        ("type", "academic-study"): "a degree, a module, a diploma",
        ("type", "volunteering"): "mentoring, committees, school visits, speaking",
        ("type", "event"): "conferences, seminars, lectures, visits",
        ("type", "self-study"): "books, papers, standards, online talks",
        ("status", "done"): "it happened; counts towards hours",
        ("status", "in-progress"): "it goes on; counts towards hours",
        ("status", "planned"): "not yet; needs no hours",
        ("status", "draft"): "not ready; left out of reports",
        ("skills", "technical"): "of the discipline",
        ("skills", "job"): "of this job",
        ("skills", "soft"): "with people",
        ("status", "open"): "not reached yet",
        ("status", "achieved"): "reached",
        ("status", "dropped"): "given up",
    }
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&!#~|$])")


def literal(text: str) -> str:
    """A text as Markdown that shows it as it is: a title from a stranger's journal draws no image and makes no link."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def field_said(field: Field, name: str = "") -> str:
    """What a field is for, what it takes, and an example."""
    first = f"**{field.name}**" + (" (required)" if field.required else "")
    alias = f"`{name}` is read as `{field.name}`" if name and name != field.name else ""
    example = f"`{field.name}: {field.example}`" if field.example and field.example != "…" else ""
    return "\n\n".join(part for part in (f"{first}: {field.kind.says}", field.note, alias, example) if part)


def code_said(code: str) -> str:
    """What a diagnostic's code says, and why it matters; empty for a code there isn't."""
    try:
        said: Explanation = explanation(code)
    except KeyError:
        return ""
    parts = (f"**{code}** ({said.severity}): {said.title}", said.what, said.why, f"`cpd explain {code}` says more")
    return "\n\n".join(part for part in parts if part)


def value_said(found: Meaning, text: str, known: Known) -> str:
    """What a value stands for; empty where there is no more to it than it says."""
    kind = found.field.kind
    if found.rest:
        return _said_level(text) if isinstance(kind, Competences) else ""
    if say := _BY_NAME.get(found.names):
        return say(text, known)
    if isinstance(kind, Day):
        return _said_day(text)
    if isinstance(kind, Hours):
        return _said_hours(text)
    says = WORD_SAYS.get((found.names[-1], text), "")
    return f"**{text}**: {says}" if says else ""


def key_said(found: Meaning, text: str, known: Known) -> str:
    """What the key of a mapping stands for that has no fields."""
    if isinstance(found.field.kind, Competences):
        return _competence(text, known)
    return code_said(text)


def _said_level(text: str) -> str:
    return f"**{text}**: {LEVEL_SAYS[text]}" if text in LEVEL_SAYS else ""


def _said_day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return ""
    return f"{day:%A}, {day_text(day)}"


def _said_hours(text: str) -> str:
    try:
        minutes = parse_hours(text)
    except ValueError:
        return ""
    return f"{format_hours(minutes)} h, {minutes} minutes"


def _objective(text: str, known: Known) -> str:
    each = known.objectives.get(text)
    if each is None:
        return ""
    by = f", by {day_text(each.end)}" if each.end else ""
    served = _count([other for other in known.activities if text in other.objectives])
    return f"**{literal(each.title)}**\n\n{each.status}{by}; {served}"


def _competence(text: str, known: Known) -> str:
    title = known.words.competences.get(text, "")
    lists = ", ".join(each.title for each in known.words.considered if text in each.titles)
    claimed = _count([each for each in known.activities if text in each.competences])
    first = f"**{literal(text)}** {literal(title)}".rstrip()
    return "\n\n".join(part for part in (first, literal(lists), claimed) if part)


def _topic(text: str, known: Known) -> str:
    return f"**{literal(text)}**: {_count([each for each in known.activities if text in each.topics])}"


def _provider(text: str, known: Known) -> str:
    some = [each for each in known.activities if each.provider == text]
    hours = format_hours(sum(each.minutes for each in some if each.status in ("done", "in-progress")))
    return f"**{literal(text)}**: {_count(some)}, {hours} h"


def _evidence(text: str, known: Known) -> str:
    stamp = known.context.disk.stamp(f"{EVIDENCE}/{text}") if text in known.listing.evidence else None
    if stamp is None:
        return ""
    named = _count([each for each in known.activities if text in each.evidence])
    return f"**{EVIDENCE}/{literal(text)}**: {size_said(stamp.size)}; {named}"


def _scheme(text: str, known: Known) -> str:
    each = known.words.scheme(text)
    return f"**{literal(each.body or each.id)}** {literal(each.title)}".rstrip() if each else ""


def _framework(text: str, known: Known) -> str:
    each = known.words.frameworks.get(text)
    return f"**{literal(each.title)}**, codes listed: {len(each.competences)}" if each else ""


_BY_NAME: Mapping[tuple[str, ...], Callable[[str, Known], str]] = MappingProxyType(
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


def size_said(size: int) -> str:
    """A file's size as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000)) if size else 0} kB"


def _count(some: list[RecordFacts]) -> str:
    if not some:
        return "no activity has it"
    return f"{len(some):,} {'activities have' if len(some) > 1 else 'activity has'} it"


RULE = "\n\n---\n\n"


def hover(
    page: Page, line: int, column: int, known: Known | None, diagnostics: Sequence[Diagnostic] = ()
) -> Hover | None:
    """What is told at a place, in characters from 0; None where there is nothing to tell."""
    token = page.token_at(line, column)
    here = [each for each in diagnostics if _covers(page, each, line, column)]
    parts = [_said(page, token, known) if token else "", *dict.fromkeys(code_said(each.code) for each in here)]
    told = RULE.join(part for part in parts if part)
    if not told:
        return None
    where: Range | None = page.text.range(token.line, token.start, token.stop) if token else None
    if where is None and here:
        where = page.text.marked(here[0].span)
    return Hover(MarkupContent(MarkupKind.Markdown, told), where)


def _said(page: Page, token: Token, known: Known | None) -> str:
    found = page.meaning(token.path)
    if found is None:
        return ""
    if token.key and not found.rest:
        return field_said(found.field, token.text)
    if known is None:
        return ""
    return key_said(found, token.text, known) if token.key else value_said(found, token.text, known)


def _covers(page: Page, diagnostic: Diagnostic, line: int, column: int) -> bool:
    """Whether a problem is underlined at a place. One of the whole file is underlined in its first line."""
    marked = page.text.marked(diagnostic.span)
    at = page.text.position(line, column)
    return marked.start.line == at.line and marked.start.character <= at.character <= marked.end.character
