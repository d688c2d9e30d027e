"""A journal's diagnostics as LSP diagnostics."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lsprotocol import types as lsp

from cpdkit.checks.pages import page_uri
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile
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
"""A function from a path in the journal to its URI."""


def lsp_diagnostic(diagnostic: Diagnostic, text: Text | None, encoding: str) -> lsp.Diagnostic:
    """Return an LSP diagnostic, with the note and the hint below the message.

    `text` is the file's text if it is open in the editor; otherwise only the diagnostic's own line is known.
    """
    span, page = diagnostic.span, page_uri(diagnostic.code)
    return lsp.Diagnostic(
        text.marked(span) if text else range_in(diagnostic.source, span, encoding),
        "\n".join(part for part in (diagnostic.message, diagnostic.note, diagnostic.hint) if part),
        SEVERITIES[diagnostic.severity],
        diagnostic.code,
        code_description=lsp.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if diagnostic.code == "CPD216" else None,
    )


def lsp_diagnostics(
    diagnostics: Iterable[Diagnostic], file: JournalFile | None, facts: JournalFacts, uri_of: UriOf, encoding: str
) -> list[lsp.Diagnostic]:
    """Return the LSP diagnostics of one file, with the other places that they are about."""
    converted = []
    for each in diagnostics:
        diagnostic = lsp_diagnostic(each, file.text if file else None, encoding)
        diagnostic.related_information = list(_related(each, file, facts, uri_of)) or None
        converted.append(diagnostic)
    return converted


def _related(
    diagnostic: Diagnostic, file: JournalFile | None, facts: JournalFacts, uri_of: UriOf
) -> Iterable[lsp.DiagnosticRelatedInformation]:
    """Yield the first place of a duplicate key, and the other files of a duplicate record."""
    if diagnostic.code == "CPD134" and file and diagnostic.span:
        key = file.outline.at(diagnostic.span.line - 1, diagnostic.span.column - 1)
        same = [each for each in file.outline.tokens if key and each.key and each.path == key.path and each != key]
        for first in same[:1]:
            where = file.text.range(first.line, first.start, first.stop)
            yield lsp.DiagnosticRelatedInformation(lsp.Location(uri_of(file.path), where), "first occurrence")
    top = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    for path in _twins(diagnostic, facts):
        yield lsp.DiagnosticRelatedInformation(lsp.Location(uri_of(path), top), path)


def _twins(diagnostic: Diagnostic, facts: JournalFacts) -> Iterable[str]:
    """Yield the other files of a duplicate: objectives with the same ID, activities with the same start and title."""
    record = facts.by_path.get(diagnostic.path)
    if record and diagnostic.code == "CPD806":
        for each in facts.of("plan"):
            if each.id == record.id and each.path != record.path:
                yield each.path
    if record and diagnostic.code == "CPD807":
        for each in facts.activities:
            same = (each.start, each.title.casefold()) == (record.start, record.title.casefold())
            if same and each.path != record.path:
                yield each.path
