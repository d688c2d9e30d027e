"""Rows become new files: known rows are skipped, and a bad row does not stop the others."""

import json
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdkit.actions.record_file import ACTIVITIES, activity_of
from cpdkit.exchange.adopt import (
    Adoption,
    AdoptOptions,
    Existing,
    adopt,
    existing_in,
    imported_keys,
    row_keys,
)
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.export_columns import full_table, layout_table
from cpdkit.exchange.exports.csv import csv_bytes
from cpdkit.exchange.imports.csv import read_csv
from cpdkit.exchange.imports.json_documents import read
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable, ImportOptions
from cpdkit.exchange.layouts import LAYOUTS
from cpdkit.journal.declarations import IMPORTED
from cpdkit.journal.load import load
from cpdkit.journal.naming import Paths
from cpdkit.journal.record_writer import record_bytes
from cpdkit.journal.records import Activity
from tests.journal.folders import journal_of

NOTHING = Existing(frozenset())


def taken_in(table: ImportedTable, existing: Existing = NOTHING, options: AdoptOptions | None = None) -> Adoption:
    return adopt(table, match(table, ColumnMapping()), existing, options or AdoptOptions())


def rows(*given: dict[str, str]) -> ImportedTable:
    return read(json.dumps(given).encode(), "log.json", ImportOptions())


ONE = {"Title": "Course on relays", "Date": "2026-03-14", "Hours": "1.5", "Notes": "Good."}


def test_a_row_becomes_a_draft() -> None:
    made = taken_in(rows(ONE))
    ((path, data),) = made.files.items()
    assert path == "activities/2026/2026-03-14-course-on-relays.md"
    (key,) = row_keys(rows(ONE).rows)
    assert data.decode() == (
        "---\ntitle: Course on relays\ntype: training\nstart: 2026-03-14\nhours: 1.5\nstatus: draft\n"
        f"{IMPORTED}: {key}\n---\n\nGood.\n"
    )


def test_done_at_once_and_into_a_folder() -> None:
    made = taken_in(
        rows(ONE | {"Status": "in-progress", "Type": "Course"}),
        NOTHING,
        AdoptOptions(True, "Old", {"location": "Leeds"}),
    )
    ((path, data),) = made.files.items()
    activity = activity_of(path, data)
    assert (activity.folder, activity.status, activity.location) == ("Old", "in-progress", "Leeds")


def test_an_activity_with_unknown_values_stays_a_draft_that_lists_them() -> None:
    made = taken_in(rows({"Title": "Something", "Date": "2026-03-14"}), NOTHING, AdoptOptions(True))
    ((path, data),) = made.files.items()
    assert activity_of(path, data).status == "draft"
    assert made.remarks == (
        "1 row has no type; imported as a draft with type: event",
        "1 row has no hours; imported as a draft with hours: 0",
    )


def test_what_is_planned_needs_no_hours_and_no_hours_are_none() -> None:
    bare = {"Title": "Course on relays", "Date": "2026-03-14"}
    table = rows(bare | {"Status": "planned"}, bare | {"Hours": "0"})
    made = taken_in(table, NOTHING, AdoptOptions(True))
    planned, empty = (activity_of(path, data) for path, data in made.files.items())
    assert (planned.status, empty.status, empty.minutes) == ("planned", "draft", 0)
    assert len(made.remarks) == 1


def test_a_file_that_cannot_be_read_keeps_its_row_from_coming_again(tmp_path: Path) -> None:
    ((path, data),) = taken_in(rows(ONE)).files.items()
    journal = journal_of(tmp_path, {path: data.replace(b"title: Course on relays", b"no field").decode()})
    assert journal.unread == (path,)
    existing = existing_in(journal, rows(ONE).rows)
    made = taken_in(rows(ONE, ONE | {"Hours": "2"}), existing)
    assert (len(made.files), made.known) == (1, 1)
    (tmp_path / path).unlink()
    assert existing_in(journal, rows(ONE).rows).keys == frozenset()


def test_a_second_time_nothing_comes(tmp_path: Path) -> None:
    twice = rows(ONE, ONE, ONE | {"Hours": "2"})
    first = taken_in(twice)
    assert len(first.files) == 3
    activities = [activity_of(path, data) for path, data in first.files.items()]
    second = taken_in(twice, Existing(frozenset(first.files), frozenset(), imported_keys(activities)))
    assert (dict(second.files), second.known) == ({}, 3)


def test_a_bad_row_costs_only_itself() -> None:
    bad = (ONE | {"Date": "2026-02-30", "Hours": "x"}, ONE | {"Hours": "99999999"}, ONE | {"End": "2026-03-10"})
    made = taken_in(rows(ONE, *bad, ONE | {"Hours": "2"}))
    assert len(made.files) == 2
    assert [(each.where, each.header) for each in made.rejections] == [
        ("log.json, object 2", "Date"), ("log.json, object 2", "Hours"), ("log.json, object 3", "Hours"),
        ("log.json, object 4", ""),
    ]  # fmt: skip


def test_reading_faults_count_unless_the_column_is_omitted() -> None:
    row = ImportedRow("row 2", ("a course", "2026-03-14", "1", ""), "", (("Odd", "it shows an error"),))
    table = ImportedTable("log", ("Title", "Date", "Hours", "Odd"), (row,))
    assert taken_in(table).rejections == ()
    adopted = adopt(table, match(table, ColumnMapping({"Odd": "location"})), NOTHING, AdoptOptions())
    assert [(each.header, each.message) for each in adopted.rejections] == [("Odd", "it shows an error")]


def test_access_details_of_meetings_are_removed_everywhere_and_counted() -> None:
    link = "https://zoom.us/j/123?pwd=hush"
    table = rows(
        ONE | {"Notes": f"Good.\n{link}", "Location": link, "Link": link, "Odd": f"x {link}"}, ONE | {"Title": link}
    )
    made = taken_in(table)
    first, second = (activity_of(path, data) for path, data in made.files.items())
    assert not [data for data in made.files.values() if b"hush" in data]
    assert (first.body.strip(), first.location, first.evidence, first.own["x-odd"]) == ("Good.", "online", (), "x")
    assert second.title == "Online meeting"
    assert made.remarks == ("join links, dial-in numbers and passcodes of online meetings removed from 2 rows",)


TEXTS = st.text(alphabet="abc =+-@'#:é\n", min_size=1, max_size=12).map(str.strip).filter(bool)
LINES = TEXTS.map(lambda text: " ".join(text.split()))
WORDS = st.text(alphabet="abcé", min_size=1, max_size=5)


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    fields = {
        "title": draw(LINES),
        "type": draw(st.sampled_from(["event", "training", "self-study"])),
        "start": "2026-03-14",
        "hours": draw(st.sampled_from(["1.5", "20 min", "1h07", "2"])),
        "status": draw(st.sampled_from(["", "done", "in-progress"])),
        "end": draw(st.sampled_from(["", "2026-03-16"])),
        "provider": draw(LINES | st.just("")),
        "topics": draw(st.lists(WORDS, max_size=2, unique=True)),
        "competences": draw(st.sampled_from([[], ["A1"], {"A1": "E", "B2": "P"}])),
        "planned": draw(st.sampled_from(["", "true", "false"])),
        "confidential": draw(st.sampled_from(["", "true"])),
        "benefit": draw(TEXTS | st.just("")),
        "units": draw(st.sampled_from([{}, {"PDU": "3", "points": "1.5"}])),
        "evidence": draw(st.sampled_from([[], [{"path": "a.pdf", "title": "A"}, "https://x.org/b"]])),
        "signed-off": draw(st.sampled_from([{}, {"by": "J", "on": "2026-03-20"}, {"by": "J"}])),
        "x-own": draw(WORDS | st.just("")),
    }
    body = draw(st.sampled_from(["", "\nText.\n\n## Reflection\n\n### What did you learn?\n\n=1+1\n"]))
    return activity_of("activities/2026/a.md", record_bytes(ACTIVITIES, fields, body))


KEPT = [name for name in Activity.__slots__ if name not in ("spans", "own", "id", "path")]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(activities(), min_size=1, max_size=3))
def test_out_as_csv_and_in_again_gives_the_same_records(before: list[Activity]) -> None:
    table = read_csv(csv_bytes(full_table(before)), "cpd.csv")
    made = taken_in(table, NOTHING, AdoptOptions(True))
    assert made.rejections == ()
    after = [activity_of(path, data) for path, data in made.files.items()]
    assert after[0].path == before[0].path
    for one, other in zip(before, after, strict=True):
        assert [getattr(other, name) for name in KEPT if name != "body"] == [
            getattr(one, name) for name in KEPT if name != "body"
        ]
        assert other.body.strip("\n") == one.body.strip("\n")
        assert {name: value for name, value in other.own.items() if name != IMPORTED} == one.own


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(activities())
def test_in_its_own_journal_an_export_adds_nothing(one: Activity) -> None:
    there = Existing(frozenset([one.path]), activities={one.path: one})
    made = taken_in(read_csv(csv_bytes(full_table([one])), "cpd.csv"), there)
    assert (dict(made.files), made.known, made.rejections) == ({}, 1, ())


def test_a_row_that_differs_from_its_file_is_reported() -> None:
    path = "activities/2026/a.md"
    row = ONE | {"Path": path}
    one = activity_of(path, next(iter(taken_in(rows(ONE), NOTHING, AdoptOptions(True)).files.values())))
    there = Existing(frozenset([path, "activities/b.md"]), activities={path: one})
    made = taken_in(rows(row, row | {"Hours": "2", "Notes": ""}, row | {"Path": "activities/b.md"}), there)
    assert (dict(made.files), made.known) == ({}, 1)
    assert [(each.where, each.header, each.message) for each in made.rejections] == [
        ("log.json, object 2", "Path", f"{path} already exists and differs in hours and body; use cpd set, or clear "
         "this cell to import a new activity"),
        ("log.json, object 3", "Path", "activities/b.md already exists and cannot be read; run cpd check"),
    ]  # fmt: skip


def test_every_layout_survives_export_and_import() -> None:
    before = [each for each in load(Path("journal")).activities if each.status.counts]
    for layout in LAYOUTS.values():
        named = {name for each in layout.columns for name in each.fields}
        defaults = {} if "start" in named else {"start": "2026-01-01"}
        table = read_csv(csv_bytes(layout_table(layout, before)), "log.csv")
        made = taken_in(table, NOTHING, AdoptOptions(True, None, defaults))
        assert made.rejections == ()
        assert len(made.files) == len(before)
        after = [activity_of(path, data) for path, data in made.files.items()]
        for one, other in zip(before, after, strict=True):
            assert "title" not in named or " ".join(one.title.split()) == other.title
            assert "hours" not in named or abs(one.minutes - other.minutes) <= 1
            assert "start" not in named or one.start == other.start
            assert "type" not in named or one.type == other.type
            assert "reflection" not in named or ("## Reflection" in other.body) == ("## Reflection" in one.body)


HEADERS = ("path", "title", "start", "hours", "confidential", "topics", "x-cost", "body")
CELLS = ("activities/a.md", "Relays", "2026-03-14", "1.1167", "true", "safety; relays", "£5", "Text.")


def differing(**changed: str) -> str:
    """Return the fields in which a row differs from its existing file, as in the message."""
    fields = {"title": "Relays", "type": "event", "start": "2026-03-14", "hours": "1h07", "confidential": "true",
              "topics": ["safety", "relays"], "provider": "IET", "x-cost": "£5"}  # fmt: skip
    activity = activity_of("activities/a.md", record_bytes(ACTIVITIES, fields, "Text."))
    cells = dict(zip(HEADERS, CELLS, strict=True)) | {name.replace("_", "-"): cell for name, cell in changed.items()}
    table = ImportedTable("log", HEADERS, (ImportedRow("row 2", tuple(cells.values())),))
    made = taken_in(table, Existing(frozenset([activity.path]), activities={activity.path: activity}))
    assert made.known == 1 - len(made.rejections) and not made.files
    return "".join(rejection.message.partition("differs in ")[2].partition(";")[0] for rejection in made.rejections)


def test_a_field_without_a_column_is_not_a_difference() -> None:
    assert differing() == ""


def test_what_differs_is_named() -> None:
    assert differing(hours="1.1", confidential="no") == "hours and confidential"
    assert differing(topics="safety", x_cost="£6", body="Text!") == "topics, x-cost and body"


def test_another_type_of_cell_with_the_same_value_is_the_same() -> None:
    assert differing(start="14 March 2026", topics="safety, relays", confidential="YES") == ""


def test_many_equal_rows_get_their_numbers_in_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        paths = Paths()
        started = time.process_time()
        for _ in range(count):
            paths.add(paths.free("activities/2026/talk.md"))
        return time.process_time() - started

    few = min(seconds(4_000) for _ in range(3))
    assert seconds(16_000) < 10 * few + 0.05


def test_the_numbers_of_equal_paths() -> None:
    paths = Paths(["a/Talk.md", "a/talk-3.md"])
    made = [paths.free("a/talk.md")]
    for _ in range(3):
        paths.add(made[-1])
        made.append(paths.free("a/talk.md"))
    assert made == ["a/talk-2.md", "a/talk-4.md", "a/talk-5.md", "a/talk-6.md"]
