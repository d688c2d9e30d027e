"""No link below a journal is followed, in any part of a path, for reading or for writing, or while it appears.

Without the handles of folders, as on Windows, the last is not certain.
"""

import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import CannotWrite, ChangedOnDisk
from cpdkit.text import files
from cpdkit.text.faults import FaultKind, Unreadable
from cpdkit.text.files import Disk, FolderTree, is_link, list_folder, list_tree, read_bytes
from cpdkit.text.write import make_folder, remove_unchanged, write_all, write_new

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no file by the handle of a folder")
PATH = "a/b/c/d.md"
SECRET = b"outside"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A journal with one file, and a folder outside with a file at each place that a link could lead to."""
    root, outside = tmp_path / "journal", tmp_path / "outside"
    for folder in (root / "a/b/c", outside / "a/b/c", outside / "b/c", outside / "c"):
        folder.mkdir(parents=True)
    (root / PATH).write_bytes(b"inside")
    for place in (PATH, "b/c/d.md", "c/d.md", "d.md"):
        (outside / place).write_bytes(SECRET)
    return root, outside


@pytest.fixture(params=["by handle", "without handles"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How files below a folder are opened: as here, or as on Windows."""
    if request.param == "without handles":
        for name, value in {"BY_HANDLE": False, "_NO_FOLLOW": 0, "OPEN_TO_READ": os.O_RDONLY}.items():
            monkeypatch.setattr(files, name, value)
        monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    return request.param


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def nothing(_path: str, _name: str, _folder: bool) -> bool:
    return False


WRITES: dict[str, Callable[[Path], object]] = {
    "replace": lambda root: write_all({root / PATH: b"new"}, root=root),
    "expected": lambda root: write_all({root / PATH: b"new"}, {root / PATH: SECRET}, root),
    "new": lambda root: write_new({root / "a/b/c/new.md": b"new"}, root),
    "new folder": lambda root: write_new({root / "a/b/c/e/f/new.md": b"new"}, root),
    "remove": lambda root: remove_unchanged(root / PATH, SECRET, root),
    "folder": lambda root: make_folder(root / "a/b/c/e", root),
}


@pytest.mark.parametrize("part", ["a", "a/b", "a/b/c"])
@pytest.mark.usefixtures("way")
def test_a_folder_that_is_a_link_is_not_read(places: tuple[Path, Path], part: str) -> None:
    root, outside = places
    (root / part).rename(root / "away")
    (root / part).symlink_to(outside, target_is_directory=True)
    disk = Disk(str(root))
    inside = PATH.removeprefix(f"{part}/")
    assert (outside / inside).exists()
    with pytest.raises(Unreadable) as caught:
        disk.read(f"{part}/{inside}", 100)
    assert caught.value.faults[0].kind is FaultKind.SYMLINK
    assert (disk.stamp(f"{part}/{inside}"), disk.exists(f"{part}/{inside}"), disk.exists(part)) == (None, False, True)
    listed = FolderTree()
    assert list_folder(str(root), part, nothing, listed) == []
    assert ([path for path, _ in listed.closed], listed.files) == ([part], [])
    assert list_tree(str(root), "", nothing).links == [part]


@pytest.mark.parametrize("part", ["a", "a/b", "a/b/c"])
@pytest.mark.parametrize("change", WRITES)
@pytest.mark.usefixtures("way")
def test_nothing_is_written_through_a_link(places: tuple[Path, Path], part: str, change: str) -> None:
    root, outside = places
    (root / part).rename(root / "away")
    (root / part).symlink_to(outside, target_is_directory=True)
    before = tree(outside)
    with pytest.raises((CannotWrite, ChangedOnDisk)):
        WRITES[change](root)
    assert tree(outside) == before
    assert not list(root.rglob(".cpdkit-*"))


@pytest.mark.parametrize("change", WRITES)
@pytest.mark.usefixtures("way")
def test_where_nothing_is_a_link_all_of_it_works(places: tuple[Path, Path], change: str) -> None:
    root, _ = places
    (root / PATH).write_bytes(SECRET)
    WRITES[change](root)
    made = {"replace": {PATH: b"new"}, "expected": {PATH: b"new"}, "remove": {}, "folder": {PATH: SECRET}}
    new = {"new": "a/b/c/new.md", "new folder": "a/b/c/e/f/new.md"}
    expected = made.get(change, {PATH: SECRET, new.get(change, ""): b"new"})
    assert tree(root) == {str(root / path): data for path, data in expected.items()}


@pytest.mark.usefixtures("way")
def test_a_file_that_is_a_link_is_not_read(places: tuple[Path, Path]) -> None:
    root, outside = places
    (root / "link.md").symlink_to(outside / "d.md")
    for read in (lambda: Disk(str(root)).read("link.md", 100), lambda: read_bytes(str(root / "link.md"), 100)):
        with pytest.raises(Unreadable) as caught:
            read()
        assert caught.value.faults[0].kind is FaultKind.SYMLINK
    with pytest.raises(CannotWrite):
        write_all({root / "link.md": b"new"}, root=root)
    assert remove_unchanged(root / "link.md", SECRET, root) is False
    assert (outside / "d.md").read_bytes() == SECRET


def test_without_handles_a_file_that_becomes_a_link_while_it_is_opened_is_not_read(
    places: tuple[Path, Path], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, outside = places
    if way == "by handle":
        return  # the system itself refuses it
    opened = os.open

    def late(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        (root / PATH).unlink()
        (root / PATH).symlink_to(outside / "d.md")
        return opened(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", late)
    with pytest.raises(Unreadable) as caught:
        Disk(str(root)).read(PATH, 100)
    assert caught.value.faults[0].kind is FaultKind.SYMLINK


@pytest.mark.parametrize(
    "path",
    [r"..\d.md", r"a\..\..\d.md", "C:d.md", "C:/d.md", "a/C:/d.md", "a.md:stream", ".. /d.md", "a./b", "a/b ", "..."],
)
def test_a_path_that_leads_elsewhere_on_windows_is_refused_there(
    places: tuple[Path, Path], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = places
    before = tree(root.parent)
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    disk = Disk(str(root))
    with pytest.raises(Unreadable) as caught:
        disk.read(path, 100)
    assert (caught.value.faults[0].kind, disk.stamp(path)) == (FaultKind.CHANGED, None)
    with pytest.raises(CannotWrite):
        write_new({root / f"{path}/new.md": b"new"}, root)
    assert tree(root.parent) == before


def test_a_junction_of_windows_is_a_link() -> None:
    folder = SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=0)
    placeholder = SimpleNamespace(st_mode=stat.S_IFREG, st_reparse_tag=0x9000001A)  # a file of OneDrive
    junction = SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=0xA0000003)
    assert [is_link(each) for each in (folder, placeholder, junction)] == [False, False, True]  # type: ignore[arg-type]


def test_a_junction_is_listed_as_a_link(monkeypatch: pytest.MonkeyPatch, places: tuple[Path, Path]) -> None:
    root, _ = places
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(files, "is_link", lambda status: stat.S_ISDIR(status.st_mode) and status.st_ino == inode)
    inode = (root / "a/b").stat().st_ino
    listed = list_tree(str(root), "", nothing)
    assert (listed.files, listed.links) == ([], ["a/b"])


def test_a_folder_that_cannot_be_listed_can_be_passed(places: tuple[Path, Path]) -> None:
    root, _ = places
    (root / "a").chmod(0o111)
    assert Disk(str(root)).read(PATH, 10)[0] == b"inside"
    (root / "a").chmod(0o755)


@given(st.lists(st.sampled_from(["a", "b", "c", "d.md", "..", ".", "", "link", "outside"]), max_size=8).map("/".join))
def test_no_path_leads_out(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    top = tmp_path_factory.mktemp("any")
    root = top / "journal"
    (root / "a/b").mkdir(parents=True)
    (root / "a/b/d.md").write_bytes(b"inside")
    (top / "outside").mkdir()
    (top / "d.md").write_bytes(SECRET)
    (root / "link").symlink_to(top, target_is_directory=True)
    with suppress(Unreadable):
        assert Disk(str(root)).read(path, 100)[0] == b"inside"
    assert all(SECRET not in (root / listed).read_bytes() for listed in list_tree(str(root), "", nothing).files)


@contextmanager
def trading_places(root: Path, outside: Path) -> Iterator[None]:
    """A folder and a link to another folder change places all the time."""
    (root / "link").symlink_to(outside / "a", target_is_directory=True)
    over, number = threading.Event(), count()

    def swap() -> None:
        while not over.is_set():
            for old, new in (("a", "x"), ("link", "a"), ("a", "link"), ("x", "a")):
                while (root / old).is_symlink() or (root / old).exists():
                    with suppress(OSError):
                        (root / old).rename(root / new)
                        break
                    with suppress(OSError):  # the program has just made the folder
                        (root / new).rename(root / f"spare {next(number)}")

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_folder_that_becomes_a_link_while_it_is_read(places: tuple[Path, Path]) -> None:
    root, outside = places
    (outside / "a/b/c/secret.md").write_bytes(SECRET)
    disk = Disk(str(root))
    read: list[bytes] = []
    with trading_places(root, outside):
        for _ in range(2_000):
            with suppress(Unreadable):
                read.append(disk.read(PATH, 100)[0])
            assert "a/b/c/secret.md" not in list_tree(str(root), "a", nothing).files
    assert set(read) <= {b"inside"}


@pytest.mark.parametrize("change", WRITES)
def test_a_folder_that_becomes_a_link_while_it_is_written(places: tuple[Path, Path], change: str) -> None:
    root, outside = places
    before = tree(outside)
    folders = [path for path in outside.rglob("*") if path.is_dir()]
    with trading_places(root, outside):
        for _ in range(60):
            with suppress(CannotWrite, ChangedOnDisk):
                WRITES[change](root)
    assert tree(outside) == before
    assert [path for path in outside.rglob("*") if path.is_dir()] == folders
