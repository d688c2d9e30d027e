"""What an interrupted run leaves: found wherever it is, and removed only where nothing is lost with it."""

import os
import time
from pathlib import Path

import pytest

from cpdkit.actions.leftovers import OLD_ENOUGH, clear, leftovers
from tests.journal.folders import GOOD, journal_of, write
from tests.tools import needs

NAME = ".cpdkit-0123456789abcdef.tmp"
LATER = OLD_ENOUGH + 60


def later() -> float:
    """The time at which what is written now is old enough."""
    return time.time() + LATER


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        (GOOD, True),
        ("", True),
        (GOOD[:60], True),
        (GOOD + "More.\n", False),
        ("what somebody saved in that moment\n", False),
    ],
)
def test_only_what_stands_elsewhere_goes(tmp_path: Path, text: str, removed: bool) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, f"activities/{NAME}": text})
    found = leftovers(tmp_path, later())
    assert [each.path for each in found] == [f"activities/{NAME}"]
    tried = clear(tmp_path, found, dry_run=True)
    assert (tmp_path / "activities" / NAME).exists()
    done = clear(tmp_path, found)
    assert tried == done
    assert (done.removed, done.kept) == (((f"activities/{NAME}",), ()) if removed else ((), (f"activities/{NAME}",)))
    assert (tmp_path / "activities" / NAME).exists() is not removed
    assert (tmp_path / "activities/a.md").read_text() == GOOD


def test_one_leftover_is_no_copy_of_another(tmp_path: Path) -> None:
    other = NAME.replace("0", "1")
    journal_of(tmp_path, {f"plan/{NAME}": "only here", f"plan/{other}": "only here"})
    assert len(clear(tmp_path, leftovers(tmp_path, later())).kept) == 2


def test_what_is_new_or_was_dated_back_is_kept(tmp_path: Path) -> None:
    journal_of(tmp_path, {NAME: ""})
    os.utime(tmp_path / NAME, (0, 0))
    done = clear(tmp_path, leftovers(tmp_path, time.time()))
    assert (done.young, (tmp_path / NAME).exists()) == ((NAME,), True)


def test_other_names_links_and_what_is_gits_are_none(tmp_path: Path) -> None:
    journal_of(tmp_path, {f".git/{NAME}": "", ".cpdkit-1.tmp": "", f"x{NAME}": "", f"{NAME}.md": ""})
    write(tmp_path, f".schemas/{NAME}", "")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / NAME).symlink_to(tmp_path / "cpd.yaml")
    assert [each.path for each in leftovers(tmp_path, later())] == [f".schemas/{NAME}"]


def test_what_the_newest_commit_has_may_go(tmp_path: Path) -> None:
    needs("git")
    journal_of(tmp_path, {"activities/a.md": GOOD})
    identity = "-c user.name=A -c user.email=a@example.org"
    assert os.system(f"cd {tmp_path} && git init -q && git add . && git {identity} commit -qm A") == 0  # noqa: S605
    write(tmp_path, "activities/a.md", GOOD + "\nMore.\n")
    write(tmp_path, f"activities/{NAME}", GOOD)
    write(tmp_path, f"plan/{NAME}", GOOD)
    assert len(clear(tmp_path, leftovers(tmp_path, later())).removed) == 2
