"""What other programs run cpdkit by: pre-commit's hooks, the GitHub action and the GitLab job, each run for real."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "how-to" / "use-in-ci.md").read_text("utf-8")
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
PRE_COMMIT, GITHUB, GITLAB = SNIPPETS
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
WRONG = "---\ntitle: A lecture\ntype: event\nstart: 2026-02-30\nhours: 2\n---\n\nText.\n"


@pytest.fixture
def tools(tmp_path: Path) -> dict[str, str]:
    """An environment in which `cpd` is this checkout's and `pip` installs nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "cpd").write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m cpdkit "$@"\n')
    (folder / "python").write_text(f'#!/bin/sh\n[ "$2" = pip ] && exit 0\nexec "{sys.executable}" "$@"\n')
    for each in folder.iterdir():
        each.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CPD_", "GITHUB_", "GIT_"))}
    return {**kept, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "CPD_TODAY": "2026-11-23"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository whose folder journal/ is the example."""
    root = tmp_path / "repository"
    shutil.copytree(ROOT / "journal", root / "journal")
    for args in (
        ["init", "-q"],
        ["config", "user.email", "a@example.org"],
        ["config", "user.name", "A"],
        ["add", "-A"],
    ):
        subprocess.run(["git", *args], cwd=root, check=True)
    return root


def bash(script: str, cwd: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a script as GitHub's runner does."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


def validated(schema: str, text: str, tmp_path: Path) -> str:
    """Return what check-jsonschema reports against a schema that it includes; empty for a valid file."""
    file = tmp_path / "file.yml"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("vendor.github-actions", (ROOT / "action.yml").read_text("utf-8")),
        ("vendor.github-workflows", GITHUB),
        ("vendor.gitlab-ci", GITLAB),
    ],
)
def test_the_files_are_what_their_readers_take(schema: str, text: str, tmp_path: Path) -> None:
    assert validated(schema, text, tmp_path) == ""


def test_a_wrong_file_would_be_refused(tmp_path: Path) -> None:
    assert "errors were encountered" in validated(
        "vendor.github-actions", "name: a\ndescription: b\nruns: {using: composite}\n", tmp_path
    )


def test_pre_commit_takes_the_hooks(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    named = {hook["id"] for repo in yaml.safe_load(PRE_COMMIT)["repos"] for hook in repo["hooks"]}
    assert named <= {hook["id"] for hook in HOOKS}


def pre_commit(hook: str, repository: Path, tools: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs one hook on what is staged. It is installed already, so it needs no environment of its own."""
    (hooks,) = ([{**each, "language": "system"}] for each in HOOKS if each["id"] == hook)
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    home = {"PRE_COMMIT_HOME": str(repository.parent / "home"), **tools}
    command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
    return subprocess.run(command, cwd=repository, env=home, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("hook", [each["id"] for each in HOOKS])
def test_a_hook_lets_a_sound_journal_pass_and_stops_a_wrong_record(
    hook: str, repository: Path, tools: dict[str, str]
) -> None:
    passed = pre_commit(hook, repository, tools)
    assert (passed.returncode, "Passed" in passed.stdout) == (0, True), passed.stdout
    subprocess.run(["git", "commit", "-qm", "a"], cwd=repository, check=True)
    (repository / "journal" / "activities" / "wrong.md").write_text(WRONG, encoding="utf-8")
    stopped = pre_commit(hook, repository, tools)
    assert stopped.returncode == 1
    assert "journal/activities/wrong.md:4:8: error CPD204" in stopped.stdout


def test_the_hook_of_changed_records_reads_no_others(repository: Path, tools: dict[str, str]) -> None:
    (repository / "journal" / "activities" / "wrong.md").write_text(WRONG, encoding="utf-8")
    pre_commit("cpd-check", repository, tools)
    subprocess.run(["git", "commit", "-qm", "a"], cwd=repository, check=True)
    (repository / "journal" / "plan" / "new.md").write_text("---\ntitle: Earthing\n---\n", encoding="utf-8")
    done = pre_commit("cpd-check-changed", repository, tools)
    assert (done.returncode, "wrong.md" in done.stdout) == (0, False), done.stdout


def steps(repository: Path, tools: Mapping[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    """Runs the action's own steps with these inputs; what each did, by its name, and what was put out."""
    inputs = {name: expected["default"] for name, expected in ACTION["inputs"].items()} | dict(given)
    output = repository.parent / "output"
    runner = {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(output), "GITHUB_WORKSPACE": str(repository)}
    done: dict[str, Any] = {}
    for step in ACTION["runs"]["steps"]:
        if "run" not in step:
            continue
        expected = {name: filled(value, inputs, repository.parent) for name, value in step.get("env", {}).items()}
        done[step["name"]] = bash(step["run"], repository, {**tools, **runner, **expected})
    done["output"] = output.read_text() if output.exists() else ""
    return done


def filled(value: str, inputs: Mapping[str, str], temp: Path) -> str:
    """An expression of a step's environment as GitHub fills it in."""
    value = value.replace("${{ runner.temp }}", str(temp))
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], value)


def test_the_action_checks_and_makes_the_reports(repository: Path, tools: dict[str, str]) -> None:
    done = steps(repository, tools, {"kinds": "summary", "formats": "md", "period": "2026"})
    assert [each.returncode for each in done.values() if each is not done["output"]] == [0, 0, 0]
    folder = repository.parent / "cpd-reports"
    assert [path.suffix for path in folder.iterdir()] == [".md"]
    assert done["output"] == f"folder={folder}\n"


def test_the_action_marks_what_is_wrong(repository: Path, tools: dict[str, str]) -> None:
    (repository / "journal" / "activities" / "wrong.md").write_text(WRONG, encoding="utf-8")
    done = steps(repository, tools, {"journal": "journal", "kinds": "summary nonsense", "formats": "md"})
    checked = done["Check the journal"]
    assert checked.returncode == 1
    assert "::error title=CPD204,file=journal/activities/wrong.md,line=4,col=8," in checked.stdout
    made = done["Make the reports"]
    assert made.returncode != 0
    assert "nonsense" in made.stderr


def test_no_script_of_the_action_holds_what_a_caller_says() -> None:
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_the_gitlab_job_runs(repository: Path, tools: dict[str, str]) -> None:
    job = yaml.safe_load(GITLAB)["cpd"]
    done = bash("\n".join(job["script"]), repository, {**tools, "CPDKIT": "cpdkit"})
    assert done.returncode == 0, done.stderr
    assert (repository / job["artifacts"]["reports"]["codequality"]).read_text().strip().startswith("[")
    assert len(list((repository / job["artifacts"]["paths"][0]).iterdir())) == 4
