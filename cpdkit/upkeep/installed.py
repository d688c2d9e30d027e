"""What is installed beside cpdkit, against what it is tested with. Nothing is fetched, and each program has its time.

One that is missing or broken is told, and the others are looked at all the same.
"""

import importlib.metadata
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from cpdkit import __version__
from cpdkit.documents import pandoc
from cpdkit.documents.formats.fonts import font_folders
from cpdkit.documents.tested import PANDOC_PACKAGE, TYPST_PACKAGE, installed
from cpdkit.errors import ToolError, ToolFailed
from cpdkit.history.commit import ask
from cpdkit.history.identity import said_by_user
from cpdkit.text.processes import run
from cpdkit.upkeep.health import Sign, missing, note, ok

SECONDS = 30.0
"""How long a program may take to say that it works."""
IDENTITY = {"user.name": "GIT_AUTHOR_NAME", "user.email": "GIT_AUTHOR_EMAIL"}
"""What git puts into a commit, and the variable that says it too."""
_TRY_TYPST = "import typst; assert typst.compile(b'= A').startswith(b'%PDF')"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OTHERS = ("pandoc", "pypandoc", "pypandoc_binary")


def programs(journal: Path | None, environment: Mapping[str, str] = os.environ) -> tuple[Sign, ...]:
    """All that cpdkit works with, what is needed first. No program that lies in `journal` is run."""
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
        *of_git(journal, environment),
        of_office(environment),
    )


def of_pandoc(environment: Mapping[str, str] = os.environ) -> Sign:
    """Pandoc, which every document takes."""
    name = "Pandoc"
    chosen = environment.get("CPD_PANDOC")
    get = f"pip install pypandoc_binary=={PANDOC_PACKAGE}; the package pypandoc alone brings no Pandoc"
    get = f"$CPD_PANDOC names it; mend or unset that, or {get}" if chosen else get
    try:
        found, place = pandoc.version(), pandoc.binary()
    except ToolError as error:
        return missing(name, str(error), get)
    if found != pandoc.TESTED:
        return note(name, f"{found or 'of no known version'}; cpdkit is tested with {pandoc.TESTED}: {place}", get)
    return ok(name, f"{found}, as tested, {'named by $CPD_PANDOC' if chosen else 'in the package pypandoc_binary'}")


def of_typst() -> Sign:
    """Typst, which the PDF takes, tried on one word."""
    name, get = "Typst", f"pip install typst=={TYPST_PACKAGE}"
    try:
        run("typst", [sys.executable, "-I", "-c", _TRY_TYPST], timeout=SECONDS)
    except ToolFailed as error:
        gone = "No module named 'typst'" in error.said
        return missing(name, "the Python package typst is not installed" if gone else str(error), get)
    except ToolError as error:
        return missing(name, str(error), get)
    found = installed("typst", "typst")
    if found != TYPST_PACKAGE:
        return note(name, f"{found or 'of no known version'}; cpdkit is tested with {TYPST_PACKAGE}", get)
    return ok(name, f"{found}, as tested")


def of_fonts() -> Sign:
    """The fonts of the PDF."""
    try:
        count = len(font_folders())
    except ToolError as error:
        return missing("fonts", str(error), error.hint)
    return ok("fonts", f"{count} families, in the package rendercv-fonts {version_of('rendercv-fonts')}".rstrip())


def of_yaml() -> Sign:
    """Whether YAML is read by the library in C."""
    if yaml.__with_libyaml__:
        return ok("libyaml", f"in PyYAML {yaml.__version__}")
    said = f"PyYAML {yaml.__version__} is without it: everything works, reading takes many times as long"
    return note("libyaml", said, "pip install --force-reinstall pyyaml")


def of_packages() -> Sign:
    """The Python packages that cpdkit is installed with, but for extras."""
    try:
        wanted = importlib.metadata.requires("cpdkit") or []
    except importlib.metadata.PackageNotFoundError:
        return note("packages", "cpdkit is not installed but run from its source", "pip install -e .")
    names = [match[0] for each in wanted if "extra ==" not in each and (match := _NAME.match(each))]
    if gone := [name for name in names if not version_of(name)]:
        return missing("packages", f"not installed: {', '.join(gone)}", f"pip install {' '.join(gone)}")
    extra = "" if version_of("pyarrow") else '; for parquet: pip install "cpdkit[parquet]"'
    return ok("packages", f"all {len(names)} are installed{extra}")


def of_conflicts(has: Mapping[str, str] | None = None) -> Iterator[Sign]:
    """Packages whose names mislead, by name and version; of this Python where none are given."""
    found = {name: version_of(name) for name in _OTHERS} if has is None else has
    if found.get("pandoc"):
        said = f"the package pandoc {found['pandoc']} is another thing, and brings no Pandoc"
        yield note("pip", said, "cpdkit doesn't need it: pip uninstall pandoc")
    if found.get("pypandoc") and found.get("pypandoc_binary"):
        way = f"pip uninstall pypandoc, then pip install --force-reinstall pypandoc_binary=={PANDOC_PACKAGE}"
        yield note("pip", "pypandoc and pypandoc_binary are both installed, and overwrite each other's files", way)


def of_other_cpd(environment: Mapping[str, str] = os.environ) -> Iterator[Sign]:
    """A program of the same name that the shell finds first."""
    found = shutil.which("cpd", path=environment.get("PATH"))
    if found and Path(found).parent.resolve() != Path(sys.executable).parent.resolve():
        way = "another installation, or another program of that name: put the folder you want first in $PATH"
        yield note("cpd", f"typing cpd starts {found}, not what runs now", way)


def of_git(journal: Path | None, environment: Mapping[str, str] = os.environ) -> Iterator[Sign]:
    """Git, and whether it knows whose commits these are."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        said = "not found: nothing keeps earlier versions, and documents name no commit"
        yield note("git", said, "install it from https://git-scm.com, or with your system's packages")
        return
    if not Path(git).is_absolute() or (journal and Path(git).resolve().is_relative_to(journal.resolve())):
        yield note("git", f"{git} may come with a journal, so it is not run", "take that folder out of $PATH")
        return
    try:
        said = run("git", [git, "--version"], timeout=SECONDS).stdout.decode("utf-8", "replace")
    except ToolError as error:
        yield note("git", str(error), "install it again")
        return
    yield ok("git", said.strip().removeprefix("git version "))
    yield from _of_identity(git, journal, environment)


def of_office(environment: Mapping[str, str] = os.environ) -> Sign:
    """LibreOffice, which is never started here."""
    path = environment.get("PATH")
    found = next((place for name in ("soffice", "libreoffice") if (place := shutil.which(name, path=path))), "")
    if found:
        return ok("LibreOffice", found)
    return ok("LibreOffice", "not found, and not needed: whatever opens DOCX or ODT will do")


def version_of(package: str) -> str:
    """The version of an installed package; empty where it isn't installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _of_identity(git: str, journal: Path | None, environment: Mapping[str, str]) -> Iterator[Sign]:
    said = {
        name: environment.get(known) or _said_by_repository(git, journal, name) or said_by_user(name, environment)
        for name, known in IDENTITY.items()
    }
    unsaid = [name for name, value in said.items() if not value]
    if unsaid:
        way = "; ".join(f'git config --global {name} "…"' for name in unsaid)
        yield note("git user", f"{' and '.join(unsaid)} not set, without which git commits nothing", way)
    else:
        yield ok("git user", f"{said['user.name']} <{said['user.email']}>")


def _said_by_repository(git: str, journal: Path | None, setting: str) -> str:
    """What the journal's own repository says; empty where there is none, or it says nothing."""
    try:
        return ask(git, journal, "config", "--local", "--get", setting).strip() if journal else ""
    except ToolError:
        return ""
