"""An e-mail file (`.eml`): subject, date and text as one activity, with its attachments as evidence.

Every part that is not the text is an attachment, except the images that the text shows (signatures, logos), calendar
parts, digital signatures and contact cards. The parts of an attached message count as those of the message.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice

from cpdkit.exchange.imports.entries import Entry, entry_table
from cpdkit.exchange.imports.table import Attachment, ImportedTable, ImportOptions, NoTable
from cpdkit.exchange.imports.zones import Clock, clock_in
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.html_text import one_line, plain_text
from cpdkit.text.wording import first_few, shortened

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
_LONGEST_NAME = 60
_MOST_NAMED = 10
_NO_EVIDENCE = frozenset(
    ["text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory", "application/pkcs7-signature",
     "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys", "application/applefile"]
)  # fmt: skip
"""Calendar parts, contact cards, digital signatures, and what a Mac stores with a file."""
_ENDINGS = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "text/html": ".html", "text/plain": ".txt",
    "text/csv": ".csv", "application/zip": ".zip",
}  # fmt: skip
"""What completes a name without an ending."""
_CONTENT_ID = re.compile(r"""cid:([^"'<>\s)]{1,300})""", re.IGNORECASE)
_DAMAGED = (errors.InvalidBase64LengthDefect, errors.InvalidBase64CharactersDefect)
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
        parts = list(islice(message.walk(), MOST_PARTS + 1))  # those of attached messages too
        if len(parts) > MOST_PARTS:
            raise NoTable(name, f"it has more than {MOST_PARTS} parts", "save the message alone")
        if not message["subject"] and not message["date"]:
            raise NoTable(name, "it is not an e-mail", "save the message from your e-mail program as .eml")
        leaves = [part for part in parts if not part.is_multipart()]
        texts = [part for part in leaves if not _is_attachment(part)]
        text, cut = _text(texts)
        shown = _shown_images(parts)
        attached = [part for part in leaves if _is_attachment(part) and not _is_other(part, shown)]
        others = [part for part in leaves if _is_attachment(part) and _is_other(part, shown)]
        whole = _is_whole(parts)
        attachments = tuple(_attachment(part, whole or part is not leaves[-1]) for part in attached)
        values = {
            "title": one_line(str(message["subject"] or "")),
            "start": _day(message, clock),
            "description": text,
        }
        remarks = list(_remarks(others, name, cut))
        key = str(message["message-id"] or "").strip() or "\x1f".join(values.values())
    except _ERRORS as error:
        if isinstance(error, NoTable):
            raise
        raise NoTable(name, "cannot read the e-mail", "save the message again, or copy its text into cpd new") from None
    return entry_table(name, [Entry(name, key, values, attachments)], remarks)


def _is_attachment(part: EmailMessage) -> bool:
    """Return whether a part is not text, or is a file of text."""
    is_text = part.get_content_maintype() == "text" and part.get_content_type() not in _NO_EVIDENCE
    return not is_text or part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _is_other(part: EmailMessage, shown: set[int]) -> bool:
    """Return whether a part that is not text is not evidence either."""
    return id(part) in shown or part.get_content_type() in _NO_EVIDENCE


def _shown_images(parts: list[EmailMessage]) -> set[int]:
    """Return the identities of the images that belong to the text: of its group, or shown by their Content-ID."""
    pages = [_content(part) for part in parts if part.get_content_type() == "text/html" and not _is_attachment(part)]
    shown = {match[1] for page in pages for match in _CONTENT_ID.finditer(page)}
    grouped = {
        id(part)
        for group in parts
        if group.get_content_type() == "multipart/related" and group.is_multipart()
        for part in islice(group.iter_parts(), 1, None)
    }
    images = [part for part in parts if part.get_content_maintype() == "image"]
    return {id(part) for part in images if id(part) in grouped or str(part["content-id"] or "").strip(" <>") in shown}


def _is_whole(parts: list[EmailMessage]) -> bool:
    """Return whether every group of parts has its end. In a message that was saved in part, the last one is cut."""
    return not any(isinstance(defect, errors.CloseBoundaryNotFoundDefect) for part in parts for defect in part.defects)


def _attachment(part: EmailMessage, is_whole: bool) -> Attachment:
    data = part.get_payload(decode=True)
    is_damaged = not is_whole or any(isinstance(defect, _DAMAGED) for defect in part.defects)
    name = one_line(part.get_filename() or "").encode(errors="replace").decode() or "attachment"
    if not re.search(r"\.\w{1,10}$", name):
        name += _ENDINGS.get(part.get_content_type(), "")
    return Attachment(name, _reader(data if isinstance(data, bytes) and not is_damaged else None))


def _reader(data: bytes | None) -> Callable[[], bytes]:
    """Return what reads the bytes of a part; None for a damaged one."""

    def read() -> bytes:
        if data is None:
            raise Unreadable(Fault(FaultKind.CHANGED, "it is damaged in the e-mail; save the message again"))
        return data

    return read


def _day(message: EmailMessage, clock: Clock) -> str:
    """Return the owner's local date of the message; the text of the header if it cannot be read."""
    header = message["date"]
    moment = getattr(header, "datetime", None)
    if not isinstance(moment, datetime):
        return str(header or "")
    return clock.local(moment).date().isoformat()


def _text(parts: list[EmailMessage]) -> tuple[str, bool]:
    """Return the plain text of the message, otherwise its HTML as text, and whether it was cut."""
    kinds = {kind: [part for part in parts if part.get_content_subtype() == kind] for kind in ("plain", "html")}
    text = plain_text("\n\n".join(_content(part) for part in kinds["plain"] or kinds["html"] or parts))
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


def _remarks(others: list[EmailMessage], name: str, cut: bool) -> Iterator[str]:
    yield f"{name}: read as an e-mail; sender and recipients are not imported"
    if others:
        names = first_few(list(map(_name, others)), _MOST_NAMED)
        yield f"not attached as evidence: {names}; to add one, save it and use cpd attach"
    if cut:
        yield f"{name}: only the first {LONGEST_TEXT:,} characters of the text were read"


def _name(part: EmailMessage) -> str:
    return shortened(one_line(part.get_filename() or part.get_content_type()), _LONGEST_NAME)
