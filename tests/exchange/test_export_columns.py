from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.hours import exact_hours, parse_hours
from cpdkit.exchange.export_columns import COLUMNS, Cell, full_table, layout_table, time_text
from cpdkit.exchange.layouts import LAYOUTS
from cpdkit.journal.records import ACTIVITY, Activity, SignOff
from cpdkit.journal.values import ActivityType, Competence, Evidence, Skill
from tests.journal.strategies import activity, with_sessions

BODY = "What it was.\n\n## Reflection\n\n### What did you learn?\n\nMuch.\n\n### (private) Grumbles\n\nHot.\n"
BODY += "\n## After\n\nTea.\n"
DAY = date(2026, 3, 14)
FULL = activity(
    days=2,
    minutes=100,
    body=BODY,
    objectives=("grid", "storage"),
    competences=(Competence("A1", "E"), Competence("B2")),
    topics=("ethics", "a, b"),
    skills=(Skill.TECHNICAL, Skill.JOB),
    structured=True,
    participatory=20,
    units={"PDU": "3"},
    benefit="Less noise.",
    evidence=(Evidence("a.pdf", title="Proof"), Evidence(url="https://example.org")),
    signed_off=SignOff("J. Evans", DAY),
    accepted={"CPD404": "short"},
    own={"x-cost": "5"},
)


def cells(one: Activity) -> dict[str, Cell]:
    table = full_table([one])
    return dict(zip(table.headers, table.rows[0], strict=True))


def test_every_field_has_a_column() -> None:
    names = [each.name for each in COLUMNS]
    assert {each.name for each in ACTIVITY.fields} <= set(names)
    assert len(set(names)) == len(names)
    assert all(each.note for each in COLUMNS if each.name not in ("benefit", "follow-up"))


def test_lists_are_joined_and_days_and_numbers_are_what_they_are() -> None:
    wanted = {
        "start": DAY,
        "end": date(2026, 3, 15),
        "hours": Decimal("1.6667"),
        "time": "1h40",
        "objectives": "grid; storage",
        "competences": "A1: E; B2",
        "topics": "ethics; a, b",
        "skills": "technical; job",
        "structured": True,
        "planned": None,
        "participatory": Decimal("0.3333"),
        "units": "PDU: 3",
        "evidence": "a.pdf (Proof); https://example.org",
        "signed-off": "J. Evans",
        "signed-off-on": DAY,
        "accepted": "CPD404: short",
        "body": BODY.strip("\n"),
        "x-cost": "5",
    }
    assert {name: cells(FULL)[name] for name in wanted} == wanted


def test_sessions_have_their_time() -> None:
    assert cells(with_sessions((DAY, 90), (date(2026, 3, 20), 5)))["sessions"] == "2026-03-14 1h30; 2026-03-20 0h05"


@given(st.integers(0, 99_999 * 60))
def test_both_forms_of_hours_give_the_same_minutes(minutes: int) -> None:
    assert parse_hours(f"{exact_hours(minutes):f}") == parse_hours(time_text(minutes)) == minutes


REFLECTION = "What did you learn?\nMuch."


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("ice", ("IET lecture\n\nWhat it was.\n\nAfter\nTea.", "ethics; a, b", "2026-03-14 to 2026-03-15",
                 Decimal("1.6667"), "grid; storage", REFLECTION, "Less noise.")),
        ("rics", ("grid; storage", DAY, "IET lecture", "Event", Decimal("1.6667"), REFLECTION)),
        ("mycareerpath", ("IET lecture", "Formal", REFLECTION, "Less noise.", Decimal("1.6667"))),
        ("engineers-ireland", (DAY, "Technical; Professional", "IET lecture", REFLECTION + "\n\nLess noise.")),
        ("career-manager", ("2026", "IET lecture", "Event", DAY, date(2026, 3, 15), Decimal("1.6667"),
                            "What it was.\n\nAfter\nTea.", REFLECTION)),
    ],
)  # fmt: skip
def test_each_body_gets_its_columns(layout: str, row: tuple[Cell, ...]) -> None:
    assert layout_table(LAYOUTS[layout], [FULL]).rows == (row,)


def test_a_reflection_without_prompts_has_no_heading() -> None:
    one = activity(type=ActivityType.EVENT, body="## Reflection\n\nMuch.\n")
    assert layout_table(LAYOUTS["mycareerpath"], [one]).rows[0][1:3] == ("", "Much.")
