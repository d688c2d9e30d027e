import json
from pathlib import Path

import pytest

from cpdkit.exchange.imports.registry import read_table
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from tests.exchange.imports.adopted import KINDS, activities_in, activities_of, adoption_of, sample, table_in
from tests.journal.folders import write


def test_an_entry_has_the_day_where_it_was_written() -> None:
    first, second = sample("dayone.json")
    assert (first.title, first.start.isoformat(), first.topics) == ("Relay course", "2026-01-13", ("cpd", "relays"))
    assert first.location == "IET Leeds, Leeds, United Kingdom"
    assert first.body.strip() == "Set relays\\."
    assert (second.title, second.start.isoformat(), second.minutes) == (
        "Read the wiring rules on the train", "2026-02-01", 0,
    )  # fmt: skip
    assert any("1 photo" in remark for remark in table_in("d.json", (KINDS / "dayone.json").read_bytes()).remarks)


@pytest.mark.parametrize(
    ("own", "zone", "day"),
    [
        ("", "Pacific/Auckland", "2026-01-01"),
        ("", "Europe/London", "2025-12-31"),
        ("Europe/London", "Pacific/Auckland", "2025-12-31"),
        ("No/Such", "Pacific/Auckland", "2026-01-01"),
    ],
)
def test_the_owners_zone_counts_if_the_entry_has_none(own: str, zone: str, day: str) -> None:
    entry = {"uuid": "A", "creationDate": "2025-12-31T20:00:00Z", "timeZone": own, "text": "a"}
    (made,) = activities_in("d.json", json.dumps({"entries": [entry]}), zone)
    assert made.start.isoformat() == day


@pytest.mark.parametrize("odd", [None, {}, 3, {"text": ["a"], "tags": {"a": 1}, "location": "x", "photos": None}])
def test_an_odd_entry_does_not_stop_the_others(odd: object) -> None:
    entries = [{"uuid": "A", "creationDate": "2026-01-12T10:00:00Z", "text": "a"}, odd]
    assert table_in("d.json", json.dumps({"entries": entries})).rows[0].cells[0] == "a"


def export_in(folder: Path, **entry: object) -> ImportedTable:
    """Return the table in a whole export: its journal, and files of all kinds beside it."""
    entries = [{"uuid": "A", "creationDate": "2026-01-12T10:00:00Z", "text": "a", **entry}]
    write(folder, "Journal.json", json.dumps({"entries": entries}))
    for path in ("photos/aa.jpeg", "photos/bb.png", "videos/cc.mov", "audios/dd.m4a", "pdfs/ee.pdf"):
        write(folder, path, path)
    return read_table(folder, b"", ImportOptions(zone="Europe/London", folder=folder))


def test_photos_and_other_files_become_evidence(tmp_path: Path) -> None:
    photos = [{"identifier": "X", "md5": "aa", "type": "jpeg"}, {"md5": "bb", "filename": "../Site visit.HEIC"}]
    others = {"videos": [{"md5": "cc"}], "audios": [{"md5": "dd"}], "pdfAttachments": [{"md5": "ee"}]}
    table = export_in(tmp_path, photos=[*photos, {"md5": "nowhere"}], **others)
    adoption = adoption_of(table)
    names = ["photo.jpeg", "site-visit.png", "video.mov", "audio.m4a", "pdf.pdf"]
    assert list(adoption.copies) == [f"evidence/2026-01-12-{name}" for name in names]
    assert adoption.copies["evidence/2026-01-12-site-visit.png"] == b"photos/bb.png"
    (made,) = activities_of(adoption)
    assert len(made.evidence) == 5
    assert any(remark.startswith("1 photo or other file not found") for remark in table.remarks)
    (alone,) = read_table(tmp_path / "Journal.json", (tmp_path / "Journal.json").read_bytes(), ImportOptions()).rows
    assert alone.attachments == ()


@pytest.mark.parametrize("checksum", ["../secret", "../../secret", "/etc/passwd", "link", ".hidden", "a/b", ""])
def test_no_checksum_leads_elsewhere(tmp_path: Path, checksum: str) -> None:
    write(tmp_path, "secret.jpeg", "secret")
    folder = tmp_path / "export"
    for path in ("photos/.hidden.jpeg", "photos/a/b.jpeg", "secret.jpeg"):
        write(folder, path, "secret")
    (folder / "photos" / "link.jpeg").symlink_to(tmp_path / "secret.jpeg")
    assert adoption_of(export_in(folder, photos=[{"md5": checksum}])).copies == {}


def test_a_folder_of_photos_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/ff.jpeg", "secret")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "photos").symlink_to(tmp_path / "elsewhere")
    entry = {"uuid": "A", "creationDate": "2026-01-12T10:00:00Z", "text": "a", "photos": [{"md5": "ff"}]}
    write(tmp_path, "export/Journal.json", json.dumps({"entries": [entry]}))
    assert adoption_of(read_table(tmp_path / "export", b"", ImportOptions())).copies == {}


def test_a_folder_with_notes_or_two_journals_stays_one_of_notes(tmp_path: Path) -> None:
    export_in(tmp_path)
    write(tmp_path, "2026-01-13 note.md", "text")
    (row,) = read_table(tmp_path, b"", ImportOptions()).rows
    assert row.key == "2026-01-13 note.md"
    (tmp_path / "2026-01-13 note.md").unlink()
    write(tmp_path, "Other.json", "{}")
    assert read_table(tmp_path, b"", ImportOptions()).rows == ()
