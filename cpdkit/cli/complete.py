"""Shell completion of the names of records and of the words of fixed lists.

It reads only the names of files, so that it is fast in a large journal too.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.text.names import folded

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]

TYPES = ("training", "work-experience", "academic-study", "volunteering", "event", "self-study")
STATUSES = ("done", "in-progress", "planned", "draft")
FOLDERS = ("activities", "plan", "career", "reviews", "qualifications", "claims")
_PLAIN = re.compile(r"\w[\w.,+@%-]*")
"""A name without special characters for any shell: a name in somebody else's journal must not run as a command."""
_QUOTING = "fish_complete"
"""The shell that quotes what it inserts. zsh quotes too, but splits the answer at colons and blanks."""
_MEMBER_LIMIT = 2**20
"""The most bytes of cpd.yaml that are read."""


def complete_ids(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return the activities whose names contain the incomplete word."""
    return _items(incomplete, _ids(ctx, ("activities",)))


def complete_records(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return the records of every kind whose names contain the incomplete word."""
    return _items(incomplete, _ids(ctx, FOLDERS))


def complete_objectives(ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return the objectives whose names contain the incomplete word."""
    return _items(incomplete, _ids(ctx, ("plan",)))


def complete_words(words: Sequence[str]) -> Completer:
    """Return a completer for a fixed list of words."""
    return lambda _ctx, _param, incomplete: _items(incomplete, words)


def fitting(word: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with a word; if none does, those that contain it. Ignore case."""
    wanted = folded(word)
    holding = [name for name in names if wanted in folded(name)]
    return [name for name in holding if folded(name).startswith(wanted)] or holding


def _items(incomplete: str, names: Iterable[str]) -> "list[CompletionItem]":
    from click.shell_completion import CompletionItem

    shell = os.environ.get("_CPD_COMPLETE", "")
    safe = [name for name in names if _PLAIN.fullmatch(name) or (shell == _QUOTING and name.isprintable())]
    words = fitting(incomplete, safe)
    if len(words) > 1 and shell != _QUOTING and not folded(words[0]).startswith(folded(incomplete)):
        # A shell replaces the word by the common beginning of the names; with the word itself among them, it stays.
        words.append(incomplete)
    return [CompletionItem(word) for word in words]


def _ids(ctx: click.Context, folders: Sequence[str]) -> list[str]:
    """Return the names of the records in these folders; none without a journal."""
    from cpdkit.errors import CpdError
    from cpdkit.journal.naming import id_of
    from cpdkit.text.faults import Unreadable

    try:
        paths = _paths(ctx.params.get("journal"), folders)
    except (CpdError, OSError, Unreadable):
        return []
    return sorted(set(map(id_of, paths)))


def _paths(journal: Path | None, folders: Sequence[str]) -> list[str]:
    from cpdkit.journal.paths import MEMBER_FILE, find, ignored_in, names_in
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(journal)))
    ignored = ignored_in(disk.read(MEMBER_FILE, _MEMBER_LIMIT)[0].decode("utf-8", "replace"))
    if ignored is not None:
        return [path for folder in folders for path in names_in(disk.root, folder, ignored)]
    from cpdkit.journal.paths import list_journal

    records = list_journal(disk).records
    return [path for folder in folders for path in records[folder]]
