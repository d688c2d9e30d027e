import time

import pytest
from lsprotocol.types import SymbolKind

from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from cpdkit.editor.symbols import document_symbols, flat, workspace_symbols
from tests.editor.sample_journal import COURSE

TEXT = """---
title: "A: b"
competences:
  - A1
  - B2
---

## Reflection

### What did you learn?

```
# no heading
```

### 👍

## End
"""


def test_fields_and_headings_are_listed_as_they_nest() -> None:
    found = document_symbols(JournalFile(COURSE, Text(TEXT)))
    assert [(each.name, each.detail) for each in found] == [
        ("title", "A: b"), ("competences", "A1, B2"), ("Reflection", None), ("End", None)
    ]  # fmt: skip
    assert (found[1].range.start.line, found[1].range.end.line) == (2, 4)
    reflection = found[2]
    assert [each.name for each in reflection.children or ()] == ["What did you learn?", "👍"]
    assert (reflection.range.start.line, reflection.range.end.line) == (7, 16)
    assert (reflection.children or ())[1].selection_range.end.character == 6


def test_every_range_holds_its_name_and_what_is_below() -> None:
    def nested(symbols: object) -> None:
        for each in symbols:  # type: ignore[attr-defined]
            outer, inner = each.range, each.selection_range
            assert (outer.start.line, outer.start.character) <= (inner.start.line, inner.start.character)
            assert (inner.end.line, inner.end.character) <= (outer.end.line, outer.end.character)
            nested(each.children or ())

    nested(document_symbols(JournalFile(COURSE, Text(TEXT))))


def test_an_editor_without_nesting_gets_them_flat() -> None:
    found = flat(document_symbols(JournalFile(COURSE, Text(TEXT))), "file:///a.md")
    assert [(each.name, each.container_name) for each in found][-3:] == [
        ("What did you learn?", "Reflection"), ("👍", "Reflection"), ("End", None)
    ]  # fmt: skip


def test_an_unfinished_record_has_its_fields() -> None:
    assert [each.name for each in document_symbols(JournalFile(COURSE, Text("---\ntitle: a\nty")))] == ["title", "ty"]
    assert [each.name for each in document_symbols(JournalFile(COURSE, Text("# Only text")))] == ["Only text"]
    assert [each.name for each in document_symbols(JournalFile("cpd.yaml", Text("name: A\n# x\n")))] == ["name"]


def test_records_are_found_by_words_of_title_and_name(facts: JournalFacts) -> None:
    def names(query: str) -> list[str]:
        return [each.name for each in workspace_symbols(query, facts, lambda path: f"j:{path}")]

    assert names("COURSE relay") == ["Relay course"]
    assert names("storage") == ["Talk on storage", "Understand *storage*"]
    assert names("2026-05") == ["Talk on storage"]
    assert names("none of these") == []
    first = workspace_symbols("relay", facts, lambda path: f"j:{path}")[0]
    assert (first.kind, first.container_name, first.location.uri) == (
        SymbolKind.Event, "2026-03-14, training", f"j:{COURSE}"
    )  # fmt: skip


LARGE = {
    "fields": "---\n" + "".join(f"a{number}: b\n" for number in range(4_000)) + "---\n",
    "equal fields": "---\n" + "a: b\n" * 4_000 + "---\n",
    "fields in a field": "---\n" + "a:\n  b:\n    c: d\n" * 2_000 + "---\n",
    "items": "---\na:\n" + "- b\n" * 8_000 + "---\n",
    "brackets": "---\n" + "a: [b, c]\n" * 4_000 + "---\n",
    "headings": "# a\n" * 20_000,
    "headings of all levels": "".join(f"{'#' * (1 + number % 6)} a\n" for number in range(20_000)),
    "deeper and deeper": ("# a\n## a\n### a\n#### a\n##### a\n###### a\n") * 3_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_the_outline_of_a_large_file_takes_bounded_time(name: str) -> None:
    started = time.process_time()
    symbols = document_symbols(JournalFile(COURSE, Text(LARGE[name])))
    assert symbols
    assert time.process_time() - started < 20  # two seconds or so, but machines differ


def test_a_section_stops_at_the_next_heading_of_its_level_or_above() -> None:
    made = document_symbols(JournalFile(COURSE, Text("# a\n### b\n## c\n# d\n\n## e\n")))
    assert [(each.name, each.range.end.line) for each in made] == [("a", 2), ("d", 6)]
    assert [(each.name, each.range.end.line) for each in made[0].children or ()] == [("b", 1), ("c", 2)]
