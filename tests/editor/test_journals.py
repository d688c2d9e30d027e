import asyncio
import threading
from pathlib import Path

import pytest

from cpdkit.editor.journals import CheckQueue, JournalFacts, OpenJournal, OpenJournals, used
from cpdkit.editor.positions import Text
from tests.editor.sample_journal import COURSE, checked
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write


def checked_journal(root: Path, member: str = MEMBER) -> OpenJournal:
    write(root, "cpd.yaml", member)
    write(root, "activities/a.md", GOOD)
    journal = OpenJournal(str(root))
    journal.facts = journal.check()
    return journal


def codes(journal: OpenJournal, path: str) -> list[str]:
    assert journal.facts
    return [each.code for each in journal.facts.diagnostics(path)]


def test_a_text_in_an_editor_counts_in_place_of_the_file(tmp_path: Path) -> None:
    journal = checked_journal(tmp_path)
    journal.overlay("activities/a.md", Text(record("tittle: a\n" + FIELDS)))
    assert journal.check_file("activities/a.md")
    assert codes(journal, "activities/a.md") == ["CPD212"]
    journal.overlay("activities/a.md", None)
    journal.facts = journal.check()
    assert codes(journal, "activities/a.md") == []


def test_a_file_that_is_not_saved_yet_is_judged(tmp_path: Path) -> None:
    journal = checked_journal(tmp_path)
    journal.overlay("activities/new.md", Text("---\ntitle: a\n"))
    journal.facts = journal.check()
    assert codes(journal, "activities/new.md") == ["CPD110"]


def test_what_the_journal_ignores_has_no_problems(tmp_path: Path) -> None:
    journal = checked_journal(tmp_path, MEMBER + "ignore: [drafts/]\n")
    for path in ("activities/drafts/a.md", "activities/.a.md"):
        journal.overlay(path, Text("nothing"))
        assert journal.check_file(path)
        assert codes(journal, path) == []
    journal.facts = journal.check()
    assert codes(journal, "activities/drafts/a.md") == []


def test_only_records_are_judged_alone(tmp_path: Path) -> None:
    journal = checked_journal(tmp_path)
    assert not any(journal.check_file(path) for path in ("cpd.yaml", "evidence/a.md", "activities/a.txt", "a.md"))
    assert not OpenJournal(str(tmp_path)).check_file("activities/a.md")


def test_a_journal_that_went_is_none(tmp_path: Path) -> None:
    journal = checked_journal(tmp_path)
    (tmp_path / "cpd.yaml").unlink()
    assert journal.check() is None


def test_a_journal_that_is_reached_two_ways_is_watched_once(tmp_path: Path) -> None:
    write(tmp_path, "real/cpd.yaml", MEMBER)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    journals = OpenJournals()
    first = journals.of(str(tmp_path / "real/plan/a.md"))
    second = journals.of(str(tmp_path / "link/plan/b.md"))
    assert first
    assert second
    assert (first[0] is second[0], first[1], second[1]) == (True, "plan/a.md", "plan/b.md")
    assert journals.of(str(tmp_path / "a.md")) is None
    journals.forget(first[0])
    assert list(journals) == []


class Slow(OpenJournal):
    """A journal whose check takes as long as the test wants."""

    def __init__(self, root: Path) -> None:
        super().__init__(str(root))
        self.count = 0
        self.started = threading.Event()
        self.go_on = threading.Event()

    def check(self) -> JournalFacts | None:
        self.count += 1
        self.started.set()
        assert self.go_on.wait(20)
        return super().check()


def test_a_check_runs_once_typing_rests_and_once_more_for_what_came_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", GOOD)
    slow, found = Slow(tmp_path), list[JournalFacts | None]()

    async def run() -> None:
        done = asyncio.Event()

        def finished(_: OpenJournal, facts: JournalFacts | None) -> None:
            found.append(facts)
            if len(found) == 2:
                done.set()

        checks = CheckQueue(finished)
        for _ in range(5):
            checks.schedule(slow, 0.01)
        await asyncio.to_thread(slow.started.wait, 20)
        for _ in range(3):
            checks.schedule(slow, 0)
            await asyncio.sleep(0.01)
        assert slow.count == 1
        slow.go_on.set()
        await asyncio.wait_for(done.wait(), 20)

    asyncio.run(run())
    assert slow.count == 2
    assert all(facts and facts.by_path for facts in found)


def test_a_check_that_fails_is_logged_and_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(OpenJournal):
        def check(self) -> JournalFacts | None:
            raise RuntimeError("a bug")

    async def run() -> None:
        checks = CheckQueue(lambda *_: pytest.fail("it has no result"))
        checks.schedule(Broken(str(tmp_path)), 0)
        for _ in range(200):
            await asyncio.sleep(0.01)
            if caplog.records:
                return

    asyncio.run(run())
    assert [each.getMessage() for each in caplog.records] == [f"the check of {tmp_path} failed"]


def test_a_check_is_sorted_for_look_ups(facts: JournalFacts) -> None:
    assert facts.by_path[COURSE].title == "Relay course"
    assert [each.title for each in facts.activities] == ["Talk on storage", "Relay course"]
    assert list(facts.objectives) == ["old", "grid"]
    assert facts.words.competences["K1"] == "Switchgear"
    assert str(facts.day) == "2026-11-23"


def test_what_comes_of_one_file_is_told_from_what_comes_of_others(tmp_path: Path) -> None:
    files = {"cpd.yaml": MEMBER, "activities/a.md": record("tittle: x\n" + FIELDS), "evidence/a.pdf": "%PDF"}
    files |= {"activities/b.md": record(FIELDS), "activities/c.md": record(FIELDS)}
    facts = checked(tmp_path, files)
    assert [each.code for each in facts.own["activities/a.md"]] == ["CPD212"]
    assert "evidence/a.pdf" not in facts.own
    assert {"activities/a.md", "activities/c.md"} <= facts.paths
    assert {each.code for each in facts.shared["activities/c.md"]} >= {"CPD807"}
    assert facts.diagnostics("activities/c.md") == tuple(
        sorted(facts.diagnostics("activities/c.md"), key=lambda each: each.order)
    )


def test_values_come_by_use_then_by_newness() -> None:
    assert used([("a",), ("b", "c"), ("c", ""), ("d",)]) == ["c", "a", "b", "d"]
