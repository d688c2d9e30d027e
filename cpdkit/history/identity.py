"""What the user's own configuration of git says: never that of a repository, which may be a stranger's."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from cpdkit.errors import ToolError
from cpdkit.text.processes import run

SECONDS = 10.0
"""How long git may take to answer."""
_OF_REPOSITORY = ("GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")


def said_by_user(setting: str, environment: Mapping[str, str]) -> str:
    """A setting such as `core.editor`, asked of git outside every repository; empty without git or such a setting."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None or not Path(git).is_absolute():  # a program of the folder that this was called in is none of ours
        return ""
    outside = {name: value for name, value in environment.items() if name not in _OF_REPOSITORY}
    # A repository that isn't one: whatever folder this runs in, no configuration but the user's is read.
    outside["GIT_DIR"] = os.devnull
    args = [git, "config", "--get", setting]
    try:
        return run("git", args, env=outside, timeout=SECONDS, ok=(0, 1)).stdout.decode("utf-8", "replace").strip()
    except ToolError:
        return ""
