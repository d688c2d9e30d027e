"""Bodies in files of ours, and an answer cut at the sentinels."""

from pathlib import Path

import pytest

from cpdkit.documents.bodies.staging import Unsplit, divided, notes_in, stage, unscoped

WORD = {"t": "Para", "c": [{"t": "Str", "c": "x"}]}
NOTE = {"t": "Note", "c": [WORD]}


def sentinel(nonce: str) -> dict[str, object]:
    return {"t": "Para", "c": [{"t": "Code", "c": [["", [], []], nonce]}]}


def test_a_sentinel_stands_behind_every_body(tmp_path: Path) -> None:
    names, nonce = stage(tmp_path, ["first", "second\r\n"])
    assert names == ["e000000.md", "s.md", "e000001.md", "s.md"]
    assert (tmp_path / "s.md").read_text() == f"`{nonce}`\n"
    assert (tmp_path / "e000001.md").read_bytes() == b"second\r\n"
    assert stage(tmp_path, [])[1] != nonce


def test_the_answer_is_cut_there() -> None:
    assert divided([WORD, sentinel("n"), sentinel("n"), WORD, sentinel("n")], "n", 3) == [[WORD], [], [WORD]]


@pytest.mark.parametrize(
    "blocks", [[], [WORD], [sentinel("n"), WORD], [sentinel("other")], [sentinel("n"), sentinel("n")]]
)
def test_an_answer_that_does_not_fit_is_refused(blocks: list[dict[str, object]]) -> None:
    with pytest.raises(Unsplit):
        divided(blocks, "n", 1)


@pytest.mark.parametrize(
    ("scoped", "expected"),
    [("e000001md__intro", "intro"), ("e000001md", ""), ("intro", "intro"), ("e-mail", "e-mail"),
     ("e000001md__e000002md__x", "e000002md__x")],
)  # fmt: skip
def test_the_files_name_goes_from_an_id(scoped: str, expected: str) -> None:
    assert unscoped(scoped) == expected


def test_different_notes_are_counted() -> None:
    other = {"t": "Note", "c": [{"t": "Para", "c": []}]}
    blocks = [{"t": "Para", "c": [NOTE, NOTE]}, {"t": "BulletList", "c": [[{"t": "Plain", "c": [other]}]]}]
    assert notes_in(blocks) == 2
