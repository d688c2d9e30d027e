"""The checks of `cpd doctor`: the programs that cpdkit uses, its surroundings, and the journal.

They change nothing and run nothing from the journal: git runs only as in `history/git.py`, and hooks are only checked
for existence.
"""

import importlib.metadata
import locale
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from cpdkit import __version__
from cpdkit.actions.inbox import FILE, FOLDER, VARIABLE, waiting_in
from cpdkit.actions.leftovers import Leftover
from cpdkit.actions.trash import UNDO, age, contents
from cpdkit.dates.period import Period
from cpdkit.documents import pandoc
from cpdkit.documents.formats.fonts import FOLDERS as FONT_FOLDERS
from cpdkit.documents.formats.fonts import font_folders, more_fonts
from cpdkit.documents.pandoc import PANDOC_PACKAGE, TYPST_PACKAGE, installed
from cpdkit.documents.templating.labels import DEFAULT_LANGUAGE, labels_for
from cpdkit.documents.templating.templates import load_templates
from cpdkit.documents.templating.translation import untranslated
from cpdkit.errors import ToolError, ToolFailed, UsageError
from cpdkit.exchange.inbox import Reading
from cpdkit.history.git import (
    git_for,
    git_output,
    has_repository,
    newest_commit,
    tracked_below,
    uncommitted,
    user_setting,
)
from cpdkit.journal.load import Journal, load
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE, TRASH
from cpdkit.journal.selection import Filters, select
from cpdkit.schemes.vocabulary import frameworks_for, vocabulary_in
from cpdkit.text.clock import today
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.process import find_program, run
from cpdkit.text.shell import quote
from cpdkit.text.wording import counted, first_few, plural


class Level(StrEnum):
    """How good a result is. `missing` is only for what cpdkit needs: without it, some commands cannot work."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: the name of what was checked, its level, its state in words, and what to do if anything."""

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
    """Return whether anything that cpdkit needs is missing."""
    return any(each.level is Level.MISSING for each in findings)


# --- Programs ---

SECONDS = 30.0
"""Time limit for each program that is tried."""
IDENTITY = {"user.name": "GIT_AUTHOR_NAME", "user.email": "GIT_AUTHOR_EMAIL"}
"""Settings that git needs for a commit, and the environment variables that override them."""
_TRY_TYPST = "import typst; assert typst.compile(b'= A').startswith(b'%PDF')"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OTHERS = ("pandoc", "pypandoc", "pypandoc_binary")


def programs(journal: Path | None, environment: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """Return the findings on the programs that cpdkit uses, required ones first. None inside `journal` is run."""
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
    """Return the state of Pandoc, which every document needs."""
    name = "Pandoc"
    chosen = environment.get("CPD_PANDOC")
    get = f"pip install pypandoc_binary=={PANDOC_PACKAGE}; the package pypandoc alone does not contain Pandoc"
    get = f"correct or unset $CPD_PANDOC, or {get}" if chosen else get
    try:
        version, place = pandoc.version(), pandoc.binary()
    except ToolError as error:
        return missing(name, str(error), get)
    if version != pandoc.TESTED:
        text = f"{version or 'unknown version'}, but cpdkit is tested with {pandoc.TESTED}: {place}"
        return note(name, text, get)
    source = "set by $CPD_PANDOC" if chosen else "from the package pypandoc_binary"
    return ok(name, f"{version}, the tested version, {source}")


def of_typst() -> Finding:
    """Return the state of Typst, which PDF needs, tried on one word."""
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
        return note(name, f"{version or 'unknown version'}, but cpdkit is tested with {TYPST_PACKAGE}", get)
    return ok(name, f"{version}, the tested version")


def of_fonts() -> Finding:
    """Return the number of font families for PDF."""
    try:
        font_folders()
    except ToolError as error:
        return missing("fonts", str(error), error.hint)
    text = f"{len(FONT_FOLDERS)} families, from the package rendercv-fonts {version_of('rendercv-fonts')}".rstrip()
    if more_fonts():
        return ok("fonts", f"{text}, and more for Arabic, Hebrew, Thai and emoji")
    return note("fonts", f"{text}; none for Arabic, Hebrew, Thai and emoji", 'pip install "cpdkit[fonts]"')


def of_yaml() -> Finding:
    """Return whether PyYAML uses its C library."""
    if yaml.__with_libyaml__:
        return ok("libyaml", f"included in PyYAML {yaml.__version__}")
    text = f"not included in PyYAML {yaml.__version__}: everything works, but reading is many times slower"
    return note("libyaml", text, "pip install --force-reinstall pyyaml")


def of_packages() -> Finding:
    """Return which of the Python packages that cpdkit requires are missing. Extras are optional."""
    try:
        requirements = importlib.metadata.requires("cpdkit") or []
    except importlib.metadata.PackageNotFoundError:
        return note("packages", "cpdkit runs from its source and is not installed", "pip install -e .")
    names = [match[0] for each in requirements if "extra ==" not in each and (match := _NAME.match(each))]
    if gone := [name for name in names if not version_of(name)]:
        return missing("packages", f"not installed: {', '.join(gone)}", f"pip install {' '.join(gone)}")
    extra = "" if version_of("pyarrow") else '; for Parquet: pip install "cpdkit[parquet]"'
    return ok("packages", f"all {len(names)} required packages are installed{extra}")


def of_conflicts(others: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Yield packages that conflict or mislead; `others` (versions by name) replaces the installed ones."""
    versions = {name: version_of(name) for name in _OTHERS} if others is None else others
    if versions.get("pandoc"):
        text = f"the package pandoc {versions['pandoc']} does not contain Pandoc, and cpdkit does not use it"
        yield note("pip", text, "pip uninstall pandoc")
    if versions.get("pypandoc") and versions.get("pypandoc_binary"):
        remedy = f"pip uninstall pypandoc, then pip install --force-reinstall pypandoc_binary=={PANDOC_PACKAGE}"
        yield note("pip", "pypandoc and pypandoc_binary are both installed and overwrite each other's files", remedy)


def of_other_cpd(environment: Mapping[str, str] = os.environ, started: str = sys.argv[0]) -> Iterator[Finding]:
    """Yield another program called `cpd` that the shell finds first. `started` is the path of the one that runs.

    uv and pipx put a link to the program of their environment into a folder of $PATH, and on Windows a copy.
    """
    program = find_program("cpd", environment.get("PATH"))
    if program is None:
        return
    folders = (Path(program).parent.resolve(), Path(program).resolve().parent)
    is_started = Path(program).with_suffix("") == Path(started).with_suffix("").absolute()
    if Path(sys.executable).parent.resolve() not in folders and not is_started:
        remedy = "put the folder of the installation that you want first in $PATH"
        yield note("cpd", f"the command cpd starts {program}, not this installation", remedy)


def of_git_program(journal: Path | None, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Yield git, which is optional, and whether its user name and email are set."""
    git = find_program("git", environment.get("PATH"))
    if git is None:
        yield ok("git", "not found, but not required: without it, earlier versions are not kept")
        return
    if journal and Path(git).resolve().is_relative_to(journal.resolve()):
        yield note("git", f"{git} may be part of a journal, so it is not run", "remove that folder from $PATH")
        return
    try:
        text = run("git", [git, "--version"], timeout=SECONDS).stdout.decode("utf-8", "replace")
    except ToolError as error:
        yield note("git", str(error), "install it again")
        return
    yield ok("git", text.strip().removeprefix("git version "))
    yield from _of_identity(git, journal, environment)


def of_office(environment: Mapping[str, str] = os.environ) -> Finding:
    """Return whether LibreOffice is installed. It is never started here."""
    path = environment.get("PATH")
    for name in ("soffice", "libreoffice"):
        if place := shutil.which(name, path=path):
            return ok("LibreOffice", place)
    return ok("LibreOffice", "not found, but not required: any program that opens DOCX or ODT works")


def version_of(package: str) -> str:
    """Return the version of a package; empty if it isn't installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _of_identity(git: str, journal: Path | None, environment: Mapping[str, str]) -> Iterator[Finding]:
    values = {
        name: environment.get(known) or _repository_setting(git, journal, name) or user_setting(name, environment)
        for name, known in IDENTITY.items()
    }
    unset = [name for name, value in values.items() if not value]
    if unset:
        remedy = "; ".join(f'git config --global {name} "…"' for name in unset)
        yield note("git user", f"{' and '.join(unset)} not set, so git cannot commit", remedy)
    else:
        yield ok("git user", f"{values['user.name']} <{values['user.email']}>")


def _repository_setting(git: str, journal: Path | None, setting: str) -> str:
    """Return a setting of the journal's own repository; empty if there is no repository or no such setting."""
    try:
        return git_output(git, journal, "config", "--local", "--get", setting).strip() if journal else ""
    except ToolError:
        return ""


# --- Surroundings ---

COMPLETION = (b"_CPD_COMPLETE", b"cpd completion")
"""What a line that sets up completion contains."""
START_FILES = {
    "bash": (".bashrc", ".bash_profile", ".profile", ".bash_completion"),
    "zsh": (".zshrc", ".zprofile", ".zshenv"),
    "fish": (".config/fish/completions/cpd.fish", ".config/fish/config.fish"),
}
"""Files below the home folder that each supported shell reads at its start. The first one gets the new line."""
START_FILE_LIMIT = 2**20


def of_completion(environment: Mapping[str, str]) -> Finding:
    """Return whether completion of `cpd` is set up in the user's shell."""
    shell = Path(environment.get("SHELL", "")).name
    if shell not in START_FILES:
        return ok("completion", f"not available for {shell}" if shell else "$SHELL is not set")
    home, (first, *_) = Path(environment.get("HOME") or os.sep), START_FILES[shell]
    if any(_sets_up_completion(home / name) for name in START_FILES[shell]):
        return ok("completion", f"set up for {shell}")
    line = f"cpd completion {shell}"
    line = f"{line} | source" if shell == "fish" else f'eval "$({line})"'
    return note("completion", f"not set up for {shell}", f"add to ~/{first}: {line}")


def of_terminal(columns: int, colour: bool) -> Finding:
    """Return the width, colour and encoding of the terminal; `columns` is 0 without a terminal."""
    encoding = locale.getencoding()
    text = f"{f'{columns} columns' if columns else 'no terminal'}, {'with' if colour else 'without'} colour"
    # A console of Windows shows all letters, whatever encoding files have there.
    if encoding.casefold().replace("-", "") == "utf8" or sys.platform == "win32":
        return ok("terminal", f"{text}, UTF-8")
    remedy = "set LANG to a locale such as en_GB.UTF-8"
    return note("terminal", f"{text}, {encoding}, but cpdkit writes UTF-8", remedy)


def of_today(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a note if $CPD_TODAY is set."""
    if day := environment.get("CPD_TODAY", "").strip():
        yield note("today", f"$CPD_TODAY sets today's date to {day}", "to use the system date, unset CPD_TODAY")


def _sets_up_completion(place: Path) -> bool:
    try:
        data = read_bytes(str(place.resolve()), START_FILE_LIMIT)[0]
    except (OSError, RuntimeError, Unreadable):
        return False
    return any(words in data for words in COMPLETION)


# --- The journal ---

DAY = 24 * 3600
ATTRIBUTES = ".gitattributes"
PRE_COMMIT = ".pre-commit-config.yaml"
MOST_NAMED = 3


def why_this_journal(named: Path | None, root: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return in words how this journal was found."""
    if named:
        return "set by --journal"
    if environment.get("CPD_JOURNAL"):
        return "set by $CPD_JOURNAL"
    return (
        "the current folder, or the nearest journal above it"
        if root in (Path.cwd(), *Path.cwd().parents)
        else "./journal"
    )


def journal_findings(root: Path, why: str, left: Sequence[Leftover], now: float) -> tuple[Finding, ...]:
    """Return the findings on a journal. `now` is in seconds since 1970."""
    journal = load(root)
    return (
        ok("place", f"{journal.root}: {why}"),
        of_files(journal),
        *of_translation(journal),
        *of_git(journal, now),
        of_case(journal.root),
        *of_leftovers(left),
        of_inbox(journal),
        *of_trash(journal.root, now),
    )


def of_files(journal: Journal) -> Finding:
    """Return the number of files of each kind, and of those that can't be read."""
    kinds = (
        (len(journal.activities), "activity", "activities"),
        (len(journal.objectives), "objective", "objectives"),
        (len(journal.posts), "post", "posts"),
        (len(journal.reviews), "review", "reviews"),
        (len(journal.qualifications), "qualification", "qualifications"),
        (len(journal.claims), "claim", "claims"),
        (len(journal.evidence), "piece of evidence", "pieces of evidence"),
    )
    text = ", ".join(counted(count, one, many) for count, one, many in kinds if count) or "no records yet"
    if not journal.unread:
        return ok("files", text)
    return note("files", f"{text}; cannot read {_named(journal.unread)}", "cpd check shows why")


def of_translation(journal: Journal) -> Iterator[Finding]:
    """Yield how complete the labels of the reports' language are; nothing for English."""
    language = journal.member.language if journal.member else DEFAULT_LANGUAGE
    try:
        labels = labels_for(language, load_templates(language, journal.root).catalogues)
    except UsageError as error:
        yield note("translation", str(error), f"correct templates/labels/{language}.toml")
        return
    if labels.is_english:
        return
    vocabulary = vocabulary_in(journal)
    everything = select(journal.activities, 0, Period(None, None), Filters(confidential=True))
    frameworks = frameworks_for(vocabulary, everything.included)
    missing_labels = untranslated(labels, vocabulary.schemes, frameworks)
    if not missing_labels:
        yield ok("translation", f"all labels are translated into {language}")
        return
    names = first_few([".".join(path) for path in missing_labels], MOST_NAMED)
    text = f"{counted(len(missing_labels), 'label')} not translated into {language}, so reports print English: {names}"
    yield note("translation", text, f"add them to templates/labels/{language}.toml")


def of_git(journal: Journal, now: float) -> Iterator[Finding]:
    """Yield the state of the journal's git repository."""
    root = journal.root
    git = git_for(root)
    if git is None:
        if has_repository(root):
            yield note("git", "the journal is in a git repository, but git is not installed", "install git")
        elif find_program("git"):
            text = "no git repository: earlier versions are not kept, and nothing proves when a record was written"
            yield note("git", text, f"git init {quote(str(root))}")
        else:
            yield ok("git", "no git repository, and none is required")
        return
    paths = records_of(journal)
    differ = uncommitted(root, paths)
    if differ is None:
        yield note("commits", "no commit yet, or git cannot read it", "git add . and git commit, or git status")
    elif differ:
        yield note("commits", f"not committed, or changed since: {_named(differ)}", "git add . and git commit")
    else:
        yield ok("commits", f"all {len(paths)} records are committed and unchanged")
    yield from of_clock(journal, now)
    if not os.path.lexists(root / ATTRIBUTES):
        remedy = f'add "*.md text=auto" to {ATTRIBUTES}'
        text = f"no {ATTRIBUTES}: Windows and other systems may change each other's line endings"
        yield note("line endings", text, remedy)
    yield from of_hooks(git, root)


def of_clock(journal: Journal, now: float) -> Iterator[Finding]:
    """Yield dates in the future: the system clock was wrong once, or is now."""
    commit = newest_commit(journal.root)
    late = [
        what
        for what, epoch in (("commit", commit.epoch if commit else 0), ("file", journal.newest))
        if epoch > now + DAY
    ]
    if late:
        text = f"the newest {' and the newest '.join(late)} {plural(len(late), 'is', 'are')} dated in the future"
        yield note("clock", text, "check the date of this system")


def of_hooks(git: str, root: Path) -> Iterator[Finding]:
    """Yield whether the pre-commit checks of the journal run at each commit."""
    if not os.path.lexists(root / PRE_COMMIT):
        return
    try:
        folder = root / git_output(git, root, "rev-parse", "--git-common-dir").removesuffix("\n")
    except ToolError:
        return
    if os.path.lexists(folder / "hooks" / "pre-commit"):
        yield ok("hooks", "git has a pre-commit hook")
    else:
        text = f"{PRE_COMMIT} exists, but git has no pre-commit hook"
        yield note("hooks", text, "pip install pre-commit, then pre-commit install")


def of_case(root: Path) -> Finding:
    """Return whether the disk distinguishes capital from small letters, without writing anything."""
    other = root / MEMBER_FILE.upper()
    try:
        is_one = other.samefile(root / MEMBER_FILE)
    except OSError:
        is_one = False
    text = f"on this disk a.md and A.md are {'the same file' if is_one else 'different files'}"
    return ok("letter case", f"{text}; cpd check reports names that collide")


def of_leftovers(left: Sequence[Leftover]) -> Iterator[Finding]:
    """Yield the temporary files that interrupted runs left."""
    if left:
        runs = plural(len(left), "an interrupted run", "interrupted runs")
        names = first_few([each.path for each in left], MOST_NAMED)
        text = f"{counted(len(left), 'temporary file')} of {runs}: {names}"
        yield note("leftovers", text, "cpd doctor --clean removes those with no content of their own")


def of_inbox(journal: Journal, environment: Mapping[str, str] = os.environ) -> Finding:
    """Return where the inbox is, and how much waits in it."""
    named = journal.member.inbox if journal.member else ()
    where = f"${VARIABLE}" if environment.get(VARIABLE) else " and ".join(named or (FILE, f"{FOLDER}/"))
    places = waiting_in(journal.root, named, Reading(today()), environment)
    if unread := next((each for each in places if each.unread), None):
        return note("inbox", f"{where}: {unread.unread}", "correct it, then run cpd inbox")
    if places:
        listed = ", ".join(f"{each.path}: {counted(each.entries, 'entry', 'entries')}" for each in places)
        return note("inbox", listed, "cpd inbox makes drafts of them")
    return ok("inbox", f"{where}, empty or missing")


def of_trash(root: Path, now: float) -> Iterator[Finding]:
    """Yield what is in the trash of the journal, and whether git tracks it: it may be private."""
    trash = contents(root)
    folder = quote(str(root / TRASH))
    if trash.files:
        size = f"{max(trash.size // 2**10, 1):,} KiB"
        text = f"{counted(trash.files, 'deleted file')}, {size}, the oldest deleted {age(now - trash.oldest)}"
        yield note("trash", text, f"cpd undo restores the latest; to remove all permanently, delete {folder}")
    if trash.steps:
        yield ok("undo", f"{counted(trash.steps, 'change')} kept for cpd undo in {UNDO}/")
    if tracked := tracked_below(root, TRASH):
        text = f"git tracks {_named(tracked)}, which may be private"
        yield note("trash", text, f"git rm -r --cached {TRASH}, and git commit; the git history keeps earlier versions")


def records_of(journal: Journal) -> tuple[str, ...]:
    """Return the paths of cpd.yaml and all records, including those that can't be read."""
    return tuple(
        sorted(
            {
                MEMBER_FILE,
                *((PEOPLE_FILE,) if journal.people.people else ()),
                *(each.path for each in journal.records),
                *(path for path in journal.unread if (journal.root / path).is_file()),
            }
        )
    )


def _named(paths: Sequence[str]) -> str:
    """Return `1 file (a.md)`, `5 files (a.md, b.md, c.md …)`."""
    return f"{counted(len(paths), 'file')} ({first_few(paths, MOST_NAMED)})"
