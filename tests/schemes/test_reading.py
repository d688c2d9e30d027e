from pathlib import Path

import pytest

from cpdkit.journal.field_reader import Field, Fields
from cpdkit.journal.field_types import Line
from cpdkit.schemes.reading import FILE_LIMIT, read_table, shipped_ids, shipped_text, source_of
from cpdkit.text.files import Disk
from cpdkit.text.source import Source

TABLE = Fields("thing", (Field("id", Line(), required=True),))


@pytest.mark.parametrize(
    ("text", "values", "codes"),
    [
        ("id: a\n", {"id": "a"}, []),
        ("id: a\nrules: []\n", {"id": "a"}, ["CPD212"]),
        ("", {}, ["CPD201"]),
        ("id: [", {}, ["CPD125"]),
        ("id: a\x07\n", {}, ["CPD104"]),
    ],
)
def test_a_table_is_read_as_far_as_it_goes(text: str, values: dict[str, str], codes: list[str]) -> None:
    odd = not text.isprintable() and "\x07" in text
    read = read_table(Source("schemes/a.yaml", text, odd=odd), TABLE)
    assert read.values == values
    assert [each.code for each in read.to.found] == codes


def test_the_shipped_files_are_named_by_their_ids() -> None:
    assert {"iet", "rics", "us-pe-nd"} <= set(shipped_ids("schemes"))
    assert shipped_text("frameworks", "uk-spec-ceng").text.startswith("id: uk-spec-ceng\n")


def test_a_file_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_bytes(b"# " * FILE_LIMIT)
    disk = Disk(str(tmp_path), {"latin.yaml": b"id: caf\xe9"})
    assert [each.code for each in source_of(disk, "large.yaml")[1]] == ["CPD111"]
    assert [each.code for each in source_of(disk, "latin.yaml")[1]] == ["CPD101"]
    assert source_of(disk, "gone.yaml")[0] is None
