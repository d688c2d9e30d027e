import pytest

from tests.exchange.imports.adopted import KINDS, qualifications_in, sample, table_in


def test_only_completed_courses_of_linkedin_are_activities_on_the_day_of_completion() -> None:
    made = sample("Learning.csv")
    assert [(each.title, each.start.isoformat(), each.minutes, each.type) for each in made] == [
        ("Learning Python", "2026-01-20", 0, "training"),
        ("Speaking up", "2026-02-03", 0, "training"),
    ]
    assert made[0].body.strip() == "Variables, loops\nand functions.\n\nLoops are fun"
    table = table_in("Learning.csv", (KINDS / "Learning.csv").read_bytes())
    assert any("Excel basics" in remark and "Never opened" in remark for remark in table.remarks)


def test_the_end_of_a_certificate_is_its_expiry() -> None:
    first, second = qualifications_in("Certifications.csv", (KINDS / "Certifications.csv").read_bytes())
    assert (first.awarded, first.expires, first.institution) == ("2025-05-12", "2028-05-11", "Site Skills")
    assert (first.kind, first.number) == ("certificate", "WH-778")
    assert [each.url for each in first.evidence] == ["https://example.org/cert/7"]
    assert (second.title, second.awarded, second.expires) == ("Project basics", "2025-05", "")


def test_a_book_has_a_day_and_no_hours() -> None:
    (book,) = sample("goodreads.csv")
    assert (book.title, book.start.isoformat(), book.type, book.minutes, book.status) == (
        "The Grid", "2026-01-18", "self-study", 0, "draft",
    )  # fmt: skip
    assert book.topics == ("power", "history")
    assert book.own["x-author"] == "Ann Example"
    assert "Bob" not in book.body


def test_a_book_is_known_after_its_rating_changed() -> None:
    text = (KINDS / "goodreads.csv").read_text("utf-8")
    first, second = (table_in("g.csv", each).rows[0] for each in (text, text.replace(",4,4.17,", ",5,4.21,")))
    assert first.key == second.key


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("toggl.csv", [("Relay course", 90, 1), ("CPD", 45, 1), ("Night test", 120, 2)]),
        ("clockify.csv", [("Read the wiring rules", 20, 1)]),
    ],
)
def test_time_entries_have_the_recorded_time(name: str, rows: list[tuple[str, int, int]]) -> None:
    made = sample(name)
    assert [(each.title, each.minutes, (each.end - each.start).days + 1) for each in made] == rows
    assert "sam@example.org" not in "".join(str(each.own) for each in made)


def test_education_becomes_qualifications() -> None:
    text = "School Name,Start Date,End Date,Notes,Degree Name,Activities\nUni,2015,2018,,MEng,Chess\n"
    (made,) = qualifications_in("Education.csv", text)
    assert (made.title, made.institution, made.start, made.awarded) == ("MEng", "Uni", "2015", "2018")
    assert "Chess" in made.body or "Chess" in made.own.values()


def test_a_table_with_more_columns_than_the_known_ones_keeps_them() -> None:
    text = "Name,Url,Authority,Started On,Finished On,License Number,Hours\nFirst aid,,Red Cross,2026-01-12,,,6\n"
    (made,) = qualifications_in("Certifications.csv", text)
    assert (made.awarded, made.own["x-hours"]) == ("2026-01-12", "6")


def test_a_time_sheet_has_the_time_between_in_and_out() -> None:
    assert [each.minutes for each in sample("timesheet.csv")] == [90, 45, 0]
