"""What all tests share: a clean environment, external programs, and the labels of documents."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest
from hypothesis import settings

from cpdkit.documents.templating.labels import Labels, labels_for
from cpdkit.documents.templating.templates import load_templates
from tests.program import UNMEASURED
from tests.tools import needs

__all__ = ["needs"]

ROOT = Path(__file__).resolve().parents[1]
KEPT = {"CPD_PANDOC"}

# A slow machine is not a failure, and the same examples every time avoid surprises.
settings.register_profile("cpdkit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("cpdkit")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: write the golden files again instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="Write the golden files again; review the diff.")


def pytest_configure() -> None:
    """Remove the user's settings from the environment; let child processes import the package and end on SIGHUP."""
    for name in list(os.environ):
        if name.startswith("CPD_") and name not in KEPT:
            del os.environ[name]
    for name in ("NO_COLOR", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)
    os.environ["PYTHONPATH"] = str(ROOT)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup, child processes would ignore it


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Leave slow tests unmeasured: other tests run the same lines, and some slow tests are timed."""
    measured = coverage.Coverage.current() if item.get_closest_marker("slow") else None
    if measured is None:
        return (yield)
    measured.stop()
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name in UNMEASURED:
                patch.delenv(name, raising=False)
            return (yield)
    finally:
        measured.start()


@pytest.fixture(scope="session")
def english() -> Labels:
    """The shipped labels of documents, so that tests do not repeat their words."""
    return labels_for("en-GB", load_templates("en-GB", None).catalogues)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
