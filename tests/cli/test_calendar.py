"""The first and the last day of any calendar, in every command that knows what day it is: fine or refused, no crash."""

import os
import subprocess
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import MEMBER, record, write

FIRST, LAST = "1900-01-01", "2100-12-31"
DAYS = ("0001-01-01", "1899-12-31", FIRST, LAST, "2101-01-01", "9999-12-31")
TODAY_IS_DAY = """
check · status · status --explain · status --format json · todo · plan · plan review · list · totals --by month
totals --by year · competences · doctor · reflect --list · show a · search A · plan new X --no-edit --by tomorrow
new T --date tomorrow --type event --hours 1 --no-edit · export --format ics · export --format xlsx --out out.xlsx
report summary --period all --format md --out out · report summary --period 2100 --format docx,odt,pdf --out out
report annual-review --period 1900 --format md --out out · report development-plan --format md --out out
report competences --format md --out out · schema --all
"""
DAY_IS_NAMED = """
status --on DAY · status --on DAY --scheme ice --explain · status --period DAY · list --from DAY · list --to DAY
list --period DAY · totals --period ..DAY · done p --date DAY · plan done o --on DAY · plan new X --by DAY --no-edit
plan review --postpone o=DAY · new T --date DAY --type event --hours 1 --no-edit · set a start=DAY
report summary --period DAY --format md --out out · report development-plan --period DAY --format md --out out
"""


def commands(text: str) -> list[str]:
    return text.strip().replace("\n", " · ").split(" · ")


@pytest.fixture
def extremes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal whose records have the first and the last day that a record can have, in the current folder."""
    schemes = f"[{{scheme: iet, start: {FIRST}}}, {{scheme: ice, start: {FIRST}}}, {{scheme: imeche, start: {LAST}}}]"
    files = {
        "cpd.yaml": f'{MEMBER}cpd-year: "12-31"\nschemes: {schemes}\n',
        "activities/a.md": record(f"title: A\ntype: training\nstart: {FIRST}\nhours: 2\nfollow-up: by {LAST}\n"),
        "activities/b.md": record(f"title: B\ntype: event\nstart: {LAST}\nhours: 2\nfollow-up: by December 9999\n"),
        "activities/p.md": record(f"title: P\ntype: event\nstart: {LAST}\nhours: 2\nstatus: planned\n"),
        "plan/o.md": record(f"title: O\nstart: {FIRST}\nby: {LAST}\n"),
        "plan/n.md": record(f"title: N\nstart: {LAST}\nby: {LAST}\n"),
        "career/c.md": record(f"role: C\nemployer: E\nstart: {FIRST}\nend: {FIRST}\n"),
        "career/e.md": record(f"role: E\nemployer: E\nstart: {LAST}\n"),
        "reviews/1900.md": record("year: 1900\n"),
    }
    for path, text in files.items():
        write(tmp_path, path, text)
    monkeypatch.setenv("CPD_TODAY", "2026-03-14")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("command", commands(TODAY_IS_DAY))
def test_today_at_the_ends_of_the_calendar(
    extremes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, day: str
) -> None:
    monkeypatch.setenv("CPD_TODAY", day)
    assert run(command.split()) in ((0, 1, 2) if FIRST <= day <= LAST else (0, 2))
    assert "unknown option" not in capsys.readouterr().err


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("command", commands(DAY_IS_NAMED))
def test_a_named_day_at_the_ends_of_the_calendar(
    extremes: Path, capsys: pytest.CaptureFixture[str], command: str, day: str
) -> None:
    code = run(command.replace("DAY", day).split())
    assert "unknown option" not in capsys.readouterr().err
    assert code in (0, 1, 2)
    assert code == 2 or command.startswith("set") or FIRST <= day <= LAST


@pytest.mark.parametrize("seconds", ["0", "4133980799", "253402300799"])
@pytest.mark.parametrize("kind", ["xlsx", "ics", "csv"])
def test_an_export_of_any_second(extremes: Path, monkeypatch: pytest.MonkeyPatch, kind: str, seconds: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert run(["export", "--format", kind, "--out", f"out.{kind}"]) == 0


@pytest.mark.parametrize("seconds", [-(10**9), 0, 4_133_980_800, 999_999_999_999])
@pytest.mark.parametrize(
    "command", ["report summary --period 2100 --format md,docx,odt,pdf --out out", "export --format xlsx"]
)
def test_files_and_commits_of_any_second(extremes: Path, command: str, seconds: int) -> None:
    for path in extremes.rglob("*.*"):
        os.utime(path, (min(seconds, 10**10), min(seconds, 10**10)))
    assert run([*command.split(), *(["--out", "out.xlsx"] if "xlsx" in command else [])]) in (0, 1)
    stamp = f"{max(seconds, 0)} +0000"
    environment = os.environ | {"GIT_COMMITTER_DATE": f"@{stamp}", "GIT_AUTHOR_DATE": f"@{stamp}"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "-A"], check=True)
    subprocess.run(["git", *who, "commit", "-qm", "all"], check=True, env=environment)
    assert run([*command.split(), *(["--out", "out2.xlsx"] if "xlsx" in command else [])]) in (0, 1)
