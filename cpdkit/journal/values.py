"""The values of fields that are more than a text, a number or a day: words of fixed lists, competences, evidence."""

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


LEVELS = ("T", "SP", "P", "E")
"""The IET's levels of competence, weakest first: trainee, supervised practitioner, practitioner, expert."""


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
