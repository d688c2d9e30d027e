import json

import pytest

from tests.exchange.imports.adopted import KINDS, activities_in, sample, table_in


def test_an_entry_has_the_day_where_it_was_written() -> None:
    first, second = sample("dayone.json")
    assert (first.title, first.start.isoformat(), first.topics) == ("Relay course", "2026-01-13", ("cpd", "relays"))
    assert first.location == "IET Leeds, Leeds, United Kingdom"
    assert first.body.strip() == "Set relays\\."
    assert (second.title, second.start.isoformat(), second.minutes) == (
        "Read the wiring rules on the train", "2026-02-01", 0,
    )  # fmt: skip
    assert any("1 photo" in remark for remark in table_in("d.json", (KINDS / "dayone.json").read_bytes()).remarks)


@pytest.mark.parametrize(
    ("own", "zone", "day"),
    [
        ("", "Pacific/Auckland", "2026-01-01"),
        ("", "Europe/London", "2025-12-31"),
        ("Europe/London", "Pacific/Auckland", "2025-12-31"),
        ("No/Such", "Pacific/Auckland", "2026-01-01"),
    ],
)
def test_the_owners_zone_counts_if_the_entry_has_none(own: str, zone: str, day: str) -> None:
    entry = {"uuid": "A", "creationDate": "2025-12-31T20:00:00Z", "timeZone": own, "text": "a"}
    (made,) = activities_in("d.json", json.dumps({"entries": [entry]}), zone)
    assert made.start.isoformat() == day


@pytest.mark.parametrize("odd", [None, {}, 3, {"text": ["a"], "tags": {"a": 1}, "location": "x", "photos": None}])
def test_an_odd_entry_does_not_stop_the_others(odd: object) -> None:
    entries = [{"uuid": "A", "creationDate": "2026-01-12T10:00:00Z", "text": "a"}, odd]
    assert table_in("d.json", json.dumps({"entries": entries})).rows[0].cells[0] == "a"
