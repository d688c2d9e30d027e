"""Bad files in a journal: each problem is reported with its position, and the rest is in the report."""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cpdkit.documents.make import NoMember
from cpdkit.documents.templating.labels import Labels
from tests.program import Done, activity, cpd, make_journal, names, peak_of, report

CANARY = "Xyloquartz"
NAME = "angharad-llywelyn-detailed-2026.html"
PEAK = 300 * 1024 * 1024
"""Bytes of memory that a command may take."""


def reported(done: Done) -> dict[str, str]:
    """Return the code of each problem by its place."""
    return dict(re.findall(r"^(\S+): (?:error|warning) (CPD\d+): ", done.out + done.err, re.MULTILINE))


def page(journal: Path, out: Path) -> str:
    """Make a report of a journal with errors and return its HTML. Only the document is written."""
    done = report(journal, out)
    assert (done.code, names(out)) == (1, [NAME])
    return (out / NAME).read_text("utf-8")


# --- their content ---

BROKEN: Mapping[str, tuple[bytes, str]] = {
    "latin1": (activity("Café").encode("latin-1"), "latin1.md:2:11 CPD101"),
    "utf16": (activity("Wide").encode("utf-16"), "utf16.md CPD102"),
    "nul": (activity("a\0b").encode(), "nul.md:2:9 CPD103"),
    "escape": (activity("\x1b[31mred").encode(), "escape.md:2:8 CPD104"),
    "conflict": (activity("x", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n").encode(), "conflict.md:8:1 CPD107"),
    "empty": (b"", "empty.md CPD108"),
    "plain": (b"only text\n", "plain.md:1:1 CPD109"),
    "open": (b"---\ntitle: x\n", "open.md:1:1 CPD110"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a journal with every kind of broken file, and a good one."""
    root = make_journal(
        tmp_path_factory.mktemp("broken"), {f"activities/{name}.md": data for name, (data, _) in BROKEN.items()}
    )
    with (root / "activities" / "huge.md").open("wb") as huge:
        huge.truncate(100_000_000)
    os.mkfifo(root / "activities" / "pipe.md")
    (root / "activities" / "device.md").symlink_to("/dev/zero")
    return root


@pytest.fixture(scope="module")
def checked(broken: Path) -> dict[str, str]:
    done = cpd("check", cwd=broken)
    assert done.code == 1
    assert done.err.startswith("12 activities checked: 11 errors")
    return reported(done)


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_not_a_record_is_reported_at_its_place(checked: dict[str, str], name: str) -> None:
    place, code = BROKEN[name][1].split()
    assert checked[f"activities/{place}"] == code


@pytest.mark.parametrize(("name", "code"), [("huge", "CPD111"), ("pipe", "CPD113"), ("device", "CPD114")])
def test_a_file_that_cannot_be_read_whole_is_reported(checked: dict[str, str], name: str, code: str) -> None:
    assert checked[f"activities/{name}.md"] == code


def test_the_report_omits_them_and_counts_them(broken: Path, tmp_path: Path, english: Labels) -> None:
    html = page(broken, tmp_path)
    assert english.count("notices.unread", 11) in html
    assert "A good lecture" in html


def test_with_strict_there_is_no_report(broken: Path, tmp_path: Path) -> None:
    done = report(broken, tmp_path / "out", "--strict")
    assert (done.code, done.error) == (1, "no report written: cannot read 11 activities")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfen\0", b"name: Caf\xe9\n", b"a: &a [*a]\n", b"[" * 60_000, b"name: [\n"]
)
def test_without_a_readable_member_there_is_no_report(tmp_path: Path, data: bytes) -> None:
    root = make_journal(tmp_path / "journal", {"cpd.yaml": data})
    done = report(root, tmp_path / "out", cwd=root)
    assert (done.code, names(tmp_path / "out")) == (1, [])
    assert done.error == str(NoMember())
    assert any(place.startswith("cpd.yaml") for place in reported(done))


# --- their names ---


def test_names_that_could_steer_a_terminal_are_shown_as_escapes(tmp_path: Path) -> None:
    odd = {"new\nline": "new\\nline", "\x1b]0;x\x07esc": "\\e]0;x\\x07esc", "rtl\u202egpj": "rtl\\u202egpj"}
    root = make_journal(tmp_path / "journal", {f"activities/{name}.md": "bad" for name in odd})
    (root / "activities" / os.fsdecode(b"caf\xe9.md")).write_text(activity("Not UTF-8"))
    for done in (cpd("check", "--journal", root), report(root, tmp_path / "out")):
        assert done.code == 1
        for shown in odd.values():
            assert f"activities/{shown}.md:1:1: error CPD109: " in done.out + done.err
        assert "activities/caf\\udce9.md: error CPD804: the file name is not UTF-8" in done.out + done.err
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out + done.err)


ODD_CALLS = (
    "{}",
    "check --journal {}",
    "check --{}",
    "report {}",
    "report summary --period {}",
    "report summary -o {}.x",
    "report summary --folder {}",
)


@pytest.mark.parametrize("call", ODD_CALLS)
def test_words_of_the_command_line_are_shown_as_escapes(tmp_path: Path, call: str) -> None:
    make_journal(tmp_path)
    done = cpd(*call.format("\x1b[31m\u202e").split(), cwd=tmp_path)
    assert "\\u202e" in done.err
    assert not {"\x1b", "\u202e"} & set(done.err)


# --- links ---


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside the journal, with a secret of every kind."""
    place = tmp_path / "outside"
    make_journal(place, {"activities/good.md": activity(CANARY), "x.md": activity(CANARY), "yaml": f"name: {CANARY}\n"})
    (place / "detailed.md.j2").write_text(f"# {CANARY}\n")
    (place / "own.md.j2").write_text(f"# {CANARY}\n")
    (place / "e.png").write_bytes(CANARY.encode())
    return place


LINKS = {
    "activities/x.md": "x.md",
    "activities/folder": "activities",
    "activities/e.png": "e.png",
    "evidence": "",
    "plan": "activities",
    "templates": "",
}


def test_links_that_lead_outside_are_reported_and_not_followed(tmp_path: Path, outside: Path, english: Labels) -> None:
    body = "![one](e.png) ![two](../evidence/e.png) ![three](folder/../e.png)"
    root = make_journal(tmp_path / "journal", {"activities/images.md": activity("Images", body)})
    for link, target in LINKS.items():
        (root / link).symlink_to(outside / target)
    done = cpd("check", cwd=root)
    assert done.code == 1
    codes = dict.fromkeys(LINKS, "CPD802") | dict.fromkeys(("activities/x.md", "activities/folder", "plan"), "CPD114")
    assert {link: reported(done)[link] for link in LINKS} == codes
    html = page(root, tmp_path / "out")
    assert CANARY not in html + done.out + done.err
    assert html.count("<img") == 0
    assert english.count("notices.unread", 2) in html


def test_a_linked_folder_of_templates_is_neither_read_nor_written(tmp_path: Path, outside: Path) -> None:
    root = make_journal(tmp_path / "journal")
    (root / "templates").symlink_to(outside)
    before = names(outside)
    own = report(root, tmp_path / "out", kind="own")
    assert (own.code, own.error, names(tmp_path / "out")) == (2, 'unknown kind of report "own"', [])
    assert "own" not in cpd("report", "--list", "--journal", root).out
    ejected = cpd("report", "detailed", "--eject", "--journal", root)
    assert (ejected.code, names(outside)) == (2, before)
    assert ejected.error.startswith(f"{root / 'templates'} is a symbolic link")


def test_a_linked_template_is_not_used(tmp_path: Path, outside: Path) -> None:
    root = make_journal(tmp_path / "journal")
    (root / "templates").mkdir()
    (root / "templates" / "detailed.md.j2").symlink_to(outside / "detailed.md.j2")
    assert report(root, tmp_path / "out").code == 0
    assert CANARY not in (tmp_path / "out" / NAME).read_text("utf-8")
    assert reported(cpd("check", "--severity", "warning", cwd=root)) == {"templates/detailed.md.j2": "CPD802"}


def test_a_linked_member_is_reported_once_and_not_read(tmp_path: Path, outside: Path) -> None:
    root = make_journal(tmp_path / "journal")
    (root / "cpd.yaml").unlink()
    (root / "cpd.yaml").symlink_to(outside / "yaml")
    done = report(root, tmp_path / "out")
    assert (done.code, names(tmp_path / "out")) == (1, [])
    assert done.error == str(NoMember())
    assert done.err.count("cpd.yaml: error CPD114: this is a symbolic link") == 1
    assert CANARY not in done.err


def test_an_output_that_is_a_link_is_not_written_through(tmp_path: Path, outside: Path) -> None:
    root = make_journal(tmp_path / "journal")
    (tmp_path / NAME).symlink_to(outside / "x.md")
    done = report(root, tmp_path)
    assert (done.code, done.error) == (1, f"cannot write {tmp_path / NAME}: it is a symbolic link")
    assert CANARY in (outside / "x.md").read_text()


# --- files that change during a run ---

TROUBLE = """
import os
real_open, real_read = os.open, os.read
def opened(path, *rest, **named):
    if str(path).endswith("vanishing.md"):
        os.unlink(path)
    return real_open(path, *rest, **named)
def read(handle, count):
    try:
        path = os.readlink(f"/proc/self/fd/{handle}")
    except OSError:
        path = ""
    data = real_read(handle, count)
    if path.endswith("growing.md"):
        with open(path, "a") as file:
            file.write("more")
    return data
os.open, os.read = opened, read
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds a handle's file under /proc")
def test_a_file_that_vanishes_or_changes_while_it_is_read(tmp_path: Path, english: Labels) -> None:
    files = {f"activities/{name}.md": activity(name) for name in ("vanishing", "growing")}
    root = make_journal(tmp_path / "journal", files)
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "sitecustomize.py").write_text(TROUBLE)
    hooks = f"{tmp_path / 'hooks'}{os.pathsep}{os.environ['PYTHONPATH']}"
    done = report(root, tmp_path / "out", env={"PYTHONPATH": hooks})
    assert (done.code, names(tmp_path / "out")) == (1, [NAME])
    assert "activities/vanishing.md: error CPD116: the file was not found" in done.err
    assert "activities/growing.md: error CPD116: the file changed while it was being read" in done.err
    assert english.count("notices.unread", 2) in (tmp_path / "out" / NAME).read_text("utf-8")


# --- many ---


def links(folder: Path, data: str, name: Callable[[int], str]) -> None:
    """Make 50,000 files that need no space: hard links, as many to one file as a disk may allow."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(50_000):
        if number % 30_000 == 0:
            first = folder / name(number)
            first.write_text(data)
        else:
            os.link(first, folder / name(number))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="reads the peak from the system")
def test_many_thousand_files_are_read_in_bounded_memory(tmp_path: Path) -> None:
    root = make_journal(tmp_path / "journal")
    links(root / "activities" / "many", "no fields\n", lambda number: f"{number}.md")
    code, messages, peak = peak_of("check", "--journal", root, folder=tmp_path)
    shutil.rmtree(root)
    assert code == 1
    assert messages.startswith("50,001 activities checked: 50,000 errors")
    assert peak < PEAK, peak
