"""The files of a journal: its member, all file names, and unreadable files. No record is read here."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.codes import CODES, of_fault
from cpdkit.journal.copies import copies
from cpdkit.journal.made_documents import is_made_document
from cpdkit.journal.member import Member, read_member
from cpdkit.journal.naming import id_of
from cpdkit.journal.people import People, read_people
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.text.faults import Fault, Unreadable
from cpdkit.text.files import Disk, FolderTree, Skip, list_folder, list_tree, special, symlink
from cpdkit.text.front_matter import FRONT_LIMIT
from cpdkit.text.source import decode, invisible
from cpdkit.text.synced import copy_name, is_unfinished, placeholder_of

__all__ = ["ANYWHERE", "AT_THE_TOP", "Skip", "passed_over", "skipper"]

MEMBER_FILE = "cpd.yaml"
PEOPLE_FILE = "people.yaml"
AT_THE_TOP = re.compile(r"README.*|LICENSE.*|LICENCE.*|Makefile|build/|inbox/|inbox\.md")
"""Names that are always ignored at the top of a journal. The name of a folder ends in `/`."""
ANYWHERE = re.compile(r"\..*|README\.md/?")
"""Names that are always ignored in every folder: hidden files, and a README that describes the folder.

A placeholder of a cloud drive (`.name.icloud`) is reported, although it is hidden.
"""
TRASH = ".trash"
"""The hidden folder of deleted files, and of what `cpd undo` needs. Never read as a part of the journal."""


def skipper(patterns: Sequence[str]) -> Skip:
    """Return a function of (path in the journal, name, whether it is a folder) that returns whether to ignore it.

    The patterns work as in a `.gitignore`.
    """
    lines = [pattern.strip().removeprefix("./") for pattern in patterns]
    is_ignored = _gitignore([line for line in lines if line.strip("/ ")])
    anywhere, at_the_top = ANYWHERE.fullmatch, AT_THE_TOP.fullmatch

    def skip(path: str, name: str, is_folder: bool) -> bool:
        if name[0] == "." and not placeholder_of(name):
            return True
        if name[:6] == "README" and anywhere(name):
            return True
        if is_ignored is None and "/" in path:
            return False
        place = path + "/" if is_folder else path
        if "/" not in path and at_the_top(place):
            return True
        return is_ignored is not None and path not in (MEMBER_FILE, PEOPLE_FILE) and is_ignored(place)

    return skip


def _gitignore(lines: Sequence[str]) -> Callable[[str], bool] | None:
    """Return a function that returns whether patterns match a path, or None if there are no patterns.

    The path of a folder ends in `/`. An invalid pattern, such as a single `!`, matches nothing.
    """
    if not lines:
        return None
    # Imported only for a journal with patterns: the import takes about half as long as that of Click.
    spec = import_module("pathspec").GitIgnoreSpec
    patterns = []
    for line in lines:
        with suppress(ValueError):
            for pattern in spec.from_lines([line]).patterns:
                if pattern.regex is not None:
                    pattern.regex = re.compile(_without_retries(pattern.regex.pattern))
                patterns.append(pattern)
    is_match: Callable[[str], bool] = spec(patterns).match_file
    return is_match


# What pathspec makes of `*` before another one, and of `**/` and `/**`. In a name, these characters would be escaped.
_STARS = re.compile(r"(?:\[\^/\]\*){2,}")
_STAR = re.compile(r"\[\^/\]\*((?:(?!\[\^/\]\*)(?:\[\^/\]|[^/]))+)(?=\[\^/\]\*)")
_FOLDERS = re.compile(r"(\(\?:\.\+/\)\?|\(\?:/\.\+\)\?)")
_LAZY = {"(?:.+/)?": "(?:.+?/)??", "(?:/.+)?": "(?:/.+?)??"}


def _without_retries(regex: str) -> str:
    """Return a pattern's expression so that its time does not multiply with each `*` and `**`.

    What is between two `*` of a name, or between two `**`, is searched once, from the left: a later place never helps.
    """
    regex = _STAR.sub(r"(?>[^/]*?\1)", _STARS.sub("[^/]*", regex))
    start, *parts = _FOLDERS.split(regex)
    *between, last = zip(parts[::2], parts[1::2], strict=True) if parts else [("", "")]
    return start + "".join(f"(?>{_LAZY[folders]}{names}(?=/))" for folders, names in between) + "".join(last)


def passed_over(path: str, skip: Skip) -> bool:
    """Return whether a file, or a folder above it, is ignored."""
    parts = path.split("/")
    places = range(1, len(parts) + 1)
    return any(skip("/".join(parts[:count]), parts[count - 1], count < len(parts)) for count in places)


_SAYS_IGNORE = r"""(?m)^[ \t{"']*ignore\b"""
_PLAIN_LIST = (
    r"""(?m)^ignore:[ \t]*(?:\#.*)?\r?\n"""
    r"""((?:[ \t]*(?:-[ \t]+(["']?)[\w./*?-]+\2[ \t]*)?(?:(?<=\s)\#.*)?\r?\n)*)(?=[\w"']|\Z)"""
)
_ITEM = r"""(?m)^[ \t]*-[ \t]+["']?([\w./*?-]+)"""


def find(start: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the journal: `start` or `$CPD_JOURNAL`, otherwise the nearest upwards or `./journal`.

    Raise NoJournal if there is no journal.
    """
    named = start or (Path(folder) if (folder := environment.get("CPD_JOURNAL")) else None)
    here = named or Path.cwd()
    for place in [named] if named else [here, *here.parents, here / "journal"]:
        if os.path.lexists(place / MEMBER_FILE):
            return place
    raise NoJournal(here)


def ignored_in(member: str) -> list[str] | None:
    """Return the patterns under `ignore:` in the text of cpd.yaml, if they are a plain list.

    None if they need a YAML parser, whose import takes longer than the rest of a completion.
    """
    if not re.search(_SAYS_IGNORE, member):
        return []
    match = re.search(_PLAIN_LIST, member)
    return re.findall(_ITEM, match[1]) if match else None


def names_in(root: str, folder: str, ignored: Sequence[str] = ()) -> list[str]:
    """Return the sorted paths of the records in a folder of the journal, without those that match `ignored`."""
    if os.path.islink(f"{root}/{folder}") or not os.path.isdir(f"{root}/{folder}"):  # noqa: PTH112, PTH114
        return []
    return [path for path in list_tree(root, folder, skipper(ignored)).files if path.endswith(".md")]


EVIDENCE = "evidence"
LIKE_RECORDS = ("md", "txt", "markdown", "mdown", "mkd", "yaml", "yml")
"""File name extensions of possible records."""
MOST_LOOKED_AT = 300
"""How many files of a journal are opened to see whether cpdkit made them: a folder can have any number of files."""
OTHER_FOLDERS = ("schemes", "frameworks", "forms", "templates")
"""Folders that other parts of the program read."""
KNOWN_FOLDERS = (*RECORD_KINDS, EVIDENCE, *OTHER_FOLDERS)
POINTED_TO = ("plan", EVIDENCE, *OTHER_FOLDERS)
"""Folders that records refer to. They have few files compared with the activities."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The file names in a journal. `member` is None if cpd.yaml could not be read, `people` if there is no people.yaml.

    `records` are the paths of records by folder. `evidence` are paths relative to `evidence/`. `others` are the paths
    in `OTHER_FOLDERS`. `unread` are the paths of unreadable records. `newest` is the modification time of cpd.yaml
    (seconds since the epoch).
    """

    root: str
    member: Member | None
    records: Mapping[str, tuple[str, ...]]
    evidence: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    newest: int = 0
    ignore: tuple[str, ...] = field(default=())
    people: People | None = None

    @property
    def objectives(self) -> frozenset[str]:
        """The IDs that an activity can refer to, including those of unreadable objectives."""
        paths = (*self.records["plan"], *(path for path in self.unread if path.startswith("plan/")))
        return frozenset(map(id_of, paths))


def linkable(listing: Listing) -> Iterator[str]:
    """Yield the paths of all files that a link can name."""
    for paths in listing.records.values():
        yield from paths
    yield from (*listing.unread, *listing.others, *(f"{EVIDENCE}/{path}" for path in listing.evidence))


def list_journal(disk: Disk, wanted: Sequence[str] = ()) -> Listing:
    """Return the file names in the journal at `disk`; with `wanted`, only these paths and those that records refer to.

    The diagnostics concern only the wanted paths. Raise NoJournal for a folder without cpd.yaml.
    """
    if not disk.exists(MEMBER_FILE):
        raise NoJournal(Path(disk.root))
    return _Lister(disk, tuple(wanted)).listing()


def holds_records(path: str) -> bool:
    """Return whether a path is cpd.yaml, people.yaml or in a folder of records."""
    return path in (MEMBER_FILE, PEOPLE_FILE) or path.partition("/")[0] in RECORD_KINDS


def path_in(root: Path, path: Path) -> str:
    """Return a path relative to the journal, empty for the journal itself.

    Raise UsageError for a path that does not exist or is outside.
    """
    if not os.path.lexists(path):
        raise UsageError(f"{path} does not exist")
    return path_below(root, path)


def path_below(root: Path, path: Path) -> str:
    """Return a path relative to the journal, even if it does not exist. Raise UsageError if it is outside."""
    # Resolve only the parent of a file, so that a link is reported and not followed.
    place = Path(os.path.realpath(path)) if path.is_dir() else Path(os.path.realpath(path.parent), path.name)
    inside = path_from(place, os.path.realpath(root))
    if inside == ".." or inside.startswith("../"):
        raise UsageError(f"{path} is not in the journal {root}", "name its journal with --journal DIR")
    return "" if inside == "." else inside


def path_from(path: str | Path, folder: str) -> str:
    """Return an absolute path relative to a folder, with forward slashes; `..` if Windows has it on another drive."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:
        return ".."


def above(path: str) -> list[str]:
    """Return the folders of a path, the outermost first: `a/b/c` → `a`, `a/b`."""
    return [path[:cut] for cut, letter in enumerate(path) if letter == "/"]


class _Lister:
    """A journal while its file names are collected."""

    def __init__(self, disk: Disk, wanted: tuple[str, ...]) -> None:
        self.disk = disk
        self.wanted = wanted
        self.found: list[Diagnostic] = []
        self.unread: list[str] = []
        self.newest = 0
        self.looked_at = 0

    def listing(self) -> Listing:
        member, ignore = self.member()
        skip = skipper(ignore)
        people = self.people()
        files = self.some(skip) if self.wanted else self.all(skip)
        for path in self.disk.unsaved_paths:
            known = files.get(path.partition("/")[0])
            if known is not None and path not in known and self.is_wanted(path) and not passed_over(path, skip):
                known.append(path)
        records = {folder: self.records(files[folder]) for folder in RECORD_KINDS}
        return Listing(
            self.disk.root,
            member,
            records,
            frozenset(path[len(EVIDENCE) + 1 :] for path in self.complete(files[EVIDENCE])),
            tuple(path for folder in OTHER_FOLDERS for path in self.complete(files[folder])),
            # Keep all objectives: an unreadable objective is not a missing one.
            tuple(path for path in self.unread if self.is_wanted(path) or path.startswith("plan/")),
            tuple(each for each in self.found if self.is_wanted(each.path)),
            self.newest,
            ignore,
            people,
        )

    def member(self) -> tuple[Member | None, tuple[str, ...]]:
        """Return the member, and the patterns of files to ignore."""
        try:
            data, stamp = self.disk.read(MEMBER_FILE, FRONT_LIMIT)
            self.newest = stamp.seconds
            member, ignore, found = read_member(decode(MEMBER_FILE, data))
        except Unreadable as error:
            self.lost(MEMBER_FILE, *error.faults)
            return None, ()
        self.found += found
        if member is None:
            self.unread.append(MEMBER_FILE)
        return member, ignore

    def people(self) -> People | None:
        """Return the people, if the journal has a file of them."""
        if not self.disk.exists(PEOPLE_FILE):
            return None
        try:
            data, stamp = self.disk.read(PEOPLE_FILE, FRONT_LIMIT)
            self.newest = max(self.newest, stamp.seconds)
            people, found = read_people(decode(PEOPLE_FILE, data))
        except Unreadable as error:
            self.lost(PEOPLE_FILE, *error.faults)
            return None
        self.found += found
        if people is None:
            self.unread.append(PEOPLE_FILE)
        return people

    def all(self, skip: Skip) -> dict[str, list[str]]:
        """Return all files by the folder of the journal. Report files and folders outside these."""
        tree = FolderTree()
        folders = list_folder(
            self.disk.root, "", lambda *entry: entry[0] in (MEMBER_FILE, PEOPLE_FILE) or skip(*entry), tree
        )
        self.report_tree(tree)
        for path in tree.files:
            self.unused(path)
        for folder in folders:
            if folder not in KNOWN_FOLDERS:
                self.unused_folder(folder, skip)
        return {folder: self.tree(folder, skip) if folder in folders else [] for folder in KNOWN_FOLDERS}

    def some(self, skip: Skip) -> dict[str, list[str]]:
        """Return the wanted files, and those that records refer to."""
        for path in self.wanted:
            if path.partition("/")[0] in (*KNOWN_FOLDERS, MEMBER_FILE, PEOPLE_FILE):
                continue
            if os.path.isdir(f"{self.disk.root}/{path}"):  # noqa: PTH112
                self.unused_folder(path, skip)
            else:
                self.unused(path)
        return {folder: self.wanted_below(folder, skip) for folder in KNOWN_FOLDERS}

    def wanted_below(self, folder: str, skip: Skip) -> list[str]:
        if folder in POINTED_TO:
            return self.tree(folder, skip) if os.path.isdir(f"{self.disk.root}/{folder}") else []  # noqa: PTH112
        paths: dict[str, None] = {}
        for place in self.wanted:
            if place == folder or place.startswith(f"{folder}/"):
                paths |= dict.fromkeys(self.below(place, skip))
        return list(paths)

    def below(self, place: str, skip: Skip) -> list[str]:
        """Return the files in a wanted folder, or the wanted file."""
        if os.path.isdir(f"{self.disk.root}/{place}") and not os.path.islink(f"{self.disk.root}/{place}"):  # noqa: PTH112, PTH114
            return self.tree(place, skip)
        tree = FolderTree()
        if not skip(place, place.rpartition("/")[2], False) and not any(
            skip(folder, folder.rpartition("/")[2], True) for folder in above(place)
        ):
            tree.files.append(place)
        self.report_tree(tree)
        return tree.files

    def tree(self, folder: str, skip: Skip) -> list[str]:
        tree = list_tree(self.disk.root, folder, skip)
        self.report_tree(tree)
        return tree.files

    def records(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Return the paths with the file name of a record. Report the others."""
        whole = self.complete(paths)
        for path in whole:
            if not path.endswith(".md"):
                self.unused(path)
        records = [path for path in whole if path.endswith(".md")]
        duplicates: set[str] = set()
        for copy in copies(self.disk, records):
            if copy.of:
                duplicates.add(copy.path)
                self.unread.append(copy.path)
                message = f"this is a copy of {copy.of}, so it is not read"
                self.report(copy.path, "CPD814", message, "copy what only this file has to the other, and delete it")
            else:
                name = copy_name(copy.path.rpartition("/")[2])
                message = "the name is that of a conflict copy, but the other file is missing"
                self.report(copy.path, "CPD816", message, f"rename it to {name.original}" if name else "rename it")
        return tuple(path for path in records if path not in duplicates)

    def complete(self, paths: Sequence[str]) -> list[str]:
        """Return the paths of complete files. Report placeholders of cloud drives and unfinished downloads."""
        return [path for path in paths if not self.is_incomplete(path)]

    def is_incomplete(self, path: str) -> bool:
        """Report a file that is not, or not completely, on this disk; return whether it is one."""
        original = placeholder_of(path.rpartition("/")[2])
        if original:
            message = f"{original} is in the cloud, not on this disk"
            hint = "download it (in most file managers: Download Now, or Always keep on this device)"
            self.report(path, "CPD813", message, hint)
        elif any(map(is_unfinished, path.split("/"))):
            hint = "wait for the download, or download the file again and delete this one"
            self.report(path, "CPD815", "this download is not finished", hint)
        else:
            return False
        if holds_records(path):
            self.unread.append(path)
        return True

    def lost(self, path: str, *faults: Fault) -> None:
        """Report a path that can't be read, and remember it if it should be a record."""
        if holds_records(path):
            self.unread.append(path)
        self.found += [of_fault(path, fault) for fault in faults]

    def report_tree(self, tree: FolderTree) -> None:
        """Report special files, links, paths that can't be opened, and names that can't be printed."""
        for path, fault in tree.closed:
            self.lost(path, fault)
        for path in tree.special:
            self.lost(path, special(f"{self.disk.root}/{path}"))
        for path in tree.links:
            # A linked folder may contain records too. It is reported, but never followed.
            if holds_records(path) and (path.endswith(".md") or os.path.isdir(f"{self.disk.root}/{path}")):  # noqa: PTH112
                self.lost(path, symlink())
            else:
                self.report(path, "CPD802", symlink().message, symlink().hint)
        for path in list(tree.files):
            self.check_name(path, tree)

    def check_name(self, path: str, tree: FolderTree) -> None:
        """Report a path that can't be printed. A path that is not UTF-8 can't be read either."""
        if path.isprintable():
            return
        if not path.isascii() and any("\ud800" <= letter <= "\udfff" for letter in path):
            tree.files.remove(path)
            if holds_records(path):
                self.unread.append(path)
            self.report(path, "CPD804", "the file name is not UTF-8", "rename it")
        elif name := invisible(path):
            self.report(path, "CPD803", f"the file name contains an invisible character, {name}", "rename it")

    def unused_folder(self, folder: str, skip: Skip) -> None:
        """Report a folder that cpdkit does not read. If it has reports that cpdkit made, report its other files."""
        tree, folders = FolderTree(), [folder]
        while folders and len(tree.files) <= MOST_LOOKED_AT:
            folders += list_folder(self.disk.root, folders.pop(), skip, tree)
        others = [] if folders else [path for path in sorted(tree.files) if not self.is_made(path)]
        if folders or len(others) == len(tree.files):
            self.unused(folder)
            return
        self.report_tree(tree)
        for path in others:
            self.unused(path)

    def is_made(self, path: str) -> bool:
        """Return whether cpdkit made a file, such as a report."""
        self.looked_at += 1
        return self.looked_at <= MOST_LOOKED_AT and is_made_document(self.disk, path)

    def unused(self, path: str) -> None:
        """Report a file or folder that cpdkit does not read, unless cpdkit made it."""
        if self.is_incomplete(path) or self.is_made(path):
            return
        hint = "move it, or add it to ignore: in cpd.yaml"
        stem, _, suffix = path.rpartition(".")
        if "/" in path and suffix != "md" and suffix.lower() in LIKE_RECORDS:
            hint = f"if it is a record, rename it to {stem.rpartition('/')[2]}.md"
        self.report(path, "CPD801", "cpdkit does not read this", hint)

    def report(self, path: str, code: str, message: str, hint: str) -> None:
        """Add a problem of a whole file."""
        self.found.append(Diagnostic(path, None, code, CODES[code].severity, message, hint=hint))

    def is_wanted(self, path: str) -> bool:
        return not self.wanted or any(path == place or path.startswith(f"{place}/") for place in self.wanted)
