"""CPD7xx: what the owner says about the checks themselves."""

from collections.abc import Set

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Rule, Subject, rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.member import Member
from cpdkit.journal.records import Activity, Objective, Post, Review

OF_REPORTS = "CPD9"
"""How the codes start that only the making of a document gives."""

STALE = Rule(
    "CPD705",
    Severity.ADVICE,
    "a file accepts a problem that it doesn't have",
    "`accepted` in a file names the problems that are as they should be, each with the reason. When the problem is"
    " gone, the line says what is no longer so, and would hide the problem if it came back.\n\n"
    "This is judged when the whole journal is checked.",
)
"""Judged by the engine, which alone knows what was left out."""


@rule("CPD704", Severity.WARNING, "a setting names a code that there is not", Activity, Objective, Post, Review, Member)
def unknown_codes(subject: Subject) -> Findings:
    """`checks` in cpd.yaml and `accepted` in a file name codes of `cpd check`; one that there isn't does nothing."""
    record = subject.record
    field, codes = ("checks", record.checks) if isinstance(record, Member) else ("accepted", record.accepted)
    if not codes:
        return NO_FINDINGS
    known: Set[str] = subject.context.codes
    return [_unknown(field, code) for code in codes if code not in known and not any(_begins(code, known))]


def _begins(code: str, known: Set[str]) -> list[str]:
    """Return the codes that begin so; none for a whole code, which is looked up."""
    return [each for each in known if each.startswith(code)] if len(code) < len(OF_REPORTS) + 2 else []


def _unknown(field: str, code: str) -> Finding:
    hint = "cpd explain lists the codes"
    if code.startswith(OF_REPORTS):
        hint = f"codes that start with {OF_REPORTS} come with a report, and can't be set"
    return Finding(f"{field}={code}", f"cpd check has no code {code}", hint=hint)


def stale(path: str, code: str) -> Finding:
    """Return that a file accepts what it doesn't have."""
    return Finding(f"accepted={code}", f"this file doesn't have {code}", hint="take it out of accepted:", path=path)


RULES = (unknown_codes,)
