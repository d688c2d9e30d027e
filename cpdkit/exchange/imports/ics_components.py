"""The components of an iCalendar file, as any program wrote it, in the form that RFC 5545 has.

icalendar refuses a whole file that is cut off, is not in UTF-8 or has a bad line outside of its events. So lines are
unfolded and put into their components here, and it is given one component at a time.
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
    "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "ORGANIZER", "ATTENDEE", "STATUS", "UID", "DURATION", "RRULE",
    "EXRULE", "SEQUENCE", "METHOD", "NAME", "X-WR-CALNAME", "TZID", "X-LIC-LOCATION", "TZOFFSETFROM", "TZOFFSETTO",
    "X-MICROSOFT-CDO-ALLDAYEVENT", MINUTES,
}  # fmt: skip
"""The properties that are looked at; all others are passed over unread, pictures and sounds among them."""
_NEVER_INSIDE = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"})
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FOLD = re.compile(rb"\n[ \t]")
_SOFT_BREAK = re.compile(rb"[^:]*;ENCODING=QUOTED-PRINTABLE[;:].*=", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r";ENCODING=QUOTED-PRINTABLE\b", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=([^;:]+)", re.IGNORECASE)
_PROPERTY = re.compile(r'\s*([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)', re.DOTALL)
_TZID = re.compile(r";TZID=", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?<![0-9])([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[Tt ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:\.[0-9]{1,9})?)?([Zz]?))?(?![0-9T])"
)
_NEEDLESS_ESCAPE = re.compile(r'(\\\\)|\\([":])')


class NotACalendar(UsageError):
    """A file that holds no iCalendar."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name} is no calendar that can be read: {why}",
            "export the calendar again, as an iCalendar file (.ics)",
        )


@dataclass(slots=True)
class Block:
    """A component: its properties as name, parameters and value, and the components in it.

    `odd` are lines that hold no property; `closed` is whether its END was found.
    """

    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    blocks: "list[Block]" = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    closed: bool = False

    def value(self, name: str) -> str:
        """Return the value of the first property of a name, as it is written; empty where there is none."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> list[str]:
        """Return the values of all properties of a name."""
        return [value for key, _, value in self.properties if key == name]

    def text(self) -> str:
        """Return it as icalendar reads it."""
        lines = (f"{name}{params}:{value}" for name, params, value in self.properties)
        blocks = (block.text() for block in self.blocks)
        return "\r\n".join((f"BEGIN:{self.name}", *lines, *blocks, f"END:{self.name}"))


def unfolded(data: bytes) -> tuple[list[str], int]:
    """Return the lines of a file with their folds undone, and how many of them were not UTF-8.

    Old exporters fold inside a character, so bytes are joined before they are decoded. What is no UTF-8 is read as
    Windows-1252. Quoted-printable, of vCalendar 1.0, goes on after a break that is marked with `=`.
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
    """Return the calendars of a file. Raises NotACalendar where there is none, or far too much in it."""
    path = [Block("")]
    count = 0
    for line in lines:
        match = _PROPERTY.fullmatch(line)
        key, value = (match[1].upper(), match[3].strip()) if match else ("", "")
        if key == "BEGIN":
            count += 1
            if count > MOST_COMPONENTS:
                raise NotACalendar(name, f"there are more than {MOST_COMPONENTS:,} entries in it")
            block = Block(value.upper())
            while block.name in _NEVER_INSIDE and path[-1].name not in ("", "VCALENDAR"):
                path.pop()  # an event that was not closed ends where the next one starts
            if len(path) > DEEPEST:
                raise NotACalendar(name, f"its entries are nested more than {DEEPEST} deep")
            path[-1].blocks.append(block)
            path.append(block)
        elif key == "END":
            at = max((at for at, block in enumerate(path) if at and block.name == value.upper()), default=0)
            if at:
                path[at].closed = True
                del path[at:]
        elif match and key in _READ and value.strip(","):
            path[-1].properties.append((key, *_mended(key, match[2].rstrip("; "), value)))
        elif not match and line.strip():
            path[-1].odd.append(line)
    calendars = [block for block in path[0].blocks if block.name == "VCALENDAR"]
    if not calendars:
        raise NotACalendar(name, "there is no BEGIN:VCALENDAR in it")
    return calendars


def _mended(name: str, params: str, value: str) -> tuple[str, str]:
    """Return the parameters and the value of a property as RFC 5545 has them, where another way means the same.

    Quoted-printable is decoded. Days may have dashes, times colons, fractions or no seconds. The name of a time zone is
    kept from icalendar, which would look for it in the file system (see `zone_named`).
    """
    if _QUOTED.search(params):
        charset = _CHARSET.search(params)
        raw = a2b_qp(value.encode())
        try:
            value = raw.decode(charset[1] if charset else "utf-8")
        except (LookupError, UnicodeDecodeError):
            value = raw.decode("utf-8", "replace")
        value = "\\n".join(value.splitlines())
    if name in _DATES:
        return _TZID.sub(";X-TZID=", params), _MOMENT.sub(_in_basic_form, value.strip(","))
    if name in ("DURATION", "RRULE"):
        return params, value.upper()
    return params, _NEEDLESS_ESCAPE.sub(lambda match: match[1] or match[2], value)


def _in_basic_form(match: re.Match[str]) -> str:
    day, (hour, minute, second, utc) = "".join(match.group(1, 2, 3)), match.group(4, 5, 6, 7)
    # A leap second is the second before it.
    return f"{day}T{hour}{minute}{min(int(second or 0), 59):02d}{utc.upper()}" if hour else day
