from pathlib import Path

import pytest

from cpdkit.journal.load import Journal
from cpdkit.journal.search import MOST_PLACES, search, terms_of
from tests.journal.folders import FIELDS, journal_of, record


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return journal_of(
        tmp_path,
        {
            "activities/title.md": record(FIELDS.replace("Relay course", "Converter café"), "\nNothing.\n"),
            "activities/field.md": record(FIELDS + "provider: Converter Institute\nx-a: [b, Ångström]\n", "\nCafe.\n"),
            "activities/body.md": record(FIELDS, "\nOne.\n\nThe converter was late.\n\n" + "converter\n" * 9),
            "plan/converter.md": record("title: Understand converters\nwhy: the cafe needs one\n"),
            "reviews/2025.md": record("year: 2025\n", "\nA converter year.\n"),
        },
    )


def found(journal: Journal, *words: str) -> list[str]:
    return [hit.record.id for hit in search(journal, journal.activities, words)]


def test_title_before_field_before_body(journal: Journal) -> None:
    assert found(journal, "converter") == ["converter", "title", "field", "body", "2025"]


def test_all_words_must_be_there_whatever_their_case_and_accents(journal: Journal) -> None:
    assert found(journal, "CAFÉ", "Converter") == ["title", "converter", "field"]
    assert found(journal, "angstrom") == ["field"]
    assert found(journal, "converter", "nowhere") == found(journal, "", " ") == []


def test_places_are_lines_of_the_file(journal: Journal) -> None:
    (hit,) = search(journal, journal.activities, ["late"])
    text = (journal.root / hit.record.path).read_text().splitlines()
    assert [(each.field, text[each.line - 1]) for each in hit.places] == [("", "The converter was late.")]
    (field,) = search(journal, journal.activities, ["institute"])
    place = field.places[0]
    path = journal.root / field.record.path
    assert (place.field, path.read_text().splitlines()[place.line - 1]) == ("provider", "provider: Converter Institute")
    assert max(len(hit.places) for hit in search(journal, journal.activities, ["converter"])) == MOST_PLACES


def test_a_long_line_is_cut_around_the_word(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": record(body="\n" + "x " * 5000 + "needle" + " y" * 5000 + "\n")})
    (hit,) = search(journal, journal.activities, ["needle"])
    assert hit.places[0].text.startswith("…")
    assert "needle" in hit.places[0].text
    assert len(hit.places[0].text) < 200


@pytest.mark.parametrize(
    ("arguments", "terms"),
    [
        (["inverter", "networks"], ("inverter", "networks")),
        (["inverter networks"], ("inverter networks",)),
        (['"inverter networks"'], ("inverter networks",)),
        (["“inverter networks”", "relay"], ("inverter networks", "relay")),
        (['grid "fault level" bench top'], ("grid", "fault level", "bench", "top")),
        (['"fault level"', "«net  works» x"], ("fault level", "net works", "x")),
        (['"one" "two three" four'], ("one", "two three", "four")),
        (['"unfinished phrase'], ("unfinished phrase",)),
        (["  spaced   out "], ("spaced out",)),
        (["relay", "relay"], ("relay",)),
        (["", " ", '""', "\t"], ()),
        (["-solar"], ("-solar",)),
        (["don't"], ("don't",)),
    ],
)
def test_arguments_are_words_and_phrases(arguments: list[str], terms: tuple[str, ...]) -> None:
    assert terms_of(arguments) == terms


def test_a_phrase_is_found_across_lines_but_not_in_another_order(tmp_path: Path) -> None:
    body = "\nThe settings of our\n  distance relays were wrong.\n\nThe relays at a distance.\n"
    journal = journal_of(tmp_path, {"activities/a.md": record(body=body)})
    (hit,) = search(journal, journal.activities, ["our distance relays"])
    assert [(each.line, each.text) for each in hit.places] == [(8, "The settings of our distance relays were wrong.")]
    assert found(journal, "relays distance") == []
    assert found(journal, "relays", "distance") == ["a"]


def test_records_with_an_unwanted_word_are_left_out(journal: Journal) -> None:
    def left(*without: str) -> list[str]:
        return [hit.record.id for hit in search(journal, journal.activities, ["converter"], without)]

    assert left("CAFÉ") == ["body", "2025"]
    assert left("café", "year") == ["body"]
    assert left("converter institute") == ["converter", "title", "body", "2025"]
    assert left("", "nowhere") == left()
