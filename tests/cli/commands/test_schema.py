import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from cpdkit.cli.main import run
from tests.journal.folders import FIELDS, MEMBER, record, write


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "journal/cpd.yaml", MEMBER)
    write(tmp_path, "journal/activities/a.md", record(FIELDS + "topics: [storage]\n"))
    monkeypatch.chdir(tmp_path / "journal")
    return tmp_path / "journal"


def test_without_a_kind_it_is_an_activitys(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    out, err = capsys.readouterr()
    schema = json.loads(out)
    Draft7Validator.check_schema(schema)
    assert "hours" in schema["properties"]
    assert '"storage"' in out
    assert err == ""


@pytest.mark.parametrize("kind", ["activity", "objective", "post", "review", "member"])
def test_one_kind_into_a_file(journal: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", kind, "-o", "x.json"]) == 0
    Draft7Validator.check_schema(json.loads((journal / "x.json").read_text(encoding="utf-8")))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("args", "folder"), [(["--all"], ".schemas"), (["--out", "s/t"], "s/t"), (["--all", "--out", "u"], "u")]
)
def test_all_kinds_into_a_folder(journal: Path, args: list[str], folder: str) -> None:
    assert run(["schema", *args, "-q"]) == 0
    names = {path.name for path in (journal / folder).iterdir()}
    records = ("activity", "objective", "post", "review", "qualification", "claim")
    assert names == {f"{kind}.schema.json" for kind in (*records, "people", "member")}


def test_a_linked_folder_of_the_journal_is_not_written(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = journal.parent / "elsewhere"
    elsewhere.mkdir()
    (journal / ".schemas").symlink_to(elsewhere)
    assert run(["schema", "--all"]) == 1
    assert ".schemas" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []
    assert run(["schema", "--out", str(elsewhere)]) == 0


def test_the_journal_passes_its_schemas_over(journal: Path) -> None:
    assert run(["schema", "--all", "-q"]) == 0
    assert run(["check", "-q"]) == 0


def test_without_a_journal_the_error_names_cpd_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["schema", "member"]) == 0
    out, err = capsys.readouterr()
    assert "uk-spec-ceng" in out
    assert "no journal" in err
    assert run(["schema", "--journal", "gone"]) == 2


@pytest.mark.parametrize("args", [["activty"], ["zzz"], ["post", "--all"], ["--out", "x", "-o", "y"]])
def test_what_cannot_be_written_writes_nothing(journal: Path, args: list[str]) -> None:
    before = sorted(journal.rglob("*"))
    assert run(["schema", *args]) == 2
    assert sorted(journal.rglob("*")) == before


def test_words_of_confidential_records_stay_out(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "activities/b.md": record(
            FIELDS + "topics: [SECRET]\nprovider: SECRET Ltd\nevidence: [SECRET.pdf]\nconfidential: true\n"
        ),
        "evidence/SECRET.pdf": "x",
    }
    for path, text in files.items():
        write(journal, path, text)
    for kind in ("activity", "objective", "post", "review", "member"):
        assert run(["schema", kind]) == 0
        assert "SECRET" not in capsys.readouterr().out
    assert run(["schema", "--confidential"]) == 0
    assert capsys.readouterr().out.count("SECRET") >= 3
