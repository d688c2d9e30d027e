"""`cpd todo` as it is typed."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import FIELDS, record, write

PLANNED = "title: Retest\ntype: event\nstart: 2026-11-10\nstatus: planned\n"


@pytest.fixture
def waiting(journal: Path) -> Path:
    """A journal with a planned activity that is past, and a reflection to write."""
    write(journal, "activities/good.md", record(FIELDS, ""))
    write(journal, "activities/retest.md", record(PLANNED))
    write(journal, "reviews/2026.md", record("year: 2026\n", ""))
    return journal


def test_what_waits_is_told_with_its_command(waiting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["todo", "--journal", str(waiting)]) == 0
    assert capsys.readouterr() == (
        "Planned, and the day is past (1)\n  cpd done retest  13 days ago · Retest\n\n"
        "Reflections to write (1)\n  cpd reflect good  nothing written, 8 months ago · Relay course\n",
        "2 things wait for you\n",
    )
    assert run(["todo", "--journal", str(waiting), "--type", "event", "--quiet"]) == 0
    assert capsys.readouterr() == ("Planned, and the day is past (1)\n  cpd done retest  13 days ago · Retest\n", "")


def test_the_shape_of_the_data(waiting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["todo", "--journal", str(waiting), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["today"], data["count"], data["confidential"]) == ("2026-11-23", 2, 0)
    assert [each["kind"] for each in data["sections"]] == ["planned", "reflections"]
    assert data["sections"][0] == {
        "kind": "planned",
        "title": "Planned, and the day is past",
        "count": 1,
        "items": [
            {
                "id": "retest",
                "path": "activities/retest.md",
                "title": "Retest",
                "day": "2026-11-10",
                "note": "13 days ago",
                "command": "cpd done retest",
            }
        ],
    }


def test_each_command_settles_what_it_is_for(waiting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--journal", str(waiting)]
    assert run(["done", "retest", "--hours", "1", *where]) == 0
    assert run(["reflect", "good", "--answer", "What did you learn?=Much.", *where]) == 0
    write(waiting, "activities/next.md", record(FIELDS + "follow-up: Ask.\n"))
    capsys.readouterr()
    assert run(["todo", *where]) == 0
    assert (
        capsys.readouterr().out.splitlines()[1] == "  cpd set next x-followed-up=yes  8 months ago: Ask. · Relay course"
    )
    assert run(["set", "next", "x-followed-up=yes", *where]) == 0
    capsys.readouterr()
    assert run(["todo", *where]) == 0
    assert capsys.readouterr() == ("", "nothing waits for you\n")
