"""JUnit's XML for CI servers: one suite per file, one failed test per problem.

Advice is a passed test with output, since it fails nothing. The first suite is the check itself, because some readers
treat a report without tests as a failure.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import Base, activities_checked, escaped, sentence, severity_counts
from cpdkit.checks.formats.covering import covered_result
from cpdkit.checks.formats.text import diagnostic_lines
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.terminal import printable

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def render(result: CheckResult, base: Base) -> str:
    """Return the document, without its last newline."""
    result = covered_result(result)
    diagnostics = result.diagnostics
    summary = f"{activities_checked(result.activities)}: {severity_counts(diagnostics) or 'no problems'}"
    suites = [suite("cpd check", [f'    <testcase name="{legal(summary)}" classname="cpd check" time="0"/>'], 0)]
    for path, group in groupby(diagnostics, key=attrgetter("path")):
        problems = list(group)
        failures = sum(each.severity <= Severity.WARNING for each in problems)
        suites.append(suite(base.path(path), list(_cases(problems, base)), failures))
    tests, failures = len(diagnostics) + 1, sum(each.severity <= Severity.WARNING for each in diagnostics)
    head = f'<testsuites name="cpd check" tests="{tests}" failures="{failures}" errors="0" time="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"])


def suite(name: str, cases: list[str], failures: int) -> str:
    """Return one suite of tests."""
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0" time="0"'
    return "\n".join([f'  <testsuite name="{legal(name)}" {counts}>', *cases, "  </testsuite>"])


def _cases(problems: Iterable[Diagnostic], base: Base) -> Iterable[str]:
    """Yield the tests of one file. Names contain no line numbers, so that they stay the same when lines move."""
    seen: Counter[str] = Counter()
    for each in problems:
        seen[each.code] += 1
        name = f"{each.code} {CODES[each.code].title}" if each.code in CODES else each.code
        yield _case(each, name if seen[each.code] == 1 else f"{name} ({seen[each.code]})", base)


def _case(diagnostic: Diagnostic, name: str, base: Base) -> str:
    file = legal(base.path(diagnostic.path))
    body = legal("\n".join(diagnostic_lines(diagnostic, path_of=base.path)))
    inner = f"<system-out>{body}</system-out>"
    if diagnostic.severity <= Severity.WARNING:
        message = legal(sentence(diagnostic))
        inner = f'<failure type="{diagnostic.severity}" message="{message}">{body}</failure>'
    return (
        f'    <testcase name="{legal(name)}" classname="{file}" file="{file}" time="0">\n      {inner}\n    </testcase>'
    )


def legal(text: str) -> str:
    """Return the text for XML: markup is escaped, and each character that XML forbids becomes a visible escape."""
    plain = "\n".join(map(printable, escaped(text).split("\n")))
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", plain).translate(_MARKUP).replace("\n", "&#10;")
