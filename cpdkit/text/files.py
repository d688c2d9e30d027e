"""Read what a stranger may have put there: regular files only, no link followed, never more than a bound."""

import errno
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from cpdkit.text.faults import Fault, FaultKind, Unreadable

# Windows knows neither of the first two; a FIFO opened without O_NONBLOCK would wait for its writer.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a symbolic link",
}
_AGAIN = "run the command again"


Skip = Callable[[str, str, bool], bool]
"""Says of (path from the root, name, whether it is a folder) whether to pass it over."""


@dataclass(slots=True)
class FolderTree:
    """Everything below a folder, as sorted paths with forward slashes. No link was followed."""

    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    closed: list[tuple[str, Fault]] = field(default_factory=list)


class Stamp(NamedTuple):
    """What changes whenever a file does: its modification time (epoch, ns), its size, its inode, and its change time.

    The last (epoch, ns) no program can set: it gives away a file that was written and dated back, and other rights.
    """

    nanoseconds: int = 0
    size: int = 0
    inode: int = 0
    changed: int = 0

    @property
    def seconds(self) -> int:
        """The modification time in whole seconds."""
        return self.nanoseconds // 10**9


class Disk:
    """The files below a folder, with texts that lie over them: what an editor holds and has not saved yet."""

    __slots__ = ("_unsaved", "root")

    def __init__(self, root: str, unsaved: Mapping[str, bytes] | None = None) -> None:
        """`unsaved` has bytes by path from `root`, with forward slashes."""
        self.root = root
        self._unsaved = unsaved if unsaved is not None else {}

    @property
    def unsaved_paths(self) -> tuple[str, ...]:
        """The paths of the texts that lie over the files."""
        return tuple(self._unsaved)

    def read(self, path: str, limit: int) -> tuple[bytes, Stamp]:
        """Return the bytes of a file of at most `limit` bytes. Raises Unreadable for what can't or may not be read."""
        data = self._unsaved.get(path)
        if data is None:
            return read_bytes(f"{self.root}/{path}", limit)
        if len(data) > limit:
            raise Unreadable(_too_large(len(data), limit))
        return data, Stamp(0, len(data), hash(data))

    def stamp(self, path: str) -> Stamp | None:
        """Return what tells whether a file changed, without reading it; None where there is none."""
        data = self._unsaved.get(path)
        if data is not None:
            return Stamp(0, len(data), hash(data))
        try:
            return stamp_of(os.lstat(f"{self.root}/{path}"))
        except (OSError, ValueError):  # a path with a NUL byte, or one that no file system can hold
            return None

    def exists(self, path: str) -> bool:
        """Tell whether something of that name is there, a link too."""
        return self.stamp(path) is not None


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what tells whether a file changed, from what the system says of it."""
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)


def read_bytes(path: str, limit: int) -> tuple[bytes, Stamp]:
    """Return the bytes of a regular file of at most `limit` bytes, and what tells whether it changes.

    Raises Unreadable for anything else, and for a file that vanishes or changes meanwhile.
    """
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        raise Unreadable(_not_opened(error)) from None
    try:
        return _read(handle, limit)
    except OSError as error:
        raise Unreadable(_not_opened(error)) from None
    finally:
        os.close(handle)


def list_tree(root: str, top: str, skip: Skip) -> FolderTree:
    """List all that is below `root/top`, but for what `skip` passes over. The paths are relative to `root`."""
    tree = FolderTree()
    waiting = [top]
    while waiting:
        waiting += reversed(list_folder(root, waiting.pop(), skip, tree))
    tree.files.sort()
    return tree


def list_folder(root: str, folder: str, skip: Skip, tree: FolderTree) -> list[str]:
    """Put what is in one folder into the tree; return the paths of its folders."""
    try:
        with os.scandir(os.path.join(root, folder)) as entries:  # noqa: PTH118
            inside = sorted(entries, key=attrgetter("name"))
    except OSError as error:
        tree.closed.append((folder, _not_opened(error)))
        return []
    return [path for entry in inside if (path := _sort_in(tree, folder, entry, skip))]


def _sort_in(tree: FolderTree, folder: str, entry: os.DirEntry[str], skip: Skip) -> str | None:
    """Put one entry where it belongs; return its path if it is a folder to go into."""
    name = entry.name
    path = f"{folder}/{name}" if folder else name
    is_folder = entry.is_dir(follow_symlinks=False)
    if skip(path, name, is_folder):
        return None
    if is_folder:
        return path
    is_file = entry.is_file(follow_symlinks=False)
    paths = tree.files if is_file else tree.links if entry.is_symlink() else tree.special
    paths.append(path)
    return None


def _read(handle: int, limit: int) -> tuple[bytes, Stamp]:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise Unreadable(_special(before.st_mode))
    if before.st_size > limit:
        raise Unreadable(_too_large(before.st_size, limit))
    # One byte more than it should hold shows a file that grew; a file never gives more than that.
    data = os.read(handle, before.st_size + 1)
    while len(data) < before.st_size and (more := os.read(handle, before.st_size + 1 - len(data))):
        data += more
    after = os.fstat(handle)
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise Unreadable(Fault(FaultKind.CHANGED, "the file changed while it was being read", hint=_AGAIN))
    return data, stamp_of(before)


def _not_opened(error: OSError) -> Fault:
    if error.errno == errno.ELOOP:
        return symlink()
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Fault(FaultKind.CHANGED, "the file vanished while the journal was being read", hint=_AGAIN)
    if error.errno in (errno.ENXIO, errno.ENODEV, errno.EISDIR):
        return _special(stat.S_IFDIR if error.errno == errno.EISDIR else stat.S_IFSOCK)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Fault(FaultKind.CLOSED, "permission to read it is missing", hint="give yourself the right to read it")
    reason = (error.strerror or str(error)).lower()
    return Fault(FaultKind.CLOSED, f"it can't be read: {reason}", hint="look at the disk and the file's rights")


def symlink() -> Fault:
    """Return the fault of a symbolic link where a file should be."""
    return Fault(
        FaultKind.SYMLINK,
        "this is a symbolic link, and links are not followed",
        hint="put the file itself here; a link could lead out of the journal",
    )


def _special(mode: int) -> Fault:
    kind = _KINDS.get(stat.S_IFMT(mode), "not a file")
    return Fault(FaultKind.SPECIAL, f"this is {kind}, not a file", hint="move it out of the journal")


def special(path: str) -> Fault:
    """Return the fault of something other than a file, and what it is."""
    try:
        return _special(os.lstat(path).st_mode)
    except OSError as error:
        return _not_opened(error)


def _too_large(size: int, limit: int) -> Fault:
    return Fault(
        FaultKind.TOO_LARGE,
        f"the file is too large: {_size(size)}, and at most {_size(limit)} are read",
        hint="a document belongs under evidence/",
    )


def _size(count: int) -> str:
    return f"{count / 2**20:.3g} MiB" if count >= 2**20 else f"{-(-count // 2**10)} KiB"
