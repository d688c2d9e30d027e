from pathlib import Path

import pytest

from cpdkit.editor.words import MOST, shipped_words, words_in
from cpdkit.errors import NoJournal
from tests.journal.folders import FIELDS, MEMBER, record, write


def test_a_journals_words_come_the_most_used_first(tmp_path: Path) -> None:
    files = {
        "cpd.yaml": MEMBER + "schemes: [ice]\n",
        "activities/a.md": record(FIELDS + "topics: [wind, storage]\nprovider: IET\n"),
        "activities/b.md": record(FIELDS + "topics: [wind]\nprovider: Cigré\n"),
        "activities/c.md": record(FIELDS + "topics: [ethics]\nprovider: Cigré\n"),
        "plan/x.md": record("title: Storage\n", ""),
        "plan/broken.md": "",
        "evidence/sub/a.pdf": "x",
        "frameworks/firm.yaml": "id: firm\ntitle: Our firm\ncompetences: [{code: K1, title: Switchgear}]\n",
        "schemes/firm.yaml": "id: firm\nbody: Our firm\n",
    }
    for path, text in files.items():
        write(tmp_path, path, text)
    words = words_in(tmp_path)
    assert words.topics == ("wind", "ethics", "storage", "safety", "sustainability")
    assert words.providers == ("Cigré", "IET")
    assert words.objectives == {"broken": "", "x": "Storage"}
    assert words.evidence == ("sub/a.pdf",)
    assert (words.competences["K1"], words.frameworks["firm"], words.schemes["firm"]) == (
        "Switchgear",
        "Our firm",
        "Our firm",
    )


def test_listed_topics_are_the_topics(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER + "topics: [storage, ethics]\n")
    write(tmp_path, "activities/a.md", record(FIELDS + "topics: [wind]\n"))
    assert words_in(tmp_path).topics == ("storage", "ethics")


def test_a_journal_that_cannot_be_read_has_the_shipped_words(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", "[")
    words = words_in(tmp_path)
    assert words.competences == shipped_words().competences
    assert words.objectives == {}
    with pytest.raises(NoJournal):
        words_in(tmp_path / "elsewhere")


def test_evidence_without_end_is_cut(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    for number in range(MOST + 10):
        write(tmp_path, f"evidence/{number}.pdf", "x")
    assert len(words_in(tmp_path).evidence) == MOST


def test_only_codes_that_can_be_set_are_offered() -> None:
    codes = shipped_words().codes
    assert {"CPD401", "CPD705", "CPD216"} <= set(codes)
    assert not {"CPD201", "CPD120"} & set(codes)
