"""`cpd check`: what it prints where, and how it ends."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import GOOD

WRONG = GOOD.replace("2026-03-14", "2026-02-30")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "my journal"
    write(root, "cpd.yaml", "name: Angharad Llywelyn\n")
    write(root, "activities/2026/good.md", GOOD)
    return root


def write(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(*args: str | Path) -> int:
    return run(["check", *map(str, args)])


def test_a_clean_journal_prints_no_result(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--journal", journal) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "1 activity checked: no problems\n")


def test_quiet_says_nothing_of_a_clean_journal(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--journal", journal, "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_an_error_is_shown_at_its_place_and_exits_1(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, "activities/2026/wrong.md", WRONG)
    assert check("--journal", journal) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("my journal/activities/2026/wrong.md:4:8: error CPD")
    assert "4 │ start: 2026-02-30\n" in shown.out
    assert shown.err == "2 activities checked: 1 error · cpd explain CPD204 says more\n"


def test_a_warning_exits_1(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, "notes/idea.txt", "read by nothing")
    assert check("--journal", journal) == 1
    assert ": warning CPD801: " in capsys.readouterr().out


def test_advice_alone_is_fine(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, "evidence/unused.txt", "proves nothing yet")
    assert check("--journal", journal) == 0
    assert ": advice CPD504: " in capsys.readouterr().out


def test_only_the_named_files_are_judged(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = write(journal, "activities/2026/wrong.md", WRONG)
    write(journal, "evidence/unused.txt", "proves nothing yet")
    assert check("--journal", journal, journal / "activities" / "2026" / "good.md") == 0
    assert capsys.readouterr() == ("", "1 activity checked: no problems\n")
    assert check("--journal", journal, wrong) == 1
    assert capsys.readouterr().err.startswith("1 activity checked: 1 error")


def test_the_journal_is_found_above_a_named_file(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(Path("my journal", "activities", "2026")) == 0
    assert capsys.readouterr().err == "1 activity checked: no problems\n"


def test_the_journal_itself_as_a_path_is_all_of_it(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, "evidence/unused.txt", "proves nothing yet")
    assert check(journal) == 0
    assert "CPD504" in capsys.readouterr().out


def test_a_named_file_can_point_to_what_is_not_named(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, "plan/grid.md", "---\ntitle: Grid\n---\n")
    write(journal, "plan/broken.md", "no front matter")
    write(journal, "evidence/proof.txt", "proof")
    fields = "objectives: [grid, broken]\nevidence: [proof.txt]\n---"
    pointing = write(journal, "activities/2026/pointing.md", GOOD.replace("---\n\n", f"{fields}\n\n"))
    assert check("--journal", journal, pointing) == 0
    assert capsys.readouterr().out == ""


def test_no_journal_here_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert check() == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("cpd: there is no journal at ")
    assert "cpd init my-cpd" in shown.err.splitlines()[1]


@pytest.mark.parametrize("path", ["nowhere.md", "/"])
def test_a_path_outside_is_a_usage_error(journal: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--journal", journal, path) == 2
    assert capsys.readouterr().err.startswith("cpd: ")


def test_an_unreadable_member_file_is_a_problem_and_not_the_end(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, "cpd.yaml", "name: [\n")
    assert check("--journal", journal) == 1
    assert capsys.readouterr().out.startswith("my journal/cpd.yaml:")


def test_colour_only_when_asked(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, "activities/2026/wrong.md", WRONG)
    check("--journal", journal)
    assert "\x1b[" not in capsys.readouterr().out
    check("--journal", journal, "--color", "always")
    assert "\x1b[1;31merror" in capsys.readouterr().out
