"""`cpd new`: the new record, and several programs that use the same name."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import journal_of

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
    assert new(journal, *words, *others, "--no-edit") == 0
    path = Path(capsys.readouterr().out.strip())
    assert front(path) == (
        "title: Relays\ntype: event\nstart: 2026-11-27\nstatus: planned\nlocation: Leeds\nrole: speaker\n"
        "objectives: [a, b]\ncompetences: [A1, B2]\ntopics: [safety]\nunits: {PDU: 3}\n"
        'benefit: "more: sleep"\nx-a: ["1", "2"]\n'
    )


def test_many_at_once_all_get_a_name(tmp_path: Path) -> None:
    journal_of(tmp_path, {})
    words = ["Relays", "--type", "event", "--date", "2026-03-14", "--hours", "1", "--no-edit", "--quiet"]
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


def test_what_is_left_as_it_was_is_not_recorded(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(tmp_path, "pass"))
    assert new(journal, "Relays", "--edit") == 0
    assert capsys.readouterr().out == ""
    assert not list(journal.rglob("*relays*"))


def test_what_was_edited_is_kept(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor(tmp_path, "open(sys.argv[1], 'a').write('Well.\\n')"))
    assert new(journal, "Relays", "--edit") == 0
    assert Path(capsys.readouterr().out.strip()).read_text().endswith("Well.\n")


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
