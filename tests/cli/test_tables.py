"""Tables for people and for programs."""

import csv
import io
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.cli.console import Console
from cpdkit.cli.tables import csv_text, fitted, hand_out, json_text, jsonl_text, table_lines, yaml_text
from cpdkit.journal.list_columns import Row
from cpdkit.text.terminal import width

ROWS: list[Row] = [
    {"hours": 1.3333, "title": "電力系統 lecture\x1b[31m", "topics": ("a", "b"), "planned": None},
    {"hours": 10, "title": "=1+1", "topics": (), "planned": True},
]


def test_a_table_is_aligned_and_cannot_steer_the_terminal() -> None:
    assert table_lines(ROWS) == [
        "hours  title                   topics  planned",
        r" 1.33  電力系統 lecture\e[31m  a; b",
        "   10  =1+1                            yes",
    ]
    assert table_lines([]) == []
    assert all(width(line) <= 40 for line in table_lines(ROWS, 40))


WIDTHS = st.lists(st.tuples(st.integers(1, 80), st.sampled_from([12, 30, 120])), min_size=1, max_size=8)


@given(WIDTHS, st.integers(0, 120))
def test_widths_fit_where_they_can(columns: list[tuple[int, int]], room: int) -> None:
    widths, least = [each[0] for each in columns], [each[1] for each in columns]
    found = fitted(widths, room, least)
    total = sum(found) + 2 * (len(found) - 1)
    kept = list(zip(found, widths, least, strict=True))
    assert all(new == old or floor <= new < old for new, old, floor in kept)
    assert not room or total <= room or all(new == min(old, floor) for new, old, floor in kept)
    assert total == sum(widths) + 2 * (len(widths) - 1) or total >= room or not room


def test_a_title_keeps_its_columns_beside_a_long_one() -> None:
    row: Row = {
        "start": "2026-03-14",
        "title": "Protection relay settings, level 2, the second day",
        "evidence": "e" * 90,
    }
    head, line = table_lines([row], 80, least={"title": 30, "start": 10})
    assert width(line) == 80
    assert (head.index("evidence") - head.index("title"), line[:10]) == (35, "2026-03-14")


def test_data_reads_back() -> None:
    plain = json.loads(json.dumps(ROWS))
    assert json.loads(json_text(ROWS)) == yaml.safe_load(yaml_text(ROWS)) == plain
    assert [json.loads(line) for line in jsonl_text(ROWS).splitlines()] == plain
    lines = list(csv.reader(io.StringIO(csv_text(ROWS), newline="")))
    assert lines == [
        ["hours", "title", "topics", "planned"],
        ["1.3333", "電力系統 lecture\x1b[31m", "a; b", ""],
        ["10", "'=1+1", "", "true"],
    ]
    assert csv_text([]) == jsonl_text([]) == ""


def test_a_program_gets_every_byte_and_a_terminal_none_that_steers_it(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    hand_out(Console(), "a\x1b[31m\r\n")
    hand_out(Console(columns=80), "a\x1b[31m\r\n")
    assert capfdbinary.readouterr().out == b"a\x1b[31m\r\n" + rb"a\e[31m" + b"\n"
