"""Measure how long a watching check takes to report a mistake after it is saved."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.journals import make_journal

SETTLED = 0.5
"""Seconds after which a watch is surely idle."""


def latency(command: Sequence[str], folder: Path, rounds: int) -> float:
    """Return the median seconds from saving one new error in 10,000 activities to the line that reports it."""
    journal = make_journal(folder / "journal-10000", 10_000, 250)
    path = min((journal / "activities" / "2026").iterdir())
    good = path.read_bytes()
    pipe = subprocess.PIPE
    watch = subprocess.Popen(
        [*command, "check", "--watch", "--journal", journal], stdout=pipe, stderr=subprocess.STDOUT
    )
    try:
        wait_for(watch, b"activities checked")
        times = []
        for number in range(rounds + 1):
            times.append(
                _seconds_until_reported(
                    watch, path, good.replace(b"\nhours:", b"\nhuors%d:" % number), b"huors%d" % number
                )
            )
            path.write_bytes(good)
            wait_for(watch, b"activities checked")
        return median(times[1:])
    finally:
        path.write_bytes(good)
        watch.terminate()
        watch.communicate()


def _seconds_until_reported(watch: "subprocess.Popen[bytes]", path: Path, data: bytes, words: bytes) -> float:
    """Return the seconds from saving until the check has reported the error."""
    time.sleep(SETTLED)
    started = time.perf_counter()
    temporary = path.with_name(".saving")
    temporary.write_bytes(data)
    temporary.replace(path)
    wait_for(watch, words)
    took = time.perf_counter() - started
    wait_for(watch, b"activities checked")
    return took


def wait_for(watch: "subprocess.Popen[bytes]", words: bytes) -> None:
    """Read until a line contains some bytes."""
    assert watch.stdout is not None
    for line in watch.stdout:
        if words in line:
            return
    raise SystemExit("the watch ended")
