"""Write the user's files, whole or not at all; the old file stays until it is replaced. Only this module does.

What is written below a journal names it as `root`. No link on the way from there is followed (`text/files.py`), and the
change is noted for `cpd undo` (`text/changes.py`).
"""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from cpdkit.errors import CannotWrite, ChangedOnDisk, CpdError
from cpdkit.text.changes import Change, note, note_folder
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, folder_of, is_link, open_folder, open_to_read, read_bytes
from cpdkit.text.synced import placeholders

if sys.platform != "win32":
    import fcntl

LOCK_PATIENCE = 20.0
"""Seconds that one writer waits for another."""
_LOCK_PAUSE = 0.02

_ELSEWHERE = "choose another location"
_REASONS = {
    errno.ENOSPC: ("the disk is full", f"free some space, or {_ELSEWHERE}"),
    errno.EDQUOT: ("your disk quota is used up", f"free some space, or {_ELSEWHERE}"),
    errno.EFBIG: ("the file would be larger than the disk allows", _ELSEWHERE),
    errno.EROFS: ("the disk is read-only", _ELSEWHERE),
    errno.EACCES: ("you do not have permission to write there", f"change the permissions, or {_ELSEWHERE}"),
    errno.EPERM: ("you do not have permission to write there", f"change the permissions, or {_ELSEWHERE}"),
    errno.ENOENT: ("its folder does not exist", f"create the folder, or {_ELSEWHERE}"),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", _ELSEWHERE),
    errno.EEXIST: ("a file with that name already exists", _ELSEWHERE),
    errno.EISDIR: ("a folder with that name already exists", _ELSEWHERE),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.ELOOP: ("a part of its path is a symbolic link", "replace the link with a folder"),
    errno.EIO: ("the disk reports an error", _ELSEWHERE),
}
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS)
"""Errors of disks that have no links (FAT, some shares)."""
_TRIES = 5 if sys.platform == "win32" else 1
"""On Windows a virus scanner may lock a new file for a moment; Word locks an open file until it is closed."""
_LONG_ON_WINDOWS = 248
"""Characters of a path that Windows may refuse as one that does not exist: folders from 248, files from 260."""
_COMPARED = 2**20
"""Bytes to read of a file that may have grown. A larger file is reported as too large, not as changed."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write one file whole, keeping its mode. Raises CannotWrite; the old file then stays."""
    write_all({path: data})


def write_all(
    files: Mapping[Path, bytes],
    before: Mapping[Path, bytes] = MappingProxyType({}),
    root: Path | None = None,
) -> None:
    """Write several files: all are on the disk under temporary names before the first is replaced.

    `before` has the expected content of some of them. Each is read again just before it is replaced; ChangedOnDisk is
    raised if somebody else saved it meanwhile. A change between that check and the replacement is lost. Raises
    CannotWrite. An error or an interrupt leaves no temporary file and no partial file. Only files in `before` are noted
    for `cpd undo`: the others can be generated again.
    """
    temporary = {path: _temporary(path) for path in files}
    _expect_all(before, root)
    try:
        for path, data in files.items():
            with _refusals_explained(path), _folder_of(path, root) as folder:
                _write(temporary[path], data, _mode_of(path, folder), folder)
        _expect_all(before, root)
        for number, (path, finished) in enumerate(temporary.items()):
            if path in before:
                _expect(path, before[path], root, number)
            with _refusals_explained(path), _folder_of(path, root) as folder:
                _replace(finished, path, folder)
            if path in before:
                note(root, path, Change(before[path], files[path]))
    finally:
        _remove(temporary.values(), root)
    for above in {path.parent for path in files}:
        _sync(above)


def write_new(
    files: Mapping[Path, bytes], root: Path | None = None, modes: Mapping[Path, int] = MappingProxyType({})
) -> None:
    """Write new files, each whole or not at all, and create their folders. Raises CannotWrite for a file that exists.

    Two programs that want the same name never overwrite each other. A file in the cloud, of which only a placeholder is
    on this disk, exists too. `modes` has the permissions of files that do not get the usual ones.
    """
    for path in files:
        _refuse_evicted(path)
    for path, data in files.items():
        temporary = _temporary(path)
        make_folder(path.parent, root)
        try:
            with _refusals_explained(path), _folder_of(path, root) as folder:
                _write(temporary, data, modes.get(path), folder)
                _name_new(temporary, path, folder)
            note(root, path, Change(None, data))
        finally:
            _remove([temporary], root)
    for above in {path.parent for path in files}:
        _sync(above)


def _refuse_evicted(path: Path) -> None:
    """Raise CannotWrite if a placeholder shows that the file exists in the cloud."""
    for name in placeholders(path.name):
        if os.path.lexists(path.with_name(name)):
            raise CannotWrite(path, "a file with that name is in the cloud, not on this disk", "download it first")


def remove_unchanged(path: Path, data: bytes, root: Path | None = None) -> bool:
    """Remove a file if it still contains exactly these bytes; return whether it did. Raises CannotWrite."""
    with _refusals_explained(path), _folder_of(path, root) as folder:
        name = _name(path, folder)
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
        if not stat.S_ISREG(mode):
            return False
        with os.fdopen(open_to_read(name, folder), "rb") as file:
            if file.read(len(data) + 1) != data:
                return False
        os.unlink(name, dir_fd=folder)
    note(root, path, Change(data, None, stat.S_IMODE(mode)))
    return True


def remove_empty(path: Path, root: Path) -> bool:
    """Remove a folder if it is empty; return whether it did."""
    with suppress(OSError), _folder_of(path, root) as folder:
        os.rmdir(_name(path, folder), dir_fd=folder)
        return True
    return False


def require_unchanged(files: Mapping[Path, bytes], root: Path | None = None) -> None:
    """Raise ChangedOnDisk if a file has other content than this, CannotWrite if it cannot be read."""
    _expect_all(files, root)


MOST_FOLDERS = 100
"""The folders of a path below a journal."""


def make_folder(path: Path, root: Path | None = None) -> None:
    """Create a folder and its parents if they do not exist. Raises CannotWrite."""
    with _refusals_explained(path):
        if root is None:
            path.mkdir(parents=True, exist_ok=True)
            return
        root.mkdir(parents=True, exist_ok=True)
        for place in (*reversed(path.relative_to(root).parents), path.relative_to(root)):
            if place != Path():
                with folder_of(str(root), place.as_posix()) as (name, folder), suppress(FileExistsError):
                    os.mkdir(name, dir_fd=folder)
                    note_folder(root, root / place)
        with open_folder(str(root), path.relative_to(root).as_posix()):
            pass  # a file or a link in its place is an error


def below(root: Path, path: str) -> Path:
    """Return the place of a path below a folder. Raises CannotWrite if a folder on the way is a link."""
    place = root / path
    if path.count("/") > MOST_FOLDERS:
        raise CannotWrite(place, f"it is in more than {MOST_FOLDERS} folders", _ELSEWHERE)
    for folder in Path(path).parents:
        if folder != Path() and os.path.lexists(root / folder) and is_link((root / folder).lstat()):
            raise CannotWrite(place, f"{folder.as_posix()} is a symbolic link", "replace the link with a folder")
    return place


class Busy(CpdError):
    """Another program has been writing to the journal for too long."""

    hint = "try again when it has finished"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another cpd is writing to {folder}; nothing was written")


@contextmanager
def locked(folder: Path, patience: float = LOCK_PATIENCE) -> Iterator[None]:
    """Lock a folder so that no other cpd writes below it. Raises Busy after `patience` seconds.

    It does nothing if the system or the disk has no such locks (Windows, some shares).
    """
    if sys.platform == "win32":
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield  # writing reports what is wrong with the folder
        return
    deadline = time.monotonic() + patience
    try:
        while not _is_locked(handle):
            if time.monotonic() > deadline:
                raise Busy(folder)
            time.sleep(_LOCK_PAUSE)
        yield
    finally:
        os.close(handle)


def _is_locked(handle: int) -> bool:
    """Try to lock a folder; return whether it worked. True if the system has no locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
    return True


def _temporary(path: Path) -> Path:
    """Return a temporary name next to a file. Raises CannotWrite for a path that no file can have."""
    if not path.name or path.name == ".." or "\0" in str(path):
        raise CannotWrite(path, "it is not a valid file name", _ELSEWHERE)
    return path.with_name(f".cpdkit-{os.urandom(8).hex()}.tmp")


@contextmanager
def _refusals_explained(path: Path) -> Iterator[None]:
    """Convert an error of the system into a CannotWrite."""
    try:
        yield
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), _ELSEWHERE))
        if sys.platform == "win32" and error.errno == errno.ENOENT and len(str(path.absolute())) >= _LONG_ON_WINDOWS:
            reason, hint = _REASONS[errno.ENAMETOOLONG][0], "move the journal to a folder with a shorter path"
        raise CannotWrite(path, reason, hint) from error
    except ValueError as error:
        raise CannotWrite(path, "it is not a valid file name", _ELSEWHERE) from error


def _mode_of(path: Path, folder: int | None) -> int | None:
    """Return the mode of the existing file, or None. Raises CannotWrite if it cannot be replaced."""
    try:
        mode = os.stat(_name(path, folder), dir_fd=folder, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        raise CannotWrite(path, "it is a symbolic link", "write to the file it points to, or remove the link")
    if stat.S_ISDIR(mode):
        raise CannotWrite(path, *_REASONS[errno.EISDIR])
    if not stat.S_ISREG(mode):
        raise CannotWrite(path, "it is a device or a pipe, not a file", _ELSEWHERE)
    if not os.access(path, os.W_OK):
        raise CannotWrite(path, "it is read-only", f"change the permissions, or {_ELSEWHERE}")
    return stat.S_IMODE(mode)


@contextmanager
def _folder_of(path: Path, root: Path | None) -> Iterator[int | None]:
    """Open the folder of a file below `root` for `dir_fd`; yield None for a file elsewhere, which its path names."""
    if root is None:
        yield None
        return
    with open_folder(str(root), path.parent.relative_to(root).as_posix()) as folder:
        yield folder


def _name(path: Path, folder: int | None) -> str:
    """Return what names a file for `dir_fd=folder`."""
    return str(path) if folder is None else path.name


def _remove(paths: Iterable[Path], root: Path | None) -> None:
    """Remove the temporary files that are still there, even if Ctrl-C or a signal interrupts it."""
    left = list(paths)
    try:
        while left:
            _remove_one(left[-1], root)
            left.pop()
    except KeyboardInterrupt:
        for path in left:
            _remove_one(path, root)
        raise


def _remove_one(path: Path, root: Path | None) -> None:
    with suppress(OSError), _folder_of(path, root) as folder:
        os.unlink(_name(path, folder), dir_fd=folder)


def _write(path: Path, data: bytes, mode: int | None, folder: int | None) -> None:
    """Write a new file and wait until it is on the disk. `mode` is that of the file it replaces, set from the start."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(_name(path, folder), flags, 0o666 if mode is None else 0o600, dir_fd=folder)
    with os.fdopen(handle, "wb", buffering=0) as file:
        if mode is not None:
            os.chmod(path if sys.platform == "win32" else handle, mode)  # noqa: PTH101  by its handle
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


def _replace(finished: Path, path: Path, folder: int | None) -> None:
    for attempt in range(_TRIES):
        try:
            if folder is None:
                finished.replace(path)
            else:
                os.replace(finished.name, path.name, src_dir_fd=folder, dst_dir_fd=folder)
            return
        except PermissionError:
            if attempt == _TRIES - 1:
                if sys.platform == "win32" and path.exists():
                    raise CannotWrite(path, "it is open in another program", "close it there and try again") from None
                raise
            time.sleep(0.1)


def _name_new(finished: Path, path: Path, folder: int | None) -> None:
    """Give a finished file its name. Raises CannotWrite if a file with that name exists."""
    try:
        try:
            if folder is None:
                os.link(finished, path)
            else:
                os.link(finished.name, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # Reserve the name first, with an empty file.
            os.close(os.open(_name(path, folder), os.O_WRONLY | os.O_CREAT | os.O_EXCL, dir_fd=folder))
            _replace(finished, path, folder)
    except FileExistsError:
        raise CannotWrite(path, "a file with that name already exists", "choose another name") from None


def _expect_all(before: Mapping[Path, bytes], root: Path | None) -> None:
    for path, data in before.items():
        _expect(path, data, root)


def _expect(path: Path, data: bytes, root: Path | None, written: int = 0) -> None:
    """Raise ChangedOnDisk if a file has other content than expected, CannotWrite if it cannot be read.

    Links are not followed, and no more than necessary is read.
    """
    try:
        limit = max(len(data), _COMPARED)
        if root is None:
            current, _ = read_bytes(str(path), limit)
        else:
            current, _ = Disk(str(root)).read(path.relative_to(root).as_posix(), limit)
    except Unreadable as error:
        if path.is_symlink() or not path.is_file():
            raise ChangedOnDisk(path, written) from None
        raise CannotWrite(path, error.faults[0].message, error.faults[0].hint) from None
    if current != data:
        raise ChangedOnDisk(path, written)


def _sync(folder: Path) -> None:
    """Make the new names survive a power cut. Windows, where a folder cannot be opened, does this itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
