"""Names of files that sync programs and browsers leave: placeholders, conflict copies and unfinished downloads."""

import re
from typing import NamedTuple

_PLACEHOLDER = re.compile(r"(?i)\.(?P<icloud>.+)\.icloud|(?P<other>.+)\.(?:nextcloud|owncloud|cloudf?)")
"""iCloud Drive; the virtual files of Nextcloud and ownCloud; odrive."""
_ONLINE = (".gdoc", ".gsheet", ".gslides", ".gdraw", ".gform", ".gsite", ".gjam", ".glink", ".paper", ".papert")
"""Files of Google Drive and Dropbox that only lead to a document on the web."""
_UNFINISHED = re.compile(
    r"(?i)(?:\.syncthing\.|~syncthing~).+\.tmp|.+\.(?:crdownload|part|partial|opdownload|download|filepart|!ut|aria2|tmp)"
)
"""Chromium, Firefox, Opera and Safari, some other programs, and Syncthing."""
_CONFLICT = r"(?:confli|konfli|конфл|冲突|衝突|競合|충돌|çakış|ristirii)"
_IN_BRACKETS = r"[^()\[\]]*"
_MARKED = rf"(?={_IN_BRACKETS}{_CONFLICT})(?={_IN_BRACKETS}(?:cop|kop|[0-9]{{4}}|sfconfl|case|件|副本)){_IN_BRACKETS}"
_SURE = (
    r"\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[0-9a-z]{7})?",  # Syncthing
    rf" ?[(\[]{_MARKED}(?:\([0-9]+\))?[)\]](?: \([0-9]+\))?",  # Dropbox, Nextcloud, Seafile, Obsidian
    rf" ?[(\[](?:{_CONFLICT}\w*)[)\]]",  # Resilio, pCloud
    r"[._]conflict(?:[-_][0-9-]+)?",  # ownCloud, Resilio
    r"_conf\([0-9]+\)",  # Google Drive
    r"~HEAD",  # git
)
"""The ends of names that only a sync program gives to a conflict copy."""
_LIKELY = (
    r" ?\([0-9]{1,3}\)",  # Google Drive, browsers
    r" [2-9]",  # iCloud
    r"(?: -)? (?i:copy|kopie|copie|copia)(?: \(?[0-9]+\)?)?",  # Windows, macOS
    r"-(?=[^/]*[A-Z])[\w'’ ]+(?:-[\w'’ ]+)*",  # OneDrive: the name of the computer
    r"-(?:pc|laptop|desktop|mac|macbook|imac|iphone|ipad|surface|thinkpad)",
)
"""The ends of names that may be those of a conflict copy or a duplicate, or of another file."""
LONGEST_NAME = 255
"""Characters that a name on a disk can have."""
# Each ending is tried only where its first character is: every file of a journal is compared.
_COPIES = (
    (re.compile(rf"(?i)(?P<stem>.+?)(?=[ (\[._~])(?:{'|'.join(_SURE)})"), True),
    (re.compile(rf"(?P<stem>.+?)(?=[ (-])(?:{'|'.join(_LIKELY)})"), False),
)


class CopyName(NamedTuple):
    """The name of the file that a name seems to be a copy of. `sure` means that only sync programs write such names."""

    original: str
    sure: bool


def placeholder_of(name: str) -> str:
    """Return the name of the file that a placeholder stands for; the name itself for a link to a document on the web.

    Empty for any other name.
    """
    if match := _PLACEHOLDER.fullmatch(name):
        return match["icloud"] or match["other"]
    return name if name.lower().endswith(_ONLINE) else ""


def placeholders(name: str) -> tuple[str, ...]:
    """Return the names that a placeholder for a file can have."""
    return f".{name}.icloud", f"{name}.nextcloud", f"{name}.owncloud", f"{name}.cloud"


def is_unfinished(name: str) -> bool:
    """Return whether a file, or a folder of Safari, is a download that has not ended."""
    return _UNFINISHED.fullmatch(name) is not None


def copy_name(name: str) -> CopyName | None:
    """Return what a name seems to be a copy of; None for a usual name."""
    stem, dot, suffix = name.rpartition(".")
    for pattern, sure in _COPIES if len(stem) <= LONGEST_NAME else ():
        if match := pattern.fullmatch(stem):
            return CopyName(f"{match['stem']}{dot}{suffix}", sure)
    return None
