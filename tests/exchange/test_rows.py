"""One row as the fields and the body of an activity."""

from datetime import date

import pytest

from cpdkit.exchange.cells import DateOrder
from cpdkit.exchange.column_matching import Match, Matching, MatchReason
from cpdkit.exchange.imports.table import ImportedRow
from cpdkit.exchange.rows import BadRow, RowValues, read_row

BASE = {"title": "Course on relays", "start": "2026-03-14", "hours": "1.5"}


def valued(cells: dict[str, str], defaults: dict[str, str] | None = None, **words: str) -> RowValues:
    columns = tuple(Match(name.partition("|")[2] or name, name.partition("|")[0], MatchReason.CHOSEN) for name in cells)
    row = ImportedRow("row 2", tuple(cells.values()))
    matching = Matching(columns, DateOrder.DAY_FIRST, "", words)
    return read_row(row, [each.header for each in columns], matching, defaults or {}, {"grid-storage"})


@pytest.mark.parametrize(
    ("target", "cell", "field", "value"),
    [
        ("type", "Lecture", "type", "event"),
        ("days", "14/03/2026 - 16/03/2026", "end", "2026-03-16"),
        ("hours", "20 min", "hours", "20 min"),
        ("time", "1:20", "hours", "1.5"),
        ("minutes", "90", "hours", "1.5"),
        ("end-time", "18:30", "hours", "1.5"),
        ("participatory", "1:20", "participatory", "1h20"),
        ("accepted", "CPD404: as it is; CPD405: so too", "accepted", {"CPD404": "as it is", "CPD405": "so too"}),
        ("structured", "Informal", "structured", "false"),
        ("confidential", "no", "confidential", None),
        ("topics", "Safety; Ethics, law ; Safety", "topics", ["Safety", "Ethics, law"]),
        ("topics", "Safety, Ethics", "topics", ["Safety", "Ethics"]),
        ("skills", "Technical; Non-technical", "skills", ["technical", "soft"]),
        ("objectives", "Grid storage; Other", "objectives", ["grid-storage"]),
        ("objectives", "Grid storage; Other", "x-objectives", ["Other"]),
        ("competences", "A1: E; B2: P", "competences", {"A1": "E", "B2": "P"}),
        ("competences", "A1, B2", "competences", ["A1", "B2"]),
        ("competences", "communication skills", "x-competences", "communication skills"),
        ("evidence", "a b.pdf (The paper); https://x.org/a", "evidence", [{"path": "a b.pdf", "title": "The paper"}, "https://x.org/a"]),
        ("evidence", "certificate held", "x-evidence", ["certificate held"]),
        ("units", "PDU: 3; points: 2", "units", {"PDU": "3", "points": "2"}),
        ("units|CPD points", "3", "units", {"CPD points": "3"}),
        ("sessions", "2026-03-14 1h30; 2026-03-15 1h00", "hours", None),
        ("signed-off", "J. Evans", "signed-off", {"by": "J. Evans"}),
        ("signed-off-on", "14/03/2026", "signed-off", None),
        ("competences", "A1: E, B2", "competences", [{"A1": "E"}, "B2"]),
        ("provider", " IET\nYorkshire ", "provider", "IET Yorkshire"),
        ("x-own", "a\nb", "x-own", "a\nb"),
        ("skip", "x", "skip", None),
    ],
)  # fmt: skip
def test_cells(target: str, cell: str, field: str, value: object) -> None:
    assert valued({**BASE, target: cell}).fields.get(field) == value


def test_the_body_is_put_together() -> None:
    made = valued(
        {**BASE, "description|Notes": "What.", "reflection|What did you learn?": "Much.", "reflection|Use": "Some."}
    )
    assert made.body == "What.\n\n## Reflection\n\n### What did you learn?\n\nMuch.\n\n### Use\n\nSome."
    assert valued({**BASE, "reflection|Learning outcome": "Much."}).body == "## Reflection\n\nMuch."
    assert valued({**BASE, "body": "# As it is\n"}).body == "# As it is"


def test_long_titles_and_details() -> None:
    made = valued({"details": "First line\nand the rest", "start": "2026-03-14"})
    assert (made.fields["title"], made.body) == ("First line", "and the rest")
    assert valued({**BASE, "details": "First line\nand the rest"}).body == "First line\nand the rest"
    long = valued({"title": "word " * 100, "start": "2026-03-14"})
    assert len(str(long.fields["title"])) <= 300
    assert long.body == ("word " * 100).strip()


def test_folder_path_and_control_characters() -> None:
    made = valued({**BASE, "folder": "CPD: 2013/..", "path": "activities/x/a.md", "location": "Lee\x07ds\u202e"})
    assert (made.folder, made.path, made.fields["location"], made.day) == (
        "CPD  2013",
        "activities/x/a.md",
        "Leeds",
        date(2026, 3, 14),
    )
    assert valued({**BASE, "path": "activities/../../x.md"}).path == ""


def test_defaults_and_own_words() -> None:
    assert valued(BASE, {"type": "Course", "provider": "IET"}).fields["type"] == "training"
    assert valued({**BASE, "provider": "X"}, {"provider": "IET"}).fields["provider"] == "X"
    assert valued({**BASE, "type": "Toolbox"}, None, toolbox="training").fields["type"] == "training"
    assert valued({"title": "x"}, {"start": "14/03/2026"}).fields["start"] == "2026-03-14"


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        (
            {"title": "a", "start": "31/02/2026", "hours": "x"},
            {"start": "does not exist", "hours": "not a number"},
        ),
        ({"start": "2026-03-14"}, {"": "title is missing"}),
        ({"title": "a"}, {"": "date is missing"}),
        ({**BASE, "sessions": "x"}, {"sessions": "as a session"}),
        ({**BASE, "confidential": "perhaps"}, {"confidential": "is not yes or no"}),
    ],
)
def test_every_bad_cell_is_named(cells: dict[str, str], faults: dict[str, str]) -> None:
    with pytest.raises(BadRow) as error:
        valued(cells)
    assert {name for name, _ in error.value.faults} == set(faults)
    assert all(faults[name] in message for name, message in error.value.faults)


@pytest.mark.parametrize(
    ("target", "cell", "value"),
    [("type", "Learning Path", None), ("status", "Attended", None), ("planned", "perhaps", None),
     ("skills", "Leadership", None), ("type", "Evening lecture", "event")],
)  # fmt: skip
def test_an_unknown_word_is_kept_and_makes_a_draft(target: str, cell: str, value: str | None) -> None:
    made = valued({**BASE, "type": "Course", target: cell})
    assert (made.fields.get(target), made.fields[f"x-{target}"]) == (value, cell)
    assert [header for header, _ in made.doubts] == [target]


@pytest.mark.parametrize(
    ("cell", "title", "body"),
    [
        ("Course on\nrelays", "Course on relays", ""),
        ("Fuses\n\nAll of it", "Fuses", "All of it"),
        ("Fuses\none\ntwo\nthree", "Fuses", "one\ntwo\nthree"),
    ],
)
def test_a_long_text_is_a_title_and_a_description(cell: str, title: str, body: str) -> None:
    values = valued({"title": cell, "start": "2026-01-12"})
    assert (values.fields["title"], values.body) == (title, body)


def test_a_row_without_a_title_has_the_first_line_of_its_description() -> None:
    values = valued({"title": "", "start": "2026-01-12", "description": "Fuses\nAll of it", "description|More": "More"})
    assert (values.fields["title"], values.body) == ("Fuses", "All of it\n\nMore")
