"""The one module that writes the user's files: whole or not at all, and what stood there stays until it is replaced."""

import ctypes
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

_HERE = -100
"""`AT_FDCWD` of Linux: paths are seen from the working folder."""
_EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux, `RENAME_SWAP` of macOS."""


def swap(one: Path, other: Path) -> bool:
    """Let two files of one folder change places; False, and nothing changed, where the system or the disk can't."""
    sys.audit("os.rename", str(one), str(other), -1, -1)
    try:
        return _swapped(os.fsencode(one), os.fsencode(other)) == 0
    except (AttributeError, OSError, ValueError):  # no such call, no such library, a name with a NUL
        return False


def _swapped(one: bytes, other: bytes) -> int:
    """0 where it was done."""
    if sys.platform == "win32":
        return -1
    library = ctypes.CDLL(None)
    if sys.platform == "darwin":
        return int(library.renamex_np(one, other, _EXCHANGE))
    return int(library.renameat2(_HERE, one, _HERE, other, _EXCHANGE))


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


_MOST_KEPT = 1000
_ENOUGH = 2**20
"""Bytes: a file that grew to less than this has changed; a larger one is too large to be looked at."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write one file whole, keeping its mode; raises CannotWrite and leaves what was there."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes], before: Mapping[Path, bytes] = MappingProxyType({})) -> None:
    """Write several files: all are on the disk under other names before the first takes its place.

    `before` has what some of them must still hold then: ChangedOnDisk is raised for one that somebody else saved
    meanwhile, and what was saved stays. Raises CannotWrite. Whatever stops it, an interrupt too, leaves no temporary
    file and no half of a file.
    """
    temporary = {path: path.with_name(f".cpdkit-{os.urandom(8).hex()}.tmp") for path in files if _usable(path)}
    _still_hold(before)
    try:
        for path, data in files.items():
            with _told(path):
                _write(temporary[path], data, _mode_of(path))
        _still_hold(before)
        for number, (path, finished) in enumerate(temporary.items()):
            with _told(path):
                _put(finished, path, files[path], before.get(path), number)
    finally:
        for left in temporary.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        _settle(folder)


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that must not be there yet, each whole or not at all; raises CannotWrite, "already there".

    Their folders are made. Two programs that want the same name never write over each other.
    """
    for path, data in files.items():
        if _usable(path):
            make_folder(path.parent)
            _write_new(path, data)
    for folder in {path.parent for path in files}:
        _settle(folder)


def below(root: Path, path: str) -> Path:
    """The place of a path in a folder, to write to. Raises CannotWrite where a link on the way leads elsewhere."""
    place = root / path
    for folder in Path(path).parents:
        if (root / folder).is_symlink() and folder != Path():
            raise CannotWrite(place, f"{folder.as_posix()} is a symbolic link", "make it a folder of its own")
    return place


def remove_unchanged(path: Path, data: bytes) -> bool:
    """Take a file away that still holds exactly these bytes; whether it did. Raises CannotWrite."""
    with _told(path):
        if path.is_symlink() or path.read_bytes() != data:
            return False
        path.unlink()
    return True


def _write_new(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".cpdkit-{os.urandom(8).hex()}.tmp")
    try:
        with _told(path):
            _write(temporary, data, None)
            _name_new(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


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


def make_folder(path: Path) -> None:
    """Make a folder with all above it, if it isn't there; raises CannotWrite."""
    with _told(path):
        path.mkdir(parents=True, exist_ok=True)


def _usable(path: Path) -> bool:
    """True, or CannotWrite: a name that no file can have would fail before there is anything to clean up."""
    if not path.name or path.name == ".." or "\0" in str(path):
        raise CannotWrite(path, "that is not the name of a file", _ELSEWHERE)
    return True


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system says into a sentence."""
    try:
        yield
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), _ELSEWHERE))
        raise CannotWrite(path, reason, hint) from error
    except ValueError as error:
        raise CannotWrite(path, "that is not the name of a file", _ELSEWHERE) from error


def _mode_of(path: Path) -> int | None:
    """The mode of the file that stands there, None where there is none; CannotWrite if it isn't one to replace."""
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
                _say_it_is_open(path)
                raise
            time.sleep(0.1)


def _put(finished: Path, path: Path, data: bytes, before: bytes | None, written: int) -> None:
    """Put a finished file in its place, where what stands there has to be `before` up to the last moment."""
    if before is None:
        _replace(finished, path)
        return
    # A swap of what has changed already would show the wrong file for a moment.
    _still_holds(path, before, written)
    if not swap(finished, path):
        _replace(finished, path)
    elif _holds(finished, before):
        finished.unlink()
    else:
        raise ChangedOnDisk(path, written, _given_back(finished, path, data))


def _given_back(held: Path, path: Path, ours: bytes) -> str:
    """Put back what somebody saved in that moment. If they saved again meanwhile, the newest stays in the place.

    The other is then kept beside it, under the name that is given back; usually there is none.
    """
    for _ in range(2):
        if not swap(held, path) or _holds(held, ours):
            break
    if not held.exists() or _holds(held, ours):
        return ""
    for number in range(1, _MOST_KEPT):
        aside = path.with_name(f"{path.stem} (saved meanwhile {number}){path.suffix}")
        with suppress(FileExistsError):
            os.link(held, aside)
            return aside.name
    return ""


def _still_hold(before: Mapping[Path, bytes]) -> None:
    for path, data in before.items():
        _still_holds(path, data)


def _still_holds(path: Path, data: bytes, written: int = 0) -> None:
    """Raise what keeps a file from being written over."""
    try:
        now = _content(path, len(data))
    except Unreadable as error:
        if path.is_symlink() or not path.is_file():
            raise ChangedOnDisk(path, written) from None
        raise CannotWrite(path, error.faults[0].message, error.faults[0].hint) from None
    if now != data:
        raise ChangedOnDisk(path, written)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return _content(path, len(data)) == data
    except Unreadable:
        return False


def _content(path: Path, size: int) -> bytes:
    """What a file holds that should hold `size` bytes; a link is not followed, and no more than is needed is read."""
    return read_bytes(str(path), max(size, _ENOUGH))[0]


def _say_it_is_open(path: Path) -> None:
    if sys.platform == "win32" and path.exists():
        raise CannotWrite(path, "another program has it open", "close it there and try again")


def _settle(folder: Path) -> None:
    """Make the new names outlast a power cut; where a folder can't be opened (Windows), the system sees to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


if sys.platform != "win32":
    import fcntl

PATIENCE = 20.0
"""Seconds that one waits for the other."""
_PAUSE = 0.02


class Busy(CpdError):
    """Another program writes into the journal, and has for a while."""

    hint = "try again when it has ended"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another cpd is writing into {folder}; nothing was written")


@contextmanager
def alone(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only one that writes below a folder. Raises Busy after `patience` seconds.

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
    try:
        _lock(handle, folder, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


if sys.platform != "win32":

    def _lock(handle: int, folder: Path, until: float) -> None:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy(folder) from None
                time.sleep(_PAUSE)
            except OSError:
                return
