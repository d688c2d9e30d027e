from pathlib import Path

import pytest

from cpdkit.checks.formats.text import diagnostics_text
from cpdkit.checks.rules.privacy import personal, secret
from tests.checks.checking import diagnostics
from tests.journal.folders import BODY, FIELDS, record

PATH = "activities/a.md"
# In two parts each, lest a scanner of keys takes this file for a leak.
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
GITHUB = "ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8"
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
KEY = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn0\n" * 3


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Call Tomasz on 07700 900123 or 07700900123.", ["a mobile number", "a mobile number"]),
        ("+44 7700 900 123", ["a mobile number"]),
        ("tomasz.k@gmail.com and Tomasz_K@Outlook.com", ["a private email address"] * 2),
        ("NI number QQ 12 34 56 C", []),
        ("His national insurance number is AB 12 34 56 C.", ["a National Insurance number"]),
        ("NINO: AB123456C", ["a National Insurance number"]),
        ("NHS number 943 476 5919", ["an NHS number"]),
        ("Date of birth: 12/03/1980, DOB 1980-03-12", ["a date of birth", "a date of birth"]),
        ("4111 1111 1111 1111", ["the number of a bank card"]),
        ("card 4111111111111111", ["the number of a bank card"]),
        ("3782-822463-10005", ["the number of a bank card"]),
        ("GB82 WEST 1234 5698 7654 32", ["the number of a bank account"]),
        ("DE89370400440532013000", ["the number of a bank account"]),
    ],
)  # fmt: skip
def test_personal(text: str, what: list[str]) -> None:
    assert [each.what for each in personal(text)] == what


@pytest.mark.parametrize(
    "text",
    [
        "training@theiet.org, a.llywelyn@gridwise.example, someone@example.com",
        "Ring the desk on 0113 496 0000, or 020 7946 0000.",
        "Drawing AB123456C, sheet 2, and NS 12 34 56 A",
        "Serial number 4111111111111111, meter 1900025771508",
        "IMEI 490154203237518",
        "4111 1111 1111 1112",
        "GB82 WEST 1234 5698 7654 33",
        "Ticket 943 476 5919",
        "NHS number 943 476 5918",
        "From 2026-03-14 to 15/04/2026, 12 34 56 78 90 12, 1.2345678 and 10 000 000 Pa",
        "Faraday was born on 22/09/1791.",
        "version 07.700.900123, 107700900123, part 07700-900123-4",
    ],
)
def test_not_personal(text: str) -> None:
    assert list(personal(text)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (AWS, "an AWS access key"),
        (f"token {GITHUB}.", "a GitHub token"),
        (f"`{'xox' + 'b-123456789012-abcdefABCDEF'}`", "a Slack token"),
        (JWT, "a JSON web token"),
        (KEY, "a private key"),
        ("password: Gr1dwise-2026", "a password or key"),
        ("**Password:** `hunter2hunter`", "a password or key"),
        ("API key = 9f86d081884c7d65", "a password or key"),
    ],
)
def test_secret(text: str, what: str) -> None:
    assert [each.what for each in secret(text)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve of them were about passwords: long, and never the same.",
        "password: never written down",
        "password: ********",
        "password: ${GRID_PASSWORD1}",
        "password: <to-be-set-1>",
        "password: https://example.org/reset1",
        "The password: IEC 61850",
        "-----BEGIN CERTIFICATE-----",
        "negative-sequence-overcurrent-protection-of-lines",
    ],
)
def test_not_secret(text: str) -> None:
    assert list(secret(text)) == []


@pytest.mark.parametrize(
    "text", ["07700 900123", "tomasz@gmail.com", AWS, "password: Gr1dwise-2026", "4111 1111 1111 1111"]
)
def test_what_was_found_is_not_shown(tmp_path: Path, text: str) -> None:
    (each,) = diagnostics(tmp_path, {PATH: record(body=f"{BODY}\nWrote it down: {text} (his).\n")})
    shown = diagnostics_text([each])
    assert text.removeprefix("password: ") not in shown
    assert "•" in shown and "(his)" in shown
    assert each.span is not None and each.span.line == 17


@pytest.mark.parametrize(
    ("fields", "text", "codes"),
    [
        ("", "07700 900123", ["CPD513"]),
        ("status: draft\n", "07700 900123", ["CPD513"]),
        ("confidential: true\n", f"07700 900123 {AWS}", []),
        ("", "- (private) 07700 900123", []),
        ("", "## (private) Numbers\n\n07700 900123", []),
        ("", "<!-- 07700 900123 -->", []),
        ("", f"<!-- {AWS} -->", ["CPD514"]),
        ("", "```\n07700 900123\n```", ["CPD513"]),
        ("", "me@gmail.com", []),
        ("", "you@gmail.com", ["CPD513"]),
    ],
)
def test_where_it_may_stand(tmp_path: Path, fields: str, text: str, codes: list[str]) -> None:
    files = {"cpd.yaml": "name: A\nemail: me@gmail.com\n", PATH: record(FIELDS + fields, f"{BODY}\n{text}\n")}
    assert [each.code for each in diagnostics(tmp_path, files)] == codes


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "@" * 50_000, "a@" * 50_000, "eyJ" * 30_000, "password" * 9_000, "1" * 99_999]
)
def test_long_runs_take_no_time(text: str) -> None:
    assert not [*personal(text), *secret(text)]
