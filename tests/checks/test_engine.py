"""From a journal to its problems: whole and in part, alone and shared between processes."""

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from cpdkit.checks.engine import MANY_FILES, check_journal
from cpdkit.errors import NoJournal
from tests.checks.checking import TODAY, located_codes
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

WRONG = record(FIELDS + "objectives: [x]\nevidence: [y]\n")


def test_problems_stand_in_the_order_of_files_and_places(tmp_path: Path) -> None:
    files = {"b.txt": "x", "activities/b.md": b"", "activities/a.md": WRONG}
    places = [place for place, _ in located_codes(tmp_path, files)]
    assert places == ["activities/a.md:6:14", "activities/a.md:7:12", "activities/b.md", "b.txt"]


def test_of_a_part_only_what_it_can_show_is_judged(tmp_path: Path) -> None:
    for path, text in {"cpd.yaml": MEMBER, "activities/a.md": WRONG, "activities/b.md": b"", "evidence/z": ""}.items():
        write(tmp_path, path, text)
    checked = check_journal(tmp_path, ("activities/a.md",), TODAY)
    assert [each.code for each in checked.diagnostics] == ["CPD503", "CPD501"]
    assert (checked.activities, checked.files) == (1, 1)


@pytest.mark.parametrize("wanted", ["plan", "plan/x.md"])
def test_an_objective_alone_is_judged_when_it_is_wanted(tmp_path: Path, wanted: str) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "plan/x.md", "---\nzzz: x\n---\n")
    assert [each.path for each in check_journal(tmp_path, (wanted,), TODAY).diagnostics] == ["plan/x.md"] * 2
    assert check_journal(tmp_path, ("cpd.yaml",), TODAY).diagnostics == ()


def test_a_text_is_judged_in_place_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", GOOD)
    over = {"activities/a.md": WRONG.encode(), "activities/new.md": b""}
    assert {each.path for each in check_journal(tmp_path, (), TODAY, over).diagnostics} == set(over)
    assert check_journal(tmp_path, ("activities/new.md",), TODAY, over).diagnostics[0].code == "CPD108"


def test_today_is_taken_where_no_day_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", GOOD)
    monkeypatch.setenv("CPD_TODAY", "2026-03-13")
    assert [each.code for each in check_journal(tmp_path).diagnostics] == ["CPD310"]


def test_there_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        check_journal(tmp_path)


def test_the_settings_of_the_journal_and_of_a_file_count(tmp_path: Path) -> None:
    future = FIELDS.replace("2026-03-14", "2027-03-14")
    late = future.replace("Relay", "Late")
    short = "\nWords.\n"
    files = {
        "activities/a.md": record(future + "accepted: {CPD401: none yet}\n", short),
        "activities/b.md": record(late + "accepted: {CPD310: paid and booked, CPD401: none yet}\n", short),
        "activities/sub/a.md": record(future.replace("Relay", "C") + "accepted: {CPD805: one of each year}\n"),
    }
    assert located_codes(tmp_path, files) == [
        ("activities/a.md:4:8", "CPD310"),
        ("activities/sub/a.md:4:8", "CPD310"),
    ]
    assert located_codes(tmp_path, {"cpd.yaml": MEMBER + "checks: {CPD31: off}\n"}) == []


def test_what_cannot_be_read_cannot_be_turned_off(tmp_path: Path) -> None:
    files = {
        "cpd.yaml": MEMBER + "checks: {CPD2: off, CPD108: off}\n",
        "activities/a.md": b"",
        "activities/b.md": WRONG,
    }
    assert "CPD108" in {code for _, code in located_codes(tmp_path, files)}


def test_a_rule_of_the_whole_journal_marks_its_place(tmp_path: Path) -> None:
    files = {"activities/1/a.md": GOOD, "activities/2/a.md": record(FIELDS.replace("Relay", "Second relay"))}
    assert ("activities/2/a.md", "CPD805") in located_codes(tmp_path, files)


def test_the_second_objective_of_an_id_is_an_error(tmp_path: Path) -> None:
    plan = record("title: Storage\n", "")
    codes = located_codes(tmp_path, {"plan/a/x.md": plan, "plan/b/x.md": plan})
    assert ("plan/b/x.md", "CPD806") in codes


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a journal that several processes check; every seventh file has a mistake."""
    root = tmp_path_factory.mktemp("large")
    write(root, "cpd.yaml", MEMBER)
    for number in range(MANY_FILES + 100):
        fields = FIELDS.replace("Relay", f"Relay {number}").replace("2026-03-14", f"{1900 + number // 300}-03-14")
        write(root, f"activities/{number}.md", record(fields + "objectives: [gone]\n" * (number % 7 == 0)))
    return root


CHECKS = """
import os, sys
from cpdkit.__main__ import start
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(sys.argv.pop(1))])
start()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process judges")
def test_several_processes_find_what_one_finds(large: Path) -> None:
    def output(processors: int) -> str:
        command = [sys.executable, "-c", CHECKS, str(processors), "check", "--journal", str(large), "--format", "json"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    one = output(1)
    assert output(4) == one
    assert json.loads(one)["activities"] == MANY_FILES + 100
    assert '"CPD503"' in one


@pytest.mark.skipif(sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="one process judges")
def test_no_process_outlives_a_check_that_was_killed(large: Path) -> None:
    again = f"""
import sys
from pathlib import Path
from cpdkit.checks.engine import check_journal
while True:
    check_journal(Path({str(large)!r}))
"""
    checking = subprocess.Popen([sys.executable, "-c", again])
    while not (children := children_of(checking.pid)):
        time.sleep(0.01)
    checking.kill()
    checking.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def children_of(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


def test_the_day_decides(tmp_path: Path) -> None:
    assert located_codes(tmp_path, {"activities/a.md": GOOD}, date(2026, 3, 14)) == []
    assert [code for _, code in located_codes(tmp_path, {"activities/a.md": GOOD}, date(2026, 3, 13))] == ["CPD310"]
