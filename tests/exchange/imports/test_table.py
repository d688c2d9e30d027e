import pytest

from cpdkit.exchange.imports.table import ImportOptions, NoTable, RawRow, column_name, table_of


def lines(*rows: tuple[str, ...]) -> list[RawRow]:
    return [RawRow(number, row) for number, row in enumerate(rows, start=1)]


def test_headings_below_a_title_and_empty_rows() -> None:
    table = table_of(
        "log",
        "row",
        lines(("My log 2026",), ("",), ("Title", "Date", "", "Title"), ("a", "b"), ("", " "), ("c", "", "d", "e")),
    )
    assert table.headers == ("Title", "Date", "column C", "Title (2)")
    assert [(row.where, row.cells) for row in table.rows] == [
        ("row 4", ("a", "b", "", "")),
        ("row 6", ("c", "", "d", "e")),
    ]
    assert table.remarks == ("log: 1 line above the headings ignored",)


def test_headings_that_nobody_knows() -> None:
    table = table_of("log", "row", lines(("2026",), ("Was", "Wann", "Wie lange"), ("Kurs", "14.03.2026", "2")))
    assert table.headers == ("Was", "Wann", "Wie lange")


def test_faults_are_at_their_column() -> None:
    table = table_of("log", "row", [RawRow(1, ("Title", "Date")), RawRow(2, ("", ""), ((1, "it is odd"),))])
    assert table.rows[0].faults == (("Date", "it is odd"),)


def test_nothing_is_no_table() -> None:
    with pytest.raises(NoTable, match="log: no table found"):
        table_of("log", "row", lines(("",), (" ",)))


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_do(number: int, name: str) -> None:
    assert column_name(number) == name


HEADINGS = ("Title", "Type", "Date", "Hours")
ONE = ("A talk", "event", "2026-01-14", "1.5")
TWO = ("Total station course", "training", "2026-02-14", "2")


def places(*rows: tuple[str, ...], **options: object) -> list[str]:
    """Return the places of the rows that are read."""
    return [row.where for row in table_of("log", "row", lines(*rows), (), ImportOptions(**options)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "headers", "first"),
    [
        ((("Activity", "", "Time", ""), HEADINGS, ONE), HEADINGS, "row 3"),
        ((("What I did", "", "When and how long", ""), HEADINGS, ONE), HEADINGS, "row 3"),
        ((("When", "Subject", "How long", ""), ("", "", "Hours", "Minutes"), ("2026-01-14", "A", "1", "0")),
         ("When", "Subject", "Hours", "Minutes"), "row 3"),
        ((("Date", "Title", "Time", "Time"), ("Date", "Title", "Hours", "Minutes"), ("2026-01-14", "A", "1", "0")),
         ("Date", "Title", "Hours", "Minutes"), "row 3"),
        ((HEADINGS, ONE, TWO), HEADINGS, "row 2"),
        ((("Title", "Type"), ("Course", "at the college"), ("Talk", "event")), ("Title", "Type"), "row 2"),
    ],
)  # fmt: skip
def test_a_row_of_groups_above_the_headings(
    rows: tuple[tuple[str, ...], ...], headers: tuple[str, ...], first: str
) -> None:
    table = table_of("log", "row", lines(*rows))
    assert (table.headers, table.rows[0].where) == (headers, first)


@pytest.mark.parametrize(
    "row",
    [
        ("Total", "", "", "3.5"), ("", "", "Total hours:", "3.5"), ("Total hours: 3.5", "", "", ""),
        ("Subtotal for January", "", "", "1.5"), ("Grand total", "2", "", "14h30"), ("2026 total", "", "", "3.5 h"),
        ("Gesamt", "", "", "3,5"), ("Sum", "", "", "3:30"), HEADINGS,
    ],
)  # fmt: skip
def test_totals_and_repeated_headings_are_no_records_wherever_they_are(row: tuple[str, ...]) -> None:
    assert places(HEADINGS, ONE, row, TWO) == ["row 2", "row 4"]
    (remark,) = table_of("log", "row", lines(HEADINGS, ONE, row, TWO)).remarks
    assert remark.startswith("row 3: omitted as ")


@pytest.mark.parametrize(
    "row",
    [
        ("Signed: ________", "", "Date: 3/3/2026", ""), ("Signature", "", "", ""), ("", "", "", "3.5"),
        ("Supervisor's signature", "", "", ""), ("I confirm that this record is true.", "", "", ""),
        ("Approved by: J. Evans", "", "", ""), ("_________", "", "", ""), ("Page 1 of 2", "", "", ""),
    ],
)  # fmt: skip
def test_signatures_and_sums_at_the_end_are_no_records(row: tuple[str, ...]) -> None:
    assert places(HEADINGS, ONE, row) == ["row 2"]
    assert places(HEADINGS, ONE, row, TWO) == ["row 2", "row 3", "row 4"]


@pytest.mark.parametrize(
    "row",
    [
        ("Total", "event", "2026-01-14", "1"), ("Total safety at height", "", "", "2"), ("Sum of squares", "", "", "2"),
        ("Signed up for a course", *ONE[1:]), ("Signature analysis", *ONE[1:]), ("Declaration of interests", *ONE[1:]),
        ("Names and dates", *ONE[1:]), ("Managers' night: dates", *ONE[1:]), ("Dates: how to write them", *ONE[1:]),
    ],
)  # fmt: skip
def test_a_record_about_totals_or_signatures_is_a_record(row: tuple[str, ...]) -> None:
    assert places(HEADINGS, ONE, row) == ["row 2", "row 3"]


def test_the_owner_chooses_headings_and_skips_rows() -> None:
    rows = (("Title", "Date"), ("from", "to"), HEADINGS, ONE, TWO, ("Draft", "Event", "", ""))
    assert places(*rows, header_row=3) == ["row 4", "row 5", "row 6"]
    assert places(*rows, header_row=3, skips=("4", "draft")) == ["row 5"]
    assert places(*rows, header_row=3, skips=("3-5",)) == ["row 6"]
    assert places(*rows, header_row=3, skips=("*station*",)) == ["row 4", "row 6"]
    assert table_of("log", "row", lines(*rows), (), ImportOptions(header_row=3, skips=("4-5",))).remarks == (
        "log: 2 lines above the headings ignored", "rows 4–5: skipped",
    )  # fmt: skip
    with pytest.raises(NoTable, match="row 9 has no headings"):
        places(*rows, header_row=9)
