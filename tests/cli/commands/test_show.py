"""`cpd show`: records for reading."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.cli.commands.show import lines_of
from cpdkit.cli.main import run
from cpdkit.journal.edit import record_of
from cpdkit.journal.reader import RECORD_KINDS, Record
from cpdkit.text.terminal import width
from tests.journal.folders import record

FIELDS = (
    "title: Long job\ntype: training\ndate: 2026-03-14\nsessions: [{date: 2026-03-14, hours: 1h30}]\ntopics: [a, b]\n"
)
BODY = "\nSome words.\n\n## Reflection\n\n```\n# no heading\n```\n| a | b |\n"


def read(text: str, path: str = "activities/x.md") -> Record:
    return record_of(path, text.encode(), RECORD_KINDS[path.partition("/")[0]])


def test_fields_then_text() -> None:
    assert lines_of(read(record(FIELDS, BODY))) == [
        "Long job",
        "activity · activities/x.md",
        "",
        "type      training",
        "start     2026-03-14",
        "sessions  date: 2026-03-14, hours: 1h30",
        "topics    a, b",
        "hours     1.5",
        "",
        *BODY.strip("\n").split("\n"),
    ]


def test_only_headings_are_set_off() -> None:
    lines = lines_of(read(record(FIELDS, BODY)), colour=True)
    assert [line for line in lines if line.startswith("\x1b[1m")] == [
        "\x1b[1mLong job\x1b[0m",
        "\x1b[1m## Reflection\x1b[0m",
    ]


@pytest.mark.parametrize(
    ("path", "fields", "title"),
    [
        ("plan/x.md", "title: Learn\n", "Learn"),
        ("career/x.md", "role: Engineer\nemployer: Grid\nstart: 2020-01-01\n", "Engineer, Grid"),
        ("reviews/x.md", "year: 2025\n", "Review of 2025"),
    ],
)
def test_records_of_other_kinds(path: str, fields: str, title: str) -> None:
    assert lines_of(read(record(fields, ""), path))[0] == title


@given(st.text(st.sampled_from("ab 電力\t|#\n"), max_size=300))
def test_long_lines_fit_and_no_word_is_lost(text: str) -> None:
    one = read(record(FIELDS, f"\n{text}"))
    lines = lines_of(one, 44)
    assert "".join("".join(lines).split()) == "".join("".join(lines_of(one)).split())
    assert all(width(line) <= 44 or " " not in line.strip() or line.startswith(("|", "    ")) for line in lines)


def test_a_record_is_shown(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "good", "--journal", str(journal)]) == 0
    assert capsys.readouterr().out.startswith("A good lecture\nactivity · activities/good.md\n\ntype   event\n")
    assert run(["show", "GOO", "--journal", str(journal), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "id": "good",
        "kind": "activity",
        "path": "activities/good.md",
        "fields": {"title": "A good lecture", "type": "event", "start": "2026-03-14", "hours": "1"},
        "body": "\nPlain words.\n",
    }


def test_unreadable_files_are_reported(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (journal / "activities/bad.md").write_text("---\ntitle: \x1b[31m\n---\n")
    assert run(["show", "bad", "--journal", str(journal)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "bad.md:2" in shown.err
    assert "\x1b" not in shown.err
