"""Several writers at one journal: `cpd new`, `cpd set` and an editor lose nothing, and every file stays whole."""

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.checks.fixes import write_fixes
from cpdkit.cli.commands.set import patches_of
from cpdkit.errors import CannotWrite, CpdError
from cpdkit.journal.edit import changed, parse_change, record_of
from cpdkit.journal.naming import file_name, unique
from cpdkit.journal.reader import FORMS
from cpdkit.journal.record_writer import drafted
from cpdkit.journal.records import Activity
from cpdkit.text.write import write_new
from tests.journal.folders import FIELDS, journal_of, record

FORM = FORMS["activities"]
A = "activities/a.md"
VALUES = {"title": "New", "type": "event", "start": "2026-03-14", "hours": "1"}
WRITERS = st.lists(st.sampled_from(["new", "set", "saved over", "saved in place"]), min_size=2, max_size=5)


def new(root: Path, number: int) -> None:
    """What `cpd new` does when somebody takes the name that it chose."""
    data = drafted(FORM, VALUES, f"number {number}")
    while True:
        taken = [path.name for path in (root / "activities").glob("*.md")]
        try:
            return write_new({root / "activities" / unique(file_name(date(2026, 3, 14), "New"), taken): data})
        except CannotWrite:
            continue


def set_(root: Path, number: int) -> None:
    """`cpd set`, called again when it says that the file changed, or that it was caught half-saved."""
    while True:
        try:
            return write_fixes(root, patches_of(root, ["a", f"topics+=t{number}"]))
        except CpdError:
            continue


def edit(root: Path, saves: Sequence[tuple[int, str]]) -> None:
    """An editor: it takes in what others changed, adds a line to those it has, and saves the whole."""
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


@settings(max_examples=500, deadline=None)
@given(WRITERS)
def test_nothing_that_was_saved_is_lost(tmp_path_factory: pytest.TempPathFactory, writers: list[str]) -> None:
    root = tmp_path_factory.mktemp("together")
    journal_of(root, {A: record(FIELDS + "topics: [t]\n", "\nBody.\n")})
    saves = [(number, what) for number, what in enumerate(writers) if what.startswith("saved")]
    threads = [threading.Thread(target=edit, args=(root, saves))]
    for number, what in enumerate(writers):
        if not what.startswith("saved"):
            threads.append(threading.Thread(target=new if what == "new" else set_, args=(root, number)))
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
        assert not each.is_alive()
    text = (root / A).read_text()
    # Of two saves in the moment of one `set` the later one stays, the other is kept beside it.
    kept_at_all = text + "".join(path.read_text() for path in root.glob("activities/a (saved*"))
    kept = record_of(A, text.encode(), FORM)
    assert isinstance(kept, Activity)
    for number, what in enumerate(writers):
        if what.startswith("saved"):
            assert f"line {number}\n" in kept_at_all
        elif what == "set" and not saves:
            # An editor that saves in the moment behind its look at the file takes a change away, as it does to anybody.
            assert f"t{number}" in kept.topics
    bodies = "".join(path.read_text() for path in root.glob("activities/2026*.md"))
    assert all(f"number {number}\n" in bodies for number, what in enumerate(writers) if what == "new")
    assert not list(root.rglob("*.tmp"))


@given(
    st.sampled_from(["topics", "location", "benefit", "objectives"]),
    st.sampled_from(["2", "a, b", "Leeds", "it's: 1", "# no"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_set_and_set_back_leave_every_byte(field: str, value: str, newline: str) -> None:
    """What was not there goes again, and what was there comes back as it was written, comments and blanks too."""
    text = record(FIELDS + "location:   Sheffield  # where\n").replace("\n", newline).encode()
    once = changed(A, text, FORM, [parse_change(f"{field}={value}", FORM.fields)])
    back = parse_change(f"{field}={'Sheffield' if field == 'location' else ''}", FORM.fields)
    assert changed(A, once, FORM, [back]) == text


@given(st.sampled_from(["topics", "objectives"]), st.sampled_from(["a", "b c", "it's"]), st.booleans())
def test_an_item_added_and_taken_leaves_every_byte(field: str, item: str, block: bool) -> None:
    there = f"{field}:\n  - x  # first\n  - y\n" if block else f"{field}: [x,  y] # both\n"
    text = record(FIELDS + there).encode()
    more, less = (parse_change(f"{field}{how}{item}", FORM.fields) for how in ("+=", "-="))
    assert changed(A, changed(A, text, FORM, [more]), FORM, [less]) == text
