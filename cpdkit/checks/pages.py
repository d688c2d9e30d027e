"""The page of each diagnostic: on the web if the project publishes its documentation, and in this package."""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "docs" / "diagnostics", _PACKAGE.parent / "docs" / "reference" / "diagnostics")
"""Where the pages are: in the installed package, or in a checkout."""


def page_file(code: str) -> Path | None:
    """Return the page of a code on this machine; None if the installation lacks it."""
    paths = (folder / f"{code}.md" for folder in _FOLDERS)
    return next((path for path in paths if path.is_file()), None)


def web_address(code: str) -> str:
    """Return the address of a code's page on the web; empty if the project publishes no documentation.

    `Documentation` under `[project.urls]` in pyproject.toml is the address of `docs/`.
    """
    return f"{root}/reference/diagnostics/{code}.md" if (root := _documentation()) else ""


def page_shown(code: str) -> str:
    """Return the path of a code's page for a person: from the root of a checkout, otherwise in full; or nothing."""
    path = page_file(code)
    if path and path.parent == _FOLDERS[1]:
        return path.relative_to(_PACKAGE.parent).as_posix()
    return str(path or "")


@cache
def page_uri(code: str) -> str:
    """Return a link to a code's page that works on this machine; empty if there is none."""
    path = page_file(code)
    return web_address(code) or (path.as_uri() if path else "")


@cache
def _documentation() -> str:
    try:
        urls = metadata("cpdkit").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    named: dict[str, str] = dict(url.split(", ", 1) for url in urls)
    return named.get("Documentation", "").rstrip("/")
