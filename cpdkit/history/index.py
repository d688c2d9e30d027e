"""Files that git tracks, known to it by their new names: what `git mv` does to the index, and nothing else.

`git mv` itself looks at the work tree, which can start programs that a repository's configuration names; entries of the
index are changed here without that.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from cpdkit.errors import ToolError
from cpdkit.history.commit import ask, git_for

_STAGED = re.compile(r"([0-7]{6}) ([0-9a-f]{40,64}) 0\t(.+)", re.DOTALL)
_GONE = "0"


def rename_tracked(root: Path, moved: Mapping[str, str]) -> bool:
    """Give tracked files their new paths (both from the root) in git's index; False where git could not.

    What is staged of a file stays staged. Files that git does not track, and journals without git, are left alone.
    """
    git = git_for(root)
    if git is None or not moved:
        return True
    try:
        prefix = ask(git, root, "rev-parse", "--show-prefix").removesuffix("\n")
        listed = ask(git, root, "ls-files", "--stage", "--full-name", "-z", "--", *moved)
        entries = [match.groups() for line in listed.split("\0") if (match := _STAGED.fullmatch(line))]
        lines = [line for mode, name, path in entries for line in _lines(mode, name, path, prefix, moved)]
        if lines:
            ask(git, root, "update-index", "-z", "--index-info", stdin="\0".join([*lines, ""]))
    except ToolError:
        return False
    return True


def _lines(mode: str, name: str, path: str, prefix: str, moved: Mapping[str, str]) -> list[str]:
    """The entry taken from its old path and put at the new one."""
    new = moved.get(path.removeprefix(prefix))
    return [f"{_GONE} {name}\t{path}", f"{mode} {name}\t{prefix}{new}"] if new else []
