"""An e-mail file (`.eml`): subject, date and text as one activity; its attachments are named, not imported."""

import codecs
import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice

from cpdkit.exchange.imports.entries import Entry, entry_table
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions, NoTable
from cpdkit.exchange.imports.zones import Clock, clock_in
from cpdkit.text.html_text import one_line, plain_text
from cpdkit.text.wording import shortened

MOST_BYTES = 64 * 2**20
MOST_PARTS = 500
LONGEST_TEXT = 200_000
"""Characters of the text that are kept."""
LONGEST_HEADER = 8 * 2**10
MOST_OF_HEADERS = 512 * 2**10
"""Bytes of the headers that are read, together: the library needs very long for longer ones."""
_HEADER = re.compile(
    rb"^(?:content-[a-z-]{1,40}|subject|date|message-id)[ \t]*:[^\n]*(?:\n{1,2}[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_NAME = 100
_ODD_ENCODINGS = frozenset(["punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"])
"""Encodings of Python that no e-mail is written in."""
_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, AssertionError)
"""What the library raises for damaged headers and parts."""


def read_email(data: bytes, name: str, options: ImportOptions) -> ImportedTable:
    """Return the message as one row. Raises NoTable if it cannot be read, and NoZone."""
    clock = clock_in(options.zone)
    if len(data) > MOST_BYTES:
        raise NoTable(name, f"it is larger than {MOST_BYTES // 2**20} MiB", "save the message without its attachments")
    headers = [len(match[0]) for match in _HEADER.finditer(data.replace(b"\r", b"\n"))]
    if max(headers, default=0) > LONGEST_HEADER or sum(headers) > MOST_OF_HEADERS:
        raise NoTable(name, "its headers are too long", "copy the text of the message into cpd new")
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
        parts = list(islice(message.walk(), MOST_PARTS + 1))
        if len(parts) > MOST_PARTS:
            raise NoTable(name, f"it has more than {MOST_PARTS} parts", "save the message alone")
        if not message["subject"] and not message["date"]:
            raise NoTable(name, "it is not an e-mail", "save the message from your e-mail program as .eml")
        texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attachment(part)]
        text, cut = _text(texts)
        values = {
            "title": one_line(str(message["subject"] or "")),
            "start": _day(message, clock),
            "description": text,
        }
        remarks = list(_remarks(parts, name, cut))
        key = str(message["message-id"] or "").strip() or "\x1f".join(values.values())
    except _ERRORS as error:
        if isinstance(error, NoTable):
            raise
        raise NoTable(name, "cannot read the e-mail", "save the message again, or copy its text into cpd new") from None
    return entry_table(name, [Entry(name, key, values)], remarks)


def _is_attachment(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _day(message: EmailMessage, clock: Clock) -> str:
    """Return the owner's local date of the message; the text of the header if it cannot be read."""
    header = message["date"]
    moment = getattr(header, "datetime", None)
    if not isinstance(moment, datetime):
        return str(header or "")
    return clock.local(moment).date().isoformat()


def _text(parts: list[EmailMessage]) -> tuple[str, bool]:
    """Return the plain text of the message, otherwise its HTML as text, and whether it was cut."""
    plain = [part for part in parts if part.get_content_subtype() == "plain"]
    text = plain_text("\n\n".join(_content(part) for part in plain or parts))
    return text[:LONGEST_TEXT], len(text) > LONGEST_TEXT


def _content(part: EmailMessage) -> str:
    """Return the text of a part; in an unknown encoding, its bytes as UTF-8."""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        is_usual = codecs.lookup(charset).name not in _ODD_ENCODINGS
        return data.decode(charset if is_usual else "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _remarks(parts: list[EmailMessage], name: str, cut: bool) -> Iterator[str]:
    yield f"{name}: read as an e-mail; sender and recipients are not imported"
    names = [_name(part) for part in parts if not part.is_multipart() and _is_attachment(part)]
    if names:
        yield f"attachments not imported: {', '.join(names)}; save them and add them with cpd attach"
    if cut:
        yield f"{name}: only the first {LONGEST_TEXT:,} characters of the text were read"


def _name(part: EmailMessage) -> str:
    return shortened(one_line(part.get_filename() or part.get_content_type()), _LONGEST_NAME)
