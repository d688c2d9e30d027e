"""The CV as JSON Resume (jsonresume.org/schema), draft 7 of its schema, from the records.

Training with evidence is among the certificates, since the format has no other place for it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from cpdkit.journal.cv import (
    NO_CHOICES,
    address_of,
    employment_without_posts,
    is_education,
    is_training,
    is_volunteering,
    points_of,
    posts_newest_first,
    qualifications_newest_first,
    summary_of,
)
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, Post, Qualification
from cpdkit.text.clock import document_day
from cpdkit.text.plain import paragraphs

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
Part = dict[str, Any]


def resume_bytes(journal: Journal, activities: Sequence[Activity]) -> bytes:
    """Return the resume, indented, in UTF-8."""
    return (json.dumps(resume_of(journal, activities), ensure_ascii=False, indent=2) + "\n").encode()


def resume_of(journal: Journal, activities: Sequence[Activity]) -> Part:
    """Return the resume as plain data, without empty parts."""
    member = journal.member
    choices = (member.cv if member else None) or NO_CHOICES
    today = document_day()
    qualifications = [each for each in qualifications_newest_first(journal.qualifications) if each.is_valid_on(today)]
    made: Part = {
        "$schema": SCHEMA,
        "basics": _basics(member) if member else {},
        "work": list(_jobs(journal)),
        "volunteer": [_volunteer(each) for each in _newest(activities, is_volunteering)],
        "education": [_education(each) for each in qualifications if is_education(each)],
        "certificates": [
            *(_certificate(each) for each in qualifications if not is_education(each)),
            *(_course(each) for each in _newest(activities, is_training)),
        ],
        "publications": [
            {"name": each.title, "publisher": each.publisher, "releaseDate": each.date, "url": address_of(each.url)}
            for each in choices.publications
        ],
        "skills": [{"name": name or "Skills", "keywords": list(skills)} for name, skills in choices.skills],
        "languages": [{"language": name, "fluency": level} for name, level in choices.languages],
        "interests": [{"name": name} for name in choices.interests],
        "references": list(_references(journal)),
        "meta": {"version": "v1.0.0"},
    }
    return {name: part for name, part in _filled(made).items() if part}


def without_place(journal: Journal) -> list[str]:
    """Return what the records have for a CV, and JSON Resume has no place for."""
    member, today = journal.member, document_day()
    valid = [each for each in journal.qualifications if each.is_valid_on(today)]
    found = (
        ("memberships", member and member.memberships),
        ("expired qualifications", len(valid) < len(journal.qualifications)),
        ("numbers of certificates", any(each.number for each in valid)),
        ("their dates of expiry", any(each.expires for each in valid)),
        ("accreditations", any(each.accreditation for each in valid)),
    )
    return [name for name, has_any in found if has_any]


def _basics(member: Member) -> Part:
    choices = member.cv or NO_CHOICES
    place = choices.location or next(iter(reversed(member.address)), "")
    links = [link for link in map(address_of, choices.links) if link]
    return {
        "name": member.full_name,
        "label": choices.headline,
        "email": member.email if "@" in member.email else "",
        "phone": member.phone,
        "url": next(iter(links), ""),
        "summary": choices.profile,
        "location": {"address": place},
        "profiles": [{"network": urlsplit(link).netloc, "url": link} for link in links],
    }


def _jobs(journal: Journal) -> Iterator[Part]:
    """Yield the posts, and the jobs in cpd.yaml that have none, the newest first."""
    jobs = [(post.start, _work(post)) for post in posts_newest_first(journal.posts)]
    for job in employment_without_posts(journal.member, journal.posts) if journal.member else ():
        dates = {
            "startDate": job.start.isoformat() if job.start else "",
            "endDate": job.end.isoformat() if job.end else "",
        }
        jobs.append((job.start or date.min, {"name": job.employer, "position": job.role, **dates}))
    yield from (part for _, part in sorted(jobs, key=lambda each: each[0], reverse=True))


def _work(post: Post) -> Part:
    return {
        "name": post.employer,
        "position": post.role,
        "location": post.location,
        "startDate": post.start.isoformat(),
        "endDate": post.end.isoformat() if post.end else "",
        "summary": "\n\n".join(paragraphs(summary_of(post))),
        "highlights": points_of(post),
    }


def _volunteer(activity: Activity) -> Part:
    return {
        "organization": activity.provider or activity.title,
        "position": activity.role,
        "startDate": activity.start.isoformat(),
        "endDate": activity.end.isoformat(),
        "summary": activity.title,
    }


def _education(each: Qualification) -> Part:
    return {
        "institution": each.institution,
        "area": each.title,
        "startDate": each.start,
        "endDate": each.awarded,
        "score": each.grade,
        "url": _first_address(each),
    }


def _certificate(each: Qualification) -> Part:
    return {"name": each.title, "date": each.awarded, "issuer": each.institution, "url": _first_address(each)}


def _course(activity: Activity) -> Part:
    return {"name": activity.title, "date": activity.end.isoformat(), "issuer": activity.provider}


def _first_address(each: Qualification) -> str:
    return next((link for piece in each.evidence if (link := address_of(piece.url))), "")


def _references(journal: Journal) -> Iterator[Part]:
    for each in journal.people.people:
        if each.referee:
            words = (each.registration, each.role, each.organisation, each.email, each.phone)
            yield {"name": each.name, "reference": ", ".join(word for word in words if word)}


def _newest(activities: Iterable[Activity], wanted: Callable[[Activity], bool]) -> list[Activity]:
    return sorted((each for each in activities if wanted(each)), key=lambda each: (each.end, each.path), reverse=True)


def _filled(value: Part) -> Part:
    """Return a mapping without empty texts, lists and mappings: the schema has no null, and no empty date."""
    filled = {name: _without_empty(part) for name, part in value.items()}
    return {name: part for name, part in filled.items() if part not in ("", [], {}, None)}


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return _filled(value)
    return [_without_empty(part) for part in value] if isinstance(value, list) else value
