"""Characters that only look like the right ones, in every kind of value that has dashes, digits or fixed words."""

import sys
import unicodedata

import pytest

from cpdkit.journal.date_types import Day, Year, YearOrDay
from cpdkit.journal.field_types import FieldType, Hours, Number
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.text.edits import apply
from cpdkit.text.lookalikes import plain_signs
from tests.journal.folders import FIELDS, GOOD, record
from tests.journal.reader import record_of, value_of

TYPE = ACTIVITY.known["type"].kind
EVERY = [chr(number) for number in range(128, sys.maxunicode + 1) if not 0xD800 <= number < 0xE000]


@pytest.mark.parametrize("dash", [each for each in EVERY if unicodedata.category(each) == "Pd"] + ["\u2212"])
def test_every_dash(dash: str) -> None:
    (found,) = value_of(Day(), f"2026{dash}03{dash}14")[1]
    assert found.code == "CPD222"
    assert found.fix
    assert found.fix.safe
    assert [edit.new for edit in found.fix.edits] == ["2026-03-14"]


def test_every_digit() -> None:
    for each in EVERY:
        if unicodedata.category(each) == "Nd":
            assert plain_signs(each) == str(unicodedata.decimal(each))


@pytest.mark.parametrize(
    ("kind", "text", "meant", "safe"),
    [
        (Day(), "２０２６-03-14", "2026-03-14", True),
        (Day(), "2O26-O3-l4", "2026-03-14", True),
        (YearOrDay(), "２０２６", "2026", True),
        (Year(), "202６", "2026", True),
        (Hours(), "１.５", "1.5", True),
        (Hours(), "1·5", "1.5", True),
        (Hours(), "1h３０", "1h30", True),
        (Hours(), "٢", "2", True),
        (Hours(), "1O", "10", False),
        (Number(), "３", "3", True),
        (TYPE, "self‑study", "self-study", True),
    ],
)
def test_the_right_value_is_proposed(kind: FieldType, text: str, meant: str, safe: bool) -> None:
    (found,) = value_of(kind, text)[1]
    assert found.code == "CPD222"
    assert found.fix
    assert ([edit.new for edit in found.fix.edits], found.fix.safe) == ([meant], safe)
    assert value_of(kind, meant)[1] == []


@pytest.mark.parametrize("text", ["10²", "½", "1½", "２時間", "2–3", "−2", "①"])
def test_no_figure_is_guessed(text: str) -> None:
    (found,) = value_of(Hours(), text)[1]
    assert found.code == "CPD207"
    assert found.fix is None


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("2026–02–30", "CPD204", None),
        ("14–03–2026", "CPD205", "2026-03-14"),
        ("2026／03／14", "CPD205", "2026-03-14"),
        ("03／04／2026", "CPD205", None),
    ],
)
def test_other_problems_of_a_date_are_found_behind_the_signs(text: str, code: str, fix: str | None) -> None:
    (found,) = value_of(Day(), text)[1]
    assert found.code == code
    assert (found.fix.edits[0].new if found.fix else None) == fix


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        (GOOD.replace("---\n", "—\n"), "CPD109", GOOD),
        (GOOD.replace("---\n", "–––\n", 1), "CPD109", GOOD),
        (GOOD.replace("2\n---\n", "2\n—\n"), "CPD110", GOOD),
        (GOOD.replace("hours: 2", "hours：2"), "CPD127", GOOD),
        (record(FIELDS + "topics:\n  – a\n  – b\n"), "CPD222", record(FIELDS + "topics:\n  - a\n  - b\n")),
        (record(FIELDS + "evidence:\n  — a.pdf\n"), "CPD222", record(FIELDS + "evidence:\n  - a.pdf\n")),
    ],
)
def test_signs_of_the_front_matter_itself(text: str, code: str, fixed: str) -> None:
    made, found = record_of(text)
    assert made is None
    assert [each.code for each in found] == [code]
    assert found[0].fix
    assert found[0].fix.safe
    after = apply(text.encode(), found[0].fix.edits)
    assert after == fixed.encode()
    assert isinstance(record_of(after)[0], Activity)
