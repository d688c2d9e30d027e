"""A private passage is the same for everything: reports print, and checks read, exactly the same text.

Each construct that may be private is put into each part of a body. The words `mine` are the owner's alone, the words
`all` are for everybody.
"""

import itertools
import re
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.documents.bodies.builder import no_images
from cpdkit.documents.bodies.parts import build
from cpdkit.exchange.export_columns import description_of, reflection_of
from cpdkit.journal.load import load
from cpdkit.journal.sections import outline
from cpdkit.text.markdown import read
from tests.documents.hostile import text_of
from tests.program import activity, make_journal

MARKS = ("(private)", "(PRIVATE)", "**(private)**", "_(private)_")
PASSAGES = {
    "paragraph": "{mark} mine1\nmine2",
    "indented paragraph": " {mark} mine1\n   mine2",
    "item": "- {mark} mine1\n- all1",
    "item with paragraphs": "- {mark} mine1\n\n  mine2\n\n      mine3\n- all1",
    "lazy item": "- {mark} mine1\nmine2\n- all1",
    "nested item": "- all1\n  - {mark} mine1\n    - mine2\n  - all2",
    "deep item": "- all1\n  1. all2\n     * {mark} mine1\n       mine2\n     * all3",
    "numbered item": "1. all1\n2. {mark} mine1\n3) all2",
    "task": "- [ ] {mark} mine1\n- [x] all1",
    "done task": "- [x] {mark} mine1\n  - [ ] mine2",
    "quote": "> {mark} mine1\n> mine2\n>\n> mine3",
    "lazy quote": "> {mark} mine1\nmine2",
    "paragraph in a quote": "> all1\n>\n> {mark} mine1\n> mine2",
    "item in a quote": "> - {mark} mine1\n> - all1",
    "cell": "| all1 | all2 |\n|--|--|\n| {mark} mine1 | all3 |",
    "head of a table": "| {mark} mine1 | all2 |\n|--|--|\n| all3 | all4 |",
    "footnote": "all1[^n]\n\n[^n]: {mark} mine1\n    mine2",
    "section": "## {mark} mine1\n\nmine2\n\n### mine3\n\n- mine4\n\n## all1",
    "section by the heading's end": "## mine1 {mark}\n\nmine2\n\n### mine3\n\n## all1",
    "underlined section": "{mark} mine1\n---\n\nmine2\n\n## all1",
    "section in a quote": "> ## {mark} mine1\n>\n> mine2\n>\n> ## all1",
    "comment": "all1 <!-- mine1 --> all2",
    "comment of lines": "<!--\nmine1\n\nmine2\n-->\n\nall1",
    "comment over paragraphs": "all1 <!-- mine1\n\nmine2 --> all2",
    "comment in an item": "- all1 <!-- mine1\n\n  mine2 --> all2\n- all3",
    "comment in a cell": "| all1 <!-- mine1 | mine2 --> | all2 |\n|--|--|\n| all3 | all4 |",
    "comment in markup": "<div>\n<!-- mine1 -->\nall1\n</div>",
    "note programs' comment": "all1 %% mine1 %% all2",
    "note programs' block": "%%\nmine1\n\nmine2\n%%\n\nall1",
}
PLACES = {
    "description": "{passage}\n\n## Reflection\n\nall9",
    "reflection": "all9\n\n## Reflection\n\n### What?\n\n{passage}",
    "between": "all8\n\n{passage}\n\nall9",
}  # fmt: skip
CASES = [(name, place) for name, place in itertools.product(PASSAGES, PLACES)]


def words(text: str, stem: str) -> set[str]:
    return set(re.findall(rf"{stem}\d", text))


@pytest.mark.parametrize(("name", "place"), CASES)
def test_what_a_report_prints_is_what_a_check_judges(name: str, place: str) -> None:
    for mark in MARKS:
        passage = PASSAGES[name].replace("{mark}", mark)
        body = PLACES[place].replace("{passage}", passage)
        made = build(body, "Reflection", prefix="", images=no_images)
        printed = text_of([made.description, made.reflection])
        parts = outline(body)
        checked = " ".join(each.title + "\n" + each.text for each in (*parts.description, *parts.reflection))
        assert words(printed, "mine") == words(checked, "mine") == words(read(body).blanked, "mine") == set()
        assert words(printed, "all") == words(checked, "all") == words(body, "all")


@pytest.mark.parametrize(
    "passage",
    ["all1 (private) all2", "all1 <!-- all2", "`(private) all1`", "    (private) all1", "\\(private\\) all1 %% all2"],
)
def test_what_only_looks_private_is_for_everybody(passage: str) -> None:
    body = f"x\n\n{passage}\n\nall9"
    made = build(body, "Reflection", prefix="", images=no_images)
    assert words(text_of(made.description), "all") == words(body, "all")
    assert read(body).hidden == () or passage.startswith("\\(")


def test_every_command_keeps_a_private_passage_to_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody's own number is reported in public text, but not in private passages."""
    number = "07700 900123"
    bodies = {
        name: passage.replace("{mark}", "(private)").replace("mine1", f"mine1 {number}")
        for name, passage in PASSAGES.items()
    }
    files = {
        f"activities/a{at:02}.md": activity(name, f"All of it.\n\n{body}\n\n## Reflection\n\nMuch that is new to me.\n")
        for at, (name, body) in enumerate(bodies.items())
    }
    root = make_journal(tmp_path, files)
    run(["check", "--journal", str(root), "--select", "CPD513"])
    assert "CPD513" not in capsys.readouterr().out
    for record in load(root).activities:
        assert number not in description_of(record) + reflection_of(record), record.title
