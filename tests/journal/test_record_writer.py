import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.journal.edit import record_of
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.journal.records import Activity
from cpdkit.text.names import composed

ACTIVITIES = RECORD_KINDS["activities"]
BASE: dict[str, Plain] = {"hours": "1h30", "title": "Relays", "start": "2026-03-14", "type": "event"}


def read(values: dict[str, Plain], body: str = "") -> Activity:
    record = record_of("activities/a.md", record_bytes(ACTIVITIES, values, body), ACTIVITIES)
    assert isinstance(record, Activity)
    return record


def test_fields_are_in_the_declared_order_with_the_body_below() -> None:
    values: dict[str, Plain] = {
        **BASE,
        "x-room": "5",
        "topics": ["safety", "a, b"],
        "competences": {"A1": "E"},
        "units": {"PDU": "3"},
        "sessions": [{"date": "2026-03-14", "hours": "1.5"}],
        "signed-off": {"by": "J. Evans", "on": "2026-03-20"},
        "role": "",
    }
    assert record_bytes(ACTIVITIES, values, "What it was.").decode() == (
        "---\ntitle: Relays\ntype: event\nstart: 2026-03-14\nhours: 1h30\nsessions:\n"
        '  - {date: 2026-03-14, hours: 1.5}\ncompetences: {A1: E}\ntopics: [safety, "a, b"]\n'
        'units: {PDU: 3}\nsigned-off: {by: J. Evans, on: 2026-03-20}\nx-room: "5"\n---\n\nWhat it was.\n'
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip))
def test_any_text_reads_back_as_it_was(text: str) -> None:
    line = " ".join(text.split())
    record = read({**BASE, "title": line, "provider": line, "topics": [line], "x-own": line})
    assert (record.provider, record.topics, record.own["x-own"]) == (line, (composed(line),), line)


@pytest.mark.parametrize("text", ["one\n\ntwo", " indented\nline", "ends with a break\n", "#\n: x"])
def test_texts_of_several_lines_read_back(text: str) -> None:
    assert read({**BASE, "benefit": text}).benefit.strip() == text.strip()


@pytest.mark.parametrize("value", ["1:30", "2026-03-14 # x", "- a", "{", "yes", "'"])
def test_what_yaml_would_not_take_bare_is_quoted(value: str) -> None:
    data = record_bytes(ACTIVITIES, {**BASE, "hours": value}).decode()
    assert f"hours: {value}\n" in data or f'hours: "{value}"\n' in data
