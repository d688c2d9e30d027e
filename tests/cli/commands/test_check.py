"""`cpd check` with its options, in this process, on a small journal."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cpdkit.checks.engine import CheckResult
from cpdkit.cli.main import run
from cpdkit.cli.watch_screen import fitted, within
from cpdkit.diagnostics import Diagnostic, Severity
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write
from tests.program import PROGRAM, environment

FEBRUARY = GOOD.replace("2026-03-14", "2026-02-30")
COLON = GOOD.replace("title: Relay course", "title: Relay: course")
PLANNED = record(
    FIELDS.replace("Relay course", "Transformer protection seminar") + "status: planned\n",
    "\nA day on the settings of transformer differential relays.\n",
)
FILE = "journal/activities/2026/wrong.md"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose journal, in a subfolder, has an error, a fixable error, a warning and advice."""
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    files = {
        "cpd.yaml": MEMBER,
        "activities/2026/good.md": GOOD,
        "activities/2026/wrong.md": FEBRUARY,
        "activities/2026/colon.md": COLON,
        "activities/2026/planned.md": PLANNED,
        "notes/idea.txt": "read by nothing",
    }
    for path, text in files.items():
        write(tmp_path / "journal", path, text)
    return tmp_path


Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(work: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    def printed(*args: str | Path) -> tuple[int, str, str]:
        code = run(["check", *map(str, args)])
        return code, *capsys.readouterr()

    return printed


def codes(text: str) -> list[str]:
    return [each["code"] for each in json.loads(text)["diagnostics"]]


@pytest.mark.parametrize(
    ("args", "code", "found"),
    [
        ((), 1, ["CPD121", "CPD204", "CPD311", "CPD801"]),
        (("--select", "CPD204,CPD3"), 1, ["CPD204", "CPD311"]),
        (("--select", "cpd3"), 0, ["CPD311"]),
        (("--ignore", "CPD1", "--ignore", "CPD2"), 1, ["CPD311", "CPD801"]),
        (("--severity", "warning"), 1, ["CPD121", "CPD204", "CPD801"]),
        (("--severity", "error", "--ignore", "CPD1,CPD2"), 0, []),
        (("--exit-zero",), 0, ["CPD121", "CPD204", "CPD311", "CPD801"]),
    ],
)
def test_what_is_chosen_decides_the_exit(check: Check, args: tuple[str, ...], code: int, found: list[str]) -> None:
    done, out, _ = check("--format", "json", *args)
    assert (done, sorted(codes(out))) == (code, found)


def test_the_summary_counts_problems_that_are_not_shown(check: Check) -> None:
    _, out, err = check("--severity", "error", "--select", "CPD8")
    assert (out, err) == ("", "4 activities checked: no matching problems; 4 others not shown\n")
    assert check("--select", "CPD204", "-q")[2] == ""


def test_options_come_from_the_environment(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_CHECK_IGNORE", "CPD1, CPD2")
    assert check("--severity", "error")[0] == 0


@pytest.mark.parametrize(
    ("period", "found", "hidden"),
    [
        ("2026", ["CPD121", "CPD204", "CPD311"], 1),
        ("2024", ["CPD121", "CPD204"], 2),
        ("..2026-03-13", ["CPD121", "CPD204"], 2),
        ("cpd-year", ["CPD121", "CPD204", "CPD311"], 1),
    ],
)
def test_a_period_limits_the_check_to_its_activities(check: Check, period: str, found: list[str], hidden: int) -> None:
    """An activity whose dates cannot be read can be in any period."""
    _, out, err = check("--format", "json", "--period", period)
    assert sorted(codes(out)) == found
    assert f"{hidden} {'other' if hidden == 1 else 'others'} not shown" in err
    assert json.loads(out)["activities"] == (4 if "CPD311" in found else 2)


@pytest.mark.parametrize(
    ("paths", "code", "activities"),
    [(["2026"], 1, 4), (["2024"], 1, 2), (["2026-03"], 1, 4), (["2026", "2025"], 2, 0), (["2026x"], 2, 0)],
)
def test_a_lone_year_or_month_is_a_period(check: Check, paths: list[str], code: int, activities: int) -> None:
    done, out, _ = check("--format", "json", *paths)
    assert done == code
    assert activities == (json.loads(out)["activities"] if out else 0)


def test_a_folder_named_like_a_year_is_a_path(check: Check, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work / "journal" / "activities")
    _, out, _ = check("--format", "json", "2026")
    assert sorted(codes(out)) == ["CPD121", "CPD204", "CPD311"]
    assert "CPD801" not in codes(out)
    assert json.loads(out)["files"] == 4


def test_a_period_limits_the_fixes_too(check: Check, work: Path) -> None:
    write(work / "journal", "activities/2025/wide.md", GOOD.replace("hours: 2", "hours: 2 ").replace("2026", "2025"))
    check("--fix", "--period", "2026")
    assert b"hours: 2 \n" in (work / "journal/activities/2025/wide.md").read_bytes()
    check("--fix", "--period", "2025")
    assert b"hours: 2\n" in (work / "journal/activities/2025/wide.md").read_bytes()


def test_the_period_of_all_commands_hides_no_problem(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_PERIOD", "2024")
    assert "not shown" not in check()[2]
    monkeypatch.setenv("CPD_CHECK_PERIOD", "2024")
    assert "2 others not shown" in check()[2]


def test_statistics(check: Check) -> None:
    _, out, _ = check("--statistics", "--severity", "error")
    assert out.splitlines() == [
        "1  CPD121  error    fixable     value contains a colon and has no quotes",
        "1  CPD204  error                date does not exist",
    ]


@pytest.mark.parametrize("where", [".", "journal", "journal/activities"])
def test_paths_can_be_opened_from_here_and_services_count_from_the_repository(
    check: Check, work: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(work / where)
    only = ("--select", "CPD204")
    _, out, _ = check(*only)
    assert Path(out.partition(":")[0]).read_text("utf-8") == FEBRUARY
    (found,) = json.loads(check(*only, "--format", "json")[1])["diagnostics"]
    assert Path(found["file"]).samefile(work / FILE)
    (issue,) = json.loads(check(*only, "--format", "gitlab")[1])
    assert issue["location"]["path"] == FILE
    assert f"file={FILE}," in check(*only, "--format", "github")[1]
    (result,) = json.loads(check(*only, "--format", "sarif")[1])["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == FILE
    assert f'file="{FILE}"' in check(*only, "--format", "junit")[1]


def test_a_format_goes_whole_into_a_file(check: Check, work: Path) -> None:
    code, out, err = check("--format", "json", "--output", "found.json")
    assert (code, out) == (1, "")
    assert err.startswith("4 activities checked: 2 errors, 1 warning, 1 piece of advice")
    assert (work / "found.json").read_text("utf-8") == check("--format", "json", "-o", "-")[1]


def test_text_in_a_file_has_no_colour(check: Check, work: Path) -> None:
    check("-o", "found.txt", "--color", "always")
    assert "\x1b" not in (work / "found.txt").read_text("utf-8")
    assert "error CPD204" in (work / "found.txt").read_text("utf-8")


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (FILE, GOOD, []),
        (FILE, COLON, ["CPD121"]),
        ("journal/activities/2027/new.md", FEBRUARY, ["CPD204"]),
        ("journal/activities/2027/new.md", "", ["CPD108"]),
        ("journal/cpd.yaml", "name: [\n", ["CPD125"]),
        ("journal/notes/other.txt", "x", ["CPD801"]),
    ],
)
def test_standard_input_replaces_a_file(
    check: Check, monkeypatch: pytest.MonkeyPatch, path: str, text: str, found: list[str]
) -> None:
    given(monkeypatch, text.encode())
    code, out, _ = check("-", "--stdin-filename", path, "--format", "json")
    assert (code, codes(out)) == (bool(found), found)
    assert all(each["file"] == path for each in json.loads(out)["diagnostics"])


def test_a_text_that_has_no_end_is_not_read_to_it(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b"x" * (5 * 2**20))
    _, out, _ = check("-", "--stdin-filename", FILE, "--format", "json")
    assert codes(out) == ["CPD111"]


def test_fix_applies_fixes_and_lists_the_remaining_problems(check: Check, work: Path) -> None:
    code, out, err = check("--fix", "--severity", "error")
    assert (code, "CPD121" in out, "CPD204" in out) == (1, False, True)
    assert err.startswith("1 problem fixed in 1 file\n")
    fixed = (work / "journal/activities/2026/colon.md").read_text("utf-8")
    assert fixed == COLON.replace("Relay: course", '"Relay: course"')


def test_only_chosen_problems_are_fixed(check: Check, work: Path) -> None:
    check("--fix", "--ignore", "CPD121")
    assert (work / "journal/activities/2026/colon.md").read_text("utf-8") == COLON


def test_diff_shows_and_changes_nothing(check: Check, work: Path) -> None:
    code, out, err = check("--diff")
    assert code == 1
    assert "--- a/journal/activities/2026/colon.md\n" in out
    assert '-title: Relay: course\n+title: "Relay: course"\n' in out
    assert err == "would fix 1 problem in 1 file\n"
    assert (work / "journal/activities/2026/colon.md").read_text("utf-8") == COLON
    assert check("--diff", "--select", "CPD204") == (0, "", "nothing to fix\n")
    assert check("--diff", "--exit-zero")[0] == 0


def test_in_a_terminal_the_diff_cannot_steer_it(
    check: Check, work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(work / "journal", "activities/2026/colon.md", COLON + "\x1b]0;owned\x07\n")
    monkeypatch.setattr("cpdkit.cli.console.is_terminal", lambda _: True)
    out: Any = check("--diff")[1]
    assert "\x1b[31m-title: Relay: course\x1b[0m" in out
    assert "owned" not in out or "\x1b]0" not in out


def test_in_a_terminal_lines_fit_and_the_summary_is_separate(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cpdkit.cli.console.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "60")
    _, out, err = check("--select", "CPD204", "--color", "never")
    assert out.splitlines()[:2] == [f"{FILE}:4:8:", "    error CPD204: 2026-02-30 is not a date"]
    assert err == "\n4 activities checked: 1 error; 3 others not shown.\nRun cpd explain CPD204 for details.\n"


# --- which files, which diagnostics, which exit code ---


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal without a problem, in a folder whose name contains a space."""
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "my journal"
    write(root, "cpd.yaml", MEMBER)
    write(root, "activities/2026/good.md", GOOD)
    return root


def checked(*args: str | Path) -> int:
    return run(["check", *map(str, args)])


def test_a_clean_journal_prints_no_result(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked("--journal", plain) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("1 activity checked")


def test_quiet_prints_nothing_for_a_clean_journal(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked("--journal", plain, "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_an_error_is_shown_at_its_place_and_exits_1(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plain, "activities/2026/wrong.md", FEBRUARY)
    assert checked("--journal", plain) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("my journal/activities/2026/wrong.md:4:8: error CPD")
    assert "4 │ start: 2026-02-30\n" in shown.out
    assert shown.err.startswith("2 activities checked: 1 error")


def test_a_warning_exits_1(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plain, "notes/idea.txt", "read by nothing")
    assert checked("--journal", plain) == 1
    assert ": warning CPD801: " in capsys.readouterr().out


def test_advice_alone_is_fine(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plain, "evidence/unused.txt", "proves nothing yet")
    assert checked("--journal", plain) == 0
    assert ": advice CPD504: " in capsys.readouterr().out


def test_only_the_named_files_are_checked(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = write(plain, "activities/2026/wrong.md", FEBRUARY)
    write(plain, "evidence/unused.txt", "proves nothing yet")
    assert checked("--journal", plain, plain / "activities" / "2026" / "good.md") == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err[:10]) == ("", "1 activity")
    assert checked("--journal", plain, wrong) == 1
    assert capsys.readouterr().err.startswith("1 activity checked: 1 error")


def test_the_journal_is_found_above_a_named_file(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(Path("my journal", "activities", "2026")) == 0
    assert capsys.readouterr().err.startswith("1 activity checked")


def test_the_journal_itself_as_a_path_is_all_of_it(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plain, "evidence/unused.txt", "proves nothing yet")
    assert checked(plain) == 0
    assert "CPD504" in capsys.readouterr().out


def test_a_named_file_can_point_to_what_is_not_named(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plain, "plan/grid.md", "---\ntitle: Grid\n---\n")
    write(plain, "plan/broken.md", "no front matter")
    write(plain, "evidence/proof.txt", "proof")
    fields = "objectives: [grid, broken]\nevidence: [proof.txt]\n---"
    pointing = write(plain, "activities/2026/pointing.md", GOOD.replace("---\n\n", f"{fields}\n\n"))
    assert checked("--journal", plain, pointing) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("path", ["nowhere.md", "/"])
def test_a_path_outside_is_a_usage_error(plain: Path, path: str) -> None:
    assert checked("--journal", plain, path) == 2


def test_an_unreadable_member_file_is_a_problem_and_not_the_end(
    plain: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(plain, "cpd.yaml", "name: [\n")
    assert checked("--journal", plain) == 1
    assert capsys.readouterr().out.startswith("my journal/cpd.yaml:")


def test_colour_only_on_request(plain: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(plain, "activities/2026/wrong.md", FEBRUARY)
    checked("--journal", plain)
    assert "\x1b[" not in capsys.readouterr().out
    checked("--journal", plain, "--color", "always")
    assert "\x1b[1;31merror" in capsys.readouterr().out


# --- watching ---

SECONDS = 30


class Watching:
    """A watch whose output is read line by line."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, "check", "--watch", "--journal", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**environment(), "CPD_TODAY": "2026-11-23"},
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self.news = threading.Condition()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        for line in self.process.stdout or ():
            with self.news:
                self.lines.append(line.rstrip("\n"))
                self.news.notify_all()

    def until(self, word: str) -> list[str]:
        """Wait for a line with the word; return and forget the lines so far."""
        with self.news:
            assert self.news.wait_for(lambda: any(word in line for line in self.lines), SECONDS), self.lines
            printed, self.lines[:] = list(self.lines), []
        return printed

    def ended(self) -> int:
        """Send Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/good.md", GOOD)
    watching = Watching(tmp_path)
    yield watching
    watching.process.kill()
    watching.process.wait()
    watching.reader.join(SECONDS)
    if watching.process.stdout:
        watching.process.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="sends Ctrl-C as a signal")
def test_a_new_error_is_reported_and_its_end_too(watching: Watching, tmp_path: Path) -> None:
    assert watching.until("checked")[-1] == "1 activity checked: no problems"
    write(tmp_path, "activities/wrong.md", FEBRUARY.replace("Relay", "Second"))
    # A check may run while the file is being written; the last one counts.
    printed = watching.until("activities/wrong.md:4:8: error CPD204")
    assert any(line and set(line) == {"─"} for line in printed)
    (tmp_path / "activities/wrong.md").unlink()
    watching.until("1 activity checked: no problems")
    assert watching.ended() == 130


def problem(path: str, severity: Severity) -> Diagnostic:
    return Diagnostic(path, None, "CPD204", severity, "so")


ALL = (problem("a/x.md", Severity.ADVICE), problem("b.md", Severity.ERROR), problem("ab.md", Severity.WARNING))


@pytest.mark.parametrize(
    ("wanted", "paths"),
    [((), ["a/x.md", "b.md", "ab.md"]), (("a",), ["a/x.md"]), (("b.md", "a/x.md"), ["a/x.md", "b.md"]), (("c",), [])],
)
def test_only_problems_in_chosen_files_are_reported(wanted: tuple[str, ...], paths: list[str]) -> None:
    assert [each.path for each in within(CheckResult(Path(), ALL, 3, 3), wanted).diagnostics] == paths


@pytest.mark.parametrize(
    ("room", "lines", "left"),
    [
        (10, ["a", "b", "c", "d"], 0),
        (4, ["a", "b", "c", "d"], 0),
        (3, ["b", "c", "d"], 1),
        (1, ["c"], 2),
        (-4, ["c"], 2),
    ],
)
def test_as_many_are_shown_as_there_is_room_for(room: int, lines: list[str], left: int) -> None:
    assert fitted([["a"], ["b"], ["c", "d"]], room) == (lines, left)
