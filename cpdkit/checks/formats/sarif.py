"""SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning and editors."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from cpdkit import __version__
from cpdkit.checks.engine import CheckResult
from cpdkit.checks.explain import as_markdown, explanation
from cpdkit.checks.formats.common import Base, escaped, fingerprints, sentence
from cpdkit.checks.formats.covering import covered_result
from cpdkit.checks.pages import web_address
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import BOM_SPAN, Diagnostic, Edit, Fix, Severity, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def render(result: CheckResult, base: Base) -> str:
    """Return the log, in ASCII."""
    result = covered_result(result)
    diagnostics = result.diagnostics
    codes = sorted({each.code for each in diagnostics})
    driver = {"name": "cpdkit", "version": __version__, "rules": [rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"uri": folder_uri(base.folder.as_posix())}},
        "results": [
            {"ruleIndex": codes.index(each.code), **issue(each, mark, base)}
            for each, mark in zip(diagnostics, fingerprints(diagnostics), strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def rule(code: str) -> dict[str, Any]:
    """Return the description of a code."""
    if code not in CODES:
        return {"id": code}
    known = explanation(code)
    what = known.what or f"{known.title[:1].upper()}{known.title[1:]}."
    return {
        "id": code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": what},
        "help": {
            "text": " ".join(filter(None, (what, known.why, f"Run `cpd explain {code}` for details."))),
            "markdown": as_markdown(known),
        },
        **({"helpUri": address} if (address := web_address(code)) else {}),
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
    }


def issue(diagnostic: Diagnostic, fingerprint: str, base: Base) -> dict[str, Any]:
    """Return one problem."""
    artifact = {"uri": uri(base.path(diagnostic.path)), "uriBaseId": ROOT}
    place: dict[str, Any] = {"artifactLocation": artifact}
    if diagnostic.span:
        place["region"] = region(diagnostic.span)
    fixes = [fix(diagnostic.fix, artifact)] if diagnostic.fix and diagnostic.fix.edits else []
    return {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": braced(sentence(diagnostic))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"cpdkit/v1": fingerprint},
        **({"fixes": fixes} if fixes else {}),
    }


def region(span: Span) -> dict[str, int]:
    """Return a span for SARIF: also half-open, lines and columns from 1, the byte order mark not counted."""
    if span == BOM_SPAN:
        return {"byteOffset": 0, "byteLength": 3}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def fix(known: Fix, artifact: dict[str, str]) -> dict[str, Any]:
    """Return a fix. The description of an unsafe one asks for a review, since SARIF has no property for that."""
    title = known.title if known.safe else f"{known.title} (review the change)"
    change = {"artifactLocation": artifact, "replacements": list(_replacements(known.edits))}
    return {"description": {"text": braced(escaped(title))}, "artifactChanges": [change]}


def _replacements(edits: Iterable[Edit]) -> Iterable[dict[str, Any]]:
    for each in edits:
        added = {"insertedContent": {"text": escaped(each.new)}} if each.new else {}
        yield {"deletedRegion": region(each.span), **added}


def folder_uri(path: str) -> str:
    """Return the URI of an absolute folder; the drive of Windows is its first part: `file:///C:/Users/`."""
    drive, colon, rest = path.partition(":") if re.match("[A-Za-z]:/", path) else ("", "", path)
    return f"file://{f'/{drive}{colon}' if drive else ''}{uri(rest).rstrip('/')}/"


def uri(path: str) -> str:
    """Return a path as a URI reference; it keeps bytes of the file name that are not UTF-8."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def braced(text: str) -> str:
    """Return the text of a message with doubled braces: a single one would start a placeholder (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")
