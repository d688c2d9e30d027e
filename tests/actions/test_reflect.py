"""Find activities that need a reflection, and read answers from a command line."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.actions.record_file import find_activity
from cpdkit.actions.reflect import (
    WHOLE,
    answer_patches,
    later_patches,
    open_reflection,
    open_reflections,
    parse_answer,
    reflection_model,
    with_answers,
)
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import MODELS
from cpdkit.text.files import Disk
from tests.journal.folders import BODY, FIELDS, journal_of, record, write

IET = MODELS["iet"]
DAY = date(2026, 11, 24)
PATH = "activities/a.md"
HALF = BODY + "\n### What went well?\n\n### My own question\n"


@pytest.mark.parametrize(
    ("fields", "body", "questions"),
    [
        ("", BODY, []),
        ("", HALF, ["What went well?", "My own question"]),
        ("", "\nWords.\n", [each.question for each in IET.prompts]),
        ("", "\n## Reflection\n\n<!-- note -->\n", [each.question for each in IET.prompts]),
        ("", "\n## Reflection\n\nIn one go.\n", []),
        ("status: in-progress\n", "\nWords.\n", []),
        ("status: in-progress\n", HALF, ["What went well?", "My own question"]),
        ("status: planned\n", "\nWords.\n", []),
    ],
)
def test_what_waits(tmp_path: Path, fields: str, body: str, questions: list[str]) -> None:
    journal = journal_of(tmp_path, {PATH: record(FIELDS + fields, body)})
    assert [
        prompt.question for each in open_reflections(journal.activities, IET) for prompt in each.prompts
    ] == questions


def test_the_newest_waits_first(tmp_path: Path) -> None:
    files = {f"activities/{day}.md": record(FIELDS.replace("03-14", day), "") for day in ("03-14", "05-01", "04-01")}
    found = open_reflections(journal_of(tmp_path, files).activities, MODELS["cibse"])
    assert [each.activity.id for each in found] == ["05-01", "04-01", "03-14"]
    assert [each.question for each in found[0].prompts] == [
        "What did you learn from it?",
        "How does it help your work?",
        "What will you do next?",
    ]


def test_a_question_of_a_model_brings_its_help_wherever_it_stands(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: record(body=HALF.replace("went well?", "went WELL"))})
    waiting = open_reflection(find_activity(tmp_path, "a").record, MODELS["cibse"])
    assert [each.help for each in waiting.prompts] == [IET.prompts[1].help, ""]


def test_an_answer_names_its_question() -> None:
    assert parse_answer(" What? = a=b ") == ("What?", " a=b ")
    for expected in ("What?", "=text", "What?= "):
        with pytest.raises(UsageError, match="as an answer"):
            parse_answer(expected)


def test_the_questions_are_those_of_the_journal(tmp_path: Path) -> None:
    own = "## Reflection\n\n### What went well?\n\n### Mine\n"
    files = {"cpd.yaml": "name: A\nreflection: own\n", "templates/new/own.md": own}
    journal_of(tmp_path, files)
    disk = Disk(str(tmp_path))
    assert reflection_model(disk, "kolb") is MODELS["kolb"]
    assert [each.question for each in reflection_model(disk).prompts] == ["What went well?", "Mine"]
    assert reflection_model(disk, "none").prompts == (WHOLE,)
    with pytest.raises(UsageError, match='unknown model "x"'):
        reflection_model(disk, "x")
    write(tmp_path, "cpd.yaml", "name: A\n")
    assert reflection_model(disk) is IET


def test_answers_by_the_beginning_of_their_question(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: record(body=HALF)})
    file = find_activity(tmp_path, "a")
    expected = [("what went", "All."), ("my own", "Mine."), ("any follow", "None."), ("Reflection", "In short.")]
    after = with_answers(file, expected, "Then.", DAY, IET).decode()
    body = HALF.replace("## Reflection\n", "## Reflection\n\nIn short.\n").replace("well?\n", "well?\n\nAll.\n")
    ends = "question\n\nMine.\n\n### Any follow-up actions?\n\nNone.\n\n### Later, 24 November 2026\n\nThen.\n"
    assert after == record(body=body.replace("question\n", ends))
    write(tmp_path, PATH, after)
    assert with_answers(find_activity(tmp_path, "a"), expected, "Then.", DAY, IET).decode() == after


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("what did you learn", '"What did you learn\\?" already has an answer'),
        ("what", "matches 2 questions"),
        ("why", 'unknown question "why"'),
        ("?", 'unknown question "\\?"'),
    ],
)
def test_answers_that_no_question_waits_for(tmp_path: Path, question: str, message: str) -> None:
    journal_of(tmp_path, {PATH: record(body=HALF)})
    with pytest.raises(UsageError, match=message):
        with_answers(find_activity(tmp_path, "a"), [(question, "x")], "", DAY, IET)


def test_an_answer_goes_into_the_file_as_it_is_now(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: record(body=HALF)})
    waiting = open_reflection(find_activity(tmp_path, "a").record, IET)
    write(tmp_path, PATH, record(body=HALF.replace("well?\n", "well?\n\nWritten in an editor.\n")))
    (patch,) = answer_patches(tmp_path, PATH, waiting.prompts[0].question, "All.")
    assert "editor.\n\nAll.\n" in patch.after.decode()
    (patch,) = later_patches(tmp_path, PATH, DAY, "Then.")
    assert patch.after.decode().endswith("### Later, 24 November 2026\n\nThen.\n")
