"""What `cpd doctor` looks at: the programs that cpdkit works with, what surrounds it, and the journal.

Nothing is changed, and nothing in the journal is run: git is asked as `history/git.py` does it, and of hooks it is only
seen that they exist.
"""

import importlib.metadata
import locale
import os
import platform
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from cpdkit import __version__
from cpdkit.actions.leftovers import Leftover
from cpdkit.documents import pandoc
from cpdkit.documents.formats.fonts import font_folders
from cpdkit.documents.pandoc import PANDOC_PACKAGE, TYPST_PACKAGE, installed
from cpdkit.errors import ToolError, ToolFailed
from cpdkit.history.git import git_for, git_output, newest_commit, uncommitted, user_setting
from cpdkit.journal.load import Journal, load
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.process import run
from cpdkit.text.wording import counted, first_few, plural


class Level(StrEnum):
    """`missing` is only for what is needed: what it is needed for can't work without it."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, how it is, in words, and what to do where something is to be done."""

    name: str
    level: Level
    text: str
    remedy: str = ""


def ok(name: str, text: str) -> Finding:
    return Finding(name, Level.OK, text)


def note(name: str, text: str, remedy: str = "") -> Finding:
    return Finding(name, Level.NOTE, text, remedy)


def missing(name: str, text: str, remedy: str) -> Finding:
    return Finding(name, Level.MISSING, text, remedy)


def is_lacking(findings: Iterable[Finding]) -> bool:
    """Whether anything that is needed is missing."""
    return any(each.level is Level.MISSING for each in findings)


# --- Programs ---

SECONDS = 30.0
"""How long a program may take to say that it works."""
IDENTITY = {"user.name": "GIT_AUTHOR_NAME", "user.email": "GIT_AUTHOR_EMAIL"}
"""What git puts into a commit, and the variable that says it too."""
_TRY_TYPST = "import typst; assert typst.compile(b'= A').startswith(b'%PDF')"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OTHERS = ("pandoc", "pypandoc", "pypandoc_binary")


def programs(journal: Path | None, environment: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """Return all that cpdkit works with, what is needed first. No program that lies in `journal` is run."""
    return (
        ok("Python", f"{platform.python_version()}, {sys.executable}"),
        ok("cpdkit", f"{__version__}, {Path(__file__).parents[1]}"),
        of_pandoc(environment),
        of_typst(),
        of_fonts(),
        of_yaml(),
        of_packages(),
        *of_conflicts(),
        *of_other_cpd(environment),
        *of_git_program(journal, environment),
        of_office(environment),
    )


def of_pandoc(environment: Mapping[str, str] = os.environ) -> Finding:
    """Return how Pandoc is, which every document takes."""
    name = "Pandoc"
    chosen = environment.get("CPD_PANDOC")
    get = f"pip install pypandoc_binary=={PANDOC_PACKAGE}; the package pypandoc alone brings no Pandoc"
    get = f"$CPD_PANDOC names it; mend or unset that, or {get}" if chosen else get
    try:
        version, place = pandoc.version(), pandoc.binary()
    except ToolError as error:
        return missing(name, str(error), get)
    if version != pandoc.TESTED:
        return note(name, f"{version or 'of no known version'}; cpdkit is tested with {pandoc.TESTED}: {place}", get)
    return ok(name, f"{version}, as tested, {'named by $CPD_PANDOC' if chosen else 'in the package pypandoc_binary'}")


def of_typst() -> Finding:
    """Return how Typst is, which the PDF takes, tried on one word."""
    name, get = "Typst", f"pip install typst=={TYPST_PACKAGE}"
    try:
        run("typst", [sys.executable, "-I", "-c", _TRY_TYPST], timeout=SECONDS)
    except ToolFailed as error:
        gone = "No module named 'typst'" in error.stderr
        return missing(name, "the Python package typst is not installed" if gone else str(error), get)
    except ToolError as error:
        return missing(name, str(error), get)
    version = installed("typst", "typst")
    if version != TYPST_PACKAGE:
        return note(name, f"{version or 'of no known version'}; cpdkit is tested with {TYPST_PACKAGE}", get)
    return ok(name, f"{version}, as tested")


def of_fonts() -> Finding:
    """Return how many fonts there are for the PDF."""
    try:
        count = len(font_folders())
    except ToolError as error:
        return missing("fonts", str(error), error.hint)
    return ok("fonts", f"{count} families, in the package rendercv-fonts {version_of('rendercv-fonts')}".rstrip())


def of_yaml() -> Finding:
    """Return whether YAML is read by the library in C."""
    if yaml.__with_libyaml__:
        return ok("libyaml", f"in PyYAML {yaml.__version__}")
    text = f"PyYAML {yaml.__version__} is without it: everything works, reading takes many times as long"
    return note("libyaml", text, "pip install --force-reinstall pyyaml")


def of_packages() -> Finding:
    """Return which Python packages are missing of those that cpdkit is installed with, but for extras."""
    try:
        requirements = importlib.metadata.requires("cpdkit") or []
    except importlib.metadata.PackageNotFoundError:
        return note("packages", "cpdkit is not installed but run from its source", "pip install -e .")
    names = [match[0] for each in requirements if "extra ==" not in each and (match := _NAME.match(each))]
    if gone := [name for name in names if not version_of(name)]:
        return missing("packages", f"not installed: {', '.join(gone)}", f"pip install {' '.join(gone)}")
    extra = "" if version_of("pyarrow") else '; for parquet: pip install "cpdkit[parquet]"'
    return ok("packages", f"all {len(names)} are installed{extra}")


def of_conflicts(others: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Yield packages whose names mislead, by name and version; of this Python where none are given."""
    versions = {name: version_of(name) for name in _OTHERS} if others is None else others
    if versions.get("pandoc"):
        text = f"the package pandoc {versions['pandoc']} is another thing, and brings no Pandoc"
        yield note("pip", text, "cpdkit doesn't need it: pip uninstall pandoc")
    if versions.get("pypandoc") and versions.get("pypandoc_binary"):
        remedy = f"pip uninstall pypandoc, then pip install --force-reinstall pypandoc_binary=={PANDOC_PACKAGE}"
        yield note("pip", "pypandoc and pypandoc_binary are both installed, and overwrite each other's files", remedy)


def of_other_cpd(environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Yield a program of the same name that the shell finds first."""
    program = shutil.which("cpd", path=environment.get("PATH"))
    if program and Path(program).parent.resolve() != Path(sys.executable).parent.resolve():
        remedy = "another installation, or another program of that name: put the folder you want first in $PATH"
        yield note("cpd", f"typing cpd starts {program}, not what runs now", remedy)


def of_git_program(journal: Path | None, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Yield git, and whether it knows whose commits these are."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        text = "not found: nothing keeps earlier versions, and documents name no commit"
        yield note("git", text, "install it from https://git-scm.com, or with your system's packages")
        return
    if not Path(git).is_absolute() or (journal and Path(git).resolve().is_relative_to(journal.resolve())):
        yield note("git", f"{git} may come with a journal, so it is not run", "take that folder out of $PATH")
        return
    try:
        text = run("git", [git, "--version"], timeout=SECONDS).stdout.decode("utf-8", "replace")
    except ToolError as error:
        yield note("git", str(error), "install it again")
        return
    yield ok("git", text.strip().removeprefix("git version "))
    yield from _of_identity(git, journal, environment)


def of_office(environment: Mapping[str, str] = os.environ) -> Finding:
    """Return whether there is LibreOffice, which is never started here."""
    path = environment.get("PATH")
    for name in ("soffice", "libreoffice"):
        if place := shutil.which(name, path=path):
            return ok("LibreOffice", place)
    return ok("LibreOffice", "not found, and not needed: whatever opens DOCX or ODT will do")


def version_of(package: str) -> str:
    """Return the version of an installed package; empty where it isn't installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _of_identity(git: str, journal: Path | None, environment: Mapping[str, str]) -> Iterator[Finding]:
    values = {
        name: environment.get(known) or _repository_setting(git, journal, name) or user_setting(name, environment)
        for name, known in IDENTITY.items()
    }
    unsaid = [name for name, value in values.items() if not value]
    if unsaid:
        remedy = "; ".join(f'git config --global {name} "…"' for name in unsaid)
        yield note("git user", f"{' and '.join(unsaid)} not set, without which git commits nothing", remedy)
    else:
        yield ok("git user", f"{values['user.name']} <{values['user.email']}>")


def _repository_setting(git: str, journal: Path | None, setting: str) -> str:
    """What the journal's own repository says; empty where there is none, or it says nothing."""
    try:
        return git_output(git, journal, "config", "--local", "--get", setting).strip() if journal else ""
    except ToolError:
        return ""


# --- Surroundings ---

COMPLETION = "_CPD_COMPLETE"
START_FILES = {
    "bash": (".bashrc", ".bash_profile", ".profile", ".bash_completion"),
    "zsh": (".zshrc", ".zprofile", ".zshenv"),
    "fish": (".config/fish/completions/cpd.fish", ".config/fish/config.fish"),
}
"""What each shell that has completion reads at its start, below the home folder; a new line goes into the first."""
START_FILE_LIMIT = 2**20


def of_completion(environment: Mapping[str, str]) -> Finding:
    """Return whether the user's shell completes cpd's words."""
    shell = Path(environment.get("SHELL", "")).name
    if shell not in START_FILES:
        return ok("completion", f"there is none for {shell}" if shell else "no $SHELL is named")
    home, (first, *_) = Path(environment.get("HOME") or os.sep), START_FILES[shell]
    if any(_sets_up_completion(home / name) for name in START_FILES[shell]):
        return ok("completion", f"{shell} is told of it")
    line = f"{COMPLETION}={shell}_source cpd"
    line = f"{line} | source" if shell == "fish" else f'eval "$({line})"'
    return note("completion", f"{shell} is not told of it", f"into ~/{first}: {line}")


def of_terminal(columns: int, colour: bool) -> Finding:
    """Return what the terminal takes; `columns` is 0 where there is none."""
    encoding = locale.getencoding()
    text = f"{f'{columns} columns' if columns else 'no terminal'}, {'in' if colour else 'without'} colour"
    if encoding.casefold().replace("-", "") == "utf8":
        return ok("terminal", f"{text}, UTF-8")
    remedy = "set LANG to a locale such as en_GB.UTF-8; on Windows: chcp 65001"
    return note("terminal", f"{text}, {encoding}; cpdkit writes UTF-8", remedy)


def of_today(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield that today is set, where it is."""
    if day := environment.get("CPD_TODAY", "").strip():
        yield note("today", f"$CPD_TODAY says {day}, whatever the clock says", "unset CPD_TODAY")


def _sets_up_completion(place: Path) -> bool:
    try:
        return COMPLETION.encode() in read_bytes(str(place.resolve()), START_FILE_LIMIT)[0]
    except (OSError, RuntimeError, Unreadable):
        return False


# --- The journal ---

DAY = 24 * 3600
ATTRIBUTES = ".gitattributes"
PRE_COMMIT = ".pre-commit-config.yaml"
MOST_NAMED = 3


def why_this_journal(named: Path | None, root: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return why this journal is the one that is worked on."""
    if named:
        return "named by --journal"
    if environment.get("CPD_JOURNAL"):
        return "named by $CPD_JOURNAL"
    return (
        "the folder you are in, or the nearest above it" if root in (Path.cwd(), *Path.cwd().parents) else "./journal"
    )


def journal_findings(root: Path, why: str, left: Sequence[Leftover], now: float) -> tuple[Finding, ...]:
    """Return all about a journal. `now` is seconds since 1970."""
    journal = load(root)
    return (
        ok("place", f"{journal.root}: {why}"),
        of_files(journal),
        *of_git(journal, now),
        of_case(journal.root),
        *of_leftovers(left),
    )


def of_files(journal: Journal) -> Finding:
    """Return how many files it has, and how many of them can't be read."""
    kinds = (
        (len(journal.activities), "activity", "activities"),
        (len(journal.objectives), "objective", "objectives"),
        (len(journal.posts), "post", "posts"),
        (len(journal.reviews), "review", "reviews"),
        (len(journal.evidence), "piece of evidence", "pieces of evidence"),
    )
    text = ", ".join(counted(count, one, many) for count, one, many in kinds if count) or "nothing in it yet"
    if not journal.unread:
        return ok("files", text)
    return note("files", f"{text}; and {_named(journal.unread)} can't be read", "cpd check says why")


def of_git(journal: Journal, now: float) -> Iterator[Finding]:
    """Yield what git has of it."""
    root = journal.root
    git = git_for(root)
    if git is None:
        remedy = f"git init {shlex.quote(str(root))}" if not _has_repository(root) else "install git"
        yield note(
            "git", "no git repository: nothing keeps earlier versions, or proves when a record was written", remedy
        )
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
        remedy = f'write "*.md text=auto" into {ATTRIBUTES}'
        yield note("line ends", f"no {ATTRIBUTES}: Windows and other systems may undo each other's line ends", remedy)
    yield from of_hooks(git, root)


def of_clock(journal: Journal, now: float) -> Iterator[Finding]:
    """Yield times that lie in the future: this clock was wrong once, or is now."""
    commit = newest_commit(journal.root)
    late = [
        what
        for what, epoch in (("commit", commit.epoch if commit else 0), ("file", journal.newest))
        if epoch > now + DAY
    ]
    if late:
        text = f"the newest {' and the newest '.join(late)} {plural(len(late), 'lies', 'lie')} in the future"
        yield note("clock", text, "look at this system's date")


def of_hooks(git: str, root: Path) -> Iterator[Finding]:
    """Yield whether the checks that the journal configures run at each commit."""
    if not os.path.lexists(root / PRE_COMMIT):
        return
    try:
        folder = root / git_output(git, root, "rev-parse", "--git-common-dir").removesuffix("\n")
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


def of_case(root: Path) -> Finding:
    """Return whether the disk tells capital from small letters; found out without writing."""
    other = root / MEMBER_FILE.upper()
    try:
        is_one = other.samefile(root / MEMBER_FILE)
    except OSError:
        is_one = False
    text = "this disk takes a.md and A.md for one file" if is_one else "this disk tells a.md from A.md"
    return ok("letters", text + "; cpd check tells of names that collide")


def of_leftovers(left: Sequence[Leftover]) -> Iterator[Finding]:
    """Yield what an interrupted run left."""
    if left:
        what = "a file of an interrupted run" if len(left) == 1 else f"{len(left)} files of interrupted runs"
        text = f"{what}: {first_few([each.path for each in left], MOST_NAMED)}"
        yield note("leftovers", text, "cpd doctor --clean removes those that hold nothing of their own")


def records_of(journal: Journal) -> tuple[str, ...]:
    """Return the paths of cpd.yaml and all records, those too that can't be read."""
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


def _named(paths: Sequence[str]) -> str:
    """`1 file (a.md)`, `5 files (a.md, b.md, c.md …)`."""
    return f"{counted(len(paths), 'file')} ({first_few(paths, MOST_NAMED)})"
