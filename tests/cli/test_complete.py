"""Completions for a shell, and values that they never contain."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.cli.complete import STATUSES, TYPES, fitting
from cpdkit.cli.main import run
from cpdkit.journal.values import ActivityType, Status
from tests.journal.folders import MEMBER, write

Offered = Callable[..., list[str]]
NAMES = ("activities/2026-03-14-relay-course.md", "activities/2026/2026-04-02-relay-test.md", "plan/lead-people.md",
         "activities/old/relay-old.md", "activities/x;touch evil.md", "activities/-q.md", "activities/é-relais.md",
         "activities/a\x1b[31m.md")  # fmt: skip


@pytest.fixture
def offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offered:
    write(tmp_path, "cpd.yaml", MEMBER + "ignore:\n  - old/\n")
    for name in NAMES:
        write(tmp_path, name, b"\xff")
    monkeypatch.setenv("CPD_JOURNAL", str(tmp_path))

    def ask(words: str, shell: str = "bash") -> list[str]:
        monkeypatch.setenv("COMP_WORDS", f"cpd {words}")
        last = words.split()[-1] if shell == "fish" else str(len(words.split()))
        monkeypatch.setenv("COMP_CWORD", last)
        monkeypatch.setenv("_CPD_COMPLETE", f"{shell}_complete")
        run([])
        lines = filter(None, capsys.readouterr().out.splitlines())
        return [line.partition(",")[2] for line in lines]

    return ask


def test_any_part_of_a_name_completes(offered: Offered) -> None:
    course, test = "2026-03-14-relay-course", "2026-04-02-relay-test"
    assert offered("show course") == offered("open COURSE") == offered("set course") == [course]
    assert offered("show 2026-") == [course, test]
    assert offered("set relay") == [course, test, "relay"]
    assert offered("show lead") == offered("list --objective pe") == ["lead-people"]
    assert offered("set lead") == []
    assert offered("show old") == []
    assert offered("list --type wo") == ["work-experience"]
    assert offered("report --status p") == ["planned"]


def test_no_name_becomes_a_command(offered: Offered) -> None:
    assert offered("show evil") == offered("show -- -q") == offered("show 31m") == []
    assert offered("show relais") == ["é-relais"]
    assert offered("show evil", "fish") == ["x;touch evil"]


def test_without_a_journal_nothing_is_offered(offered: Offered, tmp_path: Path) -> None:
    assert offered(f"show --journal {tmp_path}/plan relay") == []
    (tmp_path / "cpd.yaml").unlink()
    assert offered("show relay") == []


def test_the_words_are_those_of_the_records() -> None:
    assert tuple(ActivityType) == TYPES
    assert tuple(Status) == STATUSES


@given(st.text("ab-", max_size=3), st.lists(st.text("abAB-", max_size=6)))
def test_matches_contain_the_word(word: str, names: list[str]) -> None:
    found = fitting(word, names)
    assert all(word in name.casefold() for name in found)
    assert bool(found) == any(word in name.casefold() for name in names)
