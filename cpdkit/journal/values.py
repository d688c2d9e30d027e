"""Types of values that are more than a text, a number or a date: fixed words, competences and evidence."""

from dataclasses import dataclass
from enum import StrEnum


class ActivityType(StrEnum):
    """The IET's six TWAVES types of activity."""

    TRAINING = "training"
    WORK_EXPERIENCE = "work-experience"
    ACADEMIC_STUDY = "academic-study"
    VOLUNTEERING = "volunteering"
    EVENT = "event"
    SELF_STUDY = "self-study"

    @property
    def words(self) -> str:
        """The type as English words: `work experience`."""
        return self.value if self is ActivityType.SELF_STUDY else self.value.replace("-", " ")


class Status(StrEnum):
    """The status of an activity. Only `done` and `in-progress` count towards hours."""

    DONE = "done"
    IN_PROGRESS = "in-progress"
    PLANNED = "planned"
    DRAFT = "draft"

    @property
    def words(self) -> str:
        """The status as English words: `in progress`."""
        return self.value.replace("-", " ")

    @property
    def counts(self) -> bool:
        return self in (Status.DONE, Status.IN_PROGRESS)


class Skill(StrEnum):
    """The kinds of skills in the IET's guideline of 10 hours each: technical, job-related and soft."""

    TECHNICAL = "technical"
    JOB = "job"
    SOFT = "soft"


LEVELS = ("T", "SP", "P", "E")
"""The IET's levels of competence, weakest first: trainee, supervised practitioner, practitioner, expert."""


@dataclass(frozen=True, slots=True)
class Competence:
    """A claimed competence. `level` is T, SP, P, E, a level of the user's framework, or empty."""

    code: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file under `evidence/` (`path`, relative to it) or a URL. One of the two is empty."""

    path: str = ""
    url: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        """The text for readers: the title, the path or the URL."""
        return self.title or self.path or self.url
