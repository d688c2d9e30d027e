"""Changes to files, shown instead of made in a dry run."""

import pytest

from cpdkit.checks.fixes import FilePatch
from cpdkit.cli.changes import show_patches
from cpdkit.cli.console import Console


def test_a_diff_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show_patches([FilePatch("a.md", b"a\n", b"a\x1b[2J\n", ())], Console())
    assert capsys.readouterr().out == "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-a\n+a\\e[2J\n"
    show_patches([], Console())
    assert capsys.readouterr().out == ""
