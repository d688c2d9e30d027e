import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.exchange.notefront import Note, read_note, said


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
        ("---\ntitle: A\ntitle: B\n---\nBody", {"title": "B"}, "given twice"),
        ("---\ntitle: A\nBody", {}, "not closed"),
        ("+++\ntitle = A\n+++\nBody", {}, "can't be read as TOML"),
        ('{"title": "A"\n\nBody', {}, "can't be read as JSON"),
        ("+++\na = " + "[" * 9000 + "\n+++\n", {}, "TOML"),
        ("+++\na = '" + "x" * 70_000 + "'\n+++\n", {}, "longer than 64 KiB"),
        ("---\na: " + "x" * 70_000 + "\n---\n", {}, "longer than 64 KiB"),
        ("---\n" + "".join(f"f{n}: x\n" for n in range(300)) + "---\n", None, "first 200 of its 300"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_costs_itself_and_no_word_of_the_note(
    text: str, fields: dict[str, str] | None, why: str
) -> None:
    note = read_note(text)
    assert why in note.faults[0]
    assert fields is None or dict(note.fields) == fields
    assert note.fields or note.body == text


def test_values_as_texts() -> None:
    assert said([1, {"a": [True, None]}, ""]) == "1; a: true"


@given(st.text())
def test_any_text_is_a_note(text: str) -> None:
    note = read_note(text)
    assert text.endswith(note.body)
