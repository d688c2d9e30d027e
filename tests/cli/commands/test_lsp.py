import os
import subprocess
from pathlib import Path

import pytest

from tests.program import PROGRAM, cpd, environment

pty = pytest.importorskip("pty", reason="terminals are made another way here")


def test_on_a_terminal_it_explains_that_an_editor_starts_it() -> None:
    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [*PROGRAM, "lsp"], stdin=follower, capture_output=True, env=environment(), timeout=60, check=False
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "your editor starts it" in done.stderr.decode().splitlines()[0]


def test_nothing_but_the_protocol_goes_to_stdout(tmp_path: Path) -> None:
    code = (
        "import os, sys; from cpdkit.cli.commands.lsp import own_stdout; own = own_stdout();"
        "print('talk', flush=True); os.write(1, b'more'); own.write(b'answer'); own.close()"
    )
    done = subprocess.run([PROGRAM[0], "-c", code], capture_output=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == (b"answer", b"talk\nmore")


def test_no_input_is_an_editor_that_went_away() -> None:
    done = cpd("lsp", "--stdio")
    assert (done.code, done.out, done.err) == (1, "", "")
