import pickle
from datetime import date
from pathlib import Path

from cpdkit.checks.facts import Facts, Whole, facts_of
from cpdkit.checks.subject import Context
from cpdkit.journal.listing import list_journal
from cpdkit.text.files import Disk
from tests.journal.folders import FIELDS, journal_of, record

FULL = """sessions: [{date: 2026-03-14, hours: 1}, {date: 2026-03-15, hours: 1}]
provider: Gridwise
objectives: [x]
competences: [A1, B2]
topics: [safety]
evidence: [a.pdf, "https://example.org"]
accepted: {CPD401: nothing to say}
"""


def test_the_facts_of_each_kind(tmp_path: Path) -> None:
    journal = journal_of(
        tmp_path,
        {
            "activities/a.md": record(FIELDS + FULL),
            "plan/x.md": record("title: Storage\nby: 2026-12-31\n", ""),
            "career/b.md": record("role: Engineer\nemployer: Gridwise\nstart: 2021-09-01\n", ""),
            "reviews/2025.md": record("year: 2025\n", ""),
            "evidence/a.pdf": b"",
        },
    )
    activity = facts_of(journal.activities[0])
    assert activity[:3] == ("activities/a.md", "a", "activities")
    assert (activity.start, activity.end, activity.minutes) == (date(2026, 3, 14), date(2026, 3, 15), 120)
    assert activity.days == ((date(2026, 3, 14), 60), (date(2026, 3, 15), 60))
    assert (activity.provider, activity.objectives, activity.competences) == ("Gridwise", ("x",), ("A1", "B2"))
    assert (activity.topics, activity.evidence, activity.accepted) == (("safety",), ("a.pdf",), {"CPD401"})
    plan = facts_of(journal.objectives["x"])
    assert (plan.kind, plan.title, plan.status, plan.end) == ("plan", "Storage", "open", date(2026, 12, 31))
    post = facts_of(journal.posts[0])
    assert (post.kind, post.title, post.provider, post.start) == ("career", "Engineer", "Gridwise", date(2021, 9, 1))
    assert facts_of(journal.reviews[0]) == Facts("reviews/2025.md", "2025", "reviews", year=2025)


def test_the_same_lines_have_the_same_texts(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(), "activities/b.md": record()})
    one, other = map(facts_of, journal.activities)
    assert one.texts == other.texts
    assert len(one.texts) >= 2


def test_facts_travel_between_processes(tmp_path: Path) -> None:
    each = facts_of(journal_of(tmp_path, {"activities/a.md": record()}).activities[0])
    assert pickle.loads(pickle.dumps(each)) == each


def test_the_whole_knows_its_kinds(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(), "reviews/2025.md": record("year: 2025\n", "")})
    disk = Disk(str(tmp_path))
    context = Context(date(2026, 11, 23), journal.member, frozenset(), frozenset(), disk)
    records = [facts_of(journal.activities[0]), facts_of(journal.reviews[0])]
    whole = Whole(records, ("reviews/2024.md",), list_journal(disk), context)
    assert [each.id for each in whole.of("activities")] == ["a"]
    assert not whole.activities_unread
    assert Whole(records, ("activities/b.md",), whole.listing, context).activities_unread
