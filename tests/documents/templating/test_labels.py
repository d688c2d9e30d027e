"""The catalogues of labels: their entries, their languages, and errors in them."""

import tomllib
from collections.abc import Iterator

import pytest

from cpdkit.documents.look import template_file
from cpdkit.documents.templating.labels import LabelFile, Labels, candidates, labels_for
from cpdkit.errors import UsageError

ENGLISH = LabelFile("en-GB.toml", template_file("labels", "en-GB.toml").read_bytes())


def with_own(text: str) -> Labels:
    return labels_for("cy", [ENGLISH, LabelFile("templates/labels/cy.toml", text.encode())])


def test_values_are_filled_in(english: Labels) -> None:
    assert english("facts.number", number="1100") == "no. 1100"
    assert english("values.hours_of", part="3.5", whole="7 h") == "3.5 of 7 h"


def test_one_and_several(english: Labels) -> None:
    assert english.count("counts.activities", 1) == "1 activity"
    assert english.count("counts.activities", 0) == "0 activities"
    assert english.counted("counts.activities")
    assert not english.counted("facts.member")


def test_a_value_with_braces_is_not_filled_in_again(english: Labels) -> None:
    assert english("values.hours_of", part="{whole}", whole="{part}") == "{whole} of {part}"


def test_a_missing_entry_is_in_english() -> None:
    welsh = with_own('[types]\ntraining = "Hyfforddiant"\n')
    assert (welsh("types.training"), welsh("types.event"), welsh.language) == ("Hyfforddiant", "Event", "cy")


def test_the_later_catalogue_wins() -> None:
    both = [ENGLISH, *(LabelFile(name, f'[types]\nevent = "{name}"\n'.encode()) for name in ("cy", "cy-GB"))]
    assert labels_for("cy-GB", both)("types.event") == "cy-GB"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en-GB", ("en-GB.toml", "en.toml")),
        ("de-AT", ("en-GB.toml", "de.toml", "de-AT.toml")),
        ("cy", ("en-GB.toml", "cy.toml")),
    ],
)
def test_the_files_of_a_language_the_most_particular_last(language: str, names: tuple[str, ...]) -> None:
    assert set(candidates(language)) == set(names)
    assert candidates(language)[0] == "en-GB.toml"
    assert language == "en-GB" or candidates(language) == names


BROKEN = {
    "no TOML": ("[types", "Expected"),
    "a word for a table": ('types = "x"', "types must be a table, as in en-GB.toml"),
    "a table for a word": ("[types.event]\nx = 1", "types.event must be a text,"),
    "a word for a pair": ('[counts]\nactivities = "x"', "counts.activities must be a list of 2 texts,"),
    "three months": ('[dates]\nmonths = ["a", "b", "c"]', "dates.months must be a list of 12 texts,"),
    "a number in a pair": ("[counts]\nactivities = [1, 2]", "counts.activities must be a list of 2 texts,"),
    "a number among the months": (
        '[dates]\nmonths = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", 12]',
        "dates.months must be a list of 12 texts,",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_catalogue_is_named_with_the_reason(name: str) -> None:
    text, reason = BROKEN[name]
    with pytest.raises(UsageError, match=r"templates/labels/cy\.toml") as caught:
        with_own(text)
    assert reason in str(caught.value)


def test_a_catalogue_that_is_not_text() -> None:
    with pytest.raises(UsageError, match=r"cy\.toml.*UTF-8"):
        labels_for("cy", [ENGLISH, LabelFile("cy.toml", b"\xff\xfe")])


def leaves(entries: object, at: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(entries, dict):
        for name, each in entries.items():
            yield from leaves(each, f"{at}.{name}".lstrip("."))
    else:
        yield at, entries


def test_the_english_catalogue_has_no_empty_entry() -> None:
    for key, value in leaves(tomllib.loads(ENGLISH.data.decode())):
        words = value if isinstance(value, list) else [value]
        assert all(isinstance(each, str) and each.strip() for each in words), key


@pytest.mark.parametrize("data", [b"x=" + b"[" * 5_000, b"x=" + b"{a=" * 5_000, b"[" + b"a." * 20_000 + b"a]\nb=1"])
def test_a_catalogue_that_nests_deeply_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="catalogue"):
        labels_for("cy", [LabelFile("templates/labels/cy.toml", data)])
