"""Imports that are refused change nothing."""

import io
import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.journal.load import load
from tests.journal.folders import GOOD, journal_of, write

FIELDS = {"title": "Relays", "type": "event", "start": "2026-03-14", "hours": "1"}


def exported(folder: Path, *paths: str, **more: object) -> Path:
    records = [{"path": path, "fields": FIELDS, "body": ""} for path in paths]
    file = folder / "cpd.json"
    file.write_text(json.dumps({"cpdkit": 1, "activities": records, **more}))
    return file


def taken(file: Path, root: Path, *options: str | Path) -> int:
    return run(["import", str(file), "--journal", str(root), *map(str, options)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "journal"
    journal_of(root, {"activities/a.md": GOOD})
    return root


def test_one_with_other_content_stops_all(root: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "activities/a.md", "activities/b.md")
    assert taken(file, root) == 2
    assert not (root / "activities/b.md").exists()


def test_a_dry_run_and_then_the_real_one(root: Path, tmp_path: Path) -> None:
    file = exported(tmp_path, "activities/2026/b.md", member={"name": "Another"})
    assert taken(file, root, "--dry-run") == 0
    assert not (root / "activities/2026").exists()
    assert taken(file, root) == 0
    assert (root / "activities/2026/b.md").exists()
    assert "Angharad" in (root / "cpd.yaml").read_text()


@pytest.mark.parametrize("path", ["../b.md", "activities/../../b.md", "activities/b.txt", ".git/hooks/x.md", "/b.md"])
def test_no_path_leads_elsewhere(root: Path, tmp_path: Path, path: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    file = exported(tmp_path, path)
    assert taken(file, root) == 2
    assert sorted(tmp_path.rglob("*")) == sorted([*before, file])


def test_a_new_journal_needs_its_member(tmp_path: Path) -> None:
    assert taken(exported(tmp_path, "activities/b.md"), tmp_path / "new") == 2


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b'{"cpdkit": 2}'])
def test_a_file_that_is_not_an_export_is_refused(root: Path, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(data)
    assert taken(file, root) == 2


LOG = "Title,Date,Hours,Type\nCourse on relays,2026-03-14,1.5,Course\nBad,2026-02-30,1,Course\n"


def test_a_table_is_shown_and_taken_in_once(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, kept = tmp_path / "log.csv", tmp_path / "kept.yaml"
    log.write_text(LOG)
    assert taken(log, root, "--dry-run") == 1
    shown = capsys.readouterr()
    assert shown.out == "activities/2026/2026-03-14-course-on-relays.md\n"
    assert 'log.csv, row 3, column "Date": ' in shown.err
    assert not (root / "activities/2026").exists()
    assert taken(log, root, "--save-mapping", kept) == 1
    assert (root / "activities/2026/2026-03-14-course-on-relays.md").exists()
    assert taken(log, root, "--mapping", kept) == 1
    assert "0 new, 1 already in the journal" in capsys.readouterr().err


def test_renamed_edited_or_broken_it_does_not_come_again(root: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG.replace("Bad,2026-02-30,1,Course\n", ""))
    assert taken(log, root) == 0
    place = root / "activities/2026/2026-03-14-course-on-relays.md"
    text = place.read_text()
    place.unlink()
    for line in ("title: Another\n", "no field\n"):
        place.with_name("another.md").write_text(text.replace("title: Course on relays\n", line))
        assert taken(log, root) == 0
        assert not place.exists()


def test_as_data(root: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    taken(log, root, "--format", "json", "--done", "--folder", "Old", "--set", "provider=IET")
    data = json.loads(capsysbinary.readouterr().out)
    assert data["new"] == ["activities/Old/2026-03-14-course-on-relays.md"]
    assert data["columns"][1] == {"column": "Date", "becomes": "start", "why": "its heading"}
    assert data["bad"][0]["where"] == "log.csv, row 3"
    made = (root / data["new"][0]).read_text()
    assert "provider: IET\n" in made
    assert "status:" not in made


@pytest.mark.parametrize(
    "options", [("--map", "Title"), ("--set", "zebra=1"), ("--folder", "../x"), ("--mapping", "/nowhere")]
)
def test_options_that_make_no_sense_write_nothing(root: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    assert taken(log, root, *options) == 2
    assert not (root / "activities/2026").exists()


Captured = pytest.CaptureFixture[str]


def test_out_and_in_gives_the_same_journal(tmp_path: Path, capsys: Captured) -> None:
    data, copy = tmp_path / "cpd.json", tmp_path / "copy"
    assert run(["export", "--journal", "journal", "--format", "json", "--confidential", "--out", str(data)]) == 0
    assert run(["import", str(data), "--journal", str(copy)]) == 0
    before, after = load(Path("journal")), load(copy)
    assert [each.path for each in after.activities] == [each.path for each in before.activities]
    assert [each.body.strip() for each in after.activities] == [each.body.strip() for each in before.activities]
    assert (after.objectives.keys(), len(after.posts), len(after.reviews)) == (before.objectives.keys(), 2, 2)
    assert after.member and before.member and after.member.full_name == before.member.full_name
    capsys.readouterr()
    assert run(["import", str(data), "--journal", str(copy)]) == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_refused(root: Path, tmp_path: Path) -> None:
    assert taken(tmp_path / "none", root) == 2


def test_a_file_that_does_not_exist(tmp_path: Path, capsys: Captured) -> None:
    assert run(["import", str(tmp_path / "nowhere.csv")]) == 2
    assert capsys.readouterr().err.startswith(f"cpd: {tmp_path / 'nowhere.csv'} does not exist\n")


MIXED = """\
Title,Type,Date,Hours
A,training,2026-01-12,2
B,event,2026-01-14,
Course C,,2026-01-15,1
D,event,2026-02-30,1
"""


def statuses(root: Path) -> dict[str, str]:
    return {each.title: str(each.status) for each in load(root).activities if "x-imported" in each.own}


def test_the_complete_drafts_of_an_import_are_confirmed_together(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(MIXED)
    assert taken(file, root) == 1
    assert statuses(root) == {"A": "draft", "B": "draft", "Course C": "draft"}
    assert taken(file, root, "--confirm", "--dry-run") == 1
    assert taken(file, root, "--confirm") == 1
    # Neither a missing nor a guessed value is confirmed, even after an edit.
    assert statuses(root) == {"A": "done", "B": "draft", "Course C": "draft"}
    file.write_text("\n".join(MIXED.splitlines()[:2]) + "\nE,event,2026-02-27,1\n")
    assert taken(file, root, "--confirm") == 0
    assert "E" not in statuses(root)


def test_rejected_rows_are_written_corrected_and_imported(root: Path, tmp_path: Path) -> None:
    file, rejects = tmp_path / "log.csv", tmp_path / "rejects.csv"
    file.write_text(MIXED)
    assert taken(file, root, "--rejects", rejects, "--dry-run") == 1
    assert not rejects.exists()
    assert taken(file, root, "--rejects", rejects) == 1
    rejects.write_text(rejects.read_text().replace("2026-02-30", "2026-02-27"))
    assert taken(file, root, "--rejects", rejects) == 2
    assert taken(rejects, root) == 0
    file.write_text(MIXED.replace("2026-02-30", "2026-02-27"))
    assert taken(file, root) == 0
    assert sorted(statuses(root)) == ["A", "B", "Course C", "D"]


def test_the_summary_counts_rows(root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "log.csv"
    file.write_text(MIXED)
    taken(file, root)
    path = next(each.path for each in load(root).activities if each.title == "A")
    file.write_text(
        f"Title,Type,Date,Hours,Path\nA,training,2026-01-12,3,{path}\nF,event,2026-02-01,1,\nG,event,x,1,\n"
    )
    capfd.readouterr()
    assert taken(file, root, "--format", "json", "--dry-run") == 1
    data = json.loads(capfd.readouterr().out)
    counts = (len(data["new"]), data["drafts"], data["known"], len(data["changed"]), len(data["bad"]))
    assert counts == (1, 1, 0, 1, 2)


def test_options_of_tables_are_refused_for_other_files(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    file.write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert taken(file, root, "--header-row", "2") == 2
    assert taken(file, root, "--skip", "x") == 2


def test_standard_input_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(data: bytes) -> int:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        return taken(Path("-"), root)

    assert piped(MIXED.encode()) == 1
    assert sorted(statuses(root)) == ["A", "B", "Course C"]
    assert piped(b'[{"title": "D", "type": "event", "date": "2026-02-27", "hours": 1}]') == 0
    assert "D" in statuses(root)
    assert piped(b" \n") == 2


KINDS = Path(__file__).resolve().parents[2] / "exchange" / "imports" / "samples" / "kinds"


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_attachments_of_an_e_mail_come_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(root)
    assert taken(KINDS / "certificates.eml", root, "--dry-run") == 1
    shown = capsys.readouterr()
    assert "evidence/2026-02-12-certificate-sam.pdf\n" in shown.out
    assert "Certificate Sam.PDF becomes evidence/2026-02-12-certificate-sam.pdf" in shown.err
    assert tree(root) == before
    assert taken(KINDS / "certificates.eml", root) == 1
    after = tree(root)
    assert after["evidence/2026-02-12-certificate-sam.pdf"] == b"%PDF-1.4\n"
    assert taken(KINDS / "certificates.eml", root) == 0
    assert tree(root) == after
    assert not [each for each in load(root).diagnostics if "evidence" in each.message]


def test_an_attachment_that_is_there_is_linked(root: Path) -> None:
    write(root, "evidence/mine.pdf", "%PDF-1.4\n")
    write(root, "evidence/2026-02-12-IMG-0001.jpeg", "another")
    taken(KINDS / "certificates.eml", root)
    (made,) = [each for each in load(root).activities if each.start.month == 2]
    names = ["mine.pdf", "2026-02-12-folien-ubersicht.pdf", "2026-02-12-img-0001-2.jpeg"]
    assert [each.path for each in made.evidence] == names


def test_a_folder_of_evidence_that_is_a_link_stops_all(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "evidence").symlink_to(tmp_path / "elsewhere")
    before = tree(root)
    assert taken(KINDS / "certificates.eml", root) == 1
    assert tree(root) == before
    assert list((tmp_path / "elsewhere").iterdir()) == []
