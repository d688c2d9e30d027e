from pathlib import Path

import pytest

from cpdkit.diagnostics import Severity
from cpdkit.journal.codes import is_fixed
from cpdkit.journal.compound_types import Competences, Entries, EvidenceList, One, Units
from cpdkit.journal.field_types import FieldType
from cpdkit.journal.records import SESSION, SIGN_OFF, SignOff
from cpdkit.journal.values import Competence, Evidence
from tests.journal.folders import FIELDS, MEMBER, journal_of, problems_of, record
from tests.journal.reader import messages, value_of

SESSIONS = Entries(One(SESSION))
SIGNED = One(SIGN_OFF)
NAMED = Entries(SIGNED, short="by")


def claims(*texts: str) -> tuple[Competence, ...]:
    return tuple(Competence(*each.split("=")) for each in texts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[A1, B2]", claims("A1", "B2")),
        ("A1", claims("A1")),
        ("{A1: E, B2: SP, C3: }", claims("A1=E", "B2=SP", "C3")),
        ("[A1, {B2: T}]", claims("A1", "B2=T")),
        ("[2.1, CF-3]", claims("2.1", "CF-3")),
        ("[]", ()),
    ],
)
def test_competences(text: str, value: tuple[Competence, ...]) -> None:
    assert value_of(Competences(), text) == (value, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[a.pdf, https://example.org/x]", (Evidence("a.pdf"), Evidence("", "https://example.org/x"))),
        ("a.pdf", (Evidence("a.pdf"),)),
        ("evidence/2026/a b.pdf", (Evidence("2026/a b.pdf"),)),
        ("./a.pdf", (Evidence("a.pdf"),)),
        ("2026\\a.pdf", (Evidence("2026/a.pdf"),)),
        ("2026/", (Evidence("2026"),)),
        ("{path: a.pdf, title: Certificate}", (Evidence("a.pdf", "", "Certificate"),)),
        ("[{url: 'https://example.org', title: Page}]", (Evidence("", "https://example.org", "Page"),)),
        ("mailto:a@example.org", (Evidence("", "mailto:a@example.org"),)),
    ],
)
def test_evidence(text: str, value: tuple[Evidence, ...]) -> None:
    assert value_of(EvidenceList(), text) == (value, [])


@pytest.mark.parametrize(
    "text",
    [
        "../a.pdf",
        "/etc/passwd",
        "a/../../b",
        "'C:\\a.pdf'",
        "\\\\server\\a.pdf",
        "..",
        ".",
        "~/../x",
        "a\\..\\b",
        "C:a.pdf",
    ],
)
def test_evidence_never_leads_out(text: str) -> None:
    value, found = value_of(EvidenceList(), text)
    assert value == ()
    assert {each.code for each in found} <= {"CPD502", "CPD505"}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Competences(), "A1, B2", ("CPD211", "", "write [A1, B2]")),
        (Competences(), "[A1 and B2]", ("CPD211", "", "write [A1, B2]")),
        (Competences(), "[[A1]]", ("CPD203", "", "write a single value")),
        (Competences(), "['']", ("CPD211", "", "write a code, such as A1")),
        (Competences(), "[A1, A1]", ("CPD216", "", "delete one of them")),
        (Competences(), "{A1: e}", ("CPD208", 'did you mean "E"?', "use T, SP, P or E")),
        (EvidenceList(), "[a.pdf, a.pdf]", ("CPD216", "", "delete one of them")),
        (EvidenceList(), "['']", ("CPD213", "", "delete it")),
        (
            EvidenceList(),
            "'javascript:x'",
            ("CPD505", "", "write the name of a file under evidence/, or an address that starts with https://"),
        ),
        (EvidenceList(), "{title: x}", ("CPD203", "", "write {path: certificate.pdf, title: …}")),
        (
            EvidenceList(),
            "{path: a, url: 'https://example.org'}",
            ("CPD203", "", "write {path: certificate.pdf, title: …}"),
        ),
        (EvidenceList(), "{path: a.pdf, titel: x}", ("CPD212", 'did you mean "title"?', "")),
        (Units(), "3", ("CPD203", "", "write {PDU: 3}")),
        (Units(), "{PDU: 1,5: }", ("CPD215", "", "write a number such as 3 or 1.5")),
        (SIGNED, "J. Evans", ("CPD203", "", "write {by, on}")),
        (SIGNED, "{on: 2026-03-14}", ("CPD201", "", "write by: J. Evans, line manager")),
        (SESSIONS, "2", ("CPD203", "", "write each entry on its own line, after a dash and a space")),
        (SESSIONS, "[2]", ("CPD203", "", "write {date, hours}")),
        (SESSIONS, "[{date: 2026-03-14}]", ("CPD201", "", "write hours: 1.5")),
    ],
)
def test_what_is_refused(kind: FieldType, text: str, expected: tuple[str, str, str]) -> None:
    assert messages(value_of(kind, text)[1])[:1] == [expected]


def test_units_are_kept_as_written() -> None:
    assert value_of(Units(), "{PDU: 3, points: 1.50}") == ({"PDU": "3", "points": "1.50"}, [])


def test_entries() -> None:
    value, found = value_of(NAMED, "[{by: A}, B]")
    assert (value, found) == ((SignOff("A"), SignOff("B")), [])


def test_a_warning_does_not_lose_an_entry() -> None:
    value, found = value_of(NAMED, '[{by: "a\\u202eb"}]')
    assert value == (SignOff("a\u202eb"),)
    assert [each.code for each in found] == ["CPD106"]


@pytest.mark.parametrize(
    ("text", "kept", "problems"),
    [
        ("{CPD404: three words long}", {"CPD404": "three words long"}, []),
        ("{CPD404: }", {}, [("activities/a.md:6:12", "CPD219")]),
        ("{cpd404: why}", {}, [("activities/a.md:6:12", "CPD218")]),
        ("{CPD4: why}", {}, [("activities/a.md:6:12", "CPD218")]),
        ("{CPD204: why, CPD310: so}", {"CPD310": "so"}, [("activities/a.md:6:12", "CPD220")]),
    ],
)
def test_what_a_file_accepts(tmp_path: Path, text: str, kept: dict[str, str], problems: list[tuple[str, str]]) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(FIELDS + f"accepted: {text}\n")})
    assert journal.activities[0].accepted == kept
    assert problems_of(journal) == problems


def test_a_list_of_codes_has_no_reasons(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(FIELDS + "accepted: [CPD404]\n")})
    assert problems_of(journal) == [("activities/a.md:6:11", "CPD203")]


@pytest.mark.parametrize("folder", ["plan", "career", "reviews"])
def test_every_record_can_accept(tmp_path: Path, folder: str) -> None:
    fields = "title: T\n" if folder == "plan" else "year: 2025\n" if folder == "reviews" else ""
    fields += "role: R\nemployer: E\nstart: 2021-01-01\n" if folder == "career" else ""
    journal = journal_of(tmp_path, {f"{folder}/a.md": record(fields + "accepted: {CPD602: later}\n", "")})
    (each,) = (*journal.objectives.values(), *journal.posts, *journal.reviews)
    assert (each.accepted, problems_of(journal)) == ({"CPD602": "later"}, [])


@pytest.mark.parametrize(
    ("text", "kept", "problems"),
    [
        ("{CPD311: off, CPD4: advice}", {"CPD311": None, "CPD4": Severity.ADVICE}, []),
        ("{CPD31: error, CPD8: warning}", {"CPD31": Severity.ERROR, "CPD8": Severity.WARNING}, []),
        ("{CPD204: off}", {}, [("cpd.yaml:2:10", "CPD220")]),
        ("{reflection: off}", {}, [("cpd.yaml:2:10", "CPD218")]),
    ],
)
def test_what_the_journal_makes_of_codes(
    tmp_path: Path, text: str, kept: dict[str, Severity | None], problems: list[tuple[str, str]]
) -> None:
    journal = journal_of(tmp_path, {"cpd.yaml": MEMBER + f"checks: {text}\n"})
    assert journal.member
    assert (journal.member.checks, problems_of(journal)) == (kept, problems)


def test_a_severity_has_its_words(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"cpd.yaml": MEMBER + "checks: {CPD311: none}\n"})
    assert [(each.code, each.note) for each in journal.diagnostics] == [("CPD208", 'did you mean "off"?')]


@pytest.mark.parametrize(("code", "fixed"), [("CPD204", True), ("CPD105", False), ("CPD310", False), ("CPD999", False)])
def test_what_cannot_be_read_is_fixed(code: str, fixed: bool) -> None:
    assert is_fixed(code) is fixed
