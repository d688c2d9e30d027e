"""Insert answers into a reflection, each below its heading, and change nothing else in the file.

Text that would add a heading or hide the text around it is refused before anything is written.
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
"""The start of the heading of a later reflection; its date follows."""
REFLECTION_LEVEL = 2
DEEPEST = 6


class Misplaced(CpdError):
    """A text can't be inserted without changing the text around it."""

    hint = "remove headings, and close code blocks and comments; or write the text in an editor"

    def __init__(self, path: str, question: str) -> None:
        super().__init__(f'{path} was not changed: the text for "{question}" would break the text around it')
        self.path = path


class BodyPrompt(NamedTuple):
    """A heading of a reflection. `waiting` means that there is nothing below it that a report would print."""

    question: str
    waiting: bool


class _Placed(NamedTuple):
    """Where a text goes: before the offset `stop` of the body, below the headings `over`, which may be new."""

    stop: int
    over: tuple[tuple[int, str], ...]
    new: bool


def prompts_of(body: str) -> tuple[BodyPrompt, ...]:
    """Return the prompts of a body's reflection, without those of later reflections."""
    own = outline(body).reflection
    waiting = {each.start for each in unanswered(own)}
    return tuple(
        BodyPrompt(each.title, each.start in waiting) for each in own[1:] if each.title and not _is_later(each)
    )


def with_answer(path: str, data: bytes, question: str, answer: str) -> bytes:
    """Return a record's bytes with an answer at the end of a question's text; without a question, of the reflection's.

    Missing headings are added: the question's at the end of the reflection (before any later one), the reflection's at
    the end of the body. Raises UsageError for an empty answer and for control characters in it, Misplaced, Unreadable.
    """
    text = tidy(answer)
    if not text:
        raise UsageError(f'the answer to "{question or "Reflection"}" is empty')
    body = _body(path, data)
    return _with(path, data, _below_question(body, question), _without_control(text))


def with_later(path: str, data: bytes, day: date, text: str) -> bytes:
    """Return a record's bytes with a later reflection of that day after the others. Raises like `with_answer`."""
    text = tidy(text)
    if not text:
        raise UsageError("the later reflection is empty")
    return _with(path, data, _at_the_end(_body(path, data), later_heading(day)), _without_control(text))


def later_heading(day: date) -> str:
    """Return `Later, 24 November 2026`."""
    return f"{LATER}{day_text(day)}"


def with_prompts(path: str, data: bytes, prompts: Iterable[Prompt]) -> bytes:
    """Return a record's bytes with the prompts missing from its reflection, each with its help in a comment."""
    for each in prompts:
        body = _body(path, data)
        if not _is_there(body, each.question):
            data = _with(path, data, _below_question(body, each.question), f"<!-- {each.help} -->" if each.help else "")
    return data


def holds(body: str, question: str, answer: str) -> bool:
    """Return whether a question already has this answer, word for word and as separate paragraphs."""
    paragraphs = f"\n\n{tidy(answer)}\n\n"
    own = outline(body).reflection
    return any(
        paragraphs in f"\n\n{each.text}\n\n" for each in own if normal(each.title) == normal(question or "Reflection")
    )


def _is_there(body: str, question: str) -> bool:
    if is_whole(question):
        return bool(outline(body).reflection)
    return any(normal(question) == normal(each.question) for each in prompts_of(body))


def is_whole(question: str) -> bool:
    """Return whether a question means the whole reflection, whose text is directly below its heading."""
    return not question or normal(question) == REFLECTION


def tidy(text: str) -> str:
    """Return a text without whitespace around it and with newlines as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _without_control(text: str) -> str:
    if has_control(text):
        raise UsageError("the text contains an invisible control character", "retype the words around it")
    return text


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
    """Return the place of a heading at the end of the reflection, or of the present one with that title."""
    own = outline(body).reflection
    if not own:
        over = ((REFLECTION_LEVEL, "Reflection"), (REFLECTION_LEVEL + 1, title))
        return _Placed(len(body), over, True)
    if there := next((each for each in own[1:] if each.title == title), None):
        return _Placed(_next_heading(body, there, DEEPEST), ((there.level, title),), False)
    return _Placed(_next_heading(body, own[0], own[0].level), ((own[0].level + 1, title),), True)


def _next_heading(body: str, section: Section, level: int) -> int:
    """Return where the next heading of at most that level starts, private or not, or the end of the body."""
    following = (each.start for each in headings(body) if each.start > section.start and each.level <= level)
    return next(following, len(body))


def _is_later(section: Section) -> bool:
    return section.title.startswith(LATER)


def _with(path: str, data: bytes, where: _Placed, block: str) -> bytes:
    text = decode(path, data).text
    base = split(text).body
    over = [f"{'#' * level} {title}" for level, title in where.over] if where.new else []
    after = apply(data, [inserted(text, base + where.stop, "\n\n".join([*over, block] if block else over))])
    if where.over[-1][0] > DEEPEST or not _is_placed(sections(text[base:]), sections(_body(path, after)), where):
        raise Misplaced(path, where.over[-1][1])
    return after


def inserted(text: str, stop: int, block: str) -> Edit:
    """Return the edit that inserts a separate block after the last line before an offset that is not blank."""
    last = len(text[:stop].rstrip())
    at = text.find("\n", last)
    at = len(text) if at < 0 else at
    # Keep a blank line before a heading that follows, and end the file with a newline.
    short = text.count("\n", at, stop) < 2 if stop < len(text) else at == len(text)
    line, column = line_and_column(text, at)
    return Edit(Span(line, column, line, column), f"\n\n{block}" + ("\n" if short else ""))


def _is_placed(before: Sequence[Section], after: Sequence[Section], where: _Placed) -> bool:
    """Return whether the text is below its own heading and all other sections are unchanged."""
    old, new = _shown(before), _shown(after)
    start = _alike(old, new)
    same = _alike(old[start:][::-1], new[start:][::-1])
    gone, come = old[start : len(old) - same], new[start : len(new) - same]
    names = tuple((level, title) for level, title, _ in come)
    deeper = all(level > where.over[-1][0] for level, _ in names[len(where.over) :])
    kept = len(gone) == (0 if where.new else 1) and all(old[2] in new[2] for old, new in zip(gone, come, strict=False))
    # Below an existing heading, a text of comments and private passages only makes no difference.
    return not (where.new or gone or come) or (kept and deeper and names[: len(where.over)] == where.over)


def _alike(some: Sequence[object], others: Sequence[object]) -> int:
    """Return how many items at the start of two sequences are the same."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(some), len(others)))


def _shown(sections: Sequence[Section]) -> list[tuple[int, str, str]]:
    return [(each.level, each.title, each.text) for each in sections]
