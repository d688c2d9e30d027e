"""Which characters never reach a document: those that break its XML, or turn the text around them."""

import re

# C0, DEL and C1 controls, surrogates, the byte order mark and noncharacters break the XML of a DOCX; the bidirectional
# embeddings, overrides and isolates reorder what stands beside them. Characters that this Python does not know yet
# stay: what counts as one would differ from machine to machine.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_NEVER = f"\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff{_BIDI}{_NONCHARACTERS}"

BREAKS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What separates words or lines, so that it becomes a space on one line."""

_IN_LINE = re.compile(f"[\x00-\x1f\x85\u2028\u2029{_NEVER}]")
_IN_TEXT = re.compile(f"[\x00-\x08\x0b-\x1f\x85\u2028\u2029{_NEVER}]")
_TO_SPACE = re.compile(f"[{BREAKS}]")


def clean_line(text: str) -> str:
    """The text on one line: line breaks and tabs as spaces, what never reaches a document gone."""
    if _IN_LINE.search(text) is None:
        return text
    return _IN_LINE.sub("", _TO_SPACE.sub(" ", text))


def clean_text(text: str) -> str:
    """The same with tabs and line breaks (as `\\n`) kept."""
    if _IN_TEXT.search(text) is None:
        return text
    return _IN_TEXT.sub(_replacement, text.replace("\r\n", "\n").replace("\r", "\n"))


def _replacement(found: re.Match[str]) -> str:
    return " " if found[0] in BREAKS else ""
