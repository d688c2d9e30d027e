"""The formats that programs read, by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats import github, gitlab, json, junit, sarif
from cpdkit.checks.formats.common import Base

FORMATS: Mapping[str, Callable[[CheckResult, Base], str]] = MappingProxyType(
    {
        "json": json.render,
        "jsonl": json.render_lines,
        "github": github.render,
        "gitlab": gitlab.render,
        "sarif": sarif.render,
        "junit": junit.render,
    }
)
OF_REPOSITORY = frozenset({"github", "gitlab", "sarif", "junit"})
"""Formats whose readers expect paths from the repository's folder, not from the current folder."""
