"""`cpd plan review` as it is typed, where there is no terminal."""

import json
import sys
from pathlib import Path

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_a_review_is_begun_and_the_commands_are_listed(planned: Path, capsys: Captured) -> None:
    assert run(["plan", "review", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("reviews/2026.md\n---\nyear: 2026\nwritten: 2026-11-24\n---\n")
    assert not (planned / "reviews").exists()
    assert run(["plan", "review"]) == 0
    shown = capsys.readouterr()
    assert "2 h in 1 activity: training 2 h" in shown.err
    first, _, *rest = shown.out.splitlines()
    assert (first, rest[0]) == ("reviews/2026.md", "Relays")
    assert "  cpd plan review --postpone relays=DAY" in rest
    assert '  cpd plan done welsh --dropped --note "…"' in rest
    assert all(len(line) <= 80 for line in rest)
    assert "## What went as planned?" in (planned / "reviews/2026.md").read_text()
    assert run(["check", "--quiet"]) == 0


def test_a_review_that_is_there_is_opened_and_never_written_over(
    planned: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = planned / "reviews/mine.md"
    place.parent.mkdir()
    place.write_text("---\nyear: 2026\n---\n")
    monkeypatch.setenv("GIT_EDITOR", f"\"{sys.executable}\" -c \"import sys; open(sys.argv[1], 'a').write('Words.')\"")
    assert run(["plan", "review", "--year", "2026", "--edit"]) == 0
    assert "reviews/mine.md is there already, and was left as it is" in capsys.readouterr().err
    assert place.read_text() == "---\nyear: 2026\n---\nWords."
    place.rename(planned / "reviews/2026.md").write_text("---\nyear: x\n---\n")
    assert run(["plan", "review"]) == 2
    assert "cpd check reviews/2026.md says why" in capsys.readouterr().err


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


def test_later_days_all_or_none(planned: Path, capsys: Captured) -> None:
    before = (planned / "plan/relays.md").read_text()
    later = ["plan", "review", "--postpone", "relays=June 2027", "--note", "Late."]
    assert run([*later, "--postpone", "welsh=2020-01-01"]) == 2
    assert (planned / "plan/relays.md").read_text() == before
    assert run(later) == 0
    assert "plan/relays.md is due on 30 June 2027\n" in capsys.readouterr().err
    line = "\n**Moved from 31 December 2026 to 30 June 2027, on 24 November 2026.** Late.\n"
    assert (planned / "plan/relays.md").read_text() == before.replace("2026-12-31", "2027-06-30") + line
    assert not (planned / "reviews").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--year", "2027"), "has not begun"),
        (("--note", "x"), "add --postpone ID=DAY"),
        (("--postpone", "relays"), "write --postpone ID=2027-06-30"),
        (("--postpone", "relays=soon"), "is not a day"),
        (("--postpone", "relays=2027-01-01", "--postpone", "rel=2027-02-01"), "postponed twice"),
    ],
)
def test_what_can_not_be_reviewed(planned: Path, args: tuple[str, ...], said: str, capsys: Captured) -> None:
    assert run(["plan", "review", *args]) == 2
    assert said in capsys.readouterr().err
    assert not (planned / "reviews").exists()
