"""One message for each cause."""

from cpdkit.exchange.causes import Remark, causes


def test_rows_with_one_cause_have_one_message() -> None:
    rows = [Remark(f"log.csv, row {number}", "", "no date") for number in (2, 3, 4, 7, 9, 10)]
    assert causes(rows) == ["log.csv, rows 2–4, 7, 9–10: no date"]
    assert causes(Remark(f"log.csv, row {number}", "", "no date") for number in range(2, 43)) == [
        "log.csv, rows 2–42: no date"
    ]
    assert causes(rows[:1]) == ["log.csv, row 2: no date"]
    assert causes([]) == []


def test_the_words_of_a_cell_are_not_the_cause() -> None:
    rows = [
        Remark(f"log.csv, row {number}", "Date", f'cannot read "{cell}"', cell) for number, cell in enumerate("abcde")
    ]
    assert causes(rows) == ['log.csv, rows 0–4, column "Date": cannot read "a" (also b, c, d and 1 more)']


def test_other_files_columns_and_places_are_apart() -> None:
    rows = [Remark("a.csv, row 2", "", "x"), Remark("b.csv, row 3", "", "x"), Remark("a.csv, row 3", "Date", "x")]
    assert len(causes(rows)) == 3
    notes = [Remark(f"notes/{number}.md", "", "no date") for number in range(10)]
    assert causes(notes)[0].endswith("notes/7.md and 2 more: no date")
