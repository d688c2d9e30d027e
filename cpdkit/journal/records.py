"""The records of a journal as frozen data, and the declarations of their fields.

**To add a field, add one attribute here.** Its annotation is the declaration (`declarations.Field`): the name in a
file, the type, the text for the docs, the headings of imported tables, and where documents show it. The reader, the
JSON Schema, the docs, the columns of `cpd list`, imports and exports, completion and the documents follow from it.
The owner, in `cpd.yaml`, is declared in the same way in `member.py`.

Every record has `path` (relative to the journal, with forward slashes), `body` (the Markdown below the front matter,
with newlines as `\\n`) and `spans`: the span of each field's value in the file (`topics.0` for the first item of a
list, `body` for the start of the body), so that a later rule can point to it. A missing field has no span. `accepted`
are the codes of the problems that the file accepts, with the reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from cpdkit.dates.hours import Minutes
from cpdkit.dates.partial import days_of_part
from cpdkit.diagnostics import Span
from cpdkit.journal.compound_types import Accepted, Competences, Entries, EvidenceList, One, Units
from cpdkit.journal.date_types import Day, PartialDay, Year
from cpdkit.journal.declarations import Field, declared
from cpdkit.journal.field_types import Choice, Flag, Hours, Items, Line, Name, Text
from cpdkit.journal.values import ActivityType, Competence, Evidence, Skill, Status

TYPES = Choice(
    tuple(ActivityType),
    ActivityType,
    {
        "course": "training", "workshop": "training", "webinar": "event", "seminar": "event", "lecture": "event",
        "conference": "event", "talk": "event", "meeting": "event", "visit": "event", "exhibition": "event",
        "work": "work-experience", "job": "work-experience", "on-the-job": "work-experience",
        "project": "work-experience", "degree": "academic-study", "study": "academic-study",
        "academic": "academic-study", "university": "academic-study", "msc": "academic-study",
        "volunteer": "volunteering",
        "voluntary": "volunteering", "mentoring": "volunteering",
        "reading": "self-study", "book": "self-study", "podcast": "self-study", "research": "self-study",
        "selfstudy": "self-study", "private-study": "self-study",
    },
    "a type of activity",
)  # fmt: skip
STATUSES = Choice(
    tuple(Status),
    Status,
    {
        "completed": "done", "complete": "done", "finished": "done", "ongoing": "in-progress", "started": "in-progress",
        "doing": "in-progress", "todo": "planned", "future": "planned", "plan": "planned", "wip": "draft",
        "100%": "done",
    },
    "a status",
)  # fmt: skip
SKILLS = Choice(tuple(Skill), Skill, {"job-related": "job", "hard": "technical", "interpersonal": "soft"}, "a skill")

AcceptedCodes = Annotated[Mapping[str, str], Field(
    "accepted", Accepted(), example="{CPD404: the course was three words long}",
    note="problems of this file that `cpd check` ignores, each with a reason",
    meant=("noqa", "ignore-checks", "checks"), listed=False, shown="nowhere",
)]  # fmt: skip
"""The field `accepted`, which every record has."""


Confidential = Annotated[bool, Field(
    "confidential", Flag(), example="true", note="documents omit it unless you use `--confidential`",
    meant=("private",),
)]  # fmt: skip
"""The field `confidential` of posts, qualifications and claims."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session: one part of an activity that takes place on several days."""

    date: Annotated[date, Field("date", Day(), required=True, example="2026-03-14")]
    minutes: Annotated[Minutes, Field("hours", Hours(), required=True, example="1.5")]


@dataclass(frozen=True, slots=True)
class SignOff:
    """The person who confirmed the activity, and the date."""

    by: Annotated[str, Field("by", Line(), required=True, example="J. Evans, line manager")]
    on: Annotated[date | None, Field("on", Day(), example="2026-03-20")] = None


SESSION = declared(Session, "session")
SIGN_OFF = declared(SignOff, "signed-off")


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity that develops the owner, done or planned.

    `end` is the last day, or `start` if the file has none. `minutes` is the whole time of the activity: the sum of its
    sessions if it has any, and 0 for a planned activity without hours. `folder` is relative to `activities/`, empty
    for that folder itself. `own` are the `x-…` fields as printable text.
    """

    # fmt: off
    id: str
    path: str
    folder: str
    title: Annotated[str, Field(
        "title", Line(most=300), required=True, example='"IET lecture: grid-scale storage"', shown="heading",
        meant=("name", "subject"),
        headings=("activity", "activity title", "activity name", "name of activity", "cpd activity", "course",
            "course title", "course name", "event name", "event title", "summary", "name of course", "training",
            "session title", "item", "topic title", "what", "subject area", "type of activity and title", "titel",
            "titre", "título", "titolo", "thema", "bezeichnung", "veranstaltung", "intitulé", "onderwerp", "judul"),
    )]
    type: Annotated[ActivityType, Field(
        "type", TYPES, required=True, example="event", note="one of the six TWAVES types", shown="heading",
        repeated=True, column="one of the six types", meant=("category", "kind"),
        headings=("type", "activity type", "type of activity", "cpd type", "type of cpd", "method",
            "method of learning", "cpd method", "learning method", "format", "delivery", "delivery method",
            "category of activity", "activity category"),
    )]
    start: Annotated[date, Field(
        "start", Day(), required=True, example="2026-03-14", aliases=("date",), note="you can also write `date`",
        shown="heading", column="the first day", meant=("day", "when", "from"),
        headings=("start date", "date started", "date from", "from date", "activity date", "date of activity",
            "date completed", "completion date", "completed", "completed on", "date attended", "date of event",
            "date undertaken", "event date", "start day", "date s", "started", "when did you do it", "started on",
            "datum", "fecha", "tanggal", "startdatum", "begindatum", "von", "desde", "date de début", "date début",
            "fecha de inicio"),
    )]
    end: Annotated[date, Field(
        "end", Day(), example="2026-03-16", note="the last day, not before `start`; if missing, the date of the last "
        "session, or `start`", shown="heading", column="the last day, even if the file has none",
        meant=("to", "until", "finish"),
        headings=("end date", "date to", "to date", "finish date", "date ended", "date finished", "ended", "last day",
            "finished", "finished on", "bis", "hasta", "enddatum", "einddatum", "date de fin", "date fin",
            "fecha de fin"),
    )]
    minutes: Annotated[Minutes, Field(
        "hours", Hours(), example="2", note="required, except with `status: planned` or `sessions`", shown="heading",
        column="number of hours, to four decimal places; with sessions, their sum",
        meant=("duration", "time", "hrs", "minutes"),
        headings=("cpd hours", "total hours", "number of hours", "hours claimed", "hours spent", "learning hours",
            "hours of cpd", "hours recorded", "contact hours"),
    )]
    sessions: Annotated[tuple[Session, ...], Field(
        "sessions", Entries(One(SESSION)), example="[{date: 2026-03-14, hours: 1.5}]", listed=False,
        note="for an activity on several days; the activity's hours are the sum",
        column="`2026-03-14 1h30`, separated by `; `",
    )] = ()
    status: Annotated[Status, Field(
        "status", STATUSES, example="done", note="`done` if missing; only `done` and `in-progress` count "
        "towards hours", shown="heading", column="`done` if the file has none",
        meant=("state",),
        headings=("completion status", "progress"),
    )] = Status.DONE
    provider: Annotated[str, Field(
        "provider", Line(), example="IET Yorkshire local network", shown="heading", repeated=True,
        meant=("organiser", "organizer", "organisation", "organization", "supplier", "body"),
        headings=("provider name", "training provider", "course provider", "delivered by", "run by", "given by",
            "host", "hosted by", "institution", "university", "instructor", "sponsor", "organised by", "company",
            "source", "organising body", "awarding body", "provider organisation", "publisher",
            "platform", "veranstalter", "anbieter"),
    )] = ""
    location: Annotated[str, Field(
        "location", Line(), example="Leeds", shown="heading", repeated=True,
        meant=("venue", "place", "where"),
        headings=("event location", "location of activity", "city", "address"),
    )] = ""
    role: Annotated[str, Field(
        "role", Line(), example="speaker", repeated=True,
        headings=("my role", "your role", "capacity"),
    )] = ""
    objectives: Annotated[tuple[str, ...], Field(
        "objectives", Items(Name(), "list of objective IDs"), example="[grid-storage]", repeated=True,
        note="an ID is the name of a file under `plan/`, without `.md`", column="IDs, separated by `; `",
        meant=("objective", "goals", "plan"),
        headings=("learning objective", "learning objectives", "development objective", "objective met", "goal",
            "dev plan ref", "development plan ref", "development plan reference", "plan ref", "dap objective",
            "linked objective", "learning need"),
    )] = ()
    competences: Annotated[tuple[Competence, ...], Field(
        "competences", Competences(), example="[A1, B2]", note="reports can show or hide them", repeated=True,
        meant=("competence", "competencies", "competency", "codes"),
        headings=("uk spec", "uk spec competence", "uk spec competences", "competence codes", "competency codes",
            "competences covered", "uk spec competencies", "competence area", "competency area"),
    )] = ()
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Name(), "list of text"), example="[sustainability]", repeated=True,
        note="themes of a scheme, such as ethics or safety, are topics",
        meant=("topic", "tags", "themes", "keywords"),
        headings=("tag", "theme", "framework theme", "subject areas", "labels", "keyword", "topic area", "categories",
            "topic tags"),
    )] = ()
    skills: Annotated[tuple[Skill, ...], Field(
        "skills", Items(SKILLS, "list of `technical`, `job` or `soft`"), example="[technical]", shown="detail",
        note="the IET recommends 10 hours of each", repeated=True, meant=("skill",),
        headings=("skill type", "cpd area", "soft or technical", "skill area"),
    )] = ()
    structured: Annotated[bool | None, Field(
        "structured", Flag(), example="true", note="formal rather than informal", shown="detail", repeated=True,
        meant=("formal",),
        headings=("formal or informal", "formal informal", "structured or unstructured", "structured unstructured",
            "structure", "formality", "is formal"),
    )] = None
    planned: Annotated[bool | None, Field(
        "planned", Flag(), example="true", note="planned rather than opportunistic", shown="detail", repeated=True,
        headings=("planned or unplanned", "planned unplanned", "planned or opportunistic"),
    )] = None
    verifiable: Annotated[bool | None, Field(
        "verifiable", Flag(), example="true", note="as ACCA defines it", shown="detail", repeated=True,
    )] = None
    participatory: Annotated[Minutes | None, Field(
        "participatory", Hours(), example="1", note="hours with other people, as the NMC defines them", shown="detail",
    )] = None
    units: Annotated[Mapping[str, str], Field(
        "units", Units(), example="{PDU: 3}", note="PDUs, points or credits claimed", shown="detail",
        meant=("credits", "points", "pdu"),
        headings=("pdus", "cpd points", "cpd units", "cpd credits", "cpe credits", "ceus", "ceu"),
    )] = field(default_factory=dict)
    benefit: Annotated[str, Field(
        "benefit", Text(), example="…", note="what you or others gained",
        meant=("benefits", "outcome", "value"),
        headings=("benefits gained", "key benefits value added", "value added", "key benefits", "benefit gained",
            "benefit to you", "benefit to employer", "added value", "value gained"),
    )] = ""
    follow_up: Annotated[str, Field(
        "follow-up", Text(), example="…", note="what you will do next",
        meant=("next", "next-steps"),
        headings=("follow up", "follow up actions", "follow up action", "next steps", "next step", "actions",
            "action", "any follow up actions", "now what", "further actions", "further learning needs",
            "future actions"),
    )] = ""
    evidence: Annotated[tuple[Evidence, ...], Field(
        "evidence", EvidenceList(), example="[2026-03-14-certificate.pdf]",
        meant=("certificate", "attachments", "files", "link", "url", "links"),
        headings=("evidence link", "evidence file", "supporting documents", "supporting evidence", "documents",
            "document", "certificate link", "certificate url", "proof", "attachment", "web link", "website",
            "web address", "evidence held"),
    )] = ()
    confidential: Annotated[bool, Field(
        "confidential", Flag(), example="true", note="reports omit it unless you use `--confidential`", shown="detail",
        meant=("private",),
        headings=("is private",),
    )] = False
    highlight: Annotated[bool, Field(
        "highlight", Flag(), example="true", note="selected by `--highlights`", shown="detail",
        meant=("highlights", "featured"),
    )] = False
    signed_off: Annotated[SignOff | None, Field(
        "signed-off", One(SIGN_OFF), example="{by: J. Evans, on: 2026-03-20}", column="who signed it off",
        meant=("signed", "approved", "signoff"),
        headings=("verified by", "signed off by", "approved by", "confirmed by", "supervisor", "verifier"),
    )] = None
    accepted: AcceptedCodes = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on


@dataclass(frozen=True, slots=True)
class Action:
    """A step of an objective. `done` is the date it was done, or None."""

    # fmt: off
    action: Annotated[str, Field("action", Line(), required=True, example="Read IEC 62933-5-2")]
    by: Annotated[date | None, Field("by", Day(), note="the due date", example="2026-06-30")] = None
    done: Annotated[date | None, Field("done", Day(), note="the date it was done", example="2026-05-12")] = None
    # fmt: on


ACTION = declared(Action, "action")


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective: something that the owner wants to learn or achieve. One file under `plan/`; `id` is its name."""

    # fmt: off
    id: str
    path: str
    title: Annotated[str, Field(
        "title", Line(most=300), required=True, example="Design protection for grid-scale storage",
        meant=("name", "objective"),
    )]
    why: Annotated[str, Field("why", Text(), example="…", meant=("reason",))] = ""
    how: Annotated[str, Field("how", Text(), example="…")] = ""
    success_measure: Annotated[str, Field(
        "success-measure", Text(), example="…", note="how you will know that you have reached it",
        meant=("measure", "success"),
    )] = ""
    priority: Annotated[str, Field(
        "priority", Choice(("high", "medium", "low"), what="a priority"), example="high", note="`medium` if missing",
    )] = "medium"
    start: Annotated[date | None, Field("start", Day(), example="2026-01-01")] = None
    by: Annotated[date | None, Field(
        "by", Day(), example="2026-12-31", note="the due date", meant=("due", "deadline", "end", "target"),
    )] = None
    status: Annotated[str, Field(
        "status",
        Choice(("open", "achieved", "dropped"), meant={"done": "achieved", "closed": "achieved"}, what="a status"),
        example="open", note="`open` if missing", meant=("state",),
    )] = "open"
    competences: Annotated[tuple[Competence, ...], Field(
        "competences", Competences(), example="[A1]", meant=("competence", "competencies"),
    )] = ()
    actions: Annotated[tuple[Action, ...], Field(
        "actions", Entries(One(ACTION), short="action"), example="[{action: Read IEC 62933-5-2, by: 2026-06-30}]",
        meant=("steps", "tasks"),
    )] = ()
    accepted: AcceptedCodes = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on


ME = "me"
"""The ID of the owner among the people of a reporting line."""


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """Whom somebody reports to, between two dates. A dotted line is to somebody who directs but does not manage."""

    # fmt: off
    to: Annotated[str, Field(
        "to", Name(), required=True, example="margaret", note="the ID of a person in people.yaml, or `me`",
        meant=("person", "manager", "id"),
    )]
    start: Annotated[date | None, Field("start", Day(), example="2023-05-02", meant=("from", "since"))] = None
    end: Annotated[date | None, Field("end", Day(), note="the last day", example="2025-08-31", meant=("until",))] = None
    dotted: Annotated[bool, Field(
        "dotted", Flag(), example="true", note="they direct the work, but are not the manager", meant=("matrix",),
    )] = False
    # fmt: on

    def holds_on(self, day: date) -> bool:
        """Return whether the line existed on a date."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


REPORTING_LINE = declared(ReportingLine, "reporting line")
REPORTS_TO = Entries(
    One(REPORTING_LINE, accepts="`{to, start, end, dotted}`"), "ID, or list of IDs and `{to, start, end, dotted}`",
    short="to", single=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """A job of the owner: one file under `career/`. `end` is None for a current job. The body describes the work."""

    # fmt: off
    id: str
    path: str
    role: Annotated[str, Field(
        "role", Line(), required=True, example="Protection engineer", meant=("title", "job", "position"),
    )]
    employer: Annotated[str, Field(
        "employer", Line(), required=True, example="National Grid", meant=("company", "organisation"),
    )]
    start: Annotated[date, Field("start", Day(), required=True, example="2021-09-01", meant=("from",))]
    end: Annotated[date | None, Field(
        "end", Day(), example="2025-08-31", note="the last day; missing in your current post", meant=("to", "until"),
    )] = None
    location: Annotated[str, Field("location", Line(), example="Warwick")] = ""
    reports_to: Annotated[tuple[ReportingLine, ...], Field(
        "reports-to", REPORTS_TO, example="[margaret, {to: helen, dotted: true}]",
        note="whom you report to in this post, for the accountability diagram", meant=("manager", "line-manager"),
    )] = ()
    competences: Annotated[tuple[Competence, ...], Field(
        "competences", Competences(), example="[B1]", meant=("competence", "competencies"),
    )] = ()
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Name(), "list of text"), example="[protection]", note="for the variants of a CV",
        meant=("topic", "tags"),
    )] = ()
    confidential: Confidential = False
    accepted: AcceptedCodes = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on


@dataclass(frozen=True, slots=True)
class Review:
    """The owner's review of one CPD year: one file under `reviews/`. `year` is the year in which it starts."""

    # fmt: off
    id: str
    path: str
    year: Annotated[int, Field(
        "year", Year(), required=True, example="2025", note="the year in which the CPD year starts",
    )]
    written: Annotated[date | None, Field("written", Day(), example="2026-01-09", meant=("date",))] = None
    title: Annotated[str, Field("title", Line(most=300), example="A year of storage")] = ""
    accepted: AcceptedCodes = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on


QUALIFICATION_KINDS = Choice(
    ("degree", "certificate", "licence", "exam"),
    meant={
        "bachelor": "degree", "master": "degree", "bsc": "degree", "beng": "degree", "meng": "degree", "msc": "degree",
        "phd": "degree", "diploma": "certificate", "hnc": "certificate", "hnd": "certificate", "course": "certificate",
        "certification": "certificate", "license": "licence", "card": "licence", "authorisation": "licence",
        "examination": "exam", "membership-exam": "exam", "test": "exam",
    },
    what="a kind of qualification",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Qualification:
    """A degree, certificate, licence or exam of the owner: one file under `qualifications/`.

    `start`, `awarded` and `expires` are a year, a month or a day as the owner writes it. Without `awarded`, it is not
    completed yet.
    """

    # fmt: off
    id: str
    path: str
    title: Annotated[str, Field(
        "title", Line(most=300), required=True, example="MEng Electrical Engineering", meant=("name", "qualification"),
    )]
    kind: Annotated[str, Field(
        "kind", QUALIFICATION_KINDS, example="degree", meant=("type", "category"),
    )] = ""
    institution: Annotated[str, Field(
        "institution", Line(), example="University of Leeds", note="who awarded it",
        meant=("university", "school", "provider", "issuer", "awarded-by", "body", "college"),
    )] = ""
    start: Annotated[str, Field("start", PartialDay(), example="2012-09", meant=("from", "started"))] = ""
    awarded: Annotated[str, Field(
        "awarded", PartialDay(), example="2016-07", note="missing while you still work for it",
        meant=("date", "end", "completed", "issued", "year"),
    )] = ""
    expires: Annotated[str, Field(
        "expires", PartialDay(), example="2027-03", note="the last day; of a month or a year, its last day",
        meant=("expiry", "valid-until", "valid-to", "renewal"),
    )] = ""
    grade: Annotated[str, Field("grade", Line(), example="First class", meant=("class", "result", "score"))] = ""
    accreditation: Annotated[str, Field(
        "accreditation", Line(), example="accredited by the IET for CEng", meant=("accredited", "accredited-by"),
    )] = ""
    number: Annotated[str, Field(
        "number", Line(), example='"EUS-204418"', note="of the certificate or licence",
        meant=("licence-number", "certificate-number"),
    )] = ""
    competences: Annotated[tuple[Competence, ...], Field(
        "competences", Competences(), example="[A1]", meant=("competence", "competencies"),
    )] = ()
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Name(), "list of text"), example="[protection]", note="for the variants of a CV",
        meant=("topic", "tags"),
    )] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(
        "evidence", EvidenceList(), example="[2016-degree-certificate.pdf]",
        meant=("certificate", "attachments", "files", "url", "link"),
    )] = ()
    confidential: Confidential = False
    accepted: AcceptedCodes = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on

    @property
    def last_day(self) -> date | None:
        """The last day on which it is valid; None if it does not expire."""
        days = days_of_part(self.expires)
        return days[1] if days else None

    def is_valid_on(self, day: date) -> bool:
        """Return whether it has not expired on a date."""
        return self.last_day is None or day <= self.last_day

    @property
    def day(self) -> date:
        """The day by which lists are sorted: the last one on which it can have been awarded or begun."""
        days = days_of_part(self.awarded or self.start)
        return days[1] if days else date.max


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A record that supports a claim: an activity, a post or a qualification, or one achievement of a post."""

    # fmt: off
    id: Annotated[str, Field(
        "id", Name(), required=True, example="2023-gridwise", note="the ID of an activity, a post or a qualification",
        meant=("record", "activity", "post"),
    )]
    achievement: Annotated[str, Field(
        "achievement", Line(), example="blind to a remote-end fault",
        note="words of one achievement of the post, as the post has them", meant=("words",),
    )] = ""
    # fmt: on


CLAIM_EVIDENCE = declared(ClaimEvidence, "claim evidence")


@dataclass(frozen=True, slots=True)
class Claim:
    """A competence statement of an application for registration: one file under `claims/`. The body is its text."""

    # fmt: off
    id: str
    path: str
    competences: Annotated[tuple[Competence, ...], Field(
        "competences", Competences(), required=True, example="[B1]", note="usually one",
        meant=("competence", "code", "codes", "competencies", "criterion"),
    )]
    title: Annotated[str, Field("title", Line(most=300), example="The trip at Tŷ Newydd", meant=("name",))] = ""
    evidenced_by: Annotated[tuple[ClaimEvidence, ...], Field(
        "evidenced-by", Entries(One(CLAIM_EVIDENCE), "list of IDs and `{id, achievement}`", short="id", single=True),
        example="[2026-05-06-ty-newydd-trip-root-cause, {id: 2023-gridwise, achievement: blind to a remote-end fault}]",
        note="the records that support it", meant=("evidence", "supported-by", "shown-by", "records"),
    )] = ()
    confidential: Confidential = False
    accepted: AcceptedCodes = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    # fmt: on

    @property
    def name(self) -> str:
        """What a person calls it: its codes, and its title if it has one."""
        codes = ", ".join(each.code for each in self.competences)
        return f"{codes}: {self.title}" if self.title else codes


ACTIVITY = declared(Activity, "activity")
OBJECTIVE = declared(Objective, "objective")
POST = declared(Post, "post")
REVIEW = declared(Review, "review")
QUALIFICATION = declared(Qualification, "qualification")
CLAIM = declared(Claim, "claim")
