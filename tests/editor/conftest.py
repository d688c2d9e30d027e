"""One checked journal for all tests of answers: none of them changes it."""

from pathlib import Path

import pytest

from cpdkit.editor.journals import JournalFacts
from tests.editor.sample_journal import checked


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> JournalFacts:
    """The journal of `sample_journal.FILES`."""
    root: Path = tmp_path_factory.mktemp("journal")
    return checked(root)
