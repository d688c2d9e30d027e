"""A change shown before it is made."""

import pytest

from cpdkit.checks.fixing import FilePatch
from cpdkit.cli.console import Console
from cpdkit.cli.printing import show_patches


def test_a_diff_can_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_patches(Console(), [FilePatch("a.md", b"a\n", b"a\x1b[2J\n", ())])
    assert capsys.readouterr().out == "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+a\\e[2J\n"
    show_patches(Console(), [])
    assert capsys.readouterr().out == ""
