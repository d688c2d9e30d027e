import unicodedata
from pathlib import Path

import pytest

from cpdkit.checks.rules.links import links
from tests.checks.checking import diagnostics, figures, located_codes
from tests.journal.folders import BODY, FIELDS, record


def one(fields: str) -> str:
    return record(FIELDS + fields)


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("[a.pdf]", "a.pdf"),
        ("[evidence/a.pdf]", "a.pdf"),
        ("[2026/a.pdf]", "2026/a.pdf"),
        ("[2026/]", "2026/deep/a.pdf"),
        (f"[{unicodedata.normalize('NFD', 'é.pdf')}]", unicodedata.normalize("NFC", "é.pdf")),
    ],
)
def test_evidence_that_is_there(tmp_path: Path, named: str, there: str) -> None:
    assert located_codes(tmp_path, {"activities/a.md": one(f"evidence: {named}\n"), f"evidence/{there}": b""}) == []


def test_evidence_that_is_not_there(tmp_path: Path) -> None:
    files = {
        "activities/a.md": one("evidence: [b.pdf, https://example.org, Certificates.pdf]\n"),
        "evidence/b.pdf": b"",
        "evidence/Certificate.pdf": b"",
    }
    missing, unused = diagnostics(tmp_path, files)
    assert (missing.location, missing.code) == ("activities/a.md:6:40", "CPD501")
    assert (unused.location, unused.code) == ("evidence/Certificate.pdf", "CPD504")
    assert figures(missing.note) == "Certificate.pdf"


def test_evidence_of_what_cannot_be_read_is_not_called_unused(tmp_path: Path) -> None:
    assert [code for _, code in located_codes(tmp_path, {"activities/a.md": b"", "evidence/b.pdf": b""})] == ["CPD108"]


def test_objectives(tmp_path: Path) -> None:
    files = {
        "activities/a.md": one("objectives: [storage, storge, broken]\n"),
        "plan/storage.md": record("title: A\n", ""),
        "plan/broken.md": b"",
    }
    unknown, broken = diagnostics(tmp_path, files)
    assert (unknown.location, unknown.code) == ("activities/a.md:6:23", "CPD503")
    assert (broken.location, broken.code) == ("plan/broken.md", "CPD108")
    assert '"storage"' in unknown.note


def test_a_problem_shows_its_line(tmp_path: Path) -> None:
    (each,) = diagnostics(tmp_path, {"activities/a.md": one("evidence: [b.pdf]\n")})
    assert (each.source, str(each.severity)) == ("evidence: [b.pdf]", "error")


@pytest.mark.parametrize(
    ("named", "place", "fixed"),
    [
        ("[A.PDF]", "6:12", "evidence: [a.pdf]"),
        ('["A.PDF"]', "6:12", 'evidence: ["a.pdf"]'),
        ("[{path: A.pdf, title: Certificate}]", "6:12", "evidence: [{path: a.pdf, title: Certificate}]"),
        ("[{path: A.pdf, title: A.pdf}]", "6:12", ""),
        ('["\\x41.pdf"]', "6:12", ""),
    ],
)
def test_evidence_in_another_case(tmp_path: Path, named: str, place: str, fixed: str) -> None:
    files = {"activities/a.md": one(f"evidence: {named}\n"), "evidence/a.pdf": b""}
    (each,) = diagnostics(tmp_path, files)
    assert (each.location, each.code) == (f"activities/a.md:{place}", "CPD509")
    if not fixed:
        assert each.fix is None and each.hint == "write a.pdf"
        return
    assert each.fix is not None and each.fix.safe
    (edit,) = each.fix.edits
    line = each.source
    assert line[: edit.span.column - 1] + edit.new + line[edit.span.end_column - 1 :] == fixed


PATH = "activities/2026/a.md"
THERE = {
    "evidence/photo.png": b"",
    "evidence/two words.pdf": b"",
    "plan/storage.md": record("title: Storage\nby: 2027-01-31\n", BODY),
}
FULL = FIELDS + 'evidence: [photo.png, "two words.pdf"]\nobjectives: [storage]\n'


def reported(root: Path, line: str) -> list[tuple[str, str]]:
    """Code and figures of the notes of what is found in a body that ends in these lines."""
    found = diagnostics(root, {PATH: record(FULL, f"{BODY}\n{line}\n"), **THERE})
    return [(each.code, figures(each.note)) for each in found]


@pytest.mark.parametrize(
    "line",
    [
        "[web](https://example.org/a.pdf) <https://example.org> [mail](mailto:a@example.org)",
        "[below](#reflection) [none]() [query](?a=b)",
        '[photo](../../evidence/photo.png) ![photo](../../evidence/photo.png "the bench")',
        "[words](<../../evidence/two words.pdf>) [words](../../evidence/two%20words.pdf)",
        "[plan](../../plan/storage.md#why) [folder](../../plan) [journal](../..) [self](a.md)",
        "`[code](gone.md)` and ``a ` [code](gone.md)``",
        "```\n[code](gone.md)\n```",
        "text\n\n    [code](gone.md)\n",
        "<!-- [note](gone.md) -->",
        "\\[no link](gone.md) and no] (link) and a](b) and f](x",
        "[a]: gone.md",
        "[^1]: gone.md",
        "![remote](https://example.org/a.png)",
    ],
)
def test_links_that_lead_somewhere_or_are_none(tmp_path: Path, line: str) -> None:
    assert reported(tmp_path, line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[a](gone.md)", [("CPD510", "activities/2026/gone.md")]),
        ("- [a](gone.md)\n  - [b](gone.md)", [("CPD510", "activities/2026/gone.md")] * 2),
        ("![a](gone.png)", [("CPD511", "activities/2026/gone.png")]),
        ("[![a](gone.png)](gone.md)", [("CPD510", "activities/2026/gone.md"),
                                      ("CPD511", "activities/2026/gone.png")]),
        ("![a](evidence/photo.png)", [("CPD511", "../../evidence/photo.png")]),
        ("![a](photo.png)", [("CPD511", "../../evidence/photo.png")]),
        ("[a](plan/storage.md)", [("CPD510", "../../plan/storage.md")]),
        ("[a](../../../b.md)", [("CPD510", "")]),
        ("[a](/etc/passwd)", [("CPD510", "")]),
        ("[a](b\\\\c)", [("CPD510", "")]),
        ("See [a] and [b][a].\n\n[a]: gone.md", [("CPD510", "activities/2026/gone.md")]),
        ("![a]\n\n[a]: gone.png", [("CPD511", "activities/2026/gone.png")]),
        ("[two\nlines](gone.md \"title\")", [("CPD510", "activities/2026/gone.md")]),
        ("[a](gone\\(1\\).md)", [("CPD510", "activities/2026/gone(1).md")]),
        ("[a](gone(1).md)", [("CPD510", "activities/2026/gone(1).md")]),
        ("[a](b%00c)", [("CPD510", "activities/2026/b\0c")]),
    ],
)  # fmt: skip
def test_dead_links_and_images(tmp_path: Path, line: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(reported(tmp_path, line)) == expected


def test_the_place_and_the_fix(tmp_path: Path) -> None:
    (each,) = diagnostics(tmp_path, {PATH: record(FULL, BODY + "\nSee ![a](photo.png).\n"), **THERE})
    assert each.span is not None and each.fix is not None
    assert each.source[each.span.column - 1 : each.span.end_column - 1] == "photo.png"
    (edit,) = each.fix.edits
    assert (edit.span, edit.new, each.fix.safe) == (each.span, "../../evidence/photo.png", False)


@pytest.mark.parametrize("path", ["plan/a.md", "career/a.md", "reviews/2025.md"])
def test_other_records(tmp_path: Path, path: str) -> None:
    fields = {
        "plan": "title: Storage\nby: 2027-01-31\n",
        "career": "role: Engineer\nemployer: Gridwise\nstart: 2021-09-01\n",
        "reviews": "year: 2025\nwritten: 2026-01-09\n",
    }[path.partition("/")[0]]
    given = [code for _, code in located_codes(tmp_path, {path: record(fields, "\n[a](gone.md) ![b](gone.png)\n")})]
    assert {"CPD510", "CPD511"} <= set(given)


@pytest.mark.parametrize("text", ["](" * 50_000, "[" * 100_000, "[a](" * 30_000, "[]: a\n" * 3_000, "`" * 99_999])
def test_many_brackets_take_no_time(text: str) -> None:
    assert len(list(links(text))) < 100_000


@pytest.mark.parametrize(
    ("fields", "text", "places"),
    [
        ("", "[[a]] [[A.md]] [[storage]] [[plan/Storage#x|why]] [[../plan/storage]] ![[c.pdf]] ![[2026/c.pdf]]", []),
        ("", "[[storages]] and [[b|c]]", ["activities/a.md:8:3", "activities/a.md:8:20"]),
        ("", "| a |\n|--|\n| [[b\\|c]] |", ["activities/a.md:10:5"]),
        ("", "`[[b]]` %% [[c]] %% [[#part]]", []),
        ("x-see: '[[b]] [[a]]'\n", "", ["activities/a.md:6:11"]),
        ("benefit: see [[b]]\n", "", ["activities/a.md:6:16"]),
        ("x-table: [[1, 2], [3, 4]]\nx-row: [[5, 6]]\nx-n: [[7]]\n", "", []),
    ],
)
def test_links_of_note_programs(tmp_path: Path, fields: str, text: str, places: list[str]) -> None:
    files = {
        "activities/a.md": record(FIELDS + fields + "evidence: [2026/c.pdf]\n", f"\n{text}\n{BODY}"),
        "plan/storage.md": record("title: A\n", ""),
        "evidence/2026/c.pdf": b"",
    }
    if not fields:
        files["activities/a.md"] = record(FIELDS + "evidence: [2026/c.pdf]\n", f"{text}\n{BODY}")
    found = [each.location for each in diagnostics(tmp_path, files) if each.code == "CPD519"]
    assert found == places
