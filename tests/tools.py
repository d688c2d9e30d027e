"""Outside programs that some tests look through."""

import os
import shutil

import pytest

PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "git": ("git",),
    "libreoffice": ("soffice", "libreoffice"),
    "make": ("make",),
    "pdfinfo": ("pdfinfo",),
    "pdftoppm": ("pdftoppm",),
    "pdftotext": ("pdftotext",),
    "sh": ("sh",),
    "unshare": ("unshare",),
}


def needs(tool: str) -> str:
    """The program's path. Without it the test is skipped, or fails where `$TESTS_REQUIRE_TOOLS` is set, as in CI."""
    found = next(filter(None, map(shutil.which, PROGRAMS[tool])), None)
    if found:
        return found
    if os.environ.get("TESTS_REQUIRE_TOOLS"):
        pytest.fail(f"{tool} is required here and was not found")
    pytest.skip(f"{tool} is not on this machine")
