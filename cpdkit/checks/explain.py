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
from cpdkit.checks.rule import Rule
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.journal import codes
from cpdkit.journal.compound_types import is_fixed
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


class Place(NamedTuple):
    """Where an example stands in its journal: the file, the good record's front matter that it changes, the body."""

    path: str
    fields: str
    body: str = "\nIn my own words.\n"


EXAMPLE_PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "fields": Place("activities/relay-course.md", ACTIVITY, BODY),
        "body": Place("activities/relay-course.md", ACTIVITY, BODY),
        "file": Place("activities/relay-course.md", ACTIVITY, BODY),
        "cpd.yaml": Place("cpd.yaml", MEMBER),
        "plan": Place("plan/grid-storage.md", OBJECTIVE),
        "career": Place("career/2021-aire-valley-power.md", POST),
        "reviews": Place("reviews/2025.md", REVIEW),
    }
)
"""By what an explanation's `where` says."""


def found_in(where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """What a check finds in the journal of an example and the files beside it."""
    over = {path: told.encode() for path, told in files_of(where, text, beside, without).items()}
    # Nothing is written there: all of the journal's texts lie over an empty folder.
    with TemporaryDirectory() as root:
        return check_journal(Path(root), day=DAY, over=over).diagnostics


def files_of(where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()) -> dict[str, str]:
    """The files of an example's journal, by path: a good one, but for the example and the fields it does without."""
    activity = merged(ACTIVITY, "objectives: [grid-storage]\n") if where == "plan" else ACTIVITY
    good = {"cpd.yaml": MEMBER, "activities/relay-course.md": f"{FENCE}{activity}{FENCE}{BODY}"}
    return {**good, EXAMPLE_PLACES[where].path: file_of(where, text, without), **beside}


def file_of(where: str, text: str, without: Collection[str] = ()) -> str:
    """The file that an example stands in."""
    place = EXAMPLE_PLACES[where]
    if where == "file":
        return text
    if where == "body":
        return f"{FENCE}{place.fields}{FENCE}\n{text}"
    fields = merged(place.fields, text, without)
    return fields if where == "cpd.yaml" else f"{FENCE}{fields}{FENCE}{place.body}"


def merged(good: str, lines: str, without: Collection[str] = ()) -> str:
    """Front matter with other lines: a field of the same name gives way, the others are added."""
    there = {name: told for name, told in chunks(good) if name not in without}
    added = ""
    for name, told in chunks(lines):
        if name in there:
            there[name] = told
        else:
            added += told
    return "".join(there.values()) + added


def chunks(lines: str) -> Iterator[tuple[str, str]]:
    """The fields of a text, each with its lines; a text that is no field counts by its first word."""
    for told in re.split(r"(?m)^(?=\S)(?!- |#)", lines):
        if told:
            match = _NAME.match(told)
            yield match[1] if match else told, told if told.endswith("\n") else f"{told}\n"


def is_of_record(diagnostic: Diagnostic) -> bool:
    """Whether a problem is of a file that can accept it."""
    return _RECORDS.fullmatch(diagnostic.path) is not None


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
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "fields": "in the front matter of an activity",
        "body": "in the text of an activity",
        "file": "in an activity's whole file",
        "cpd.yaml": "in cpd.yaml",
        "plan": "in the front matter of an objective",
        "career": "in the front matter of a post",
        "reviews": "in the front matter of a review",
    }
)
"""What an example is a part of, by `where`."""


class Catalogue(NamedTuple):
    """Codes, and the TOML file (or the folder with one for each hundred) that explains them.

    `checked` says that `cpd check` finds them, so that the owner's settings reach them.
    """

    codes: Mapping[str, codes.Rule | Rule]
    place: Path
    checked: bool = True


OF_CHECKS = Catalogue(CODES, Path(__file__).with_name("explained"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of a code.

    `wrong` and `right` are examples, parts of a file as `where` says (a key of PLACES); where no text can show the
    problem, `shown` tells it instead. `without` are fields that the good record around the example does not have,
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
    def found(self) -> tuple[Diagnostic, ...]:
        """What a check says of the wrong example; nothing where it can't show one."""
        if not self.wrong or not self.checked:
            return ()
        return found_in(self.where, self.wrong, {**self.beside, **self.wrong_beside}, self.without)

    @property
    def may_be_set(self) -> bool:
        """Whether `checks` in cpd.yaml reaches it."""
        return self.checked and not is_fixed(self.code)


class Section(NamedTuple):
    """A part of an explanation: a heading, then prose, then lines as they are typed or printed; either may be empty."""

    heading: str
    prose: str = ""
    lines: str = ""


def explained(*more: Catalogue) -> tuple[Explanation, ...]:
    """The explanations of every code of a check, and of further catalogues, in the order of the codes."""
    found = [_explained(code, each) for each in (OF_CHECKS, *more) for code in each.codes]
    return tuple(sorted(found, key=lambda each: each.code))


def explanation(code: str, *more: Catalogue) -> Explanation:
    """The explanation of one code. Raises KeyError for one that there isn't."""
    for each in (OF_CHECKS, *more):
        if code in each.codes:
            return _explained(code, each)
    raise KeyError(code)


def _explained(code: str, catalogue: Catalogue) -> Explanation:
    rule = catalogue.codes[code]
    place = catalogue.place / f"{code[:4]}xx.toml" if catalogue.place.suffix != ".toml" else catalogue.place
    said = dict(_told(place).get(code, {}))
    what = " ".join((said.pop("what", "") or getattr(rule, "what", "")).split())
    return Explanation(code, rule.severity, rule.title, what, checked=catalogue.checked, **said)


@lru_cache
def _told(place: Path) -> Mapping[str, Mapping[str, Any]]:
    """What a file of explanations says, by code; nothing where there is no such file."""
    return tomllib.loads(place.read_text(encoding="utf-8")) if place.exists() else {}


def sections(each: Explanation) -> Iterator[Section]:
    """The parts of an explanation behind its title, in the order to read them."""
    found = each.found
    if each.what:
        yield Section("", each.what)
    if each.why:
        yield Section("Why it matters", each.why)
    if each.shown:
        yield Section("For example", each.shown)
    if each.wrong:
        yield Section(f"Wrong, {PLACES[each.where]}", lines=each.wrong)
        yield from _beside({**each.beside, **each.wrong_beside})
    if found:
        yield Section("What cpd check says of it", lines="\n".join(line for one in found for line in said_of(one)))
    if each.right:
        yield Section("Right", lines=each.right)
        yield from _beside(each.right_beside)
    if found:
        yield Section("Can it be mended for you?", mending(found[0]))
    yield Section("May it stay as it is?", *staying(each, found))


def _beside(files: Mapping[str, str]) -> Iterator[Section]:
    for path, text in files.items():
        yield Section("", f"with `{path}` beside it" + (":" if text else "."), text)


def said_of(diagnostic: Diagnostic) -> list[str]:
    """A diagnostic as `cpd check` prints it, in lines that fit."""
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
    return [start + first, *(start.replace("^", " ") + told for told in more)]


def mending(diagnostic: Diagnostic) -> str:
    """Whether there is a fix, and whether it needs an eye."""
    if diagnostic.fix is None:
        return "No: only you know what is right."
    if diagnostic.fix.safe:
        return f"Yes: `cpd check --fix` would {diagnostic.fix.title}."
    return f"Yes, but look at it: `cpd check --unsafe-fix` would {diagnostic.fix.title}."


def staying(each: Explanation, found: Iterable[Diagnostic]) -> tuple[str, str]:
    """How to accept it in one file or set it for the journal, where that is possible; prose, and what to write."""
    if not each.checked:
        return "It is told when a document is made, and can't be turned off.", ""
    if not each.may_be_set:
        return "No: what has it is missing from every report until it is mended.", ""
    other = "off, error, warning or advice"
    for_all = f"checks: {{{each.code}: off}}"
    if not any(is_of_record(one) and one.code == each.code for one in found) or not _can_be_accepted(each.code):
        return f"Yes. In cpd.yaml ({other}):", for_all
    return (
        f"Yes. In the file's front matter, with your reason; or in cpd.yaml, for the whole journal ({other}):",
        f"accepted: {{{each.code}: why it is right as it is}}\n{for_all}",
    )


def _can_be_accepted(code: str) -> bool:
    """Whether a record's `accepted` reaches it: not where it is found in a file's name, or in `accepted` itself."""
    return code not in {"CPD218", "CPD219", "CPD220", "CPD704", "CPD705", "CPD801", "CPD802", "CPD803", "CPD804"}


def as_text(each: Explanation) -> str:
    """An explanation for a terminal of 80 columns."""
    parts = [f"{each.code} · {each.severity} · {each.title}"]
    for section in sections(each):
        parts += [section.heading] if section.heading else []
        parts += ["\n".join(wrap(section.prose, COLUMNS, break_on_hyphens=False))] if section.prose else []
        parts += [typed(section.lines, COLUMNS)] if section.lines else []
        parts += [""]
    return "\n".join([parts[0], "", *parts[1:-1]])


def typed(lines: str, columns: int = 0) -> str:
    """Lines of a file, indented, and folded to `columns` as an editor would; what can't be seen shows as an escape."""
    shown = [printable(line) for line in lines.rstrip("\n").split("\n")]
    folded = [part for line in shown for part in _folded(line, columns - len(INDENT))] if columns else shown
    return indent("\n".join(folded), INDENT)


def _folded(line: str, columns: int) -> list[str]:
    """A long line as several; those of a field's value stand further in, where YAML takes them for the value's own."""
    if len(line) <= columns:
        return [line]
    further = " " * (len(line) - len(line.lstrip()) + 2 * bool(_FIELD.match(line)))
    return wrap(line, columns, subsequent_indent=further, break_on_hyphens=False)


def as_markdown(each: Explanation) -> str:
    """An explanation as a section of a page; its heading is the code alone, so that links to it last."""
    parts = [f"### {each.code}", f"**{each.title}** ({each.severity})"]
    for section in sections(each):
        if section.heading:
            parts.append(f"*{section.heading}*" + (f" {section.prose}" if section.prose else ""))
        elif section.prose:
            parts.append(section.prose)
        parts += [typed(section.lines)] if section.lines else []
    return "\n\n".join(parts) + "\n"


def as_list(some: Iterable[Explanation]) -> str:
    """Codes, severities and titles, by theme."""
    return "\n\n".join(
        "\n".join([f"{theme}xx {THEMES[theme]}", *(line for each in those for line in _row(each))])
        for theme, those in groupby(some, lambda each: each.code[:4])
    )


def _row(each: Explanation) -> list[str]:
    start = f"  {each.code}  {each.severity!s:7}  "
    return wrap(each.title, COLUMNS, initial_indent=start, subsequent_indent=" " * len(start))


def as_page(some: Iterable[Explanation]) -> str:
    """All explanations as one page of Markdown, with a table of the codes."""
    every = list(some)
    rows = [f"| [{each.code}](#{each.code.lower()}) | {each.severity} | {each.title} |" for each in every]
    table = "\n".join(["| code | severity | what it says |", "|---|---|---|", *rows])
    parts = [PAGE.strip(), table]
    for theme, those in groupby(every, lambda each: each.code[:4]):
        parts += [f"## {theme}xx: {THEMES[theme]}", *(as_markdown(each).strip() for each in those)]
    return "\n\n".join(parts) + "\n"


def as_data(each: Explanation) -> dict[str, Any]:
    """An explanation as plain data for JSON; `fix` is null where there is none."""
    fix = next((one.fix for one in each.found if one.fix), None)
    return {
        "code": each.code,
        "severity": str(each.severity),
        "title": each.title,
        "theme": THEMES[each.code[:4]],
        "what": each.what,
        "why": each.why,
        "where": each.where,
        "wrong": each.wrong,
        "right": each.right,
        "shown": each.shown,
        "fix": {"title": fix.title, "safe": fix.safe} if fix else None,
        "settable": each.may_be_set,
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
