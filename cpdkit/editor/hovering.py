"""What is told of the thing under the pointer: the field, the value, and the code of a problem there."""

from collections.abc import Sequence

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Range

from cpdkit.diagnostics import Diagnostic
from cpdkit.editor.known import Known
from cpdkit.editor.meanings import code_said, field_said, key_said, value_said
from cpdkit.editor.outline import Token
from cpdkit.editor.page import Page

RULE = "\n\n---\n\n"


def hover(
    page: Page, line: int, column: int, known: Known | None, diagnostics: Sequence[Diagnostic] = ()
) -> Hover | None:
    """What is told at a place, in characters from 0; None where there is nothing to tell."""
    token = page.token_at(line, column)
    here = [each for each in diagnostics if _covers(page, each, line, column)]
    parts = [_said(page, token, known) if token else "", *dict.fromkeys(code_said(each.code) for each in here)]
    told = RULE.join(part for part in parts if part)
    if not told:
        return None
    where: Range | None = page.text.range(token.line, token.start, token.stop) if token else None
    if where is None and here:
        where = page.text.marked(here[0].span)
    return Hover(MarkupContent(MarkupKind.Markdown, told), where)


def _said(page: Page, token: Token, known: Known | None) -> str:
    found = page.meaning(token.path)
    if found is None:
        return ""
    if token.key and not found.rest:
        return field_said(found.field, token.text)
    if known is None:
        return ""
    return key_said(found, token.text, known) if token.key else value_said(found, token.text, known)


def _covers(page: Page, diagnostic: Diagnostic, line: int, column: int) -> bool:
    """Whether a problem is underlined at a place. One of the whole file is underlined in its first line."""
    marked = page.text.marked(diagnostic.span)
    at = page.text.position(line, column)
    return marked.start.line == at.line and marked.start.character <= at.character <= marked.end.character
