"""A journal with a plan, on a set day."""

from pathlib import Path

import pytest

from tests.journal.folders import FIELDS, journal_of, record

RELAYS = """title: Relays
success-measure: It works.
start: 2026-01-01
by: 2026-12-31
status: open
actions:
  - {action: Ask Helen, by: 2026-12-01}
"""


@pytest.fixture
def planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    journal_of(
        tmp_path,
        {
            "plan/relays.md": record(RELAYS, ""),
            "plan/welsh.md": record("title: Welsh\nstart: 2026-02-01\n", ""),
            "activities/a.md": record(FIELDS + "objectives: [relays]\n"),
        },
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path
