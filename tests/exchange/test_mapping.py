import pytest

from cpdkit.exchange.column_matching import Match, Why
from cpdkit.exchange.mapping import BadMapping, Kept, read_mapping, written_mapping
from cpdkit.exchange.wording import Order


def test_what_is_written_reads_back() -> None:
    columns = [Match("Date(s)", "start", Why.NAME), Match("no: 1", "skip", Why.ASKED), Match("Z", "x-z", Why.KEPT)]
    kept = Kept({}, {"type": "training"}, {"Toolbox talk": "training"}, Order.DAY_FIRST)
    found = read_mapping("m.yaml", written_mapping(columns, kept))
    assert found == Kept({"Date(s)": "start", "no: 1": "skip", "Z": "x-z"}, kept.instead, kept.words, kept.order)
    assert read_mapping("m.yaml", b"") == Kept()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colums: {}\n", "m.yaml:1:1: no part of a mapping"),
        ("columns: [a]\n", "m.yaml:1:10: columns are not names"),
        ("columns:\n  a: zebra\n", "m.yaml:2:6: no field is called"),
        ("columns: {a: [b]}\n", "m.yaml:1:14: a becomes one thing"),
        ("days: odd\n", "m.yaml:1:7: days are day-first or month-first"),
        ("a: [\n", "m.yaml"),
    ],
)
def test_what_can_not_be_used_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(BadMapping, match=message):
        read_mapping("m.yaml", text.encode())
