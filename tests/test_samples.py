"""Every code has a sample that produces it and only it; one file lists the messages of all samples."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cpdkit.checks.engine import check_journal
from cpdkit.checks.formats.text import diagnostics_text
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic
from cpdkit.journal import paths
from cpdkit.journal.load import load
from cpdkit.text.files import Skip
from tests.checks.checking import TODAY
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

SAMPLES = Path(__file__).parent / "samples"
MESSAGES = SAMPLES / "messages.txt"
SAMPLE_FILES = sorted(path for path in SAMPLES.iterdir() if path.name.startswith("CPD"))


def place_sample(sample: Path, root: Path) -> None:
    """Make a journal of a sample: a whole one, a cpd.yaml, or an activity."""
    if sample.is_dir():
        shutil.copytree(sample, root, dirs_exist_ok=True)
    elif sample.suffix == ".yaml":
        shutil.copy(sample, root / "cpd.yaml")
    else:
        write(root, "cpd.yaml", MEMBER)
        (root / "activities").mkdir()
        shutil.copy(sample, root / "activities" / "course.md")


def too_large(root: Path) -> None:
    write(root, "activities/course.md", GOOD + "words " * 800_000)


def long_front_matter(root: Path) -> None:
    write(root, "activities/course.md", GOOD.replace("hours: 2", "hours: 2\nbenefit: " + "words " * 12_000))


def named_pipe(root: Path) -> None:
    (root / "activities").mkdir()
    os.mkfifo(root / "activities/course.md")


def link_of_record(root: Path) -> None:
    write(root, "activities/course.md", GOOD)
    (root / "activities/again.md").symlink_to("course.md")


def many_values(root: Path) -> None:
    write(root, "activities/course.md", GOOD.replace("hours: 2", f"hours: 2\nx-table: [{'1, ' * 5_000}]"))


def link_of_folder(root: Path) -> None:
    write(root, "activities/course.md", GOOD)
    (root / "evidence").mkdir()
    (root / "evidence/more").symlink_to("/usr/share")


def invisible_name(root: Path) -> None:
    write(root, "activities/relay\ncourse.md", GOOD)


def name_not_utf8(root: Path) -> None:
    (root / "activities").mkdir()
    with open(os.fsencode(root) + b"/activities/caf\xe9.md", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(GOOD)


def colliding_names(root: Path) -> None:
    write(root, "evidence/certificate.pdf", "")
    write(root, "evidence/Certificate.pdf", "")
    write(root, "activities/course.md", record(FIELDS + "evidence: [certificate.pdf, Certificate.pdf]\n"))


def name_that_windows_keeps(root: Path) -> None:
    write(root, "activities/con.md", GOOD)


def long_path(root: Path) -> None:
    write(root, f"activities/{'/'.join(['a folder of many courses'] * 8)}/course.md", GOOD)


def in_the_cloud(root: Path) -> None:
    write(root, "activities/.course.md.icloud", b"bplist00")


def conflict_copy(root: Path) -> None:
    write(root, "activities/course.md", GOOD)
    write(root, "activities/course (Ann's conflicted copy 2026-03-15).md", GOOD.replace("day of", "week of"))


def half_downloaded(root: Path) -> None:
    write(root, "activities/course.md.crdownload", GOOD[:40])


def lonely_conflict_copy(root: Path) -> None:
    write(root, "activities/course.sync-conflict-20260315-101010-ABCDEFG.md", GOOD)


MADE: dict[str, Callable[[Path], None]] = {
    "CPD111": too_large,
    "CPD112": long_front_matter,
    "CPD113": named_pipe,
    "CPD114": link_of_record,
    "CPD137": many_values,
    "CPD802": link_of_folder,
    "CPD803": invisible_name,
    "CPD804": name_not_utf8,
    "CPD810": colliding_names,
    "CPD811": name_that_windows_keeps,
    "CPD812": long_path,
    "CPD813": in_the_cloud,
    "CPD814": conflict_copy,
    "CPD815": half_downloaded,
    "CPD816": lonely_conflict_copy,
}
ON_THEIR_OWN = {"CPD115", "CPD116"}


def diagnostics_of(root: Path) -> list[Diagnostic]:
    return list(check_journal(root, day=TODAY).diagnostics)


@pytest.mark.parametrize("sample", SAMPLE_FILES, ids=lambda path: path.stem)
def test_each_sample_gives_its_code_and_only_it(sample: Path, tmp_path: Path) -> None:
    place_sample(sample, tmp_path)
    assert {each.code for each in diagnostics_of(tmp_path)} == {sample.stem}


@pytest.mark.parametrize("code", MADE)
def test_what_no_file_of_a_repository_can_be(code: str, tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    MADE[code](tmp_path)
    diagnostics = diagnostics_of(tmp_path)
    assert [each.code for each in diagnostics] == [code]
    assert diagnostics[0].message
    assert all(line.isprintable() for line in diagnostics_text(diagnostics).split("\n"))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read everything."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(was)


def test_a_file_without_permission() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        write(root, "cpd.yaml", MEMBER)
        write(root, "activities/course.md", GOOD)
        write(root, "activities/closed/other.md", GOOD)
        (root / "activities/course.md").chmod(0)
        (root / "activities/closed").chmod(0)
        with as_nobody():
            diagnostics, unread = diagnostics_of(root), load(root).unread
        assert [each.code for each in diagnostics] == ["CPD115", "CPD115"]
        assert unread == ("activities/closed", "activities/course.md")
        (root / "activities/closed").chmod(0o755)


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/course.md", GOOD)
    write(tmp_path, "activities/gone.md", GOOD)

    def vanishing(_: object) -> Skip:
        """Deletes a file after it was listed: the skip is checked for each name of a folder that is already listed."""

        def skip(path: str, _name: str, _folder: bool) -> bool:
            if path == "activities/gone.md":
                (tmp_path / path).unlink()
            return False

        return skip

    monkeypatch.setattr(paths, "skipper", vanishing)
    diagnostics = diagnostics_of(tmp_path)
    assert [(each.path, each.code) for each in diagnostics] == [("activities/gone.md", "CPD116")]


def test_every_code_has_a_sample() -> None:
    assert {path.stem for path in SAMPLE_FILES} | set(MADE) | ON_THEIR_OWN == set(CODES)


def test_the_messages_of_the_samples_are_kept(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    parts = []
    for sample in SAMPLE_FILES:
        root = tmp_path / sample.stem
        root.mkdir()
        place_sample(sample, root)
        parts.append(diagnostics_text(diagnostics_of(root)) + "\n")
    text = "\n".join(parts)
    if pytestconfig.getoption("update_golden", False):
        MESSAGES.write_text(text, encoding="utf-8")
    assert MESSAGES.read_text(encoding="utf-8") == text
