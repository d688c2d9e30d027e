"""SIGTERM, SIGHUP and Ctrl-C at any change of the disk, once or twice, leave no temporary file."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journal.folders import FIELDS, MEMBER, record, write
from tests.program import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
SIGNALLED = """
import os, signal, sys
from cpdkit import __main__
left = int(sys.argv[1])
names = sys.argv[2].split("+")
def hook(event, args):
    global left
    if event in ("os.rename", "os.remove", "os.link") or (event == "open" and ".cpdkit-" in str(args[0])):
        left -= 1
        if left < 0 and names:
            os.kill(os.getpid(), getattr(signal, names.pop(0)))
sys.addaudithook(hook)
sys.argv[1:] = sys.argv[3:]
__main__.start()
"""
COMMANDS = [
    "set a location=Leeds",
    "check --fix",
    "move a New",
    "rename a b",
    "new T --type event --hours 1 --no-edit",
    "schema --all",
]


@pytest.mark.parametrize(
    ("command", "names"),
    [
        *itertools.product(COMMANDS, ["SIGTERM", "SIGINT", "SIGHUP+SIGTERM"]),
        *itertools.product(COMMANDS[::3], ["SIGHUP", "SIGTERM+SIGHUP", "SIGTERM+SIGTERM"]),
    ],
)
def test_a_signal_leaves_no_temporary_file(tmp_path: Path, command: str, names: str) -> None:
    for step in range(3):
        root = tmp_path / str(step)
        write(root, "cpd.yaml", MEMBER)
        write(root, "activities/a.md", record(FIELDS + "confidential: no\n"))
        write(root, "activities/c.md", record(FIELDS, "\n[a](a.md)\n"))
        args = [sys.executable, "-c", SIGNALLED, str(step), names, *command.split()]
        code = subprocess.run(args, cwd=root, env=environment(), capture_output=True).returncode
        assert code in (0, 1, 130)
        assert list(root.rglob(".cpdkit-*")) == []
