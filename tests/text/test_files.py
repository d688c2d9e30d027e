import os
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cpdkit.text.faults import FaultKind, Unreadable
from cpdkit.text.files import Disk, FolderTree, list_folder, list_tree, read_bytes, special, stamp_of, symlink


def nothing(_path: str, _name: str, _folder: bool) -> bool:
    return False


def refused(path: Path, limit: int = 100) -> FaultKind:
    with pytest.raises(Unreadable) as caught:
        read_bytes(str(path), limit)
    assert caught.value.faults[0].hint
    return caught.value.faults[0].kind


def test_a_file_is_read_with_its_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"abc")
    os.utime(path, ns=(1_700_000_000_999_999_999,) * 2)
    data, stamp = read_bytes(str(path), 3)
    assert (data, stamp.size, stamp.nanoseconds, stamp.seconds) == (b"abc", 3, 1_700_000_000_999_999_999, 1_700_000_000)
    assert stamp == Disk(str(tmp_path)).stamp("a.md") == stamp_of(path.stat())


CHANGES: Mapping[str, Callable[[Path], object]] = {
    "longer": lambda path: path.write_bytes(b"abcd"),
    "of the same length": lambda path: path.write_bytes(b"xyz"),
    "written and dated back": lambda path: (path.write_bytes(b"xyz"), os.utime(path, (1, 1))),
    "replaced": lambda path: path.with_name("new").replace(path),
    "closed": lambda path: path.chmod(0),
    "gone": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_stamp_changes_whenever_the_file_does(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.md"
    for name in ("new", "a.md"):
        (tmp_path / name).write_bytes(b"abc")
        os.utime(tmp_path / name, (1, 1))
    disk = Disk(str(tmp_path))
    before = disk.stamp("a.md")
    time.sleep(0.01)  # the clock of a disk ticks every few milliseconds
    assert disk.stamp("a.md") == before
    CHANGES[change](path)
    assert disk.stamp("a.md") != before


def test_a_disk_reads_below_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"abc")
    disk = Disk(str(tmp_path))
    assert disk.read("a.md", 3)[0] == b"abc"
    assert (disk.exists("a.md"), disk.exists("b.md"), disk.stamp("b.md"), disk.unsaved_paths) == (True, False, None, ())
    with pytest.raises(Unreadable):
        disk.read("b.md", 3)


def test_a_link_is_there_though_it_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "nowhere")
    disk = Disk(str(tmp_path))
    assert disk.exists("a.md")
    with pytest.raises(Unreadable):
        disk.read("a.md", 3)


def test_a_text_lies_over_the_file_as_long_as_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"abc")
    over: dict[str, bytes] = {}
    disk = Disk(str(tmp_path), over)
    saved = disk.stamp("a.md")
    over |= {"a.md": b"typed", "new.md": b"", "large.md": b"x" * 11}
    assert disk.unsaved_paths == ("a.md", "new.md", "large.md")
    assert [disk.read(path, 10)[0] for path in ("a.md", "new.md")] == [b"typed", b""]
    assert disk.read("a.md", 10)[1] == disk.stamp("a.md") != saved
    assert disk.exists("new.md")
    with pytest.raises(Unreadable) as caught:
        disk.read("large.md", 10)
    assert caught.value.faults[0].kind is FaultKind.TOO_LARGE
    typed = disk.stamp("a.md")
    over["a.md"] = b"Typed"
    assert disk.stamp("a.md") not in (typed, saved)
    over.clear()
    assert (disk.read("a.md", 10)[0], disk.stamp("a.md"), disk.exists("new.md")) == (b"abc", saved, False)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(Unreadable) as caught:
        read_bytes(str(path), 64 * 2**10)
    assert caught.value.faults[0].message == "the file is too large: 100 MiB; the limit is 64 KiB"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        assert [refused(tmp_path / name) for name in ("pipe", "socket")] == [FaultKind.SPECIAL] * 2
    (tmp_path / "folder").mkdir()
    assert [refused(tmp_path / "folder"), refused(Path("/dev/zero"))] == [FaultKind.SPECIAL] * 2


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"abc")
    (tmp_path / "b.md").symlink_to("a.md")
    assert refused(tmp_path / "b.md") is FaultKind.SYMLINK
    assert symlink().kind is FaultKind.SYMLINK


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.md") is FaultKind.CHANGED
    assert special(str(tmp_path / "a.md")).kind is FaultKind.CHANGED


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"abc")
    whole = os.read

    def read_late(handle: int, count: int) -> bytes:
        with path.open("ab") as file:
            file.write(b"def")
        return whole(handle, count)

    monkeypatch.setattr(os, "read", read_late)
    assert refused(path) is FaultKind.CHANGED


def test_a_file_that_comes_in_pieces_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"abcdef")
    whole = os.read
    monkeypatch.setattr(os, "read", lambda handle, count: whole(handle, min(count, 2)))
    assert read_bytes(str(path), 10)[0] == b"abcdef"


def test_a_tree_lists_everything_and_follows_nothing(tmp_path: Path) -> None:
    for name in ("b/z.md", "b/a/y.md", "a.md", "c/skipped/x.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "b/out").symlink_to("/usr")
    os.mkfifo(tmp_path / "c/pipe")
    tree = list_tree(str(tmp_path), "", lambda path, name, folder: name == "skipped" and folder)
    assert tree == FolderTree(["a.md", "b/a/y.md", "b/z.md"], ["b/out"], ["c/pipe"], [])
    assert list_tree(str(tmp_path), "b", nothing).files == ["b/a/y.md", "b/z.md"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    tree = FolderTree()
    assert list_folder(str(tmp_path), "gone", nothing, tree) == []
    assert [(path, fault.kind) for path, fault in tree.closed] == [("gone", FaultKind.CHANGED)]


def test_what_stands_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert special(str(tmp_path / "pipe")).message == "this is a named pipe, not a file"
