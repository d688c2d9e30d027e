from pathlib import Path

import pytest

from cpdkit.diagnostics import Severity
from cpdkit.journal.settings import is_fixed
from tests.journal.folders import FIELDS, MEMBER, journal_of, record, told_of


@pytest.mark.parametrize(
    ("said", "kept", "told"),
    [
        ("{CPD404: three words long}", {"CPD404": "three words long"}, []),
        ("{CPD404: }", {}, [("activities/a.md:6:12", "CPD219")]),
        ("{cpd404: why}", {}, [("activities/a.md:6:12", "CPD218")]),
        ("{CPD4: why}", {}, [("activities/a.md:6:12", "CPD218")]),
        ("{CPD204: why, CPD310: so}", {"CPD310": "so"}, [("activities/a.md:6:12", "CPD220")]),
    ],
)
def test_what_a_file_accepts(tmp_path: Path, said: str, kept: dict[str, str], told: list[tuple[str, str]]) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(FIELDS + f"accepted: {said}\n")})
    assert journal.activities[0].accepted == kept
    assert told_of(journal) == told


def test_a_list_of_codes_has_no_reasons(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(FIELDS + "accepted: [CPD404]\n")})
    assert told_of(journal) == [("activities/a.md:6:11", "CPD203")]


@pytest.mark.parametrize("folder", ["plan", "career", "reviews"])
def test_every_record_can_accept(tmp_path: Path, folder: str) -> None:
    fields = "title: T\n" if folder == "plan" else "year: 2025\n" if folder == "reviews" else ""
    fields += "role: R\nemployer: E\nstart: 2021-01-01\n" if folder == "career" else ""
    journal = journal_of(tmp_path, {f"{folder}/a.md": record(fields + "accepted: {CPD602: later}\n", "")})
    (each,) = (*journal.objectives.values(), *journal.posts, *journal.reviews)
    assert (each.accepted, told_of(journal)) == ({"CPD602": "later"}, [])


@pytest.mark.parametrize(
    ("said", "kept", "told"),
    [
        ("{CPD311: off, CPD4: advice}", {"CPD311": None, "CPD4": Severity.ADVICE}, []),
        ("{CPD31: error, CPD8: warning}", {"CPD31": Severity.ERROR, "CPD8": Severity.WARNING}, []),
        ("{CPD204: off}", {}, [("cpd.yaml:2:10", "CPD220")]),
        ("{reflection: off}", {}, [("cpd.yaml:2:10", "CPD218")]),
    ],
)
def test_what_the_journal_makes_of_codes(
    tmp_path: Path, said: str, kept: dict[str, Severity | None], told: list[tuple[str, str]]
) -> None:
    journal = journal_of(tmp_path, {"cpd.yaml": MEMBER + f"checks: {said}\n"})
    assert journal.member
    assert (journal.member.checks, told_of(journal)) == (kept, told)


def test_a_severity_has_its_words(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"cpd.yaml": MEMBER + "checks: {CPD311: none}\n"})
    assert [(each.code, each.note) for each in journal.diagnostics] == [("CPD208", "did you mean off?")]


@pytest.mark.parametrize(("code", "fixed"), [("CPD204", True), ("CPD105", False), ("CPD310", False), ("CPD999", False)])
def test_what_can_not_be_read_is_fixed(code: str, fixed: bool) -> None:
    assert is_fixed(code) is fixed
