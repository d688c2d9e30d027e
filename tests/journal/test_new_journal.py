from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.journal.load import load
from cpdkit.journal.member import read_member
from cpdkit.journal.new_journal import Owner, journal_files
from cpdkit.journal.values import Status
from cpdkit.text.source import decode
from tests.journal.folders import write

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "about",
    [
        Owner("Angharad Llywelyn"),
        Owner('O\'Brien: "x"', "IET", "Member", "0012345", "iet", "04-01"),
        Owner("王小明", "R & D: #1", "", "1100 234567"),
    ],
)
def test_what_is_begun_is_read_without_a_word(tmp_path: Path, about: Owner) -> None:
    for path, data in journal_files(about, DAY).items():
        write(tmp_path, path, data)
    journal = load(tmp_path)
    assert journal.diagnostics == ()
    assert journal.member
    assert journal.member.name == about.name
    assert [each.body for each in journal.member.memberships] == ([about.body] if about.body else [])
    assert [each.status for each in journal.activities] == [Status.DRAFT]


@given(*[st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(str.isprintable)] * 2)
def test_whatever_somebody_is_called(name: str, number: str) -> None:
    data = journal_files(Owner(name or "A", "IET", "Member", number), DAY)["cpd.yaml"]
    member, _, found = read_member(decode("cpd.yaml", data))
    assert found == []
    assert member
    assert (member.name, member.memberships[0].number) == (name or "A", number)
