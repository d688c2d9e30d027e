import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.exchange.exports.json import json_bytes
from cpdkit.exchange.imports.journal import NotExported, read_journal
from cpdkit.journal.edit import Refused
from cpdkit.journal.load import Journal, load
from cpdkit.journal.record_writer import Plain
from tests.journal.folders import record, write

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]), max_size=30)
LINES = WORDS.map(lambda text: " ".join(text.split()))
NAMES = LINES.filter(lambda text: text not in ("", "~", "null", "<<"))
OWN = st.recursive(
    LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
FIELDS = st.fixed_dictionaries(
    {"title": LINES.filter(bool), "type": st.sampled_from(["event", "training"]), "start": st.just("2026-03-14")},
    optional={
        "hours": st.sampled_from(["2", "1h30", "90 min"]),
        "provider": LINES,
        "topics": st.lists(LINES.filter(bool), max_size=3, unique_by=str.casefold),
        "benefit": st.lists(LINES, max_size=3).map("\n".join),
        "units": st.dictionaries(NAMES, st.sampled_from(["3", "0.5"]), max_size=2),
        "planned": st.sampled_from(["true", "false"]),
        "x-own": OWN,
    },
).map(lambda fields: {"status": "planned", **fields})
BODIES = st.lists(st.sampled_from(["", "---", "# Heading", "words  ", "  - item", "\ttab"]) | LINES, max_size=6)


def exported_of(fields: dict[str, Plain], body: str) -> bytes:
    one = {"path": "activities/a.md", "fields": fields, "body": body}
    return json.dumps({"cpdkit": 1, "member": {"name": "A"}, "activities": [one]}).encode()


def journal_from(data: bytes) -> Journal:
    with TemporaryDirectory() as folder:
        for path, content in read_journal(data).items():
            write(Path(folder), path, content)
        return load(Path(folder))


def records(journal: Journal) -> list[Any]:
    found = [replace(each, spans={}) for each in (journal.member, *journal.records) if each]
    return [*found, *journal.people.people]


@settings(max_examples=60, deadline=None)
@given(FIELDS, BODIES.map("\n".join))
def test_out_and_in_gives_the_same_records(fields: dict[str, Plain], body: str) -> None:
    journal = journal_from(exported_of(fields, body))
    assert not journal.unread
    again = journal_from(json_bytes(journal, journal.activities))
    assert records(again) == records(journal)
    assert again.activities[0].body == body
    assert json_bytes(again, again.activities) == json_bytes(journal, journal.activities)


def test_the_example_journal_comes_back_whole() -> None:
    journal = load(Path(__file__).parents[3] / "journal")
    again = journal_from(json_bytes(journal, journal.activities))
    assert records(again) == records(journal)


@pytest.mark.parametrize(
    "path",
    ["../a.md", "activities/../../a.md", "/etc/a.md", "activities/a.txt", "activities\\a.md", "activities/.git/a.md",
     "activities/.md", "plan/a.md", "cpd.yaml", "activities/a\0.md", "activities//a.md", "activities/b\\..\\a.md", 5],
)  # fmt: skip
def test_a_path_that_is_no_records_is_refused(path: object) -> None:
    data = json.loads(exported_of({"title": "A"}, ""))
    data["activities"][0]["path"] = path
    with pytest.raises(NotExported, match="needs a path such as activities/name"):
        read_journal(json.dumps(data).encode())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Expecting value"),
        (b"[" * 100_000, "nested more than"),
        (b"\xff", "not UTF-8"),
        (b"[]", '"cpdkit" is missing'),
        (b'{"cpdkit": 2}', "newer than this cpdkit"),
        (b'{"cpdkit": 1, "posts": {}}', "posts is not a list"),
        (b'{"cpdkit": 1, "posts": [1]}', "not a record"),
        (b'{"cpdkit": 1, "posts": [{"path": "career/a.md"}]}', "must be names with values"),
        (b'{"cpdkit": 1, "member": []}', "must be names with values"),
        (b'{"cpdkit": 1, "posts": [{"path": "career/a.md", "fields": {}, "body": "\\ud800"}]}', "incomplete character"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotExported, match=why):
        read_journal(data)


def test_a_record_that_could_not_be_read_is_refused() -> None:
    with pytest.raises(Refused, match="activities/a"):
        read_journal(exported_of({"title": "A", "type": "event", "start": "2026-02-30", "hours": "1"}, ""))
    with pytest.raises(Refused, match=r"cpd\.yaml"):
        read_journal(b'{"cpdkit": 1, "member": {"paper": "a4"}}')


def test_the_same_path_twice_is_refused() -> None:
    data = json.loads(exported_of({"title": "A", "type": "event", "start": "2026-03-14", "hours": "1"}, ""))
    data["activities"].append({**data["activities"][0], "path": "activities/A.md"})
    with pytest.raises(NotExported, match="appears twice"):
        read_journal(json.dumps(data).encode())


def test_what_somebody_wrote_by_hand_may_have_numbers_and_truths() -> None:
    fields = {"title": "A", "type": "event", "start": "2026-03-14", "hours": 1.50, "planned": True, "role": None}
    found = read_journal(exported_of(fields, "Words.\n"))["activities/a.md"]  # type: ignore[arg-type]
    front = "title: A\ntype: event\nstart: 2026-03-14\nhours: 1.5\nplanned: true\n"
    assert found.decode() == record(front, "Words.\n")
