"""The formats that programs read, by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cpdkit.checks.engine import Checked
from cpdkit.checks.formats import github, gitlab, json, junit, sarif
from cpdkit.checks.formats.common import Base

FORMATS: Mapping[str, Callable[[Checked, Base], str]] = MappingProxyType(
    {
        "json": json.shown,
        "jsonl": json.shown_lines,
        "github": github.shown,
        "gitlab": gitlab.shown,
        "sarif": sarif.shown,
        "junit": junit.shown,
    }
)
OF_REPOSITORY = frozenset({"github", "gitlab", "sarif", "junit"})
"""Formats whose readers count paths from the repository's folder, not from where the command ran."""
