from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.exchange.imports import notes
from cpdkit.exchange.imports.notes import Note, read_note, read_notes
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.imports.zones import clock_in

SAMPLES = Path(__file__).parent / "samples" / "notes"


def cells(table: ImportedTable, header: str) -> dict[str, str]:
    at = table.headers.index(header)
    return {row.key: row.cells[at] for row in table.rows}


def one(folder: Path, name: str, text: str) -> tuple[str, str]:
    """Return the title and the start of a note."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    table = read_notes(folder, "notes")
    return cells(table, "title")[name], cells(table, "start")[name]


def test_the_notes_of_several_programs() -> None:
    table = read_notes(SAMPLES, "notes")
    assert cells(table, "title") == {
        "2026/03/14.txt": "Talked to the apprentices about earthing.",
        "hugo.md": "Reading IEC 62933",
        "jekyll/2026-02-11-toolbox-talk.md": "toolbox talk",
        "obsidian.md": "IET lecture: grid-scale storage",
        "zettlr 20260402101500.md": "On relays",
    }
    assert cells(table, "start") == {
        "2026/03/14.txt": "2026-03-14",
        "hugo.md": "2026-01-20",
        "jekyll/2026-02-11-toolbox-talk.md": "2026-02-11",
        "obsidian.md": "2026-03-05",
        "zettlr 20260402101500.md": "2026-04-02",
    }
    assert table.headers[:4] == ("title", "start", "description", "file")
    assert len(set(table.headers)) == len(table.headers)
    assert cells(table, "tags")["obsidian.md"] == "cpd; storage"
    assert cells(table, "up")["obsidian.md"] == "[[CPD 2026]]"
    assert cells(table, "description (front matter)")["hugo.md"] == "A standard"
    assert cells(table, "description")["obsidian.md"] == "\n# Lecture\n\nSee [[Grid storage|storage]].  \n"
    assert {row.where for row in table.rows} == {f"notes/{row.key}" for row in table.rows}
    assert [row.faults for row in table.rows if row.faults] == []


@pytest.mark.parametrize(
    ("name", "text", "title", "start"),
    [
        ("a.md", "---\nTitle: A\nDate: 2026-03-14 09:30\n---\n", "A", "2026-03-14"),
        ("a.md", "---\ncreated: 20260314\n---\n```\n# no\n```\n## Yes ##\n", "Yes", "2026-03-14"),
        ("a.md", "---\ndate: 14 March 2026\n---\n", "a", "14 March 2026"),
        ("a.md", "---\nstart: 2026-03-14\ndate: 2026-01-01\n---\n", "a", "2026-03-14"),
        ("2026-03-14.md", "\nFirst line\nand more", "First line", "2026-03-14"),
        ("20260314.md", "---\na: b\n---\n", "20260314", "2026-03-14"),
        ("2026-13-14 Odd day.md", "x", "Odd day", ""),
        ("Notes_of-a talk 2026-03-14.md", "x", "Notes_of-a talk", "2026-03-14"),
    ],
)  # fmt: skip
def test_titles_and_days(tmp_path: Path, name: str, text: str, title: str, start: str) -> None:
    assert one(tmp_path, name, text) == (title, start)


def test_what_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# Good\n", encoding="utf-8")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "odd.md").write_bytes(b"---\na: b: c\n---\nBody\n")
    table = read_notes(tmp_path, "notes")
    faults = {row.key: row.faults[0] for row in table.rows if row.faults}
    assert faults.keys() == {"latin.md", "empty.md", "odd.md"}
    assert faults["latin.md"][0] == "file" and "not UTF-8" in faults["latin.md"][1]
    assert cells(table, "description")["odd.md"] == "Body\n"


def test_skipped_files_are_reported(tmp_path: Path) -> None:
    for folder in (".obsidian", ".git", "a/.trash"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "note.md").write_text("x", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"x")
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "elsewhere").symlink_to("/")
    table = read_notes(tmp_path, "notes")
    assert table.rows == ()
    assert table.remarks == (
        "hidden folders ignored: .git, .obsidian, a/.trash",
        "1 file that is not a note ignored, unless a note links to it",
        "symbolic links ignored: elsewhere, link.md",
    )


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        read_notes(tmp_path / "none", "none")
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(f"---\nf{number}: x\n---\n", encoding="utf-8")
    for name, most, why in (
        ("MOST_ENTRIES", 3, "3 files"), ("MOST_NOTES", 3, "3 notes"), ("MOST_ALTOGETHER", 20, "in total"),
    ):  # fmt: skip
        with monkeypatch.context() as patch, pytest.raises(UsageError, match=why):
            patch.setattr(notes, name, most)
            read_notes(tmp_path, "notes")
    monkeypatch.setattr(notes, "MOST_COLUMNS", 2)
    assert read_notes(tmp_path, "notes").remarks == ("only 2 of the 4 fields in the notes were read",)
    monkeypatch.setattr(notes, "MOST_BYTES", 5)
    assert all("too large" in row.faults[0][1] for row in read_notes(tmp_path, "notes").rows)


def test_a_date_is_a_column_of_its_own_if_it_is_more_than_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 2026-03-14\n---\n", encoding="utf-8")
    assert read_notes(tmp_path, "notes").headers == notes.FIXED
    (tmp_path / "b.md").write_text("---\ndate: 2026-03-14\ncreated: 2026-01-01\n---\n", encoding="utf-8")
    assert read_notes(tmp_path, "notes").headers == (*notes.FIXED, "created")
    (tmp_path / "c.md").write_text("---\ndate: 2026-03-14T09:00\n---\n", encoding="utf-8")
    assert read_notes(tmp_path, "notes").headers == (*notes.FIXED, "created", "date")


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        ("---\ntitle: A\ntags: [x, y]\n---\n\nBody\n", {"title": "A", "tags": "x; y"}, "\nBody\n"),
        ("---\na: {b: 1, c: [2, 3]}\nd:\n---\n", {"a": "b: 1; c: 2; 3", "d": ""}, ""),
        ("---\nup: [[Grid storage]]\nsee: '[[A|b]]'\n---\nx", {"up": "[[Grid storage]]", "see": "[[A|b]]"}, "x"),
        ("---\ntitle: A\n...\nBody", {"title": "A"}, "Body"),
        ('+++\ntitle = "A"\ndate = 2026-03-14T09:30:00Z\ndraft = true\n[x]\ny = [1, 2]\n+++\nBody\n',
         {"title": "A", "date": "2026-03-14T09:30:00+00:00", "draft": "true", "x": "y: 1; 2"}, "Body\n"),
        ('{"title": "A", "weight": 1.50, "n": null}\n\nBody\n', {"title": "A", "weight": "1.50", "n": ""}, "\nBody\n"),
        ('{"title": [1, {"a": [true, null]}, ""]}\n', {"title": "1; a: true"}, ""),
        ("# Just text\n", {}, "# Just text\n"),
        ("---\nA rule, and text below it.\n", {}, "---\nA rule, and text below it.\n"),
        ("{not json}", {}, "{not json}"),
    ],
)  # fmt: skip
def test_front_matter_of_every_kind(text: str, fields: dict[str, str], body: str) -> None:
    assert read_note(text) == Note(fields, body)


@pytest.mark.parametrize(
    ("text", "fields", "why"),
    [
        ("---\ntitle: A: b\ndate: 2026-03-14\n---\nBody", {"title": "A: b", "date": "2026-03-14"}, "line 1"),
        ("---\ntitle: A\ntitle: B\n---\nBody", {"title": "B"}, "appears twice"),
        ("---\ntitle: A\nBody", {}, "not closed"),
        ("+++\ntitle = A\n+++\nBody", {}, "cannot read the front matter as TOML"),
        ('{"title": "A"\n\nBody', {}, "cannot read the front matter as JSON"),
        ("+++\na = " + "[" * 9000 + "\n+++\n", {}, "TOML"),
        ("+++\na = '" + "x" * 70_000 + "'\n+++\n", {}, "longer than 64 KiB"),
        ("---\na: " + "x" * 70_000 + "\n---\n", {}, "longer than 64 KiB"),
        ("---\n" + "".join(f"f{n}: x\n" for n in range(300)) + "---\n", None, "first 200 of its 300"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_costs_itself_and_no_word_of_the_note(
    text: str, fields: dict[str, str] | None, why: str
) -> None:
    note = read_note(text)
    assert why in note.faults[0]
    assert fields is None or dict(note.fields) == fields
    assert note.fields or note.body == text


@given(st.text())
def test_any_text_is_a_note(text: str) -> None:
    note = read_note(text)
    assert text.endswith(note.body)


def test_a_moment_elsewhere_is_on_the_owners_day(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: a\ndate: 2025-12-31T20:00:00Z\n---\n", "utf-8")
    days = [read_notes(tmp_path, "notes", clock_in(zone)).rows[0].cells[1] for zone in ("Pacific/Auckland", "UTC")]
    assert days == ["2026-01-01", "2025-12-31"]


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
@pytest.mark.parametrize(
    "front", ['title: "a{}', "a: [1,{}2\nb: {{", "{}- a{}- b", "title: >{}a{}b", "{}[", "a:{} |{}{}"]
)
def test_other_line_ends_in_front_matter_stop_no_note(front: str, end: str) -> None:
    for times in (1, 5):
        text = front.format(*[end * times] * front.count("{}"))
        note = read_note(f"---\n{text}\n---\nbody")
        assert note.faults or note.fields or note.body
