"""Bad environments: no journal, nowhere to write, odd settings. Each has one message and its exit code."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cpdkit.documents.templating.labels import Labels
from tests.program import Done, activity, cpd, make_journal, names, refused, report, start, wanted

NAME = "angharad-llywelyn-detailed-2026.html"


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_journal(tmp_path_factory.mktemp("here") / "journal")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Return a function that mounts a small disk with some options. Only root can."""
    place = tmp_path / "disk"
    place.mkdir()

    def made(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")
        return place

    yield made
    if os.path.ismount(place):
        subprocess.run(["umount", str(place)], check=True)


# --- no journal, nothing to report ---


@pytest.mark.parametrize("command", [["check"], ["report", "summary"]])
def test_without_a_journal_the_hint_is_cpd_init(command: list[str], tmp_path: Path) -> None:
    done = cpd(*command, cwd=tmp_path)
    refused(done, 2, tmp_path, "cpd.yaml")
    assert names(tmp_path) == []
    assert "cpd init" in done.err


def test_a_named_journal_that_is_not_there(tmp_path: Path) -> None:
    done = report(tmp_path / "none", tmp_path / "out")
    refused(done, 2, tmp_path / "none", "cpd.yaml")
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["summary", "detailed"])
def test_a_report_of_a_period_without_activities(journal: Path, tmp_path: Path, kind: str, english: Labels) -> None:
    done = report(journal, tmp_path, "--period", "2001", kind=kind, formats="html,docx,pdf")
    assert (done.code, len(names(tmp_path))) == (0, 3)
    assert "0 activities" in done.err
    html = (tmp_path / f"angharad-llywelyn-{kind}-2001.html").read_text("utf-8")
    assert english("notices.nothing") in html
    assert english.count("counts.outside", 1) in html


def test_a_journal_without_activities_is_a_valid_report(tmp_path: Path) -> None:
    root = make_journal(tmp_path / "journal")
    (root / "activities" / "good.md").unlink()
    done = report(root, tmp_path / "out")
    assert (done.code, names(tmp_path / "out")) == (0, [NAME])
    assert "0 activities" in done.err


# --- nowhere to write ---


def test_a_missing_folder_is_made(journal: Path, tmp_path: Path) -> None:
    assert report(journal, tmp_path / "a" / "b c").code == 0
    assert names(tmp_path / "a" / "b c") == [NAME]


def test_a_file_in_the_folders_place(journal: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("mine")
    for folder in (place, place / "x"):
        refused(report(journal, folder), 1, folder)
    assert place.read_text() == "mine"


def test_a_folder_in_the_files_place_leaves_nothing_written(journal: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    done = report(journal, tmp_path, formats="md,html,docx")
    refused(done, 1, tmp_path / NAME, "folder")
    assert names(tmp_path) == [NAME]


def test_a_read_only_disk(journal: Path, disk: Callable[[str], Path]) -> None:
    place = disk("ro")
    done = report(journal, place)
    refused(done, 1, place / NAME, "read-only")


def test_a_folder_without_the_right_to_write(journal: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root can write everywhere")
    tmp_path.chmod(0o500)
    done = report(journal, tmp_path)
    tmp_path.chmod(0o700)
    refused(done, 1, tmp_path / NAME)


def test_a_read_only_file_is_not_replaced(journal: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("kept")
    (tmp_path / NAME).chmod(0o400)
    done = report(journal, tmp_path)
    if os.geteuid():
        refused(done, 1, tmp_path / NAME, "read-only")
    assert names(tmp_path) == [NAME]


def test_a_full_disk_leaves_what_was_there(journal: Path, disk: Callable[[str], Path]) -> None:
    place = disk("size=16k")
    (place / NAME).write_text("the old report")
    done = report(journal, place, formats="html,docx")
    refused(done, 1, f"{place}/", "full")
    assert (names(place), (place / NAME).read_text()) == ([NAME], "the old report")


def test_a_file_larger_than_is_allowed(journal: Path, tmp_path: Path) -> None:
    done = report(journal, tmp_path, before="import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))")
    refused(done, 1, tmp_path / NAME)
    assert names(tmp_path) == []


def test_a_name_that_is_too_long(journal: Path, tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".html")
    done = cpd("report", "detailed", "--journal", journal, "-o", path)
    refused(done, 1, path)


# --- stdout, stdin, the environment ---


def test_a_full_stdout_is_reported_and_the_report_is_written(journal: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = report(journal, tmp_path, stdout=full)
    assert (done.code, names(tmp_path)) == (1, [NAME])
    assert "standard output" in done.error


@pytest.mark.parametrize("command", [["--help"], ["check", "--help"], ["--version"], ["report", "--list"]])
def test_every_command_reports_a_full_stdout(command: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = cpd(*command, stdout=full, cwd=tmp_path)
    assert done.code == 1
    assert "standard output" in done.error


def test_a_full_stderr_does_no_harm(tmp_path: Path) -> None:
    root = make_journal(tmp_path, {"activities/bad.md": "no fields"})
    with Path("/dev/full").open("wb") as full:
        done = cpd("check", "--journal", root, stderr=full)
    assert done.code == 1
    assert "CPD109" in done.out


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_streams_do_no_harm(journal: Path, tmp_path: Path, closed: tuple[int, ...]) -> None:
    close = f"import os; [os.close(number) for number in {closed}]"
    done = report(journal, tmp_path, formats="html,docx,pdf", before=close, stdin=None)
    assert (done.code, len(names(tmp_path))) == (0, 3)
    assert all(path.stat().st_size > 2000 for path in tmp_path.iterdir())


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    root = make_journal(tmp_path, {"activities/bad.md": "no fields"})
    reading, writing = os.pipe()
    os.close(reading)
    done = cpd("check", "--journal", root, stdout=writing)
    os.close(writing)
    assert done.code == 141
    assert "cpd:" not in done.err


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done, bytes]:
    """A journal with a non-ASCII error; the result of its report in a usual environment, and the file."""
    place = tmp_path_factory.mktemp("usual")
    root = make_journal(place / "journal", {"activities/bad.md": "Größe"})
    done = report(root, place / "out")
    assert "Größe" in done.err
    return root, done, (place / "out" / NAME).read_bytes()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOME", None),
        ("TZ", "Nowhere/Odd:99"),
        ("LANG", "C"),
        ("LC_ALL", "xx_YY.ISO-8859-1"),
        ("PATH", None),
        ("TMPDIR", "/nowhere"),
        ("PYTHONUTF8", "0"),
    ],
)
def test_an_odd_environment_changes_nothing(
    usual: tuple[Path, Done, bytes], tmp_path: Path, name: str, value: str | None
) -> None:
    root, plain, data = usual
    odd = report(root, tmp_path, env={name: value})
    assert (odd.code, odd.err) == (plain.code, plain.err)
    assert (tmp_path / NAME).read_bytes() == data


@pytest.mark.parametrize("value", ["soon", "-1", "1.5", "9" * 30])
def test_a_malformed_source_date_epoch(journal: Path, tmp_path: Path, value: str) -> None:
    done = report(journal, tmp_path, env={"SOURCE_DATE_EPOCH": value})
    refused(done, 2, "SOURCE_DATE_EPOCH", value)
    assert names(tmp_path) == []


@pytest.mark.parametrize("value", ["tomorrow", "2026-02-30", "14/03/2026"])
def test_a_malformed_today(journal: Path, tmp_path: Path, value: str) -> None:
    done = report(journal, tmp_path, env={"CPD_TODAY": value})
    refused(done, 2, "CPD_TODAY", value)
    assert names(tmp_path) == []


# --- the current folder, and the folder of the journal ---


GONE = "import os; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')"


def test_a_deleted_current_folder_is_reported(tmp_path: Path) -> None:
    for args in (["check"], ["report", "detailed"], ["check", "x.md"]):
        refused(cpd(*args, before=GONE, cwd=tmp_path), 2, "folder")


def test_a_deleted_current_folder_does_not_matter_where_all_is_named(journal: Path, tmp_path: Path) -> None:
    done = report(journal, tmp_path / "out", formats="html,pdf", before=GONE, cwd=tmp_path)
    assert (done.code, done.err, len(names(tmp_path / "out"))) == (0, "", 2)


@pytest.mark.parametrize("name", ['it\'s a "journal"', "żółć 日本", "-dash", "$HOME `x`;&*", "a\nb"])
def test_a_journal_at_an_odd_place(tmp_path: Path, name: str) -> None:
    make_journal(tmp_path / name)
    done = report(Path(name), Path(name) / "my out", formats="html,docx,pdf", cwd=tmp_path)
    assert (done.code, done.err, len(names(tmp_path / name / "my out"))) == (0, "", 3)
    assert cpd("check", cwd=tmp_path / name).code == 0  # the reports in it are known


def test_a_journal_that_is_a_link(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(journal)
    done = report(tmp_path / "link", tmp_path / "out")
    assert (done.code, done.err, names(tmp_path / "out")) == (0, "", [NAME])
    assert cpd("check", tmp_path / "link" / "activities" / "good.md").code == 0


def test_two_reports_at_once_into_the_same_folder(tmp_path: Path) -> None:
    root = make_journal(tmp_path / "journal", {f"activities/{n}.md": activity(f"No {n}") for n in range(20)})
    args = wanted(root, tmp_path / "out", "html,docx,pdf")
    running = [start(*args) for _ in range(3)]
    assert [(each.communicate(timeout=60)[1], each.returncode) for each in running] == [(b"", 0)] * 3
    together = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert cpd(*args).code == 0
    assert together == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
