from pathlib import Path

from cpdkit.editor.positions import Text
from cpdkit.editor.watching import Journals, Watched
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write


def journal(root: Path, member: str = MEMBER) -> Watched:
    write(root, "cpd.yaml", member)
    write(root, "activities/a.md", GOOD)
    watched = Watched(str(root))
    watched.known = watched.check()
    return watched


def codes(watched: Watched, path: str) -> list[str]:
    assert watched.known
    return [each.code for each in watched.known.diagnostics(path)]


def test_a_text_in_an_editor_counts_in_place_of_the_file(tmp_path: Path) -> None:
    watched = journal(tmp_path)
    watched.hold("activities/a.md", Text(record("tittle: a\n" + FIELDS)))
    assert watched.judge("activities/a.md")
    assert codes(watched, "activities/a.md") == ["CPD212"]
    watched.hold("activities/a.md", None)
    watched.known = watched.check()
    assert codes(watched, "activities/a.md") == []


def test_a_file_that_is_not_saved_yet_is_judged(tmp_path: Path) -> None:
    watched = journal(tmp_path)
    watched.hold("activities/new.md", Text("---\ntitle: a\n"))
    watched.known = watched.check()
    assert codes(watched, "activities/new.md") == ["CPD110"]


def test_what_the_journal_ignores_has_no_problems(tmp_path: Path) -> None:
    watched = journal(tmp_path, MEMBER + "ignore: [drafts/]\n")
    for path in ("activities/drafts/a.md", "activities/.a.md"):
        watched.hold(path, Text("nothing"))
        assert watched.judge(path)
        assert codes(watched, path) == []
    watched.known = watched.check()
    assert codes(watched, "activities/drafts/a.md") == []


def test_only_records_are_judged_alone(tmp_path: Path) -> None:
    watched = journal(tmp_path)
    assert not any(watched.judge(path) for path in ("cpd.yaml", "evidence/a.md", "activities/a.txt", "a.md"))
    assert not Watched(str(tmp_path)).judge("activities/a.md")


def test_a_journal_that_went_is_none(tmp_path: Path) -> None:
    watched = journal(tmp_path)
    (tmp_path / "cpd.yaml").unlink()
    assert watched.check() is None


def test_a_journal_that_is_reached_two_ways_is_watched_once(tmp_path: Path) -> None:
    write(tmp_path, "real/cpd.yaml", MEMBER)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    journals = Journals()
    first = journals.of(str(tmp_path / "real/plan/a.md"))
    second = journals.of(str(tmp_path / "link/plan/b.md"))
    assert first
    assert second
    assert (first[0] is second[0], first[1], second[1]) == (True, "plan/a.md", "plan/b.md")
    assert journals.of(str(tmp_path / "a.md")) is None
    journals.forget(first[0])
    assert list(journals) == []
