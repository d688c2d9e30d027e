"""The commit that a journal stands at, asked of git in such a way that nothing in the repository can run.

A journal may come from a stranger, and a repository's own configuration can name programs that git starts:
pagers, hooks, filters, `fsmonitor`, `gpg`, transports. Only commands that read the object store are used, never one
that looks at the work tree; the owner's and the machine's configuration are left out as well.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cpdkit.errors import ToolError
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.process import minimal_env, run

SHORT = 10
"""Digits of a commit's hash that a document shows: fixed, for git's own choice differs between clones."""

_SECONDS = 20.0
_MOST_BYTES = 128 * 1024 * 1024
_FLAGS = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "log.showSignature=false"),
    *("-c", "diff.external="),
    *("-c", "core.sshCommand=false"),
    *("-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=explicit"),
)
_ENVIRONMENT = {
    # This one, not protocol.allow, keeps a partial clone from starting the transport that its configuration names.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_HEAD = re.compile(r"([0-9]{1,12}) ([0-9a-f]{40}|[0-9a-f]{64})")
_BLOB = re.compile(r"[0-7]{6} blob ([0-9a-f]{40}|[0-9a-f]{64})\t(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Commit:
    """`hash` is the whole one; `epoch` when it was committed, in seconds since 1970.

    `dirty` says whether a file that was asked about differs from the commit; None where that isn't known.
    """

    hash: str
    epoch: int
    dirty: bool | None = None

    @property
    def short(self) -> str:
        return self.hash[:SHORT]


def head(root: Path, used: Iterable[str] = ()) -> Commit | None:
    """The commit that a journal stands at; None without git, without a repository, or where git refuses.

    `used` are files, as paths from the root with forward slashes: `dirty` tells of them alone.
    """
    git = git_for(root)
    if git is None:
        return None
    try:
        found = _HEAD.fullmatch(ask(git, root, "rev-list", "--max-count=1", "--timestamp", "HEAD").strip())
        if found is None:
            return None
        asked = tuple(used)
        return Commit(found[2], int(found[1]), _differs(git, root, asked, found[2]) if asked else None)
    except ToolError:
        return None


def uncommitted(root: Path, paths: Iterable[str]) -> tuple[str, ...] | None:
    """Those of some files (paths from the root) that the newest commit does not have as they are on the disk.

    None without git, without a commit, or where git refuses.
    """
    git = git_for(root)
    try:
        blobs = _blobs(git, root, "HEAD") if git else None
    except ToolError:
        return None
    return None if blobs is None else tuple(each for each in paths if not _is_same(root / each, blobs.get(each, "")))


def is_committed(root: Path, data: bytes) -> bool:
    """Whether the newest commit has a file of exactly these bytes below the root, under whatever name."""
    git = git_for(root)
    try:
        names = set(_blobs(git, root, "HEAD").values()) if git else set()
    except ToolError:
        return False
    return bool(names) and _name_of(data, len(next(iter(names)))) in names


def git_for(root: Path) -> str | None:
    """Where git is; None where there is none to ask. One that lies in the journal itself is none."""
    place = root.resolve()
    if not any((folder / ".git").exists() for folder in (place, *place.parents)):
        return None
    git = shutil.which("git")
    return None if git is None or Path(git).resolve().is_relative_to(place) else git


def ask(git: str, root: Path, *args: str, stdin: str = "") -> str:
    """What git answers; names that aren't UTF-8 survive as surrogates, as they do in paths. Raises ToolError."""
    environment = minimal_env() | _ENVIRONMENT
    given = os.fsencode(stdin)
    command = [git, *_FLAGS, *args]
    return os.fsdecode(
        run("git", command, stdin=given, cwd=root, env=environment, timeout=_SECONDS, max_output=_MOST_BYTES).stdout
    )


def _differs(git: str, root: Path, used: Iterable[str], commit: str) -> bool:
    """Whether any of the files is not in the commit, or not as it is on the disk."""
    blobs = _blobs(git, root, commit)
    return any(not _is_same(root / path, blobs.get(path, "")) for path in used)


def _blobs(git: str, root: Path, commit: str) -> dict[str, str]:
    """The names of the contents of a commit's files, by their paths from the root."""
    listed = ask(git, root, "ls-tree", "-r", "-z", commit).split("\0")
    return {match[2]: match[1] for line in listed if (match := _BLOB.fullmatch(line))}


def _is_same(path: Path, blob: str) -> bool:
    """Whether a file's bytes are those of a blob; as git may store them, with the line ends of Windows made plain."""
    try:
        data, _ = read_bytes(str(path), _MOST_BYTES)
    except Unreadable:
        return False
    return blob in (_name_of(data, len(blob)), _name_of(data.replace(b"\r\n", b"\n"), len(blob)))


def _name_of(data: bytes, digits: int) -> str:
    """The name that git gives to a file's content: SHA-1, or SHA-256 in repositories made so."""
    algorithm = hashlib.sha256 if digits == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


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


SECONDS = 10.0
"""How long git may take to answer."""
_OF_REPOSITORY = ("GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")


def said_by_user(setting: str, environment: Mapping[str, str]) -> str:
    """A setting such as `core.editor`, asked of git outside every repository; empty without git or such a setting."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None or not Path(git).is_absolute():  # a program of the folder that this was called in is none of ours
        return ""
    outside = {name: value for name, value in environment.items() if name not in _OF_REPOSITORY}
    # A repository that isn't one: whatever folder this runs in, no configuration but the user's is read.
    outside["GIT_DIR"] = os.devnull
    args = [git, "config", "--get", setting]
    try:
        return run("git", args, env=outside, timeout=SECONDS, ok=(0, 1)).stdout.decode("utf-8", "replace").strip()
    except ToolError:
        return ""
