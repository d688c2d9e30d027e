"""What all tests share: an environment of their own, and the outside programs."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest
from hypothesis import settings

from tests.program import UNMEASURED
from tests.tools import needs

__all__ = ["needs"]

ROOT = Path(__file__).resolve().parents[1]
KEPT = {"CPD_REQUIRE_TOOLS", "CPD_PANDOC"}

# A slow machine is not a failure, and the same examples every time avoid surprises.
settings.register_profile("cpdkit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("cpdkit")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden`: write the golden files again instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew, to be looked at.")


def pytest_configure() -> None:
    """Takes the owner's settings out of the environment, and lets child processes find the package and end."""
    for name in list(os.environ):
        if name.startswith("CPD_") and name not in KEPT:
            del os.environ[name]
    for name in ("NO_COLOR", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)
    os.environ["PYTHONPATH"] = str(ROOT)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # what nohup starts would hand on that it is ignored


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Leaves slow tests unmeasured: their many cases run lines that others run too, and some are timed."""
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
def root() -> Path:
    """The checkout."""
    return ROOT
