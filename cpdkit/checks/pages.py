"""The page of each diagnostic: on the web if the project publishes its documentation, and in a checkout.

The installed package has none: `cpd explain` prints the same.
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]
_FOLDER = _CHECKOUT / "docs" / "reference" / "diagnostics"


def page_file(code: str) -> Path | None:
    """Return the page of a code in this checkout; None in an installed package."""
    path = _FOLDER / f"{code}.md"
    return path if path.is_file() else None


def web_address(code: str) -> str:
    """Return the address of a code's page on the web; empty if the project publishes no documentation.

    `Documentation` under `[project.urls]` in pyproject.toml is the address of `docs/`.
    """
    return f"{root}/reference/diagnostics/{code}.md" if (root := _documentation()) else ""


def page_shown(code: str) -> str:
    """Return the path of a code's page for a person, from the root of the checkout; or nothing."""
    path = page_file(code)
    return path.relative_to(_CHECKOUT).as_posix() if path else ""


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
