"""Links to a file that moves are updated byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.actions.links import followed, left_links, moves_among
from cpdkit.journal.links import path_of, place_of
from tests.journal.folders import FIELDS, record

HERE = "activities/2026/a.md"
MOVED = {
    "activities/2026/b.md": "activities/Old courses/2026/b.md",
    "plan/storage.md": "plan/grid-storage.md",
    "evidence/x.pdf": "evidence/y z.pdf",
}
PATHS = (HERE, "activities/2026/c.md", "activities/old/c.md", "plan/storages.md", *MOVED)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[b](b.md)", "[b](../Old%20courses/2026/b.md)"),
        ('[b](<b.md> "B")', '[b](<../Old%20courses/2026/b.md> "B")'),
        ("and [b](./b.md#x)", "and [b](../Old%20courses/2026/b.md#x)"),
        ("![x](../../evidence/x.pdf)", "![x](../../evidence/y%20z.pdf)"),
        ("[p]\n\n[p]: ../../plan/storage.md", "[p]\n\n[p]: ../../plan/grid-storage.md"),
        ("[[storage]] [[storage|why]] [[storage#x]]", "[[grid-storage]] [[grid-storage|why]] [[grid-storage#x]]"),
        ("- [[storage.md]]", "- [[grid-storage.md]]"),
        ("[[Storage]] [[STORAGE|Storage]]", "[[grid-storage]] [[grid-storage|Storage]]"),
        ("[[plan/storage]] [[Plan/Storage.md#x]]", "[[plan/grid-storage]] [[plan/grid-storage.md#x]]"),
        ("[[../../plan/storage|s]]", "[[../../plan/grid-storage|s]]"),
        ("[[storage^block]] [[ storage ]]", "[[grid-storage^block]] [[ grid-storage ]]"),
        ("![[storage]] ![[x.pdf]] ![[evidence/x.pdf#page=2]] ![[x.pdf|300]]",
         "![[grid-storage]] ![[y z.pdf]] ![[evidence/y z.pdf#page=2]] ![[y z.pdf|300]]"),
        ("[[b]] [[2026/b]] [[old courses/2026/b]]", None),
        ("[[activities/2026/b]] [[./b]]", "[[activities/Old courses/2026/b]] [[../Old courses/2026/b]]"),
        ("> [[storage]]\n\n1. **[[storage]]**\n\n# [[storage]]",
         "> [[grid-storage]]\n\n1. **[[grid-storage]]**\n\n# [[grid-storage]]"),
        ("| a |\n|--|\n| [[storage\\|why]] |", "| a |\n|--|\n| [[grid-storage\\|why]] |"),
        ("[c](c.md) [w](https://x/b.md) `[b](b.md)` `[[storage]]` [[storages]]", None),
        ("[b](../b.md) [b](../../b.md)", None),
    ],
)  # fmt: skip
def test_links_in_a_body(line: str, expected: str | None) -> None:
    before = record(body=f"\nŵ {line}\r\n\nEnd.  \n").encode()
    after = record(body=f"\nŵ {expected or line}\r\n\nEnd.  \n").encode()
    assert followed(HERE, before, moves_among(MOVED, PATHS)) == after


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("objectives: [storage, other]  # mine\n", "objectives: [grid-storage, other]  # mine\n"),
        ("objectives: storage\n", "objectives: grid-storage\n"),
        ("objectives:\n  - other\n  - 'storage'\n", "objectives:\n  - other\n  - grid-storage\n"),
        ("objectives: [grid-storage, storage]\n", "objectives: [grid-storage]\n"),
        ("evidence: [x.pdf, {path: x.pdf, title: x.pdf}]\n", "evidence: [y z.pdf, {path: y z.pdf, title: x.pdf}]\n"),
        ('x-see: "[[Storage|s]]"\n', 'x-see: "[[grid-storage|s]]"\n'),
        ("x-see: [[storage]]\n", "x-see: [[grid-storage]]\n"),
        ("x-see:\n  - '[[plan/storage]]'\n", "x-see:\n  - '[[plan/grid-storage]]'\n"),
        ("benefit: |\n  see [[storage]] and ![[x.pdf]]\n", "benefit: |\n  see [[grid-storage]] and ![[y z.pdf]]\n"),
        ("objectives: [[storage]]\n", "objectives: [[grid-storage]]\n"),
        ("topics: [storage]\nlocation: x.pdf\n", "topics: [storage]\nlocation: x.pdf\n"),
    ],
)
def test_names_in_fields(fields: str, expected: str) -> None:
    assert (
        followed(HERE, record(FIELDS + fields).encode(), moves_among(MOVED, PATHS))
        == record(FIELDS + expected).encode()
    )


def test_what_moves_takes_its_own_links_along() -> None:
    before = record(body="\n[c](c.md) [p](../../plan/x.md) [self](a.md) [up](../../../out.md) [d](../)\n").encode()
    after = record(
        body="\n[c](../../2026/c.md) [p](../../../plan/x.md) [self](z.md) [up](../../../out.md) [d](../../)\n"
    ).encode()
    assert followed(HERE, before, moves_among({HERE: "activities/deep/er/z.md"})) == after


PARTS = st.text("abŵ .()%&", min_size=1, max_size=6).filter(lambda part: part.strip(" .") == part)


@given(st.lists(PARTS, min_size=1, max_size=3), st.lists(PARTS, min_size=1, max_size=3))
def test_a_moved_link_leads_to_the_moved_file(old: list[str], new: list[str]) -> None:
    moved = {f"activities/{'/'.join(old)}.md": f"activities/{'/'.join(new)}.md"}
    (target, aim), here = *moved.items(), "plan/p.md"
    line = f"[x](<../{target}>)" if "%" not in target else f"[x](<../{target.replace('%', '%25')}>)"
    after = followed(here, record(body=f"\n{line}\n").encode(), moves_among(moved)).decode()
    address = after.partition("](<")[2].partition(">)")[0]
    assert place_of(here, path_of(address)) == aim


def test_links_of_what_moves() -> None:
    before = record(body="\n[[./c]] [[../old/c]] [[c]] [[a]]\n").encode()
    after = record(body="\n[[../../2026/c]] [[../../old/c]] [[c]] [[z]]\n").encode()
    moves = moves_among({HERE: "activities/deep/er/z.md"}, PATHS)
    assert followed(HERE, before, moves) == after


@pytest.mark.parametrize(
    ("moved", "body", "left"),
    [
        (MOVED, "`[[storage]]`", [(HERE, 9, "storage")]),
        (MOVED, "%% [[Plan/storage|x]] %%", [(HERE, 9, "Plan/storage")]),
        (MOVED, "```\n[[storage]]\n```", [(HERE, 10, "storage")]),
        (MOVED, "[[storage]] [[storages]] `[[b]]`", []),
        ({"activities/2026/c.md": "activities/2026/d.md"}, "[[c]] [[old/c]]", [(HERE, 9, "c")]),
        ({"evidence/x.pdf": "evidence/x [1].pdf"}, "![[x.pdf]]", [(HERE, 9, "x.pdf")]),
    ],
)
def test_links_that_stay_are_named(moved: dict[str, str], body: str, left: list[tuple[str, int, str]]) -> None:
    moves = moves_among(moved, PATHS)
    after = followed(HERE, record(body=f"\n\n{body}\n").encode(), moves)
    assert list(left_links(HERE, after, moves)) == left
