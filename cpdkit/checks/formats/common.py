"""What the formats share: the base of printed paths, counts, sentences and fingerprints."""

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.wording import plural

WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables in which GitHub's and GitLab's runners name the folder of the checkout."""


class Base(NamedTuple):
    """The folder that printed paths start from, and its relation to the journal.

    `prefix` goes before each path in the journal. `within` is the path of the folder if it is inside the journal.
    """

    folder: Path
    prefix: str = ""
    within: str = ""

    def path(self, inside: str) -> str:
        """Return a path of the journal from the folder, with forward slashes; absolute if it is not below."""
        seen = posixpath.relpath(inside or ".", self.within) if self.within else self.prefix + inside
        # At the start of a line, two colons would be a command to GitHub's runner.
        return f"./{seen}" if seen.startswith(":") else seen


def base_of_person(journal: Path, here: Path) -> Base:
    """Return the current folder as the base, so that printed paths can be opened from there."""
    # First as the person named it: whoever came through a link wants to see the link.
    for journal_, here_ in ((_plain(journal), _plain(here)), (_real(journal), _real(here))):
        if journal_.is_relative_to(here_):
            return Base(here_, _slashed(journal_.relative_to(here_)))
        if here_.is_relative_to(journal_):
            return Base(here_, within=here_.relative_to(journal_).as_posix())
    return Base(_plain(here), _slashed(_plain(journal)))


def base_of_repository(journal: Path, here: Path, environment: Mapping[str, str] = os.environ) -> Base:
    """Return the repository's folder as the base, since services read paths from there.

    Without a repository, use the checkout of the CI, then the current folder, then the journal. No path is absolute.
    """
    journal = _real(journal)
    repository = [place for place in (journal, *journal.parents) if (place / ".git").exists()]
    checkouts = [_real(Path(checkout)) for name in WORKSPACES if (checkout := environment.get(name))]
    around = (place for place in (*repository, *checkouts, _real(here)) if journal.is_relative_to(place))
    folder = next(around, journal)
    return Base(folder, _slashed(journal.relative_to(folder)))


def _slashed(folder: Path) -> str:
    """Return a folder as the prefix of the paths in it."""
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
    """Return its message, note and hint on one line."""
    return escaped("; ".join(filter(None, (diagnostic.message, diagnostic.note, diagnostic.hint))))


def escaped(text: str) -> str:
    """Return the text with escapes for what UTF-8 can't write (bytes of a file name that is not UTF-8)."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def third_person(title: str) -> str:
    """Return the title of a fix, which is an imperative, as the predicate of a sentence.

    >>> third_person("write 2026-06-01")
    'writes 2026-06-01'
    """
    verb, space, rest = title.partition(" ")
    ending = "es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    return f"{verb}{ending}{space}{rest}"


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
    """Return errors, then warnings, then advice, each in their given order."""
    return sorted(diagnostics, key=lambda each: each.severity)


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return a unique fingerprint of each (32 hexadecimal digits), which stays the same when lines above it change."""
    import hashlib  # noqa: PLC0415  the usual formats need none, and start faster

    seen: Counter[str] = Counter()
    marks = []
    for each in diagnostics:
        text = "\0".join((each.path, each.code, each.source.strip()))
        marks.append(hashlib.sha256(f"{text}\0{seen[text]}".encode("utf-8", "backslashreplace")).hexdigest()[:32])
        seen[text] += 1
    return marks
