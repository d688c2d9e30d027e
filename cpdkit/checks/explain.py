"""What each code means, why it matters, what is wrong and what is right: from the rules and `explained/*.toml`."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent, wrap
from types import MappingProxyType
from typing import Any, NamedTuple

from cpdkit.checks.engine import check_journal
from cpdkit.checks.formats.text import diagnostic_lines
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.journal.codes import Code, is_fixed
from cpdkit.text.terminal import cut, printable

DAY = date(2026, 11, 23)
"""The day that examples are checked on, so that what they show stays true."""
FENCE = "---\n"
MEMBER = "name: Angharad Llywelyn\n"
ACTIVITY = "title: Relay course\ntype: training\nstart: 2026-03-14\nhours: 2\n"
BODY = """
Settings of distance relays on double-circuit lines, with a day of injection tests in a real substation.

## Reflection

### What did you learn?

How the mutual coupling of two circuits shortens the reach, and that our own standard settings leave too small a margin
for it. I shall take the measured coupling into the next setting report and ask for the line's test sheets first.
"""
OBJECTIVE = "title: Design protection for grid-scale storage\nby: 2026-12-31\n"
POST = "role: Protection engineer\nemployer: Aire Valley Power\nstart: 2021-09-01\n"
REVIEW = "year: 2025\nwritten: 2026-01-09\n"
_NAME = re.compile(r"(?:- )?([\w-]+)")
_RECORDS = re.compile(r"(?:activities|plan|career|reviews)/.+\.md")


class ExampleFile(NamedTuple):
    """The file of an example's journal that holds it: what part, the path, the good record that it changes."""

    part: str
    path: str
    fields: str
    body: str = "\nIn my own words.\n"


EXAMPLE_FILES: Mapping[str, ExampleFile] = MappingProxyType(
    {
        "fields": ExampleFile("in the front matter of an activity", "activities/relay-course.md", ACTIVITY, BODY),
        "body": ExampleFile("in the text of an activity", "activities/relay-course.md", ACTIVITY, BODY),
        "file": ExampleFile("in an activity's whole file", "activities/relay-course.md", ACTIVITY, BODY),
        "cpd.yaml": ExampleFile("in cpd.yaml", "cpd.yaml", MEMBER),
        "plan": ExampleFile("in the front matter of an objective", "plan/grid-storage.md", OBJECTIVE),
        "career": ExampleFile("in the front matter of a post", "career/2021-aire-valley-power.md", POST),
        "reviews": ExampleFile("in the front matter of a review", "reviews/2025.md", REVIEW),
    }
)
"""By what an explanation's `where` says."""


def example_diagnostics(
    where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return what a check finds in the journal of an example and the files beside it."""
    over = {path: content.encode() for path, content in example_files(where, text, beside, without).items()}
    # Nothing is written there: all of the journal's texts lie over an empty folder.
    with TemporaryDirectory() as root:
        return check_journal(Path(root), day=DAY, over=over).diagnostics


def example_files(where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()) -> dict[str, str]:
    """Return the files of an example's journal, by path: good ones, but for the example.

    `text` is the example, `beside` are further files, `without` the fields that the example's file does not have.
    """
    activity = merged_fields(ACTIVITY, "objectives: [grid-storage]\n") if where == "plan" else ACTIVITY
    good = {"cpd.yaml": MEMBER, "activities/relay-course.md": f"{FENCE}{activity}{FENCE}{BODY}"}
    return {**good, EXAMPLE_FILES[where].path: _example_text(where, text, without), **beside}


def _example_text(where: str, text: str, without: Collection[str]) -> str:
    """Return the text of the file that holds an example."""
    file = EXAMPLE_FILES[where]
    if where == "file":
        return text
    if where == "body":
        return f"{FENCE}{file.fields}{FENCE}\n{text}"
    fields = merged_fields(file.fields, text, without)
    return fields if where == "cpd.yaml" else f"{FENCE}{fields}{FENCE}{file.body}"


def merged_fields(good: str, lines: str, without: Collection[str] = ()) -> str:
    """Return front matter with other lines: a field of the same name gives way, the others are added."""
    fields = {name: chunk for name, chunk in field_chunks(good) if name not in without}
    added = ""
    for name, chunk in field_chunks(lines):
        if name in fields:
            fields[name] = chunk
        else:
            added += chunk
    return "".join(fields.values()) + added


def field_chunks(lines: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a text, each with its lines; a text that is no field counts by its first word."""
    for chunk in re.split(r"(?m)^(?=\S)(?!- |#)", lines):
        if chunk:
            match = _NAME.match(chunk)
            yield match[1] if match else chunk, chunk if chunk.endswith("\n") else f"{chunk}\n"


COLUMNS = 80
INDENT = " " * 4
ROOM = 24
"""How many columns a sentence beside a caret has at least."""
_ASIDE = re.compile(r" +│ *(?:\^+ )?|    ")
_FIELD = re.compile(r"\s*[\w-]+:\s")
THEMES: Mapping[str, str] = MappingProxyType(
    {
        "CPD1": "reading a file",
        "CPD2": "the fields",
        "CPD3": "days and hours",
        "CPD4": "what an activity says",
        "CPD5": "links, evidence and privacy",
        "CPD6": "the plan and the reviews",
        "CPD7": "the member and the settings",
        "CPD8": "the journal's tidiness",
        "CPD9": "making a document",
    }
)
"""What the codes of each hundred are about."""


class Catalogue(NamedTuple):
    """Codes, and the TOML file (or the folder with one for each hundred) that explains them.

    `checked` says that `cpd check` finds them, so that the owner's settings reach them.
    """

    codes: Mapping[str, Code]
    path: Path
    checked: bool = True


CHECK_CATALOGUE = Catalogue(CODES, Path(__file__).with_name("explained"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of a code.

    `wrong` and `right` are examples, parts of a file as `where` says (a key of EXAMPLE_FILES); where no text can show
    the problem, `shown` tells it instead. `without` are fields that the good record around the example does not have,
    `beside` other files of its journal, by path.
    """

    code: str
    severity: Severity
    title: str
    what: str
    why: str = ""
    wrong: str = ""
    right: str = ""
    where: str = "fields"
    shown: str = ""
    without: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    wrong_beside: Mapping[str, str] = field(default_factory=dict)
    right_beside: Mapping[str, str] = field(default_factory=dict)
    checked: bool = True

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what a check says of the wrong example; nothing where it can't show one."""
        if not self.wrong or not self.checked:
            return ()
        return example_diagnostics(self.where, self.wrong, {**self.beside, **self.wrong_beside}, self.without)

    @property
    def may_be_set(self) -> bool:
        """Tell whether `checks` in cpd.yaml reaches it."""
        return self.checked and not is_fixed(self.code)


class Section(NamedTuple):
    """A part of an explanation: a heading, then prose, then lines as they are typed or printed; either may be empty."""

    heading: str
    prose: str = ""
    lines: str = ""


def explanations(*more: Catalogue) -> tuple[Explanation, ...]:
    """Return the explanations of every code of a check, and of further catalogues, in the order of the codes."""
    every = [_read_explanation(code, catalogue) for catalogue in (CHECK_CATALOGUE, *more) for code in catalogue.codes]
    return tuple(sorted(every, key=lambda each: each.code))


def explanation(code: str, *more: Catalogue) -> Explanation:
    """Return the explanation of one code. Raises KeyError for one that there isn't."""
    for catalogue in (CHECK_CATALOGUE, *more):
        if code in catalogue.codes:
            return _read_explanation(code, catalogue)
    raise KeyError(code)


def _read_explanation(code: str, catalogue: Catalogue) -> Explanation:
    entry = catalogue.codes[code]
    path = catalogue.path / f"{code[:4]}xx.toml" if catalogue.path.suffix != ".toml" else catalogue.path
    texts = dict(_catalogue_texts(path).get(code, {}))
    what = " ".join((texts.pop("what", "") or entry.what).split())
    return Explanation(code, entry.severity, entry.title, what, checked=catalogue.checked, **texts)


@lru_cache
def _catalogue_texts(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the texts of a file of explanations, by code; nothing where there is no such file."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def sections(explanation: Explanation) -> Iterator[Section]:
    """Yield the parts of an explanation behind its title, in the order to read them."""
    diagnostics = explanation.diagnostics
    if explanation.what:
        yield Section("", explanation.what)
    if explanation.why:
        yield Section("Why it matters", explanation.why)
    if explanation.shown:
        yield Section("For example", explanation.shown)
    if explanation.wrong:
        yield Section(f"Wrong, {EXAMPLE_FILES[explanation.where].part}", lines=explanation.wrong)
        yield from _other_files({**explanation.beside, **explanation.wrong_beside})
    if diagnostics:
        printed = "\n".join(line for one in diagnostics for line in printed_lines(one))
        yield Section("What cpd check says of it", lines=printed)
    if explanation.right:
        yield Section("Right", lines=explanation.right)
        yield from _other_files(explanation.right_beside)
    if diagnostics:
        yield Section("Can it be mended for you?", _fix_answer(diagnostics[0]))
    yield Section("May it stay as it is?", *_acceptance_answer(explanation, diagnostics))


def _other_files(files: Mapping[str, str]) -> Iterator[Section]:
    for path, text in files.items():
        yield Section("", f"with `{path}` beside it" + (":" if text else "."), text)


def printed_lines(diagnostic: Diagnostic) -> list[str]:
    """Return a diagnostic as `cpd check` prints it, in lines that fit."""
    first, *rest = diagnostic_lines(diagnostic)
    lines = wrap(first, COLUMNS - len(INDENT), subsequent_indent=INDENT, break_on_hyphens=False)
    for line in rest:
        lines += _wrapped(line)
    return [line.rstrip() for line in lines]


def _wrapped(line: str) -> list[str]:
    """A line of a diagnostic: a line of the file is cut, what stands beside or below the caret goes on below itself."""
    room = COLUMNS - len(INDENT)
    match = _ASIDE.match(line)
    start = match[0] if match else ""
    if not start:
        return [cut(line, room)]
    first, *more = wrap(line[len(start) :], max(room - len(start), ROOM)) or [""]
    return [start + first, *(start.replace("^", " ") + text for text in more)]


def _fix_answer(diagnostic: Diagnostic) -> str:
    """Tell whether there is a fix, and whether it needs an eye."""
    if diagnostic.fix is None:
        return "No: only you know what is right."
    if diagnostic.fix.safe:
        return f"Yes: `cpd check --fix` would {diagnostic.fix.title}."
    return f"Yes, but look at it: `cpd check --unsafe-fix` would {diagnostic.fix.title}."


def _acceptance_answer(explanation: Explanation, diagnostics: Iterable[Diagnostic]) -> tuple[str, str]:
    """Tell how to accept it in one file or set it for the journal, where that is possible; prose, and what to write."""
    if not explanation.checked:
        return "It is told when a document is made, and can't be turned off.", ""
    if not explanation.may_be_set:
        return "No: what has it is missing from every report until it is mended.", ""
    other = "off, error, warning or advice"
    for_all = f"checks: {{{explanation.code}: off}}"
    is_of_record = any(one.code == explanation.code and _RECORDS.fullmatch(one.path) for one in diagnostics)
    if not is_of_record or explanation.code in _NOT_ACCEPTABLE:
        return f"Yes. In cpd.yaml ({other}):", for_all
    return (
        f"Yes. In the file's front matter, with your reason; or in cpd.yaml, for the whole journal ({other}):",
        f"accepted: {{{explanation.code}: why it is right as it is}}\n{for_all}",
    )


_NOT_ACCEPTABLE = frozenset({"CPD218", "CPD219", "CPD220", "CPD704", "CPD705", "CPD801", "CPD802", "CPD803", "CPD804"})
"""What a record's `accepted` does not reach: it is of a file's name, or of `accepted` itself."""


def as_text(explanation: Explanation) -> str:
    """Return an explanation for a terminal of 80 columns."""
    parts = [f"{explanation.code} · {explanation.severity} · {explanation.title}"]
    for section in sections(explanation):
        parts += [section.heading] if section.heading else []
        parts += ["\n".join(wrap(section.prose, COLUMNS, break_on_hyphens=False))] if section.prose else []
        parts += [typed(section.lines, COLUMNS)] if section.lines else []
        parts += [""]
    return "\n".join([parts[0], "", *parts[1:-1]])


def typed(lines: str, columns: int = 0) -> str:
    """Return lines of a file, indented, folded to `columns` as an editor would; what can't be seen is an escape."""
    shown = [printable(line) for line in lines.rstrip("\n").split("\n")]
    folded = [part for line in shown for part in _folded(line, columns - len(INDENT))] if columns else shown
    return indent("\n".join(folded), INDENT)


def _folded(line: str, columns: int) -> list[str]:
    """A long line as several; those of a field's value stand further in, where YAML takes them for the value's own."""
    if len(line) <= columns:
        return [line]
    further = " " * (len(line) - len(line.lstrip()) + 2 * bool(_FIELD.match(line)))
    return wrap(line, columns, subsequent_indent=further, break_on_hyphens=False)


def as_markdown(explanation: Explanation) -> str:
    """Return an explanation as a section of a page; its heading is the code alone, so that links to it last."""
    parts = [f"### {explanation.code}", f"**{explanation.title}** ({explanation.severity})"]
    for section in sections(explanation):
        if section.heading:
            parts.append(f"*{section.heading}*" + (f" {section.prose}" if section.prose else ""))
        elif section.prose:
            parts.append(section.prose)
        parts += [typed(section.lines)] if section.lines else []
    return "\n\n".join(parts) + "\n"


def as_list(explanations: Iterable[Explanation]) -> str:
    """Return codes, severities and titles, by theme."""
    return "\n\n".join(
        "\n".join([f"{theme}xx {THEMES[theme]}", *(line for each in group for line in _row(each))])
        for theme, group in groupby(explanations, lambda each: each.code[:4])
    )


def _row(explanation: Explanation) -> list[str]:
    start = f"  {explanation.code}  {explanation.severity!s:7}  "
    return wrap(explanation.title, COLUMNS, initial_indent=start, subsequent_indent=" " * len(start))


def as_page(explanations: Iterable[Explanation]) -> str:
    """Return all explanations as one page of Markdown, with a table of the codes."""
    every = list(explanations)
    rows = [f"| [{each.code}](#{each.code.lower()}) | {each.severity} | {each.title} |" for each in every]
    table = "\n".join(["| code | severity | what it says |", "|---|---|---|", *rows])
    parts = [PAGE.strip(), table]
    for theme, group in groupby(every, lambda each: each.code[:4]):
        parts += [f"## {theme}xx: {THEMES[theme]}", *(as_markdown(each).strip() for each in group)]
    return "\n\n".join(parts) + "\n"


def as_data(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain data for JSON; `fix` is null where there is none."""
    fix = next((one.fix for one in explanation.diagnostics if one.fix), None)
    return {
        "code": explanation.code,
        "severity": str(explanation.severity),
        "title": explanation.title,
        "theme": THEMES[explanation.code[:4]],
        "what": explanation.what,
        "why": explanation.why,
        "where": explanation.where,
        "wrong": explanation.wrong,
        "right": explanation.right,
        "shown": explanation.shown,
        "fix": {"title": fix.title, "safe": fix.safe} if fix else None,
        "settable": explanation.may_be_set,
    }


PAGE = """
# What `cpd check` says

Every problem has a code, and a code never changes its meaning. `cpd explain CPD204` says in the terminal what stands
here; this page is made from the same place (`cpd explain --format markdown`).

An *error* makes a record wrong, and most keep it from being read: it is then left out of every report, and every report
says so. A *warning* should be mended, *advice* deserves a look. Errors and warnings make `cpd check` exit with 1,
advice alone does not.

Where a problem may stay as it is, a record says so itself, with the reason
(`accepted: {CPD306: a night shift, counted on the day it began}`), or cpd.yaml does for the whole journal, by a code or
by what all codes of a theme start with (`checks: {CPD311: off, CPD4: advice}`).
"""
