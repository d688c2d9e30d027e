"""What a new user types in the first hour, by what once stopped somebody there. Terminals are in tests/cli."""

import re
import sys
from pathlib import Path

import pytest

from tests.program import Done, cpd

FACTS = ("--type", "event", "--hours", "1")
MEMBER = "name: Tamsin Penrose\n"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal with thirteen activities of two years."""
    root = tmp_path / "my-cpd"
    (root / "activities").mkdir(parents=True)
    (root / "cpd.yaml").write_text(MEMBER)
    for number in range(1, 14):
        day = f"2025-{number:02}-03" if number < 11 else f"2026-{number - 10:02}-03"
        text = f"---\ntitle: Lecture on inverters in networks, part {number}\ntype: event\n"
        (root / "activities" / f"{day}-talk-{number}.md").write_text(f"{text}start: {day}\nhours: 1\n---\n\nText.\n")
    return root


def on(journal: Path, *words: str | Path, **options: object) -> Done:
    return cpd(*words, cwd=journal, **options)  # type: ignore[arg-type]


def text_of(journal: Path, name: str) -> str:
    (path,) = journal.glob(f"activities/**/*{name}.md")
    return path.read_text(encoding="utf-8")


def test_text_on_the_command_line_and_on_standard_input(journal: Path) -> None:
    assert on(journal, "new", "T one", *FACTS, "-m", "A note.").code == 0
    assert "\nA note.\n" in text_of(journal, "t-one")
    assert on(journal, "new", "T two", *FACTS, stdin=None, input=b"Text from a pipe.\n").code == 0
    assert "\nText from a pipe.\n" in text_of(journal, "t-two")
    assert on(journal, "set", "t-one", "description=Another text.").code == 0
    assert "\nAnother text.\n" in text_of(journal, "t-one")


def test_a_closed_editor_keeps_what_the_command_line_gave(journal: Path) -> None:
    env = {"GIT_EDITOR": "true"}
    assert on(journal, "new", "T three", *FACTS, "--edit", env=env).code == 0
    assert "title: T three\ntype: event\n" in text_of(journal, "t-three")


def test_a_placeholder_is_no_fact(journal: Path) -> None:
    assert on(journal, "new", "Something", "--no-edit").code == 0
    assert on(journal, "done", "something", "--hours", "1").code == 2
    assert on(journal, "done", "something", "--hours", "1", "type=event").code == 0


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Read: a paper", "self-study"), ("Training: relays", "training"), ("Safety briefing", "training")],
)
def test_types_are_guessed_from_titles(journal: Path, title: str, kind: str) -> None:
    assert on(journal, "new", title, "--hours", "1", "--no-edit").code == 0
    assert f"type: {kind}\n" in text_of(journal, title.lower().replace(": ", "-").replace(" ", "-"))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--date", "14/3/2026"), "start: 2026-03-14"),
        (("--date", "24-10-2024"), "start: 2024-10-24"),
        (("-d", "two weeks ago"), "start: 2026-11-09"),
        (("--hours", "1:30"), "hours: 1h30"),
        (("--hours", "1.5h"), "hours: 1.5h"),
        (("--hours", "90"), "hours: 1h30"),
    ],
)
def test_dates_and_hours_as_people_write_them(journal: Path, words: tuple[str, ...], line: str) -> None:
    assert on(journal, "new", "Relays", *FACTS, *words).code == 0
    assert f"\n{line}\n" in text_of(journal, "-relays")


@pytest.mark.parametrize(
    "words",
    [
        ("--objective", "typo"), ("-c", "A9"), ("--hours", "200"), ("--hours", "0"), ("--hours", "-2"),
        ("--date", "next friday"), ("--date", "3/4/2026"), ("--type", "thing"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_a_way_out(journal: Path, words: tuple[str, ...]) -> None:
    before = sorted(journal.rglob("*"))
    done = on(journal, "new", "Relays", *FACTS, *words)
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert sorted(journal.rglob("*")) == before


def test_an_exact_duplicate_is_refused(journal: Path) -> None:
    assert [on(journal, "new", "Relays", *FACTS).code for _ in range(2)] == [0, 2]


@pytest.mark.parametrize(
    "words",
    [("--journal", "{}", "check"), ("check", "--journal", "{}"), ("--quiet", "--journal", "{}", "list"), ("-V",),
     ("help",), ("help", "new"), ("config",), ("completion", "bash"), ("completion", "powershell"), ("ls",),
     ("scheme", "list")],
)  # fmt: skip
def test_what_people_type_first_works(journal: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = cpd(*(word.format(journal) for word in words), cwd=journal if "{}" not in words else tmp_path)
    assert done.code == 0


def test_usage_has_lines(journal: Path) -> None:
    assert "\\n" not in on(journal, "scheme").out


def test_add_records_and_rm_removes(journal: Path) -> None:
    assert on(journal, "add", "Relays", *FACTS).code == 0
    assert on(journal, "rm", "relays", "--yes").code == 0
    assert not list(journal.glob("activities/**/*relays*"))
    assert on(journal, "undo", "--yes").code == 0
    assert text_of(journal, "relays").startswith("---\ntitle: Relays\n")


@pytest.mark.parametrize(("word", "command"), [("lsit", "list"), ("reprot", "report"), ("serach", "search")])
def test_a_typo_is_answered_with_the_command(journal: Path, word: str, command: str) -> None:
    done = on(journal, word)
    assert (done.code, f"cpd {command}" in done.err) == (2, True)


def test_a_lone_period_is_a_period(journal: Path) -> None:
    assert on(journal, "list", "2025").out.count("part") == 10
    assert on(journal, "list", "2026-01").out.count("part") == 1
    assert on(journal, "report", "detailed", "2025", "--format", "md", "-o", "-").out.count("part") >= 10


def test_list_shows_everything_with_ids_that_other_commands_take(journal: Path) -> None:
    lines = on(journal, "list").out.splitlines()
    rows = [line for line in lines if "Lecture on inverters in networks, part" in line]
    assert len(rows) == 13
    for name in ("talk-13", "networks, part 13"):
        assert on(journal, "show", name).code == 0
    ids = [re.split(r"\s{2,}", row.strip())[0] for row in rows]
    assert len(set(ids)) == 13
    assert all(on(journal, "show", each).code == 0 for each in ids[:3])


def test_several_matches_are_named(journal: Path) -> None:
    done = on(journal, "show", "inverters")
    assert (done.code, "13" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("body", "scheme"), [("Institution of Civil Engineers", "ice"), ("iet", "iet"), ("IMechE", "imeche")]
)
def test_init_knows_the_bodies(tmp_path: Path, body: str, scheme: str) -> None:
    assert cpd("init", tmp_path / "new", "--name", "Tamsin Penrose", "--body", body).code == 0
    text = (tmp_path / "new" / "cpd.yaml").read_text()
    assert f"  - {scheme}\n" in text
    assert re.search(r"body: (ICE|IET|IMechE)\b", text)


def test_an_unknown_body_is_said_with_the_known_ones(tmp_path: Path) -> None:
    done = cpd("init", tmp_path / "new", "--name", "Tamsin Penrose", "--body", "Guild of Bakers")
    assert ("Guild of Bakers" in done.err, "IET" in done.err) == (True, True)


def test_the_error_of_a_check_is_the_last_on_one_screen(journal: Path) -> None:
    (journal / "activities" / "2026-01-03-talk-11.md").write_text("---\ntitle: Broken\ntype: event\nstart: x\n---\n")
    (journal / "notes.txt").write_text("note\n")
    done = on(journal, "check")
    lines = f"{done.out}{done.err}".splitlines()
    assert done.code == 1
    assert len(lines) <= 24
    errors = [number for number, line in enumerate(lines) if ": error CPD" in line]
    others = [number for number, line in enumerate(lines) if ": warning CPD" in line or ": advice CPD" in line]
    assert errors and others and max(others) < min(errors)


def test_reports_of_cpdkit_in_the_journal_are_no_problem(journal: Path) -> None:
    assert on(journal, "report", "summary", "--period", "2025").code == 0
    assert list(journal.glob("*.pdf"))
    done = on(journal, "check", "--severity", "warning")
    assert (done.code, done.out) == (0, "")


def test_search_finds_words_and_phrases(journal: Path) -> None:
    assert on(journal, "search", "networks", "inverters").out.count("part") == 13
    assert on(journal, "search", "inverters in networks").out.count("part") == 13
    assert on(journal, "search", "networks inverters").out.count("part") == 0


@pytest.mark.parametrize("command", [("todo",), ("status", "--explain"), ("list",), ("check", "--all")])
def test_nothing_is_cut_when_piped(journal: Path, command: tuple[str, ...]) -> None:
    (journal / "cpd.yaml").write_text(f"{MEMBER}schemes: [iet]\n")
    long = "A title that is much longer than eighty columns, because somebody copied it from a brochure of a conference"
    assert on(journal, "new", long, *FACTS).code == 0
    done = on(journal, *command)
    assert "…" not in done.out


def test_a_missing_editor_does_not_lose_the_record(journal: Path) -> None:
    done = on(journal, "new", "Relays", *FACTS, "--edit", env={"GIT_EDITOR": "no-such-editor"})
    assert (done.code, "2026-11-23-relays.md" in done.err) == (4, True)
    assert text_of(journal, "relays")


def test_a_line_from_the_phone(journal: Path) -> None:
    (journal / "inbox.md").write_text("2h IET lecture on fault levels, learned: the offset decays\n")
    assert on(journal, "inbox", "--yes").code == 0
    assert "\nhours: 2\nstatus: draft\n" in text_of(journal, "iet-lecture-on-fault-levels")


@pytest.mark.skipif(sys.platform == "win32", reason="the folder has other programs there")
def test_neither_git_nor_make_is_needed(tmp_path: Path) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    env = {"PATH": str(empty)}
    assert cpd("init", tmp_path / "new", "--name", "Tamsin Penrose", "--body", "IET", env=env).code == 0
    journal = tmp_path / "new"
    assert on(journal, "new", "Relays", *FACTS, "--no-edit", env=env).code == 0
    assert on(journal, "check", env=env).code == 0
    assert on(journal, "report", "summary", "--format", "html,docx,pdf", env=env).code == 0
    assert {path.suffix for path in journal.iterdir() if path.is_file()} >= {".html", ".docx", ".pdf"}
