import pytest

from cpdkit.exchange.cells import DateOrder
from cpdkit.exchange.column_matching import ColumnMapping, Match, MatchReason
from cpdkit.exchange.mapping import BadMapping, mapping_bytes, read_mapping


def test_what_is_written_reads_back() -> None:
    columns = [
        Match("Date(s)", "start", MatchReason.HEADING),
        Match("no: 1", "skip", MatchReason.CHOSEN),
        Match("Z", "x-z", MatchReason.KEPT),
    ]
    kept = ColumnMapping({}, {"type": "training"}, {"Toolbox talk": "training"}, DateOrder.DAY_FIRST)
    found = read_mapping("m.yaml", mapping_bytes(columns, kept))
    assert found == ColumnMapping(
        {"Date(s)": "start", "no: 1": "skip", "Z": "x-z"}, kept.defaults, kept.words, kept.order
    )
    assert read_mapping("m.yaml", b"") == ColumnMapping()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colums: {}\n", "m.yaml:1:1: unknown key"),
        ("columns: [a]\n", "m.yaml:1:10: columns must contain"),
        ("columns:\n  a: zebra\n", "m.yaml:2:6: unknown field"),
        ("columns: {a: [b]}\n", "m.yaml:1:14: a must have one value"),
        ("days: odd\n", "m.yaml:1:7: days must be day-first or month-first"),
        ("a: [\n", "m.yaml"),
    ],
)
def test_unusable_settings_are_reported_at_their_place(text: str, message: str) -> None:
    with pytest.raises(BadMapping, match=message):
        read_mapping("m.yaml", text.encode())
