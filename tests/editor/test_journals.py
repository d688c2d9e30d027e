import asyncio
import threading
from pathlib import Path

import pytest

from cpdkit.editor.journal_facts import Known
from cpdkit.editor.journals import Checks, Journals, Watched
from cpdkit.editor.positions import Text
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


class Slow(Watched):
    """A journal whose check takes as long as the test wants."""

    def __init__(self, root: Path) -> None:
        super().__init__(str(root))
        self.count = 0
        self.started = threading.Event()
        self.go_on = threading.Event()

    def check(self) -> Known | None:
        self.count += 1
        self.started.set()
        assert self.go_on.wait(20)
        return super().check()


def test_a_check_runs_once_typing_rests_and_once_more_for_what_came_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", GOOD)
    slow, found = Slow(tmp_path), list[Known | None]()

    async def run() -> None:
        done = asyncio.Event()

        def finished(_: Watched, known: Known | None) -> None:
            found.append(known)
            if len(found) == 2:
                done.set()

        checks = Checks(finished)
        for _ in range(5):
            checks.soon(slow, 0.01)
        await asyncio.to_thread(slow.started.wait, 20)
        for _ in range(3):
            checks.soon(slow, 0)
            await asyncio.sleep(0.01)
        assert slow.count == 1
        slow.go_on.set()
        await asyncio.wait_for(done.wait(), 20)

    asyncio.run(run())
    assert slow.count == 2
    assert all(known and known.by_path for known in found)


def test_a_check_that_fails_is_logged_and_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Watched):
        def check(self) -> Known | None:
            raise RuntimeError("a bug")

    async def run() -> None:
        checks = Checks(lambda *_: pytest.fail("it has no result"))
        checks.soon(Broken(str(tmp_path)), 0)
        for _ in range(200):
            await asyncio.sleep(0.01)
            if caplog.records:
                return

    asyncio.run(run())
    assert [each.getMessage() for each in caplog.records] == [f"the check of {tmp_path} failed"]
