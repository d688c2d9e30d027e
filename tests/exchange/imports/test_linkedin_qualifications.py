"""LinkedIn's Certifications.csv and Education.csv become qualifications, once, with the dates as exact as they are."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt, imported_keys
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.exports.csv import csv_bytes
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.qualifications import QUALIFICATIONS
from cpdkit.exchange.rejects import rejected_rows
from cpdkit.journal.edit import record_of
from cpdkit.journal.load import load
from cpdkit.journal.records import Qualification
from tests.exchange.imports.adopted import KINDS, table_in
from tests.journal.folders import journal_of

HEAD = ("Name", "Url", "Authority", "Started On", "Finished On", "License Number")
STUDY = ("School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities")


def table(name: str, head: Sequence[str], *rows: Sequence[str]) -> ImportedTable:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return table_in(name, out.getvalue())


def certificates(*rows: Sequence[str]) -> ImportedTable:
    return table("Certifications.csv", HEAD, *rows)


def studies(*rows: Sequence[str]) -> ImportedTable:
    return table("Education.csv", STUDY, *rows)


def adopted(made: ImportedTable, known: tuple[Qualification, ...] = ()) -> Adoption:
    """Return the import of a table into a journal with these qualifications."""
    paths = frozenset(each.path for each in known)
    existing = Existing(paths, keys=imported_keys(known), qualifications=known)
    return adopt(made, match(made, ColumnMapping()), existing, AdoptOptions())


def qualifications_of(adoption: Adoption) -> tuple[Qualification, ...]:
    records = [record_of(path, data, QUALIFICATIONS) for path, data in adoption.files.items()]
    return tuple(record for record in records if isinstance(record, Qualification))


def test_a_certificate_with_every_column() -> None:
    adoption = adopted(table_in("Certifications.csv", (KINDS / "Certifications.csv").read_bytes()))
    first, second = qualifications_of(adoption)
    assert list(adoption.files) == ["qualifications/2025-working-at-height.md", "qualifications/2025-project-basics.md"]
    assert (first.title, first.kind, first.institution, first.number) == (
        "Working at height", "certificate", "Site Skills", "WH-778",
    )  # fmt: skip
    assert (first.awarded, first.expires) == ("2025-05-12", "2028-05-11")
    assert [each.url for each in first.evidence] == ["https://example.org/cert/7"]
    assert (second.awarded, second.expires, second.number, second.evidence) == ("2025-05", "", "", ())
    assert (adoption.qualifications, adoption.posts, adoption.drafts, adoption.rejections) == (2, 0, 0, ())


@pytest.mark.parametrize(
    ("started", "finished", "awarded", "expires"),
    [
        ("Mar 2024", "Feb 2027", "2024-03", "2027-02"),
        ("12 May 2025", "11 May 2028", "2025-05-12", "2028-05-11"),
        ("2024-03-09", "2027", "2024-03-09", "2027"),
        ("March 2024", "", "2024-03", ""),
        ("2019", "", "2019", ""),
        ("03/2024", "Feb-27", "2024-03", "2027-02"),
        ("", "", "", ""),
        ("-", "n/a", "", ""),
    ],
)
def test_dates_stay_as_exact_as_they_are(started: str, finished: str, awarded: str, expires: str) -> None:
    (made,) = qualifications_of(adopted(certificates(("ECS card", "", "JIB", started, finished, ""))))
    assert (made.awarded, made.expires) == (awarded, expires)


@pytest.mark.parametrize(
    ("row", "header"),
    [
        (("ECS card", "", "JIB", "soon", "", ""), "Started On"),
        (("ECS card", "", "JIB", "31 Feb 2024", "", ""), "Started On"),
        (("ECS card", "", "JIB", "2024", "never", ""), "Finished On"),
        (("", "", "JIB", "2024", "", ""), ""),
        (("ECS card", "", "JIB", "2024", "2019", ""), ""),
    ],
)
def test_a_bad_row_is_rejected_and_the_others_are_not(row: Sequence[str], header: str) -> None:
    adoption = adopted(certificates(row, ("First aid", "", "Red Cross", "2025", "", "")))
    assert [each.title for each in qualifications_of(adoption)] == ["First aid"]
    assert [(each.where, each.header) for each in adoption.rejections] == [("Certifications.csv, row 2", header)]


def test_a_rejected_row_can_be_corrected() -> None:
    made = certificates(("ECS card", "", "JIB", "soon", "", "007"))
    rejected = csv_bytes(rejected_rows(made, match(made, ColumnMapping()), adopted(made))).decode()
    (record,) = qualifications_of(adopted(table_in("rejects.csv", rejected.replace('"soon"', '"2024-03"', 1))))
    assert (record.title, record.awarded, record.number, record.kind) == ("ECS card", "2024-03", "007", "certificate")


@pytest.mark.parametrize("missing", ["Url", "License Number"])
def test_a_missing_column_is_empty(missing: str) -> None:
    row = dict(zip(HEAD, ("ECS card", "https://example.org/c", "JIB", "Mar 2024", "Mar 2029", "21 604"), strict=True))
    kept = [name for name in HEAD if name != missing]
    (made,) = qualifications_of(adopted(table("Certifications.csv", kept, [row[name] for name in kept])))
    assert (made.title, made.institution, made.awarded, made.expires) == ("ECS card", "JIB", "2024-03", "2029-03")
    assert (bool(made.evidence), made.number) == (missing != "Url", "21 604" if missing != "License Number" else "")


def test_an_unknown_column_is_kept() -> None:
    made = table("Certifications.csv", (*HEAD, "Skill level"), ("ECS card", "", "JIB", "2024", "", "", "Gold"))
    (record,) = qualifications_of(adopted(made))
    assert record.own["x-skill-level"] == "Gold"


def test_the_same_file_again_is_known() -> None:
    made = certificates(("ECS card", "", "JIB", "Mar 2019", "", ""), ("ECS card", "", "JIB", "Mar 2024", "", ""))
    first = qualifications_of(adopted(made))
    assert [each.path for each in first] == ["qualifications/2019-ecs-card.md", "qualifications/2024-ecs-card.md"]
    again = adopted(made, first)
    assert (again.files, again.known, again.rejections) == ({}, 2, ())


def known(
    title: str = "ECS card", institution: str = "JIB", awarded: str = "", expires: str = "", number: str = "21"
) -> Qualification:
    return Qualification(
        "a", "qualifications/a.md", title, "", institution, awarded=awarded, expires=expires, number=number
    )


@pytest.mark.parametrize(
    ("record", "result"),
    [
        (known(awarded="2024-03"), "known"),
        (known(awarded="2024"), "known"),
        (known(awarded="2024-03-18"), "known"),
        (known(title="ecs  Card", institution="jib"), "known"),
        (known(awarded="2024-03", expires="2029-03"), "known"),
        (known(awarded="2023-03"), "changed"),
        (known(awarded="2024-03", number="22"), "changed"),
        (known(institution="CITB"), "new"),
    ],
)
def test_a_qualification_that_the_journal_has(record: Qualification, result: str) -> None:
    adoption = adopted(certificates(("ECS card", "", "JIB", "Mar 2024", "", "21")), (record,))
    assert (adoption.known, len(adoption.changed), adoption.qualifications) == (
        result == "known", result == "changed", result == "new",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "dates"),
    [
        ("Sep 2013", "Jul 2017", ("2013-09", "2017-07")),
        ("2013", "2017", ("2013", "2017")),
        ("2013-09-16", "2017-07-08", ("2013-09-16", "2017-07-08")),
        ("Sep 2026", "", ("2026-09", "")),
        ("", "2017", ("", "2017")),
    ],
)
def test_a_study(start: str, end: str, dates: tuple[str, str]) -> None:
    row = ("Bangor University", start, end, "First class.", "MEng, Electrical", "Brass band")
    (made,) = qualifications_of(adopted(studies(row)))
    assert (made.title, made.institution) == ("MEng, Electrical", "Bangor University")
    assert ((made.start, made.awarded), made.body.strip()) == (dates, "First class.\n\nBrass band")


def test_two_studies_at_one_school() -> None:
    rows = [("Leeds", "2009", "2011", "", name, "") for name in ("HNC", "HND")]
    first = qualifications_of(adopted(studies(*rows)))
    assert [each.title for each in first] == ["HNC", "HND"]
    assert adopted(studies(*rows), first).known == 2


def test_the_command_writes_each_qualification_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal_of(tmp_path / "j", {})
    file = tmp_path / "Education.csv"
    file.write_text(",".join(STUDY) + '\nLeeds,2009,2011,,"HNC, Electrical",\n', encoding="utf-8")
    args = ["import", str(file), "--journal", str(tmp_path / "j")]
    assert run(args) == 0
    assert capsys.readouterr().out == "qualifications/2011-hnc-electrical.md\n"
    assert run(args) == 0
    assert capsys.readouterr().out == ""
    assert [each.title for each in load(tmp_path / "j").qualifications] == ["HNC, Electrical"]
