from cpdkit.exchange.incoming import Row, Table
from cpdkit.exchange.matching import match
from cpdkit.exchange.recognising import differences
from cpdkit.exchange.values import values_of
from cpdkit.journal.drafting import drafted
from cpdkit.upkeep.held import ACTIVITIES, activity_of

HEADERS = ("path", "title", "start", "hours", "confidential", "topics", "x-cost", "body")
CELLS = ("activities/a.md", "Relays", "2026-03-14", "1.1167", "true", "safety; relays", "£5", "Text.")


def found(*changed: tuple[str, str]) -> tuple[str, ...]:
    fields = {"title": "Relays", "type": "event", "start": "2026-03-14", "hours": "1h07", "confidential": "true",
              "topics": ["safety", "relays"], "provider": "IET", "x-cost": "£5"}  # fmt: skip
    activity = activity_of("activities/a.md", drafted(ACTIVITIES, fields, "Text."))
    cells = dict(zip(HEADERS, CELLS, strict=True)) | dict(changed)
    table = Table("log", HEADERS, (Row("row 2", tuple(cells.values())),))
    matching = match(table, {})
    values = values_of(table.rows[0], HEADERS, matching, {})
    return differences(activity, values, HEADERS, matching, {}, ())


def test_what_no_column_holds_is_no_difference() -> None:
    assert found() == ()


def test_what_differs_is_named() -> None:
    assert found(("hours", "1.1"), ("confidential", "no")) == ("hours", "confidential")
    assert found(("topics", "safety"), ("x-cost", "£6"), ("body", "Text!")) == ("topics", "x-cost", "body")


def test_another_kind_of_cell_that_says_the_same_is_the_same() -> None:
    assert found(("start", "14 March 2026"), ("topics", "safety, relays"), ("confidential", "YES")) == ()
