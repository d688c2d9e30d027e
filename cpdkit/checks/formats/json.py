"""One JSON document. docs/reference/checks.md describes its shape, to which a version may only add keys."""

import json
from dataclasses import asdict
from typing import Any

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import Base, escaped
from cpdkit.checks.formats.covering import covered, covered_result
from cpdkit.checks.formats.statistics import statistics
from cpdkit.diagnostics import Diagnostic, Fix, Severity, Span

VERSION = 1
"""Increase it with each change of the shape."""


def render(result: CheckResult, base: Base) -> str:
    """Return the document, in ASCII."""
    result = covered_result(result)
    diagnostics = result.diagnostics
    counts = {str(severity): sum(each.severity is severity for each in diagnostics) for severity in Severity}
    document = {
        "version": VERSION,
        "journal": escaped(base.path("").rstrip("/") or "."),
        "activities": result.activities,
        "files": result.files,
        "counts": {**counts, "fixable": sum(bool(each.fix and each.fix.safe) for each in diagnostics)},
        "codes": [{**asdict(each), "severity": str(each.severity)} for each in statistics(diagnostics)],
        "diagnostics": [as_data(each, base) for each in diagnostics],
    }
    return json.dumps(document, indent=2)


def as_data(diagnostic: Diagnostic, base: Base) -> dict[str, Any]:
    """Return one diagnostic as plain data."""
    texts = {name: escaped(getattr(diagnostic, name)) for name in ("message", "note", "hint", "source")}
    return {
        "path": escaped(diagnostic.path),
        "file": escaped(base.path(diagnostic.path)),
        "span": span(diagnostic.span),
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        **texts,
        "fix": fix(diagnostic.fix),
    }


def span(place: Span | None) -> dict[str, int] | None:
    """Return a span as plain data: half-open, lines and columns from 1, in characters."""
    return asdict(place) if place else None


def fix(known: Fix | None) -> dict[str, Any] | None:
    """Return a fix as plain data."""
    if known is None:
        return None
    edits = [{"span": span(each.span), "new": escaped(each.new)} for each in known.edits]
    return {"title": escaped(known.title), "safe": known.safe, "edits": edits}


def render_lines(result: CheckResult, base: Base) -> str:
    """Return one JSON object per line, in ASCII; empty for none."""
    return "\n".join(json.dumps(as_data(each, base)) for each in covered(result.diagnostics))
