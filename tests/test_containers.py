"""The Dockerfile and the development container, without Docker: what they copy is there, and what they run works."""

import fnmatch
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
INSTRUCTIONS = [line.split(maxsplit=1) for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
DEVELOPMENT = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))


def copied() -> list[tuple[str, str]]:
    """Return what the first stage copies from the checkout: each source, and its place in the image."""
    words = [rest.split() for name, rest in INSTRUCTIONS if name == "COPY" and "--from" not in rest]
    return [(source, to if to != "./" else source) for *sources, to in words for source in sources]


def kept(path: str) -> bool:
    """Return whether .dockerignore keeps a path. The last line that matches it or a folder above it counts."""
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    folders = [path, *(parent.as_posix() for parent in Path(path).parents)]
    is_kept = True
    for line in lines:
        everywhere = line.removeprefix("**/") if line.startswith("**/") else None
        if any(fnmatch.fnmatch(place, line.removeprefix("!")) or Path(place).name == everywhere for place in folders):
            is_kept = line.startswith("!")
    return is_kept


def test_docker_gets_what_the_dockerfile_copies_and_nothing_else() -> None:
    assert copied()
    for source, _ in copied():
        assert (ROOT / source).exists(), source
        assert kept(source), source
    assert [
        path for path in ("tests", "journal", ".git", ".venv", "docs/README.md", "cpdkit/__pycache__") if kept(path)
    ] == []


@pytest.mark.slow
def test_what_is_copied_makes_the_whole_wheel(tmp_path: Path) -> None:
    """The image has the wheel that the checkout makes."""
    image = tmp_path / "source"
    image.mkdir()
    for source, place in copied():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, image / place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, image / place)
    names = []
    for folder in (image, ROOT):
        out = tmp_path / f"wheel of {folder.name}"
        code = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(out)], cwd=folder, capture_output=True, check=True)
        (wheel,) = out.iterdir()
        names.append({each.filename: each.CRC for each in zipfile.ZipFile(wheel).infolist()})
    assert names[0] == names[1]


def test_the_image_starts_the_command_of_the_package() -> None:
    steps = dict(INSTRUCTIONS)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (command,) = json.loads(steps["ENTRYPOINT"])
    assert re.search(rf"^{command} = ", project, re.MULTILINE)
    assert steps["FROM"].startswith("python:3.")


def test_the_commands_in_the_dockerfile_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "how-to" / "install.md").read_text("utf-8")
    shown = re.findall(r"^#   (docker .*)$", DOCKERFILE, re.MULTILINE)
    assert len(shown) == 2
    assert [line for line in shown if f"    {line}\n" not in page] == []


def test_the_development_container_runs_what_the_readme_names() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert DEVELOPMENT["postCreateCommand"] in readme
    oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert oldest and f"python:{oldest[1]}" in DEVELOPMENT["image"]


def test_the_development_container_has_the_programs_of_ci() -> None:
    tools = re.search(r"^tools=\((.*)\)$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert tools
    assert set(tools[1].split()) <= set(DEVELOPMENT["onCreateCommand"].split())
