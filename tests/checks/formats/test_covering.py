"""Passwords, keys and personal data are in no output of a check, whatever the problem is about."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.engine import check_journal
from cpdkit.checks.fixes import plan_fixes
from cpdkit.checks.formats.common import base_of_person
from cpdkit.checks.formats.registry import FORMATS
from cpdkit.checks.formats.text import diagnostics_text
from cpdkit.checks.rule import COVER
from tests.checks.checking import TODAY
from tests.journal.folders import BODY, FIELDS, MEMBER, record, write

SECRETS = {
    "hunter22Tr0ub": "password: {}", "correct7horse": "passwd = {}", "s3cr3tS3cr3t": "API key: `{}`",
    "AKIAIOSFODNN7EXAMPLE": "{}", "ghp_0123456789abcdefghijABCDEFGHIJ456789": "token {}",
    "xoxb-1234567890-abcdefghij": "{}", "sk_live_0123456789abcdef": "key={}", "07811 234567": "call {}",
    "angharad.ll@gmail.com": "mail {}", "4111 1111 1111 1111": "card {}", "AB 12 34 56 C": "national insurance {}",
}  # fmt: skip
FORMS: list[Callable[[str], dict[str, str]]] = [
    lambda line: {"a.md": record(FIELDS, f"{BODY}\n{line} and {line}\n")},
    lambda line: {"a.md": record(FIELDS, f"{BODY}\n[x](nowhere.md) {line} [y](gone.md)\n")},
    lambda line: {"a.md": record(FIELDS + f"mood: good # {line}\n")},
    lambda line: {"a.md": record(FIELDS + f'mood: "{line}"\n')},
    lambda line: {"a.md": record(FIELDS + f"provider: A: {line}\n")},
    lambda line: {"a.md": record(FIELDS.replace("Relay course", f"Relay: {line}"))},
    lambda line: {"a.md": record(FIELDS.replace("training", f"{line}"))},
    lambda line: {"a.md": record(FIELDS + f"end: {line}\ntopics: {line}, x\n")},
    lambda line: {"a.md": record(FIELDS + f"confidential: true\nmood: {line}  \n", f"\n{line} TODO\n")},
    lambda line: {"a.md": record(FIELDS, f"{BODY}\nTODO {line} ???\n<!-- {line} -->\n![](x.png) {line}\n")},
    lambda line: {"a.md": record(FIELDS + f"{line}\n")},
    lambda line: {"../cpd.yaml": f"{MEMBER}mood: {line}\n"},
]


def output(root: Path) -> str:
    """Return the output of a check in all formats, for people and for programs."""
    result = check_journal(root, day=TODAY)
    base = base_of_person(root, root)
    everything = [diagnostics_text(result.diagnostics), *(render(result, base) for render in FORMATS.values())]
    assert all(everything) or not result.diagnostics
    return "\n".join(everything)


@given(
    st.lists(st.sampled_from(list(SECRETS)), min_size=1, max_size=3, unique=True),
    st.sampled_from(FORMS),
    st.sampled_from([" ", ", ", "; ", " and "]),
)
def test_no_format_prints_one(
    tmp_path_factory: pytest.TempPathFactory,
    chosen: list[str],
    form: Callable[[str], dict[str, str]],
    between: str,
) -> None:
    line = between.join(SECRETS[each].format(each) for each in chosen)
    root = tmp_path_factory.mktemp("journal")
    for path, text in {"../cpd.yaml": MEMBER, **form(line)}.items():
        write(root, f"activities/{path}", text)
    printed = output(root)
    own = "../cpd.yaml" in form(line)
    personal = ("@", "07811", "4111", "AB 12")
    assert [each for each in chosen if each in printed and not (own and any(part in each for part in personal))] == []


def test_each_line_is_covered_with_its_own_width(tmp_path: Path) -> None:
    line = "[x](nowhere.md) password: hunter22Tr0ub password: correct7horse"
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", record(FIELDS, f"{BODY}\n{line}\n"))
    result = check_journal(tmp_path, day=TODAY)
    shown = json.loads(FORMATS["json"](result, base_of_person(tmp_path, tmp_path)))["diagnostics"]
    expected = line.replace("hunter22Tr0ub", COVER * 13).replace("correct7horse", COVER * 13)
    assert [each["source"] for each in shown if "CPD514" in each["code"] or "nowhere" in each["source"]] == [
        expected
    ] * 3


def test_a_fix_that_is_not_printed_is_applied(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", record(FIELDS.replace("Relay course", "Relay: password: hunter22Tr0ub")))
    assert "hunter22Tr0ub" not in output(tmp_path)
    (patch,) = plan_fixes(tmp_path, day=TODAY)
    assert b'title: "Relay: password: hunter22Tr0ub"' in patch.after
