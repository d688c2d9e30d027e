from pathlib import Path

import pytest

from cpdkit.journal.new_record import Guess, guess_from, similar
from cpdkit.journal.records import ActivityType
from cpdkit.text.files import Disk
from tests.journal.folders import FIELDS, record, write

MEETING = FIELDS.replace("Relay course", "Local network committee").replace("training", "volunteering")
FILES = {
    "activities/2025-02-01-local-network-committee.md": record(MEETING.replace("hours: 2", "hours: 1h20")),
    "activities/2026-02-01-local-network-committee.md": record(MEETING),
    "activities/2026-05-01-relays.md": record(FIELDS + "provider: Gridwise Academy\n"),
    "activities/2026-06-01-broken-turbines.md": record("title: no\n"),
    "activities/2026-07-01-drafted-pumps.md": record(FIELDS + "status: draft\n"),
}


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    return Disk(str(tmp_path))


def test_the_newest_of_a_similar_title_is_taken(disk: Disk) -> None:
    guess = guess_from(disk, list(FILES), "Committee of the local network")
    assert guess == Guess(ActivityType.VOLUNTEERING, 120, "2026-02-01-local-network-committee", "its title is similar")


def test_else_one_of_the_same_provider(disk: Disk) -> None:
    guess = guess_from(disk, list(FILES), "Harmonics", "gridwise academy")
    assert guess
    assert (guess.type, guess.like) == (ActivityType.TRAINING, "2026-05-01-relays")


@pytest.mark.parametrize("title", ["Harmonics", "Broken turbines", "Drafted pumps", "the of and", "2026", "???"])
def test_nothing_like_it(disk: Disk, title: str) -> None:
    assert guess_from(disk, list(FILES), title) is None


def test_few_are_read_however_many_there_are() -> None:
    names = [f"activities/2026-01-{day:02}-committee.md" for day in range(1, 29)]
    assert similar(names, "Committee") == names[:-6:-1]
    assert similar(names, "Committee of a very different society") == []
