"""`cpd config`: each setting with its value and source."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.program import make_journal

Captured = pytest.CaptureFixture[str]
MEMBER = "# Mine\nname: Angharad Llywelyn\nmemberships: [{body: IET, grade: Member}]\nlang: cy\ncpd-year: '04-01'\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_EDITOR", "nano")
    return make_journal(tmp_path / "J", {"cpd.yaml": MEMBER.replace("lang:", "language:")})


def settings(capsys: Captured, *args: str) -> dict[str, tuple[str, str]]:
    assert run(["config", "--format", "json", *args]) == 0
    return {each["name"]: (each["value"], each["source"]) for each in json.loads(capsys.readouterr().out)}


def test_each_source_is_named(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    for name, value in {
        "CPD_PERIOD": "2025",
        "CPD_LIST_SORT": "title",
        "CPD_PLAN_DONE_NOTE": "x",
        "CPD_X": "1",
    }.items():
        monkeypatch.setenv(name, value)
    found = settings(capsys, "--journal", "J")
    assert found["journal"] == (str(root), "set by --journal")
    assert found["name"] == ("Angharad Llywelyn", "cpd.yaml:2")
    assert found["memberships"] == ("body: IET, grade: Member", "cpd.yaml:3")
    assert found["language"] == ("cy", "cpd.yaml:4")
    assert found["cpd-year"] == ("04-01", "cpd.yaml:5")
    assert found["paper"] == ("a4", "default")
    assert found["codes"] == ("true", "default")
    assert found["$CPD_PERIOD"] == ("2025", "--period of all commands")
    assert found["$CPD_LIST_SORT"] == ("title", "--sort of cpd list")
    assert found["$CPD_PLAN_DONE_NOTE"] == ("x", "--note of cpd plan done")
    assert found["$CPD_X"][1].startswith("not used")
    assert found["editor"] == ("nano", "$GIT_EDITOR")


def test_how_the_journal_was_found(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("CPD_JOURNAL", str(root))
    assert settings(capsys)["journal"] == (str(root), "set by $CPD_JOURNAL")
    monkeypatch.delenv("CPD_JOURNAL")
    monkeypatch.chdir(root / "activities")
    assert settings(capsys)["journal"][0] == str(root)
    monkeypatch.chdir("/")
    assert "journal" not in settings(capsys)


@pytest.mark.parametrize(("name", "value"), [("paper", "a4"), ("GIT_EDITOR", None), ("editor", "nano")])
def test_one_value_for_a_script(root: Path, name: str, value: str | None, capsys: Captured) -> None:
    assert run(["--journal", str(root), "config", name]) == (2 if value is None else 0)
    assert capsys.readouterr().out == ("" if value is None else f"{value}\n")
