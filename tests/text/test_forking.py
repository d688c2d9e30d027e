"""Work shared with copies of this process: the results are the same whatever happens to a copy."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import pytest

from cpdkit.text.forking import processors, shared

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are only copied on Linux"),
    # Python 3.12 and newer warn of the threads of the test's own tools (execnet); the program asks processors() first.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]
ORIGINAL = os.getpid()
ITEMS = list(range(1_000))


def squares(items: Sequence[int]) -> list[int]:
    return [item * item for item in items]


def is_copy() -> bool:
    return os.getpid() != ORIGINAL


def no_child_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("parts", [0, 1, 2, 3, 7])
@pytest.mark.parametrize("count", [0, 1, 2, 1_000])
def test_the_results_come_in_the_items_order(parts: int, count: int) -> None:
    before = handles()
    assert shared(squares, ITEMS[:count], parts) == squares(ITEMS[:count])
    assert handles() == before
    assert no_child_is_left()


def test_each_part_works_a_stretch_of_its_own() -> None:
    who = shared(lambda items: [os.getpid() for _ in items], ITEMS, 4)
    stretches = [(each, len(list(some))) for each, some in groupby(who)]
    assert len(set(who)) == len(stretches) == 4
    assert stretches[0][0] == ORIGINAL
    assert max(count for _, count in stretches) - min(count for _, count in stretches) <= 1


def dying(how: str) -> None:
    """What may befall a copy half-way through."""
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "interrupted":
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
    elif how == "exits":
        os._exit(0)
    elif how == "leaves":
        sys.exit(0)
    else:
        raise ValueError(how)


@pytest.mark.parametrize("how", ["killed", "interrupted", "exits", "leaves", "raises"])
def test_what_a_dead_copy_left_undone_is_done_here(how: str, capfd: pytest.CaptureFixture[str]) -> None:
    def work(items: Sequence[int]) -> list[int]:
        if is_copy() and 600 in items:
            dying(how)
        return squares(items)

    assert shared(work, ITEMS, 3) == squares(ITEMS)
    assert no_child_is_left()
    assert capfd.readouterr() == ("", "")


def test_a_copy_killed_while_it_hands_over_is_not_believed() -> None:
    """What is more than a pipe holds is only written when somebody reads it; here the writer dies before."""

    class Last:
        def __reduce__(self) -> tuple[type[int], tuple[int]]:
            os.kill(os.getpid(), signal.SIGKILL)
            return int, (0,)

    def work(items: Sequence[int]) -> list[object]:
        return [*(str(item) * 1_000 for item in items), Last()] if is_copy() else [str(item) * 1_000 for item in items]

    assert shared(work, ITEMS, 2) == [str(item) * 1_000 for item in ITEMS]


def test_results_that_can_not_be_handed_over_are_made_here() -> None:
    made = shared(lambda items: [lambda item=item: item for item in items], ITEMS[:10], 2)
    assert [each() for each in made] == ITEMS[:10]
    assert no_child_is_left()


class Poisonous:
    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("no number",)


def test_results_that_can_not_be_taken_over_are_made_here() -> None:
    def work(items: Sequence[int]) -> list[object]:
        return [Poisonous() for _ in items] if is_copy() else list(items)

    assert shared(work, ITEMS, 2) == ITEMS


def test_an_error_here_ends_the_copies() -> None:
    def work(items: Sequence[int]) -> list[int]:
        if is_copy():
            time.sleep(60)
        raise ValueError("here")

    before, started = handles(), time.monotonic()
    with pytest.raises(ValueError, match="here"):
        shared(work, ITEMS, 3)
    assert time.monotonic() - started < 30
    assert no_child_is_left()
    assert handles() == before


def test_where_no_copy_can_be_made_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError(11, "Resource temporarily unavailable")

    before = handles()
    monkeypatch.setattr(os, "fork", refuse)
    assert shared(squares, ITEMS, 3) == squares(ITEMS)
    assert handles() == before


def test_ended_processes_may_be_forgotten_by_the_system() -> None:
    was = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert shared(squares, ITEMS, 3) == squares(ITEMS)
    finally:
        signal.signal(signal.SIGCHLD, was)


def test_signals_come_through_as_before() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    shared(squares, ITEMS, 3)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


def test_what_was_said_before_is_said_once(tmp_path: Path) -> None:
    program = """
import sys
from cpdkit.text.forking import shared
sys.stdout.write("said")
shared(lambda items: [str(item) for item in items], list(range(10)), 4)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "said", "")


def test_ctrl_c_ends_all_of_it_quietly(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group of processes at once."""
    program = f"""
import os, sys, time
from pathlib import Path
from cpdkit.text.forking import shared
def work(items):
    Path({str(tmp_path)!r}, str(os.getpid())).touch()
    time.sleep(60)
    return items
try:
    shared(work, [1, 2, 3], 3)
except KeyboardInterrupt:
    sys.exit(130)
"""
    child = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 30
    while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=30)
    assert (child.returncode, said) == (130, b"")
    left = [path.name for path in tmp_path.iterdir() if Path("/proc", path.name).exists()]
    assert len(list(tmp_path.iterdir())) == 3
    assert left == []


def test_beside_a_thread_nothing_is_copied() -> None:
    program = """
import threading
from cpdkit.text.forking import processors
alone = processors()
wait = threading.Event()
thread = threading.Thread(target=wait.wait)
thread.start()
beside = processors()
wait.set()
thread.join()
print(alone > 0, beside)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "1"]
    with_thread = threading.Event()
    thread = threading.Thread(target=with_thread.wait)
    thread.start()
    assert processors() == 1
    with_thread.set()
    thread.join()
