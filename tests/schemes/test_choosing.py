"""Which frameworks a journal is measured by."""

from pathlib import Path

import pytest

from cpdkit.errors import UsageError
from cpdkit.journal.loading import load
from cpdkit.journal.period import Period
from cpdkit.journal.selection import Filters, select
from cpdkit.schemes.choosing import frameworks_for, vocabulary_in
from tests.journal.folders import FIELDS, journal_of, record

OWN = "id: firm\ntitle: Our firm\ncompetences:\n  - {code: K1, title: Switchgear}\n"


@pytest.mark.parametrize(("codes", "chosen"), [("[K1, A1, K9]", "firm"), ("[A1, A2]", "uk-spec-ceng")])
def test_the_one_that_covers_most_claims(codes: str, chosen: str, tmp_path: Path) -> None:
    files = {"activities/a.md": record(FIELDS + f"competences: {codes}\n"), "frameworks/firm.yaml": OWN}
    journal_of(tmp_path, files)
    journal = load(tmp_path)
    words = vocabulary_in(journal)
    included = select(journal.activities, 0, Period(), Filters()).included
    (found,) = frameworks_for(words, included)
    assert found.id == chosen or found.titles.keys() >= {"A1", "A2"}
    assert [each.id for each in frameworks_for(words, included, ("firm", "firm"))] == ["firm"]
    with pytest.raises(UsageError, match='no framework "nil"'):
        frameworks_for(words, included, ("nil",))
