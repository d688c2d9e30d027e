import pytest

from cpdkit.journal.member import Member
from cpdkit.journal.values import Evidence, Status


@pytest.mark.parametrize(
    ("evidence", "label"),
    [
        (Evidence("a.pdf", title="Certificate"), "Certificate"),
        (Evidence("a.pdf"), "a.pdf"),
        (Evidence(url="https://example.org"), "https://example.org"),
    ],
)
def test_the_label_of_evidence(evidence: Evidence, label: str) -> None:
    assert evidence.label == label


def test_only_what_happened_counts() -> None:
    assert {status for status in Status if status.counts} == {Status.DONE, Status.IN_PROGRESS}


def test_the_full_name() -> None:
    assert Member("A. Llywelyn", "Dr", "MIET").full_name == "Dr A. Llywelyn MIET"
    assert Member("A. Llywelyn").full_name == "A. Llywelyn"
