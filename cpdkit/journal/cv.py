"""Which records belong in a CV, for documents and exports alike."""

import re
from collections.abc import Iterable, Sequence

from cpdkit.journal.achievements import achievements
from cpdkit.journal.document_choices import CvChoices
from cpdkit.journal.member import Employment, Member
from cpdkit.journal.records import Activity, Post, Qualification
from cpdkit.journal.sections import items, outline
from cpdkit.journal.values import ActivityType, Status
from cpdkit.text.names import folded

NO_CHOICES = CvChoices()
SECTIONS = (
    "skills", "experience", "education", "certificates", "training", "volunteering", "publications", "memberships",
    "languages", "interests", "references",
)  # fmt: skip
"""The sections of a CV, by their names in `omit`."""
LEARNING = (ActivityType.TRAINING, ActivityType.ACADEMIC_STUDY)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:[/?#]|$)", re.IGNORECASE)
DUTIES = frozenset({"responsibilities"})


def is_education(qualification: Qualification) -> bool:
    """Return whether a qualification belongs to the education: a degree, or one of no other kind."""
    return qualification.kind in ("degree", "")


def is_training(activity: Activity) -> bool:
    """Return whether an activity is training or study to show: done, and with evidence or a highlight."""
    is_shown = activity.highlight or bool(activity.evidence)
    return activity.type in LEARNING and activity.status is Status.DONE and is_shown


def is_volunteering(activity: Activity) -> bool:
    """Return whether an activity is volunteering to show: done, and a highlight."""
    is_done = activity.status is Status.DONE
    return activity.type is ActivityType.VOLUNTEERING and is_done and activity.highlight


def points_of(post: Post) -> list[str]:
    """Return the points of a post: its achievements, or its responsibilities if it has none."""
    achieved = [each.text for each in achievements(post.body)]
    return achieved or [text for text, _ in items(post.body, DUTIES)]


def summary_of(post: Post) -> str:
    """Return the text of a post above its first heading."""
    first = next(iter(outline(post.body).description), None)
    return first.text if first and not first.level else ""


def employment_without_posts(member: Member, posts: Sequence[Post]) -> list[Employment]:
    """Return the jobs in cpd.yaml that have no post: none of the same employer that overlaps, or begins on that day."""
    return [job for job in member.employment if not any(_is_same_job(job, post) for post in posts)]


def _is_same_job(job: Employment, post: Post) -> bool:
    if job.start is None:
        return folded(job.employer) == folded(post.employer)
    begins = max(job.start, post.start)
    overlap = (job.end is None or begins <= job.end) and (post.end is None or begins <= post.end)
    return job.start == post.start or (overlap and folded(job.employer) == folded(post.employer))


def address_of(text: str) -> str:
    """Return the web address in a text: an address, one without its beginning, or a DOI; empty for anything else."""
    plain = text.strip()
    if not plain or " " in plain:
        return ""
    if plain.startswith(("https://", "http://")):
        return plain if len(plain.partition("//")[2]) > 1 else ""
    doi = plain.lower().removeprefix("doi:")
    if doi.startswith("10.") and "/" in doi:
        return f"https://doi.org/{plain[len(plain) - len(doi) :]}"
    return f"https://{plain}" if _HOST.match(plain) else ""


def posts_newest_first(posts: Iterable[Post]) -> list[Post]:
    """Return posts in the order of a career history."""
    return sorted(posts, key=lambda each: (each.start, each.path), reverse=True)


def qualifications_newest_first(qualifications: Iterable[Qualification]) -> list[Qualification]:
    """Return qualifications, the newest first."""
    return sorted(qualifications, key=lambda each: (each.day, each.path), reverse=True)
