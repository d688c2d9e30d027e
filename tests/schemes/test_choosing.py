"""Which frameworks and schemes a journal is measured by."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.dates.period import Period
from cpdkit.errors import UsageError
from cpdkit.journal.load import load
from cpdkit.journal.selection import Filters, select
from cpdkit.schemes.choosing import frameworks_for, standings_in, vocabulary_in
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


def test_one_journal_two_anchors(tmp_path: Path) -> None:
    """A calendar year and years from the member's own day: each has its own edge, and an activity lies in both."""
    own = "id: own\nperiod: {years: 3, starts: member}\nrequirements: [{id: total, title: hours, at-least: 35}]\n"
    day = FIELDS.replace("start: 2026-03-14", "start: {}").format
    files = {
        "cpd.yaml": "name: A\nschemes: [iet, {scheme: own, start: 2024-02-29}]\n",
        "schemes/own.yaml": own,
        "activities/a.md": record(day("2025-12-31")),
        "activities/b.md": record(day("2026-01-01")),
        "activities/c.md": record(day("2024-02-28")),
        "activities/d.md": record(day("2024-02-28").replace("hours: 2", "end: 2024-02-29\nhours: 1 min")),
    }
    journal_of(tmp_path, files)
    journal = load(tmp_path)
    iet, owns = standings_in(journal, vocabulary_in(journal), date(2026, 6, 30))
    total = [standing.figure("total") for standing in (iet, owns)]
    assert [figure.recorded for figure in total if figure] == [2, 4]
    assert [len(figure.entries) for figure in total if figure] == [1, 3]
    assert (owns.period.start, owns.period.last) == (date(2024, 2, 29), date(2027, 2, 28))
