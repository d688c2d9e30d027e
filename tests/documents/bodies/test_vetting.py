"""The parts that vetted nodes are built from."""

import pytest

from cpdkit.documents.bodies.vetting import LINE_BREAK, SPACE, Vetting, joined, para, trimmed, word, words


def test_a_word_is_clean_and_shared() -> None:
    assert word("a\x00b") == {"t": "Str", "c": "ab"}
    assert word("same") is word("same")
    assert word("\x00") is None


def test_words() -> None:
    a, b = {"t": "Str", "c": "a"}, {"t": "Str", "c": "b"}
    assert words(" a  b\n\nb ") == [a, SPACE, SPACE, b, LINE_BREAK, LINE_BREAK, b]
    assert words(" \n ") == []


@pytest.mark.parametrize("inlines", [[], [SPACE], [SPACE, LINE_BREAK]])
def test_nothing_but_space_is_nothing(inlines: list[dict[str, str]]) -> None:
    assert trimmed(inlines) == []
    assert para(inlines) == []


def test_runs_are_joined_without_the_empty_ones() -> None:
    a = words("a")
    assert joined([a, [], a], [SPACE]) == [*a, SPACE, *a]


def test_the_same_problem_is_kept_once() -> None:
    vetting = Vetting("", frozenset(), lambda _: None)  # type: ignore[arg-type,return-value]
    for _ in range(2):
        vetting.report("CPD909", "deep")
    assert len(vetting.problems) == 1
