"""A session gives what a fresh check would, whatever happened in between."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdkit.checks import session as session_module
from cpdkit.checks.engine import CheckResult, check_journal
from cpdkit.checks.session import Session
from cpdkit.errors import NoJournal
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

TODAY = date(2026, 11, 23)
CLOCK_TICK = 0.006
"""Seconds after which the disk's clock has surely moved on."""
ACTIVITIES = ("activities/a.md", "activities/2026/b.md", "activities/2026/2025-03-14-c.md")
PATHS = (*ACTIVITIES, "plan/x.md", "plan/old/x.md", "plan/y.md", "career/p.md", "reviews/2025.md", "evidence/e.pdf")
PLACES = (*PATHS, "evidence/deep/E.pdf", "cpd.yaml", "notes.txt", "activities/c.txt", "frameworks/own.yaml")
OBJECTIVE = record("title: Storage\nby: 2026-12-01\nstatus: open\n")
TEXTS = (
    GOOD,
    OBJECTIVE,
    "",
    "no fields\n",
    record(f"{FIELDS}evidence: [e.pdf]\n"),
    record(f"{FIELDS}evidence: [deep, deep/E.pdf, https://a.example/e.pdf]\nobjectives: [x]\n"),
    record(f"{FIELDS}objectives: [x, y, z]\naccepted: {{CPD503: it is coming}}\n"),
    record(f"{FIELDS}status: planned\ncompetences: [A1, Z9]\ntopics: [ethics]\n"),
    record(FIELDS.replace("03-14", "12-01")),
    record(FIELDS, "See [the sheet](../evidence/e.pdf), [it](b.md) and ![it](../evidence/deep/E.pdf).\n\n" * 3),
    record("title: [broken\n"),
    record("role: Engineer\nemployer: National Grid\nstart: 2021-01\n"),
    record("year: 2025\n"),
)
MEMBERS = (
    MEMBER,
    f"# a line more\n{MEMBER}",
    f"{MEMBER}checks: {{CPD3: off, CPD503: advice}}\n",
    f"{MEMBER}checks: {{CPD5: warning, CPD4: off}}\ntopics: [ethics]\n",
    f"{MEMBER}ignore: [2026/, '*.txt']\n",
    f"{MEMBER}frameworks: [own]\n",
    "name: [\n",
    "id: own\ntitle: Own\ncompetences: {Z9: Something}\n",
)
Step = Callable[["World"], None]


class World:
    """A journal, its session, and the day it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = TODAY
        write(root, "cpd.yaml", MEMBER)
        self.session = Session(root)

    def outcome(self, check: Callable[[], CheckResult]) -> CheckResult | str:
        try:
            return check()
        except NoJournal as error:
            return str(error)

    def agrees(self) -> None:
        """The session's check is the fresh one's; twice, so that nothing kept goes stale by being kept."""
        fresh = self.outcome(lambda: check_journal(self.root, day=self.day, over=dict(self.session.over)))
        assert self.outcome(lambda: self.session.check(self.day)) == fresh
        assert self.outcome(lambda: self.session.check(self.day)) == fresh


def saved(path: str, text: str) -> Step:
    def step(world: World) -> None:
        if (world.root / path).is_symlink() or any(p.is_file() for p in (world.root / path).parents):
            return
        write(world.root, path, text)

    return step


def gone(path: str) -> Step:
    return lambda world: (world.root / path).unlink(missing_ok=True)


def moved(path: str, to: str) -> Step:
    def step(world: World) -> None:
        if (world.root / path).exists():
            (world.root / to).parent.mkdir(parents=True, exist_ok=True)
            (world.root / path).replace(world.root / to)

    return step


def linked(path: str, to: str) -> Step:
    def step(world: World) -> None:
        gone(path)(world)
        (world.root / path).parent.mkdir(parents=True, exist_ok=True)
        (world.root / path).symlink_to(world.root / to)

    return step


def dated_back(path: str, text: str) -> Step:
    """Another text of the same time, as copying programs leave it."""

    def step(world: World) -> None:
        saved(path, text)(world)
        os.utime(world.root / path, (1_700_000_000, 1_700_000_000), follow_symlinks=False)

    return step


def typed(path: str, text: str) -> Step:
    return lambda world: world.session.over.__setitem__(path, text.encode())


def closed(path: str) -> Step:
    return lambda world: world.session.over.pop(path, None) and None


def slept(day: int) -> Step:
    return lambda world: setattr(world, "day", date(2026, 11, day))


def no_folder(folder: str) -> Step:
    return lambda world: shutil.rmtree(world.root / folder, ignore_errors=True)


PLACE = st.sampled_from(PLACES)
TEXT = st.sampled_from((*TEXTS, *MEMBERS))
STEP = st.one_of(
    st.builds(saved, st.sampled_from(PATHS), TEXT),
    st.builds(saved, st.just("cpd.yaml"), st.sampled_from(MEMBERS)),
    st.builds(saved, PLACE, TEXT),
    st.builds(dated_back, st.sampled_from(ACTIVITIES), TEXT),
    st.builds(gone, PLACE),
    st.builds(moved, PLACE, PLACE),
    st.builds(linked, PLACE, PLACE),
    st.builds(typed, PLACE, TEXT),
    st.builds(closed, PLACE),
    st.builds(slept, st.integers(20, 30)),
    st.builds(no_folder, st.sampled_from(("plan", "evidence", "activities/2026", "activities"))),
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(STEP, min_size=1, max_size=3), min_size=2, max_size=8))
def test_it_finds_what_a_fresh_check_finds(steps: list[list[Step]], monkeypatch: pytest.MonkeyPatch) -> None:
    # Without this every file of the test is too young to be trusted, and nothing would ever be kept.
    monkeypatch.setattr(session_module, "GRAIN", 0)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for path, text in zip(PATHS, TEXTS[-9:], strict=True):
            write(world.root, path, text)
        for some in [[], *steps]:
            for step in some:
                step(world)
            time.sleep(CLOCK_TICK)
            world.agrees()


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A journal that was checked once and is old enough."""
    monkeypatch.setattr(session_module, "GRAIN", 0)
    world = World(tmp_path)
    for path, text in {
        "activities/plain.md": GOOD,
        "activities/named.md": TEXTS[4],
        "activities/astray.md": record(f"{FIELDS}evidence: [E.pdf]\n"),
        "activities/planned.md": TEXTS[7],
        "activities/linking.md": TEXTS[9],
        "evidence/e.pdf": "",
        "plan/x.md": OBJECTIVE,
    }.items():
        write(tmp_path, path, text)
    time.sleep(CLOCK_TICK)
    world.agrees()
    return world


def rejudged(world: World, *steps: Step) -> set[str]:
    """Return the files that were checked again after these steps."""
    before = dict(world.session.results)
    for step in steps:
        step(world)
    time.sleep(CLOCK_TICK)
    world.session.check(world.day)
    return {path for path, result in world.session.results.items() if result is not before.get(path)}


def test_what_did_not_change_is_not_judged_anew(world: World) -> None:
    assert rejudged(world) == set()
    assert rejudged(world, saved("activities/plain.md", record(FIELDS.replace("Relay", "Other")))) == {
        "activities/plain.md"
    }
    assert rejudged(world, saved("activities/new.md", GOOD)) == {"activities/new.md"}
    assert rejudged(world, gone("activities/new.md")) == set()
    assert rejudged(world, typed("activities/plain.md", TEXTS[3])) == {"activities/plain.md"}
    assert rejudged(world, closed("activities/plain.md")) == {"activities/plain.md"}


def test_what_a_record_links_to_concerns_it_alone(world: World) -> None:
    assert rejudged(world, saved("activities/b.md", TEXTS[3])) == {"activities/linking.md", "activities/b.md"}


@pytest.mark.parametrize(
    "step",
    [
        saved("evidence/another.pdf", ""),
        gone("evidence/e.pdf"),
        saved("plan/y.md", OBJECTIVE),
        saved("cpd.yaml", f"{MEMBER}checks: {{CPD311: warning}}\n"),
        saved("frameworks/own.yaml", MEMBERS[-1]),
        slept(24),
    ],
    ids=["evidence", "evidence gone", "an objective", "a setting", "a framework", "a day"],
)
def test_what_surrounds_the_records_concerns_all(world: World, step: Step) -> None:
    before = set(world.session.results)
    assert rejudged(world, step) >= before


def test_a_file_that_just_changed_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two changes within one tick of the clock give the file the same stamp."""
    monkeypatch.setattr(session_module, "GRAIN", 10**12)
    world = World(tmp_path)
    write(tmp_path, "activities/a.md", GOOD)
    world.agrees()
    assert rejudged(world) == {"activities/a.md"}


def test_a_journal_that_vanishes_and_returns(world: World) -> None:
    before = world.session.check(TODAY)
    world.root.rename(world.root.with_name("away"))
    with pytest.raises(NoJournal):
        world.session.check(TODAY)
    world.root.with_name("away").rename(world.root)
    assert world.session.check(TODAY) == before
