"""Files written whole or not at all, on real disks that are full, read-only or shared."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from cpdkit.errors import CannotWrite, ChangedOnDisk
from cpdkit.text import write
from cpdkit.text.write import Busy, below, locked, make_folder, remove_unchanged, write_all, write_atomically, write_new

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and limits are POSIX")
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which, at the end, no temporary file is left."""
    yield tmp_path
    tmp_path.chmod(0o755)
    assert not list(tmp_path.rglob(".cpdkit-*"))


@pytest.mark.parametrize("data", [b"", b"one line\n", b"\x00\xff" * 3_000_000])
def test_every_byte_arrives(folder: Path, data: bytes) -> None:
    target = folder / "report.docx"
    write_atomically(target, data)
    assert target.read_bytes() == data


@posix
def test_a_new_file_gets_the_usual_mode(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(folder / "a", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o640


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o777])
def test_the_mode_of_a_file_is_kept(folder: Path, mode: int) -> None:
    target = folder / "a"
    target.write_bytes(b"old")
    target.chmod(mode)
    write_atomically(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert target.read_bytes() == b"new"


def test_a_name_of_any_kind_is_written(folder: Path) -> None:
    for name in ("ż" * 120, "two\nlines", ".hidden", "-o", "a b", "x" * 255):
        write_atomically(folder / name, name.encode())
        assert (folder / name).read_bytes() == name.encode()


@posix
@pytest.mark.parametrize("points_to", ["real.txt", "nowhere"])
def test_a_symbolic_link_is_not_written_through(folder: Path, points_to: str) -> None:
    (folder / "real.txt").write_text("mine")
    (folder / "link").symlink_to(points_to)
    with pytest.raises(CannotWrite, match="link: it is a symbolic link"):
        write_atomically(folder / "link", b"new")
    assert (folder / "real.txt").read_text() == "mine"
    assert (folder / "link").is_symlink()
    assert not (folder / "nowhere").exists()


@posix
def test_a_linked_folder_may_be_written_into(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "linked").symlink_to("real")
    write_atomically(folder / "linked" / "a", b"new")
    assert (folder / "real" / "a").read_bytes() == b"new"


def test_places_where_no_file_can_be_say_why(folder: Path) -> None:
    (folder / "file").write_text("")
    (folder / "folder").mkdir()
    reasons = {
        folder / "folder": "a folder with that name already exists",
        folder / "none" / "a": "its folder does not exist",
        folder / "file" / "a": "a part of its path is a file, not a folder",
        folder / ("x" * 300): "its name is too long",
        folder / "nul\0byte": "it is not a valid file name",
        Path("/"): "it is not a valid file name",
        folder / "..": "it is not a valid file name",
    }
    for path, reason in reasons.items():
        with pytest.raises(CannotWrite) as refusal:
            write_atomically(path, b"new")
        assert str(refusal.value) == f"cannot write {path}: {reason}"
        assert refusal.value.hint


@posix
def test_a_pipe_is_not_replaced(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(CannotWrite, match="a device or a pipe, not a file"):
        write_atomically(folder / "pipe", b"new")
    assert (folder / "pipe").is_fifo()


def written_as_nobody(path: Path) -> str:
    """Return cpdkit's message when an ordinary user writes there; run in a child that gives up root if we are root."""
    code = (
        "import os, sys; from pathlib import Path; from cpdkit.text.write import write_atomically\n"
        f"os.geteuid() or os.setuid({NOBODY})\n"
        "try: write_atomically(Path(sys.argv[1]), b'new')\n"
        "except Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that an ordinary user can reach: pytest's own are closed to others."""
    home = Path("/var/tmp" if Path("/var/tmp").is_dir() else "/tmp") / f"cpdkit-test-{os.getpid()}"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    yield home
    home.chmod(0o777)
    assert not list(home.glob(".cpdkit-*"))
    shutil.rmtree(home)


@posix
def test_a_folder_without_permission_says_so(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    target = open_folder / "a"
    assert written_as_nobody(target) == f"cannot write {target}: you do not have permission to write there"


@posix
def test_a_file_marked_read_only_is_respected(open_folder: Path) -> None:
    target = open_folder / "a"
    target.write_bytes(b"old")
    target.chmod(0o444)
    assert written_as_nobody(target) == f"cannot write {target}: it is read-only"
    assert target.read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """On a real, tiny disk: two files, the second too large; the first must not be replaced either."""
    code = (
        "import sys; from pathlib import Path; from cpdkit.text.write import write_all\n"
        "disk = Path(sys.argv[1]); (disk / 'a').write_bytes(b'old')\n"
        "try: write_all({disk / 'a': b'new', disk / 'b': b'x' * 1_000_000})\n"
        "except Exception as error: print(error)\n"
        "print((disk / 'a').read_bytes(), sorted(path.name for path in disk.iterdir()))"
    )
    script = 'mount -t tmpfs -o size=64k small "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", str(tmp_path), sys.executable, code],
        capture_output=True,
        text=True,
        check=False,
    ) if shutil.which("unshare") else None  # fmt: skip
    if done is None or done.returncode:
        pytest.skip("no private mounts on this machine")
    assert done.stdout.splitlines() == [f"cannot write {tmp_path}/b: the disk is full", "b'old' ['a']"]


@posix
def test_a_file_beyond_the_limit_leaves_the_old_one(folder: Path) -> None:
    (folder / "a").write_bytes(b"old")
    code = (
        "import resource, sys; from pathlib import Path; from cpdkit.text.write import write_atomically\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_atomically(Path(sys.argv[1]), b'x' * 5000)\n"
        "except Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, folder / "a"], capture_output=True, text=True, check=True)
    assert done.stdout == f"cannot write {folder}/a: the file would be larger than the disk allows\n"
    assert (folder / "a").read_bytes() == b"old"


def test_no_file_is_replaced_before_all_are_written(folder: Path) -> None:
    (folder / "a").write_bytes(b"old")
    with pytest.raises(CannotWrite, match="its folder does not exist"):
        write_all({folder / "a": b"new", folder / "none" / "b": b"new"})
    assert (folder / "a").read_bytes() == b"old"


def test_several_files_are_all_written(folder: Path) -> None:
    write_all({folder / name: name.encode() for name in "abc"})
    assert [(folder / name).read_bytes() for name in "abc"] == [b"a", b"b", b"c"]
    write_all({})


@pytest.mark.parametrize("saved", [b"other", b"old, and more", b"", None])
def test_a_file_that_somebody_saved_meanwhile_keeps_all_from_being_written(folder: Path, saved: bytes | None) -> None:
    one, other = folder / "1", folder / "2"
    one.write_bytes(b"old")
    if saved is not None:
        other.write_bytes(saved)
    with pytest.raises(ChangedOnDisk, match="2 changed on disk after cpd read it; nothing was written"):
        write_all({one: b"new", other: b"new"}, {one: b"old", other: b"old"})
    assert one.read_bytes() == b"old"
    assert (other.read_bytes() if other.exists() else None) == saved


def test_a_file_saved_while_others_are_replaced_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = folder / "1", folder / "2"
    for path in (one, other):
        path.write_bytes(b"old")

    def replace(finished: Path, path: Path) -> None:
        os.replace(finished, path)  # noqa: PTH105  Path's own is what stands here
        other.write_bytes(b"saved")

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ChangedOnDisk, match="1 other file was"):
        write_all({one: b"new", other: b"new"}, {one: b"old", other: b"old"})
    assert (one.read_bytes(), other.read_bytes()) == (b"new", b"saved")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupt_leaves_nothing_behind(folder: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C when one of two files is written, and when nothing but the renaming is left."""
    calls = []

    def interrupted(*_: object) -> None:
        calls.append(step)
        if step == "replace" or len(calls) == 2:
            raise KeyboardInterrupt

    (folder / "a").write_bytes(b"old")
    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[step], interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all({folder / "a": b"new", folder / "b": b"new"})
    assert (folder / "a").read_bytes() == b"old"
    assert not (folder / "b").exists()


def test_writers_at_once_leave_one_whole_file(folder: Path) -> None:
    target = folder / "report"
    texts = [bytes([letter]) * 200_000 for letter in b"abcd"]
    torn: list[bytes] = []
    over = threading.Event()

    def write(text: bytes) -> None:
        for _ in range(8):
            write_atomically(target, text)

    def read() -> None:
        while not over.is_set():
            if target.exists() and (seen := target.read_bytes()) not in texts:
                torn.append(seen)

    writers = [threading.Thread(target=write, args=(text,)) for text in texts]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    reader.join()
    assert not torn
    assert target.read_bytes() in texts


def test_a_folder_is_made_with_all_above_it(folder: Path) -> None:
    make_folder(folder / "build" / "2026")
    make_folder(folder / "build" / "2026")
    assert (folder / "build" / "2026").is_dir()


def test_a_folder_that_cannot_be_made_says_why(folder: Path) -> None:
    (folder / "build").write_text("")
    for path, reason in (
        (folder / "build", "a file with that name already exists"),
        (folder / "build" / "x", "a part of its path is a file, not a folder"),
        (folder / "nul\0", "it is not a valid file name"),
    ):
        with pytest.raises(CannotWrite, match=reason):
            make_folder(path)


def test_a_new_file_and_its_folders_are_made(folder: Path) -> None:
    write_new({folder / "2026/a.md": b"new", folder / "2026/b.md": b""})
    assert (folder / "2026/a.md").read_bytes() == b"new"
    assert (folder / "2026/b.md").read_bytes() == b""


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_never_takes_the_place_of_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    write_new({folder / "a": b"first"})
    (folder / "dangling").symlink_to("nowhere")
    for name in ("a", "dangling"):
        with pytest.raises(CannotWrite, match="already exists"):
            write_new({folder / name: b"second"})
    assert (folder / "a").read_bytes() == b"first"
    assert not (folder / "nowhere").exists()


def refuse(*_: object) -> None:
    raise PermissionError(errno.EPERM, "no links here")


def test_of_many_that_want_one_name_one_gets_it(folder: Path) -> None:
    got = []

    def want(number: int) -> None:
        with suppress(CannotWrite):
            write_new({folder / "a": str(number).encode()})
            got.append(number)

    threads = [threading.Thread(target=want, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [int((folder / "a").read_bytes())] == got


def test_no_link_on_the_way_is_followed(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "root/a").mkdir(parents=True)
    (folder / "root/a/b").symlink_to(folder / "elsewhere")
    assert below(folder / "root", "a/c/d.md") == folder / "root/a/c/d.md"
    for path in ("a/b/d.md", "a/b/c/d.md"):
        with pytest.raises(CannotWrite, match="a/b is a symbolic link"):
            below(folder / "root", path)


def test_a_file_that_changed_is_not_taken_away(folder: Path) -> None:
    (folder / "a").write_bytes(b"new")
    assert not remove_unchanged(folder / "a", b"old")
    assert remove_unchanged(folder / "a", b"new")
    assert not (folder / "a").exists()


@posix
def test_one_waits_for_the_other(tmp_path: Path) -> None:
    order = []
    inside, go = threading.Event(), threading.Event()

    def first() -> None:
        with locked(tmp_path):
            inside.set()
            go.wait(10)
            order.append("first")

    def second() -> None:
        with locked(tmp_path):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    with pytest.raises(Busy, match="another cpd is writing"), locked(tmp_path, patience=0):
        order.append("never")
    go.set()
    for each in threads:
        each.join(10)
    assert order == ["first", "second"]


@posix
def test_the_lock_goes_with_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), locked(tmp_path):
        raise ValueError("x")
    with locked(tmp_path, patience=0):
        assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_for_the_writing_to_tell(tmp_path: Path) -> None:
    with locked(tmp_path / "none", patience=0):
        assert not list(tmp_path.iterdir())


def test_a_path_of_thousands_of_folders_is_refused(tmp_path: Path) -> None:
    for depth in (101, 3_000, 100_000):
        with pytest.raises(CannotWrite, match="folders"):
            below(tmp_path, "a/" * depth + "x.md")


@pytest.mark.parametrize(
    ("platform", "words"), [("win32", "its name is too long"), ("linux", "its folder does not exist")]
)
def test_a_path_that_is_too_long_for_windows_is_said_to_be(
    folder: Path, platform: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "sys", SimpleNamespace(platform=platform))
    with pytest.raises(CannotWrite, match=words):
        write_atomically(folder / ("x" * 250) / "a.md", b"")
    with pytest.raises(CannotWrite, match="its folder does not exist"):
        write_atomically(folder / "x" / "a.md", b"")
