"""What the formats share: where printed paths start, counts, sentences, fingerprints."""

import hashlib
import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.wording import plural

WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub's and GitLab's runners keep the checkout."""


class Base(NamedTuple):
    """The folder that paths start from, and how the journal is reached from it.

    `prefix` stands before a path in the journal; `within` is the folder's own path where it lies inside the journal.
    """

    folder: Path
    prefix: str = ""
    within: str = ""

    def path(self, inside: str) -> str:
        """A path of the journal as seen from the folder, with forward slashes; absolute where it is not below."""
        seen = posixpath.relpath(inside or ".", self.within) if self.within else self.prefix + inside
        # At a line's start two colons would be a command to GitHub's runner.
        return f"./{seen}" if seen.startswith(":") else seen


def base_of_person(journal: Path, here: Path) -> Base:
    """Return the current folder: what is printed can be opened from there."""
    # As it was named first: a person who came through a link wants to see the link.
    for journal_, here_ in ((_plain(journal), _plain(here)), (_real(journal), _real(here))):
        if journal_.is_relative_to(here_):
            return Base(here_, _slashed(journal_.relative_to(here_)))
        if here_.is_relative_to(journal_):
            return Base(here_, within=here_.relative_to(journal_).as_posix())
    return Base(_plain(here), _slashed(_plain(journal)))


def base_of_repository(journal: Path, here: Path, environment: Mapping[str, str] = os.environ) -> Base:
    """Return the repository's folder, which services count paths from wherever in it the command runs.

    Where there is none, the CI's checkout, then the current folder; else the journal itself. Paths are never absolute.
    """
    journal = _real(journal)
    repository = [place for place in (journal, *journal.parents) if (place / ".git").exists()]
    checkouts = [_real(Path(checkout)) for name in WORKSPACES if (checkout := environment.get(name))]
    around = (place for place in (*repository, *checkouts, _real(here)) if journal.is_relative_to(place))
    folder = next(around, journal)
    return Base(folder, _slashed(journal.relative_to(folder)))


def _slashed(folder: Path) -> str:
    """Return a folder as what stands before the paths in it."""
    path = folder.as_posix()
    return "" if path == "." else f"{path.rstrip('/')}/"


def _plain(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  a link is not followed


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}


def sentence(diagnostic: Diagnostic) -> str:
    """Return all that it says, on one line."""
    return escaped("; ".join(filter(None, (diagnostic.message, diagnostic.note, diagnostic.hint))))


def escaped(text: str) -> str:
    """Return the text with what UTF-8 can't write (bytes of a file's name that is not UTF-8) as escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def severity_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """Return `2 errors, 1 warning`; empty for none."""
    counts = Counter(each.severity for each in diagnostics)
    return ", ".join(
        f"{counts[severity]:,} {plural(counts[severity], *_NOUNS[severity])}"
        for severity in Severity
        if counts[severity]
    )


def activities_checked(activities: int) -> str:
    """Return `61 activities checked`."""
    return f"{activities:,} {plural(activities, 'activity', 'activities')} checked"


def worst_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return errors, then warnings, then advice; in each the order they had."""
    return sorted(diagnostics, key=lambda each: each.severity)


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return what tells each from every other and stays when lines above it come and go: 32 hexadecimal digits."""
    seen: Counter[str] = Counter()
    marks = []
    for each in diagnostics:
        text = "\0".join((each.path, each.code, each.source.strip()))
        marks.append(hashlib.sha256(f"{text}\0{seen[text]}".encode("utf-8", "backslashreplace")).hexdigest()[:32])
        seen[text] += 1
    return marks
