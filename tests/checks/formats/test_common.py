import json
from dataclasses import replace
from pathlib import Path

import pytest

from cpdkit.checks.formats import NAMES
from cpdkit.checks.formats.common import (
    Base,
    activities_checked,
    base_of_person,
    base_of_repository,
    escaped,
    fingerprints,
    sentence,
    severity_counts,
    worst_first,
)
from cpdkit.checks.formats.registry import FORMATS, OF_REPOSITORY
from cpdkit.diagnostics import Diagnostic, Severity
from tests.checks.formats.problems import BASE, CHECKED, EVERY, many

FILE = "activities/2026/a.md"


@pytest.mark.parametrize(
    ("here", "journal", "expected"),
    [
        ("work", "work/journal", f"journal/{FILE}"),
        ("work", "work", FILE),
        ("work/journal/activities", "work/journal", "2026/a.md"),
        ("work/journal/plan", "work/journal", f"../{FILE}"),
    ],
)
def test_a_person_can_open_it_from_where_they_are(tmp_path: Path, here: str, journal: str, expected: str) -> None:
    (tmp_path / here).mkdir(parents=True)
    assert base_of_person(tmp_path / journal, tmp_path / here).path(FILE) == expected


def test_what_lies_elsewhere_is_absolute(tmp_path: Path) -> None:
    assert (
        base_of_person(tmp_path / "journal", tmp_path / "work").path(FILE) == (tmp_path / "journal" / FILE).as_posix()
    )


def test_a_link_stays_as_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "link").symlink_to(tmp_path / "real")
    assert base_of_person(tmp_path / "work" / "link", tmp_path / "work").path(FILE) == f"link/{FILE}"


def test_a_name_cannot_be_a_command_of_githubs() -> None:
    assert Base(Path("/x")).path("::error::so") == "./::error::so"


@pytest.mark.parametrize("here", [".", "journal", "journal/activities", "elsewhere"])
def test_services_count_from_the_repository_wherever_it_runs(tmp_path: Path, here: str) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / here).mkdir(parents=True, exist_ok=True)
    base = base_of_repository(tmp_path / "repo" / "journal", tmp_path / "repo" / here, {})
    assert (base.folder, base.path(FILE)) == (tmp_path / "repo", f"journal/{FILE}")


def test_without_a_repository_the_ci_says_where_it_is(tmp_path: Path) -> None:
    checkout = {"GITHUB_WORKSPACE": str(tmp_path)}
    assert base_of_repository(tmp_path / "a" / "journal", tmp_path / "a", checkout).path(FILE) == f"a/journal/{FILE}"
    other = {"CI_PROJECT_DIR": str(tmp_path / "b")}
    assert base_of_repository(tmp_path / "a" / "journal", tmp_path / "a", other).path(FILE) == f"journal/{FILE}"
    assert base_of_repository(tmp_path / "journal", tmp_path / "a", {}).path(FILE) == FILE


PLAIN = Diagnostic("a.md", None, "CPD204", Severity.ERROR, "so", "start: x")


def test_a_sentence_has_all_that_is_said() -> None:
    assert sentence(replace(PLAIN, note="why", hint="mend it")) == "so; why; mend it"
    assert sentence(PLAIN) == "so"


@pytest.mark.parametrize(("text", "said"), [("abc", "abc"), ("東", "東"), ("a\udcffb", r"a\udcffb")])
def test_what_utf8_cannot_write_is_an_escape(text: str, said: str) -> None:
    assert escaped(text) == said


def test_counts() -> None:
    assert severity_counts(many(2, 1, 2).diagnostics) == "2 errors, 1 warning, 2 pieces of advice"
    assert severity_counts(()) == ""
    assert (activities_checked(1), activities_checked(1_234)) == ("1 activity checked", "1,234 activities checked")


def test_the_worst_come_first_and_else_the_order_stays() -> None:
    assert [each.severity for each in worst_first(EVERY)] == [0, 0, 0, 1, 2, 2]
    assert worst_first(EVERY)[:3] == [EVERY[0], EVERY[2], EVERY[3]]


def test_fingerprints_tell_equal_problems_apart_and_ignore_indentation() -> None:
    one, two = fingerprints([PLAIN, PLAIN])
    assert one != two
    assert fingerprints([replace(PLAIN, source="  start: x")]) == [one]
    assert fingerprints([replace(PLAIN, source="start: y")]) != [one]
    assert len(one) == 32


def test_every_name_has_its_format() -> None:
    assert set(NAMES) == {"text", *FORMATS}
    assert set(FORMATS) > OF_REPOSITORY


def test_every_format_carries_every_problem_in_utf8() -> None:
    for name, render in FORMATS.items():
        output = render(CHECKED, BASE)
        output.encode("utf-8")
        assert all(each.code in output for each in CHECKED.diagnostics), name
    assert len(json.loads(FORMATS["json"](CHECKED, BASE))["diagnostics"]) == len(CHECKED.diagnostics)
