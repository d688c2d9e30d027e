"""The components of an iCalendar file from any program, in the form of RFC 5545.

icalendar rejects a whole file that is cut off, is not in UTF-8 or has a bad line outside its events. So this module
unfolds the lines and sorts them into components; icalendar then reads one component at a time.
"""

import re
from binascii import a2b_qp
from collections.abc import Iterable
from dataclasses import dataclass, field

from cpdkit.errors import UsageError
from cpdkit.exchange.exports.ics import MINUTES
from cpdkit.text.source import BOM

MOST_COMPONENTS = 50_000
DEEPEST = 8
_DATES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
_READ = _DATES | {
    "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "ORGANIZER", "ATTENDEE", "STATUS", "UID", "URL",
    "DURATION", "RRULE", "EXRULE", "SEQUENCE", "METHOD", "NAME", "X-WR-CALNAME", "TZID", "X-LIC-LOCATION",
    "TZOFFSETFROM", "TZOFFSETTO", "X-MICROSOFT-CDO-ALLDAYEVENT", "ATTACH", MINUTES,
}  # fmt: skip
"""The properties that are read; all others are ignored. Attached files are counted, not decoded."""
_NEVER_INSIDE = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"})
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FOLD = re.compile(rb"\n[ \t]")
_SOFT_BREAK = re.compile(rb"[^:]*;ENCODING=QUOTED-PRINTABLE[;:].*=", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r";ENCODING=QUOTED-PRINTABLE\b", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=([^;:]+)", re.IGNORECASE)
_ENCODING = re.compile(
    r"utf-(?:8|16|16le|16be)|us-ascii|iso-8859-(?:[1-9]|1[0134-6])|windows-(?:125[0-8]|874|31j)|koi8-[ru]|gb(?:2312|k|18030)"
    r"|big5|shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)
"""The encodings of texts that programs name. Python knows others that are no encodings of texts, or are slow."""
_PROPERTY = re.compile(r'\s*([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)', re.DOTALL)
_TZID = re.compile(r";TZID=", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?<![0-9])([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[Tt ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:\.[0-9]{1,9})?)?([Zz]?))?(?![0-9T])"
)
_NEEDLESS_ESCAPE = re.compile(r'(\\\\)|\\([":])')


class NotACalendar(UsageError):
    """A file that is not an iCalendar file."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"cannot read {name} as a calendar: {why}",
            "export the calendar again, as an iCalendar file (.ics)",
        )


@dataclass(slots=True)
class Block:
    """A component: its properties as name, parameters and value, and the components in it.

    `odd` lists lines that are not properties; `closed` is whether its END was found.
    """

    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    blocks: "list[Block]" = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    closed: bool = False

    def value(self, name: str) -> str:
        """Return the value of the first property of a name, as written; empty for none."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> list[str]:
        """Return the values of all properties of a name."""
        return [value for key, _, value in self.properties if key == name]

    def text(self) -> str:
        """Return the component as text for icalendar."""
        lines = (f"{name}{params}:{value}" for name, params, value in self.properties)
        blocks = (block.text() for block in self.blocks)
        return "\r\n".join((f"BEGIN:{self.name}", *lines, *blocks, f"END:{self.name}"))


def unfolded(data: bytes) -> tuple[list[str], int]:
    """Return the unfolded lines of a file, and how many of them were not UTF-8.

    Old exporters fold inside a character, so bytes are joined before they are decoded. Lines that are not UTF-8 are
    read as Windows-1252. In quoted-printable (vCalendar 1.0), a line that ends with `=` continues on the next.
    """
    if data.startswith(_UTF16_MARKS):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines: list[str] = []
    foreign, line = 0, b""
    for part in (*_FOLD.sub(b"", data).split(b"\n"), b""):
        goes_on = part.endswith(b"=") and bool(line or _SOFT_BREAK.fullmatch(part))
        line += part[:-1] if goes_on else part
        if line and not goes_on:
            try:
                lines.append(line.decode())
            except UnicodeDecodeError:
                lines.append(line.decode("cp1252", "replace"))
                foreign += 1
            line = b""
    return lines, foreign


def calendars_in(lines: Iterable[str], name: str) -> list[Block]:
    """Return the calendars of a file. Raises NotACalendar if there is none, or the file has too many entries."""
    path = [Block("")]
    count = 0
    for line in lines:
        match = _PROPERTY.fullmatch(line)
        key, value = (match[1].upper(), match[3].strip()) if match else ("", "")
        if key == "BEGIN":
            count += 1
            if count > MOST_COMPONENTS:
                raise NotACalendar(name, f"it has more than {MOST_COMPONENTS:,} entries")
            block = Block(value.upper())
            while block.name in _NEVER_INSIDE and path[-1].name not in ("", "VCALENDAR"):
                path.pop()  # an event that was not closed ends where the next one starts
            if len(path) > DEEPEST:
                raise NotACalendar(name, f"its entries are nested more than {DEEPEST} levels deep")
            path[-1].blocks.append(block)
            path.append(block)
        elif key == "END":
            at = max((at for at, block in enumerate(path) if at and block.name == value.upper()), default=0)
            if at:
                path[at].closed = True
                del path[at:]
        elif match and key in _READ and value.strip(","):
            path[-1].properties.append((key, *_normalised(key, match[2].rstrip("; "), value)))
        elif not match and line.strip():
            path[-1].odd.append(line)
    calendars = [block for block in path[0].blocks if block.name == "VCALENDAR"]
    if not calendars:
        raise NotACalendar(name, "BEGIN:VCALENDAR is missing")
    return calendars


def _normalised(name: str, params: str, value: str) -> tuple[str, str]:
    """Return the parameters and the value of a property in the form of RFC 5545.

    Quoted-printable is decoded. Dates may have dashes, and times colons, fractions or no seconds. The name of a time
    zone is hidden from icalendar, which would search the file system for it (see `zone_named`).
    """
    if _QUOTED.search(params):
        charset = _CHARSET.search(params)
        known = charset and _ENCODING.fullmatch(charset[1].strip('"'))
        value = a2b_qp(value.encode()).decode(known[0] if known else "utf-8", "replace")
        value = "\\n".join(value.splitlines())
    if name in _DATES:
        return _TZID.sub(";X-TZID=", params), _MOMENT.sub(_in_basic_form, value.strip(","))
    if name in ("DURATION", "RRULE"):
        return params, value.upper()
    return params, _NEEDLESS_ESCAPE.sub(lambda match: match[1] or match[2], value)


def _in_basic_form(match: re.Match[str]) -> str:
    day, (hour, minute, second, utc) = "".join(match.group(1, 2, 3)), match.group(4, 5, 6, 7)
    # A leap second becomes the second before it.
    return f"{day}T{hour}{minute}{min(int(second or 0), 59):02d}{utc.upper()}" if hour else day
