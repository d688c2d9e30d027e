"""`cpd delete` on a real terminal and in real repositories."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.commands.conftest import A, B, staged
from tests.cli.terminal import CTRL_C, on_terminal
from tests.history.test_git import git_in
from tests.journal.folders import FIELDS, record, write

X = "evidence/x.pdf"
Captured = pytest.CaptureFixture[str]


def trash(root: Path) -> list[str]:
    """Return what is deleted, as paths in the journal."""
    places = (path.relative_to(root / ".trash") for path in (root / ".trash").glob("2*/**/*") if path.is_file())
    return sorted(Path(*place.parts[1:]).as_posix() for place in places)


@pytest.mark.parametrize(
    ("answers", "deleted"),
    [("yy", [A, X]), ("ny", [A]), ("yn", []), ("nn", [])],
)
def test_the_confirmation(linked: Path, answers: str, deleted: list[str]) -> None:
    evidence, sure = answers
    questions = [("Nothing else uses it. [y/N]:", f"{evidence}\n"), ("[y/N]:", f"{sure}\n")]
    code, shown = on_terminal(["delete", "2026-03-14-a"], questions)
    assert code == 0
    assert f"{B} refers to {A}" in shown
    assert trash(linked) == deleted
    assert all((linked / path).exists() is (path not in deleted) for path in (A, B, X))


def test_ctrl_c_at_a_question_changes_nothing(linked: Path) -> None:
    code, shown = on_terminal(["delete", "b"], [("[y/N]:", CTRL_C)])
    assert code == 130
    assert "Traceback" not in shown
    assert (linked / B).exists()


@pytest.mark.parametrize("more", [[], ["--evidence"], ["--no-evidence"]])
def test_without_a_terminal_it_refuses(linked: Path, more: list[str], capsys: Captured) -> None:
    assert run(["delete", "2026-03-14-a", *more]) == 2
    assert "--yes" in capsys.readouterr().err
    assert (linked / A).exists()
    assert not (linked / ".trash").exists()


@pytest.mark.parametrize(("option", "deleted"), [("--evidence", [A, X]), ("--no-evidence", [A]), ("", [A])])
def test_evidence_goes_only_if_it_is_asked_for(linked: Path, option: str, deleted: list[str], capsys: Captured) -> None:
    assert run(["delete", "2026-03-14-a", "--yes", *filter(None, [option])]) == 0
    assert trash(linked) == deleted
    captured = capsys.readouterr()
    assert captured.out.splitlines() == deleted
    assert (f"{X} is used by nothing else" in captured.err) is (X not in deleted)


@pytest.mark.parametrize(
    "other",
    [
        record(FIELDS + "evidence: [x.pdf]\n"),
        record(FIELDS + "evidence: [X.PDF]\n"),
        record(FIELDS + "evidence: [{path: x.pdf, title: Certificate}]\n"),
        record(body="\n[it](../evidence/x.pdf)\n"),
        record(body="\n![it](../evidence/x.pdf)\n"),
        record(body="\n[[x.pdf]]\n"),
        b"\xff broken",
    ],
)
def test_evidence_that_another_record_may_use_stays(linked: Path, other: str | bytes, capsys: Captured) -> None:
    write(linked, "activities/other.md", other)
    assert run(["delete", "2026-03-14-a", "--evidence", "--yes"]) == 0
    assert (linked / X).exists()
    assert "used by nothing else" not in capsys.readouterr().err


def test_evidence_in_a_folder_that_another_record_names_stays(linked: Path) -> None:
    write(linked, "evidence/course/1.pdf", b"1")
    write(linked, A, record(FIELDS + "evidence: [course/1.pdf, x.pdf]\n"))
    write(linked, "activities/other.md", record(FIELDS + "evidence: [course/]\n"))
    assert run(["delete", "2026-03-14-a", "--evidence", "--yes"]) == 0
    assert trash(linked) == [A, X]


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        (B, record(body="\n[b](2026/b.md)\n")),
        (B, record(body="\n[[b]]\n")),
        (B, record(FIELDS + "description: see [[b]]\n")),
        ("plan/plan.md", record(FIELDS + "objectives: [plan]\n")),
        (X, record(FIELDS + "evidence: [x.pdf]\n")),
    ],
)
def test_what_refers_to_it_is_named_and_not_changed(linked: Path, name: str, reference: str, capsys: Captured) -> None:
    place = write(linked, "activities/other.md", reference)
    before = place.read_bytes()
    assert run(["delete", name, "--yes"]) == 0
    assert f"activities/other.md refers to {name}" in capsys.readouterr().err
    assert place.read_bytes() == before


def test_files_of_one_name_do_not_overwrite_each_other(linked: Path) -> None:
    words = [b"first", b"second", b"third"]
    for text in words:
        write(linked, "activities/2026/c.md", record().encode() + text)
        assert run(["delete", "activities/2026/c.md", "--yes"]) == 0
    there = [path.read_bytes() for path in (linked / ".trash").rglob("c.md")]
    assert sorted(data[len(record()) :] for data in there) == words


def test_uncommitted_words_are_kept_and_history_is_named(linked: Path, capsys: Captured) -> None:
    (linked / A).write_text(record(body="\nNot committed.\n"))
    assert run(["delete", "2026-03-14-a", "b", "--yes"]) == 0
    assert "1 of these files" in capsys.readouterr().err
    (kept,) = (linked / ".trash").rglob(Path(A).name)
    assert "Not committed." in kept.read_text()
    assert git_in(linked, "show", f"HEAD:{B}")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"---\ntitle: [\n---\n", b"", b"no front matter"])
def test_a_record_that_cannot_be_read_can_be_deleted(linked: Path, data: bytes) -> None:
    write(linked, "activities/broken.md", data)
    assert run(["delete", "broken", "--yes"]) == 0
    (kept,) = (linked / ".trash").rglob("broken.md")
    assert kept.read_bytes() == data


def test_a_copy_is_deleted_by_its_path(linked: Path) -> None:
    copy = "activities/2026/b (conflicted copy 2026-03-15).md"
    write(linked, copy, (linked / B).read_bytes())
    assert run(["delete", copy, "--yes"]) == 0
    assert trash(linked) == [copy]
    assert (linked / B).exists()


def test_nothing_reads_the_trash(linked: Path, capsys: Captured) -> None:
    assert run(["delete", "b", "--yes"]) == 0
    capsys.readouterr()
    assert run(["list", "--columns", "id", "--period", "all"]) == 0
    assert "b" not in capsys.readouterr().out.split()
    run(["check", "--format", "json"])
    assert ".trash" not in capsys.readouterr().out
    git_in(linked, "add", "--all")
    assert not any(".trash" in line for line in staged(linked))


def test_doctor_warns_of_a_trash_that_git_tracks(linked: Path, capsys: Captured) -> None:
    assert run(["delete", "b", "--yes"]) == 0
    run(["doctor"])
    assert "git tracks" not in capsys.readouterr().out
    git_in(linked, "add", "--force", ".trash")
    run(["doctor"])
    out = " ".join(capsys.readouterr().out.split())
    assert "git tracks 3 files" in out
    assert "git rm -r --cached .trash" in out
