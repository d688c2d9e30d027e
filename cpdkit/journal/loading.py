"""A journal's folder to a Journal: every file is read, passed over by a stated rule, or reported."""

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import NoJournal
from cpdkit.journal.codes import CODES, of_fault
from cpdkit.journal.ignoring import skipper
from cpdkit.journal.member import read_member
from cpdkit.journal.reading import FORMS, Form, Record, read_record
from cpdkit.journal.records import Activity, Member, Objective, Post, Review
from cpdkit.text.faults import Fault, Unreadable
from cpdkit.text.files import Skip, Tree, list_folder, list_tree, read_bytes, special, symlink
from cpdkit.text.frontmatter import FRONT_LIMIT
from cpdkit.text.source import Source, decode, invisible

MEMBER_FILE = "cpd.yaml"
RECORD_LIMIT = 4 * 2**20
"""The most bytes of one record that are read."""
EVIDENCE = "evidence"
LIKE_RECORDS = ("md", "txt", "markdown", "mdown", "mkd", "yaml", "yml")
"""How the names of files end that may be meant as records."""
OTHER_FOLDERS = ("schemes", "frameworks", "templates")
"""Folders whose files other parts of the program read."""


@dataclass(frozen=True, slots=True)
class Journal:
    """All that a journal holds. `member` is None where cpd.yaml could not be read.

    `activities` are in the order of their start, then path. `evidence` are paths below `evidence/`, `unread` the files
    that should hold a record and could not be read, `newest` is the newest modification time (epoch, s) of those read.
    """

    root: Path
    member: Member | None
    activities: tuple[Activity, ...] = ()
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    reviews: tuple[Review, ...] = ()
    evidence: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    newest: int = 0


def find(start: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The journal's folder: the one named, else `$CPD_JOURNAL`, else the nearest upwards, else `./journal`.

    Raises NoJournal when there is none.
    """
    named = start or (Path(said) if (said := environment.get("CPD_JOURNAL")) else None)
    here = named or Path.cwd()
    for place in [named] if named else [here, *here.parents, here / "journal"]:
        if os.path.lexists(place / MEMBER_FILE):
            return place
    raise NoJournal(here)


def load(root: Path) -> Journal:
    """Read a journal. What is wrong in it becomes diagnostics; only a folder without cpd.yaml raises NoJournal."""
    if not os.path.lexists(root / MEMBER_FILE):
        raise NoJournal(root)
    with _without_collector():
        return Loading(os.path.realpath(root)).journal()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without the cyclic garbage collector, which would walk all records again and again though none is garbage.

    What was made is kept out of its later walks too; on a large journal one takes as long as a report's own work.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def holds_records(path: str) -> bool:
    """Whether a file or folder is where the journal's records are."""
    return path == MEMBER_FILE or path.partition("/")[0] in FORMS


class Loading:
    """One journal while it is being read."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.found: list[Diagnostic] = []
        self.unread: list[str] = []
        self.records: dict[str, list[Record]] = {folder: [] for folder in FORMS}
        self.newest = 0

    def journal(self) -> Journal:
        """Read everything."""
        member, skip = self.member()
        evidence: list[str] = []
        for folder in self.top(skip):
            tree = list_tree(self.root, folder, skip)
            self.report_tree(tree)
            if form := FORMS.get(folder):
                self.read_all(tree.files, form)
            elif folder == EVIDENCE:
                evidence = [path[len(EVIDENCE) + 1 :] for path in tree.files]
        return self.finished(member, frozenset(evidence))

    def finished(self, member: Member | None, evidence: frozenset[str]) -> Journal:
        """What was read, in order."""
        activities = [each for each in self.records["activities"] if isinstance(each, Activity)]
        activities.sort(key=attrgetter("start", "path"))
        objectives = self.objectives()
        self.same_ids(activities)
        return Journal(
            Path(self.root),
            member,
            tuple(activities),
            objectives,
            tuple(each for each in self.records["career"] if isinstance(each, Post)),
            tuple(each for each in self.records["reviews"] if isinstance(each, Review)),
            evidence,
            tuple(sorted(self.unread)),
            tuple(sorted(self.found, key=attrgetter("order"))),
            self.newest,
        )

    def member(self) -> tuple[Member | None, Skip]:
        """The member, and what to pass over."""
        source = self.source(MEMBER_FILE, FRONT_LIMIT)
        if source is None:
            return None, skipper(())
        member, ignore, found = read_member(source)
        self.found += found
        if member is None:
            self.unread.append(MEMBER_FILE)
        return member, skipper(ignore)

    def top(self, skip: Skip) -> list[str]:
        """The folders to go into; all else at the top but cpd.yaml is reported."""
        tree = Tree()
        folders = list_folder(self.root, "", lambda *entry: entry[0] == MEMBER_FILE or skip(*entry), tree)
        self.report_tree(tree)
        known = (*FORMS, EVIDENCE, *OTHER_FOLDERS)
        for path in (*tree.files, *(folder for folder in folders if folder not in known)):
            self.unused(path)
        return [folder for folder in folders if folder in known]

    def read_all(self, paths: list[str], form: Form) -> None:
        """The records of one folder."""
        records = self.records[form.folder]
        for path in paths:
            if not path.endswith(".md"):
                self.unused(path)
            elif source := self.source(path):
                record, found = read_record(source, form)
                if found:
                    self.found += found
                if record is None:
                    self.unread.append(path)
                else:
                    records.append(record)

    def source(self, path: str, limit: int = RECORD_LIMIT) -> Source | None:
        """One file's text; None, and reported, where it can't be had."""
        try:
            data, changed = read_bytes(f"{self.root}/{path}", limit)
            self.newest = max(self.newest, changed)
            return decode(path, data)
        except Unreadable as error:
            self.lost(path, *error.faults)
            return None

    def lost(self, path: str, *faults: Fault) -> None:
        """Report what can't be read; a record is missed from then on."""
        if holds_records(path):
            self.unread.append(path)
        self.found += [of_fault(path, fault) for fault in faults]

    def report_tree(self, tree: Tree) -> None:
        """Report what is no file, what can't be opened, and names that can't be printed."""
        for path, fault in tree.closed:
            self.lost(path, fault)
        for path in tree.special:
            self.lost(path, special(f"{self.root}/{path}"))
        for path in tree.links:
            # A linked folder may hold records too; it is looked at, never into.
            if holds_records(path) and (path.endswith(".md") or os.path.isdir(f"{self.root}/{path}")):  # noqa: PTH112
                self.lost(path, symlink())
            else:
                self.report(path, "CPD802", symlink().message, symlink().hint)
        for path in list(tree.files):
            self.judge_name(path, tree)

    def judge_name(self, path: str, tree: Tree) -> None:
        """Report a path that can't be printed; one that is not UTF-8 can't be read either."""
        if path.isprintable():
            return
        if not path.isascii() and any("\ud800" <= letter <= "\udfff" for letter in path):
            tree.files.remove(path)
            if holds_records(path):
                self.unread.append(path)
            self.report(path, "CPD804", "the file's name is not UTF-8", "rename it")
        elif name := invisible(path):
            self.report(path, "CPD803", f"the file's name holds an invisible character, {name}", "rename it")

    def unused(self, path: str) -> None:
        """Report a file or folder that no part of the program reads."""
        hint = "move it, or name it under ignore: in cpd.yaml"
        stem, _, suffix = path.rpartition(".")
        if "/" in path and suffix.lower() in LIKE_RECORDS:
            hint = f"rename it to {stem.rpartition('/')[2]}.md if it is a record"
        self.report(path, "CPD801", "nothing reads this", hint)

    def objectives(self) -> dict[str, Objective]:
        """The objectives by id; a second one of the same id is not read."""
        by_id: dict[str, Objective] = {}
        for each in self.records["plan"]:
            if not isinstance(each, Objective):
                continue
            if first := by_id.get(each.id):
                self.unread.append(each.path)
                self.report(each.path, "CPD806", f"{first.path} has the same id, {each.id}", "give one another name")
            else:
                by_id[each.id] = each
        return by_id

    def same_ids(self, activities: list[Activity]) -> None:
        """Report activities whose id another one has."""
        first: dict[str, str] = {}
        for each in sorted(activities, key=attrgetter("path")):
            if (path := first.setdefault(each.id, each.path)) != each.path:
                self.report(each.path, "CPD805", f"{path} has the same id, {each.id}", "give one another name")

    def report(self, path: str, code: str, message: str, hint: str) -> None:
        """Note a problem of a whole file."""
        self.found.append(Diagnostic(path, None, code, CODES[code].severity, message, hint=hint))
