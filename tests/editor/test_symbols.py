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
