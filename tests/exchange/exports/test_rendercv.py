"""The CV for RenderCV: RenderCV itself reads every file, whatever the characters, phones and dates of the journal."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from rendercv.data import read_a_yaml_file, validate_input_dictionary_and_return_the_data_model

from cpdkit.cli.main import run
from cpdkit.exchange.exports.rendercv import rendercv_bytes
from tests.journal.folders import FIELDS, journal_of, record

ROOT = Path(__file__).resolve().parents[3]
POST = "role: Engineer\nemployer: Alpha Ltd\nstart: 2020-01-06\n"
APART, BACKTICK = "\u200b", "\u02cb"


def accepted(text: str) -> Any:
    """Return the CV that RenderCV reads from a file. Raises an error for a file that it refuses."""
    return validate_input_dictionary_and_return_the_data_model(read_a_yaml_file(text)).cv


def cv(root: Path, files: Mapping[str, str | bytes]) -> dict[str, Any]:
    """Return the CV in the file for RenderCV, which accepts it."""
    journal = journal_of(root, files).without_confidential()
    text = rendercv_bytes(journal, journal.activities).decode()
    accepted(text)
    made: dict[str, Any] = yaml.safe_load(text)["cv"]
    return made


def plain(text: str) -> str:
    """Return a text as RenderCV prints it: without its escapes."""
    return text.replace(APART, "").replace("\\*", "*").replace(BACKTICK, "`")


def test_the_example_is_accepted_with_all_sections(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "rendercv", "--journal", str(ROOT / "journal")]) == 0
    read = accepted(capsysbinary.readouterr().out.decode())
    sections = {section.title: section for section in read.sections}
    assert {title: section.entry_type for title, section in sections.items()} == {
        "Profile": "TextEntry",
        "Skills": "OneLineEntry",
        "Experience": "ExperienceEntry",
        "Education": "EducationEntry",
        "Certificates and Training": "NormalEntry",
        "Volunteering": "NormalEntry",
        "Publications": "PublicationEntry",
        "Languages": "OneLineEntry",
        "Interests": "BulletEntry",
        "References": "OneLineEntry",
    }
    assert [each.company for each in sections["Experience"].entries[:2]] == [
        "Gridwise Ltd",
        "Pentir Power Services Ltd",
    ]
    sizes = {"Skills": 3, "Education": 2, "Certificates and Training": 6, "Languages": 3, "References": 2}
    assert {title: len(sections[title].entries) for title in sizes} == sizes
    assert (read.phone, str(read.website)) == ("tel:+44-1248-496015", "https://www.example.org/angharad-llywelyn")


def test_only_a_name(tmp_path: Path) -> None:
    assert cv(tmp_path, {"cpd.yaml": "name: A\n"}) == {"name": "A", "sections": {}}


def test_a_name_that_yaml_could_misread(tmp_path: Path) -> None:
    files = {
        "cpd.yaml": 'name: "No"\ncv: {headline: "2026", interests: ["null", "1_000"]}\n',
        "career/a.md": record(POST.replace("Alpha Ltd", '"007"'), ""),
    }
    made = cv(tmp_path, files)
    assert (made["name"], made["headline"], made["sections"]["Experience"][0]["company"]) == ("No", "2026", "007")
    assert made["sections"]["Interests"] == [{"bullet": "null"}, {"bullet": "1_000"}]


@pytest.mark.parametrize(
    ("phone", "read"),
    [
        ("+44 1248 496015", "tel:+44-1248-496015"),
        ("+44 (0)1248 496015", "tel:+44-1248-496015"),
        ("+48 71 343 20 00", "tel:+48-71-343-20-00"),
        ("01248 496015", None),
        ("(01248) 496015, office", None),
        ("", None),
    ],
)
def test_only_an_international_phone_is_written(tmp_path: Path, phone: str, read: str | None) -> None:
    journal = journal_of(tmp_path, {"cpd.yaml": f'name: A\nphone: "{phone}"\n'})
    text = rendercv_bytes(journal, ()).decode()
    assert (accepted(text).phone, "phone:" in text) == (read, read is not None)


MARKS = (
    "5 * 6 * 7",
    "**bold** and *thin*",
    "a `code` word",
    "C# and #1",
    "# one",
    "#let x = 1",
    "a < b > c",
    "<label>",
    "R&D & tests",
    "$5 and $6",
    "$$x$$",
    "snake_case_name",
    "_under_",
    "a \\ b",
    "name@work",
    "@ref",
    "= title",
    "- item",
    "1. item",
    "!!! note",
    "key: value",
    "'single' and “double”",
    "Tŷ Newydd 東京 👷🏽",
)


@pytest.mark.parametrize("words", MARKS)
def test_marks_arrive_in_every_field(tmp_path: Path, words: str) -> None:
    quoted = json.dumps(words, ensure_ascii=False)
    files = {
        "cpd.yaml": f"name: A\ncv: {{headline: {quoted}, profile: {quoted}, interests: [{quoted}], "
        f"skills: {{{quoted}: [{quoted}]}}, publications: [{{title: {quoted}, publisher: {quoted}}}]}}\n",
        "career/a.md": record(f"role: {quoted}\nemployer: {quoted}\nstart: 2020-01-06\nlocation: {quoted}\n", ""),
        "qualifications/a.md": record(f"title: {quoted}\ninstitution: {quoted}\ngrade: {quoted}\n", ""),
        "qualifications/b.md": record(f"title: {quoted}\nkind: certificate\ninstitution: {quoted}\n", ""),
        "activities/a.md": record(FIELDS.replace("Relay course", quoted) + "highlight: true\n"),
    }
    made = cv(tmp_path, files)
    parts = made["sections"]
    (job,), (study,), (paper,) = parts["Experience"], parts["Education"], parts["Publications"]
    certificate, course = parts["Certificates and training"]
    shown = [
        made["headline"], *parts["Profile"], parts["Interests"][0]["bullet"], *parts["Skills"][0].values(),
        job["position"], job["company"], study["area"], study["institution"], *study["highlights"],
        certificate["name"], certificate["summary"], course["name"], paper["title"], paper["journal"],
    ]  # fmt: skip
    expected = words.replace("\\", "/")
    assert {plain(text) for text in shown} == {expected}
    in_place = expected.translate({ord("#"): None, ord("_"): " ", ord("["): "(", ord("]"): ")"})
    assert plain(job["location"]).split() == in_place.split()


def test_marks_in_the_points_of_a_post(tmp_path: Path) -> None:
    points = ("Saved \\$5 \\* 6", "Wrote C# - and F#", "Tested 5 < 6 relays")
    body = "\nWords\nof two lines.\n\n## Achievements\n\n" + "".join(f"- {each}\n" for each in points)
    (job,) = cv(tmp_path, {"career/a.md": record(POST, body)})["sections"]["Experience"]
    assert job["summary"] == "Words of two lines."
    assert [plain(each) for each in job["highlights"]] == ["Saved $5 * 6", "Wrote C# – and F#", "Tested 5 < 6 relays"]


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        ("start: 2005\nawarded: 2009", {"start_date": "2005", "end_date": "2009"}),
        ("start: 2005-09\nawarded: 2009-06-30", {"start_date": "2005-09", "end_date": "2009-06-30"}),
        ("awarded: 2009-06", {"end_date": "2009-06"}),
        ("start: 2026-09", {"start_date": "2026-09"}),
        ("grade: Merit", {}),
    ],
)
def test_the_dates_of_a_study(tmp_path: Path, fields: str, dates: dict[str, str]) -> None:
    files = {"qualifications/a.md": record(f"title: MEng\nkind: degree\n{fields}\n", "")}
    (study,) = cv(tmp_path, files)["sections"]["Education"]
    assert {name: text for name, text in study.items() if name.endswith("date")} == dates


@pytest.mark.parametrize(("end", "expected"), [("", "present"), ("end: 2021-03-31\n", "2021-03-31")])
def test_the_end_of_a_post(tmp_path: Path, end: str, expected: str) -> None:
    (job,) = cv(tmp_path, {"career/a.md": record(POST + end, "")})["sections"]["Experience"]
    assert (job["start_date"], job["end_date"]) == ("2020-01-06", expected)


def test_sections_without_entries_are_missing(tmp_path: Path) -> None:
    made = cv(tmp_path, {"cpd.yaml": "name: A\ncv: {languages: [Welsh], skills: {Tools: []}}\n"})
    assert made["sections"] == {
        "Skills": [{"label": "Tools", "details": ""}],
        "Languages": [{"label": "Welsh", "details": ""}],
    }
