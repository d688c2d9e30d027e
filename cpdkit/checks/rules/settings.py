"""CPD7xx: the owner's settings for the checks."""

from collections.abc import Set
from inspect import cleandoc

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Rule, Subject, rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.member import Member
from cpdkit.journal.reader import RECORDS

OF_REPORTS = "CPD9"
"""The start of the codes that appear only when cpdkit makes a document."""


@rule("CPD704", Severity.WARNING, "unknown code in the settings", *RECORDS, Member)
def unknown_codes(subject: Subject) -> Findings:
    """`checks` in cpd.yaml and `accepted` in a file name codes of `cpd check`. An unknown code has no effect."""
    record = subject.record
    field, codes = ("checks", record.checks) if isinstance(record, Member) else ("accepted", record.accepted)
    if not codes:
        return NO_FINDINGS
    known: Set[str] = subject.context.codes
    return [_unknown(field, code) for code in codes if code not in known and not any(_begins(code, known))]


def _begins(code: str, known: Set[str]) -> list[str]:
    """Return the codes that begin with `code`; none for a complete code."""
    return [each for each in known if each.startswith(code)] if len(code) < len(OF_REPORTS) + 2 else []


def _unknown(field: str, code: str) -> Finding:
    hint = "run cpd explain for a list of codes"
    if code.startswith(OF_REPORTS):
        hint = f"codes that start with {OF_REPORTS} belong to documents, and cannot be set"
    return Finding(f"{field}={code}", f"unknown code {code}", hint=hint)


def stale(path: str, code: str) -> Finding:
    """`accepted` in a file names problems that are intended, each with the reason. Once a problem is gone, remove its
    line, which would hide the problem if it came back.

    `cpd check` reports this only when it checks the whole journal.
    """
    return Finding(
        f"accepted={code}",
        f"{code} is accepted, but this file has no such problem",
        hint=f"remove {code} from accepted:",
        path=path,
    )


STALE = Rule("CPD705", Severity.ADVICE, "accepted problem does not exist", cleandoc(stale.__doc__ or ""))
"""The engine applies this rule, because only the engine knows what each file accepted."""


RULES = (unknown_codes,)
