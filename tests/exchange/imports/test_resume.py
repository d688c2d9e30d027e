import json
from pathlib import Path

import pytest

from cpdkit.exchange.imports.registry import Format, format_of
from tests.exchange.imports.adopted import KINDS, activities_in, adoption_of, qualifications_in, sample, table_in


def test_volunteer_work_and_awards() -> None:
    club, award = sample("resume.json")
    assert (club.title, club.start.isoformat(), club.end.isoformat()) == (
        "Mentor, Coding club",
        "2025-09-05",
        "2025-12-12",
    )
    assert (club.type, club.provider, club.role, club.minutes) == ("volunteering", "Coding club", "Mentor", 0)
    assert club.body.strip() == "Helped at a school.\n\n- Ten sessions\n- A robot"
    assert (award.title, award.start.isoformat(), award.provider) == ("Young engineer of the year", "2025-05-20", "IET")


def test_jobs_become_posts() -> None:
    adoption = adoption_of(table_in("resume.json", (KINDS / "resume.json").read_bytes()))
    paths = [path for path in adoption.files if path.startswith("career/")]
    assert (paths, adoption.posts) == (["career/2021-northern-grid.md", "career/2018-mills-ltd.md"], 2)
    assert b"x-end: 2021-08\n" in adoption.files[paths[1]]


def test_an_older_resume_names_the_company() -> None:
    work = [{"company": "Mills Ltd", "position": "Engineer", "startDate": "2018-09-03", "website": "https://a.example"}]
    adoption = adoption_of(table_in("resume.json", json.dumps({"basics": {}, "work": work})))
    assert b"employer: Mills Ltd\n" in adoption.files["career/2018-mills-ltd.md"]


def test_education_and_certificates_become_qualifications() -> None:
    aid, degree = qualifications_in("resume.json", (KINDS / "resume.json").read_bytes())
    assert (aid.title, aid.kind, aid.institution, aid.awarded) == (
        "First aid at work",
        "certificate",
        "Red Cross",
        "2025-11-03",
    )
    assert (degree.title, degree.institution, degree.awarded) == (
        "MEng Electrical engineering",
        "Example University",
        "2018-06-30",
    )


def test_what_has_no_record_is_named() -> None:
    remarks = "\n".join(table_in("resume.json", (KINDS / "resume.json").read_bytes()).remarks)
    words = ("skills: ", "basics: ")
    assert [word for word in words if word not in remarks] == []
    assert "sam@example.org" not in remarks


@pytest.mark.parametrize(
    "part",
    [[], None, {}, "text", 5, [None, 3, "x", [], {"startDate": {"a": 1}, "highlights": "x", "organization": ["a"]}]],
)
def test_odd_parts_do_not_stop_the_rest(part: object) -> None:
    document = {"basics": {}, "volunteer": part, "work": part, "awards": [{"title": "a", "date": "2026-01-12"}]}
    adoption = adoption_of(table_in("resume.json", json.dumps(document)))
    assert "activities/2026/2026-01-12-a.md" in adoption.files
    assert adoption.posts == 0


def test_another_object_stays_a_table() -> None:
    (made,) = activities_in("log.json", '{"awards": [{"title": "a", "date": "2026-01-12", "hours": "1"}]}')
    assert made.minutes == 60


def test_an_exported_journal_stays_one() -> None:
    assert format_of(Path("resume.json"), b'{"cpdkit": 1, "basics": {}}') is Format.JOURNAL


def test_a_resume_that_names_this_program_stays_a_resume() -> None:
    text = '{"basics": {}, "skills": [{"name": "cpdkit"}], "awards": [{"title": "a", "date": "2026-01-12"}]}'
    assert [each.title for each in activities_in("resume.json", text)] == ["a"]
