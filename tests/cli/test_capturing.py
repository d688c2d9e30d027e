"""What the options of `cpd new` come to, and two programs that want one name."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpdkit.cli.capturing import Asked, recorded, values_of
from cpdkit.cli.console import Console
from tests.journal.folders import journal_of


def test_options_become_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    asked = Asked(
        "Relays", None, False, start="friday", planned=True, topics=("safety",), objectives=("a", "b"),
        competences=("A1", "B2"), others=("units={PDU: 3}", "benefit=more: sleep", "x-a=[1, 2]"),
    )  # fmt: skip
    assert values_of(asked) == {
        "title": "Relays",
        "start": "2026-11-27",
        "status": "planned",
        "objectives": ["a", "b"],
        "topics": ["safety"],
        "competences": ["A1", "B2"],
        "units": {"PDU": "3"},
        "benefit": "more: sleep",
        "x-a": ["1", "2"],
    }


def test_many_at_once_all_get_a_name(tmp_path: Path) -> None:
    journal_of(tmp_path, {})
    asked = Asked("Relays", tmp_path, False, type="event", start="2026-03-14", hours="1", edit=False)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: recorded(asked, Console(quiet=True)), range(12))) == {0}
    assert len(list(tmp_path.glob("activities/2026/*.md"))) == 12


def test_an_unreadable_member_keeps_nobody_from_recording(tmp_path: Path) -> None:
    journal_of(tmp_path, {"cpd.yaml": "name: [\n"})
    assert recorded(Asked("Relays", tmp_path, False, start="2026-03-14", edit=False), Console(quiet=True)) == 0
    assert (tmp_path / "activities/2026/2026-03-14-relays.md").exists()
