import gc
import os
from pathlib import Path

import pytest

from cpdkit.errors import NoJournal
from cpdkit.journal.load import find, load
from tests.journal.folders import FIELDS, GOOD, MEMBER, journal_of, problems_of, record, write


def test_a_journal(tmp_path: Path) -> None:
    journal = journal_of(
        tmp_path,
        {
            "activities/b.md": GOOD,
            "activities/CPD Activities 2013/a.md": record(FIELDS.replace("2026", "2013")),
            "activities/2026/deep/er/c.md": GOOD,
            "plan/grid-storage.md": record("title: Storage\n"),
            "plan/old/ethics.md": record("title: Ethics\nstatus: achieved\n"),
            "career/2021.md": record("role: Engineer\nemployer: Gridwise\nstart: 2021-09-01\n"),
            "reviews/2025.md": record("year: 2025\n"),
            "evidence/a.pdf": b"%PDF",
            "evidence/2026/b.png": b"",
            "schemes/own.yaml": "name: Own\n",
            "templates/own.md.j2": "x",
            "README.md": "words",
            ".git/config": "x",
        },
    )
    assert problems_of(journal) == []
    assert journal.member is not None
    assert journal.member.name == "Angharad Llywelyn"
    assert [(each.folder, each.id) for each in journal.activities] == [
        ("CPD Activities 2013", "a"),
        ("2026/deep/er", "c"),
        ("", "b"),
    ]
    assert list(journal.objectives) == ["grid-storage", "ethics"]
    assert [journal.posts[0].employer, journal.reviews[0].year] == ["Gridwise", 2025]
    assert journal.evidence == {"a.pdf", "2026/b.png"}
    assert journal.unread == ()
    assert journal.newest == max(int(path.stat().st_mtime) for path in tmp_path.rglob("*.md"))


def test_unreadable_files_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    files = {"activities/bad.md": "---\n", "activities/good.md": GOOD, "plan/bad.md": b"\xff"}
    journal = journal_of(tmp_path, files)
    assert journal.unread == ("activities/bad.md", "plan/bad.md")
    assert [each.id for each in journal.activities] == ["good"]
    assert problems_of(journal) == [("activities/bad.md:1:1", "CPD110"), ("plan/bad.md:1:1", "CPD101")]


def test_nothing_is_dropped_in_silence(tmp_path: Path) -> None:
    files = {"activities/a.MD": GOOD, "notes/a.md": "x", "todo.txt": "x", "career/cv.docx": b"x", "activities": None}
    journal = journal_of(tmp_path, {path: text for path, text in files.items() if text})
    assert problems_of(journal) == [
        ("activities/a.MD", "CPD801"),
        ("career/cv.docx", "CPD801"),
        ("notes", "CPD801"),
        ("todo.txt", "CPD801"),
    ]
    assert journal.diagnostics[0].hint == "if it is a record, rename it to a.md"


def test_files_that_cpd_yaml_ignores(tmp_path: Path) -> None:
    member = MEMBER + 'ignore: ["notes/**", "*.txt"]\n'
    assert problems_of(journal_of(tmp_path, {"cpd.yaml": member, "notes/a.md": "x", "activities/todo.txt": "x"})) == []


def test_a_member_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    member = MEMBER + 'papr: a4\nignore: ["notes/**"]\n'
    journal = journal_of(tmp_path, {"cpd.yaml": member, "notes/a.md": "x", "activities/a.md": GOOD})
    assert (journal.member, journal.unread) == (None, ("cpd.yaml",))
    assert problems_of(journal) == [("cpd.yaml:2:1", "CPD212")]
    assert len(journal.activities) == 1


@pytest.mark.parametrize("member", [b"\xff\xfen\0", b"", b"name: [", b"x" * 100_000])
def test_no_member_is_fatal(tmp_path: Path, member: bytes) -> None:
    journal = journal_of(tmp_path, {"cpd.yaml": member, "activities/a.md": GOOD})
    assert journal.unread == ("cpd.yaml",)
    assert len(journal.activities) == 1


def test_links_are_reported_and_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside/secret.md", GOOD)
    root = tmp_path / "journal"
    journal_of(root, {"activities/a.md": GOOD, "evidence/b.pdf": b""})
    (root / "activities/secret.md").symlink_to(outside)
    (root / "activities/loop").symlink_to("..")
    (root / "evidence/secret.pdf").symlink_to(outside)
    (root / "evidence/gone.pdf").symlink_to("nowhere")
    (root / "career").symlink_to(outside.parent)
    journal = load(root)
    assert problems_of(journal) == [
        ("activities/loop", "CPD114"),
        ("activities/secret.md", "CPD114"),
        ("career", "CPD114"),
        ("evidence/gone.pdf", "CPD802"),
        ("evidence/secret.pdf", "CPD802"),
    ]
    assert journal.unread == ("activities/loop", "activities/secret.md", "career")
    assert journal.evidence == {"b.pdf"}


def test_a_journal_that_is_a_link_is_read(tmp_path: Path) -> None:
    journal_of(tmp_path / "real", {"activities/a.md": GOOD})
    (tmp_path / "link").symlink_to("real")
    journal = load(tmp_path / "link")
    assert (journal.root, len(journal.activities)) == (tmp_path / "real", 1)


def test_a_cpd_yaml_that_is_a_link_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "outside.yaml", MEMBER)
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal/cpd.yaml").symlink_to("../outside.yaml")
    journal = load(tmp_path / "journal")
    assert (journal.member, problems_of(journal)) == (None, [("cpd.yaml", "CPD114")])


def test_the_second_objective_of_an_id_is_not_read(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"plan/a/x.md": record("title: A\n"), "plan/b/x.md": record("title: B\n")})
    assert (journal.objectives["x"].title, journal.unread) == ("A", ("plan/b/x.md",))


def test_activities_of_one_id_are_both_read(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/1/x.md": GOOD, "activities/2/x.md": GOOD})
    assert (len(journal.activities), problems_of(journal)) == (2, [])


def test_odd_names_are_reported(tmp_path: Path) -> None:
    journal = journal_of(
        tmp_path, {"activities/a\nb.md": GOOD, "activities/caf\udce9.md": GOOD, "evidence/\x1b[2J": b""}
    )
    assert sorted(each.code for each in journal.diagnostics) == ["CPD803", "CPD803", "CPD804"]
    assert (len(journal.activities), journal.unread) == (1, ("activities/caf\udce9.md",))


def test_only_a_file_of_a_record_counts_as_unread(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "evidence/caf\udce9.pdf": b""})
    os.mkfifo(tmp_path / "evidence/pipe")
    (tmp_path / "evidence/notes.md").symlink_to("../activities/a.md")
    journal = load(tmp_path)
    assert journal.unread == ()
    assert sorted(each.code for each in journal.diagnostics) == ["CPD113", "CPD802", "CPD804"]


def test_the_collector_is_as_it_was(tmp_path: Path) -> None:
    journal_of(tmp_path, {})
    assert gc.isenabled()


def test_a_folder_without_cpd_yaml_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(NoJournal) as caught:
        load(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_the_journal_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("named", "set", "up", "beside/journal"):
        write(tmp_path, f"{place}/cpd.yaml", MEMBER)
    (tmp_path / "up/activities/2026").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "up/activities/2026")
    setting = {"CPD_JOURNAL": str(tmp_path / "set")}
    assert find(tmp_path / "named", setting) == tmp_path / "named"
    assert find(None, setting) == tmp_path / "set"
    assert find(None, {"CPD_JOURNAL": ""}) == tmp_path / "up"
    monkeypatch.chdir(tmp_path / "beside")
    assert find(None, {}) == tmp_path / "beside/journal"


@pytest.mark.parametrize("named", [True, False])
def test_where_there_is_no_journal_none_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoJournal) as caught:
        find(tmp_path / "gone" if named else None, {})
    assert caught.value.where == (tmp_path / "gone" if named else tmp_path)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_a_small_journal_keeps_no_garbage_from_the_collector(tmp_path: Path) -> None:
    """Otherwise a program that checks repeatedly, such as the language server, would use more and more memory."""
    before = gc.get_freeze_count()
    journal_of(tmp_path, {"activities/a.md": GOOD})
    assert gc.get_freeze_count() == before
