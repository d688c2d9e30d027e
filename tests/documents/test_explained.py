"""What is explained of the codes of documents: one report of all wrong examples, one of all right ones."""

from pathlib import Path

import pytest

from cpdkit.checks.examples import files_of
from cpdkit.checks.explain import explained
from cpdkit.documents.explained import OF_DOCUMENTS
from tests.program import Done, make_journal, report

SHOWN = [each for each in explained(OF_DOCUMENTS) if not each.checked and each.wrong]


def reported(tmp_path: Path, right: bool) -> Done:
    """A PDF of the examples, each of them an activity named by its code."""
    files = {
        f"activities/{each.code}.md": files_of("body", each.right if right else each.wrong, {})[
            "activities/relay-course.md"
        ]
        for each in SHOWN
    }
    return report(make_journal(tmp_path / "journal", files), tmp_path / "out", formats="pdf")


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Done:
    return reported(tmp_path_factory.mktemp("wrong"), right=False)


@pytest.mark.parametrize("code", [each.code for each in SHOWN])
def test_what_is_wrong_gives_its_code_and_no_other(code: str, wrong: Done) -> None:
    lines = [line for line in wrong.err.splitlines() if f"activities/{code}.md:" in line]
    assert lines
    assert all(f" {code}: " in line for line in lines)


def test_what_is_right_gives_none(tmp_path: Path) -> None:
    done = reported(tmp_path, right=True)
    assert (done.code, "CPD" in done.err) == (0, False)


def test_most_codes_are_shown() -> None:
    assert len(SHOWN) >= len(OF_DOCUMENTS.codes) // 2
