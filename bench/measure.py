"""Run whole processes in turn, and measure their time and peak memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# Runs a Python module and records the peak memory of this process alone, without Pandoc or Typst.
NOTE_PEAK = """
import atexit, sys
from runpy import run_module
noted, module, *sys.argv[1:] = sys.argv[1:]
def note():
    with open(noted, "w") as file:
        file.write(next((line for line in open("/proc/self/status") if line.startswith("VmHWM")), ""))
atexit.register(note)
run_module(module, run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One process to run. Its exit code must be among `ok`."""

    args: Sequence[str]
    environment: Mapping[str, str] | None = None
    ok: tuple[int, ...] = (0,)

    def seconds(self) -> float:
        """Run it once; return the wall time from start to end."""
        environment = {**os.environ, **(self.environment or {})}
        with tempfile.TemporaryFile() as errors:
            started = time.perf_counter()
            done = subprocess.run(
                self.args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, env=environment
            )
            took = time.perf_counter() - started
            if done.returncode not in self.ok:
                errors.seek(0)
                raise SystemExit(
                    f"{' '.join(self.args)}\nended with {done.returncode}: {errors.read().decode()[-2000:]}"
                )
        return took


@dataclass(frozen=True, slots=True)
class Steps:
    """Several jobs in sequence, timed as one."""

    jobs: Sequence[Job]

    def seconds(self) -> float:
        return sum(job.seconds() for job in self.jobs)


def side_by_side(works: Mapping[str, Job | Steps], rounds: int) -> dict[str, float]:
    """Return the median seconds of each. Each round runs all of them in turn; the first round does not count."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            took = work.seconds()
            if number:
                times[name].append(took)
        progress(f"round {number} of {rounds}")
    return {name: median(each) for name, each in times.items()}


def progress(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[2K{words}")


def peak_mib(args: Sequence[str]) -> float | None:
    """Return the peak resident memory (MiB) of `python -m cpdkit ARGS` itself; None if the system reports none."""
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder, "peak")
        subprocess.run(
            [sys.executable, "-c", NOTE_PEAK, str(noted), "cpdkit", *args],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        words = noted.read_text().split() if noted.exists() else []
    return int(words[1]) / 1024 if words else None


def tree_peak_mib(job: Job) -> float:
    """Return the largest resident memory (MiB) of any process of a job: its own, or a child that it waited for."""
    child = subprocess.Popen(job.args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_maxrss / 1024 if sys.platform == "linux" else usage.ru_maxrss / 2**20


Part = Callable[[Path, int], "list[Row]"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the measurement, its comparison and the budget. Without a budget it is only information."""

    work: str
    measured: str
    bare: str
    ratio: float | None
    budget: float | None

    @property
    def cells(self) -> tuple[str, ...]:
        met = (
            "" if self.budget is None or self.ratio is None else ("met" if self.ratio <= self.budget else "**missed**")
        )
        shown = "" if self.ratio is None else f"{self.ratio:.2f}"
        return (self.work, self.measured, self.bare, shown, "" if self.budget is None else f"≤ {self.budget:g}", met)


def words(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def compared(work: str, seconds: float, bare_name: str, bare: float, budget: float | None) -> Row:
    """Return the row of a time compared with a bare time, as a ratio."""
    return Row(work, words(seconds), f"{words(bare)}: {bare_name}", seconds / bare, budget)


def remembered(work: str, mib: float | None, budget: float) -> Row:
    """Return the row of a memory peak compared with a limit, both in MiB."""
    if mib is None:
        return Row(work, "unknown on this system", "", None, None)
    return Row(work, f"{mib:.0f} MiB", f"{budget:.0f} MiB", mib / budget, 1)
