"""Several writers at one journal: `cpd new` and `cpd set` lose nothing, and every file stays whole.

An editor that saves between the last look of `cpd set` and its replacing of the file loses that save: that is not held.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.actions.set import field_changes
from cpdkit.checks.fixes import write_fixes
from cpdkit.errors import CannotWrite, ChangedOnDisk, CpdError
from cpdkit.journal.edit import parse_change, record_of, with_changes
from cpdkit.journal.naming import file_name, unique
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import record_bytes
from cpdkit.journal.records import Activity
from cpdkit.text.write import write_new
from tests.journal.folders import FIELDS, journal_of, record

FORM = RECORD_KINDS["activities"]
A = "activities/a.md"
VALUES = {"title": "New", "type": "event", "start": "2026-03-14", "hours": "1"}
WRITERS = st.lists(st.sampled_from(["new", "set", "saved over", "saved in place"]), min_size=2, max_size=5)


def new(root: Path, number: int) -> None:
    """What `cpd new` does when somebody takes the name that it chose."""
    data = record_bytes(FORM, VALUES, f"number {number}")
    while True:
        taken = [path.name for path in (root / "activities").glob("*.md")]
        try:
            return write_new({root / "activities" / unique(file_name(date(2026, 3, 14), "New"), taken): data})
        except CannotWrite:
            continue


def set_(root: Path, number: int) -> None:
    """Run `cpd set`, again if it reports that the file changed or was only half saved."""
    while True:
        try:
            return write_fixes(root, field_changes(root, ["a"], [f"topics+=t{number}"]))
        except CpdError:
            continue


def edit(root: Path, saves: Sequence[tuple[int, str]]) -> None:
    """An editor: it reads the changes of others, adds a line to its own, and saves everything."""
    place = root / A
    lines: list[str] = []
    for number, how in saves:
        lines.append(f"line {number}\n")
        text = place.read_text()
        after = text + "".join(line for line in lines if line not in text)
        (save_over if how == "saved over" else Path.write_bytes)(place, after.encode())


def save_over(place: Path, data: bytes) -> None:
    aside = place.with_name(f".{threading.get_ident()}.swp")
    aside.write_bytes(data)
    aside.replace(place)


@settings(max_examples=100, deadline=None)
@given(WRITERS)
def test_nothing_that_cpd_wrote_is_lost(tmp_path_factory: pytest.TempPathFactory, writers: list[str]) -> None:
    root = tmp_path_factory.mktemp("together")
    journal_of(root, {A: record(FIELDS + "topics: [t]\n", "\nBody.\n")})
    saves = [(number, writer) for number, writer in enumerate(writers) if writer.startswith("saved")]
    threads = [threading.Thread(target=edit, args=(root, saves))]
    for number, writer in enumerate(writers):
        if not writer.startswith("saved"):
            threads.append(threading.Thread(target=new if writer == "new" else set_, args=(root, number)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    text = (root / A).read_text()
    activity = record_of(A, text.encode(), FORM)
    assert isinstance(activity, Activity)
    for number, writer in enumerate(writers):
        if writer == "set" and not saves:
            assert f"t{number}" in activity.topics
        elif writer.startswith("saved") and "set" not in writers:
            assert f"line {number}\n" in text
    bodies = "".join(path.read_text() for path in root.glob("activities/2026*.md"))
    assert all(f"number {number}\n" in bodies for number, writer in enumerate(writers) if writer == "new")
    assert not list(root.rglob("*.tmp"))


@pytest.mark.parametrize("save", [Path.write_bytes, save_over])
def test_what_an_editor_saved_since_the_file_was_read_stays(tmp_path: Path, save: Callable[..., object]) -> None:
    journal_of(tmp_path, {A: record()})
    patches = field_changes(tmp_path, ["a"], ["topics+=t"])
    saved = record(body="\nSaved meanwhile.\n").encode()
    save(tmp_path / A, saved)
    with pytest.raises(ChangedOnDisk):
        write_fixes(tmp_path, patches)
    assert (tmp_path / A).read_bytes() == saved
    assert [path.name for path in (tmp_path / "activities").iterdir()] == ["a.md"]


@given(
    st.sampled_from(["topics", "location", "benefit", "objectives"]),
    st.sampled_from(["2", "a, b", "Leeds", "it's: 1", "# no"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_set_and_set_back_leave_every_byte(field: str, value: str, newline: str) -> None:
    """What was not there goes again, and what was there comes back as it was written, comments and blanks too."""
    text = record(FIELDS + "location:   Sheffield  # where\n").replace("\n", newline).encode()
    once = with_changes(A, text, FORM, [parse_change(f"{field}={value}", FORM.fields)])
    back = parse_change(f"{field}={'Sheffield' if field == 'location' else ''}", FORM.fields)
    assert with_changes(A, once, FORM, [back]) == text


@given(st.sampled_from(["topics", "objectives"]), st.sampled_from(["a", "b c", "it's"]), st.booleans())
def test_an_item_added_and_taken_leaves_every_byte(field: str, item: str, block: bool) -> None:
    there = f"{field}:\n  - x  # first\n  - y\n" if block else f"{field}: [x,  y] # both\n"
    text = record(FIELDS + there).encode()
    more, less = (parse_change(f"{field}{how}{item}", FORM.fields) for how in ("+=", "-="))
    assert with_changes(A, with_changes(A, text, FORM, [more]), FORM, [less]) == text
