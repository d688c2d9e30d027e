"""Open Badges 3.0: a credential as JSON, or inside the PNG image of a badge. It is read, not verified."""

import base64
import binascii
import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cpdkit.exchange.cells import type_of
from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.entries import Entry, entry_table, list_at, long_text_at, text_at
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions, NoTable
from cpdkit.exchange.imports.zones import Clock, clock_in

MOST_BYTES = 2 * 2**20
"""The largest credential that is read."""
_MOST_CHUNKS = 10_000
_KEYWORD = b"openbadgecredential"
_OLD_KEYWORD = b"openbadges"
_TYPES = frozenset(["OpenBadgeCredential", "AchievementCredential"])
_HINT = "download the badge again as Open Badges 3.0, PNG or JSON"
_SIGNATURE = 8


def is_badge(document: Any) -> bool:
    """Return whether a JSON document is a credential of Open Badges 3.0, or a presentation or list of them."""
    return bool(_credentials(document))


def read_badges(document: Any, name: str, options: ImportOptions) -> ImportedTable:
    """Return a row for each credential. Raises NoZone for an unknown zone of the options."""
    clock = clock_in(options.zone)
    credentials = _credentials(document)
    entries = [_entry(item, f"{name}, badge {number}", clock) for number, item in enumerate(credentials, start=1)]
    return entry_table(name, entries, [f"{name}: an Open Badge, read, not verified"])


def read_badge_image(data: bytes, name: str, options: ImportOptions) -> ImportedTable:
    """Return the badge in a PNG image. Raises NoTable if there is none."""
    text = _baked(data, name)
    try:
        document = json.loads(_payload(text), parse_int=str, parse_float=str, parse_constant=str)
        if not is_badge(document):
            raise NoTable(name, "the badge is not of Open Badges 3.0", _HINT)
        return read_badges(document, name, options)
    except (ValueError, RecursionError):
        raise NoTable(name, "cannot read the badge in the image", _HINT) from None


def _credentials(document: Any) -> Sequence[Any]:
    """Return the credentials of a document, a list, or a presentation."""
    many = document if isinstance(document, list) else list_at(document, "verifiableCredential") or [document]
    return [each for each in many if _is_credential(each)] if all(map(_is_credential, many)) else ()


def _is_credential(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    types = item.get("type")
    named = {each for each in (types if isinstance(types, list) else [types]) if isinstance(each, str)}
    return bool(named & _TYPES) and isinstance(item.get("credentialSubject"), (dict, list))


def _entry(item: Any, where: str, clock: Clock) -> Entry:
    subject: Any = next(iter(list_at(item, "credentialSubject")), {})
    (achievement, *_) = list_at(subject, "achievement") or [{}]
    kind = text_at(achievement, "achievementType")
    awarded = next((text for key in ("awardedDate", "validFrom", "issuanceDate") if (text := text_at(item, key))), "")
    first, last = text_at(subject, "activityStartDate"), text_at(subject, "activityEndDate")
    earned = text_at(subject, "creditsEarned")
    values = {
        "title": text_at(achievement, "name") or text_at(item, "name"),
        "start": _day(first or last or awarded, clock),
        "end": _day(last, clock) if first else "",
        "type": type_of(kind),
        "provider": text_at(item, "issuer", "name"),
        "role": text_at(subject, "role"),
        "units": f"credits: {earned}" if earned else "",
        "evidence": SEPARATOR.join(_addresses(item)),
        "description": _description(achievement),
        "x-achievement-type": kind,
        "x-awarded": _day(awarded, clock) if first or last else "",
        "x-expires": _day(text_at(item, "validUntil") or text_at(item, "expirationDate"), clock),
        "x-alignment": SEPARATOR.join(_alignments(achievement)),
        "x-badge": "Open Badges 3.0, read, not verified",
    }
    return Entry(where, text_at(item, "id") or "\x1f".join((values["title"], values["provider"], awarded)), values)


def _description(achievement: Any) -> str:
    """Return the description of an achievement and its criteria."""
    criteria = long_text_at(achievement, "criteria", "narrative")
    parts = (long_text_at(achievement, "description"), f"Criteria: {criteria}" if criteria else "")
    return "\n\n".join(part for part in parts if part)


def _alignments(achievement: Any) -> Iterator[str]:
    """Yield the codes, names and frameworks with which an achievement is aligned."""
    for each in list_at(achievement, "alignment"):
        words = [text_at(each, key) for key in ("targetCode", "targetName", "targetFramework")]
        if any(words):
            yield ", ".join(word for word in words if word).replace(";", ",")


def _addresses(item: Any) -> Iterator[str]:
    """Yield the web addresses of the credential and of its evidence."""
    for address in (text_at(item, "id"), *(text_at(each, "id") for each in list_at(item, "evidence"))):
        if address.startswith(("http://", "https://")):
            yield address.replace(";", "%3B")


def _day(moment: str, clock: Clock) -> str:
    """Return the owner's local date of a moment; the text if it cannot be read."""
    try:
        return clock.local(datetime.fromisoformat(moment)).date().isoformat() if moment else ""
    except (ValueError, OverflowError):
        return moment


def _baked(data: bytes, name: str) -> bytes:
    """Return the credential in a PNG image. Raises NoTable."""
    at, old = _SIGNATURE, False
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            break
        (length,) = struct.unpack_from(">I", data, at)
        kind, chunk = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"iTXt" and chunk.startswith(_KEYWORD + b"\0"):
            return _international_text(chunk[len(_KEYWORD) + 1 :], name)
        old |= kind in (b"iTXt", b"tEXt", b"zTXt") and chunk.startswith(_OLD_KEYWORD + b"\0")
    if old:
        raise NoTable(name, "the badge is of Open Badges 2.0, which cannot be imported", _HINT)
    raise NoTable(name, "cannot import an image without an Open Badge", "cpd attach adds it to an activity as evidence")


def _international_text(chunk: bytes, name: str) -> bytes:
    """Return the text of an iTXt chunk after its keyword. Raises NoTable if it is damaged or too large."""
    is_compressed, rest = chunk[:1] == b"\1", chunk[2:]
    text = rest.split(b"\0", 2)[2] if rest.count(b"\0") >= 2 else b""
    if is_compressed:
        try:
            reader = zlib.decompressobj()
            text = reader.decompress(text, MOST_BYTES + 1)
        except zlib.error:
            text = b""
    if not text or len(text) > MOST_BYTES:
        raise NoTable(name, "the badge in the image is damaged or too large", _HINT)
    return text


def _payload(text: bytes) -> bytes:
    """Return the JSON of a credential: the text itself, or the payload of a signed token. Raises ValueError."""
    parts = text.strip().split(b".")
    if text.lstrip().startswith(b"{") or len(parts) != 3:
        return text
    try:
        return base64.urlsafe_b64decode(parts[1] + b"=" * (-len(parts[1]) % 4))
    except binascii.Error as error:
        raise ValueError(str(error)) from None
