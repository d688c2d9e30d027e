"""A new activity: its folder, the fields taken from past activities, and that its file can be read."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.edit import record_of
from cpdkit.journal.member import NEW_FOLDER, Member
from cpdkit.journal.new_record import (
    ACTIVITIES,
    Guess,
    NewActivity,
    folder_for,
    guess_from,
    new_activity,
    read_example,
    similar,
    template_body,
    type_in,
)
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import Activity
from cpdkit.journal.values import ActivityType, Status
from cpdkit.text.files import Disk
from tests.journal.folders import FIELDS, record, write

DAY = date(2026, 11, 24)
FULL: dict[str, Plain] = {"title": "Relays", "type": "event", "hours": "1h30"}
OLD = "activities/2025/2025-03-01-relays.md"


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    write(
        tmp_path, OLD, record(FIELDS + "provider: Gridwise\ncompetences: {A1: P}\nevidence: [a.pdf]\nplanned: true\n")
    )
    write(tmp_path, "templates/new/short.md", "What for?\n")
    return Disk(str(tmp_path))


def read(made: NewActivity) -> Activity:
    found = record_of(made.path, made.data, ACTIVITIES)
    assert isinstance(found, Activity)
    return found


def test_given_fields_are_written_to_the_file(disk: Disk) -> None:
    made = new_activity(disk, None, [], {**FULL, "start": "2026-03-14"}, DAY)
    found = read(made)
    assert made.path == "activities/2026/2026-03-14-relays.md"
    assert (found.title, found.type, found.minutes, found.start) == ("Relays", "event", 90, date(2026, 3, 14))
    assert made.remarks == ()
    assert "### What did you learn?" in found.body


def test_missing_fields_are_taken_from_past_activities_and_reported(disk: Disk) -> None:
    made = new_activity(disk, None, [OLD], {"title": "Relays"}, DAY)
    assert (read(made).type, read(made).minutes) == ("training", 120)
    assert made.remarks == ("guessed type training and hours 2 from 2025-03-01-relays: its title is similar",)


def test_a_word_of_the_title_gives_the_type(disk: Disk) -> None:
    made = new_activity(disk, None, [], {"title": "Webinar on harmonics", "hours": "1"}, DAY)
    assert (read(made).type, read(made).status) == ("event", Status.DONE)


def test_what_nobody_knows_makes_a_draft(disk: Disk) -> None:
    made = new_activity(disk, None, [], {"title": "Harmonics"}, DAY)
    assert read(made).status is Status.DRAFT
    assert made.remarks == ("saved as a draft, which does not count: set the type and the hours",)


def test_a_planned_one_needs_no_hours(disk: Disk) -> None:
    made = new_activity(disk, None, [], {"title": "Course on harmonics", "status": "planned"}, DAY)
    assert (read(made).status, read(made).minutes) == (Status.PLANNED, 0)


def test_one_like_another_has_what_repeats(disk: Disk) -> None:
    found = read(new_activity(disk, None, [OLD], {"hours": "3"}, DAY, like=read_example(disk, OLD)))
    assert (found.title, found.provider, found.minutes, found.start) == ("Relay course", "Gridwise", 180, DAY)
    assert (found.competences[0].level, found.planned, found.evidence) == ("P", True, ())


def test_names_never_meet(disk: Disk) -> None:
    first = new_activity(disk, None, [], FULL, DAY).path
    second = new_activity(disk, None, [first.upper()], FULL, DAY).path
    assert second == "activities/2026/2026-11-24-relays-2.md"


@pytest.mark.parametrize(
    ("rule", "folder"),
    [("{year}", "2027"), (".", ""), ("CPD {cpd-year}/{type}", "CPD 2026/event"), ("{year}/{month}", "2027/02")],
)
def test_the_owners_rule_chooses_the_folder(rule: str, folder: str) -> None:
    member = Member("A", year_start=(4, 1), new_folder=rule)
    assert re.fullmatch(NEW_FOLDER, rule)
    assert folder_for(rule, date(2027, 2, 3), "event", member) == folder


@pytest.mark.parametrize("rule", ["../x", "/x", "a//b", "{week}", "a/", ".git", "a/../b", "a\\b"])
def test_no_rule_leads_elsewhere(rule: str) -> None:
    assert not re.fullmatch(NEW_FOLDER, rule)


def test_templates(disk: Disk) -> None:
    assert template_body(disk, "none") == ""
    assert template_body(disk, "short") == "What for?\n"
    assert "### So what?" in template_body(disk, "what-so-what-now-what")
    for name in ("nothing", "../../etc/passwd", "../new/short"):
        with pytest.raises(UsageError, match="unknown model"):
            template_body(disk, name)


@pytest.mark.parametrize(("name", "value"), [("hours", "long"), ("type", "party"), ("end", "2020-01-01")])
def test_what_makes_no_activity_is_refused(disk: Disk, name: str, value: str) -> None:
    with pytest.raises(UsageError):
        new_activity(disk, None, [], {**FULL, name: value}, DAY)


@given(st.text(min_size=1, max_size=80).filter(lambda text: text.strip() and text.isprintable()))
def test_any_title_makes_a_file_that_reads_back(title: str) -> None:
    made = new_activity(Disk("/nowhere"), None, [], {**FULL, "title": title}, DAY, template="none")
    assert read(made).title == title.strip() or read(made).title == title
    assert made.path.startswith("activities/2026/2026-11-24-")


MEETING = FIELDS.replace("Relay course", "Local network committee").replace("training", "volunteering")
FILES = {
    "activities/2025-02-01-local-network-committee.md": record(MEETING.replace("hours: 2", "hours: 1h20")),
    "activities/2026-02-01-local-network-committee.md": record(MEETING),
    "activities/2026-05-01-relays.md": record(FIELDS + "provider: Gridwise Academy\n"),
    "activities/2026-06-01-broken-turbines.md": record("title: no\n"),
    "activities/2026-07-01-drafted-pumps.md": record(FIELDS + "status: draft\n"),
}


@pytest.fixture
def past(tmp_path: Path) -> Disk:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    return Disk(str(tmp_path))


def test_the_newest_of_a_similar_title_is_taken(past: Disk) -> None:
    guess = guess_from(past, list(FILES), "Committee of the local network")
    assert guess == Guess(ActivityType.VOLUNTEERING, 120, "2026-02-01-local-network-committee", "its title is similar")


def test_else_one_of_the_same_provider(past: Disk) -> None:
    guess = guess_from(past, list(FILES), "Harmonics", "gridwise academy")
    assert guess
    assert (guess.type, guess.like) == (ActivityType.TRAINING, "2026-05-01-relays")


@pytest.mark.parametrize("title", ["Harmonics", "Broken turbines", "Drafted pumps", "the of and", "2026", "???"])
def test_nothing_like_it(past: Disk, title: str) -> None:
    assert guess_from(past, list(FILES), title) is None


def test_few_are_read_however_many_there_are() -> None:
    names = [f"activities/2026-01-{day:02}-committee.md" for day in range(1, 29)]
    assert similar(names, "Committee") == names[:-6:-1]
    assert similar(names, "Committee of a very different society") == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Read: distance protection", "self-study"), ("Training: first aid", "training"),
        ("Safety briefing", "training"),
        ("Technical lecture", "event"), ("IET webinar on HVDC", "event"), ("Mentored a graduate", "volunteering"),
        ("Course and lecture", ""), ("Of course I can", ""), ("Case study of a fault", ""), ("How networks work", ""),
        ("Project review", ""), ("Read: notes of a lecture", "self-study"), ("Zebra", ""), ("", ""), (":", ""),
    ],
)  # fmt: skip
def test_the_type_that_a_title_suggests(title: str, kind: str) -> None:
    assert type_in(title) == kind
