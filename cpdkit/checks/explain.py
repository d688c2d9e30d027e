"""Explain each code, with a wrong and a right example, from the rules and `explained/*.toml`."""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from textwrap import indent, wrap
from types import MappingProxyType
from typing import Any, NamedTuple

from cpdkit.checks.engine import check_journal
from cpdkit.checks.formats.common import third_person
from cpdkit.checks.formats.text import diagnostic_lines
from cpdkit.checks.pages import page_uri, web_address
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.journal.codes import Code, is_fixed
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.text.temporary import private_folder
from cpdkit.text.terminal import cut, printable

DAY = date(2026, 11, 23)
"""The date on which examples are checked, so that their results never change."""
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
QUALIFICATION = "title: MEng Electrical Engineering\nkind: degree\ninstitution: University of Leeds\nawarded: 2016-07\n"
CLAIM = "competences: [B1]\nevidenced-by: [relay-course]\n"
CLAIM_BODY = "\nI defined the requirements of two schemes.\n"
PEOPLE = "people:\n  - {id: margaret, name: Margaret Oyelaran, role: Head of protection}\n"
_NAME = re.compile(r"(?:- )?([\w-]+)")
_RECORDS = re.compile(rf"(?:{'|'.join(RECORD_KINDS)})/.+\.md")


class ExampleFile(NamedTuple):
    """The file that an example is in: the part of the file, its path, and the good record that the example changes."""

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
        "qualifications": ExampleFile(
            "in the front matter of a qualification", "qualifications/2016-degree.md", QUALIFICATION
        ),
        "claims": ExampleFile("in the front matter of a claim", "claims/b1.md", CLAIM, CLAIM_BODY),
        "claim-body": ExampleFile("in the text of a claim", "claims/b1.md", CLAIM, CLAIM_BODY),
        "career-body": ExampleFile("in the text of a post", "career/2021-aire-valley-power.md", POST),
        "people.yaml": ExampleFile("in people.yaml", "people.yaml", PEOPLE),
        "reviews": ExampleFile("in the front matter of a review", "reviews/2025.md", REVIEW),
    }
)
"""By the `where` of an explanation."""


def example_diagnostics(
    where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return the result of a check of the journal of an example, with further files."""
    over = {path: content.encode() for path, content in example_files(where, text, beside, without).items()}
    # All files of the journal are in `over`; the folder stays empty.
    with private_folder() as root:
        return check_journal(root, day=DAY, over=over).diagnostics


def example_files(where: str, text: str, beside: Mapping[str, str], without: Collection[str] = ()) -> dict[str, str]:
    """Return the files of the journal of an example, by path. All are good, except for the example.

    `text` is the example; `without` are fields to remove from its file.
    """
    activity = merged_fields(ACTIVITY, "objectives: [grid-storage]\n") if where == "plan" else ACTIVITY
    good = {"cpd.yaml": MEMBER, "activities/relay-course.md": f"{FENCE}{activity}{FENCE}{BODY}"}
    return {**good, EXAMPLE_FILES[where].path: _example_text(where, text, without), **beside}


def _example_text(where: str, text: str, without: Collection[str]) -> str:
    """Return the text of the file with the example in it."""
    file = EXAMPLE_FILES[where]
    if where == "file":
        return text
    if where in ("body", "career-body", "claim-body"):
        return f"{FENCE}{file.fields}{FENCE}\n{text}"
    fields = merged_fields(file.fields, text, without)
    return fields if where in ("cpd.yaml", "people.yaml") else f"{FENCE}{fields}{FENCE}{file.body}"


def merged_fields(good: str, lines: str, without: Collection[str] = ()) -> str:
    """Return front matter with other lines, which replace fields of the same name or add to them."""
    fields = {name: chunk for name, chunk in field_chunks(good) if name not in without}
    added = ""
    for name, chunk in field_chunks(lines):
        if name in fields:
            fields[name] = chunk
        else:
            added += chunk
    return "".join(fields.values()) + added


def field_chunks(lines: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the lines of each field; a text that is not a field has its first word as name."""
    for chunk in re.split(r"(?m)^(?=\S)(?!- |#)", lines):
        if chunk:
            match = _NAME.match(chunk)
            yield match[1] if match else chunk, chunk if chunk.endswith("\n") else f"{chunk}\n"


COLUMNS = 80
INDENT = " " * 4
ROOM = 24
"""The fewest columns for the text next to a caret."""
_CARET = re.compile(r" +│ *(?:\^+ )?|    ")
_FIELD = re.compile(r"\s*[\w-]+:\s")
THEMES: Mapping[str, str] = MappingProxyType(
    {
        "CPD1": "reading a file",
        "CPD2": "fields",
        "CPD3": "dates and hours",
        "CPD4": "content of an activity",
        "CPD5": "links, names, evidence and privacy",
        "CPD6": "plan, career, reviews and application",
        "CPD7": "settings and cpd.yaml",
        "CPD8": "file names, duplicates and gaps",
        "CPD9": "making a document",
    }
)
"""The subject of the codes of each hundred."""


class Catalogue(NamedTuple):
    """Codes, and the TOML file (or the folder with one file for each hundred) that explains them.

    `checked` means that `cpd check` reports them, so that the owner's settings apply to them.
    """

    codes: Mapping[str, Code]
    path: Path
    checked: bool = True


CHECK_CATALOGUE = Catalogue(CODES, Path(__file__).with_name("explained"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """The complete explanation of a code.

    `wrong` and `right` are examples: parts of the file that `where`, a key of EXAMPLE_FILES, names. If no text can show
    the problem, `shown` describes it instead. `without` are fields to remove from the good record around the example.
    Further files of its journal are by path: for both examples, or for one (`wrong_beside`, `right_beside`).
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
        """Return the problems of the wrong example; none if a check cannot find them."""
        if not self.wrong or not self.checked:
            return ()
        return example_diagnostics(self.where, self.wrong, {**self.beside, **self.wrong_beside}, self.without)

    @property
    def may_be_set(self) -> bool:
        """Return whether `checks` in cpd.yaml applies to it."""
        return self.checked and not is_fixed(self.code)


class Section(NamedTuple):
    """A part of an explanation: a heading, prose, and lines to type or as printed; each of them may be empty."""

    heading: str
    prose: str = ""
    lines: str = ""


def explanations(*more: Catalogue) -> tuple[Explanation, ...]:
    """Return the explanations of all codes of a check and of further catalogues, sorted by code."""
    every = [_read_explanation(code, catalogue) for catalogue in (CHECK_CATALOGUE, *more) for code in catalogue.codes]
    return tuple(sorted(every, key=lambda each: each.code))


def explanation(code: str, *more: Catalogue) -> Explanation:
    """Return the explanation of one code. Raise KeyError for an unknown code."""
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
    """Return the texts of a file of explanations, by code; none if the file does not exist."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def sections(explanation: Explanation) -> Iterator[Section]:
    """Yield the parts of an explanation after its title, in reading order."""
    diagnostics = explanation.diagnostics
    if explanation.what:
        yield Section("", explanation.what)
    if explanation.why:
        yield Section("Why it matters", explanation.why)
    if explanation.shown:
        yield Section("Example", explanation.shown)
    if explanation.wrong:
        yield Section(f"Wrong, {EXAMPLE_FILES[explanation.where].part}", lines=explanation.wrong)
        yield from _other_files({**explanation.beside, **explanation.wrong_beside})
    if diagnostics:
        printed = "\n".join(line for one in diagnostics for line in printed_lines(one))
        yield Section("What cpd check reports", lines=printed)
    if explanation.right:
        yield Section("Right", lines=explanation.right)
        yield from _other_files(explanation.right_beside)
    if diagnostics:
        yield Section("Can cpd fix it?", _fix_answer(diagnostics[0]))
    yield Section("Can you accept it?", *_acceptance_answer(explanation, diagnostics))


def _other_files(files: Mapping[str, str]) -> Iterator[Section]:
    for path, text in files.items():
        yield Section("", f"The journal also has `{path}`" + (":" if text else "."), text)


def printed_lines(diagnostic: Diagnostic) -> list[str]:
    """Return a diagnostic as `cpd check` prints it, wrapped."""
    first, *rest = diagnostic_lines(diagnostic)
    lines = wrap(first, COLUMNS - len(INDENT), subsequent_indent=INDENT, break_on_hyphens=False)
    for line in rest:
        lines += _wrapped(line)
    return [line.rstrip() for line in lines]


def _wrapped(line: str) -> list[str]:
    """Return a line of a diagnostic as lines that fit: cut if it is a line of the file, otherwise wrapped."""
    room = COLUMNS - len(INDENT)
    match = _CARET.match(line)
    start = match[0] if match else ""
    if not start:
        return [cut(line, room)]
    first, *more = wrap(line[len(start) :], max(room - len(start), ROOM)) or [""]
    return [start + first, *(start.replace("^", " ") + text for text in more)]


def _fix_answer(diagnostic: Diagnostic) -> str:
    """Return whether there is a fix, what it does, and whether it needs a review."""
    if diagnostic.fix is None:
        return "No. Only you know what is right."
    what = third_person(diagnostic.fix.title)
    if diagnostic.fix.safe:
        return f"Yes. `cpd check --fix` {what}."
    return f"Yes, but review the change. `cpd check --unsafe-fix` {what}."


def _acceptance_answer(explanation: Explanation, diagnostics: Iterable[Diagnostic]) -> tuple[str, str]:
    """Return whether and how to accept it in one file or for the journal: prose, and the lines to write."""
    if not explanation.checked:
        return "cpdkit reports it when it makes a document. You cannot turn it off.", ""
    if not explanation.may_be_set:
        return "No. Reports omit the record until you fix it.", ""
    severities = "off, error, warning or advice"
    for_all = f"checks: {{{explanation.code}: off}}"
    is_of_record = any(one.code == explanation.code and _RECORDS.fullmatch(one.path) for one in diagnostics)
    if not is_of_record or explanation.code in _NOT_ACCEPTABLE:
        return f"Yes. Change its severity in cpd.yaml ({severities}):", for_all
    return (
        "Yes. Give your reason in the front matter of the file, or change the severity for the whole journal"
        f" in cpd.yaml ({severities}):",
        f"accepted: {{{explanation.code}: the reason why it is intended}}\n{for_all}",
    )


_NOT_ACCEPTABLE = frozenset({"CPD218", "CPD219", "CPD220", "CPD704", "CPD705", "CPD801", "CPD802", "CPD803", "CPD804"})
"""Codes that `accepted` in a record cannot accept: problems of a file name, or of `accepted` itself."""


def as_text(explanation: Explanation) -> str:
    """Return an explanation for a terminal of 80 columns."""
    parts = [f"{explanation.code} · {explanation.severity} · {explanation.title}"]
    for section in sections(explanation):
        parts += [section.heading] if section.heading else []
        parts += ["\n".join(wrap(section.prose, COLUMNS, break_on_hyphens=False))] if section.prose else []
        parts += [typed(section.lines, COLUMNS)] if section.lines else []
        parts += [""]
    page = web_address(explanation.code)
    return "\n".join([parts[0], "", *parts[1:], *([f"Page: {page}"] if page else [])]).rstrip("\n")


def typed(lines: str, columns: int = 0) -> str:
    """Return lines of a file, indented and folded to `columns`; invisible characters become escapes."""
    shown = [printable(line) for line in lines.rstrip("\n").split("\n")]
    folded = [part for line in shown for part in _folded(line, columns - len(INDENT))] if columns else shown
    return indent("\n".join(folded), INDENT)


def _folded(line: str, columns: int) -> list[str]:
    """Return a long line as several; those of a field are indented further, so that YAML reads them as its value."""
    if len(line) <= columns:
        return [line]
    further = " " * (len(line) - len(line.lstrip()) + 2 * bool(_FIELD.match(line)))
    return wrap(line, columns, subsequent_indent=further, break_on_hyphens=False)


def as_markdown(explanation: Explanation) -> str:
    """Return an explanation as a page of Markdown."""
    parts = [f"# {explanation.code}: {explanation.title}", f"Severity: **{explanation.severity}**"]
    for section in sections(explanation):
        parts += [f"## {section.heading}"] if section.heading else []
        parts += [section.prose] if section.prose else []
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


def as_data(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain data for JSON; `fix` is null without a fix."""
    fix = next((one.fix for one in explanation.diagnostics if one.fix), None)
    return {
        "code": explanation.code,
        "severity": str(explanation.severity),
        "title": explanation.title,
        "theme": THEMES[explanation.code[:4]],
        "page": page_uri(explanation.code),
        "what": explanation.what,
        "why": explanation.why,
        "where": explanation.where,
        "wrong": explanation.wrong,
        "right": explanation.right,
        "shown": explanation.shown,
        "fix": {"title": fix.title, "safe": fix.safe} if fix else None,
        "settable": explanation.may_be_set,
    }
