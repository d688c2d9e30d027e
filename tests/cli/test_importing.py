"""What an import refuses, and that it then leaves everything as it was."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.importing import imported
from cpdkit.errors import NoJournal, UsageError
from tests.journal.folders import GOOD, journal_of

FIELDS = {"title": "Relays", "type": "event", "start": "2026-03-14", "hours": "1"}


def exported(folder: Path, *paths: str, **more: object) -> Path:
    records = [{"path": path, "fields": FIELDS, "body": ""} for path in paths]
    file = folder / "cpd.json"
    file.write_text(json.dumps({"cpdkit": 1, "activities": records, **more}))
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "journal"
    journal_of(root, {"activities/a.md": GOOD})
    return root


def test_one_with_other_content_stops_all(root: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "activities/a.md", "activities/b.md")
    with pytest.raises(UsageError, match=r"1 of 2 files are there already with other content: activities/a\.md"):
        imported(file, root, False, Console())
    assert not (root / "activities/b.md").exists()


def test_a_dry_run_and_then_the_real_one(root: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "activities/2026/b.md", member={"name": "Another"})
    assert imported(file, root, True, Console()) == 0
    assert not (root / "activities/2026").exists()
    assert imported(file, root, False, Console()) == 0
    assert (root / "activities/2026/b.md").exists()
    assert "Angharad" in (root / "cpd.yaml").read_text()


@pytest.mark.parametrize("path", ["../b.md", "activities/../../b.md", "activities/b.txt", ".git/hooks/x.md", "/b.md"])
def test_no_path_leads_elsewhere(root: Path, tmp_path: Path, path: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    file = exported(tmp_path, path)
    with pytest.raises(UsageError):
        imported(file, root, False, Console())
    assert sorted(tmp_path.rglob("*")) == sorted([*before, file])


def test_a_new_journal_needs_its_member(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        imported(exported(tmp_path, "activities/b.md"), tmp_path / "new", False, Console())


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b'{"cpdkit": 2}', b"title,type\n"])
def test_what_is_no_export_is_said(root: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(data)
    with pytest.raises(UsageError):
        imported(file, root, False, Console())
