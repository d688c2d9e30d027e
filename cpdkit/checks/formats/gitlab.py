"""GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

import json
from typing import Any

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import Base, escaped, fingerprints, sentence
from cpdkit.checks.formats.covering import covered_result
from cpdkit.diagnostics import Diagnostic, Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.ADVICE: "info"}


def render(result: CheckResult, base: Base) -> str:
    """Return the report, in ASCII. Without problems it is an empty list, so that GitLab marks all as solved."""
    result = covered_result(result)
    diagnostics = result.diagnostics
    return json.dumps(
        [_issue(each, mark, base) for each, mark in zip(diagnostics, fingerprints(diagnostics), strict=True)], indent=2
    )


def _issue(diagnostic: Diagnostic, fingerprint: str, base: Base) -> dict[str, Any]:
    return {
        "description": f"{diagnostic.code}: {sentence(diagnostic)}",
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        # GitLab requires a line, so a problem of the whole file is on its first line.
        "location": {
            "path": escaped(base.path(diagnostic.path)),
            "lines": {"begin": diagnostic.span.line if diagnostic.span else 1},
        },
    }
