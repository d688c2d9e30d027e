"""The program on a real pseudo-terminal, and what a person types there."""

import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence

from tests.program import environment, prepared

PATIENCE = 30.0
"""Seconds until the program must ask, or end."""
CTRL_C = "\x03"
KEYS = (CTRL_C, "\x04")
"""Keys that end a question. One that is typed in the instant before the program reads a line may be lost."""
_CONTROLLED = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
"""Makes the terminal the one whose Ctrl-C reaches the program."""


def on_terminal(
    args: Sequence[str],
    typed: Sequence[tuple[str, str]],
    env: Mapping[str, str] | None = None,
    columns: int = 80,
    *,
    reads_keys: bool = False,
) -> tuple[int, str]:
    """Run `cpd`; type each answer once its question is on the screen. Return the exit code and all that was shown.

    `reads_keys` waits until the program reads single keys: until then, Ctrl-C discards what was typed before it.
    """
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (24, columns))
    process = subprocess.Popen(
        [*prepared(_CONTROLLED), *args],
        env=environment({"COLUMNS": None, "LINES": None, **(env or {})}),
        stdin=child,
        stdout=child,
        stderr=child,
        start_new_session=True,
    )
    os.close(child)
    shown = ""
    try:
        for question, answer in typed:
            shown += _until(parent, question)
            while reads_keys and termios.tcgetattr(parent)[3] & termios.ICANON and process.poll() is None:
                time.sleep(0.01)
            os.write(parent, answer.encode())
        shown += _until(parent, None, again=typed[-1][1] if typed and typed[-1][1] in KEYS else "")
        return process.wait(PATIENCE), shown.replace("\r\n", "\n")
    finally:
        process.kill()
        process.wait()
        os.close(parent)


def _until(handle: int, question: str | None, again: str = "") -> str:
    """Return what is shown until a question is on the screen; without one, until the program ends.

    `again` is typed whenever nothing happens.
    """
    shown, deadline = "", time.monotonic() + PATIENCE
    while question is None or question not in shown:
        assert time.monotonic() < deadline, shown
        if not select.select([handle], [], [], 1.0)[0]:
            os.write(handle, again.encode())
            continue
        try:
            data = os.read(handle, 65536)
        except OSError:  # the program has ended
            data = b""
        if not data:
            assert question is None, shown
            break
        shown += data.decode("utf-8", "replace")
    return shown
