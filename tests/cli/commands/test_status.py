"""Lines and notes of `cpd status`."""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from cpdkit.cli.commands.status import LATELY, exact
from cpdkit.cli.main import run
from cpdkit.schemes.standing import amount
from tests.journal.folders import FIELDS, MEMBER, journal_of, record, write

Captured = pytest.CaptureFixture[str]
SCHEME = """id: firm
requirements:
  - {id: total, title: hours, at-least: 10}
  - {id: gap, title: gap, measure: gap, at-most: 1}
  - {id: each, title: both, measure: entries, each-of: [a, b], at-least: 1}
  - {id: open, title: no target}
categories: {a: {topics: [a]}, b: {topics: [b]}}
caps: [{title: a day's reading, of: a, most: 3}]
statuses: {active: {}, leave: {exempt: true}}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-06-30")
    files = {
        "cpd.yaml": "name: A. L.\nschemes: [{scheme: firm, statuses: [{status: odd, start: 2026-01-01}]}]\n",
        "schemes/firm.yaml": SCHEME,
        "activities/a.md": record(FIELDS.replace("hours: 2", "hours: 4") + "topics: [a]\n"),
        "activities/b.md": record("title: Later\ntype: event\nstart: 2026-09-01\nhours: 8\nstatus: planned\n"),
        "activities/c.md": "nothing",
        "plan/p.md": record("title: P\n"),
    }
    journal_of(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_missing_and_why(root: Path, capsys: Captured) -> None:
    assert run(["status", "--explain"]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert lines[2] == "firm, 2026, odd"
    assert lines[3] == "  hours      ███░░░░░░░░░  3 of 10 h"
    assert lines[4].startswith("    7 h short; planned activities would be enough (8 h); 1 not counted")
    assert any("3 h of 4 h" in line and "a day's reading" in line for line in lines)
    gap = next(number for number, line in enumerate(lines) if "3 of at most 1 month" in line)
    assert lines[gap + 1].strip() == "2 months too long; from 15 March 2026 to 30 June 2026"
    assert any("1 of 2" in line and "missing: b" in line for line in lines)
    assert lines[-2:] == ["8 h planned ahead", "1 objective without an activity: P"]
    # A status that the scheme does not have, and an unreadable file.
    assert len(shown.err.splitlines()) == 2
    assert run(["status", "--require"]) == 1


def test_what_waits(root: Path, capsys: Captured) -> None:
    (root / "activities" / "d.md").write_text(f"---\n{FIELDS}---\n\nNo word of it.\n", encoding="utf-8")
    (root / "activities" / "e.md").write_text(f"---\n{FIELDS}status: draft\n---\n\nAn idea.\n", encoding="utf-8")
    run(["status"])
    lines = capsys.readouterr().out.splitlines()
    assert any("1 draft " in line and "cpd todo" in line for line in lines)
    assert any(f"1 activity of the last {LATELY} days" in line and "cpd reflect" in line for line in lines)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("expires: 2026-06-30", "Card expires today"),
        ("expires: 2026-07-10", "Card expires in 10 days"),
        ("expires: 2026-09", ""),
        ("expires: 2026-06-29", "Card expired yesterday"),
        ("expires: 2026-05\naccepted: {CPD613: gone}", ""),
        ("expires: 2026-07-10\nconfidential: true", ""),
    ],
)
def test_qualifications_that_expire(root: Path, capsys: Captured, fields: str, line: str) -> None:
    write(root, "qualifications/card.md", record(f"title: Card\n{fields}\n"))
    run(["status"])
    assert [each for each in capsys.readouterr().out.splitlines() if "Card" in each] == [line] * bool(line)


def test_exempt_and_earlier_periods(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text(
        "name: A\nschemes: [{scheme: firm, statuses: [{status: leave, start: 2026-01-01}]}, nmc]\n"
    )
    run(["status", "--period", "2025"])
    assert "0 of 10 h" in capsys.readouterr().out
    run(["status"])
    shown = capsys.readouterr()
    assert "3 h, exempt" in shown.out
    assert "nmc" in shown.err


def test_a_declaration_is_due_then_overdue_then_made_or_explained(root: Path, capsys: Captured) -> None:
    scheme = "id: firm\nrequirements: [{id: paper, title: Paper, measure: declared, by: 03-31}]\n"
    (root / "schemes/firm.yaml").write_text(scheme)

    def shown(day: str, fields: str = "") -> tuple[str, str | None, str]:
        (root / "cpd.yaml").write_text(f"name: A\nschemes: [{{scheme: firm, start: 2026-01-01{fields}}}]\n")
        assert run(["status", "--on", day, "--format", "json"]) == 0
        ((paper,),) = [each["requirements"] for each in json.loads(capsys.readouterr().out)["schemes"]]
        return paper["state"], paper["due"], paper["explanation"]

    assert shown("2026-03-31") == ("not-due", "2026-03-31", "")
    assert shown("2026-04-01") == ("explain", "2026-03-31", "")
    assert run(["status", "--on", "2026-04-01"]) == 0
    assert "due by 31 March 2026; declare it" in capsys.readouterr().out
    made = ", declarations: [{requirement: paper, year: 2026, on: 2026-05-01, note: In hospital}]"
    assert shown("2026-04-30", made) == ("explain", "2026-03-31", "")
    assert shown("2026-05-01", made)[0] == "met"


def test_an_hour_of_several_topics_is_divided(root: Path, capsys: Captured) -> None:
    (root / "schemes/firm.yaml").write_text(
        "id: firm\nrequirements: [{id: each, title: Each, each-of: [a, b], at-least: 2, split: true}]\n"
        "categories: {a: {topics: [a]}, b: {topics: [b]}}\n"
    )
    activity = FIELDS.replace("hours: 2", "hours: 3") + "topics: [a, b]\n"
    (root / "activities/a.md").write_text(record(activity), encoding="utf-8")
    assert run(["status", "--format", "json"]) == 0
    (each,) = json.loads(capsys.readouterr().out)["schemes"][0]["requirements"]
    assert (each["recorded"], each["asked"], each["split"]) == ("1", "2", True)
    assert sorted(part["recorded"] for part in each["parts"]) == ["1", "2"]
    ((entry,),) = [each["activities"]]
    assert sorted(entry["shares"].values()) == ["1", "2"]
    assert (entry["counted"], entry["lost"]) == ("3", [])


def test_a_scheme_of_the_members_own_year_and_targets(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text(
        'name: A\nschemes:\n  - {scheme: ice, first-day: "04-01"}\n'
        "  - {scheme: acca, targets: {total: 27, verifiable: 8}}\n"
    )
    assert run(["status", "--format", "json"]) == 0
    ice, acca = json.loads(capsys.readouterr().out)["schemes"]
    assert (ice["from"], ice["to"]) == ("2026-04-01", "2027-03-31")
    wanted = {each["id"]: each["asked"] for each in acca["requirements"]}
    assert (wanted["total"], wanted["verifiable"]) == ("27", "8")
    assert acca["record_by"] == "2027-01-01"


def test_a_gap_comes_before_what_to_do_about_it(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text("name: A\nschemes: [{scheme: hcpc, start: 2025-09-01}]\n")
    assert run(["status"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "explain it" in line]
    assert line.index("from 1 September 2025 to 13 March 2026") < line.index("explain it to the body")


def test_types_that_are_not_used_matter_only_if_some_are_missing(root: Path, capsys: Captured) -> None:
    scheme = "id: firm\nrequirements: [{id: types, title: Types, measure: types, at-least: 1}]\n"
    (root / "schemes/firm.yaml").write_text(scheme)
    assert run(["status"]) == 0
    assert "not used" not in capsys.readouterr().out


def test_a_cpd_yaml_that_cannot_be_read_is_named(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text("name: [A\n")
    assert run(["status"]) == 0
    err = capsys.readouterr().err
    assert "cannot read cpd.yaml" in err
    assert "add schemes:" not in err


def test_amounts() -> None:
    assert (amount(Fraction(10, 3)), amount(Fraction(7))) == ("3.33", "7")
    assert (exact(Fraction(1, 3)), exact(Fraction(2))) == ("0.3333", "2")


def test_as_data_and_required(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    args = ["status", "--journal", "journal", "--scheme", "rics", "--on", "2025-12-31"]
    assert run([*args, "--format", "json"]) == 0
    data = json.loads(capsysbinary.readouterr().out)
    (scheme,) = data["schemes"]
    assert (data["on"], scheme["scheme"], scheme["from"], scheme["to"]) == (
        "2025-12-31",
        "rics",
        "2025-01-01",
        "2025-12-31",
    )
    assert [each["id"] for each in scheme["requirements"]] == ["total", "structured", "ethics"]
    assert run(["status", "--journal", "journal", "--scheme", "cibse", "--require"]) == 1
    assert run(["status", "--journal", "journal", "--scheme", "iet", "--require"]) == 0


def test_the_screen_of_the_example_journal_fits_80_columns(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    assert run(["status", "--journal", "journal"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_two_options_for_the_day_are_refused() -> None:
    assert run(["status", "--journal", "journal", "--on", "today", "--period", "2025"]) == 2


@pytest.mark.parametrize("form", [["--explain"], ["--format", "json"], ["--explain", "--format", "json"]])
def test_confidential_records_are_named_only_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    fields = FIELDS.replace("Relay course", "SECRET-TITLE") + "confidential: true\n"
    files = {
        "cpd.yaml": MEMBER + "schemes: [{scheme: iet}]\n",
        "activities/SECRET-FILE.md": record(fields),
        "activities/open.md": record(),
    }
    for path, text in files.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    assert run(["status", *form]) == 0
    without = capsys.readouterr().out
    assert "SECRET" not in without
    assert run(["status", *form, "--confidential"]) == 0
    shown = capsys.readouterr().out
    assert "SECRET" in shown
    hours = [re.findall(r'"recorded": [^,]+|\d+ of \d+ h', each) for each in (without, shown)]
    assert hours[0] == hours[1] != []


def test_an_unknown_scheme_of_cpd_yaml_is_named(root: Path, capsys: Captured) -> None:
    (root / "cpd.yaml").write_text("name: A\nschemes: [nope, iet]\n", encoding="utf-8")
    assert run(["status"]) == 0
    assert '"nope"' in capsys.readouterr().err
    assert run(["status", "--scheme", "iet"]) == 0
    assert '"nope"' not in capsys.readouterr().err
