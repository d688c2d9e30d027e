from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import CodeActionKind, Position, Range, TextEdit, WorkspaceEdit

from cpdkit.diagnostics import Diagnostic, Edit, Fix, Severity, Span
from cpdkit.editor.actions import FIX_ALL, acceptance, actions, between, fix_all, text_edits, wants_fix_all
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from tests.editor.sample_journal import file_with

EVERYWHERE = Range(Position(0, 0), Position(99, 0))


def edit_of(edits: Sequence[TextEdit]) -> WorkspaceEdit:
    return WorkspaceEdit({"a": list(edits)})


def made(text: Text, edits: Sequence[TextEdit]) -> str:
    """A text with edits that don't overlap."""
    for each in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        text = text.changed(each.range, each.new_text)
    return text.source


def problem(code: str, line: int = 2, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic("activities/a.md", Span(line, 1, line, 3), code, Severity.ERROR, "no", fix=fix)


def titles(only: Sequence[str], *found: Diagnostic, where: Range = EVERYWHERE) -> list[str]:
    file, _, _ = file_with("title: a|\ntype: b")
    return [each.title for each in actions(file, where, found, only, edit_of)]


RENAME = Fix("rename it to type", (Edit(Span(2, 1, 2, 3), "type"),))


def test_fixes_come_before_acceptances() -> None:
    found = (problem("CPD401"), problem("CPD212", fix=RENAME), problem("CPD401", 3))
    assert titles((), *found) == ["Rename it to type", "Accept CPD401 in this file (needs a reason)"]


def test_only_what_stands_where_it_is_asked_is_offered() -> None:
    line = Range(Position(2, 0), Position(2, 0))
    assert titles((), problem("CPD212", fix=RENAME), where=line) == []
    assert titles((), problem("CPD212", 3, RENAME), where=line) == ["Rename it to type"]


def test_a_fix_that_needs_an_eye_says_so() -> None:
    unsafe = Fix("write 2026-03-04", RENAME.edits, safe=False)
    assert titles((), problem("CPD205", fix=unsafe)) == ["Write 2026-03-04 (review this change)"]


@pytest.mark.parametrize(
    ("only", "offered"), [((), 1), (("quickfix",), 1), (("refactor",), 0), (("source.fixAll",), 0)]
)
def test_only_the_kinds_that_are_asked_for_are_offered(only: tuple[str, ...], offered: int) -> None:
    assert len(titles(only, problem("CPD212", fix=RENAME))) == offered


@pytest.mark.parametrize(
    ("only", "wanted"),
    [((), True), (("source",), True), (("source.fixAll",), True), ((FIX_ALL,), True), (("source.fix",), False)],
)
def test_fixing_all_is_a_kind_of_its_own(only: tuple[str, ...], wanted: bool) -> None:
    assert wants_fix_all(only) is wanted
    file, _, _ = file_with("title: a|")
    found = fix_all(file, b"---\ntitle: b\n---\n", only, edit_of)
    assert [each.kind for each in found] == [FIX_ALL] * wanted
    assert fix_all(file, file.text.data, only, edit_of) == []


def test_the_edits_of_a_fix_keep_the_files_newline() -> None:
    text = Text("a\r\n👍bc\r\n")
    edits = text_edits(text, [Edit(Span(2, 2, 2, 3), "x\ny")])
    assert made(text, edits) == "a\r\n👍x\r\nyc\r\n"


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ("title: a", 'title: a\naccepted:\n  CPD401: ""'),
        ("accepted: {CPD402: why}", 'accepted: {CPD401: "", CPD402: why}'),
        ("accepted: {}", 'accepted: {CPD401: ""}'),
        ("accepted:\n    CPD402: why\ntype: a", 'accepted:\n    CPD401: ""\n    CPD402: why\ntype: a'),
        ("accepted:\ntype: a", 'accepted:\n  CPD401: ""\ntype: a'),
        ("title: a\r", 'title: a\r\naccepted:\r\n  CPD401: ""\r'),
    ],
)
def test_a_code_is_accepted_where_that_belongs(fields: str, after: str) -> None:
    file = JournalFile(
        "activities/a.md",
        Text(f"---\n{fields}\n---\n".replace("\r\n", "\n").replace("\n", "\r\n" if "\r" in fields else "\n")),
    )
    edit = acceptance(file, "CPD401")
    assert edit
    assert made(file.text, [edit]).split("---")[1].strip("\r\n") == after.strip("\r")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\naccepted: {CPD401: why}\n---\n", "activities/a.md"),
        ("---\ntitle: a\n", "activities/a.md"),
        ("title: a\n", "activities/a.md"),
        ("name: a\n", "cpd.yaml"),
    ],
)
def test_a_code_is_not_accepted_where_it_cannot_be(text: str, path: str) -> None:
    assert acceptance(JournalFile(path, Text(text)), "CPD401") is None


def test_what_keeps_a_file_from_being_read_cannot_be_accepted() -> None:
    assert titles((), problem("CPD204")) == []


LINES = st.lists(st.sampled_from(["a", "b", "é👍", ""]), max_size=8)
ENDS = st.sampled_from(["\n", "\r\n"])


@given(LINES, LINES, ENDS, st.booleans(), st.booleans(), st.booleans())
def test_the_edits_between_two_texts_make_the_one_the_other(
    old: list[str], new: list[str], end: str, mark: bool, closed: bool, keep: bool
) -> None:
    before = Text("\ufeff" * mark + end.join(old) + end * closed)
    after = "\ufeff" * (mark and keep) + end.join(new) + end * closed
    assert made(before, between(before, after)) == after


def test_many_changed_lines_are_one_edit() -> None:
    before = Text("".join(f"{number}\n" for number in range(900)))
    after = "".join(f"x{number}\n" for number in range(900))
    assert len(between(before, after)) == 1
    assert made(before, between(before, after)) == after


def test_a_safe_fix_is_the_preferred_one() -> None:
    file, _, _ = file_with("title: a|")
    found = actions(file, EVERYWHERE, [problem("CPD212", fix=RENAME)], (), edit_of)
    assert [(each.is_preferred, each.kind) for each in found] == [(True, CodeActionKind.QuickFix)]
