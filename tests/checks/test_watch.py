"""A journal that is watched: what changes is checked, in whatever way it changes."""

import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from watchfiles import Change

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.session import Session, check_results
from cpdkit.errors import NoJournal
from cpdkit.journal.watch import folders_of, is_of_journal
from tests.journal.folders import GOOD, MEMBER, write

SOON = 20
"""Seconds within which a check has surely come."""
QUIET = 1.2
"""Seconds without one after which none comes."""
BROKEN = GOOD.replace("hours: 2", "hours: two")


class Watch:
    """A watch that runs, and what came of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.outcomes: queue.Queue[CheckResult | NoJournal] = queue.Queue()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        with closing(iter(check_results(Session(self.root)))) as each:  # type: ignore[type-var]
            for outcome in each:
                self.outcomes.put(outcome)
                if self.over.is_set():
                    return

    def next(self) -> CheckResult | NoJournal:
        return self.outcomes.get(timeout=SOON)

    def codes(self) -> list[str]:
        """The codes of the next check."""
        outcome = self.next()
        assert isinstance(outcome, CheckResult), outcome
        return [each.code for each in outcome.diagnostics]

    def until(self, wanted: Callable[[list[str]], bool]) -> list[str]:
        """The codes of the first check that are as wanted: one change may give two, the first of half a file."""
        while True:
            outcome = self.next()
            codes = [each.code for each in outcome.diagnostics] if isinstance(outcome, CheckResult) else None
            if codes is not None and wanted(codes):
                return codes

    def settle(self) -> None:
        """Wait until nothing wakes it any more: new folders and settings make it look again."""
        while not self.is_quiet():
            pass

    def is_quiet(self) -> bool:
        try:
            self.outcomes.get(timeout=QUIET)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    root = tmp_path / "journal"
    write(root, "cpd.yaml", MEMBER)
    write(root, "activities/course.md", GOOD)
    watch = Watch(root)
    assert watch.codes() == []
    yield watch
    watch.over.set()
    if root.exists():
        write(root, "activities/last.md", "")
    else:
        write(root, "cpd.yaml", MEMBER)
    watch.thread.join(SOON)
    assert not watch.thread.is_alive()


def test_a_changed_file_is_checked(watch: Watch) -> None:
    write(watch.root, "activities/course.md", BROKEN)
    assert watch.until(lambda codes: codes[-1:] == ["CPD207"])
    write(watch.root, "activities/course.md", GOOD)
    assert watch.until(lambda codes: not codes) == []


def test_a_file_replaced_as_editors_do_is_checked(watch: Watch) -> None:
    write(watch.root, "activities/.course.md.swp", BROKEN).rename(watch.root / "activities/course.md")
    assert watch.until(lambda codes: codes[-1:] == ["CPD207"])


def test_files_come_and_go(watch: Watch) -> None:
    (watch.root / "activities/course.md").rename(watch.root / "activities/course.txt")
    assert watch.until(lambda codes: codes[-1:] == ["CPD801"])
    (watch.root / "activities/course.txt").unlink()
    assert watch.until(lambda codes: not codes) == []


def test_new_folders_are_looked_into(watch: Watch) -> None:
    write(watch.root, "activities/2026/deep/new.md", BROKEN)
    assert watch.until(lambda codes: codes[-1:] == ["CPD207"])
    write(watch.root, "activities/2026/deep/new.md", GOOD.replace("Relay course", "Another course"))
    assert "CPD207" not in watch.until(lambda codes: "CPD207" not in codes)
    shutil.rmtree(watch.root / "activities/2026")
    write(watch.root, "activities/2026/other.md", BROKEN)
    assert "CPD207" in watch.until(lambda codes: "CPD207" in codes)
    watch.settle()
    write(watch.root, "activities/2026/other.md", GOOD.replace("Relay course", "Another course"))
    assert "CPD207" not in watch.until(lambda codes: "CPD207" not in codes)
    write(watch.root, "plan/storage.md", "")
    assert "CPD108" in watch.until(lambda codes: "CPD108" in codes)


def test_the_owners_settings_are_seen(watch: Watch) -> None:
    write(watch.root, "attic/x.md", "")
    assert watch.until(lambda codes: codes[-1:] == ["CPD801"])
    write(watch.root, "cpd.yaml", f"{MEMBER}ignore: [attic/]\n")
    assert watch.until(lambda codes: not codes) == []
    watch.settle()
    write(watch.root, "attic/y.md", "")
    assert watch.is_quiet()
    write(watch.root, "cpd.yaml", MEMBER)
    assert watch.until(lambda codes: codes[-1:] == ["CPD801"])


def test_what_does_not_concern_the_journal_wakes_nobody(watch: Watch, tmp_path: Path) -> None:
    write(tmp_path, "outside/x.md", "")
    (watch.root / "activities/outside").symlink_to(tmp_path / "outside")
    assert watch.until(lambda codes: codes[-1:] == ["CPD114"])
    for path in (".git/index", "build/report.pdf", "activities/.course.md.swp", "activities/course.md~"):
        write(watch.root, path, "")
    watch.settle()  # the new folder build/ wakes it once
    write(watch.root, ".git/index.lock", "")
    write(watch.root, "build/report.docx", "")
    write(tmp_path, "outside/y.md", BROKEN)
    assert watch.is_quiet()


@pytest.mark.parametrize("again", ["moved back", "made anew"])
def test_a_journal_that_vanishes_is_waited_for(watch: Watch, again: str) -> None:
    away = watch.root.with_name("away")
    watch.root.rename(away)
    while isinstance(outcome := watch.next(), CheckResult):
        pass
    assert isinstance(outcome, NoJournal)
    assert watch.is_quiet()
    if again == "moved back":
        away.rename(watch.root)
        assert watch.codes() == []
    else:
        shutil.copytree(away, watch.root)
    write(watch.root, "activities/course.md", BROKEN)
    assert watch.until(lambda codes: codes[-1:] == ["CPD207"])


def test_a_journal_that_loses_its_member_is_waited_for(watch: Watch) -> None:
    (watch.root / "cpd.yaml").unlink()
    assert isinstance(watch.next(), NoJournal)
    write(watch.root, "cpd.yaml", MEMBER)
    assert watch.until(lambda codes: not codes) == []


def test_a_new_day_is_a_change(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2024-01-01")
    assert "CPD310" in watch.codes()


def test_files_are_looked_at_where_the_system_tells_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    write(tmp_path, "cpd.yaml", MEMBER)
    watch = Watch(tmp_path)
    assert watch.codes() == []
    write(tmp_path, "activities/course.md", BROKEN)
    assert watch.until(lambda codes: codes[-1:] == ["CPD207"])
    watch.over.set()
    write(tmp_path, "activities/course.md", GOOD)
    watch.thread.join(SOON)


def test_the_folders_that_are_watched(tmp_path: Path) -> None:
    for path in (".git/x", "build/x", "activities/2026/x", "activities/.hidden/x", "attic/deep/x", "evidence/x"):
        write(tmp_path, path, "")
    (tmp_path / "activities/link").symlink_to(tmp_path / "attic")
    folders = [Path(folder).relative_to(tmp_path).as_posix() for folder in folders_of(str(tmp_path), ("attic/",))]
    assert sorted(folders) == [".", "activities", "activities/2026", "evidence"]


@pytest.mark.parametrize(
    ("name", "is_one"), [("x.md", True), (".x.md.swp", False), ("x.md~", False), ("cpd.yaml", True)]
)
def test_which_files_concern_a_journal(name: str, is_one: bool) -> None:
    assert is_of_journal(Change.modified, f"/journal/{name}") is is_one
