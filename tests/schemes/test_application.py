"""How far an application is: states and counts of the parts, coverage of competences, and gaps between posts."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.journal.records import Claim, Objective, Post, Qualification
from cpdkit.journal.values import Competence
from cpdkit.schemes.application import (
    ApplicationRecords,
    ApplicationStatus,
    PartStatus,
    State,
    application_status,
    career_gaps,
    records_of,
)
from cpdkit.schemes.forms import ApplicationForm, Part, shipped_form
from cpdkit.schemes.frameworks import Ability, Framework
from tests.journal.folders import FIELDS, journal_of, record

DAY = date(2026, 11, 24)
MEMBER = """name: A
email: a@example.org
phone: "1"
address: [Leeds]
memberships: [{body: IET}]
"""


def post(start: str, end: str = "", body: str = "", name: str = "x") -> Post:
    stop = date.fromisoformat(end) if end else None
    return Post(name, f"career/{name}.md", "Engineer", "Firm", date.fromisoformat(start), stop, body=body)


def claim(codes: str, body: str = "I led.", name: str = "x") -> Claim:
    return Claim(name, f"claims/{name}.md", tuple(Competence(code) for code in codes.split()), body=body)


def framework(*codes: str) -> Framework:
    """Return a framework in which a code of one letter is an area."""
    abilities = tuple(Ability(code, f"Title of {code}", code[0] if len(code) > 1 else "") for code in codes)
    return Framework("f", "T", abilities)


def status(part: Part, used: Framework | None = None, records: ApplicationRecords | None = None) -> PartStatus:
    """Return the status of the only part of a form."""
    form = ApplicationForm("x", "T", (part,))
    (found,) = application_status(form, used, records or ApplicationRecords(DAY)).parts
    return found


# --- parts ---


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ("personal", State.MISSING),
        ("diagram", State.MISSING),
        ("career", State.MISSING),
        ("qualifications", State.MISSING),
        ("claims", State.MISSING),
        ("plan", State.MISSING),
        ("cpd", State.MISSING),
        ("supporters", State.MISSING),
        ("outside", State.OUTSIDE),
        ("cv", State.DONE),
        ("declaration", State.DONE),
        ("uploads", State.DONE),
    ],
)
def test_the_parts_of_an_empty_journal(content: str, state: State) -> None:
    found = status(Part(content, "T", id="x"))
    assert (found.state, found.texts) == (state, ())
    assert bool(found.next) == (state is not State.DONE)
    optional = State.DONE if state is State.DONE else State.OPTIONAL
    assert status(Part(content, "T", id="x", required=False)).state is optional


def read(root: Path, files: dict[str, str], name: str = "iet-ceng") -> ApplicationStatus:
    form = shipped_form(name)
    assert form
    journal = journal_of(root, files)
    assert journal.diagnostics == ()
    return application_status(form, None, records_of(journal, DAY))


COMPLETE = {
    "cpd.yaml": MEMBER,
    "people.yaml": "people: [{id: m, name: M, supporter: true}]\n",
    "career/x.md": record("role: R\nemployer: E\nstart: 2020-01-01\nreports-to: m\n", "\nI led.\n"),
    "qualifications/x.md": record("title: MEng\nawarded: 2017\n", ""),
    "plan/x.md": record("title: Relays\n", ""),
    "activities/a.md": record(),
    "claims/x.md": record("competences: [B1]\n", "\nI led.\n"),
}
STATES = {
    "cpd.yaml": ("personal", State.MISSING),
    "people.yaml": ("supporters", State.MISSING),
    "career/x.md": ("career", State.MISSING),
    "qualifications/x.md": ("qualifications", State.MISSING),
    "plan/x.md": ("plan", State.MISSING),
    "activities/a.md": ("cpd", State.OPTIONAL),
    "claims/x.md": ("claims", State.OPTIONAL),
}


def test_a_complete_application(tmp_path: Path) -> None:
    found = read(tmp_path, COMPLETE)
    assert {each.part.content: each.state for each in found.parts if each.state is not State.DONE} == {}
    assert found.done == len(found.parts) == 10


@pytest.mark.parametrize("path", STATES)
def test_a_part_without_its_records(tmp_path: Path, path: str) -> None:
    found = read(tmp_path, {name: text for name, text in COMPLETE.items() if name != path})
    content, state = STATES[path]
    assert {each.part.content: each.state for each in found.parts}[content] is state


@pytest.mark.parametrize("field", ["email", "phone", "address", "memberships"])
def test_personal_information_names_what_is_missing(tmp_path: Path, field: str) -> None:
    text = "".join(line for line in MEMBER.splitlines(keepends=True) if not line.startswith(field))
    personal = read(tmp_path, {**COMPLETE, "cpd.yaml": text}).parts[0]
    assert (personal.state, personal.next) == (State.MISSING, f"add {field} to cpd.yaml")


@pytest.mark.parametrize(
    ("fields", "count"),
    [("", 1), ("status: draft\n", 0), ("status: cancelled\n", 0), ("status: in-progress\n", 1)],
)
def test_activities_that_count(tmp_path: Path, fields: str, count: int) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(FIELDS + fields)})
    assert records_of(journal, DAY).activities == count


@pytest.mark.parametrize(("status_of", "state"), [("open", State.DONE), ("achieved", State.MISSING)])
def test_a_plan_has_open_objectives(status_of: str, state: State) -> None:
    objective = Objective("x", "plan/x.md", "Relays", status=status_of)
    assert status(Part("plan", "T"), None, ApplicationRecords(DAY, objectives=[objective])).state is state


@pytest.mark.parametrize(("awarded", "state"), [("2017", State.DONE), ("", State.MISSING)])
def test_a_qualification_is_awarded(awarded: str, state: State) -> None:
    qualification = Qualification("x", "qualifications/x.md", "MEng", start="2016", awarded=awarded)
    found = status(Part("qualifications", "T"), None, ApplicationRecords(DAY, qualifications=[qualification]))
    assert found.state is state


@pytest.mark.parametrize(("count", "state"), [(1, State.DONE), (2, State.DONE), (3, State.MISSING)])
def test_supporters_are_enough(tmp_path: Path, count: int, state: State) -> None:
    people = "people:\n" + "".join(f"- {{id: {n}, name: {n}, supporter: true}}\n" for n in ("m", "n"))
    people += "- {id: o, name: O, referee: true}\n"
    records = records_of(journal_of(tmp_path, {"people.yaml": people}), DAY)
    found = status(Part("supporters", "T", count=count), None, records)
    assert (found.state, found.has) == (state, "m, n")


@pytest.mark.parametrize(("until", "expired"), [("2026-11-23", True), ("2026-11-24", False), ("2026-11-25", False)])
def test_a_supporter_whose_registration_expired_is_named(tmp_path: Path, until: str, expired: bool) -> None:
    people = f"people: [{{id: m, name: Mair, supporter: true, registered-until: {until}}}]\n"
    records = records_of(journal_of(tmp_path, {"people.yaml": people}), DAY)
    has = status(Part("supporters", "T"), None, records).has
    assert (has.count("Mair") == 2) == expired


@pytest.mark.parametrize(("confirmed", "state"), [("[fee]", State.DONE), ("[photo]", State.OUTSIDE)])
def test_a_part_outside_is_confirmed(tmp_path: Path, confirmed: str, state: State) -> None:
    text = f"name: A\napplication: {{form: x, confirmed: {confirmed}}}\n"
    records = records_of(journal_of(tmp_path, {"cpd.yaml": text}), DAY)
    assert status(Part("outside", "Fee", id="fee"), None, records).state is state


# --- limits ---


@pytest.mark.parametrize(
    ("limits", "state"),
    [
        ({"characters": 9}, State.DONE),
        ({"characters": 8}, State.OVER),
        ({"words": 3}, State.DONE),
        ({"words": 2}, State.OVER),
        ({"words": 3, "characters": 8}, State.OVER),
        ({"least_words": 3}, State.DONE),
        ({"least_words": 4}, State.UNDER),
        ({"least_words": 4, "words": 2}, State.OVER),
    ],
)
@pytest.mark.parametrize("per", ["whole", "post"])
def test_limits_on_both_sides(limits: dict[str, int], state: State, per: str) -> None:
    records = ApplicationRecords(DAY, posts=[post("2020-01-01", body="I led it.\n")])
    found = status(Part("career", "T", per=per, **limits), None, records)  # type: ignore[arg-type]
    assert found.state is state
    assert [(each.size.characters, each.size.words) for each in found.texts] == [(9, 3)]


def test_texts_of_each_post_and_of_the_whole() -> None:
    posts = [post("2020-01-01", body="I led.", name="a"), post("2022-01-01", body="I won it all.", name="b")]
    records = ApplicationRecords(DAY, posts=posts)
    each = status(Part("career", "T", per="post", words=4), None, records)
    assert [(text.path, text.size.words) for text in each.texts] == [("career/a.md", 2), ("career/b.md", 4)]
    whole = status(Part("career", "T", words=5), None, records)
    assert [(text.path, text.size.words) for text in whole.texts] == [("", 6)]
    assert (each.state, whole.state) == (State.DONE, State.OVER)


def test_claims_of_an_area_are_counted_together() -> None:
    claims = [claim("A1", "one two"), claim("A2 B1", "three"), claim("B1", "four five six"), claim("X9", "seven")]
    used = framework("A", "A1", "A2", "B", "B1")
    found = status(Part("claims", "T", per="area", required=False), used, ApplicationRecords(DAY, claims=claims))
    assert [(each.name.split()[-1], each.size.words) for each in found.texts] == [("A", 3), ("B", 3), ("X", 1)]


# --- competences ---


@pytest.mark.parametrize(
    ("claimed", "unclaimed"),
    [
        ([], ["A1", "A2", "B1"]),
        (["A1"], ["A2", "B1"]),
        (["a1", "B1"], ["A2"]),
        (["A"], ["B1"]),
        (["A1 A2 B1"], []),
        (["X1"], ["A1", "A2", "B1"]),
    ],
)
def test_the_coverage_of_competences(claimed: list[str], unclaimed: list[str]) -> None:
    form = ApplicationForm("x", "T", (Part("claims", "T"),))
    records = ApplicationRecords(DAY, claims=[claim(codes) for codes in claimed])
    found = application_status(form, framework("A", "A1", "A2", "B", "B1"), records)
    assert [each.code for each in found.unclaimed] == unclaimed
    assert found.claimed == 3 - len(unclaimed)
    assert (found.parts[0].state is State.DONE) == (not unclaimed)


def test_without_a_framework_nothing_is_unclaimed() -> None:
    form = ApplicationForm("x", "T", (Part("claims", "T"),))
    found = application_status(form, None, ApplicationRecords(DAY, claims=[claim("A1")]))
    assert (found.unclaimed, found.claimed, found.done) == ((), 0, 1)


# --- gaps ---

Days = tuple[str, str]


@pytest.mark.parametrize(
    ("posts", "gaps"),
    [
        ([], []),
        ([("2020-01-01", "2020-12-31")], []),
        ([("2020-01-01", "2020-12-31"), ("2021-01-01", "")], []),
        ([("2020-01-01", "2020-12-31"), ("2021-02-01", "")], []),
        ([("2020-01-01", "2020-12-31"), ("2021-02-02", "")], [("2021-01-01", "2021-02-01")]),
        ([("2020-01-01", "2020-12-31"), ("2020-06-01", "")], []),
        ([("2020-01-01", ""), ("2022-01-01", "2022-12-31"), ("2024-01-01", "")], []),
        ([("2020-01-01", "2024-12-31"), ("2021-01-01", "2021-12-31"), ("2025-01-01", "")], []),
        ([("2022-01-01", ""), ("2020-01-01", "2020-12-31")], [("2021-01-01", "2021-12-31")]),
        (
            [("2018-01-01", "2018-06-30"), ("2019-01-01", "2019-06-30"), ("2020-01-01", "")],
            [("2018-07-01", "2018-12-31"), ("2019-07-01", "2019-12-31")],
        ),
    ],
)  # fmt: skip
def test_gaps(posts: list[Days], gaps: list[Days]) -> None:
    records = ApplicationRecords(DAY, posts=[post(*days, name=str(n)) for n, days in enumerate(posts)])
    assert [(str(each.first), str(each.last)) for each in career_gaps(records)] == gaps


@pytest.mark.parametrize(
    ("start", "awarded", "is_filled"),
    [
        ("2021", "2021", True),
        ("2021-01", "2021-12", True),
        ("2021-02-01", "2021-12-01", True),
        ("2021-01", "2021-11", True),
        ("2021-01", "2021-10", False),
        ("", "2021-12", False),
        ("2021-01", "", False),
    ],
)
def test_studies_fill_a_gap_after_a_post(start: str, awarded: str, is_filled: bool) -> None:
    posts = [post("2020-01-01", "2020-12-31"), post("2022-01-01")]
    study = Qualification("x", "qualifications/x.md", "MSc", start=start, awarded=awarded)
    found = list(career_gaps(ApplicationRecords(DAY, posts=posts, qualifications=[study])))
    assert (found == []) == is_filled
