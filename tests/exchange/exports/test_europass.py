"""The CV as Europass XML: well-formed, its structure and dates, and that the help marks it as experimental."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from cpdkit.cli.main import cpd, run
from cpdkit.exchange.exports.europass import EUROPASS, europass_bytes
from tests.journal.folders import journal_of, record

ROOT = Path(__file__).resolve().parents[3]
NAMES = {
    "e": EUROPASS,
    "hr": "http://www.hr-xml.org/3",
    "oa": "http://www.openapplications.org/oagis/9",
    "eures": "http://www.europass_eures.eu/1.0",
}
POST = "role: Engineer\nemployer: Alpha Ltd\nstart: 2020-01-06\n"
POINTS = """
Relays & feeders <33 kV>.

## Achievements

- Saved 5 < 6 hours. (2021)
- (private) Found a fault.
"""


def strict(data: bytes) -> Any:
    """Return the root of a file, read by a parser that expands no entities and recovers from nothing."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=False))


def candidate(root: Path, files: Mapping[str, str | bytes]) -> Any:
    journal = journal_of(root, files).without_confidential()
    return strict(europass_bytes(journal, journal.activities))


def texts(root: Any, path: str) -> list[str]:
    return [each.text or "" for each in root.findall(path, NAMES)]


def test_the_example(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "europass", "--journal", str(ROOT / "journal")]) == 0
    data = capsysbinary.readouterr().out
    root = strict(data)
    assert (root.tag, root.get("majorVersionID")) == (f"{{{EUROPASS}}}Candidate", "3")
    assert (texts(root, ".//oa:GivenName"), texts(root, ".//hr:FamilyName")) == (["Angharad"], ["Llywelyn"])
    employers = texts(root, ".//e:EmployerHistory/hr:OrganizationName")
    assert employers[:2] == ["Gridwise Ltd", "Pentir Power Services Ltd"]
    assert texts(root, ".//hr:DegreeName") == [
        "MSc Power Systems (part-time, module by module)",
        "MEng Electrical and Electronic Engineering",
    ]
    assert root.find("e:CandidateProfile", NAMES).get("languageCode") == "en"
    assert (b"<!DOCTYPE" in data, b"<!ENTITY" in data) == (False, False)


@pytest.mark.parametrize(
    ("channel", "path", "expected"),
    [
        ("Email", "oa:URI", "angharad.llywelyn@gridwise.example"),
        ("Web", "oa:URI", "https://www.example.org/angharad-llywelyn"),
        ("Telephone", "oa:DialNumber", "+44 1248 496015"),
    ],
)
def test_each_way_to_contact_the_owner(
    channel: str, path: str, expected: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    run(["export", "europass", "--journal", str(ROOT / "journal")])
    root = strict(capsysbinary.readouterr().out)
    (way,) = root.xpath(f".//e:Communication[e:ChannelCode='{channel}']", namespaces=NAMES)
    assert texts(way, path) == [expected]


@pytest.mark.parametrize(
    ("end", "start", "last", "is_current"),
    [("", "2020-01-06", [], "true"), ("end: 2021-03-31\n", "2020-01-06", ["2021-03-31"], "false")],
)
def test_the_dates_of_a_post(tmp_path: Path, end: str, start: str, last: list[str], is_current: str) -> None:
    root = candidate(tmp_path, {"career/a.md": record(POST + end, "")})
    (period,) = root.findall(".//eures:EmploymentPeriod", NAMES)
    assert texts(period, "eures:StartDate/hr:FormattedDateTime") == [start]
    assert texts(period, "eures:EndDate/hr:FormattedDateTime") == last
    assert texts(period, "hr:CurrentIndicator") == [is_current]


@pytest.mark.parametrize(
    ("fields", "dates", "is_ongoing"),
    [
        ("start: 2005\nawarded: 2009", ["2005", "2009"], "false"),
        ("start: 2005-09\nawarded: 2009-06-30", ["2005-09", "2009-06-30"], "false"),
        ("awarded: 2009-06", ["2009-06"], "false"),
        ("start: 2026-09", ["2026-09"], "true"),
    ],
)
def test_the_dates_of_a_study(tmp_path: Path, fields: str, dates: list[str], is_ongoing: str) -> None:
    files = {"qualifications/a.md": record(f"title: MEng\nkind: degree\n{fields}\n", "")}
    (period,) = candidate(tmp_path, files).findall(".//e:AttendancePeriod", NAMES)
    assert texts(period, ".//hr:FormattedDateTime") == dates
    assert texts(period, "e:Ongoing") == [is_ongoing]


@pytest.mark.parametrize("words", ["<b>R&D</b>", "]]> &amp; <!-- -->", "“Tŷ” 東京 👷🏽", "&external; <!ENTITY a 'b'>"])
def test_marks_are_text(tmp_path: Path, words: str) -> None:
    quoted = json.dumps(words, ensure_ascii=False)
    files = {
        "cpd.yaml": f"name: {quoted}\ncv: {{profile: {quoted}, languages: [{quoted}]}}\n",
        "career/a.md": record(f"role: {quoted}\nemployer: {quoted}\nstart: 2020-01-06\nlocation: {quoted}\n", ""),
        "qualifications/a.md": record(f"title: {quoted}\ninstitution: {quoted}\n", ""),
    }
    root = candidate(tmp_path, files)
    paths = (
        ".//hr:ExecutiveSummary", ".//e:EmployerHistory/hr:OrganizationName", ".//e:PositionTitle", ".//e:City",
        ".//e:EducationOrganizationAttendance/hr:OrganizationName", ".//hr:DegreeName",
        ".//e:OrganisationalSkill/e:Title",
    )  # fmt: skip
    assert [texts(root, path) for path in paths] == [[words]] * len(paths)


def test_the_text_of_a_post_is_escaped_markup(tmp_path: Path) -> None:
    root = candidate(tmp_path, {"career/a.md": record(POST, POINTS)})
    (text,) = texts(root, ".//oa:Description")
    made = strict(f"<div>{text}</div>".encode())
    assert [(each.tag, each.text) for each in made.iter("p", "li")] == [
        ("p", "Relays & feeders <33 kV>."),
        ("li", "Saved 5 < 6 hours."),
    ]


def test_only_a_name(tmp_path: Path) -> None:
    root = candidate(tmp_path, {"cpd.yaml": "name: Madonna\n"})
    assert (texts(root, ".//oa:GivenName"), texts(root, ".//hr:FamilyName")) == ([], ["Madonna"])
    assert list(root.find("e:CandidateProfile", NAMES)) == []


@pytest.mark.parametrize(("options", "count"), [([], 0), (["--confidential"], 1)])
def test_confidential_posts_need_the_option(tmp_path: Path, options: list[str], count: int) -> None:
    journal_of(tmp_path / "j", {"career/a.md": record(POST + "confidential: true\n")})
    out = tmp_path / "cv.xml"
    assert run(["export", "europass", "-o", str(out), "--journal", str(tmp_path / "j"), *options]) == 0
    assert len(strict(out.read_bytes()).findall(".//e:EmployerHistory", NAMES)) == count


def test_the_help_marks_it_as_experimental() -> None:
    lines = CliRunner().invoke(cpd, ["export", "--help"]).output.splitlines()
    assert ["experimental" in line for line in lines if line.split()[:1] == ["europass"]] == [True]
