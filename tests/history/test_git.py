"""What git knows of a journal, from real repositories: honest ones, odd ones, and ones with traps."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cpdkit.history.git import (
    SHORT,
    Commit,
    is_committed,
    newest_commit,
    own_git_folder,
    rename_tracked,
    uncommitted,
    user_setting,
)
from tests.tools import needs

EPOCH = 1773500000
AUTHOR = {
    "GIT_AUTHOR_NAME": "Angharad",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "Angharad",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": f"{EPOCH} +0100",
    "GIT_COMMITTER_DATE": f"{EPOCH} +0100",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
Git = Callable[..., str]


@pytest.fixture(scope="session")
def git_program() -> str:
    return needs("git")


def git_in(root: Path, *args: str, check: bool = True, stdin: str = "") -> str:
    """Plain git, with nothing of what cpdkit does to be safe."""
    done = subprocess.run(
        ["git", *args], cwd=root, env=os.environ | AUTHOR, input=stdin, capture_output=True, text=True, check=check
    )
    return done.stdout.strip()


@pytest.fixture
def repo(tmp_path: Path, git_program: str) -> Path:
    """A repository with one commit of three files, one in a folder."""
    root = tmp_path / "my journal"
    (root / "activities").mkdir(parents=True)
    (root / "cpd.yaml").write_bytes(b"name: Angharad\n")
    (root / "activities" / "ŵ wide\nname.md").write_bytes(b"words\n")
    (root / "big.bin").write_bytes(b"\x00\xff" * 1000)
    git_in(root, "init", "-q", "-b", "main", ".")
    git_in(root, "add", "-A")
    git_in(root, "commit", "-q", "-m", "first")
    return root


FILES = ("cpd.yaml", "activities/ŵ wide\nname.md", "big.bin")


def test_the_commit_and_its_time(repo: Path) -> None:
    commit = newest_commit(repo)
    assert commit == Commit(git_in(repo, "rev-parse", "HEAD"), EPOCH, None)
    assert len(commit.short) == SHORT
    assert commit.hash.startswith(commit.short)


def test_a_journal_below_a_repository_has_its_commit(repo: Path) -> None:
    commit = newest_commit(repo / "activities", ["ŵ wide\nname.md"])
    assert commit == Commit(git_in(repo, "rev-parse", "HEAD"), EPOCH, False)


def test_which_files_are_not_committed_as_they_are(repo: Path, tmp_path: Path) -> None:
    (repo / "cpd.yaml").write_bytes(b"name: Other\n")
    (repo / "new.md").write_bytes(b"")
    assert uncommitted(repo, [*FILES, "new.md", "gone.md"]) == ("cpd.yaml", "new.md", "gone.md")
    assert uncommitted(repo / "activities", ["ŵ wide\nname.md"]) == ()
    assert (is_committed(repo, b"name: Angharad\n"), is_committed(repo, b"name: Other\n")) == (True, False)
    git_in(tmp_path, "init", "-q", "empty")
    for place in (tmp_path / "empty", tmp_path):
        assert (uncommitted(place, FILES), is_committed(place, b"words\n")) == (None, False)


@pytest.mark.parametrize(
    ("change", "dirty"),
    [
        (lambda root: None, False),
        (lambda root: (root / "new.md").write_bytes(b""), False),
        (lambda root: (root / "cpd.yaml").write_bytes(b"name: Angharad L\n"), True),
        (lambda root: (root / "cpd.yaml").write_bytes(b"name: Angharad\r\n"), False),
        (lambda root: (root / "cpd.yaml").unlink(), True),
        (lambda root: git_in(root, "rm", "-q", "--cached", "cpd.yaml"), False),
        (lambda root: os.utime(root / "cpd.yaml", (0, 0)), False),
    ],
    ids=["untouched", "another file", "edited", "line ends", "removed", "unstaged", "touched"],
)
def test_a_changed_file_is_seen_without_looking_at_the_work_tree(
    repo: Path, change: Callable[[Path], object], dirty: bool
) -> None:
    change(repo)
    commit = newest_commit(repo, FILES)
    assert commit is not None
    assert commit.dirty is dirty


def test_a_file_that_was_never_committed_differs(repo: Path) -> None:
    (repo / "new.md").write_bytes(b"")
    commit = newest_commit(repo, ["new.md"])
    assert commit is not None and commit.dirty is True


def test_sha256_repositories(tmp_path: Path, git_program: str) -> None:
    (tmp_path / "a").write_bytes(b"words\n")
    git_in(tmp_path, "init", "-q", "--object-format=sha256", ".")
    git_in(tmp_path, "add", "a")
    git_in(tmp_path, "commit", "-q", "-m", "first")
    commit = newest_commit(tmp_path, ["a"])
    assert commit is not None
    assert (len(commit.hash), commit.dirty) == (64, False)


def test_no_repository_no_commit_and_no_git(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "empty").mkdir()
    git_in(tmp_path / "empty", "init", "-q", ".")
    assert newest_commit(tmp_path / "plain") is None
    assert newest_commit(tmp_path / "empty") is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert newest_commit(repo) is None


def test_a_broken_repository_is_none(repo: Path) -> None:
    (repo / ".git" / "config").write_text("[core\nnonsense")
    assert newest_commit(repo) is None
    shutil.rmtree(repo / ".git")
    (repo / ".git").write_text("gitdir: /nowhere")
    assert newest_commit(repo) is None


def test_a_worktree_made_by_git_has_its_commit(repo: Path, tmp_path: Path) -> None:
    git_in(repo, "worktree", "add", "-q", str(tmp_path / "second"))
    assert newest_commit(tmp_path / "second") == newest_commit(repo)


def test_a_git_that_lies_in_the_journal_is_not_run(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = repo / "bin" / "git"
    own.parent.mkdir()
    own.write_text(f"#!/bin/sh\ntouch '{repo}/sprung'\n")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", f"{own.parent}{os.pathsep}{os.environ['PATH']}")
    assert newest_commit(repo) is None
    assert not (repo / "sprung").exists()


def test_settings_of_the_caller_do_not_lead_elsewhere(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = newest_commit(repo)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    assert newest_commit(repo) == expected is not None


@pytest.fixture
def trap(repo: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A repository whose every setting that names a program names one that leaves a mark, and the marks' folder."""
    marks = tmp_path / "marks"
    marks.mkdir()
    mark = tmp_path / "mark"
    mark.write_text(f'#!/bin/sh\necho "$0 $*" >> "{marks}/sprung"\n')
    mark.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        shutil.copy(mark, hooks / hook)
        shutil.copy(mark, repo / ".git" / "hooks" / hook)
    (repo / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    (repo / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")
    signed = git_in(repo, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
    )
    forged = git_in(repo, "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed + "\n")
    git_in(repo, "update-ref", "refs/heads/main", forged)
    settings = {
        "core.fsmonitor": mark, "core.hooksPath": hooks, "core.pager": mark, "core.editor": mark,
        "core.sshCommand": mark, "core.gitProxy": mark, "core.askPass": mark, "core.alternateRefsCommand": mark,
        "gpg.program": mark, "log.showSignature": "true", "pager.log": mark, "pager.rev-list": mark,
        "pager.ls-tree": mark, "diff.external": mark, "diff.evil.textconv": mark, "diff.evil.command": mark,
        "filter.evil.process": mark, "filter.evil.smudge": mark, "filter.evil.clean": mark,
        "filter.evil.required": "true", "alias.rev-list": f"!{mark}", "alias.ls-tree": f"!{mark}",
        "credential.helper": mark, "uploadpack.packObjectsHook": mark, "protocol.allow": "always",
        "protocol.ext.allow": "always", "remote.evil.url": f"ext::{mark}", "remote.evil.promisor": "true",
        "remote.evil.uploadpack": mark, "extensions.partialClone": "evil", "core.repositoryFormatVersion": "1",
        "trace2.eventTarget": marks / "trace",
    }  # fmt: skip
    for name, value in settings.items():
        git_in(repo, "config", name, str(value))
    for left in marks.iterdir():
        left.unlink()
    return repo, marks


def test_nothing_in_a_repository_runs(trap: tuple[Path, Path]) -> None:
    repo, marks = trap
    commit = newest_commit(repo, FILES)
    assert uncommitted(repo, FILES) == ()
    assert is_committed(repo, b"words\n")
    assert not list(marks.iterdir()), "reading the commit started what the repository names"
    assert commit is not None
    assert (commit.epoch, commit.dirty) == (EPOCH, False)


def test_the_trap_is_a_real_one(trap: tuple[Path, Path]) -> None:
    """The same repository under git as people call it: without this the test above could not fail."""
    repo, marks = trap
    for command in (["status"], ["log", "-1"], ["diff", "HEAD"]):
        git_in(repo, *command, check=False)
        assert (marks / "sprung").exists(), command
        (marks / "sprung").unlink()


def test_an_object_that_is_missing_is_not_fetched(trap: tuple[Path, Path]) -> None:
    repo, marks = trap
    whole = git_in(repo, "rev-parse", "HEAD")
    tree = git_in(repo, "rev-parse", "HEAD^{tree}")
    for name in (tree, whole):
        (repo / ".git" / "objects" / name[:2] / name[2:]).unlink()
        for left in marks.iterdir():
            left.unlink()
        assert newest_commit(repo, FILES) is None
        assert not list(marks.iterdir())
        git_in(repo, "cat-file", "-p", name, check=False)
        assert (marks / "sprung").exists(), "plain git would have fetched it"


def test_a_bare_repository_hidden_in_the_journal_is_none(tmp_path: Path, git_program: str) -> None:
    git_in(tmp_path, "init", "-q", "--bare", "hidden")
    assert newest_commit(tmp_path / "hidden") is None


def test_only_the_users_own_configuration_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = needs("git")
    there = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
    (tmp_path / "home").mkdir()
    for args in (["init", "-q"], ["config", "user.name", "Stranger"]):
        subprocess.run([git, *args], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert user_setting("user.name", there) == ""
    subprocess.run([git, "config", "--global", "user.name", "Angharad Ŵyn"], env=there, check=True)
    assert user_setting("user.name", there) == "Angharad Ŵyn"
    assert user_setting("user.email", there) == ""


def test_a_git_that_is_missing_broken_or_of_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert user_setting("user.name", {"PATH": str(tmp_path)}) == ""
    place = tmp_path / "git"
    place.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 3\n")
    place.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    assert user_setting("user.name", {"PATH": "."}) == ""
    assert not (tmp_path / "ran").exists()
    assert user_setting("user.name", {"PATH": str(tmp_path)}) == ""


@pytest.fixture
def moving(tmp_path: Path) -> Path:
    """A journal in a folder of a repository, with one file committed and one that git does not know."""
    needs("git")
    root = tmp_path / "my journal"
    (root / "activities").mkdir(parents=True)
    (root / "activities" / "ŵ a.md").write_text("words\n")
    git_in(tmp_path, "init", "-q", "-b", "main", ".")
    git_in(tmp_path, "add", "-A")
    git_in(tmp_path, "commit", "-q", "-m", "one")
    (root / "activities" / "b.md").write_text("new\n")
    return root


def test_a_tracked_file_is_known_by_its_new_name_and_others_are_let_be(moving: Path) -> None:
    for old, new in (("ŵ a.md", "2026/ŵ a.md"), ("b.md", "c.md")):
        (moving / "activities" / new).parent.mkdir(exist_ok=True)
        (moving / "activities" / old).rename(moving / "activities" / new)
    moved = {"activities/ŵ a.md": "activities/2026/ŵ a.md", "activities/b.md": "activities/c.md"}
    assert rename_tracked(moving, moved)
    shown = git_in(moving, "-c", "core.quotePath=false", "status", "--short", "--untracked-files=all")
    assert shown.splitlines() == [
        'R  "activities/ŵ a.md" -> "activities/2026/ŵ a.md"',
        "?? activities/c.md",
    ]


def test_what_is_staged_stays_staged_and_the_rest_does_not(moving: Path) -> None:
    place = moving / "activities" / "ŵ a.md"
    place.write_text("staged\n")
    git_in(moving, "add", "-A")
    place.write_text("later\n")
    place.rename(moving / "activities" / "z.md")
    assert rename_tracked(moving, {"activities/ŵ a.md": "activities/z.md"})
    assert git_in(moving, "show", ":./activities/z.md") == "staged"


def test_a_locked_index_is_told_and_left(moving: Path) -> None:
    lock = Path(git_in(moving, "rev-parse", "--absolute-git-dir")) / "index.lock"
    lock.touch()
    assert not rename_tracked(moving, {"activities/ŵ a.md": "activities/z.md"})
    lock.unlink()
    assert git_in(moving, "status", "--short", "--untracked-files=no") == ""


@pytest.mark.parametrize("attributes", [".gitattributes", "my journal/.gitattributes", ".git/info/attributes"])
@pytest.mark.parametrize("driver", ["clean", "smudge", "process"])
@pytest.mark.parametrize("required", ["true", "false"])
def test_no_program_of_the_repository_is_started(moving: Path, attributes: str, driver: str, required: str) -> None:
    top, place = moving.parent, moving / "activities" / "ŵ a.md"
    trap, sprung = top / "trap", top / "sprung"
    trap.write_text(f'#!/bin/sh\ntouch "{sprung}"\ncat\n')
    trap.chmod(0o755)
    for name in ("core.fsmonitor", f"filter.x=y.{driver}"):
        git_in(moving, "config", name, str(trap))
    git_in(moving, "config", "filter.x=y.required", required)
    (top / attributes).write_text("* filter=x=y\n")
    for name in ("post-index-change", "fsmonitor-watchman"):
        hook = top / ".git" / "hooks" / name
        hook.write_bytes(trap.read_bytes())
        hook.chmod(0o755)
    # Git reads what is as new as its index again, through the filters.
    os.utime(top / ".git" / "index", (0, 0))
    other = moving / "activities" / "other.md"
    place.rename(other)
    before = (top / ".git" / "index").stat().st_mtime_ns
    assert rename_tracked(moving, {"activities/ŵ a.md": "activities/other.md"})
    assert not sprung.exists()
    assert (top / ".git" / "index").stat().st_mtime_ns == before
    assert git_in(moving, "ls-files").splitlines() == ["activities/other.md"]


def test_a_change_as_new_as_the_index_is_still_seen(moving: Path) -> None:
    place, index = moving / "activities" / "c.md", moving.parent / ".git" / "index"
    place.write_text("one\n")
    git_in(moving, "add", "activities/c.md")
    at = place.stat().st_mtime_ns
    place.write_text("two\n")
    for path in (place, index):
        os.utime(path, ns=(at, at))
    assert rename_tracked(moving, {"activities/ŵ a.md": "activities/z.md"})
    assert "AM activities/c.md" in git_in(moving, "status", "--short", "activities/c.md")


Disguise = Callable[[Path, Path], object]


def gitdir(journal: Path, target: str | Path) -> None:
    (journal / ".git").write_text(f"gitdir: {target}\n")


def index_is_a_link(journal: Path, other: Path) -> None:
    shutil.copytree(other / ".git", journal / ".git")
    (journal / ".git" / "index").unlink()
    (journal / ".git" / "index").symlink_to(other / ".git" / "index")


def leads_to_another_repository(journal: Path, other: Path) -> None:
    shutil.copytree(other / ".git", journal / ".git")
    (journal / ".git" / "commondir").write_text(f"{other}/.git\n")


def leads_there_by_a_link(journal: Path, other: Path) -> None:
    (journal / "link").symlink_to(other / ".git")
    gitdir(journal, "link")


def leads_to_a_worktree(journal: Path, other: Path) -> None:
    git_in(other, "worktree", "add", "-q", "-b", "third", str(journal.with_name(f"{journal.name} third")))
    (worktree,) = (other / ".git" / "worktrees").iterdir()
    gitdir(journal, worktree)


DISGUISES: list[Disguise] = [
    lambda journal, other: gitdir(journal, other / ".git"),
    lambda journal, other: gitdir(journal, f"../{other.name}/.git"),
    lambda journal, other: (journal / ".git").symlink_to(other / ".git"),
    leads_there_by_a_link,
    leads_to_a_worktree,
    index_is_a_link,
    leads_to_another_repository,
]


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("below", ["", "inside"])
def test_the_index_of_another_repository_is_not_written(moving: Path, disguise: Disguise, below: str) -> None:
    other = moving.parent
    journal = other.parent / f"{other.name} stranger"
    root = journal / below / "my journal"
    shutil.copytree(moving, root)
    disguise(journal, other)
    index = other / ".git" / "index"
    before, others = index.read_bytes(), sorted(path for path in other.rglob("*"))
    assert own_git_folder(root) is None
    is_written = rename_tracked(root, MOVED)
    # Git lists the file only where the journal has the same place in the other repository.
    assert is_written is bool(below)
    assert (index.read_bytes(), sorted(path for path in other.rglob("*"))) == (before, others)


MOVED = {"activities/ŵ a.md": "activities/z.md"}


def test_a_real_worktree_and_a_submodule_are_written(moving: Path) -> None:
    top = moving.parent
    second = top.parent / f"{top.name} second"
    git_in(top, "worktree", "add", "-q", "-b", "second", str(second))
    whole = top.parent / f"{top.name} whole"
    whole.mkdir()
    git_in(whole, "init", "-q")
    git_in(whole, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(top), "inside")
    for place in (second, whole / "inside"):
        assert own_git_folder(place / "my journal")
        assert rename_tracked(place / "my journal", MOVED)
        assert git_in(place, "ls-files").splitlines() == ["my journal/activities/z.md"]
    assert git_in(top, "ls-files", "-z").rstrip("\0") == "my journal/activities/ŵ a.md"


def test_without_git_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert rename_tracked(tmp_path, {"a": "b"})
