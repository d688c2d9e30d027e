from pathlib import Path

from cpdkit.editor.journal_facts import Known, by_path, used
from tests.editor.desks import COURSE, checked
from tests.journal.folders import FIELDS, MEMBER, record


def test_a_check_is_sorted_for_look_ups(known: Known) -> None:
    assert known.by_path[COURSE].title == "Relay course"
    assert [each.title for each in known.activities] == ["Talk on storage", "Relay course"]
    assert list(known.objectives) == ["old", "grid"]
    assert known.words.competences["K1"] == "Switchgear"
    assert str(known.day) == "2026-11-23"


def test_what_comes_of_one_file_is_told_from_what_comes_of_others(tmp_path: Path) -> None:
    files = {"cpd.yaml": MEMBER, "activities/a.md": record("tittle: x\n" + FIELDS), "evidence/a.pdf": "%PDF"}
    files |= {"activities/b.md": record(FIELDS), "activities/c.md": record(FIELDS)}
    known = checked(tmp_path, files)
    assert [each.code for each in known.alone["activities/a.md"]] == ["CPD212"]
    assert "evidence/a.pdf" not in known.alone
    assert {"activities/a.md", "activities/c.md"} <= known.paths
    assert {each.code for each in known.together["activities/c.md"]} >= {"CPD807"}
    assert known.diagnostics("activities/c.md") == tuple(
        sorted(known.diagnostics("activities/c.md"), key=lambda each: each.order)
    )
    assert by_path(known.alone["activities/a.md"]) == {"activities/a.md": known.alone["activities/a.md"]}


def test_values_come_by_use_then_by_newness() -> None:
    assert used([("a",), ("b", "c"), ("c", ""), ("d",)]) == ["c", "a", "b", "d"]
