"""Education and certificates of a JSON Resume become qualifications; what has no place is named."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cpdkit.cli.main import run
from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt, imported_keys
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.exports.json_resume import resume_of
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.qualifications import QUALIFICATIONS
from cpdkit.journal.edit import record_of
from cpdkit.journal.load import load
from cpdkit.journal.records import Qualification
from tests.exchange.imports.adopted import KINDS, adoption_of, table_in
from tests.journal.folders import journal_of

ROOT = Path(__file__).resolve().parents[3]
Item = Mapping[str, Any]


def resume(**parts: list[Item]) -> ImportedTable:
    return table_in("resume.json", json.dumps({"basics": {}, **parts}))


def qualifications_of(adoption: Adoption) -> tuple[Qualification, ...]:
    files = {path: data for path, data in adoption.files.items() if path.startswith("qualifications/")}
    records = [record_of(path, data, QUALIFICATIONS) for path, data in files.items()]
    return tuple(record for record in records if isinstance(record, Qualification))


def again(table: ImportedTable, known: tuple[Qualification, ...]) -> Adoption:
    """Return the import of a table into a journal with these qualifications."""
    paths = frozenset(each.path for each in known)
    existing = Existing(paths, keys=imported_keys(known), qualifications=known)
    return adopt(table, match(table, ColumnMapping()), existing, AdoptOptions())


def test_a_degree_and_a_certificate() -> None:
    adoption = adoption_of(table_in("resume.json", (KINDS / "resume.json").read_bytes()))
    made = {each.path: each for each in qualifications_of(adoption)}
    card, degree = (
        made["qualifications/2025-first-aid-at-work.md"],
        made["qualifications/2018-meng-electrical-engineering.md"],
    )
    assert (card.title, card.kind, card.institution, card.awarded) == (
        "First aid at work", "certificate", "Red Cross", "2025-11-03",
    )  # fmt: skip
    assert [each.url for each in card.evidence] == ["https://example.org/c"]
    assert (degree.title, degree.institution, degree.awarded) == (
        "MEng Electrical engineering", "Example University", "2018-06-30",
    )  # fmt: skip
    assert (len(made), adoption.qualifications) == (2, 2)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2013-09", "2017-07", ("2013-09", "2017-07")),
        ("2013", "2017", ("2013", "2017")),
        ("2013-09-16", "2017-07-08", ("2013-09-16", "2017-07-08")),
        ("Sep 2013", "July 2017", ("2013-09", "2017-07")),
        ("09/2013", "", ("2013-09", "")),
        (None, "2017", ("", "2017")),
        (2013, 2017, ("2013", "2017")),
    ],
)
def test_the_dates_of_a_study(start: object, end: object, expected: tuple[str, str]) -> None:
    study = {"institution": "Leeds", "area": "Power", "startDate": start, "endDate": end}
    (made,) = qualifications_of(adoption_of(resume(education=[study])))
    assert (made.start, made.awarded) == expected


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ({"institution": "Leeds", "area": "Power", "studyType": "MSc"}, "MSc Power"),
        ({"institution": "Leeds", "studyType": "MSc"}, "MSc"),
        ({"institution": "Leeds"}, "Leeds"),
    ],
)
def test_the_title_of_a_study(item: Item, title: str) -> None:
    (made,) = qualifications_of(adoption_of(resume(education=[item])))
    assert (made.title, made.institution) == (title, "Leeds")


@pytest.mark.parametrize("key", ["score", "gpa"])
def test_the_grade_and_the_courses_of_a_study(key: str) -> None:
    study = {"institution": "Leeds", "area": "Power", key: "First class", "courses": ["Drives", "Fields"]}
    (made,) = qualifications_of(adoption_of(resume(education=[study])))
    assert (made.grade, made.body.strip()) == ("First class", "- Drives\n- Fields")


@pytest.mark.parametrize(
    ("part", "item", "rejected"),
    [
        ("certificates", {"name": "Card", "date": "soon"}, ["awarded"]),
        ("certificates", {"issuer": "JIB", "date": "2024"}, [""]),
        ("education", {"institution": "Leeds", "startDate": "x", "endDate": "y"}, ["start", "awarded"]),
        ("education", {"area": "", "startDate": "2013"}, [""]),
    ],
)
def test_a_bad_item_is_rejected_and_the_others_are_not(part: str, item: Item, rejected: list[str]) -> None:
    adoption = adoption_of(resume(**{part: [item]}, awards=[{"title": "Prize", "date": "2025-05-20"}]))
    assert list(adoption.files) == ["activities/2025/2025-05-20-prize.md"]
    assert sorted(each.header for each in adoption.rejections) == sorted(rejected)
    assert {each.where for each in adoption.rejections} == {f"resume.json, {part} 1"}


def test_the_same_resume_again_is_known() -> None:
    table = resume(
        education=[{"institution": "Leeds", "area": name, "endDate": "2011"} for name in ("HNC", "HND")],
        certificates=[{"name": "ECS card", "issuer": "JIB", "date": day} for day in ("2019-03", "2024-03")],
    )
    first = qualifications_of(adoption_of(table))
    assert len(first) == 4
    second = again(table, first)
    assert (second.files, second.known, second.rejections) == ({}, 4, ())


@pytest.mark.parametrize(
    ("fields", "result"),
    [
        ({"awarded": "2024"}, "known"),
        ({"awarded": "2024-03-18"}, "known"),
        ({}, "known"),
        ({"awarded": "2023-03"}, "changed"),
        ({"institution": "CITB"}, "new"),
    ],
)
def test_a_qualification_that_the_journal_has(fields: Mapping[str, str], result: str) -> None:
    institution, awarded = fields.get("institution", "JIB"), fields.get("awarded", "")
    own = Qualification("a", "qualifications/a.md", "ECS card", institution=institution, awarded=awarded)
    adoption = again(resume(certificates=[{"name": "ECS Card", "issuer": "JIB", "date": "2024-03"}]), (own,))
    assert (adoption.known, len(adoption.changed), adoption.qualifications) == (
        result == "known", result == "changed", result == "new",
    )  # fmt: skip


NAMED: Mapping[str, tuple[Item, str]] = {
    "publications": ({"name": "Six years blind", "publisher": "Protection North", "releaseDate": "2025-06"}, "2025-06"),
    "projects": ({"name": "Settings tool", "entity": "Gridwise", "startDate": "2024"}, "Gridwise"),
    "skills": ({"name": "Protection", "level": "Master"}, "Protection"),
    "languages": ({"language": "Welsh", "fluency": "Native"}, "Welsh"),
    "interests": ({"name": "Brass band"}, "Brass band"),
    "references": ({"name": "Helen", "reference": "A good engineer."}, "Helen"),
}


@pytest.mark.parametrize("part", NAMED)
def test_what_has_no_place_is_named(part: str) -> None:
    item, words = NAMED[part]
    card: Item = {"name": "Card", "date": "2024"}
    table = resume(**{part: [item]}, certificates=[card])
    (remark,) = [each for each in table.remarks if each.startswith(f"{part}: ")]
    assert words in remark
    assert [each.title for each in qualifications_of(adoption_of(table))] == ["Card"]


def test_more_than_twenty_names_are_counted() -> None:
    table = resume(skills=[{"name": f"Skill {number}"} for number in range(1, 26)], work=[])
    (remark,) = [each for each in table.remarks if each.startswith("skills: ")]
    assert ("Skill 20" in remark, "Skill 21" in remark, "5 more" in remark) == (True, False, True)


def test_unknown_parts_are_named() -> None:
    table = table_in("resume.json", json.dumps({"basics": {}, "work": [], "hobbies": [], "x-photo": {}}))
    assert any("hobbies, x-photo" in each for each in table.remarks)


def test_no_contact_detail_is_repeated() -> None:
    document = {"basics": {"email": "sam@example.org", "phone": "01248 496015"}, "work": []}
    remarks = "\n".join(table_in("resume.json", json.dumps(document)).remarks)
    assert ("basics: " in remarks, "sam@" in remarks, "01248" in remarks) == (True, False, False)


def test_the_degrees_of_the_example_return(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = load(ROOT / "journal")
    made = resume_of(journal, journal.activities)
    (tmp_path / "resume.json").write_text(json.dumps(made), encoding="utf-8")
    journal_of(tmp_path / "j", {})
    assert run(["import", str(tmp_path / "resume.json"), "--journal", str(tmp_path / "j")]) == 0
    back = load(tmp_path / "j")
    parts = resume_of(back, back.activities)
    assert parts["education"] == made["education"]
    assert sorted(map(str, parts["certificates"])) == sorted(map(str, made["certificates"]))
    names = ("name", "position", "location", "startDate", "endDate")
    jobs = [[[job.get(name) for name in names] for job in each["work"]] for each in (made, parts)]
    assert jobs[0] == jobs[1]
