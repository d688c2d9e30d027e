"""One checked journal for all tests of answers: none of them changes it."""

from pathlib import Path

import pytest

from cpdkit.editor.journal_facts import Known
from tests.editor.desks import checked


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The journal of `desks.FILES`."""
    root: Path = tmp_path_factory.mktemp("journal")
    return checked(root)
