"""`cpd inbox`: the drafts, the evidence, and what moves to `inbox/done.md`."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from cpdkit.actions import inbox as actions
from cpdkit.cli.main import run
from tests.cli.terminal import on_terminal
from tests.journal.folders import MEMBER, write

Captured = pytest.CaptureFixture[str]
LINE = "2h IET lecture on fault levels, 14/3/2026, learned: why the offset decays"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "cpd.yaml", MEMBER)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def photo(colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(stream, "PNG")
    return stream.getvalue()


def tree(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def inbox(*args: str) -> int:
    return run(["inbox", *args])


def test_a_line_becomes_a_draft_and_moves(journal: Path, capsys: Captured) -> None:
    write(journal, "inbox.md", f"# Inbox\r\n\r\n- {LINE}\r\n\r\n- Not yet\r\n")
    assert inbox("--dry-run") == 0
    assert not (journal / "activities").exists()
    write(journal, "inbox.md", f"# Inbox\r\n\r\n- {LINE}\r\n\r\n## Later\r\n")
    assert inbox("--yes") == 0
    path = journal / "activities/2026/2026-03-14-iet-lecture-on-fault-levels.md"
    assert path.read_text() == (
        "---\ntitle: IET lecture on fault levels\ntype: event\nstart: 2026-03-14\nhours: 2\nstatus: draft\n"
        "x-unsure: type\n---\n\n## Reflection\n\n### What did you learn?\n\nwhy the offset decays\n"
    )
    assert (journal / "inbox.md").read_bytes() == b"# Inbox\r\n\r\n## Later\r\n"
    done = (journal / "inbox/done.md").read_text()
    assert f"## 24 November 2026\n\n- {LINE}\n→ activities/2026/2026-03-14-iet-lecture-on-fault-levels.md\n" in done
    capsys.readouterr()
    assert inbox("--yes") == 0
    assert run(["check"]) == 0
    assert run(["done", "fault-levels"]) == 2
    assert run(["done", "fault-levels", "type=event"]) == 0
    assert "status" not in path.read_text()
    assert "x-unsure" not in path.read_text()


def test_photos_become_evidence_and_one_content_one_file(journal: Path) -> None:
    (journal / "inbox").mkdir()
    (journal / "inbox" / "Relay board.txt").write_text("1h, 14/3/2026")
    (journal / "inbox" / "Relay board.png").write_bytes(photo("red"))
    (journal / "inbox" / "b.md").write_text("Site visit, 14/3/2026, 2h\n\n![[x y.png]] ![](no.png) ![](../cpd.yaml)\n")
    (journal / "inbox" / "x y.png").write_bytes(photo("red"))
    assert inbox("--yes") == 0
    texts = [path.read_text() for path in sorted(journal.glob("activities/2026/*.md"))]
    assert len(texts) == 2
    assert all("evidence: [2026-03-14-" in text for text in texts)
    assert [path.read_bytes() for path in (journal / "evidence").iterdir()] == [photo("red")]
    assert "![](no.png)" in "".join(texts)
    assert sorted(each.name for each in (journal / "inbox").iterdir()) == ["done.md"]
    assert (journal / "cpd.yaml").read_text() == MEMBER


def test_a_file_elsewhere(
    journal: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path_factory.mktemp("notes") / "cpd.txt"
    notes.write_text(f"Shopping\n\n{LINE}\n")
    assert inbox(str(notes), "--dry-run") == 0
    monkeypatch.setenv("CPD_INBOX", str(notes))
    assert inbox("--yes") == 0
    assert notes.read_text() == ""
    assert len(list(journal.glob("activities/2026/*.md"))) == 2


def test_a_folder_elsewhere(
    journal: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "Relay board.md").write_text("1h, 14/3/2026")
    (folder / "Relay board.png").write_bytes(photo("red"))
    (folder / "inbox.md").write_text(f"{LINE}\n\nVisit, 15/3/2026, 2h\n")
    monkeypatch.setenv("CPD_INBOX", str(folder))
    assert inbox("--yes") == 0
    assert sorted(path.name for path in folder.iterdir()) == ["inbox.md"]
    assert len(list(journal.glob("activities/2026/*.md"))) == 3
    assert len(list(journal.glob("evidence/*.png"))) == 1
    capsys.readouterr()
    assert [inbox(str(folder), "--yes"), inbox("inbox", "--yes")] == [0, 0]
    assert "there is no inbox" not in capsys.readouterr().err
    assert len(list(journal.glob("activities/2026/*.md"))) == 3


def test_cpd_yaml_names_the_inbox_but_nothing_outside_or_among_the_records(journal: Path, capsys: Captured) -> None:
    write(journal, "cpd.yaml", f"{MEMBER}inbox: [notes/from phone.md]\n")
    write(journal, "notes/from phone.md", f"{LINE}\n")
    assert run(["check"]) == 0
    assert inbox("--yes") == 0
    assert len(list(journal.glob("activities/2026/*.md"))) == 1
    for place in ("../notes.md", "/etc/passwd", "activities/2026", "a/../../b", "cpd.yaml", "~/x:y"):
        write(journal, "cpd.yaml", f"{MEMBER}inbox: ['{place}']\n")
        assert run(["check"]) == 1
        assert "CPD203" in capsys.readouterr().out


def test_no_link_is_followed(journal: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere")
    (secret / "a.md").write_text(LINE)
    (journal / "inbox").symlink_to(secret)
    (journal / "inbox.md").symlink_to(secret / "a.md")
    assert inbox("--yes") == 1
    assert not (journal / "activities").exists()
    assert (secret / "a.md").read_text() == LINE


def test_what_is_recorded_already_stays(journal: Path, capsys: Captured) -> None:
    write(journal, "inbox.md", f"{LINE}\n")
    assert inbox("--yes") == 0
    write(journal, "inbox.md", f"{LINE}\n\nOther talk, 1h\n")
    assert inbox("--yes") == 1
    assert "2026-03-14-iet-lecture" in capsys.readouterr().err
    assert (journal / "inbox.md").read_text() == f"{LINE}\n"
    assert len(list(journal.glob("activities/2026/*.md"))) == 2


def test_names_of_the_journal_are_fields_and_others_are_kept(journal: Path) -> None:
    write(journal, "plan/lead-people.md", "---\ntitle: Lead\nstart: 2026-01-01\n---\n")
    write(journal, "inbox.md", "Talk, 14/3/2026, 1h, objectives: Lead-People; other, competences: A1:p b2 who knows\n")
    assert inbox("--yes") == 0
    (path,) = journal.glob("activities/2026/*.md")
    text = path.read_text()
    assert "objectives: [lead-people]\n" in text
    assert "x-objectives: other\n" in text
    assert "A1: P" in text
    assert "x-competences: b2, who, knows\n" in text


def test_the_terminal_confirms_and_nothing_else_does(journal: Path) -> None:
    write(journal, "inbox.md", f"{LINE}\n")
    before = tree(journal)
    assert inbox() == 2
    for line in ("n\n", "\n"):
        assert on_terminal(["inbox"], [("[y/N]", line)])[0] == 0
        assert tree(journal) == before
    assert on_terminal(["inbox"], [("[y/N]", "y\n")])[0] == 0
    assert tree(journal) != before
    assert run(["undo", "--yes"]) == 0
    assert {name: data for name, data in tree(journal).items() if "/.trash/" not in name} == before


def test_a_change_while_it_asks_is_kept_and_nothing_is_written(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(journal, "inbox.md", f"{LINE}\n")
    real = actions._move_entries

    def late(*args: object) -> None:
        write(journal, "inbox.md", f"{LINE}\nmore from the phone\n")
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "_move_entries", late)
    assert inbox("--yes") == 1
    assert not list(journal.glob("activities/**/*.md"))
    assert not (journal / "inbox/done.md").exists()
    assert (journal / "inbox.md").read_text() == f"{LINE}\nmore from the phone\n"


def test_data_for_a_program(journal: Path, capsys: Captured) -> None:
    write(journal, "inbox.md", f"{LINE}\n")
    assert inbox("--dry-run", "--format", "json") == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (entry["line"], entry["values"]["start"], entry["unsure"]) == (1, "2026-03-14", ["type"])
