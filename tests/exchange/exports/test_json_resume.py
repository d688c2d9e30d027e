"""The CV as JSON Resume: valid by the schema 1.3.1 (MIT, next to this file), with and without unusual journals."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft7Validator, FormatChecker

from cpdkit.cli.main import run
from cpdkit.exchange.exports.json_resume import resume_of
from cpdkit.journal.load import load
from tests.journal.folders import FIELDS, journal_of, record

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((Path(__file__).parent / "json-resume-1.3.1.json").read_text(encoding="utf-8"))
FORMATS = FormatChecker(formats=("email", "date"))

POST = "role: Engineer\nemployer: Alpha Ltd\nstart: 2020-01-06\n"
POINTS = """
Relays for a port.

(private) The client is slow.

## Responsibilities

- Settings

## Achievements

- Halved the time of a test. (B1: P, 2021)
- (private) Found the cause of an outage.
"""
CV = """name: Angharad Llywelyn
cv:
  headline: Engineer
  profile: "One.\\n\\nTwo."
  links: [https://example.org/a, www.example.org]
  skills: [relays, grading]
  languages: [Welsh]
  interests: [brass band]
  publications:
    - {title: Year, date: 2024}
    - {title: Month, publisher: Protection North, date: 2024-03, url: https://doi.example.org/10.1/x}
    - {title: Day, date: 2024-03-09}
    - {title: Nothing else}
"""


def is_uri(value: object) -> bool:
    parts = urlsplit(str(value))
    return bool(parts.scheme and parts.netloc) and " " not in str(value)


FORMATS.checks("uri", raises=ValueError)(is_uri)


def resume(root: Path, files: Mapping[str, str | bytes]) -> dict[str, Any]:
    """Return the resume of a journal of these files. It is valid."""
    journal = journal_of(root, files).without_confidential()
    return valid(json.loads(json.dumps(resume_of(journal, journal.activities))))


def valid(made: dict[str, Any]) -> dict[str, Any]:
    faults = [f"{each.json_path}: {each.message}" for each in Draft7Validator(SCHEMA, None, FORMATS).iter_errors(made)]
    assert faults == []
    return made


def test_the_validator_refuses_bad_dates_addresses_and_links() -> None:
    bad = {"basics": {"email": "none", "url": "example"}, "work": [{"startDate": "March 2020"}]}
    paths = sorted(each.json_path for each in Draft7Validator(SCHEMA, None, FORMATS).iter_errors(bad))
    assert paths == ["$.basics.email", "$.basics.url", "$.work[0].startDate"]


def test_the_example_is_valid_and_complete(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "json-resume", "--journal", str(ROOT / "journal")]) == 0
    made = valid(json.loads(capsysbinary.readouterr().out))
    sizes = {part: len(items) for part, items in made.items() if isinstance(items, list) and part != "work"}
    assert sizes == {
        "volunteer": 1, "education": 2, "certificates": 6, "publications": 1, "skills": 3,
        "languages": 3, "interests": 2, "references": 2,
    }  # fmt: skip
    assert [(each["startDate"], each.get("endDate")) for each in made["work"][:2]] == [
        ("2023-05-02", None),
        ("2017-09-04", "2023-04-28"),
    ]
    assert made["basics"]["location"] == {"address": "Bethesda, Wales"}


def test_the_file_ends_with_a_line_end_and_keeps_its_letters(tmp_path: Path) -> None:
    journal_of(tmp_path / "j", {"cpd.yaml": "name: Siân Ŵyn 李\n"})
    assert run(["export", "json-resume", "-o", str(tmp_path / "a.json"), "--journal", str(tmp_path / "j")]) == 0
    data = (tmp_path / "a.json").read_bytes()
    assert "Siân Ŵyn 李".encode() in data
    assert (data[:1], data[-2:]) == (b"{", b"}\n")


def test_only_a_name(tmp_path: Path) -> None:
    made = resume(tmp_path, {"cpd.yaml": "name: A\n"})
    assert {**made, "$schema": ""} == {"$schema": "", "basics": {"name": "A"}, "meta": {"version": "v1.0.0"}}


def test_a_post_without_an_end_has_no_end_date(tmp_path: Path) -> None:
    files = {"career/a.md": record(POST, POINTS), "career/b.md": record(POST.replace("2020", "2018"), "")}
    first, second = resume(tmp_path, files)["work"]
    assert first == {
        "name": "Alpha Ltd",
        "position": "Engineer",
        "startDate": "2020-01-06",
        "summary": "Relays for a port.",
        "highlights": ["Halved the time of a test."],
    }
    assert second == {"name": "Alpha Ltd", "position": "Engineer", "startDate": "2018-01-06"}


def test_responsibilities_replace_missing_achievements(tmp_path: Path) -> None:
    text = POINTS.partition("## Achievements")[0]
    (post,) = resume(tmp_path, {"career/a.md": record(POST, text)})["work"]
    assert post["highlights"] == ["Settings"]


@pytest.mark.parametrize("day", ["2009", "2009-06", "2009-06-30"])
def test_partial_dates_stay_as_they_are(tmp_path: Path, day: str) -> None:
    files = {
        "qualifications/a.md": record(
            f"title: MEng\nkind: degree\ninstitution: Leeds\nstart: 2005\nawarded: {day}\n", ""
        ),
        "qualifications/b.md": record(f"title: First aid\nkind: certificate\nawarded: {day}\n", ""),
    }
    made = resume(tmp_path, files)
    assert made["education"] == [{"institution": "Leeds", "area": "MEng", "startDate": "2005", "endDate": day}]
    assert made["certificates"] == [{"name": "First aid", "date": day}]


def test_publications_and_lists_of_names(tmp_path: Path) -> None:
    made = resume(tmp_path, {"cpd.yaml": CV})
    assert made["publications"] == [
        {"name": "Year", "releaseDate": "2024"},
        {
            "name": "Month",
            "publisher": "Protection North",
            "releaseDate": "2024-03",
            "url": "https://doi.example.org/10.1/x",
        },
        {"name": "Day", "releaseDate": "2024-03-09"},
        {"name": "Nothing else"},
    ]
    assert made["languages"] == [{"language": "Welsh"}]
    assert made["skills"] == [{"name": "Skills", "keywords": ["relays", "grading"]}]
    assert (made["basics"]["summary"], made["basics"]["url"]) == ("One.\n\nTwo.", "https://example.org/a")


AWKWARD = (
    "Ffôn “Tŷ” — 33/11 kV",
    "東京電力 継電器",
    "שלום ב",
    "e\u0301 and é, 👷🏽‍♀️",
    '\\" </script> <b> & {{ x }} $HOME',
)


@pytest.mark.parametrize("words", AWKWARD)
def test_letters_arrive_unchanged(tmp_path: Path, words: str) -> None:
    quoted = json.dumps(words, ensure_ascii=False)
    files = {
        "cpd.yaml": f"name: {quoted}\ncv: {{headline: {quoted}, interests: [{quoted}]}}\n",
        "career/a.md": record(POST.replace("Alpha Ltd", quoted), ""),
        "qualifications/a.md": record(f"title: {quoted}\ninstitution: {quoted}\n", ""),
    }
    made = resume(tmp_path, files)
    places = (
        made["basics"]["name"],
        made["basics"]["label"],
        made["interests"][0]["name"],
        made["work"][0]["name"],
        made["education"][0]["area"],
    )
    assert {*places} == {words}


CONFIDENTIAL: Mapping[str, str | bytes] = {
    "career/open.md": record(POST),
    "career/secret.md": record("role: Adviser\nemployer: Hidden Ltd\nstart: 2022-01-03\nconfidential: true\n"),
    "qualifications/secret.md": record("title: Hidden clearance\nkind: licence\nconfidential: true\n", ""),
    "activities/open.md": record(FIELDS + "evidence: [c.pdf]\n"),
    "activities/secret.md": record(
        FIELDS.replace("Relay course", "Hidden course") + "evidence: [c.pdf]\nconfidential: true\n"
    ),
    "evidence/c.pdf": b"paper",
}


@pytest.mark.parametrize(("options", "hidden"), [([], 0), (["--confidential"], 3)])
@pytest.mark.parametrize("name", ["json-resume", "rendercv"])
def test_confidential_records_need_the_option(tmp_path: Path, name: str, options: list[str], hidden: int) -> None:
    journal_of(tmp_path / "j", CONFIDENTIAL)
    out = tmp_path / "out"
    assert run(["export", name, "-o", str(out), "--journal", str(tmp_path / "j"), *options]) == 0
    text = out.read_text(encoding="utf-8")
    assert (text.count("Hidden"), "Alpha Ltd" in text, "Relay course" in text) == (hidden, True, True)


@pytest.mark.parametrize("name", ["json-resume", "rendercv", "europass"])
def test_private_passages_stay_private(tmp_path: Path, name: str) -> None:
    journal_of(tmp_path / "j", {"career/a.md": record(POST, POINTS)})
    out = tmp_path / "out"
    assert run(["export", name, "-o", str(out), "--confidential", "--journal", str(tmp_path / "j")]) == 0
    text = out.read_text(encoding="utf-8")
    assert ("Halved" in text, "slow" in text, "outage" in text, "private" in text) == (True, False, False, False)


COURSE = FIELDS + "evidence: [c.pdf]\n"


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        (COURSE, "certificates"),
        (FIELDS + "highlight: true\n", "certificates"),
        (COURSE.replace("training", "academic-study"), "certificates"),
        (FIELDS.replace("training", "volunteering") + "highlight: true\n", "volunteer"),
        (FIELDS.replace("training", "volunteering"), ""),
        (FIELDS, ""),
        (COURSE + "status: planned\n", ""),
        (COURSE.replace("training", "self-study"), ""),
    ],
)
def test_which_activities_are_in_a_resume(tmp_path: Path, fields: str, part: str) -> None:
    made = resume(tmp_path, {"activities/a.md": record(fields), "evidence/c.pdf": b"paper"})
    assert [name for name in ("certificates", "volunteer") if name in made] == ([part] if part else [])


@pytest.mark.parametrize(("expires", "count"), [("2026-11", 1), ("2026-11-23", 1), ("2026-11-22", 0), ("2025", 0)])
def test_an_expired_licence_is_omitted(
    tmp_path: Path, expires: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPD_TODAY", datetime.date(2026, 11, 23).isoformat())
    fields = f"title: Card\nkind: licence\nawarded: 2021\nexpires: {expires}\n"
    made = resume(tmp_path, {"qualifications/a.md": record(fields, "")})
    assert len(made.get("certificates", [])) == count


def test_only_referees_are_references(tmp_path: Path) -> None:
    people = "people:\n- {id: h, name: Helen, role: Head, registration: CEng, referee: true}\n- {id: b, name: Ben}\n"
    made = resume(tmp_path, {"people.yaml": people})
    assert made["references"] == [{"name": "Helen", "reference": "CEng, Head"}]


def test_the_same_journal_gives_the_same_bytes(tmp_path: Path) -> None:
    journal = load(ROOT / "journal")
    one, two = (resume_of(journal, some) for some in (journal.activities, journal.activities[::-1]))
    assert json.dumps(one) == json.dumps(two)
