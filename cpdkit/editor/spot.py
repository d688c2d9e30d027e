"""What is being typed at a place: a key or a value, of which field, and what of it stands there already."""

from typing import NamedTuple

from cpdkit.editor.outline import Outline, Path, Token
from cpdkit.editor.page import Page


class Spot(NamedTuple):
    """Where something is being typed. `path` is the value's, or that of the mapping whose key it is.

    `start` and `stop` are the columns of what a proposal replaces. `glue` goes before it (a blank behind a colon).
    """

    path: Path
    key: bool
    value: bool
    typed: str
    line: int
    start: int
    stop: int
    quote: str = ""
    glue: str = ""
    flow: bool = False


def spot_at(page: Page, line: int, column: int) -> Spot | None:
    """What is being typed at a place; None where nothing of ours is: in the body, a comment or a long text."""
    if page.table is None or not page.in_front(line):
        return None
    said = page.text.line(line)[:column]
    state = page.outline_to(line, column)
    if state.in_comment:
        return None
    begun = typed_token(state, line, said)
    if begun:
        return _begun(page, state, begun, said)
    return _fresh(state, line, said)


def typed_token(state: Outline, line: int, said: str) -> Token | None:
    """The token that the place is in or at the end of."""
    last = state.tokens[-1] if state.tokens else None
    if last is None or last.line != line:
        return None
    rest = said[last.stop :]
    if rest.strip() or (rest and (last.key or said[last.start] in "\"'")):
        return None
    closed = said[last.start : last.start + 1] in ("'", '"') and len(said[last.start : last.stop]) > 1
    return None if closed and said[last.stop - 1] == said[last.start] else last


def _begun(page: Page, state: Outline, token: Token, said: str) -> Spot:
    whole = page.outline.at(token.line, token.start)
    stop = whole.stop if whole and whole.start == token.start else len(said)
    quote = said[token.start] if said[token.start] in "\"'" else ""
    path = token.path[:-1] if token.key else token.path
    # An item's first word, or one alone on a line below its key, may become a key yet.
    alone = not token.key and (isinstance(path[-1], int) or not said[: token.start].strip())
    typed = said[token.start :].removeprefix(quote)
    flow = bool(state.flows)
    return Spot(path, token.key or alone, not token.key, typed, token.line, token.start, max(stop, len(said)), quote,
                "", flow)  # fmt: skip


def _fresh(state: Outline, line: int, said: str) -> Spot | None:
    """The spot where nothing was typed yet."""
    column = len(said)
    if state.flows:
        top = state.flows[-1]
        glue = " " if said.endswith((":", ",")) else ""
        return Spot(top.newest, top.wants_key, not top.wants_key, "", line, column, column, "", glue, flow=True)
    if not said.strip():
        return _indented(state, line, column)
    if state.literal is not None or not said.rstrip().endswith((":", "-")) or not state.blocks:
        return None
    glue = "" if said.endswith((" ", "\t")) else " "
    top_block = state.blocks[-1]
    return Spot(top_block.newest, top_block.is_list, True, "", line, column, column, "", glue)


def _indented(state: Outline, line: int, column: int) -> Spot | None:
    """The spot on an empty line: a key of the mapping that its indentation belongs to."""
    if state.literal is not None and column > state.literal:
        return None
    inner = [block for block in state.blocks if block.column <= column]
    if not inner:
        return Spot((), True, False, "", line, column, column)
    top = inner[-1]
    if top.column == column and not top.is_list:
        return Spot(top.path, True, False, "", line, column, column)
    if top.is_list and top.column == column:
        # At a list's own column a key of the mapping around it may follow.
        return Spot(top.path[:-1], True, False, "", line, column, column)
    return Spot(top.newest, True, False, "", line, column, column)
