"""CPD81x: file names that another computer cannot store."""

import re
from collections.abc import Iterable

from cpdkit.checks.rule import Finding, Findings, WholeJournal, journal_rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.naming import WINDOWS_DEVICE
from cpdkit.journal.paths import EVIDENCE, MEMBER_FILE, PEOPLE_FILE, Listing
from cpdkit.text.names import composed, folded

FORBIDDEN = '<>:"|?*\\'
"""What Windows forbids in names. It forbids control characters too; CPD803 reports those for every system."""
_FORBIDDEN_RUN = re.compile(rf"(?<! ) *[{re.escape(FORBIDDEN)}][ {re.escape(FORBIDDEN)}]*")
_RESERVED = re.compile(rf"{WINDOWS_DEVICE} *(?:\..*)?", re.DOTALL)
_RESERVED_AMONG = re.compile(rf"[/\n]{WINDOWS_DEVICE} *[./\n]")
LONGEST_PATH = 200
"""Windows allows 260 characters, and the path of the journal's own folder needs some of them."""
LONGEST_NAME = 143
"""In bytes: the limit of some encrypted disks and network drives, where 255 is usual."""


@journal_rule("CPD810", Severity.WARNING, "names collide on Windows or macOS")
def colliding_names(whole: WholeJournal) -> Findings:
    """Windows and macOS treat names that differ only in case as the same name. Unicode can also write one letter in
    several ways.

    When git checks out such a journal there, one of the two files replaces the other.
    """
    paths = _paths(whole.listing)
    names = {*paths, *_folders(paths)}
    if len({folded(name) for name in names}) == len(names):
        return
    # Once colliding folders are renamed, the files in them no longer collide.
    first: dict[tuple[str, str], str] = {}
    for path in sorted(names):
        folder, _, name = path.rpartition("/")
        if (other := first.setdefault((folder, folded(name)), path)) != path:
            message = f"{other} has the same name {_where(other, path)}"
            yield Finding(None, message, hint="rename one of the two", path=path)


def _where(one: str, other: str) -> str:
    is_case = composed(one) != composed(other)
    return "except for case" if is_case else "except for its form in Unicode"


@journal_rule("CPD811", Severity.WARNING, "name is not valid on Windows")
def names_for_windows(whole: WholeJournal) -> Findings:
    """Windows reserves some names (CON, NUL, COM1 …), forbids some characters, and removes a full stop or a space at
    the end. git cannot check out a journal with such a name there.
    """
    paths = _paths(whole.listing)
    if _are_all_valid_on_windows("\n" + "\n".join(paths).casefold() + "\n"):
        return
    for path in sorted({*paths, *_folders(paths)}):
        name = path.rpartition("/")[2]
        if message := _why_not_on_windows(name):
            better = f"rename it to {_better(name)}" if _better(name) else "rename it"
            yield Finding(None, message, hint=better, path=path)


def _are_all_valid_on_windows(text: str) -> bool:
    """Return whether all paths are certainly valid on Windows; False if each path needs checking."""
    return not (
        any(letter in text for letter in FORBIDDEN)
        or any(end in text for end in ("./", " /", ".\n", " \n"))
        or _RESERVED_AMONG.search(text)
    )


def _why_not_on_windows(name: str) -> str:
    wrong = next((letter for letter in name if letter in FORBIDDEN), "")
    if wrong:
        return f"the name contains {wrong}, which Windows forbids"
    if _RESERVED.fullmatch(name.casefold()):
        return f"Windows reserves the name {name.partition('.')[0].strip().upper()}, with any suffix"
    if name.endswith((".", " ")):
        return f"the name ends in a {'full stop' if name.endswith('.') else 'space'}, which Windows removes"
    return ""


def _better(name: str) -> str:
    """Return a valid name; empty if there is no obvious one."""
    stem, dot, suffix = name.partition(".")
    if _RESERVED.fullmatch(name.casefold()):
        return f"{stem.strip()}-1{dot}{suffix}"
    better = _FORBIDDEN_RUN.sub("-", name).strip("-. ").replace("-.", ".")
    return "" if not better or _why_not_on_windows(better) else better


@journal_rule("CPD812", Severity.ADVICE, "name or path is very long")
def long_names(whole: WholeJournal) -> Findings:
    """Windows allows 260 characters in a complete path, so a path in the journal should have at most 200.

    Some encrypted disks and network drives allow at most 143 bytes in a name.
    """
    paths = _paths(whole.listing)
    if max(map(len, paths), default=0) * 4 <= LONGEST_NAME:
        return
    for path in paths:
        if len(path) * 4 <= LONGEST_NAME:
            continue
        size = len(path.rpartition("/")[2].encode("utf-8", "surrogatepass"))
        if len(path) > LONGEST_PATH:
            message = f"the path has {len(path)} characters; more than {LONGEST_PATH} can fail on Windows"
            yield Finding(None, message, hint="shorten the name of the file or of its folders", path=path)
        elif size > LONGEST_NAME:
            message = f"the name has {size} bytes; some disks allow at most {LONGEST_NAME}"
            yield Finding(None, message, hint="shorten it", path=path)


def _paths(listing: Listing) -> list[str]:
    """Return all files in the journal's folders, whether or not cpdkit reads them."""
    paths = {MEMBER_FILE: None}
    paths.update({PEOPLE_FILE: None} if listing.people else {})
    for group in (*listing.records.values(), listing.others, listing.unread):
        paths.update(dict.fromkeys(group))
    paths.update((f"{EVIDENCE}/{path}", None) for path in listing.evidence)
    paths.update((each.path, None) for each in listing.diagnostics)
    return list(paths)


def _folders(paths: Iterable[str]) -> set[str]:
    """Return the folders of the paths, and their parent folders."""
    folders: set[str] = set()
    for path in {path.rpartition("/")[0] for path in paths}:
        folder = path
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


RULES = (colliding_names, names_for_windows, long_names)
