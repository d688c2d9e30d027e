"""How long it takes from saving a mistake to reading of it, in a check that watches."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.journals import make_journal

SETTLED = 0.5
"""Seconds after which a watch has surely calmed down."""


def latency(command: Sequence[str], folder: Path, rounds: int) -> float:
    """The median seconds from the save of one new error in 10,000 activities to the line that tells of it."""
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
                told_after(watch, path, good.replace(b"\nhours:", b"\nhuors%d:" % number), b"huors%d" % number)
            )
            path.write_bytes(good)
            wait_for(watch, b"activities checked")
        return median(times[1:])
    finally:
        path.write_bytes(good)
        watch.terminate()
        watch.communicate()


def told_after(watch: "subprocess.Popen[bytes]", path: Path, data: bytes, told: bytes) -> float:
    """The seconds from the save to the whole of the check that tells of it."""
    time.sleep(SETTLED)
    started = time.perf_counter()
    temporary = path.with_name(".saving")
    temporary.write_bytes(data)
    temporary.replace(path)
    wait_for(watch, told)
    took = time.perf_counter() - started
    wait_for(watch, b"activities checked")
    return took


def wait_for(watch: "subprocess.Popen[bytes]", said: bytes) -> None:
    """Read on until a line says this."""
    assert watch.stdout is not None
    for line in watch.stdout:
        if said in line:
            return
    raise SystemExit("the watch ended")
