import pytest

from cpdkit.checks.words import names_nothing, says_nothing, words_of


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
