"""Answers put into a reflection: text inserted below its heading, and nothing else in the file changed.

What would move a heading, or swallow what stands around it, is refused before anything is written.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cpdkit.dates.day_words import day_text
from cpdkit.diagnostics import Edit, Span
from cpdkit.errors import CpdError, UsageError
from cpdkit.journal.prompts import Prompt, normal
from cpdkit.journal.sections import REFLECTION, Section, headings, outline, sections, unanswered
from cpdkit.text.edits import apply
from cpdkit.text.front_matter import split
from cpdkit.text.source import decode, has_control, line_and_column

LATER = "Later, "
"""How the heading of a later reflection starts; its day follows."""
REFLECTION_LEVEL = 2
DEEPEST = 6


class Misplaced(CpdError):
    """A text that can't be put where it belongs without changing what stands around it."""

    hint = "leave out headings, open code fences and open comments, or put it in with an editor"

    def __init__(self, path: str, question: str) -> None:
        super().__init__(f"{path} was not changed: what belongs below “{question}” would change the text around it")
        self.path = path


class BodyPrompt(NamedTuple):
    """A heading of a reflection, and whether nothing that a report prints stands below it."""

    question: str
    waiting: bool


class _Placed(NamedTuple):
    """Where a text goes: before this offset of the body, below these headings, of which the first `new` are new."""

    stop: int
    over: tuple[tuple[int, str], ...]
    new: bool


def prompts_of(body: str) -> tuple[BodyPrompt, ...]:
    """The prompts of a body's reflection, those of later reflections left out."""
    own = outline(body).reflection
    waiting = {each.start for each in unanswered(own)}
    return tuple(
        BodyPrompt(each.title, each.start in waiting) for each in own[1:] if each.title and not _is_later(each)
    )


def with_answer(path: str, data: bytes, question: str, answer: str) -> bytes:
    """A record's bytes with an answer behind what stands below a question; empty, below the reflection's heading.

    Headings that are missing are added: the question's at the end of the reflection (before a later one), the
    reflection's at the end of the body. Raises UsageError for an empty answer and for control characters in it,
    Misplaced, Unreadable.
    """
    said = tidy(answer)
    if not said:
        raise UsageError(f"there is no answer to “{question or 'Reflection'}”")
    body = _body(path, data)
    return _with(path, data, _below_question(body, question), _written(said))


def with_later(path: str, data: bytes, day: date, text: str) -> bytes:
    """A record's bytes with a later reflection of that day behind the others. Raises as `with_answer` does."""
    said = tidy(text)
    if not said:
        raise UsageError("the later reflection has no text")
    return _with(path, data, _at_the_end(_body(path, data), later_heading(day)), _written(said))


def later_heading(day: date) -> str:
    """`Later, 24 November 2026`."""
    return f"{LATER}{day_text(day)}"


def with_prompts(path: str, data: bytes, prompts: Iterable[Prompt]) -> bytes:
    """A record's bytes with the prompts that its reflection lacks, each with its help in a comment."""
    for each in prompts:
        body = _body(path, data)
        if not _is_there(body, each.question):
            data = _with(path, data, _below_question(body, each.question), f"<!-- {each.help} -->" if each.help else "")
    return data


def holds(body: str, question: str, answer: str) -> bool:
    """Whether an answer stands below its question already, word for word and as paragraphs of its own."""
    said = f"\n\n{tidy(answer)}\n\n"
    own = outline(body).reflection
    return any(said in f"\n\n{each.text}\n\n" for each in own if normal(each.title) == normal(question or "Reflection"))


def _is_there(body: str, question: str) -> bool:
    if is_whole(question):
        return bool(outline(body).reflection)
    return any(normal(question) == normal(each.question) for each in prompts_of(body))


def is_whole(question: str) -> bool:
    """Whether it asks for the reflection as a whole, whose answer stands right below the heading."""
    return not question or normal(question) == REFLECTION


def tidy(text: str) -> str:
    """A text without blanks around it, its newlines `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _written(said: str) -> str:
    if has_control(said):
        raise UsageError("an invisible control character is in the text", "retype the words around it")
    return said


def _body(path: str, data: bytes) -> str:
    return split(decode(path, data).text).below


def _below_question(body: str, question: str) -> _Placed:
    own = outline(body).reflection
    if is_whole(question):
        found, question = (own[0] if own else None), ""
    else:
        found = next((each for each in own[1:] if normal(each.title) == normal(question)), None)
    if found:
        return _Placed(_next_heading(body, found, DEEPEST), ((found.level, found.title),), False)
    if not question:
        return _Placed(len(body), ((REFLECTION_LEVEL, "Reflection"),), True)
    later = next((each for each in own if _is_later(each)), None)
    end = _at_the_end(body, question)
    return end._replace(stop=later.start) if later else end


def _at_the_end(body: str, title: str) -> _Placed:
    """A heading at the end of the reflection, or the one of that title that is there."""
    own = outline(body).reflection
    if not own:
        over = ((REFLECTION_LEVEL, "Reflection"), (REFLECTION_LEVEL + 1, title))
        return _Placed(len(body), over, True)
    if there := next((each for each in own[1:] if each.title == title), None):
        return _Placed(_next_heading(body, there, DEEPEST), ((there.level, title),), False)
    return _Placed(_next_heading(body, own[0], own[0].level), ((own[0].level + 1, title),), True)


def _next_heading(body: str, section: Section, level: int) -> int:
    """Where the next heading of at most that level starts, a private one too; else the body's end."""
    following = (each.start for each in headings(body) if each.start > section.start and each.level <= level)
    return next(following, len(body))


def _is_later(section: Section) -> bool:
    return section.title.startswith(LATER)


def _with(path: str, data: bytes, where: _Placed, said: str) -> bytes:
    text = decode(path, data).text
    base = split(text).body
    over = [f"{'#' * level} {title}" for level, title in where.over] if where.new else []
    after = apply(data, [inserted(text, base + where.stop, "\n\n".join([*over, said] if said else over))])
    if where.over[-1][0] > DEEPEST or not _stands(sections(text[base:]), sections(_body(path, after)), where):
        raise Misplaced(path, where.over[-1][1])
    return after


def inserted(text: str, stop: int, block: str) -> Edit:
    """The edit that puts a block of its own behind the last line before an offset that is not blank."""
    last = len(text[:stop].rstrip())
    at = text.find("\n", last)
    at = len(text) if at < 0 else at
    # A heading that follows keeps its distance; a file that ends without a newline gets one.
    short = text.count("\n", at, stop) < 2 if stop < len(text) else at == len(text)
    line, column = line_and_column(text, at)
    return Edit(Span(line, column, line, column), f"\n\n{block}" + ("\n" if short else ""))


def _stands(before: Sequence[Section], after: Sequence[Section], where: _Placed) -> bool:
    """Whether all other sections are as they were, and the text stands below its own heading."""
    old, new = _shown(before), _shown(after)
    start = _alike(old, new)
    same = _alike(old[start:][::-1], new[start:][::-1])
    gone, come = old[start : len(old) - same], new[start : len(new) - same]
    names = tuple((level, title) for level, title, _ in come)
    deeper = all(level > where.over[-1][0] for level, _ in names[len(where.over) :])
    kept = len(gone) == (0 if where.new else 1) and all(old[2] in new[2] for old, new in zip(gone, come, strict=False))
    # Below a heading that is there, a text of notes and private passages alone makes no difference.
    return not (where.new or gone or come) or (kept and deeper and names[: len(where.over)] == where.over)


def _alike(some: Sequence[object], others: Sequence[object]) -> int:
    """How many of two sequences are the same from the start on."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(some), len(others)))


def _shown(sections: Sequence[Section]) -> list[tuple[int, str, str]]:
    return [(each.level, each.title, each.text) for each in sections]
