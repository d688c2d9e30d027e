from pathlib import Path

import pytest

from cpdkit.checks.rule import long_texts
from cpdkit.checks.rules.quality import LEAST_WORDS, names_nothing, says_nothing, words_of
from tests.checks.checking import diagnostics, figures, located_codes
from tests.journal.folders import BODY, FIELDS, record

DESCRIPTION = "\nSettings of distance relays on double-circuit lines, with a day of injection tests in a substation.\n"
ANSWER = "How the mutual coupling of two circuits shortens the reach, which our standard settings leave too little for."
PATH = "activities/a.md"


def codes(root: Path, body: str, fields: str = FIELDS) -> list[tuple[str, str]]:
    return [(where.removeprefix(PATH + ":"), code) for where, code in located_codes(root, {PATH: record(fields, body)})]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (DESCRIPTION, PATH),
        ("", PATH),
        (DESCRIPTION + "\n## Reflection\n", "10:1"),
        (DESCRIPTION + "\n## Reflection\n\n### What went well?\n\n### What next?\n", "10:1"),
        (DESCRIPTION + "\n## Reflection\n\n<!-- later -->\n", "10:1"),
        (DESCRIPTION + "\n## Reflection\n\n- (private) " + ANSWER + "\n", "10:1"),
        (DESCRIPTION + "\n## Reflections\n\n" + ANSWER + "\n", "10:1"),
        (DESCRIPTION + "\n### What did you learn?\n\n" + ANSWER + "\n", "10:1"),
    ],
)
def test_no_reflection(tmp_path: Path, body: str, place: str) -> None:
    assert codes(tmp_path, body) == [(place, "CPD401")]


def test_a_heading_that_is_nearly_right_can_be_mended(tmp_path: Path) -> None:
    (each,) = diagnostics(tmp_path, {PATH: record(body=DESCRIPTION + "\n## Reflections\n\n" + ANSWER + "\n")})
    assert each.fix is not None
    (edit,) = each.fix.edits
    assert (edit.new, edit.span.column, edit.span.end_column, each.fix.safe) == ("Reflection", 4, 15, False)


@pytest.mark.parametrize("status", ["planned", "draft", "in-progress"])
def test_what_is_not_done_may_wait_for_its_reflection(tmp_path: Path, status: str) -> None:
    day = "2026-12-14" if status == "planned" else "2026-03-14"
    fields = f"title: Relay course\ntype: training\nstart: {day}\nhours: 2\nstatus: {status}\n"
    assert codes(tmp_path, DESCRIPTION, fields) == []


@pytest.mark.parametrize("status", ["planned", "draft"])
def test_what_is_planned_is_not_judged(tmp_path: Path, status: str) -> None:
    day = "2026-12-14" if status == "planned" else "2026-03-14"
    fields = f"title: Training\ntype: training\nstart: {day}\nhours: 2\nstatus: {status}\n"
    body = "\nTBC\n\n## Reflection\n\n### What did you learn?\n\nA lot.\n\n### What went well?\n\nTODO\n"
    assert codes(tmp_path, body, fields) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("### What went well?\n", [("16:1", "CPD402")]),
        ("### What went well?\n\n### What next?\n", [("16:1", "CPD402"), ("18:1", "CPD402")]),
        ("### What went well?\n\n<!-- think of something -->\n", [("16:1", "CPD402")]),
        ("### What went well?\n\n- (private) The food.\n", [("16:1", "CPD402")]),
        ("What went well?\n---------------\n", []),
        ("### Day one\n\n#### Morning\n\nThe first relay of the line, and its twin.\n", []),
        ("### Day one\n\n#### Morning\n", [("16:1", "CPD402"), ("18:1", "CPD402")]),
        ("### (private) What went badly?\n\nMuch.\n", []),
        ("```\n### no heading\n```\n", []),
        ("### Yes or no?\n\nNo.\n", []),
        ("## Notes\n\nSome more about the relays of the other line.\n", []),
    ],
)
def test_unanswered_prompts(tmp_path: Path, after: str, expected: list[tuple[str, str]]) -> None:
    body = f"{DESCRIPTION}\n## Reflection\n\n### What did you learn?\n\n{ANSWER}\n\n{after}"
    assert codes(tmp_path, body) == expected


def test_a_prompt_can_be_taken_out(tmp_path: Path) -> None:
    body = f"{DESCRIPTION}\n## Reflection\n\n### What went well?\n\n### What did you learn?\n\n{ANSWER}\n"
    (each,) = diagnostics(tmp_path, {PATH: record(body=body)})
    assert each.fix is not None
    (edit,) = each.fix.edits
    assert (edit.span.line, edit.span.end_line, edit.new, each.fix.safe) == (12, 14, "", False)


@pytest.mark.parametrize(
    ("text", "is_template"),
    [
        ("TODO", True),
        ("TBC.", True),
        ("…", True),
        ("*Your answer here*", True),
        ("[insert your reflection]", True),
        ("What went well?", True),
        ("Any follow-up actions?", True),
        ("What, and by when.", True),
        ("Lorem ipsum dolor", True),
        ("None.", False),
        ("TODO: ask Helen for the test sheets of the three other lines.", False),
        ("The TBC relay.", False),
        ("[the note](https://example.org)", False),
    ],
)
def test_template_words(tmp_path: Path, text: str, is_template: bool) -> None:
    body = f"{DESCRIPTION}\n## Reflection\n\n{ANSWER}\n\n### What went well?\n\n{text}\n"
    assert codes(tmp_path, body) == [("16:1", "CPD403")] * is_template


def test_the_template_of_a_description(tmp_path: Path) -> None:
    assert codes(tmp_path, f"\nDescribe the activity here.\n\n## Reflection\n\n{ANSWER}\n") == [("8:1", "CPD403")]


@pytest.mark.parametrize("count", [1, LEAST_WORDS - 1, LEAST_WORDS])
def test_a_short_reflection(tmp_path: Path, count: int) -> None:
    said = " ".join(["coupling"] * count)
    found_there = diagnostics(tmp_path, {PATH: record(body=f"{DESCRIPTION}\n## Reflection\n\n{said}\n")})
    assert [each.code for each in found_there] == ["CPD404"] * (count < LEAST_WORDS)
    assert all(f" {count} word" in each.message for each in found_there)


def test_a_script_without_blanks_has_words(tmp_path: Path) -> None:
    assert codes(tmp_path, f"{DESCRIPTION}\n## Reflection\n\n保護繼電器的整定值需要考慮互感的影響\n") == []


@pytest.mark.parametrize(
    ("title", "vague"),
    [
        ("Training", True),
        ("CPD", True),
        ("Team meeting", True),
        ("TBC", True),
        ("Webinar 2026-03-14", True),
        ("IET webinar", True),
        ("Self-study", True),
        ("Annual conference 2026", True),
        ("March", True),
        ("Relay course", False),
        ("Committee meeting", False),
        ("IET lecture: grid-scale storage", False),
        ("Chairing meetings", False),
        ("Sgwrs", False),
    ],
)
def test_vague_titles(tmp_path: Path, title: str, vague: bool) -> None:
    fields = FIELDS.replace("Relay course", f'"{title}"') + "provider: IET\n"
    assert codes(tmp_path, BODY, fields) == [("2:8", "CPD406")] * vague


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Everything.", True),
        ("A lot", True),
        ("It was a very useful and interesting day.", True),
        ("Yes.", False),
        ("Yes, very much so.", False),
        ("Nothing.", False),
        ("The nails.", False),
        ("Everything but the bench.", False),
    ],
)
def test_vague_answers(tmp_path: Path, text: str, vague: bool) -> None:
    body = f"{DESCRIPTION}\n## Reflection\n\n{ANSWER}\n\n### What went well?\n\n{text}\n"
    assert codes(tmp_path, body) == [("16:1", "CPD407")] * vague


@pytest.mark.parametrize(
    ("text", "vague"),
    [("Relay course.", True), ("Attended the training.", True), ("Two days at the bench.", False)],
)
def test_a_description_that_repeats_the_title(tmp_path: Path, text: str, vague: bool) -> None:
    assert codes(tmp_path, f"\n{text}\n\n## Reflection\n\n{ANSWER}\n") == [("8:1", "CPD407")] * vague


def test_no_description(tmp_path: Path) -> None:
    assert codes(tmp_path, f"## Reflection\n\n{ANSWER}\n") == [(PATH, "CPD409")]
    assert codes(tmp_path, f"## Reflection\n\n{ANSWER}\n\n## Notes\n\nWith three others of the team.\n") == []


OWN = [
    "The first of the two relays reached eight per cent too far in zone 2, because of its old coupling factor.",
    "The report that we took the settings from had been written for the line before it was made a double one.",
    "I have asked the planners for the test sheets of all lines that were doubled in the last fifteen years.",
    "Until they come, the settings of such lines are issued with a remark that the coupling is not measured.",
]
STANDING = "This activity is part of the development plan that was agreed with my line manager in January 2026."


def text_of(*sentences: str) -> str:
    return "\n" + "\n".join(sentences[:2]) + "\n\n## Reflection\n\n" + "\n".join(sentences[2:]) + "\n"


def copies(root: Path, **bodies: str) -> list[tuple[str, str]]:
    files = {
        f"activities/{name}.md": record(
            f"title: Relays of line {name}\ntype: event\nstart: 2026-0{number}-14\nhours: 2\n", body
        )
        for number, (name, body) in enumerate(bodies.items(), 1)
    }
    return [(each.location, figures(each.message)) for each in diagnostics(root, files) if each.code == "CPD405"]


def test_the_same_text(tmp_path: Path) -> None:
    message = "activities/c.md"
    # Not the first by its path, but by its day.
    reported = copies(tmp_path, c=text_of(*OWN), b=text_of(*OWN), a=text_of(*OWN))
    assert reported == [("activities/a.md:8:1", message), ("activities/b.md:8:1", message)]


def test_nearly_the_same_text(tmp_path: Path) -> None:
    edited = [OWN[0].replace("first of the two", "second of the two"), *OWN[1:]]
    assert [place for place, _ in copies(tmp_path, a=text_of(*OWN), b=text_of(*edited))] == ["activities/b.md:9:1"]


def test_a_paragraph_edited_at_its_beginning(tmp_path: Path) -> None:
    one, other = "On 3 March we met. " + " ".join(OWN[:2]), "On 7 April we met. " + " ".join(OWN[:2])
    bodies = {name: f"\n{text}\n\n## Reflection\n\n{' '.join(OWN[2:])}\n" for name, text in [("a", one), ("b", other)]}
    assert [place for place, _ in copies(tmp_path, **bodies)] == ["activities/b.md:8:20"]


def test_a_standing_remark_is_no_copy(tmp_path: Path) -> None:
    bodies = {
        name: text_of(STANDING, *(f"{sentence[:-1]} ({name}{number})." for number, sentence in enumerate(OWN)))
        for name in "abcdefgh"
    }
    assert copies(tmp_path, **bodies) == []


def test_templates_without_answers_are_no_copies(tmp_path: Path) -> None:
    empty = "\n## Reflection\n\n### What did you learn?\n\n### What could have been done differently?\n"
    assert copies(tmp_path, a=empty, b=empty) == []


def test_sentences_have_places() -> None:
    body = f"\n## A heading\n\n{OWN[0]}  Short. {OWN[1].replace(' ', chr(10), 1)}\n"
    said = long_texts(body)
    assert [each.text for each in said] == [OWN[0].lower(), OWN[1].lower()]
    assert all(body[each.start : each.stop].lower().split() == each.text.split() for each in said)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The day’s course, e-learning.", ["the", "day’s", "course", "e", "learning"]),
        ("33 kV: 1.5 p.u.", ["33", "kv", "1", "5", "p", "u"]),
        ("互感 reach", ["互", "感", "reach"]),
        ("Tŷ Newydd", ["tŷ", "newydd"]),
        ("… -- *", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_what_says_nothing() -> None:
    assert says_nothing(["very", "useful"])
    assert says_nothing(["the", "relay"], frozenset({"relay"}))
    assert not says_nothing(["it", "did"])
    assert not says_nothing(["useful", "relay"])
    assert not says_nothing([])


def test_what_names_nothing() -> None:
    assert names_nothing(["training", "march", "2026"])
    assert names_nothing(["iet", "webinar"], frozenset({"iet"}))
    assert not names_nothing(["relay", "course"])
