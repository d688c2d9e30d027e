"""Faults of a text or a file, before they get a code and become diagnostics."""

from dataclasses import dataclass
from enum import StrEnum

from cpdkit.diagnostics import Fix, Span


class FaultKind(StrEnum):
    """The kinds of fault. The value of each is its stable name."""

    NOT_UTF8 = "not-utf8"
    UTF16 = "utf16"
    NUL = "nul"
    CONTROL_ABOVE = "control-in-front-matter"
    CONTROL_BELOW = "control-in-body"
    BIDI = "bidi"
    CONFLICT = "conflict"
    EMPTY = "empty"
    NO_FENCE = "no-front-matter"
    OPEN_FENCE = "open-front-matter"
    TOO_LARGE = "too-large"
    LONG_FRONT = "front-matter-too-large"
    SPECIAL = "special-file"
    SYMLINK = "symlink"
    CLOSED = "cannot-open"
    CHANGED = "changed-while-read"
    SYNTAX = "syntax"
    COLON = "colon"
    TAB = "tab"
    QUOTE = "open-quote"
    RESERVED = "reserved-start"
    BRACKET = "bracket"
    INDENT = "indent"
    NO_COLON = "no-colon"
    ESCAPE = "escape"
    AFTER_QUOTE = "after-quote"
    ANCHOR = "anchor"
    ALIAS = "alias"
    TAG = "tag"
    MERGE = "merge-key"
    DUPLICATE = "duplicate-key"
    DOCUMENTS = "several-documents"
    DEEP = "too-deep"
    MANY = "too-many"
    KEY = "key"
    NOT_MAPPING = "not-a-mapping"
    DASH = "stray-dash"
    BLANK = "odd-blank"
    MARK = "byte-order-mark"
    TRAILING = "trailing-blanks"
    CUT = "cut-by-comment"
    HIDDEN = "hidden-by-comment"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its kind, a message, its place (None for the whole file), and a hint.

    `source` is the text of the line if the text as a whole could not be decoded. `fix` removes the fault.
    """

    kind: FaultKind
    message: str
    span: Span | None = None
    note: str = ""
    hint: str = ""
    source: str = ""
    fix: Fix | None = None


class Unreadable(Exception):
    """A file or text that cannot be read, with every fault found before reading stopped."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
