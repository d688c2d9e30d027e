"""CPD81x: names of files that another computer can't hold."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from cpdkit.checks.rule import Finding, Findings, WholeJournal, journal_rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.paths import EVIDENCE, MEMBER_FILE, Listing

FORBIDDEN = '<>:"|?*\\'
"""What no name has on Windows; control characters are not there either, and CPD803 tells of them everywhere."""
_FORBIDDEN_RUN = re.compile(rf" *[{re.escape(FORBIDDEN)}]+ *")
# Microsoft, "Naming Files, Paths, and Namespaces": a reserved name stays reserved with a suffix.
_DEVICE = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])"
_RESERVED = re.compile(rf"{_DEVICE} *(?:\..*)?", re.DOTALL)
_RESERVED_AMONG = re.compile(rf"[/\n]{_DEVICE} *[./\n]")
LONGEST_PATH = 200
"""Windows takes 260 characters, of which the folder that the journal lies in needs some."""
LONGEST_NAME = 143
"""In bytes: what encrypted disks and network drives leave of the usual 255."""


@journal_rule("CPD810", Severity.WARNING, "two names are one on Windows or a Mac")
def colliding_names(whole: WholeJournal) -> Findings:
    """Windows and macOS take names that differ only in case for the same, and Unicode has several ways for one letter.

    When git checks out such a journal there, one of the two files replaces the other.
    """
    paths = _paths(whole.listing)
    names = {*paths, *_folders(paths)}
    if len({_folded(name) for name in names}) == len(names):
        return
    # Below folders that collide the files are fine as soon as the folders are.
    first: dict[tuple[str, str], str] = {}
    for path in sorted(names):
        folder, _, name = path.rpartition("/")
        if (other := first.setdefault((folder, _folded(name)), path)) != path:
            message = f"{other} is the same name {_where(other, path)}"
            yield Finding(None, message, hint="rename one of the two", path=path)


def _where(one: str, other: str) -> str:
    is_case = normalize("NFC", one) != normalize("NFC", other)
    return "where case makes no difference" if is_case else "but for how Unicode writes it"


@journal_rule("CPD811", Severity.WARNING, "a name is not possible on Windows")
def names_for_windows(whole: WholeJournal) -> Findings:
    """Windows keeps some names for itself (CON, NUL, COM1 …), forbids some characters, and drops a full stop or a space
    at the end. A journal that holds such a name can't be checked out there.
    """
    paths = _paths(whole.listing)
    if _may_all_be_on_windows("\n" + "\n".join(paths).casefold() + "\n"):
        return
    for path in sorted({*paths, *_folders(paths)}):
        name = path.rpartition("/")[2]
        if message := _why_not_on_windows(name):
            better = f"rename it to {_better(name)}" if _better(name) else "rename it"
            yield Finding(None, message, hint=better, path=path)


def _may_all_be_on_windows(text: str) -> bool:
    """Tell at a quick look whether all paths may be on Windows; False where a closer look is needed."""
    return not (
        any(letter in text for letter in FORBIDDEN)
        or any(end in text for end in ("./", " /", ".\n", " \n"))
        or _RESERVED_AMONG.search(text)
    )


def _why_not_on_windows(name: str) -> str:
    wrong = next((letter for letter in name if letter in FORBIDDEN), "")
    if wrong:
        return f"the name holds {wrong}, which Windows forbids in names"
    if _RESERVED.fullmatch(name.casefold()):
        return f"Windows keeps the name {name.partition('.')[0].strip().upper()} for itself, with any suffix"
    if name.endswith((".", " ")):
        return f"the name ends in a {'full stop' if name.endswith('.') else 'space'}, which Windows drops"
    return ""


def _better(name: str) -> str:
    """Return a name that is possible; empty where none is at hand."""
    stem, dot, suffix = name.partition(".")
    if _RESERVED.fullmatch(name.casefold()):
        return f"{stem.strip()}-1{dot}{suffix}"
    better = _FORBIDDEN_RUN.sub("-", name).strip("-. ").replace("-.", ".")
    return "" if not better or _why_not_on_windows(better) else better


@journal_rule("CPD812", Severity.ADVICE, "a name or a path is very long")
def long_names(whole: WholeJournal) -> Findings:
    """Windows takes paths of 260 characters in all, so a path in the journal should stay below 200.

    Encrypted disks and network drives often take names of 143 bytes at most.
    """
    paths = _paths(whole.listing)
    if max(map(len, paths), default=0) * 4 <= LONGEST_NAME:
        return
    for path in paths:
        if len(path) * 4 <= LONGEST_NAME:
            continue
        size = len(path.rpartition("/")[2].encode("utf-8", "surrogatepass"))
        if len(path) > LONGEST_PATH:
            message = f"the path has {len(path)} characters, and Windows takes hardly more than {LONGEST_PATH}"
            yield Finding(None, message, hint="shorten the name or those of its folders", path=path)
        elif size > LONGEST_NAME:
            message = f"the name has {size} bytes, and some disks take no more than {LONGEST_NAME}"
            yield Finding(None, message, hint="shorten it", path=path)


def _paths(listing: Listing) -> list[str]:
    """Return all files that the journal's folders hold, whether or not anything reads them."""
    paths = {MEMBER_FILE: None}
    for group in (*listing.records.values(), listing.others, listing.unread):
        paths.update(dict.fromkeys(group))
    paths.update((f"{EVIDENCE}/{path}", None) for path in listing.evidence)
    paths.update((each.path, None) for each in listing.diagnostics)
    return list(paths)


def _folders(paths: Iterable[str]) -> set[str]:
    """Return the folders that the paths lie in, and those above."""
    folders: set[str] = set()
    for path in {path.rpartition("/")[0] for path in paths}:
        folder = path
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _folded(name: str) -> str:
    """Return a name as disks that make no difference of case compare it."""
    return name.casefold() if name.isascii() else normalize("NFC", normalize("NFD", name).casefold())


RULES = (colliding_names, names_for_windows, long_names)
