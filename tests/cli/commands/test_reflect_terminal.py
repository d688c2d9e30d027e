"""`cpd reflect` in a real terminal: Ctrl-C keeps the answer that is being typed."""

from pathlib import Path

import pytest

from tests.program import make_journal

pytest.importorskip("pty", reason="terminals are made another way here")

from tests.cli.terminal import CTRL_C, on_terminal
from tests.journal.folders import MEMBER, record

PATH = "activities/old.md"


def test_ctrl_c_keeps_the_answer_that_is_being_typed(tmp_path: Path) -> None:
    journal = make_journal(tmp_path / "journal", {"cpd.yaml": MEMBER, PATH: record(body="")})
    code, shown = on_terminal(
        ["reflect", "--model", "what-so-what-now-what", "--journal", str(journal)],
        [("What?", "One.\n"), ("One.", "Half a l"), ("Half a l", CTRL_C)],
        {"TERM": "xterm", "CPD_TODAY": "2026-11-24"},
        reads_keys=True,
    )
    assert (code, "1 answer saved" in shown) == (130, True)
    assert (journal / PATH).read_text().endswith("\n## Reflection\n\n### What?\n\nOne.\nHalf a l\n")
