"""How a journal stands: where it is, whether it can be read, what git has of it, what is left over.

Nothing is changed, and nothing in the journal is run: git is asked as `history/commit.py` does it, and of hooks it is
only seen that they exist.
"""

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from cpdkit.errors import ToolError
from cpdkit.history.commit import ask, git_for, head, uncommitted
from cpdkit.journal.finding import MEMBER_FILE
from cpdkit.journal.loading import Journal, load
from cpdkit.upkeep.health import Sign, note, ok
from cpdkit.upkeep.leftovers import Leftover

DAY = 24 * 3600
ATTRIBUTES = ".gitattributes"
PRE_COMMIT = ".pre-commit-config.yaml"
MOST_NAMED = 3


def found_by(named: Path | None, root: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Why this journal is the one that is worked on."""
    if named:
        return "named by --journal"
    if environment.get("CPD_JOURNAL"):
        return "named by $CPD_JOURNAL"
    return (
        "the folder you are in, or the nearest above it" if root in (Path.cwd(), *Path.cwd().parents) else "./journal"
    )


def journal_signs(root: Path, why: str, left: tuple[Leftover, ...], now: float) -> tuple[Sign, ...]:
    """All about a journal. `now` is seconds since 1970."""
    journal = load(root)
    return (
        ok("place", f"{journal.root}: {why}"),
        of_files(journal),
        *of_git(journal, now),
        of_case(journal.root),
        *of_leftovers(left),
    )


def of_files(journal: Journal) -> Sign:
    """How many files it has, and how many of them can't be read."""
    some = (
        (len(journal.activities), "activity", "activities"),
        (len(journal.objectives), "objective", "objectives"),
        (len(journal.posts), "post", "posts"),
        (len(journal.reviews), "review", "reviews"),
        (len(journal.evidence), "piece of evidence", "pieces of evidence"),
    )
    counted = [f"{count} {one if count == 1 else many}" for count, one, many in some if count]
    said = ", ".join(counted) or "nothing in it yet"
    if not journal.unread:
        return ok("files", said)
    return note("files", f"{said}; and {_named(journal.unread)} can't be read", "cpd check says why")


def of_git(journal: Journal, now: float) -> Iterator[Sign]:
    """What git has of it."""
    root = journal.root
    git = git_for(root)
    if git is None:
        way = f"git init {shlex.quote(str(root))}" if not _has_repository(root) else "install git"
        yield note("git", "no git repository: nothing keeps earlier versions, or proves when a record was written", way)
        return
    paths = records_of(journal)
    differ = uncommitted(root, paths)
    if differ is None:
        yield note(
            "commits", "there is no commit, or git refuses to read it", "git add . and git commit, or git status"
        )
    elif differ:
        yield note("commits", f"not committed as they are: {_named(differ)}", "git add . and git commit")
    else:
        yield ok("commits", f"all {len(paths)} records are committed as they are")
    yield from of_clock(journal, now)
    if not os.path.lexists(root / ATTRIBUTES):
        way = f'write "*.md text=auto" into {ATTRIBUTES}'
        yield note("line ends", f"no {ATTRIBUTES}: Windows and other systems may undo each other's line ends", way)
    yield from of_hooks(git, root)


def of_clock(journal: Journal, now: float) -> Iterator[Sign]:
    """Times that lie in the future: this clock was wrong once, or is now."""
    commit = head(journal.root)
    late = [
        what
        for what, epoch in (("commit", commit.epoch if commit else 0), ("file", journal.newest))
        if epoch > now + DAY
    ]
    if late:
        said = f"the newest {' and the newest '.join(late)} {'lies' if len(late) == 1 else 'lie'} in the future"
        yield note("clock", said, "look at this system's date")


def of_hooks(git: str, root: Path) -> Iterator[Sign]:
    """Whether the checks that the journal configures run at each commit."""
    if not os.path.lexists(root / PRE_COMMIT):
        return
    try:
        folder = root / ask(git, root, "rev-parse", "--git-common-dir").removesuffix("\n")
    except ToolError:
        return
    if os.path.lexists(folder / "hooks" / "pre-commit"):
        yield ok("hooks", "git has a pre-commit hook")
    else:
        yield note(
            "hooks",
            f"{PRE_COMMIT} is there, but git has no such hook",
            "pip install pre-commit, then pre-commit install",
        )


def of_case(root: Path) -> Sign:
    """Whether the disk tells capital from small letters; found out without writing."""
    other = root / MEMBER_FILE.upper()
    try:
        is_one = other.samefile(root / MEMBER_FILE)
    except OSError:
        is_one = False
    said = "this disk takes a.md and A.md for one file" if is_one else "this disk tells a.md from A.md"
    return ok("letters", said + "; cpd check tells of names that collide")


def of_leftovers(left: tuple[Leftover, ...]) -> Iterator[Sign]:
    """What an interrupted run left."""
    if left:
        what = "a file of an interrupted run" if len(left) == 1 else f"{len(left)} files of interrupted runs"
        said = f"{what}: {_listed([each.path for each in left])}"
        yield note("leftovers", said, "cpd doctor --clean removes those that hold nothing of their own")


def records_of(journal: Journal) -> tuple[str, ...]:
    """The paths of cpd.yaml and all records, those too that can't be read."""
    return tuple(
        sorted(
            {
                MEMBER_FILE,
                *(each.path for each in journal.activities),
                *(each.path for each in journal.objectives.values()),
                *(each.path for each in journal.posts),
                *(each.path for each in journal.reviews),
                *(path for path in journal.unread if (journal.root / path).is_file()),
            }
        )
    )


def _has_repository(root: Path) -> bool:
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def _named(paths: tuple[str, ...]) -> str:
    """`1 file (a.md)`, `5 files (a.md, b.md, c.md …)`."""
    return f"{len(paths)} {'file' if len(paths) == 1 else 'files'} ({_listed(paths)})"


def _listed(paths: tuple[str, ...] | list[str]) -> str:
    return ", ".join(paths[:MOST_NAMED]) + (" …" if len(paths) > MOST_NAMED else "")
