"""Write the user's files, as no other module does: whole or not at all, the old one in place until it is replaced."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from cpdkit.errors import CannotWrite, ChangedOnDisk, CpdError
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes

if sys.platform != "win32":
    import fcntl

LOCK_PATIENCE = 20.0
"""Seconds that one writer waits for another."""
_LOCK_PAUSE = 0.02

_ELSEWHERE = "name another place to write to"
_REASONS = {
    errno.ENOSPC: ("the disk is full", f"make some space, or {_ELSEWHERE}"),
    errno.EDQUOT: ("your share of the disk is used up", f"make some space, or {_ELSEWHERE}"),
    errno.EFBIG: ("the file would be larger than is allowed here", _ELSEWHERE),
    errno.EROFS: ("the disk is read-only", _ELSEWHERE),
    errno.EACCES: ("you may not write there", f"change the permissions, or {_ELSEWHERE}"),
    errno.EPERM: ("you may not write there", f"change the permissions, or {_ELSEWHERE}"),
    errno.ENOENT: ("its folder does not exist", f"make the folder, or {_ELSEWHERE}"),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", _ELSEWHERE),
    errno.EEXIST: ("a file of that name is in the way", _ELSEWHERE),
    errno.EISDIR: ("there is a folder of that name", _ELSEWHERE),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.ELOOP: ("its path runs in a circle of symbolic links", _ELSEWHERE),
    errno.EIO: ("the disk reports a fault", _ELSEWHERE),
}
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS)
"""What some disks (FAT, some shares) say, that know no links."""
_TRIES = 5 if sys.platform == "win32" else 1
"""On Windows a virus scanner may hold a fresh file for a moment, and Word holds an open one for good."""
_COMPARED = 2**20
"""Bytes: a file that grew to less than this has changed; a larger one is too large to be looked at."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write one file whole, keeping its mode. Raises CannotWrite and leaves what was there."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes], before: Mapping[Path, bytes] = MappingProxyType({})) -> None:
    """Write several files: all are on the disk under other names before the first takes its place.

    `before` has what some of them must still hold then: each is read again just before it is replaced, and
    ChangedOnDisk is raised for one that somebody else saved meanwhile. What is saved between that look and the
    replacement is lost. Raises CannotWrite. Whatever stops it, an interrupt too, leaves no temporary file and no half
    of a file.
    """
    temporary = {path: _temporary(path) for path in files}
    _expect_all(before)
    try:
        for path, data in files.items():
            with _refusals_explained(path):
                _write(temporary[path], data, _mode_of(path))
        _expect_all(before)
        for number, (path, finished) in enumerate(temporary.items()):
            if path in before:
                _expect(path, before[path], number)
            with _refusals_explained(path):
                _replace(finished, path)
    finally:
        for left in temporary.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _sync(folder)


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that must not be there yet, each whole or not at all. Raises CannotWrite, "already there".

    Their folders are made. Two programs that want the same name never write over each other.
    """
    for path, data in files.items():
        temporary = _temporary(path)
        make_folder(path.parent)
        try:
            with _refusals_explained(path):
                _write(temporary, data, None)
                _name_new(temporary, path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _sync(folder)


def remove_unchanged(path: Path, data: bytes) -> bool:
    """Remove a file that still holds exactly these bytes; return whether it did. Raises CannotWrite."""
    with _refusals_explained(path):
        if path.is_symlink() or path.read_bytes() != data:
            return False
        path.unlink()
    return True


def make_folder(path: Path) -> None:
    """Make a folder with all above it, if it isn't there. Raises CannotWrite."""
    with _refusals_explained(path):
        path.mkdir(parents=True, exist_ok=True)


def below(root: Path, path: str) -> Path:
    """Return where to write a path of a folder. Raises CannotWrite where a link on the way leads elsewhere."""
    place = root / path
    for folder in Path(path).parents:
        if (root / folder).is_symlink() and folder != Path():
            raise CannotWrite(place, f"{folder.as_posix()} is a symbolic link", "make it a folder of its own")
    return place


class Busy(CpdError):
    """Another program writes into the journal, and has for a while."""

    hint = "try again when it has ended"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another cpd is writing into {folder}; nothing was written")


@contextmanager
def locked(folder: Path, patience: float = LOCK_PATIENCE) -> Iterator[None]:
    """Be the only cpd that writes below a folder. Raises Busy after `patience` seconds.

    Where the system or the disk has no such locks (Windows, some shares), there is none.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield  # what is wrong with the folder, the writing says
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
    """Lock a folder if no other has it; return whether that is so. True where there are no locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
    return True


def _temporary(path: Path) -> Path:
    """Return a new name beside a file. Raises CannotWrite for a path that no file can have."""
    if not path.name or path.name == ".." or "\0" in str(path):
        raise CannotWrite(path, "that is not the name of a file", _ELSEWHERE)
    return path.with_name(f".cpdkit-{os.urandom(8).hex()}.tmp")


@contextmanager
def _refusals_explained(path: Path) -> Iterator[None]:
    """Turn an error of the system into a CannotWrite."""
    try:
        yield
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), _ELSEWHERE))
        raise CannotWrite(path, reason, hint) from error
    except ValueError as error:
        raise CannotWrite(path, "that is not the name of a file", _ELSEWHERE) from error


def _mode_of(path: Path) -> int | None:
    """Return the mode of the file that stands there, None where there is none. Raises CannotWrite if it can't go."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        raise CannotWrite(path, "it is a symbolic link", "write to the file it points to, or remove the link")
    if stat.S_ISDIR(mode):
        raise CannotWrite(path, *_REASONS[errno.EISDIR])
    if not stat.S_ISREG(mode):
        raise CannotWrite(path, "what stands there is not a file but a device or a pipe", _ELSEWHERE)
    if not os.access(path, os.W_OK):
        raise CannotWrite(path, "it is read-only", f"change the permissions, or {_ELSEWHERE}")
    return stat.S_IMODE(mode)


def _write(path: Path, data: bytes, mode: int | None) -> None:
    """Write a new file and wait until it is on the disk; where it replaces one, with that one's mode from the start."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o666 if mode is None else 0o600), "wb", buffering=0) as file:
        if mode is not None:
            path.chmod(mode)
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


def _replace(finished: Path, path: Path) -> None:
    for attempt in range(_TRIES):
        try:
            finished.replace(path)
            return
        except PermissionError:
            if attempt == _TRIES - 1:
                if sys.platform == "win32" and path.exists():
                    raise CannotWrite(path, "another program has it open", "close it there and try again") from None
                raise
            time.sleep(0.1)


def _name_new(finished: Path, path: Path) -> None:
    """Give a finished file its name, unless there is one of that name."""
    try:
        try:
            os.link(finished, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # The name is taken first, with nothing in it.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            finished.replace(path)
    except FileExistsError:
        raise CannotWrite(path, "a file of that name is already there", "choose another name") from None


def _expect_all(before: Mapping[Path, bytes]) -> None:
    for path, data in before.items():
        _expect(path, data)


def _expect(path: Path, data: bytes, written: int = 0) -> None:
    """Raise what keeps a file from being written over: that it holds something else, or can't be read.

    A link is not followed, and no more than is needed is read.
    """
    try:
        current, _ = read_bytes(str(path), max(len(data), _COMPARED))
    except Unreadable as error:
        if path.is_symlink() or not path.is_file():
            raise ChangedOnDisk(path, written) from None
        raise CannotWrite(path, error.faults[0].message, error.faults[0].hint) from None
    if current != data:
        raise ChangedOnDisk(path, written)


def _sync(folder: Path) -> None:
    """Make the new names outlast a power cut; where a folder can't be opened (Windows), the system sees to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
