"""The git history of a journal, read in such a way that nothing in the repository can run.

A journal may come from a stranger, and a repository's own configuration can name programs that git starts:
pagers, hooks, filters, `fsmonitor`, `gpg`, transports. So only commands that read the object store or the index run,
never one that reads the work tree, and without the configuration of the user and the system.

One command writes, to the index (`rename_tracked`). Its work tree is an empty folder, so that git finds no file that it
could filter; and the index must belong to the work tree of the journal (`own_git_folder`).
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdkit.errors import ToolError
from cpdkit.text.changes import note_renamed
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, read_bytes
from cpdkit.text.process import find_program, minimal_env, run
from cpdkit.text.temporary import private_folder

SHORT = 10
"""Digits of a commit's hash in documents: a fixed number, because git's own choice differs between clones."""

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
    # This one, not protocol.allow, stops a partial clone from starting the transport that its configuration names.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_OF_REPOSITORY = ("GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
"""Environment variables that select a repository."""
_HEAD = re.compile(r"([0-9]{1,12}) ([0-9a-f]{40}|[0-9a-f]{64})")
_BLOB = re.compile(r"[0-7]{6} blob ([0-9a-f]{40}|[0-9a-f]{64})\t(.+)", re.DOTALL)
_STAGED = re.compile(r"([0-7]{6}) ([0-9a-f]{40,64}) 0\t(.+)", re.DOTALL)
_GONE = "0"
"""The mode that removes an entry from the index."""
_MOST_LINK = 16 * 1024
"""The most bytes of a file of git that contains a path."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full `hash`, and `epoch`, when it was made, in seconds since 1970.

    `dirty` is whether any of the given files differs from the commit; None if no files were given.
    """

    hash: str
    epoch: int
    dirty: bool | None = None

    @property
    def short(self) -> str:
        return self.hash[:SHORT]


def newest_commit(root: Path, used: Iterable[str] = ()) -> Commit | None:
    """Return the newest commit of a journal; None without git, without a repository, or if git fails.

    `used` are the files that `dirty` is about, as paths from the root with forward slashes.
    """
    git = git_for(root)
    if git is None:
        return None
    try:
        match = _HEAD.fullmatch(git_output(git, root, "rev-list", "--max-count=1", "--timestamp", "HEAD").strip())
        if match is None:
            return None
        paths = tuple(used)
        blobs = _blobs(git, root, match[2]) if paths else {}
    except ToolError:
        return None
    differs = any(not _is_same(root, path, blobs.get(path, "")) for path in paths)
    return Commit(match[2], int(match[1]), differs if paths else None)


def uncommitted(root: Path, paths: Iterable[str]) -> tuple[str, ...] | None:
    """Return those of the files (paths from the root) that differ from the newest commit or are missing from it.

    None without git, without a commit, or if git fails.
    """
    git = git_for(root)
    try:
        blobs = _blobs(git, root, "HEAD") if git else None
    except ToolError:
        return None
    return None if blobs is None else tuple(path for path in paths if not _is_same(root, path, blobs.get(path, "")))


def is_committed(root: Path, data: bytes) -> bool:
    """Return whether the newest commit has a file with exactly these bytes below the root, under any name."""
    git = git_for(root)
    try:
        names = set(_blobs(git, root, "HEAD").values()) if git else set()
    except ToolError:
        return False
    return bool(names) and _blob_name(data, len(next(iter(names)))) in names


def rename_tracked(root: Path, moved: Mapping[str, str]) -> bool:
    """Give tracked files their new paths (both from the root) in git's index; return False if that is not possible.

    What is staged of a file stays staged. Files that git does not track, and journals without git, are ignored. An
    index that belongs to another work tree is never written.
    """
    git = git_for(root)
    if git is None or not moved:
        return True
    try:
        prefix = git_output(git, root, "rev-parse", "--show-prefix").removesuffix("\n")
        listed = git_output(git, root, "ls-files", "--stage", "--full-name", "-z", "--", *moved).split("\0")
        lines: list[str] = []
        for mode, name, path in (match.groups() for entry in listed if (match := _STAGED.fullmatch(entry))):
            if new := moved.get(path.removeprefix(prefix)):
                lines += [f"{_GONE} {name}\t{path}", f"{mode} {name}\t{prefix}{new}"]
        if lines:
            _write_index(git, root, "\0".join([*lines, ""]))
    except (ToolError, OSError):
        return False
    note_renamed(root, moved)
    return True


def tracked_below(root: Path, folder: str) -> tuple[str, ...]:
    """Return the files below a folder of the journal that git tracks, as paths from the root; none without git."""
    git = git_for(root)
    try:
        return tuple(filter(None, git_output(git, root, "ls-files", "-z", "--", folder).split("\0"))) if git else ()
    except ToolError:
        return ()


def own_git_folder(root: Path) -> Path | None:
    """Return the git directory whose index belongs to the work tree that contains the journal; None for any other.

    That is a folder `.git` of the work tree, or the folder that a file `.git` names, if this folder names the work tree
    in turn, as those of `git worktree` and of submodules do. A stranger's `.git` could name any repository.
    """
    folder = root.resolve()
    place = next((path for parent in (folder, *folder.parents) if os.path.lexists(path := parent / ".git")), None)
    if place is None:
        return None
    mode = place.lstat().st_mode
    if stat.S_ISDIR(mode):
        own = not os.path.lexists(place / "commondir")
        git_folder = place
    else:
        name = _line_in(place)
        if not stat.S_ISREG(mode) or not name.startswith("gitdir: "):
            return None
        git_folder = (place.parent / name.removeprefix("gitdir: ")).resolve()
        own = _names(git_folder, place)
    # Git follows a link in the place of the index and writes its target.
    return git_folder if own and not (git_folder / "index").is_symlink() else None


def _names(git_folder: Path, place: Path) -> bool:
    """Return whether a git directory names the work tree whose file `.git` is at `place`."""
    if back := _line_in(git_folder / "gitdir"):
        return (git_folder / back).resolve() == place
    git = git_for(place.parent)
    if git is None or not (git_folder / "config").is_file():
        return False
    try:
        file = str(git_folder / "config")
        top = git_output(git, place.parent, "config", "--file", file, "--get", "core.worktree").removesuffix("\n")
    except ToolError:
        return False
    return (git_folder / top).resolve() == place.parent


def _line_in(path: Path) -> str:
    """Return the only line of a file of git that contains a path; empty if there is no such file."""
    try:
        return os.fsdecode(read_bytes(str(path), _MOST_LINK)[0]).rstrip("\r\n")
    except Unreadable:
        return ""


def _write_index(git: str, root: Path, entries: str) -> None:
    """Replace entries of the index, in the format of `update-index --index-info`. Raises ToolError, OSError."""
    folder = own_git_folder(root)
    if folder is None:
        raise ToolError("git", "the git repository does not belong to the journal")
    index = folder / "index"
    before = index.stat()
    with private_folder() as empty:
        place = (f"--git-dir={folder}", f"--work-tree={empty}")
        git_output(git, empty, *place, "update-index", "-z", "--index-info", stdin=entries)
    # Git reads an entry again that is as new as the index. With a newer index, it could miss a change.
    os.utime(index, ns=(before.st_atime_ns, before.st_mtime_ns))


def user_setting(setting: str, environment: Mapping[str, str]) -> str:
    """Return a setting of the user, such as `core.editor`, independent of any repository; empty if it isn't set."""
    git = find_program("git", environment.get("PATH"))
    if git is None:
        return ""
    outside = {name: value for name, value in environment.items() if name not in _OF_REPOSITORY}
    # This is not a repository, so git reads only the user's and the system's configuration, in any current folder.
    outside["GIT_DIR"] = os.devnull
    try:
        return _run(git, ["config", "--get", setting], outside, ok=(0, 1)).decode("utf-8", "replace").strip()
    except ToolError:
        return ""


def git_for(root: Path) -> str | None:
    """Return the path of git; None if it is missing or inside the journal, or if there is no repository."""
    git = find_program("git") if has_repository(root) else None
    return None if git is None or Path(git).resolve().is_relative_to(root.resolve()) else git


def has_repository(root: Path) -> bool:
    """Return whether a folder is in a git repository."""
    folder = root.resolve()
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def git_output(git: str, root: Path, *args: str, stdin: str = "") -> str:
    """Return the output of git in a journal. Names that aren't UTF-8 become surrogates, as in paths.

    Raises ToolError.
    """
    return os.fsdecode(_run(git, [*_FLAGS, *args], minimal_env() | _ENVIRONMENT, root, os.fsencode(stdin)))


def _run(
    git: str,
    args: Sequence[str],
    environment: Mapping[str, str],
    folder: Path | None = None,
    stdin: bytes = b"",
    ok: Sequence[int] = (0,),
) -> bytes:
    """Run git; all calls in this module go through here. Raises ToolError."""
    return run(
        "git",
        [git, *args],
        stdin=stdin,
        cwd=folder,
        env=environment,
        timeout=_SECONDS,
        max_output=_MOST_BYTES,
        ok=ok,
    ).stdout


def _blobs(git: str, root: Path, commit: str) -> dict[str, str]:
    """Return the blob names of a commit's files, by their paths from the root."""
    listed = git_output(git, root, "ls-tree", "-r", "-z", commit).split("\0")
    return {match[2]: match[1] for line in listed if (match := _BLOB.fullmatch(line))}


def _is_same(root: Path, path: str, blob: str) -> bool:
    """Return whether git may store a file as this blob, as it is or with Windows line endings converted."""
    try:
        data, _ = Disk(str(root)).read(path, _MOST_BYTES)
    except Unreadable:
        return False
    return blob in (_blob_name(data, len(blob)), _blob_name(data.replace(b"\r\n", b"\n"), len(blob)))


def _blob_name(data: bytes, digits: int) -> str:
    """Return git's name for a file's content: SHA-1, or SHA-256 in repositories that use it."""
    algorithm = hashlib.sha256 if digits == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
