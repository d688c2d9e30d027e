import pytest

from cpdkit.editor.page import Page, fields_of, table_of
from cpdkit.editor.positions import Text
from cpdkit.journal.compound_types import EVIDENCE
from cpdkit.journal.member import MEMBER, SCHEME_STATUS
from cpdkit.journal.records import ACTIVITY, OBJECTIVE, SESSION


@pytest.mark.parametrize(
    ("text", "front", "closed"),
    [
        ("---\na: b\n---\nc\n", (1, 2), True),
        ("\n--- \r\na: b\r\n---\r\n", (2, 3), True),
        ("---\na: b\n", (1, 3), False),
        ("a: b\n---\n", (0, 0), False),
        ("", (0, 0), False),
        ("---\n---", (1, 1), True),
    ],
)
def test_the_fields_stand_between_two_fences(text: str, front: tuple[int, int], closed: bool) -> None:
    page = Page("activities/a.md", Text(text))
    assert (page.front, page.is_closed) == (front, closed)


def test_all_of_the_member_file_is_fields() -> None:
    page = Page("cpd.yaml", Text("name: A\n"))
    assert (page.front, page.is_closed) == ((0, 2), False)
    token = page.token_at(0, 7)
    assert token
    assert token.text == "A"


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("cpd.yaml", MEMBER),
        ("activities/a.md", ACTIVITY),
        ("plan/a.md", OBJECTIVE),
        ("plan/a.txt", None),
        ("evidence/a.md", None),
        ("README.md", None),
    ],
)
def test_each_kind_of_file_has_its_table(path: str, table: object) -> None:
    assert table_of(path) is table


def test_a_path_means_the_deepest_field_it_leads_to() -> None:
    page = Page("activities/a.md", Text(""))
    found = [
        page.meaning(path) for path in [("sessions", 1, "date"), ("competences", "A1"), ("date",), ("x-a", "b"), ()]
    ]
    assert [(each.field.name, each.names, each.rest) if each else None for each in found] == [
        ("date", ("sessions", "date"), ()),
        ("competences", ("competences",), ("A1",)),
        ("start", ("date",), ()),
        None,
        None,
    ]


def test_mappings_have_the_fields_of_their_kind() -> None:
    assert fields_of(ACTIVITY, ("sessions", 0)) is SESSION
    assert fields_of(ACTIVITY, ("evidence", 0)) is EVIDENCE
    assert fields_of(MEMBER, ("schemes", 0, "statuses", 1)) is SCHEME_STATUS
    assert fields_of(ACTIVITY, (0,)) is ACTIVITY
    assert fields_of(ACTIVITY, ("units",)) is None
    assert fields_of(ACTIVITY, ("competences", "A1")) is None
