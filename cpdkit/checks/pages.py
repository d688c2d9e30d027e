"""The page of each diagnostic: on the web if the project publishes its documentation, and in a checkout.

The installed package has none: `cpd explain` prints the same.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "diagnostics"


def web_address(code: str) -> str:
    """Return the address of a code's page on the web; empty if the project publishes no documentation.

    `Documentation` under `[project.urls]` in pyproject.toml is the address of `docs/`.
    """
    return f"{root}/reference/diagnostics/{code}.md" if (root := _documentation()) else ""


@cache
def page_uri(code: str) -> str:
    """Return a link to a code's page that works on this machine; empty if there is none."""
    path = _FOLDER / f"{code}.md"
    return web_address(code) or (path.as_uri() if path.is_file() else "")


@cache
def _documentation() -> str:
    try:
        urls = metadata("cpdkit").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    named: dict[str, str] = dict(url.split(", ", 1) for url in urls)
    return named.get("Documentation", "").rstrip("/")
