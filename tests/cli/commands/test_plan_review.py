"""`cpd plan review`: a decision on each open objective, on a terminal."""

import json
import sys
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.conftest import Typing
from tests.journal.folders import journal_of, record

Captured = pytest.CaptureFixture[str]
NAMES = ("a", "b", "c", "d")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    files = {f"plan/{name}.md": record(f"title: {name.upper()}\nby: 2026-12-0{number}\n", "")
             for number, name in enumerate(NAMES, 1)}  # fmt: skip
    journal_of(tmp_path, files)
    return tmp_path


def plan_after(journal: Path) -> dict[str, str]:
    """Review the plan without an editor; return the front matter and texts of the files, without titles."""
    assert run(["plan", "review", "--no-edit", "--journal", str(journal)]) == 0
    return {name: (journal / f"plan/{name}.md").read_text().split("\n", 2)[2] for name in NAMES}


def test_each_is_kept_postponed_done_or_dropped(journal: Path, type_lines: Typing, capsys: Captured) -> None:
    type_lines("d\n\npostpone\n2026-01-01\nJune 2027\nLate.\n\ndone\n\ndrop\nNo need.\n\n")
    assert plan_after(journal) == {
        "a": "by: 2026-12-01\n---\n",
        "b": "by: 2027-06-30\n---\n\n**Moved from 2 December 2026 to 30 June 2027, on 24 November 2026.** Late.\n",
        "c": "by: 2026-12-03\nstatus: achieved\n---\n\n**Achieved on 24 November 2026.**\n",
        "d": "by: 2026-12-04\nstatus: dropped\n---\n\n**Dropped on 24 November 2026.** No need.\n",
    }
    shown = capsys.readouterr()
    review = (journal / "reviews/2026.md").read_text()
    assert "1 achieved and 1 dropped in the year; 2 open" in review
    assert "cpd plan done" not in shown.out


@pytest.mark.parametrize(
    "lines", ["drop\n\n:q\n", "k\npost\n:q\n", ":q\n", "", "done\n:n\n:q\n", "post\n2027-01-01\n:q\n"]
)
def test_without_an_answer_it_is_kept_and_the_review_is_made(journal: Path, lines: str, type_lines: Typing) -> None:
    before = {name: f"by: 2026-12-0{number}\n---\n" for number, name in enumerate(NAMES, 1)}
    type_lines(lines)
    after = plan_after(journal)
    if lines.startswith("done"):
        before["a"] = "by: 2026-12-01\nstatus: achieved\n---\n\n**Achieved on 24 November 2026.**\n"
    assert after == before
    assert (journal / "reviews/2026.md").exists()


def test_what_was_typed_before_stopping_counts(journal: Path, type_lines: Typing) -> None:
    type_lines("drop\nNo need.\n:q\ndrop\nx\n\n")
    after = plan_after(journal)
    assert "status: dropped" in after["a"]
    assert "status" not in after["b"]


def test_a_review_is_begun_and_the_commands_are_listed(planned: Path, capsys: Captured) -> None:
    assert run(["plan", "review", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("reviews/2026.md\n---\nyear: 2026\nwritten: 2026-11-24\n---\n")
    assert not (planned / "reviews").exists()
    assert run(["plan", "review"]) == 0
    shown = capsys.readouterr()
    assert "2 h in 1 activity: training 2 h" in shown.err
    first, _, *rest = shown.out.splitlines()
    assert (first, rest[0]) == ("reviews/2026.md", "Relays")
    assert "  cpd plan review --postpone relays=DATE" in rest
    assert '  cpd plan done welsh --dropped --note "…"' in rest
    assert all(len(line) <= 80 for line in rest)
    assert "## What went as planned?" in (planned / "reviews/2026.md").read_text()
    assert run(["check", "--quiet"]) == 0


def test_a_review_that_is_there_is_opened_and_never_written_over(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = planned / "reviews/mine.md"
    place.parent.mkdir()
    place.write_text("---\nyear: 2026\n---\n")
    monkeypatch.setenv("GIT_EDITOR", f"\"{sys.executable}\" -c \"import sys; open(sys.argv[1], 'a').write('Words.')\"")
    assert run(["plan", "review", "--year", "2026", "--edit"]) == 0
    assert place.read_text() == "---\nyear: 2026\n---\nWords."
    place.rename(planned / "reviews/2026.md").write_text("---\nyear: x\n---\n")
    assert run(["plan", "review"]) == 2


def test_as_data_nothing_is_made(planned: Path, capsys: Captured) -> None:
    assert run(["plan", "done", "welsh", "--on", "2026-03-01"]) == 0
    capsys.readouterr()
    assert run(["plan", "review", "--format", "json"]) == 0
    shown = capsys.readouterr()
    data = json.loads(shown.out)
    assert (data["year"], data["first"], data["minutes"], data["unplanned"]) == (2026, "2026-01-01", 120, 0)
    assert (data["achieved"], data["dropped"], [each["id"] for each in data["open"]]) == (["welsh"], [], ["relays"])
    assert shown.err == ""
    assert not (planned / "reviews").exists()


def test_later_days_all_or_none(planned: Path) -> None:
    before = (planned / "plan/relays.md").read_text()
    later = ["plan", "review", "--postpone", "relays=June 2027", "--note", "Late."]
    assert run([*later, "--postpone", "welsh=2020-01-01"]) == 2
    assert (planned / "plan/relays.md").read_text() == before
    assert run(later) == 0
    line = "\n**Moved from 31 December 2026 to 30 June 2027, on 24 November 2026.** Late.\n"
    assert (planned / "plan/relays.md").read_text() == before.replace("2026-12-31", "2027-06-30") + line
    assert not (planned / "reviews").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("--year", "2027"),
        ("--note", "x"),
        ("--postpone", "relays"),
        ("--postpone", "relays=soon"),
        ("--postpone", "relays=2027-01-01", "--postpone", "rel=2027-02-01"),
    ],
)
def test_what_cannot_be_reviewed_makes_nothing(planned: Path, args: tuple[str, ...]) -> None:
    assert run(["plan", "review", *args]) == 2
    assert not (planned / "reviews").exists()
