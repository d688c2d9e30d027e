"""Answers put below their headings: insertion alone, whatever the file's newlines, or a refusal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.actions.reflection_edit import Misplaced, holds, prompts_of, tidy, with_answer, with_later, with_prompts
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import MODELS, Prompt
from cpdkit.journal.sections import outline
from tests.journal.folders import FIELDS

FRONT = f"---\n{FIELDS}---\n"
DAY = date(2026, 11, 24)
PROMPTS = "\nWords.\n\n## Reflection\n\n### What?\n\n<!-- help -->\n\n### So what?\n\n## After\n\nMore.\n"


def answered(body: str, question: str = "What?", answer: str = "Much.") -> str:
    return with_answer("activities/a.md", (FRONT + body).encode(), question, answer).decode().removeprefix(FRONT)


@pytest.mark.parametrize(
    ("before", "question", "after"),
    [
        (PROMPTS, "What?", PROMPTS.replace("help -->\n", "help -->\n\nMuch.\n")),
        (PROMPTS, "so what", PROMPTS.replace("So what?\n", "So what?\n\nMuch.\n")),
        (PROMPTS, "", PROMPTS.replace("## Reflection\n", "## Reflection\n\nMuch.\n")),
        (PROMPTS, "Now what?", PROMPTS.replace("So what?\n", "So what?\n\n### Now what?\n\nMuch.\n")),
        ("", "What?", "\n\n## Reflection\n\n### What?\n\nMuch.\n"),
        ("", "", "\n\n## Reflection\n\nMuch.\n"),
        ("\nWords.\n", "What?", "\nWords.\n\n## Reflection\n\n### What?\n\nMuch.\n"),
        ("\nWords.", "What?", "\nWords.\n\n## Reflection\n\n### What?\n\nMuch.\n"),
        ("\n# Reflection\n## What?\n## So what?\n", "What?", "\n# Reflection\n## What?\n\nMuch.\n\n## So what?\n"),
        ("\n# Reflection\n\nWhat?\n-----", "What?", "\n# Reflection\n\nWhat?\n-----\n\nMuch.\n"),
        ("\n## Reflection\n\n### What?\n\nOld.  \n", "What?", "\n## Reflection\n\n### What?\n\nOld.  \n\nMuch.\n"),
        (
            "\n## Reflection\n\n### What?\n\n### (private) x\n\nMine.\n",
            "What?",
            "\n## Reflection\n\n### What?\n\nMuch.\n\n### (private) x\n\nMine.\n",
        ),
        (
            "\n## Reflection\n\nOnce.\n\n### Later, 1 May 2026\n\nThen.\n",
            "What?",
            "\n## Reflection\n\nOnce.\n\n### What?\n\nMuch.\n\n### Later, 1 May 2026\n\nThen.\n",
        ),
    ],
)
def test_an_answer_stands_below_its_question(before: str, question: str, after: str) -> None:
    # An empty body's file ends with its fence's newline, which stays the last one.
    assert answered(before, question) == (after if before else after.removeprefix("\n"))


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (PROMPTS, "# Heading"),
        (PROMPTS, "Title\n====="),
        (PROMPTS, "```\nopen"),
        (PROMPTS.replace("More.", "More. <!-- x -->"), "text <!-- open"),
        ("\n```\nopen\n", "Much."),
        ("\n###### Reflection\n", "Much."),
        ("\n# (private) notes\n\nMine.\n", "Much."),
    ],
)
def test_what_would_change_the_text_around_it_is_refused(body: str, answer: str) -> None:
    with pytest.raises(Misplaced, match="would break the text around it"):
        answered(body, answer=answer)


def test_deeper_headings_closed_fences_and_notes_are_welcome() -> None:
    for answer in ("A\n\n#### Deeper\n\nB", "```\n# code\n```", "- (private) mine", "<!-- note -->"):
        assert answered(PROMPTS, answer=answer) == PROMPTS.replace("help -->\n", f"help -->\n\n{answer}\n")
    with pytest.raises(UsageError, match='the answer to "What\\?" is empty'):
        answered(PROMPTS, answer=" \r\n")


def test_later_reflections_follow_by_day_and_count_as_reflection() -> None:
    data = (FRONT + PROMPTS).encode()
    once = with_later("activities/a.md", data, DAY, "Since then.")
    twice = with_later("activities/a.md", once, DAY, "And more.")
    later = "So what?\n\n### Later, 24 November 2026\n\nSince then.\n\nAnd more.\n"
    assert twice.decode() == FRONT + PROMPTS.replace("So what?\n", later)
    body = twice.decode().removeprefix(FRONT)
    assert [each.title for each in outline(body).reflection][-1] == "Later, 24 November 2026"
    assert [(each.question, each.waiting) for each in prompts_of(body)] == [("What?", True), ("So what?", True)]
    assert holds(body, "Later, 24 November 2026", "Since then.")
    assert not holds(body, "What?", "Since then.")


def test_prompts_that_are_missing_are_added_with_their_help() -> None:
    model = MODELS["what-so-what-now-what"].prompts
    data = with_prompts("activities/a.md", (FRONT + PROMPTS).encode(), model)
    added = f"So what?\n\n### Now what?\n\n<!-- {model[2].help} -->\n"
    assert data.decode() == FRONT + PROMPTS.replace("So what?\n", added)
    assert with_prompts("activities/a.md", data, model) == data
    assert outline(data.decode()).answered == 0
    bare = with_prompts("activities/a.md", FRONT.encode(), [Prompt("Mine", ""), Prompt("Reflection", "All.")])
    assert bare.decode() == FRONT.rstrip() + "\n\n## Reflection\n\n### Mine\n"
    whole = with_prompts("activities/a.md", FRONT.encode(), [Prompt("Reflection", "All.")])
    assert whole.decode() == FRONT.rstrip() + "\n\n## Reflection\n\n<!-- All. -->\n"
    data = with_answer("activities/a.md", whole, "Reflection", "Much.")
    assert data.decode() == FRONT.rstrip() + "\n\n## Reflection\n\n<!-- All. -->\n\nMuch.\n"


WORDS = st.text("ab #-=`~<!>*\n", max_size=12)


@given(st.lists(WORDS, max_size=4), WORDS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.booleans())
def test_nothing_but_the_answer_comes_and_every_newline_is_the_files(
    parts: list[str], answer: str, newline: str, mark: bool, there: bool
) -> None:
    answer += "Z"  # in no other text, so that it is certain what came
    body = "\n\n### What?\n\n".join(["## Reflection" if there else "Words.", *parts])
    data = (("\ufeff" if mark else "") + FRONT + body).replace("\n", newline).encode()
    try:
        after = with_answer("activities/a.md", data, "What?", answer)
    except (Misplaced, UsageError):
        return
    grown = len(after) - len(data)
    cut = next((at for at in range(len(data) + 1) if after[:at] + after[at + grown :] == data), None)
    assert cut is not None
    new = after[cut : cut + grown].decode()
    assert tidy(answer) in tidy(new)
    assert new.replace(newline, "").count("\n") == new.replace(newline, "").count("\r") == 0
