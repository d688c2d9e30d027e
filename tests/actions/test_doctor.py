"""The diagnosis of a journal: real folders, with and without a repository."""

import locale
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cpdkit.actions import doctor
from cpdkit.actions.doctor import (
    Finding,
    Level,
    is_lacking,
    journal_findings,
    missing,
    note,
    of_completion,
    of_conflicts,
    of_fonts,
    of_git_program,
    of_office,
    of_other_cpd,
    of_packages,
    of_pandoc,
    of_terminal,
    of_today,
    ok,
    why_this_journal,
)
from cpdkit.actions.leftovers import Leftover
from cpdkit.history.git import git_output
from tests.journal.folders import GOOD, journal_of, write
from tests.tools import needs


def signs(root: Path, now: float | None = None, left: tuple[Leftover, ...] = ()) -> dict[str, tuple[Level, str]]:
    found = journal_findings(root, "set by --journal", left, time.time() if now is None else now)
    return {each.name: (each.level, each.text) for each in found}


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    needs("git")
    journal_of(tmp_path, {"activities/a.md": GOOD, ".gitattributes": "*.md text=auto\n"})
    for args in (("init", "-q"), ("add", "."), ("commit", "-qm", "A")):
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *args], cwd=tmp_path, check=True)
    return tmp_path


def test_a_journal_without_a_repository(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "activities/b.md": "broken", "evidence/a.pdf": b"x"})
    found = signs(tmp_path, left=(Leftover("activities/.cpdkit-0.tmp", 1, 7200),))
    expected = "1 activity, 1 piece of evidence; cannot read 1 file (activities/b.md)"
    assert found["files"] == (Level.NOTE, expected)
    assert (found["git"][0], found["letter case"][0]) == (Level.NOTE, Level.OK)
    assert found["leftovers"] == (Level.NOTE, "1 temporary file of an interrupted run: activities/.cpdkit-0.tmp")
    assert found["place"] == (Level.OK, f"{tmp_path}: set by --journal")


def test_a_journal_that_is_committed(committed: Path) -> None:
    found = signs(committed)
    assert found["commits"] == (Level.OK, "all 2 records are committed and unchanged")
    assert set(found) == {"place", "files", "commits", "letter case", "inbox"}


def test_what_is_not_committed_and_clocks_that_were_wrong(committed: Path) -> None:
    write(committed, "activities/a.md", GOOD + "\nMore.\n")
    write(committed, "activities/b.md", GOOD)
    (committed / ".gitattributes").unlink()
    found = signs(committed, now=0)
    level, text = found["commits"]
    assert (level, text.endswith("2 files (activities/a.md, activities/b.md)")) == (Level.NOTE, True)
    assert found["clock"] == (Level.NOTE, "the newest commit and the newest file are dated in the future")
    assert found["line endings"][0] is Level.NOTE


def test_hooks_are_seen_and_not_run(committed: Path) -> None:
    write(committed, ".pre-commit-config.yaml", "repos: []\n")
    assert signs(committed)["hooks"][0] is Level.NOTE
    hook = write(committed, ".git/hooks/pre-commit", f"#!/bin/sh\ntouch {committed}/ran\n")
    hook.chmod(0o755)
    assert signs(committed)["hooks"][0] is Level.OK
    assert not (committed / "ran").exists()


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git = needs("git")
    journal_of(tmp_path, {})
    subprocess.run([git, "init", "-q"], cwd=tmp_path, check=True)
    assert signs(tmp_path)["commits"][0] is Level.NOTE


def test_why_it_is_this_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert why_this_journal(Path("x"), tmp_path, {"CPD_JOURNAL": "y"}) == "set by --journal"
    assert why_this_journal(None, tmp_path, {"CPD_JOURNAL": "y"}) == "set by $CPD_JOURNAL"
    assert why_this_journal(None, tmp_path, {}) == "the current folder, or the nearest journal above it"
    assert why_this_journal(None, tmp_path / "deep" / "journal", {}) == "./journal"


posix = pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts here")


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    place = folder / name
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    return place


def reported(finding: Finding) -> tuple[str, str, Level]:
    return finding.name, finding.text, finding.level


def test_what_this_project_is_tested_with_is_here() -> None:
    found = {each.name: each for each in doctor.programs(None)}
    needed = ("Python", "cpdkit", "Pandoc", "Typst", "fonts", "libyaml")
    assert {name: found[name].level for name in needed} == dict.fromkeys(needed, Level.OK)
    assert found["Pandoc"].text == "3.9, the tested version, from the package pypandoc_binary"


@posix
@pytest.mark.parametrize(
    ("script", "level", "expected"),
    [
        ("echo pandoc 3.1", Level.NOTE, "3.1, but cpdkit is tested with 3.9"),
        ("echo pandoc 3.9", Level.OK, "3.9, the tested version, set by $CPD_PANDOC"),
        ("echo no library >&2; exit 127", Level.MISSING, "pandoc failed with code 127: no library"),
    ],
)
def test_another_pandoc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, level: Level, expected: str
) -> None:
    monkeypatch.setenv("CPD_PANDOC", str(program(tmp_path, "pandoc", script)))
    found = of_pandoc()
    assert (found.level, found.text.startswith(expected)) == (level, True)
    assert level is Level.OK or "CPD_PANDOC" in found.remedy


def test_no_pandoc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CPD_PANDOC", str(tmp_path / "none"))
    assert of_pandoc().level is Level.MISSING
    assert "pip install pypandoc_binary==" in of_pandoc().remedy


@posix
def test_a_typst_that_is_missing_or_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for script, expected in (
        ("echo \"No module named 'typst'\" >&2; exit 1", "the Python package typst is not installed"),
        ("kill -11 $$", "typst was killed by signal 11"),
    ):
        monkeypatch.setattr(sys, "executable", str(program(tmp_path, "python", script)))
        found = doctor.of_typst()
        assert reported(found) == ("Typst", expected, Level.MISSING)
        assert found.remedy.startswith("pip install typst==")


def test_what_python_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["click<9,>=8.2", "no-such-thing-at-all>=1", 'neither-this; extra == "dev"']
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda name: wanted)
    assert reported(of_packages()) == ("packages", "not installed: no-such-thing-at-all", Level.MISSING)
    assert of_fonts().level is Level.OK


def test_names_that_mislead() -> None:
    assert list(of_conflicts({"pypandoc_binary": "1.17"})) == []
    (other,) = of_conflicts({"pandoc": "2.4", "pypandoc_binary": "1.17"})
    assert "pip uninstall pandoc" in other.remedy
    (both,) = of_conflicts({"pypandoc": "1.15", "pypandoc_binary": "1.17"})
    assert "overwrite each other" in both.text


@posix
def test_another_program_called_cpd(tmp_path: Path) -> None:
    other = program(tmp_path, "cpd", "")
    (found,) = of_other_cpd({"PATH": str(tmp_path)})
    assert str(other) in found.text
    assert list(of_other_cpd({"PATH": str(Path(sys.executable).parent)})) == []


def test_what_uv_and_pipx_put_into_the_path_is_this_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(tmp_path / "environment", "cpd", "")
    monkeypatch.setattr(sys, "executable", str(own.with_name("python")))
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "cpd").symlink_to(own)
    copy = program(tmp_path / "copy", "cpd", "")
    assert list(of_other_cpd({"PATH": str(tmp_path / "link")}, str(own))) == []
    assert list(of_other_cpd({"PATH": str(tmp_path / "copy")}, f"{copy}.exe")) == []
    assert len(list(of_other_cpd({"PATH": str(tmp_path / "copy")}, str(own)))) == 1


@posix
def test_git_is_no_need_and_never_the_journals_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (none,) = of_git_program(None, {"PATH": str(tmp_path)})
    assert (none.level, none.text.startswith("not found, but not required")) == (Level.OK, True)
    trap = f"touch {tmp_path}/ran"
    program(tmp_path / "bin", "git", trap)
    monkeypatch.chdir(tmp_path)
    for path, words in ((str(tmp_path / "bin"), "is not run"), ("bin", "not found"), (".", "not found")):
        (found,) = of_git_program(tmp_path, {"PATH": path})
        assert words in found.text
    assert not (tmp_path / "ran").exists()
    (broken,) = of_git_program(None, {"PATH": str(program(tmp_path / "other", "git", "exit 3").parent)})
    assert (broken.level, broken.text) == (Level.NOTE, "git failed with code 3")


def test_whose_commits_these_are(tmp_path: Path) -> None:
    git = needs("git")
    there = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}
    assert [reported(each)[1] for each in of_git_program(None, there)][1].startswith("user.name and user.email not set")
    git_output(git, tmp_path, "init", "--quiet")
    git_output(git, tmp_path, "config", "user.name", "Angharad")
    (_, found) = of_git_program(tmp_path, there)
    assert (found.text.startswith("user.email not set"), found.remedy) == (True, 'git config --global user.email "…"')
    (_, found) = of_git_program(tmp_path, there | {"GIT_AUTHOR_EMAIL": "a@example.org"})
    assert reported(found) == ("git user", "Angharad <a@example.org>", Level.OK)


@posix
def test_an_office_is_looked_for_and_not_started(tmp_path: Path) -> None:
    assert of_office({"PATH": str(tmp_path)}).level is Level.OK
    place = program(tmp_path, "soffice", f"touch {tmp_path}/ran")
    assert of_office({"PATH": str(tmp_path)}).text == str(place)
    assert not (tmp_path / "ran").exists()


def test_only_what_is_needed_can_be_missing() -> None:
    signs = [ok("a", "is here"), note("b", "is odd", "mend it"), missing("c", "is gone", "get it")]
    assert [each.level for each in signs] == [Level.OK, Level.NOTE, Level.MISSING]
    assert (is_lacking(signs), is_lacking(signs[:2]), is_lacking([])) == (True, False, False)


@pytest.mark.skipif(sys.platform == "win32", reason="home is named otherwise there")
def test_completion_is_found_where_the_shell_looks(tmp_path: Path) -> None:
    there = {"SHELL": "/bin/bash", "HOME": str(tmp_path)}
    found = of_completion(there)
    assert (found.level, found.remedy) == (Level.NOTE, 'add to ~/.bashrc: eval "$(cpd completion bash)"')
    for line in ("cpd completion bash", "_CPD_COMPLETE=bash_source cpd"):
        (tmp_path / ".bashrc").write_text(f'eval "$({line})"\n')
        assert of_completion(there).level is Level.OK
    fish = of_completion(there | {"SHELL": "/usr/bin/fish"})
    assert fish.remedy.endswith("cpd.fish: cpd completion fish | source")
    assert of_completion({"SHELL": "/bin/tcsh"}).level is Level.OK
    assert of_completion({}).level is Level.OK


def test_a_terminal_of_another_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getencoding", lambda: "ISO-8859-1")
    found = of_terminal(80, False)
    assert (found.level, found.text) == (
        Level.NOTE,
        "80 columns, without colour, ISO-8859-1, but cpdkit writes UTF-8",
    )
    monkeypatch.setattr(locale, "getencoding", lambda: "UTF-8")
    assert of_terminal(0, True).level is Level.OK


def test_a_day_that_is_set_is_named() -> None:
    assert [each.name for each in of_today({"CPD_TODAY": "2026-11-24"})] == ["today"]
    assert list(of_today({})) == []
