"""Read untrusted files safely: regular files only, up to a size limit, without following links.

What is below a journal is opened folder by folder, each by the handle of the one above it. A folder that becomes a link
meanwhile leads nowhere. Windows has no such handles: there, each part of a path is checked before it is opened, and a
file once more afterwards.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import BinaryIO, NamedTuple

from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.names import on_disk

# Windows has neither O_NOFOLLOW nor O_NONBLOCK; a FIFO opened without O_NONBLOCK would wait for its writer.
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
OPEN_TO_READ = (
    os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
_LISTED = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_PASSED = _LISTED | getattr(os, "O_PATH", 0)
"""A folder on the way needs no permission to read it."""
BY_HANDLE = {os.open, os.stat, os.mkdir, os.unlink, os.rename, os.link} <= os.supports_dir_fd
"""Whether the system opens files relative to the handle of a folder. Windows does not."""
_ELSEWHERE_ON_WINDOWS = re.compile(r"[\\:]|[ .](?:/|\Z)")
"""On Windows a separator, a drive, a stream of a file, or dropped at the end of a name; elsewhere a part of a name."""
_JUNCTION = 0xA0000003
"""The tag of a folder of Windows that leads to another one, and that Python does not call a link."""
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
"""Whether to skip an entry, given its path from the root, its name, and whether it is a folder."""


@dataclass(slots=True)
class FolderTree:
    """All entries below a folder, as sorted paths with forward slashes. Links are not followed."""

    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    closed: list[tuple[str, Fault]] = field(default_factory=list)


class Stamp(NamedTuple):
    """Values that change with a file: its modification time (epoch, ns), size, inode and change time (epoch, ns).

    No program can set the change time, so it shows a file that was written and dated back, and changed permissions.
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
    """The files below a folder, whatever form of Unicode their names have.

    An unsaved text of an editor replaces the file of its path.
    """

    __slots__ = ("_unsaved", "root")

    def __init__(self, root: str, unsaved: Mapping[str, bytes] | None = None) -> None:
        """`unsaved` has bytes by path from `root`, with forward slashes."""
        self.root = root
        self._unsaved = unsaved if unsaved is not None else {}

    @property
    def unsaved_paths(self) -> tuple[str, ...]:
        """The paths of the unsaved texts."""
        return tuple(self._unsaved)

    def read(self, path: str, limit: int) -> tuple[bytes, Stamp]:
        """Return the bytes of a file of at most `limit` bytes. Raises Unreadable if it cannot or must not be read."""
        data = self._unsaved.get(path)
        if data is None:
            return _read_below(self.root, on_disk(self.root, path), limit)
        if len(data) > limit:
            raise Unreadable(_too_large(len(data), limit))
        return data, Stamp(0, len(data), hash(data))

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Open a regular file, to read a part of it. Raises OSError or Unreadable if it cannot or must not be read."""
        with folder_of(self.root, on_disk(self.root, path)) as (name, folder):
            handle = os.open(name, OPEN_TO_READ, dir_fd=folder)
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            os.close(handle)
            raise Unreadable(_special(mode))
        with os.fdopen(handle, "rb") as file:
            yield file

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of a file without reading it; None if there is no such file."""
        data = self._unsaved.get(path)
        if data is not None:
            return Stamp(0, len(data), hash(data))
        try:
            with folder_of(self.root, on_disk(self.root, path)) as (name, folder):
                return stamp_of(os.stat(name, dir_fd=folder, follow_symlinks=False))
        except (OSError, ValueError):  # a path with a NUL byte, or one that no file system accepts
            return None

    def exists(self, path: str) -> bool:
        """Return whether a file, folder or link has that path."""
        return self.stamp(path) is not None


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file from its status."""
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)


@contextmanager
def open_folder(root: str, folder: str) -> Iterator[int | None]:
    """Open a folder below `root` for `dir_fd`. Raises OSError if a part of its path is a link or leads upwards.

    Without handles, it looks for links and yields None.
    """
    parts = _parts(folder)
    if not BY_HANDLE:
        for count in range(1, len(parts) + 1):
            _refuse_link("/".join([root, *parts[:count]]))
        yield None
        return
    handle = os.open(root, _PASSED)
    try:
        for part in parts:
            inside = _inside(part, handle)
            os.close(handle)
            handle = inside
        yield handle
    finally:
        os.close(handle)


def _parts(path: str) -> list[str]:
    """Return the names of a path below a folder. Raises FileNotFoundError if one of them leads out of it."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts or (sys.platform == "win32" and _ELSEWHERE_ON_WINDOWS.search("/".join(parts))):
        raise FileNotFoundError(errno.ENOENT, "the path leads elsewhere")
    return parts


def is_link(status: os.stat_result) -> bool:
    """Return whether this is the status of a symbolic link, or of a junction of Windows."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def _refuse_link(path: str) -> os.stat_result:
    """Return the status of a path that is not a link. Raises OSError, ELOOP for a link."""
    status = os.lstat(path)
    if is_link(status):
        raise OSError(errno.ELOOP, "a part of the path is a link")
    return status


def _inside(folder: str, above: int) -> int:
    """Return the handle of a folder in another one. Raises OSError, ELOOP for a link."""
    try:
        return os.open(folder, _PASSED | _NO_FOLLOW, dir_fd=above)
    except NotADirectoryError:
        # Linux gives the same error for a link and for a file.
        if stat.S_ISLNK(os.stat(folder, dir_fd=above, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, "a part of the path is a link") from None
        raise


@contextmanager
def folder_of(root: str, path: str) -> Iterator[tuple[str, int | None]]:
    """Open the folder of a path below `root`; yield the name of the path and the handle of the folder, for `dir_fd`.

    Raises OSError like `open_folder`. Without handles, it yields the whole path and None.
    """
    _parts(path)
    folder, _, name = path.rpartition("/")
    with open_folder(root, folder) as handle:
        yield (f"{root}/{path}" if handle is None else name or "."), handle


def read_bytes(path: str, limit: int) -> tuple[bytes, Stamp]:
    """Return the bytes of a regular file of at most `limit` bytes, and its stamp. The folders of its path may be links.

    Raises Unreadable for anything else, and for a file that disappears or changes meanwhile.
    """
    return _read_named(path, None, limit)


def _read_below(root: str, path: str, limit: int) -> tuple[bytes, Stamp]:
    try:
        with folder_of(root, path) as (name, folder):
            return _read_named(name, folder, limit)
    except OSError as error:
        raise Unreadable(_not_opened(error)) from None


def _read_named(name: str, folder: int | None, limit: int) -> tuple[bytes, Stamp]:
    try:
        handle = open_to_read(name, folder)
    except OSError as error:
        raise Unreadable(_not_opened(error)) from None
    try:
        return _read(handle, limit)
    except OSError as error:
        raise Unreadable(_not_opened(error)) from None
    finally:
        os.close(handle)


def open_to_read(name: str, folder: int | None) -> int:
    """Open a file that is not a link, for reading, and return its handle. Raises OSError, ELOOP for a link."""
    if not _NO_FOLLOW and stat.S_ISDIR(_refuse_link(name).st_mode):
        raise IsADirectoryError(errno.EISDIR, "this is a folder")  # Windows would speak of permissions
    handle = os.open(name, OPEN_TO_READ, dir_fd=folder)
    if not _NO_FOLLOW:
        try:
            _refuse_link(name)
        except OSError:
            os.close(handle)
            raise
    return handle


def list_tree(root: str, top: str, skip: Skip) -> FolderTree:
    """List everything below `root/top` except what `skip` rejects. The paths are relative to `root`."""
    tree = FolderTree()
    folders = [top]
    while folders:
        folders += reversed(list_folder(root, folders.pop(), skip, tree))
    tree.files.sort()
    return tree


def list_folder(root: str, folder: str, skip: Skip, tree: FolderTree) -> list[str]:
    """Add the entries of one folder to the tree; return the paths of its folders."""
    try:
        with _entries_of(root, folder) as entries:
            inside = sorted(entries, key=attrgetter("name"))
            return [path for entry in inside if (path := _sort_in(tree, folder, entry, skip))]
    except OSError as error:
        tree.closed.append((folder, _not_opened(error)))
        return []


@contextmanager
def _entries_of(root: str, folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    with open_folder(root, folder) as above:
        if above is None:
            with os.scandir(f"{root}/{folder}") as entries:
                yield entries
            return
        handle = os.open(".", _LISTED, dir_fd=above)
        try:
            with os.scandir(handle) as entries:
                yield entries
        finally:
            os.close(handle)


def _sort_in(tree: FolderTree, folder: str, entry: os.DirEntry[str], skip: Skip) -> str | None:
    """Add one entry to the tree; return its path if it is a folder to list."""
    name = entry.name
    path = f"{folder}/{name}" if folder else name
    is_junction = sys.platform == "win32" and is_link(entry.stat(follow_symlinks=False))
    is_folder = entry.is_dir(follow_symlinks=False) and not is_junction
    if skip(path, name, is_folder):
        return None
    if is_folder:
        return path
    is_file = entry.is_file(follow_symlinks=False)
    paths = tree.files if is_file else tree.links if is_junction or entry.is_symlink() else tree.special
    paths.append(path)
    return None


def _read(handle: int, limit: int) -> tuple[bytes, Stamp]:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise Unreadable(_special(before.st_mode))
    if before.st_size > limit:
        raise Unreadable(_too_large(before.st_size, limit))
    # One byte more than the size shows a file that grew; never read more than that.
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
        return Fault(FaultKind.CHANGED, "the file was not found", hint=f"check its name, and {_AGAIN}")
    if error.errno in (errno.ENXIO, errno.ENODEV, errno.EISDIR):
        return _special(stat.S_IFDIR if error.errno == errno.EISDIR else stat.S_IFSOCK)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Fault(FaultKind.CLOSED, "you do not have permission to read it", hint="change its permissions")
    reason = (error.strerror or str(error)).lower()
    return Fault(FaultKind.CLOSED, f"cannot read it: {reason}", hint="check the disk and the permissions of the file")


def symlink() -> Fault:
    """Return the fault of a symbolic link where a file should be."""
    return Fault(
        FaultKind.SYMLINK,
        "this is a symbolic link, and cpd does not follow links",
        hint="replace the link with the file itself: a link can lead outside the journal",
    )


def _special(mode: int) -> Fault:
    kind = _KINDS.get(stat.S_IFMT(mode), "an unknown object")
    return Fault(FaultKind.SPECIAL, f"this is {kind}, not a file", hint="move it out of the journal")


def special(path: str) -> Fault:
    """Return the fault of something that is not a file; the message names what it is."""
    try:
        return _special(os.lstat(path).st_mode)
    except OSError as error:
        return _not_opened(error)


def _too_large(size: int, limit: int) -> Fault:
    return Fault(
        FaultKind.TOO_LARGE,
        f"the file is too large: {_size(size)}; the limit is {_size(limit)}",
        hint="put documents under evidence/",
    )


def _size(count: int) -> str:
    return f"{count / 2**20:.3g} MiB" if count >= 2**20 else f"{-(-count // 2**10)} KiB"
