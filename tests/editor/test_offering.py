import pytest

from cpdkit.editor.known import Known
from cpdkit.editor.offering import is_list, keys_for, values_for
from cpdkit.editor.outline import Path
from cpdkit.editor.page import Page
from cpdkit.editor.positions import Text
from cpdkit.journal.fields import ACTIVITY
from tests.editor.desks import COURSE

MEMBER_PATH = "cpd.yaml"


def values(known: Known, path: Path, file: str = COURSE, text: str = "") -> list[str]:
    page = Page(file, Text(text))
    found = page.meaning(path)
    assert found
    return [each.value for each in values_for(found, page, known)]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        (("type",), ["training", "work-experience"]),
        (("status",), ["done", "in-progress", "planned", "draft"]),
        (("skills", 0), ["technical", "job", "soft"]),
        (("structured",), ["true", "false"]),
        (("objectives", 0), ["grid", "old"]),
        (("competences", 0), ["A1", "B2"]),
        (("competences", "A1"), ["T", "SP", "P", "E"]),
        (("topics", 0), ["safety"]),
        (("evidence", 0), ["new.pdf", "certificate.pdf"]),
        (("evidence", 0, "path"), ["new.pdf", "certificate.pdf"]),
        (("provider",), ["Gridwise Academy"]),
        (("location",), ["Leeds"]),
        (("role",), ["speaker"]),
        (("start",), ["2026-03-14", "2026-11-23", "2026-11-22"]),
        (("sessions", 0, "date"), ["2026-03-14", "2026-11-23"]),
        (("title",), []),
        (("units", "PDU"), []),
    ],
)
def test_a_field_has_its_values(known: Known, path: Path, first: list[str]) -> None:
    assert values(known, path)[: len(first) or 1] == first


@pytest.mark.parametrize(
    ("path", "some"),
    [
        (("frameworks", 0), {"firm", "uk-spec-ceng"}),
        (("schemes", 0, "scheme"), {"iet"}),
        (("checks", "CPD401"), {"off", "advice"}),
        (("paper",), {"a4", "letter"}),
    ],
)
def test_the_member_file_has_its_values(known: Known, path: Path, some: set[str]) -> None:
    assert some <= set(values(known, path, MEMBER_PATH))


def test_competences_are_found_by_their_titles(known: Known) -> None:
    page = Page(COURSE, Text(""))
    found = page.meaning(("competences", 0))
    assert found
    offers = {each.value: each for each in values_for(found, page, known)}
    assert (offers["K1"].detail, offers["K1"].search) == ("Switchgear", "Switchgear")


def test_the_end_may_be_the_start(known: Known) -> None:
    assert values(known, ("end",), COURSE, "---\nstart: 2026-03-10\n---\n")[0] == "2026-03-10"


def test_the_keys_of_a_mapping_are_codes(known: Known) -> None:
    page = Page(COURSE, Text(""))
    for path, some, none in ((("accepted",), "CPD401", "CPD204"), (("competences",), "K1", "CPD401")):
        found = page.meaning(path)
        assert found
        offered = {each.value for each in keys_for(found, page, known)}
        assert some in offered
        assert none not in offered


def test_lists_are_told_from_single_values() -> None:
    assert {each.name for each in ACTIVITY.fields if is_list(each.kind)} == {
        "objectives", "competences", "topics", "skills", "evidence"
    }  # fmt: skip
