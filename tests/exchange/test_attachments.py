"""Files of rows become evidence, within limits; one that cannot does not stop its row."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.exchange import attachments
from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt
from cpdkit.exchange.attachments import base_name
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.imports.table import Attachment, ImportedRow, ImportedTable
from cpdkit.journal.edit import record_of
from cpdkit.journal.new_record import ACTIVITIES
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from tests.exchange.imports.adopted import activities_of


def data(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def adopted(*files: Attachment, evidence: str = "", rows: int = 1) -> Adoption:
    cells = ("Talk", "2026-03-14", "1", evidence)
    table = ImportedTable(
        "log", ("Title", "Date", "Hours", "Evidence"),
        tuple(ImportedRow(f"row {number}", cells, str(number), attachments=files) for number in range(rows)),
    )  # fmt: skip
    return adopt(table, match(table, ColumnMapping()), Existing(frozenset()), AdoptOptions())


def unreadable() -> bytes:
    raise Unreadable(Fault(FaultKind.CLOSED, "it is closed"))


@pytest.mark.parametrize("read", [data(b""), unreadable, data(b"larger")])
def test_a_file_that_cannot_be_attached_is_named(read: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "EVIDENCE_LIMIT", 5)
    adoption = adopted(Attachment("a.pdf", read), Attachment("b.pdf", data(b"fine")))
    assert ([each.cell for each in adoption.refused], [*adoption.copies]) == (
        ["a.pdf"], ["evidence/2026-03-14-b.pdf"],
    )  # fmt: skip
    assert len(adoption.files) == 1


def test_all_files_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MOST_ALTOGETHER", 5)
    adoption = adopted(Attachment("a", data(b"1234")), Attachment("b", data(b"12345")), Attachment("c", data(b"1")))
    assert [each.cell for each in adoption.refused] == ["b"]
    (made,) = activities_of(adoption)
    assert [each.path for each in made.evidence] == ["2026-03-14-a", "2026-03-14-c"]


def test_the_files_of_a_row_have_a_limit() -> None:
    adoption = adopted(*(Attachment("a", data(b"%d" % number)) for number in range(attachments.MOST_OF_A_ROW + 5)))
    assert (len(adoption.copies), len(adoption.refused)) == (attachments.MOST_OF_A_ROW, 1)
    assert len(activities_of(adoption)[0].evidence) == attachments.MOST_OF_A_ROW


def test_files_follow_the_evidence_of_the_row_and_rows_share_them() -> None:
    adoption = adopted(Attachment("a.pdf", data(b"a")), evidence="https://example.org/x; b.pdf (Slides)", rows=2)
    for made in activities_of(adoption):
        assert [each.path or each.url for each in made.evidence] == [
            "https://example.org/x", "b.pdf", "2026-03-14-a.pdf",
        ]  # fmt: skip
    assert len(adoption.copies) == 1


def test_the_files_of_a_known_or_rejected_row_are_not_read() -> None:
    def read() -> bytes:
        raise AssertionError

    row = ImportedRow("row 1", ("Talk", "2026-02-30", "1"), attachments=(Attachment("a", read),))
    table = ImportedTable("log", ("Title", "Date", "Hours"), (row,))
    adoption = adopt(table, match(table, ColumnMapping()), Existing(frozenset()), AdoptOptions())
    assert (len(adoption.rejections), adoption.written) == (1, {})


@given(
    st.text(st.characters(), max_size=80),
    st.sampled_from(["", ".pdf", ".PDF", "\u202efdp.exe", "/..", "\\\\", "\n.md"]),
)
def test_every_name_gives_one_safe_file(name: str, end: str) -> None:
    adoption = adopted(Attachment(name + end, data(b"x")))
    ((path, _),) = adoption.copies.items()
    folder, _, copy = path.partition("/")
    assert folder == "evidence"
    assert copy.isprintable()
    assert not set(copy) & set('/\\:*?"<>| \u200f')
    assert copy[:1].isdigit()
    assert len(copy.encode()) < 255
    ((place, record),) = adoption.files.items()
    record_of(place, record, ACTIVITIES)


@pytest.mark.parametrize("name", ["a.pdf", "x/a.pdf", "C:\\x\\a.pdf", "/a.pdf", "../a.pdf", "a.pdf/", "x/a.pdf. "])
def test_only_the_last_part_of_a_name_counts(name: str) -> None:
    assert base_name(name) == "a.pdf"
