import asyncio
import threading
from pathlib import Path

import pytest

from cpdkit.editor.checking import Checks
from cpdkit.editor.known import Known
from cpdkit.editor.watching import Watched
from tests.journal.folders import GOOD, MEMBER, write


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
