"""Which record a command means, on a real terminal and without one."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.conftest import Typing
from tests.cli.terminal import CTRL_C, on_terminal
from tests.program import activity, make_journal

Captured = pytest.CaptureFixture[str]
FILES = {
    "activities/2026/2026-03-02-relay-settings.md": activity("Protection relay settings", start="2026-03-02"),
    "activities/2026/2026-05-11-relay-b.md": activity("Retest of relay B", start="2026-05-11", status="planned"),
    "activities/2026/2026-05-12-talk.md": activity("Énergie, hydrogen compressors", start="2026-05-12", status="draft"),
    "activities/notes.md": activity("Grid code changes", start="2025-01-22"),
    "plan/lead.md": "---\ntitle: Lead people\nstart: 2026-01-01\n---\n",
}
ASKED = "Return cancels"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_JOURNAL", str(tmp_path))
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    return make_journal(tmp_path, FILES)


@pytest.mark.parametrize(
    "name", ["grid code", "GRID CODE CHANGES", "changes", "energie", "ÉNERGIE", "E\u0301nergie, h", "compressors"]
)
def test_a_part_of_a_title_is_enough(root: Path, name: str, capsys: Captured) -> None:
    assert run(["show", name]) == 0
    title = capsys.readouterr().out.splitlines()[0]
    assert title in ("Grid code changes", "Énergie, hydrogen compressors")


def test_a_file_name_comes_before_a_title(root: Path, capsys: Captured) -> None:
    """The title of one activity has the word `notes`, the file name of another, too."""
    (root / "activities/other.md").write_text(activity("Notes of a meeting"))
    assert run(["show", "notes"]) == 0
    assert capsys.readouterr().out.startswith("Grid code changes")


def test_the_file_of_an_activity_is_its_id_and_no_evidence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "slides.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.chdir(root / "activities/2026")
    assert run(["attach", "2026-05-11-relay-b.md", str(root / "slides.pdf"), "https://example.org"]) == 0
    assert "https://example.org" in Path("2026-05-11-relay-b.md").read_text()
    assert run(["attach", str(root / "slides.pdf"), "https://example.org/2"]) == 2


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (["show"], "ID is missing"),
        (["open"], "ID is missing"),
        (["edit"], "ID is missing"),
        (["delete", "--yes"], "ID is missing"),
        (["rename"], "ID is missing"),
        (["done"], "ID is missing"),
        (["merge", "relay-b"], "OTHER is missing"),
        (["attach"], "ID is missing"),
        (["attach", "https://example.org"], "ID is missing"),
        (["attach", "relay-b"], "FILE is missing"),
        (["set", "hours=1"], "ID is missing"),
        (["move"], "ID is missing"),
        (["move", "Courses"], "ID is missing"),
        (["move", "relay-b"], "FOLDER is missing"),
        (["plan", "done"], "ID is missing"),
        (["show", "relay"], '"relay" matches 2 files'),
        (["show", "rlyb"], 'no record matches "rlyb"'),
    ],
)
def test_without_a_terminal_the_error_names_what_is_missing(
    root: Path, args: list[str], problem: str, capsys: Captured
) -> None:
    assert run(args) == 2
    message, hint, *_ = capsys.readouterr().err.splitlines()
    assert message == f"cpd: {problem}"
    assert hint.startswith("     ")


def test_several_matches_are_a_numbered_choice_newest_first(root: Path) -> None:
    code, text = on_terminal(["show", "relay"], [(ASKED, "2\n")])
    assert code == 0
    first, second = text.index("2026-05-11  Retest of relay B  (planned)"), text.index("2026-03-02  Protection")
    assert first < second < text.index("activities/2026/2026-03-02-relay-settings.md")


def test_the_missing_words_after_the_id_are_asked_for(root: Path) -> None:
    code, text = on_terminal(["move"], [(ASKED, "grid\n"), ("Folder under activities/", "Courses\n")])
    assert (code, (root / "activities/Courses/notes.md").exists()) == (0, True), text


@pytest.mark.parametrize(("key", "ended"), [("\x04", 2), (CTRL_C, 130)])
def test_a_key_ends_the_question(root: Path, key: str, ended: int) -> None:
    code, text = on_terminal(["done"], [(ASKED, key)])
    assert code == ended
    assert [title for title in ("Retest", "Énergie", "Protection", "Grid") if title in text] == ["Retest", "Énergie"]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("prot\n", "Protection relay settings"),
        ("gcc\n", "Grid code changes"),
        ("relay\nnothing\n1\n", "Retest of relay B"),
        ("relay\n9\nretest\n", "Retest of relay B"),
        ("b retest\n", "Retest of relay B"),
        ("2026\nENERGIE\n", "Énergie, hydrogen compressors"),
    ],
)
def test_more_letters_narrow_the_choice(
    root: Path, type_lines: Typing, typed: str, chosen: str, capsys: Captured
) -> None:
    type_lines(typed)
    assert run(["show"]) == 0
    assert capsys.readouterr().out.startswith(f"{chosen}\n")


@pytest.mark.parametrize("line", ["\n", "", ":q\n"])
@pytest.mark.parametrize(
    "words", ["set hours=9", "done", "attach https://example.org", "move Courses", "rename", "delete --yes"]
)
def test_cancelling_changes_nothing(root: Path, type_lines: Typing, words: str, line: str, capsys: Captured) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    type_lines(line)
    assert run(words.split()) == 2
    assert "nothing was changed" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before


def test_letters_in_order_are_offered_but_never_taken(root: Path, type_lines: Typing, capsys: Captured) -> None:
    type_lines("\n")
    assert run(["set", "rlyb", "hours=9"]) == 2
    text = capsys.readouterr().err
    assert 'no activity matches "rlyb", but these are similar:' in text
    assert "  1  2026-05-11  Retest of relay B" in text


def test_a_record_that_cannot_be_read_can_be_chosen_for_the_editor(
    root: Path, type_lines: Typing, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (root / "activities/2026/2026-06-01-broken.md").write_text("no front matter")
    monkeypatch.setenv("GIT_EDITOR", "true")
    type_lines("broken\n")
    assert run(["open"]) == 1
    assert "2026-06-01-broken (cannot be read)" in capsys.readouterr().err


def test_a_title_names_what_is_deleted(root: Path) -> None:
    assert run(["delete", "grid code", "--yes"]) == 0
    assert not (root / "activities/notes.md").exists()


def test_both_records_of_a_merge_are_offered(root: Path, type_lines: Typing, capsys: Captured) -> None:
    type_lines("retest\nprotection\n")
    assert run(["merge", "--prefer", "first"]) == 0
    assert not (root / "activities/2026/2026-03-02-relay-settings.md").exists()


def test_many_records_are_shown_in_part(tmp_path: Path, type_lines: Typing, capsys: Captured) -> None:
    make_journal(tmp_path, {f"activities/2026-01-{day:02}-x.md": activity(f"Title {day}") for day in range(1, 31)})
    type_lines("\n")
    assert run(["show", "--journal", str(tmp_path)]) == 2
    text = capsys.readouterr().err
    assert (text.count("  Title "), "and 21 more" in text) == (9, True)
