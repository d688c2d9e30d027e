"""A journal's diagnostics as the protocol has them."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lsprotocol import types as lsp

from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.outline import Token
from cpdkit.editor.page import Page
from cpdkit.editor.positions import Text, range_in

SOURCE = "cpdkit"
SEVERITIES: Mapping[Severity, lsp.DiagnosticSeverity] = MappingProxyType(
    {
        Severity.ERROR: lsp.DiagnosticSeverity.Error,
        Severity.WARNING: lsp.DiagnosticSeverity.Warning,
        Severity.ADVICE: lsp.DiagnosticSeverity.Information,
    }
)
UriOf = Callable[[str], str]
"""From a path in the journal to its address."""


def report(each: Diagnostic, text: Text | None, encoding: str) -> lsp.Diagnostic:
    """One diagnostic. `text` is the file's where an editor holds it: else its first line is all that is known."""
    where = text.marked(each.span) if text else range_in(each.source, each.span, encoding)
    return lsp.Diagnostic(
        where, sentence(each), SEVERITIES[each.severity], each.code, source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if each.code == "CPD216" else None,
    )  # fmt: skip


def sentence(each: Diagnostic) -> str:
    """The message, with the note and the way out below it."""
    return "\n".join(part for part in (each.message, each.note, each.hint) if part)


def reports(
    diagnostics: Iterable[Diagnostic], page: Page | None, known: Known, uri_of: UriOf, encoding: str
) -> list[lsp.Diagnostic]:
    """The diagnostics of one file, with the other places that they speak of."""
    made = []
    for each in diagnostics:
        one = report(each, page.text if page else None, encoding)
        related = list(_related(each, page, known, uri_of))
        one.related_information = related or None
        made.append(one)
    return made


def _related(
    each: Diagnostic, page: Page | None, known: Known, uri_of: UriOf
) -> Iterable[lsp.DiagnosticRelatedInformation]:
    """The first of two equal keys, the other of two equal files."""
    if each.code == "CPD134" and page and each.span:
        yield from _first_key(each, page, uri_of)
    if each.code in _TWINS:
        top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        for path in _TWINS[each.code](each.path, known):
            yield lsp.DiagnosticRelatedInformation(lsp.Location(uri_of(path), top), path)


def _first_key(each: Diagnostic, page: Page, uri_of: UriOf) -> Iterable[lsp.DiagnosticRelatedInformation]:
    at: Token | None = page.outline.at(each.span.line - 1, each.span.column - 1) if each.span else None
    same = [other for other in page.outline.tokens if at and other.key and other.path == at.path and other != at]
    for other in same[:1]:
        where = page.text.range(other.line, other.start, other.stop)
        yield lsp.DiagnosticRelatedInformation(lsp.Location(uri_of(page.path), where), "it is given here first")


def _same_id(path: str, known: Known) -> list[str]:
    own = known.by_path.get(path)
    return [each.path for each in known.of("plan") if own and each.id == own.id and each.path != path]


def _same_day(path: str, known: Known) -> list[str]:
    own = known.by_path.get(path)
    some = known.activities if own else ()
    return [
        each.path for each in some
        if own and each.path != path and (each.start, each.title.casefold()) == (own.start, own.title.casefold())
    ]  # fmt: skip


_TWINS: Mapping[str, Callable[[str, Known], list[str]]] = MappingProxyType({"CPD806": _same_id, "CPD807": _same_day})
"""Codes that speak of another file, and how to find it."""
