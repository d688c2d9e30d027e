"""What a journal holds, as frozen data. Nothing here touches a disk or a terminal.

Every record carries `path` (relative to the journal, forward slashes), `body` (the Markdown below the front
matter, newlines as `\\n`) and `spans`: for a field's name the span of its value in the file (`topics.0` for the first
item of a list, `body` for where the body starts), so that a later rule can point at it. A field that the file does
not give has no span. `accepted` are the codes of diagnostics that the file accepts, with the reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cpdkit.dates.hours import Minutes
from cpdkit.diagnostics import Severity, Span


class ActivityType(StrEnum):
    """The IET's six TWAVES types of activity."""

    TRAINING = "training"
    WORK_EXPERIENCE = "work-experience"
    ACADEMIC_STUDY = "academic-study"
    VOLUNTEERING = "volunteering"
    EVENT = "event"
    SELF_STUDY = "self-study"


class Status(StrEnum):
    """Whether an activity has happened; only `done` and `in-progress` count towards hours."""

    DONE = "done"
    IN_PROGRESS = "in-progress"
    PLANNED = "planned"
    DRAFT = "draft"

    @property
    def counts(self) -> bool:
        return self in (Status.DONE, Status.IN_PROGRESS)


class Skill(StrEnum):
    """The IET's guideline of 10/10/10 hours: technical, of the job, soft."""

    TECHNICAL = "technical"
    JOB = "job"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of an activity that is spread over time."""

    date: date
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Competence:
    """A claim of a coded ability; `level` is T, SP, P or E, or empty."""

    code: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file under `evidence/` (`path`, relative to it) or a URL; one of the two is empty."""

    path: str = ""
    url: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        """What a reader sees: the title if there is one, else the file's name or the address."""
        return self.title or self.path or self.url


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who confirmed the activity, and when."""

    by: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something done (or planned) that developed the owner.

    `end` is the last day, equal to `start` where the file gives none. `minutes` is the activity's whole
    time: the sum of its sessions where it has any; 0 for a planned one without hours. `folder` is the
    directory below `activities/`, empty at its top. `own` holds the `x-…` fields as printable text.
    """

    id: str
    path: str
    folder: str
    title: str
    type: ActivityType
    start: date
    end: date
    minutes: Minutes
    status: Status = Status.DONE
    sessions: tuple[Session, ...] = ()
    provider: str = ""
    location: str = ""
    role: str = ""
    objectives: tuple[str, ...] = ()
    competences: tuple[Competence, ...] = ()
    topics: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    structured: bool | None = None
    planned: bool | None = None
    verifiable: bool | None = None
    participatory: Minutes | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    benefit: str = ""
    follow_up: str = ""
    evidence: tuple[Evidence, ...] = ()
    confidential: bool = False
    highlight: bool = False
    signed_off: SignOff | None = None
    accepted: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One step of an objective; `done` is the day it was done, or None."""

    action: str
    by: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """Something the owner plans to learn or become able to do: one file under `plan/`; `id` is its name."""

    id: str
    path: str
    title: str
    why: str = ""
    how: str = ""
    success_measure: str = ""
    priority: str = "medium"
    start: date | None = None
    by: date | None = None
    status: str = "open"
    competences: tuple[Competence, ...] = ()
    actions: tuple[Action, ...] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """A job held: one file under `career/`. `end` is None while it is held. What was done there stands in the body."""

    id: str
    path: str
    role: str
    employer: str
    start: date
    end: date | None = None
    location: str = ""
    competences: tuple[Competence, ...] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """The owner's look back on one CPD year, named by the calendar year it starts in: one file under `reviews/`."""

    id: str
    path: str
    year: int
    written: date | None = None
    title: str = ""
    accepted: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Membership:
    """Belonging to a professional body. `since` is as the owner writes it: a year, or a day."""

    body: str
    grade: str = ""
    number: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Employment:
    """Employer and role by date, where no file under `career/` says it. `end` is the last day."""

    role: str
    employer: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class SchemeStatus:
    """The member's standing in one scheme from a day on (`active`, `retired`, `parental-leave` …)."""

    status: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class SchemeMembership:
    """A scheme that the member records for."""

    scheme: str
    start: date | None = None
    statuses: tuple[SchemeStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """The owner, from `cpd.yaml`. `year_start` is (month, day) of the CPD year's first day.

    `checks` are severities by code or by its beginning, None for off.
    """

    path = "cpd.yaml"
    body = ""

    name: str
    honours: str = ""
    post_nominals: str = ""
    email: str = ""
    memberships: tuple[Membership, ...] = ()
    employment: tuple[Employment, ...] = ()
    schemes: tuple[SchemeMembership, ...] = ()
    language: str = "en-GB"
    paper: str = "a4"
    year_start: tuple[int, int] = (1, 1)
    default_period: str = ""
    codes: bool = True
    new_folder: str = "{year}"
    reflection: str = "iet"
    ignore: tuple[str, ...] = ()
    checks: Mapping[str, Severity | None] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    levels_held: tuple[Competence, ...] = ()
    levels_wanted: tuple[Competence, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """The name with honours before and post-nominals behind it, as a title block prints it."""
        return " ".join(part for part in (self.honours, self.name, self.post_nominals) if part)


__all__ = [
    "Action",
    "Activity",
    "ActivityType",
    "Competence",
    "Employment",
    "Evidence",
    "Member",
    "Membership",
    "Objective",
    "Post",
    "Review",
    "SchemeMembership",
    "SchemeStatus",
    "Session",
    "SignOff",
    "Skill",
    "Status",
]
