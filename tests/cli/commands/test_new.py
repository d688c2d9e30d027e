"""`cpd new`: the new record, and several programs that use the same name."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import journal_of, record, write
from tests.program import cpd

Captured = pytest.CaptureFixture[str]


def front(path: Path) -> str:
    return path.read_text().split("---\n")[1]


def new(journal: Path, *args: str) -> int:
    return run(["new", *args, "--journal", str(journal)])


def test_one_line_records_an_activity(journal: Path, capsys: Captured) -> None:
    title = "IET lecture: grid-scale storage"
    assert (
        new(journal, title, "--type", "event", "--date", "yesterday", "--hours", "1h30", "-c", "A1:P", "-c", "B2") == 0
    )
    shown = capsys.readouterr()
    path = Path(shown.out.strip())
    assert path == journal.resolve() / "activities/2026/2026-11-22-iet-lecture-grid-scale-storage.md"
    assert front(path) == (
        'title: "IET lecture: grid-scale storage"\ntype: event\nstart: 2026-11-22\nhours: 1h30\n'
        "competences:\n  - {A1: P}\n  - B2\n"
    )
    assert run(["check", "--journal", str(journal)]) == 0


def test_words_need_no_quotes_and_a_dry_run_writes_nothing(journal: Path, capsys: Captured) -> None:
    before = sorted(journal.rglob("*"))
    assert new(journal, "Reading", "IEC", "62933", "--set", "x-where=train", "--dry-run") == 0
    shown = capsys.readouterr()
    assert "title: Reading IEC 62933\ntype: self-study\n" in shown.out
    assert "x-where: train\n" in shown.out
    assert sorted(journal.rglob("*")) == before


def test_every_option_becomes_a_field(journal: Path, capsys: Captured) -> None:
    words = ["Relays", "--date", "friday", "--planned", "--topic", "safety", "--objective", "a", "--objective", "b"]
    words += ["-c", "A1", "-c", "B2", "--location", "Leeds", "--role", "speaker", "--type", "event"]
    others = [part for each in ("units={PDU: 3}", "benefit=more: sleep", "x-a=[1, 2]") for part in ("--set", each)]
    for name in ("a", "b"):
        (journal / "plan").mkdir(exist_ok=True)
        (journal / "plan" / f"{name}.md").write_text("---\ntitle: A\nstart: 2026-01-01\n---\n")
    assert new(journal, *words, *others, "--no-edit") == 0
    path = Path(capsys.readouterr().out.strip())
    assert front(path) == (
        "title: Relays\ntype: event\nstart: 2026-11-27\nstatus: planned\nlocation: Leeds\nrole: speaker\n"
        "objectives: [a, b]\ncompetences: [A1, B2]\ntopics: [safety]\nunits: {PDU: 3}\n"
        'benefit: "more: sleep"\nx-a: ["1", "2"]\n'
    )


def test_many_at_once_all_get_a_name(tmp_path: Path) -> None:
    journal_of(tmp_path, {})
    words = ["Relays", "--type", "event", "--date", "2026-03-14", "--hours", "1", "--no-edit", "--quiet", "--yes"]
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: new(tmp_path, *words), range(12))) == {0}
    assert len(list(tmp_path.glob("activities/2026/*.md"))) == 12


def test_an_unreadable_member_keeps_nobody_from_recording(tmp_path: Path) -> None:
    journal_of(tmp_path, {"cpd.yaml": "name: [\n"})
    assert new(tmp_path, "Relays", "--date", "2026-03-14", "--no-edit") == 0
    assert (tmp_path / "activities/2026/2026-03-14-relays.md").exists()


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("a", "--hours", "long"),
        ("a", "--date", "someday"),
        ("a", "--folder", "../x"),
        ("a", "--folder", ".git"),
        ("a", "--like", "nothing"),
        ("a", "--set", "colour=red"),
        ("a", "--set", "units={PDU:"),
        ("a", "--date", "next friday", "--type", "event", "--hours", "1"),
        ("a", "--date", "3/4/2026"),
        ("a", "--hours", "200"),
        ("a", "--hours", "0"),
        ("a", "--hours", "half a day"),
        ("a", "--type", "w w"),
        ("a", "--answer", "So what=Much"),
        ("a", "-F", "nothing.txt"),
    ],
)
def test_what_cannot_be_recorded_writes_nothing(journal: Path, args: tuple[str, ...]) -> None:
    before = sorted(journal.rglob("*"))
    assert new(journal, *args) == 2
    assert sorted(journal.rglob("*")) == before


def editor(folder: Path, code: str) -> str:
    script = folder / "editor.py"
    script.write_text(f"import sys\n{code}\n")
    return f"{sys.executable} {script}"


def test_what_is_left_as_it_was_is_recorded_without_questions(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(tmp_path, "pass"))
    assert new(journal, "Relays", "--type", "event", "--hours", "2", "--edit") == 0
    shown = capsys.readouterr()
    assert "cpd reflect 2026-11-23-relays" in shown.err
    assert Path(shown.out.strip()).read_text() == (
        "---\ntitle: Relays\ntype: event\nstart: 2026-11-23\nhours: 2\n---\n"
    )


def test_an_emptied_file_is_not_recorded(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(tmp_path, "open(sys.argv[1], 'w').write('\\n')"))
    assert new(journal, "Relays", "--edit") == 0
    assert capsys.readouterr().out == ""
    assert not list(journal.rglob("*relays*"))


FACTS = ("--type", "event", "--hours", "2")


def test_notes_and_answers_are_the_text(journal: Path, capsys: Captured) -> None:
    answers = ["--learned", "That.", "--answer", "What went=All."]
    assert new(journal, "Relays", *FACTS, "-m", "One.", "-m", "Two.", *answers) == 0
    assert Path(capsys.readouterr().out.strip()).read_text().partition("hours: 2\n---\n")[2] == (
        "\nOne.\n\nTwo.\n\n## Reflection\n\n### What did you learn?\n\nThat.\n\n### What went well?\n\nAll.\n"
    )
    assert run(["check", "--journal", str(journal)]) == 0


@pytest.mark.parametrize(
    ("args", "title", "note"),
    [
        (("Relays", "-F", "-"), "Relays", "# Relays\n\nLed by the operator."),
        (("-F", "-"), "Relays", "Led by the operator."),
        ((), "Relays", "Led by the operator."),
        (("Other",), "Other", "# Relays\n\nLed by the operator."),
        (("Other", "-m", "Mine."), "Other", "Mine."),
    ],
)
def test_standard_input_is_the_note(journal: Path, args: tuple[str, ...], title: str, note: str) -> None:
    done = cpd("new", *args, *FACTS, "--journal", journal, stdin=None, input=b"# Relays\r\n\r\nLed by the operator.\n")
    assert done.code == 0
    text = (journal / done.out.strip()).read_text()
    assert text == f"---\ntitle: {title}\ntype: event\nstart: 2026-11-23\nhours: 2\n---\n\n{note}\n"


def test_a_pipe_that_sends_nothing_is_not_waited_for(journal: Path) -> None:
    read, write = os.pipe()
    try:
        assert cpd("new", "Relays", *FACTS, "--journal", journal, stdin=read).code == 0
    finally:
        os.close(read)
        os.close(write)


def test_a_note_with_its_own_reflection_replaces_the_questions(journal: Path, tmp_path: Path, capsys: Captured) -> None:
    note = tmp_path / "note.md"
    note.write_text("It was good.\n\n## Reflection\n\nI learned.\n")
    assert new(journal, "Relays", *FACTS, "-F", str(note)) == 0
    assert Path(capsys.readouterr().out.strip()).read_text().endswith(f"---\n\n{note.read_text()}")


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        ("1:30", "1h30"), ("1.5h", "1.5h"), ("90", "1h30"), ("1h30m", "1h30m"), ("half a day", "3h45"),
        ("1,5", "1h30"), ("an hour and a half", "1h30"), ("2 days", "15h00"), ("45", "45 min"), ("½ h", "30 min"),
    ],
)  # fmt: skip
def test_hours_as_people_write_them(journal: Path, capsys: Captured, hours: str, written: str) -> None:
    (journal / "cpd.yaml").write_text("name: Angharad Llywelyn\nhours-per-day: 7.5\n")
    assert new(journal, "Relays", "--type", "event", "--hours", hours) == 0
    shown = capsys.readouterr()
    assert f"hours: {written}\n" in Path(shown.out.strip()).read_text()
    assert (hours in shown.err) is (hours != written)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("14/3/2026", "2026-03-14"), ("24-10-2024", "2024-10-24"), ("14.3.26", "2026-03-14"),
        ("two weeks ago", "2026-11-09"), ("last tuesday", "2026-11-17"), ("3/4/2026", "2026-04-03"),
        ("3/4", "2026-04-03"),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(journal: Path, capsys: Captured, day: str, start: str) -> None:
    (journal / "cpd.yaml").write_text("name: Angharad Llywelyn\nday-first: true\n")
    assert new(journal, "Relays", *FACTS, "--date", day) == 0
    assert f"start: {start}\n" in Path(capsys.readouterr().out.strip()).read_text()


def test_the_same_activity_is_recorded_twice_only_if_you_say_so(journal: Path, capsys: Captured) -> None:
    assert new(journal, "Relays", *FACTS) == 0
    assert new(journal, "RELAYS", *FACTS) == 2
    assert "2026-11-23-relays.md" in capsys.readouterr().err
    assert new(journal, "Relays", "--type", "event", "--hours", "1") == 0
    assert new(journal, "Relays", *FACTS, "--yes") == 0
    assert len(list(journal.rglob("*relays*"))) == 3


def test_names_that_the_journal_does_not_have(journal: Path, capsys: Captured) -> None:
    (journal / "cpd.yaml").write_text("name: Angharad Llywelyn\ntopics: [safety]\n")
    (journal / "plan").mkdir()
    (journal / "plan" / "lead-people.md").write_text("---\ntitle: Lead\nstart: 2026-01-01\n---\n")
    refused = (["--objective", "lead-peopel"], ["-c", "A9"], ["-c", "A1:Q"])
    for words in refused:
        assert new(journal, "Relays", *FACTS, *words) == 2
    assert "lead-people" in capsys.readouterr().err
    assert not list(journal.rglob("*relays*"))
    assert new(journal, "Relays", *FACTS, "--topic", "ethics", "-c", "Z9:P", "--objective", "lead-people") == 0
    said = capsys.readouterr().err
    assert ("ethics" in said, "Z9" in said) == (True, True)


def test_what_was_edited_is_kept(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(tmp_path, "open(sys.argv[1], 'a').write('Well.\\n')"))
    assert new(journal, "Relays", "--edit") == 0
    assert Path(capsys.readouterr().out.strip()).read_text().endswith("Well.\n")


def test_one_like_another_by_its_title(journal: Path, capsys: Captured) -> None:
    fields = "title: Distance relays\ntype: volunteering\nstart: 2026-03-15\nhours: 2\n"
    write(journal, "activities/2026-03-15.md", record(fields))
    assert new(journal, "Again", "--like", "distance rel", "--no-edit") == 0
    assert "type: volunteering\n" in front(Path(capsys.readouterr().out.strip()))


@pytest.mark.parametrize("how", [["--like", "unknown"], []])
@pytest.mark.parametrize("status", ["draft", "planned"])
def test_a_placeholder_never_becomes_a_fact(journal: Path, how: list[str], status: str, capsys: Captured) -> None:
    fields = f"title: Unknown things\ntype: event\nstart: 2026-12-15\nhours: 2\nstatus: {status}\nx-unsure: type\n"
    write(journal, "activities/unknown-things.md", record(fields))
    assert new(journal, "Unknown things again", *how, "--hours", "2", "--no-edit") == 0
    assert "status: draft\nx-unsure: type\n" in front(Path(capsys.readouterr().out.strip()))


def test_one_like_another(journal: Path, capsys: Captured) -> None:
    assert new(journal, "--like", "good", "--folder", "Meetings/2026") == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.parent == journal.resolve() / "activities/Meetings/2026"
    assert "title: A good lecture\ntype: event\nstart: 2026-11-23\nhours: 1\n" in path.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_is_written_through_a_link(journal: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "elsewhere").mkdir()
    (journal / "activities/2026").symlink_to(tmp_path / "elsewhere")
    assert new(journal, "Relays", "--type", "event", "--hours", "1") == 1
    assert "activities/2026 is a symbolic link" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []
