"""The shared options: their values from the command line and the environment."""

from pathlib import Path
from typing import Any

import click
import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.main import run
from cpdkit.cli.options import (
    format_options,
    formats_in,
    journal_option,
    names_formats,
    option,
    output_options,
    selection_options,
)
from cpdkit.errors import UsageError
from cpdkit.journal.selection import SelectionOptions


@click.command("probe")
@option("--follow-up", default="")
@journal_option
@format_options
@selection_options()
@output_options
def probe(**got: Any) -> dict[str, Any]:
    return got


def called(*args: str) -> dict[str, Any]:
    got: dict[str, Any] = probe.main(list(args), standalone_mode=False, auto_envvar_prefix="CPD_PROBE")
    return got


def test_a_bare_command_gets_empty_values() -> None:
    expected = {"follow_up": "", "journal": None, "formats": (), "choice": SelectionOptions(), "console": Console()}
    assert called() == expected


@pytest.mark.parametrize(
    ("line", "choice"),
    [
        (["--period", "2026"], SelectionOptions(period="2026")),
        (["--from", "2025-04", "--to", "2026-03"], SelectionOptions(first="2025-04", last="2026-03")),
        (["--to", "2026-03", "--to", "2026-04"], SelectionOptions(last="2026-04")),
        (
            ["--folder", "CPD Activities 2013", "--folder", "2026"],
            SelectionOptions(folders=("CPD Activities 2013", "2026")),
        ),
        (["--type", "event", "--topic", "safety"], SelectionOptions(types=("event",), topics=("safety",))),
        (["--competence", "A1", "--objective", "grid"], SelectionOptions(competences=("A1",), objectives=("grid",))),
        (
            ["--status", "planned", "--text", "relay, fault"],
            SelectionOptions(statuses=("planned",), text=("relay, fault",)),
        ),
        (["--highlights", "--confidential"], SelectionOptions(highlights=True, confidential=True)),
    ],
)
def test_the_selection_options_become_one_choice(line: list[str], choice: SelectionOptions) -> None:
    assert called(*line)["choice"] == choice


@pytest.mark.parametrize(
    ("environment", "name", "value"),
    [
        ({"CPD_JOURNAL": "/j"}, "journal", Path("/j")),
        ({"CPD_PROBE_JOURNAL": "/one", "CPD_JOURNAL": "/all"}, "journal", Path("/one")),
        ({"CPD_JOURNAL": ""}, "journal", None),
        ({"CPD_PERIOD": "2025"}, "choice", SelectionOptions(period="2025")),
        ({"CPD_FROM": "2025", "CPD_TO": "2026"}, "choice", SelectionOptions(first="2025", last="2026")),
        (
            {"CPD_FOLDER": "CPD Activities 2013, 2026"},
            "choice",
            SelectionOptions(folders=("CPD Activities 2013", "2026")),
        ),
        ({"CPD_CONFIDENTIAL": "1"}, "choice", SelectionOptions(confidential=True)),
        ({"CPD_FOLLOW_UP": "yes"}, "follow_up", "yes"),
        ({"CPD_FORMAT": "docx,pdf"}, "formats", ("docx", "pdf")),
        ({"CPD_PROBE_FORMAT": "odt", "CPD_FORMAT": "docx"}, "formats", ("odt",)),
        ({"CPD_QUIET": "1"}, "console", Console(quiet=True)),
        ({"CPD_COLOR": "always"}, "console", Console(colour=True)),
    ],
)
def test_the_environment_sets_defaults(
    environment: dict[str, str], name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, setting in environment.items():
        monkeypatch.setenv(variable, setting)
    assert called()[name] == value


def test_the_line_is_stronger_than_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_FOLDER", "2024")
    assert called("--folder", "2026")["choice"] == SelectionOptions(folders=("2026",))


@pytest.mark.parametrize(
    ("line", "formats", "last"),
    [
        (["--format", "docx,pdf"], ("docx", "pdf"), ""),
        (["--format", "docx", "--format", "PDF"], ("docx", "pdf"), ""),
        (["--to", "docx,pdf"], ("docx", "pdf"), ""),
        (["--to", "html", "--to", "2026-03-31"], ("html",), "2026-03-31"),
        (["--to", "last year"], (), "last year"),
        (["--format", "docx, docx"], ("docx",), ""),
    ],
)
def test_a_format_is_distinguished_from_the_last_date(line: list[str], formats: tuple[str, ...], last: str) -> None:
    got = called(*line)
    assert (got["formats"], got["choice"].last) == (formats, last)


@pytest.mark.parametrize(
    ("word", "formats"),
    [("docx,rtf", True), ("all", False), ("cpd-year", False), ("2026-Q1", False), ("this year", False)],
)
def test_which_words_name_formats(word: str, formats: bool) -> None:
    assert names_formats(word) is formats


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match='"rtf"') as raised:
        formats_in(["docx,rtf"])
    assert raised.value.hint.endswith(": docx, pdf, html, md, odt")


def test_the_help_lists_options_in_the_order_of_the_source() -> None:
    text = probe.get_help(click.Context(probe))
    places = [text.index(name) for name in ("--follow-up", "--journal", "--format", "--period", "--text", "--color")]
    assert places == sorted(places)


def test_an_empty_environment_value_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CPD_COLOR", "")
    assert run(["check", "--help"]) == 0
    assert "--color" in capsys.readouterr().out


def test_the_help_states_the_defaults() -> None:
    @click.command("probe")
    @selection_options("all years", "all", confidential=False)
    def whole(**got: Any) -> dict[str, Any]:
        return got

    text = " ".join(whole.get_help(click.Context(whole)).split())
    assert "Default: all years." in text
    assert "planned or draft. Default: all." in text
    assert "--confidential" not in text
    assert whole.main([], standalone_mode=False) == {"choice": SelectionOptions()}
