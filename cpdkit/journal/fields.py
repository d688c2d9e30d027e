"""The field table: what each kind of record may say. The reader, the docs and every later tool come from it."""

import re

from cpdkit.journal.compound_types import Accepted, Competences, Entries, EvidenceList, One, Severities, Units
from cpdkit.journal.field_reader import Field, Fields
from cpdkit.journal.field_types import Choice, Day, Flag, Hours, Items, Line, Matching, Text, Year, YearOrDay
from cpdkit.journal.records import (
    Action,
    ActivityType,
    Employment,
    Membership,
    SchemeMembership,
    SchemeStatus,
    Session,
    SignOff,
    Skill,
    Status,
)

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
)  # fmt: skip
STATUSES = Choice(
    tuple(Status),
    Status,
    {
        "completed": "done", "complete": "done", "finished": "done", "ongoing": "in-progress", "started": "in-progress",
        "doing": "in-progress", "todo": "planned", "future": "planned", "plan": "planned", "wip": "draft",
    },
)  # fmt: skip
SKILLS = Choice(tuple(Skill), Skill, {"job-related": "job", "hard": "technical", "interpersonal": "soft"})

_PART = r"(?:[\w +&'()-]|\{(?:year|month|cpd-year|type)\})(?:[\w .+&'()-]|\{(?:year|month|cpd-year|type)\})*"
NEW_FOLDER = re.compile(rf"\.|{_PART}(?:/{_PART})*")

SESSION = Fields("session", (
    Field("date", Day(), required=True, example="2026-03-14"),
    Field("hours", Hours(), required=True, example="1.5", attribute="minutes"),
))  # fmt: skip
SIGN_OFF = Fields("signed-off", (
    Field("by", Line(), required=True, example="J. Evans, line manager"),
    Field("on", Day(), example="2026-03-20"),
))  # fmt: skip
ACTION = Fields("action", (
    Field("action", Line(), required=True, example="Read IEC 62933-5-2"),
    Field("by", Day(), note="when it should be done", example="2026-06-30"),
    Field("done", Day(), note="when it was done", example="2026-05-12"),
))  # fmt: skip
MEMBERSHIP = Fields("membership", (
    Field("body", Line(), required=True, example="IET"),
    Field("grade", Line(), example="Member"),
    Field("number", Line(), example='"1100 234567"', note="kept as it is written"),
    Field("since", YearOrDay(), example="2018"),
))  # fmt: skip
EMPLOYMENT = Fields("employment", (
    Field("role", Line(), required=True, example="Protection engineer"),
    Field("employer", Line(), example="National Grid"),
    Field("start", Day(), example="2023-05-01"),
    Field("end", Day(), note="the last day", example="2025-08-31"),
))  # fmt: skip
SCHEME_STATUS = Fields("status", (
    Field("status", Line(), required=True, example="active", note="the scheme's own word"),
    Field("start", Day(), example="2018-09-01"),
    Field("end", Day(), note="the last day", example="2025-12-31"),
))  # fmt: skip
SCHEME = Fields("scheme", (
    Field("scheme", Line(), required=True, example="iet"),
    Field("start", Day(), example="2018-09-01"),
    Field("statuses", Entries(One(SCHEME_STATUS, SchemeStatus, "`{status, start, end}`"),
                              "list of `{status, start, end}`", "status")),
))  # fmt: skip

_ACCEPTED = Field("accepted", Accepted(), example="{CPD404: the course was three words long}",
                  note="problems that `cpd check` leaves out for this file, each with the reason",
                  meant=("noqa", "ignore-checks", "checks"))  # fmt: skip

ACTIVITY = Fields("activity", (
    Field("title", Line(most=300), required=True, example='"IET lecture: grid-scale storage"',
          meant=("name", "subject")),
    Field("type", TYPES, required=True, example="event", note="one of the six TWAVES types",
          meant=("category", "kind")),
    Field("start", Day(), required=True, example="2026-03-14", aliases=("date",), note="`date` is an accepted alias",
          meant=("day", "when", "from")),
    Field("end", Day(), example="2026-03-16", note="the last day, not before `start`; without it, the day of the last "
          "session, else `start`", meant=("to", "until", "finish")),
    Field("hours", Hours(), example="2", attribute="minutes", note="required unless `status: planned` or `sessions`",
          meant=("duration", "time", "hrs", "minutes")),
    Field("sessions", Entries(One(SESSION, Session, "`{date, hours}`"), "list of `{date, hours}`"),
          example="[{date: 2026-03-14, hours: 1.5}]",
          note="for work spread over time; their sum is the activity's hours"),
    Field("status", STATUSES, example="done", note="`done` where it is not given; only `done` and `in-progress` count "
          "towards hours", meant=("state",)),
    Field("provider", Line(), example="IET Yorkshire local network",
          meant=("organiser", "organizer", "organisation", "organization", "supplier", "body")),
    Field("location", Line(), example="Leeds", meant=("venue", "place", "where")),
    Field("role", Line(), example="speaker"),
    Field("objectives", Items(Line(), "list of objective ids"), example="[grid-storage]",
          note="an id is the name of a file under `plan/`, without `.md`", meant=("objective", "goals", "plan")),
    Field("competences", Competences(), example="[A1, B2]", note="a report shows or hides them",
          meant=("competence", "competencies", "competency", "codes")),
    Field("topics", Items(Line(), "list of text"), example="[sustainability]",
          note="scheme themes (ethics, safety, sustainability …) are topics",
          meant=("topic", "tags", "themes", "keywords")),
    Field("skills", Items(SKILLS, "list of `technical`, `job`, `soft`"), example="[technical]",
          note="the IET's guideline of 10 hours each", meant=("skill",)),
    Field("structured", Flag(), example="true", note="formal rather than informal", meant=("formal",)),
    Field("planned", Flag(), example="true", note="planned rather than opportunistic"),
    Field("verifiable", Flag(), example="true", note="in ACCA's sense"),
    Field("participatory", Hours(), example="1", note="the hours spent with others, in the NMC's sense"),
    Field("units", Units(), example="{PDU: 3}", note="PDUs, points or credits claimed",
          meant=("credits", "points", "pdu")),
    Field("benefit", Text(), example="…", note="the value gained", meant=("benefits", "outcome", "value")),
    Field("follow-up", Text(), example="…", note="what comes next", meant=("next", "next-steps")),
    Field("evidence", EvidenceList(), example="[2026-03-14-certificate.pdf]",
          meant=("certificate", "attachments", "files", "link", "url", "links")),
    Field("confidential", Flag(), example="true", note="left out of every report unless asked for", meant=("private",)),
    Field("highlight", Flag(), example="true", note="picked by `--highlights`", meant=("highlights", "featured")),
    Field("signed-off", One(SIGN_OFF, SignOff, "`{by, on}`"), example="{by: J. Evans, on: 2026-03-20}",
          meant=("signed", "approved", "signoff")),
    _ACCEPTED,
), own=True)  # fmt: skip

OBJECTIVE = Fields("objective", (
    Field("title", Line(most=300), required=True, example="Design protection for grid-scale storage",
          meant=("name", "objective")),
    Field("why", Text(), example="…", meant=("reason",)),
    Field("how", Text(), example="…"),
    Field("success-measure", Text(), example="…", note="how to tell that it is reached", meant=("measure", "success")),
    Field("priority", Choice(("high", "medium", "low")), example="high", note="`medium` where it is not given"),
    Field("start", Day(), example="2026-01-01"),
    Field("by", Day(), example="2026-12-31", note="when it should be reached",
          meant=("due", "deadline", "end", "target")),
    Field("status", Choice(("open", "achieved", "dropped"), meant={"done": "achieved", "closed": "achieved"}),
          example="open", note="`open` where it is not given", meant=("state",)),
    Field("competences", Competences(), example="[A1]", meant=("competence", "competencies")),
    Field("actions", Entries(One(ACTION, Action, "`{action, by, done}`"), "list of `{action, by, done}`", "action"),
          example="[{action: Read IEC 62933-5-2, by: 2026-06-30}]", meant=("steps", "tasks")),
    _ACCEPTED,
), own=True)  # fmt: skip

POST = Fields("post", (
    Field("role", Line(), required=True, example="Protection engineer", meant=("title", "job", "position")),
    Field("employer", Line(), required=True, example="National Grid", meant=("company", "organisation")),
    Field("start", Day(), required=True, example="2021-09-01", meant=("from",)),
    Field("end", Day(), example="2025-08-31", note="the last day; without it the post is held", meant=("to", "until")),
    Field("location", Line(), example="Warwick"),
    Field("competences", Competences(), example="[B1]", meant=("competence", "competencies")),
    _ACCEPTED,
), own=True)  # fmt: skip

REVIEW = Fields("review", (
    Field("year", Year(), required=True, example="2025", note="the year in which the CPD year starts"),
    Field("written", Day(), example="2026-01-09", meant=("date",)),
    Field("title", Line(most=300), example="A year of storage"),
    _ACCEPTED,
), own=True)  # fmt: skip

MEMBER = Fields("member", (
    Field("name", Line(), required=True, example="Angharad Llywelyn"),
    Field("honours", Line(), example="Dr", note="stand before the name", meant=("title", "honors", "prefix")),
    Field("post-nominals", Line(), example="MEng MIET", note="stand behind it", meant=("postnominals", "letters")),
    Field("email", Line(), example="angharad@example.org", meant=("mail", "e-mail")),
    Field("memberships", Entries(One(MEMBERSHIP, Membership, "`{body, grade, number, since}`"),
                                 "list of `{body, grade, number, since}`", "body"),
          example='[{body: IET, grade: Member, number: "1100 234567", since: 2018}]', meant=("membership",)),
    Field("employment", Entries(One(EMPLOYMENT, Employment, "`{role, employer, start, end}`"),
                                "list of `{role, employer, start, end}`"),
          example="[{role: Engineer, employer: National Grid, start: 2023-05-01}]",
          note="a post under `career/` wins for its days", meant=("employer", "jobs")),
    Field("schemes", Entries(One(SCHEME, SchemeMembership, "`{scheme, start, statuses}`"),
                             "list of `{scheme, start, statuses}`", "scheme"),
          example="[{scheme: iet, start: 2018-09-01, statuses: [{status: active, start: 2018-09-01}]}]",
          meant=("scheme",)),
    Field("language", Matching("language tag (`en-GB`)", re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"), "CPD701",
                               "a language tag", "write it as en-GB or cy"), example="en-GB", meant=("lang", "locale")),
    Field("paper", Choice(("a4", "letter"), meant={"us-letter": "letter"}), example="a4", meant=("page", "paper-size")),
    Field("cpd-year", Matching("first day as month-day (`04-01`)",
                               re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|"
                                          r"(0[13578]|1[02])-31"), "CPD702",
                               "a month and a day", "write the first day as month-day, such as 04-01 for 1 April"),
          example='"01-01"', attribute="year_start", note="the first day of the CPD year", meant=("year-start",)),
    Field("period", Line(), example="cpd-year", attribute="default_period",
          note="what `--period` is where it is not given"),
    Field("codes", Flag(), example="true", note="whether reports show the competences"),
    Field("new-folder", Matching("folder below `activities/`", NEW_FOLDER, "CPD203", "a folder for new activities",
                                 "write words, / and {year}, {month}, {cpd-year} or {type}, or . for none"),
          example='"{year}"', note="where `cpd new` puts activities", meant=("folder", "folders")),
    Field("reflection", Line(), example="iet", note="the questions that `cpd new` starts a reflection with: `iet`, "
          "`what-so-what-now-what`, `gibbs`, `kolb`, `star`, `cibse`, `none`, or a file `templates/new/NAME.md`",
          meant=("prompts", "template")),
    Field("ignore", Items(Line(), "list of patterns"), example='["notes/**"]',
          note="files of the journal that are not read and not reported", meant=("exclude", "ignored")),
    Field("checks", Severities(), example="{CPD311: off, CPD4: advice}",
          note="what `cpd check` makes of a code, or of all that start like it", meant=("severity", "rules", "lint")),
    Field("topics", Items(Line(), "list of text"), example="[ethics, safety, sustainability]",
          note="the topics that activities may have; without it any", meant=("themes", "tags")),
    Field("frameworks", Items(Line(), "list of framework ids"), example="[uk-spec-ceng]",
          note="whose competences activities may claim; without it, those shipped and those under `frameworks/`",
          meant=("framework", "competences")),
    Field("levels-held", Competences(), example="{A1: P, C3: SP}",
          note="your own view of how far you are, by competence", meant=("levels", "assessment", "self-assessment")),
    Field("levels-wanted", Competences(), example="{C3: P}", note="how far you want to get",
          meant=("levels-needed", "target-levels")),
), own=True)  # fmt: skip
