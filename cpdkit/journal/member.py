"""The owner of a journal: the fields of `cpd.yaml`, declared as in `records.py`, and the function that reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import parse_period
from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.errors import UsageError
from cpdkit.journal.compound_types import Competences, Entries, One, Severities, Units
from cpdkit.journal.date_types import Day, Year, YearOrDay
from cpdkit.journal.declarations import MARKS, OWN, Field, declared, read_fields
from cpdkit.journal.document_choices import APPLICATION, CV, LOOK, ApplicationChoices, CvChoices, LookChoices
from cpdkit.journal.field_types import Choice, Flag, Hours, Items, Line, Matching
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.front_matter_warnings import note_warnings
from cpdkit.journal.spans import Spans
from cpdkit.journal.values import Competence
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import Source, odd_characters
from cpdkit.text.yaml import MappingNode, parse

_MONTH_DAY = (
    r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|"
    r"(0[13578]|1[02])-31"
)


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership of a professional body. `since` is a year or a date, as the owner writes it."""

    # fmt: off
    body: Annotated[str, Field("body", Line(), required=True, example="IET")]
    grade: Annotated[str, Field("grade", Line(), example="Member")] = ""
    number: Annotated[str, Field("number", Line(), example='"1100 234567"', note="printed exactly as it is")] = ""
    since: Annotated[str, Field("since", YearOrDay(), example="2018")] = ""
    # fmt: on


@dataclass(frozen=True, slots=True)
class Employment:
    """An employer and a role, for dates without a post under `career/`. `end` is the last day."""

    # fmt: off
    role: Annotated[str, Field("role", Line(), required=True, example="Protection engineer")]
    employer: Annotated[str, Field("employer", Line(), example="National Grid")] = ""
    start: Annotated[date | None, Field("start", Day(), example="2023-05-01")] = None
    end: Annotated[date | None, Field("end", Day(), note="the last day", example="2025-08-31")] = None
    # fmt: on


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs your documents, besides you."""

    # fmt: off
    name: Annotated[str, Field("name", Line(), required=True, example="Helen Ostrowska CEng FIET")]
    role: Annotated[str, Field("role", Line(), example="Mentor")] = ""
    # fmt: on


@dataclass(frozen=True, slots=True)
class SchemeStatus:
    """The member's status in a scheme (`active`, `retired`, `parental-leave` …) between two dates."""

    # fmt: off
    status: Annotated[str, Field(
        "status", Line(), required=True, example="active", note="one of the scheme's statuses",
    )]
    start: Annotated[date | None, Field("start", Day(), example="2018-09-01")] = None
    end: Annotated[date | None, Field("end", Day(), note="the last day", example="2025-12-31")] = None
    # fmt: on


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the member has declared or explained to a body. `year` is the one in which the scheme period began."""

    # fmt: off
    requirement: Annotated[str, Field(
        "requirement", Line(), required=True, example="declaration", note="the ID of a requirement of the scheme",
    )]
    year: Annotated[int, Field(
        "year", Year(), required=True, example="2026", note="the year in which the scheme period began",
    )]
    on: Annotated[date | None, Field("on", Day(), example="2027-01-12", note="when you declared it")] = None
    note: Annotated[str, Field("note", Line(), example="Parental leave until August", note="your explanation")] = ""
    # fmt: on


MEMBERSHIP = declared(Membership, "membership")
EMPLOYMENT = declared(Employment, "employment")
SIGNATORY = declared(Signatory, "signatory")
SCHEME_STATUS = declared(SchemeStatus, "status")
DECLARATION = declared(Declaration, "declaration")


@dataclass(frozen=True, slots=True)
class SchemeMembership:
    """A scheme that the member follows."""

    # fmt: off
    scheme: Annotated[str, Field("scheme", Line(), required=True, example="iet")]
    start: Annotated[date | None, Field("start", Day(), example="2018-09-01")] = None
    statuses: Annotated[tuple[SchemeStatus, ...], Field(
        "statuses", Entries(One(SCHEME_STATUS), short="status"),
    )] = ()
    first_day: Annotated[str, Field(
        "first-day", Matching("first day as month-day (`04-01`)", _MONTH_DAY, "CPD702", "a month and a day",
                              "write month-day, such as 04-01 for 1 April"),
        example='"04-01"', note="the first day of your scheme period, where the body lets you choose",
    )] = ""
    targets: Annotated[Mapping[str, str], Field(
        "targets", Units(), example="{total: 18}", note="the amounts that apply to you, by the ID of the requirement, "
        "where each member has their own",
    )] = field(default_factory=dict)
    declarations: Annotated[tuple[Declaration, ...], Field(
        "declarations", Entries(One(DECLARATION)),
        example="[{requirement: declaration, year: 2026, on: 2027-01-12}]",
        note="what you have declared or explained to the body",
    )] = ()
    # fmt: on


SCHEME = declared(SchemeMembership, "scheme")

_FOLDER = r"(?:[\w +&'()-]|\{(?:year|month|cpd-year|type)\})(?:[\w .+&'()-]|\{(?:year|month|cpd-year|type)\})*"
NEW_FOLDER = rf"\.|{_FOLDER}(?:/{_FOLDER})*"
"""The valid forms of a folder for new activities."""
_RECORDS = (
    "activities|plan|career|reviews|qualifications|claims|evidence|templates|schemes|frameworks|forms|"
    "(?:cpd|people)\\.yaml"
)
INBOX = rf"(?!(?:{_RECORDS})(?:/|$))(?![^\n]*(?:^|/)\.\.?(?:/|$))[\w .+&'()-]+(?:/[\w .+&'()-]+)*/?"
"""The valid places of an inbox: paths below the journal, apart from the records."""
_PRINTABLE = rf"{OWN}(?!(?:{'|'.join(name.removeprefix(OWN) for name in MARKS)})\s*$)\S[^\n]*"
"""An own field that a document may print."""


@dataclass(frozen=True, slots=True)
class Member:
    """The owner, from `cpd.yaml`. `year_start` is the (month, day) on which the CPD year starts.

    `checks` are severities by code or by the beginning of a code. None means off.
    """

    path = "cpd.yaml"
    body = ""

    # fmt: off
    name: Annotated[str, Field("name", Line(), required=True, example="Angharad Llywelyn")]
    honours: Annotated[str, Field(
        "honours", Line(), example="Dr", note="printed before the name", meant=("title", "honors", "prefix"),
    )] = ""
    post_nominals: Annotated[str, Field(
        "post-nominals", Line(), example="MEng MIET", note="printed after the name", meant=("postnominals", "letters"),
    )] = ""
    email: Annotated[str, Field("email", Line(), example="angharad@example.org", meant=("mail", "e-mail"))] = ""
    phone: Annotated[str, Field(
        "phone", Line(), example='"+44 1248 000000"', note="printed in an application and a CV",
        meant=("telephone", "mobile"),
    )] = ""
    address: Annotated[tuple[str, ...], Field(
        "address", Items(Line(), "list of lines"), example='[1 Wharf Road, Bangor]',
        note="printed in an application; a CV has only the last line", meant=("postal-address",),
    )] = ()
    memberships: Annotated[tuple[Membership, ...], Field(
        "memberships", Entries(One(MEMBERSHIP), short="body"),
        example='[{body: IET, grade: Member, number: "1100 234567", since: 2018}]', meant=("membership",),
    )] = ()
    employment: Annotated[tuple[Employment, ...], Field(
        "employment", Entries(One(EMPLOYMENT)),
        example="[{role: Engineer, employer: National Grid, start: 2023-05-01}]",
        note="for its dates, a post under `career/` takes precedence", meant=("employer", "jobs"),
    )] = ()
    schemes: Annotated[tuple[SchemeMembership, ...], Field(
        "schemes", Entries(One(SCHEME), short="scheme"),
        example="[{scheme: iet, start: 2018-09-01, statuses: [{status: active, start: 2018-09-01}]}]",
        meant=("scheme",),
    )] = ()
    signatories: Annotated[tuple[Signatory, ...], Field(
        "signatories", Entries(One(SIGNATORY), short="name"), example="[{name: Helen Ostrowska, role: Mentor}]",
        note="who signs your documents, besides you: `cpd report summary --sign` and the development plan",
    )] = ()
    language: Annotated[str, Field(
        "language", Matching("language tag (`en-GB`)", r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", "CPD701",
                             "a language tag", "write a tag such as en-GB or cy"),
        example="en-GB", meant=("lang", "locale"),
    )] = "en-GB"
    paper: Annotated[str, Field(
        "paper", Choice(("a4", "letter"), meant={"us-letter": "letter"}, what="a paper size"),
        example="a4", meant=("page", "paper-size"),
    )] = "a4"
    look: Annotated[LookChoices | None, Field(
        "look", One(LOOK), example='{accent: "#1f4e79", logo: templates/logo.png}',
        note="how your documents look", meant=("style", "design", "theme"),
    )] = None
    application: Annotated[ApplicationChoices | None, Field(
        "application", One(APPLICATION), example="{form: iet-ceng}",
        note="the application for registration that you prepare; `cpd check` then checks it too",
        meant=("registration", "form"),
    )] = None
    cv: Annotated[CvChoices | None, Field(
        "cv", One(CV), example="{headline: Senior protection engineer}", note="what only your CV has",
        meant=("resume", "curriculum-vitae"),
    )] = None
    year_start: Annotated[tuple[int, int], Field(
        "cpd-year", Matching("first day as month-day (`04-01`)", _MONTH_DAY, "CPD702", "a month and a day",
                             "write month-day, such as 04-01 for 1 April"),
        example='"01-01"', note="the first day of the CPD year", meant=("year-start",),
    )] = (1, 1)
    day_first: Annotated[bool, Field(
        "day-first", Flag(), example="true", note="whether 3/4/2026 on the command line is 3 April; otherwise "
        "cpdkit asks which date you mean", meant=("dayfirst", "date-order"),
    )] = False
    working_day: Annotated[Minutes, Field(
        "hours-per-day", Hours(), example="7.5", note="the length of a day, so that `cpd new` accepts `half a day`",
        meant=("working-day", "day-hours"),
    )] = 0
    default_period: Annotated[str, Field(
        "period", Line(), example="cpd-year", note="the default for `--period`",
    )] = ""
    codes: Annotated[bool, Field(
        "codes", Flag(), example="true", note="whether reports show competences",
    )] = True
    printed: Annotated[tuple[str, ...], Field(
        "print", Items(Matching("", _PRINTABLE, "CPD203", "a field of your own that reports can print",
                                "write the names of your own fields, such as x-cost"), "list of own fields"),
        example="[x-cost]", note="the own fields of activities that reports print, in this order; others are not "
        "printed", meant=("printed", "show", "own-fields"),
    )] = ()
    new_folder: Annotated[str, Field(
        "new-folder", Matching("folder under `activities/`", NEW_FOLDER, "CPD203", "a folder for new activities",
                               "use words, /, {year}, {month}, {cpd-year} and {type}, or . for no folder"),
        example='"{year}"', note="where `cpd new` saves activities", meant=("folder", "folders"),
    )] = "{year}"
    reflection: Annotated[str, Field(
        "reflection", Line(), example="iet", note="the prompts of a new reflection: `iet`, "
        "`what-so-what-now-what`, `gibbs`, `kolb`, `star`, `cibse`, `none` or a file `templates/new/NAME.md`",
        meant=("prompts", "template"),
    )] = "iet"
    ignore: Annotated[tuple[str, ...], Field(
        "ignore", Items(Line(), "list of patterns"), example='["notes/**"]',
        note="files that cpdkit does not read and does not report", meant=("exclude", "ignored"),
    )] = ()
    inbox: Annotated[tuple[str, ...], Field(
        "inbox", Items(Matching("", INBOX, "CPD203", "a file or a folder of the journal for an inbox",
                                "name a file or a folder that is not a part of the records, such as inbox.md"),
                       "list of files and folders"),
        example="[inbox.md]", note="text that `cpd inbox` turns into activities; if missing, `inbox.md` and the folder "
        "`inbox`",
    )] = ()
    checks: Annotated[Mapping[str, Severity | None], Field(
        "checks", Severities(), example="{CPD311: off, CPD4: advice}",
        note="the severity of a code, or of all codes that start with it", meant=("severity", "rules", "lint"),
    )] = field(default_factory=dict)
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Line(), "list of text"), example="[ethics, safety, sustainability]",
        note="the topics that activities may have; if missing, any topic", meant=("themes", "tags"),
    )] = ()
    frameworks: Annotated[tuple[str, ...], Field(
        "frameworks", Items(Line(), "list of framework IDs"), example="[uk-spec-ceng]",
        note="frameworks whose competences activities may claim; if missing, those of UK-SPEC and those under "
        "`frameworks/`",
        meant=("framework", "competences"),
    )] = ()
    levels_held: Annotated[tuple[Competence, ...], Field(
        "levels-held", Competences(), example="{A1: P, C3: SP}",
        note="the level that you think you have in each competence", meant=("levels", "assessment", "self-assessment"),
    )] = ()
    levels_wanted: Annotated[tuple[Competence, ...], Field(
        "levels-wanted", Competences(), example="{C3: P}", note="the level that you want to reach",
        meant=("levels-needed", "target-levels"),
    )] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on

    @property
    def full_name(self) -> str:
        """The name with honours before it and post-nominals after it, as a title block prints it."""
        return " ".join(part for part in (self.honours, self.name, self.post_nominals) if part)


MEMBER = declared(Member, "member")

SOME_DAY = date(2026, 1, 1)
"""Any date: whether a text is a period does not depend on today."""


def read_member(source: Source) -> tuple[Member | None, tuple[str, ...], list[Diagnostic]]:
    """Return the member, the patterns of files to ignore (even without a member), and all problems."""
    to = Problems(source)
    to.faults(odd_characters(source, len(source.text)))
    if to.errors:
        return None, (), to.diagnostics
    try:
        mapping = parse(source.text)
    except Unreadable as error:
        to.faults(error.faults)
        return None, (), to.diagnostics
    note_warnings(source.text, mapping, MEMBER, to)
    values = read_fields(MEMBER, mapping, to)
    ignore = tuple(pattern for pattern in values.get("ignore") or () if pattern)
    # The folder that an inbox is in belongs to a program for notes.
    ignore += tuple(f"/{place.partition('/')[0]}" for place in values.get("inbox") or () if place)
    _complete(values, mapping, to)
    return (None if to.errors else Member(spans=Spans(source.text, MEMBER.aliases), **values)), ignore, to.diagnostics


def _complete(values: dict[str, Any], mapping: MappingNode, to: Problems) -> None:
    """Convert the first day of the CPD year to numbers, and check the default period."""
    if first := values.get("year_start"):
        month, day = first.split("-")
        values["year_start"] = (int(month), int(day))
    if text := values.get("default_period"):
        try:
            parse_period(text, SOME_DAY, values.get("year_start") or (1, 1))
        except UsageError as error:
            to.add("CPD703", mapping.values["period"], str(error), hint=error.hint)
