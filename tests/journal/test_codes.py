import pytest

from cpdkit.journal.codes import CODES, of_fault
from cpdkit.text.faults import Fault, FaultKind


def test_every_kind_of_fault_has_a_code() -> None:
    codes = {of_fault("a.md", Fault(kind, "so")).code for kind in FaultKind}
    assert len(codes) == len(FaultKind)
    assert codes <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_titles_are_plain_sentences(code: str) -> None:
    title = CODES[code].title
    assert title == title.strip(". ")
    assert len(title) < 70
