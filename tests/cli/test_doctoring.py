"""How what was looked at is laid out in a terminal."""

from cpdkit.cli.doctoring import data_of, lines_of
from cpdkit.text.cells import width
from cpdkit.upkeep.health import missing, note, ok

GROUPS = {
    "programs": [ok("Pandoc", "3.9, as tested"), missing("Typst", "is not installed " * 9, "pip install typst")],
    "journal": [note("格子", "\x1b[2J odd", "look " * 30)],
}


def test_lines_fit_the_screen_and_say_what_to_do() -> None:
    lines = lines_of(GROUPS, 80, False)
    assert max(map(width, lines)) <= 80
    assert lines[:2] == ["Programs", "  ok       Pandoc  3.9, as tested"]
    assert "           → pip install typst" in lines
    assert "  note     格子    \\e[2J odd" in lines


def test_colour_is_only_where_it_is_wanted() -> None:
    assert "\x1b" not in "".join(lines_of(GROUPS, 80, False))
    assert "\x1b[31mmissing\x1b[0m" in "".join(lines_of(GROUPS, 80, True))


def test_data_says_whether_anything_is_missing() -> None:
    assert data_of(GROUPS)["missing"] is True
    assert data_of({"journal": GROUPS["journal"]})["missing"] is False
