"""`cpd scheme` and the commands below it."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.scheme import COLUMNS, scheme
from cpdkit.cli.main import run
from tests.journal.folders import GOOD, journal_of


def test_one_that_is_copied_takes_the_shipped_ones_place(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "cpd.yaml": "name: A\nschemes: [rics]\n"})
    eject = ["scheme", "eject", "rics", "--journal", str(tmp_path)]
    assert run([*eject, "--dry-run"]) == 0
    assert not (tmp_path / "schemes").exists()
    assert run(eject) == 0
    assert run(eject) == 1
    capsysbinary.readouterr()
    assert run(["scheme", "list", "--format", "json", "--journal", str(tmp_path)]) == 0
    rows = {row["id"]: row for row in json.loads(capsysbinary.readouterr().out)}
    assert (rows["rics"]["from"], rows["rics"]["followed"], rows["iet"]["from"]) == (
        "schemes/rics.yaml",
        True,
        "shipped",
    )


def test_without_a_journal_the_shipped_ones_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["scheme", "show", "iet"]) == 0
    assert "  Hours in the year: 30 h" in capsys.readouterr().out
    assert run(["scheme", "show", "x"]) == 2
    assert run(["scheme", "eject", "x"]) == 2
    assert run(["scheme", "show", "iet", "--journal", "nowhere"]) == 2


def test_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text and (each.short_help or "") in text for name, each in scheme.commands.items())


def ids_of(capsys: pytest.CaptureFixture[str], *args: str) -> list[str]:
    assert run(["scheme", "list", "--format", "json", *args]) == 0
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


def test_a_list_is_narrowed_by_country_and_profession(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    every = ids_of(capsys)
    british = ids_of(capsys, "--country", "uk")
    assert {"iet", "acca"} < set(british) < set(every)
    assert "cpeng-nz" not in british
    assert "acca" not in ids_of(capsys, "--country", "uk", "--profession", "engineer")
    assert run(["scheme", "list", "--country", "Atlantis"]) == 0
    shown = capsys.readouterr()
    assert ("acca" in shown.out, "Atlantis" in shown.err) == (True, True)
    assert run(["scheme", "list", "--country", "Atlantis", "--profession", "engineering"]) == 2
    assert run(["scheme", "list", "--profession", "wizard"]) == 2


def test_a_comparison_needs_two_different_schemes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for names in (["iet"], ["iet", "IET"], ["iet", "iet"], ["iet", "nothing"], []):
        assert run(["scheme", "compare", *names]) == 2
    capsys.readouterr()
    assert run(["scheme", "compare", "IET", "rics", "iet", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(list(row) == ["title", "iet", "rics"] for row in rows)
    assert rows[0]["title"] == "body"


def test_a_comparison_fits_its_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["scheme", "compare", "iet", "riba"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= COLUMNS


def test_a_suggestion_keeps_the_schemes_of_cpd_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def suggested(cpd_yaml: str) -> tuple[list[tuple[str, bool]], list[str], str]:
        journal_of(tmp_path, {"cpd.yaml": cpd_yaml})
        assert run(["scheme", "suggest", "--journal", str(tmp_path), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert run(["scheme", "suggest", "--journal", str(tmp_path)]) == 0
        rows = [(row["id"], row["followed"]) for row in data["schemes"]]
        return rows, data["unknown"], capsys.readouterr().err

    rows, unknown, hint = suggested("name: A\npost-nominals: CEng\nmemberships: [{body: IET}, {body: Chess}]\n")
    assert (rows, unknown) == ([("engc-code", False), ("iet", False)], ["Chess"])
    assert "schemes: [{scheme: engc-code}, {scheme: iet}]" in hint
    rows, _, hint = suggested("name: A\npost-nominals: CEng MIET\nschemes: [{scheme: iet, start: 2020-01-01}]\n")
    assert rows == [("engc-code", False), ("iet", True)]
    assert "{scheme: engc-code}" in hint
    assert "{scheme: iet}" not in hint
    assert suggested("name: A\n")[:2] == ([], [])
    (tmp_path / "cpd.yaml").write_text("name: [A\n")
    assert run(["scheme", "suggest", "--journal", str(tmp_path)]) == 2
