"""`cpd scheme`: find the schemes that concern you, show and compare their rules, or copy one to change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.built_in import eject_file, vocabulary_with
from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE
from cpdkit.cli.global_options import global_options
from cpdkit.cli.main import Group
from cpdkit.cli.options import format_option, journal_option, option, output_options
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled, table_lines
from cpdkit.errors import UsageError
from cpdkit.text.terminal import pad, printable, width
from cpdkit.text.wording import listed, plural

if TYPE_CHECKING:
    from cpdkit.journal.list_columns import Row
    from cpdkit.schemes.compare import Comparison
    from cpdkit.schemes.rules import Scheme
    from cpdkit.schemes.vocabulary import Vocabulary

LEAST_COMPARED = 2
COLUMNS = 100
"""Columns of a comparison that does not go to a terminal."""
MOST_TITLE = 26
LEAST_CELL = 18
WORLD = "international"


@click.group(cls=Group)
@global_options
def scheme(**_given: Any) -> int:
    """Show the CPD rules of professional bodies.

    Each scheme is a YAML file with its rules and their source. You can add your own schemes under schemes/ in your
    journal. A scheme there replaces the one of cpdkit with the same ID.

    \b
    cpd scheme suggest
    cpd scheme list --country uk --profession engineering
    cpd scheme show iet
    """
    return FINE


@scheme.command("list", short_help="List the available schemes.")
@option("--country", metavar="COUNTRY", default="", help="Only schemes of this country, and international ones.")
@option("--profession", metavar="PROFESSION", default="", help="Only schemes of this profession.")
@format_option
@journal_option
@output_options
def list_(country: str, profession: str, output_format: str, journal: Path | None, console: Console) -> int:
    """List the available schemes: the built-in ones, and those under schemes/ in your journal.

    \b
    cpd scheme list --country australia
    cpd scheme list --country us --profession engineering
    """
    from cpdkit.schemes.bodies import is_in, is_of_profession

    words = vocabulary_with(journal)
    every = _schemes(words)
    schemes = [
        each
        for each in every
        if (not country or is_in(each, country)) and (not profession or is_of_profession(each, profession))
    ]
    if every and not schemes:
        raise _nothing_of(every, country, profession)
    rows: list[Row] = [
        {
            "id": each.id,
            "body": each.body,
            "title": each.title,
            "country": each.country,
            "professions": each.professions,
            "checked": each.checked.isoformat() if each.checked else "",
            "followed": each.id in words.followed,
            "from": each.path or "shipped",
        }
        for each in schemes
    ]
    if output_format == "json":
        hand_out(console, json_text(rows))
    else:
        shown: list[Row] = [
            {
                "id": each.id,
                "body": each.body or each.title,
                "country": each.country,
                "followed": "yes" if each.id in words.followed else "",
                "from": each.path or "built in",
            }
            for each in schemes
        ]
        console.page("\n".join(table_lines(shown, console.columns, colour=console.colour)))
    if country and not _has_country(schemes, country):
        console.say(printable(f'no scheme of the country "{country}"; international schemes only'))
    return FINE


@scheme.command(short_help="Suggest schemes for your memberships.")
@format_option
@journal_option
@output_options
def suggest(output_format: str, journal: Path | None, console: Console) -> int:
    """Suggest schemes from the memberships and the letters after your name in cpd.yaml.

    It also shows which of them you follow already.
    """
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.schemes.bodies import suggested
    from cpdkit.schemes.vocabulary import vocabulary_in

    records = load(find(journal))
    if records.member is None:
        raise UsageError("cannot read cpd.yaml", "run cpd check to see why")
    words = vocabulary_in(records)
    found, unknown = suggested(records.member, _schemes(words))
    rows: list[Row] = [
        {
            "id": each.scheme.id,
            "body": each.scheme.body or each.scheme.title,
            "reason": each.reason,
            "followed": each.scheme.id in words.followed,
        }
        for each in found
    ]
    if output_format == "json":
        hand_out(console, json_text({"schemes": rows, "unknown": list(unknown)}))
        return FINE
    shown: list[Row] = [
        {
            "id": row["id"],
            "body": row["body"],
            "because of": row["reason"],
            "followed": "yes" if row["followed"] else "",
        }
        for row in rows
    ]
    console.page("\n".join(table_lines(shown, console.columns, colour=console.colour)))
    if new := [each.scheme.id for each in found if each.scheme.id not in words.followed]:
        entries = ", ".join(f"{{scheme: {name}}}" for name in new)
        if words.followed:
            console.say(f"to follow {plural(len(new), 'it', 'them')}, add to schemes: in cpd.yaml: {entries}")
        else:
            console.say(f"to follow {plural(len(new), 'it', 'them')}, write in cpd.yaml: schemes: [{entries}]")
    for body in unknown:
        console.say(printable(f"no scheme for {body}; write one under schemes/ (see cpd scheme eject)"))
    if not found and not unknown:
        console.say("cpd.yaml has no memberships; add memberships: [{body: IET, grade: MIET}], or use cpd scheme list")
    return FINE


@scheme.command(short_help="Show the rules of a scheme.")
@click.argument("name", metavar="ID")
@journal_option
@output_options
def show(name: str, journal: Path | None, console: Console) -> int:
    """Show the rules of a scheme.

    It also shows the source of each rule, the date of the last check, and anything uncertain.
    """
    console.page("\n".join(map(printable, _lines(_scheme_of(vocabulary_with(journal), name)))))
    return FINE


@scheme.command(short_help="Compare the rules of schemes.")
@click.argument("names", metavar="ID ID...", nargs=-1, required=True)
@format_option
@journal_option
@output_options
def compare(names: tuple[str, ...], output_format: str, journal: Path | None, console: Console) -> int:
    """Compare the rules of two or more schemes.

    \b
    cpd scheme compare iet istructe
    cpd scheme compare us-pe-tx us-pe-fl ncees
    """
    from cpdkit.schemes.compare import compared

    words = vocabulary_with(journal)
    schemes = list({each.id: each for each in (_scheme_of(words, name) for name in names)}.values())
    if len(schemes) < LEAST_COMPARED:
        raise UsageError("name at least two different schemes", "such as cpd scheme compare iet istructe")
    rows = compared(schemes)
    ids = [each.id for each in schemes]
    if output_format == "json":
        data = [{"title": row.title, **dict(zip(ids, row.texts, strict=True))} for row in rows]
        hand_out(console, json_text(data))
    else:
        console.page("\n".join(_side_by_side(ids, rows, console.columns or COLUMNS, console.colour)))
    return FINE


@scheme.command(short_help="Copy a built-in scheme into your journal, to change it.")
@click.argument("name", metavar="ID")
@journal_option
@option("--dry-run", is_flag=True, help="Show the file without writing it.")
@output_options
def eject(name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Copy a built-in scheme into schemes/ in your journal.

    Change the copy there. It replaces the built-in scheme.
    """
    from cpdkit.schemes.data_files import SCHEMES

    return eject_file(SCHEMES, name, journal, dry_run, console)


def _schemes(words: Vocabulary) -> list[Scheme]:
    """Return all schemes, sorted by ID."""
    return [scheme for name in words.scheme_ids if (scheme := words.scheme(name))]


def _scheme_of(words: Vocabulary, name: str) -> Scheme:
    """Return a scheme by its ID, in any case. Raise UsageError with the nearest ID."""
    from difflib import get_close_matches

    if scheme := words.scheme(name) or words.scheme(name.casefold()):
        return scheme
    near = get_close_matches(name.casefold(), words.scheme_ids, n=3, cutoff=0.6)
    hint = f"did you mean {listed(near, 'or')}?" if near else "list all with cpd scheme list"
    raise UsageError(f'unknown scheme "{name}"', hint)


def _has_country(schemes: Sequence[Scheme], country: str) -> bool:
    """Whether one of the schemes is of the country itself, or international ones were wanted."""
    from cpdkit.schemes.bodies import is_in

    return any(is_in(each, country) for each in schemes if each.country != WORLD or country.casefold() == WORLD)


def _nothing_of(schemes: list[Scheme], country: str, profession: str) -> UsageError:
    """Return the error for a country or a profession without a scheme."""
    if country and not _has_country(schemes, country):
        countries = sorted({each.country for each in schemes if each.country})
        return UsageError(f'no scheme of the country "{country}"', f"available countries: {', '.join(countries)}")
    professions = sorted({name for each in schemes for name in each.professions})
    return UsageError(f'no scheme of the profession "{profession}"', f"available: {', '.join(professions)}")


def _side_by_side(ids: list[str], rows: Sequence[Comparison], columns: int, colour: bool) -> Iterator[str]:
    """Yield a table whose cells are wrapped, so that nothing is cut."""
    first = min(max(width(row.title) for row in rows), MOST_TITLE)
    wide = max((columns - first) // len(ids) - 2, LEAST_CELL)
    yield styled(_row(["", *ids], first, wide), BOLD, enabled=colour)
    for row in rows:
        cells = [wrap(printable(row.title), first) or [""], *(wrap(printable(text), wide) for text in row.texts)]
        for line in zip_longest(*cells, fillvalue=""):
            yield _row(line, first, wide)


def _row(cells: Sequence[str], first: int, wide: int) -> str:
    return "  ".join([pad(cells[0], first), *(pad(cell, wide) for cell in cells[1:])]).rstrip()


def _lines(scheme: Scheme) -> Iterator[str]:
    from cpdkit.dates.day_words import day_text
    from cpdkit.schemes.summary import rules_lines, searched_lines, source_words, unsure_lines

    name = ": ".join(filter(None, (scheme.body, scheme.title)))
    yield f"{name} ({scheme.id})" if name else scheme.id
    yield from rules_lines(scheme)
    if scheme.note:
        yield f"note: {' '.join(scheme.note.split())}"
    yield from (f"{title}: {text}" for title, text in searched_lines(scheme))
    yield from (f"uncertain: {line}" for line in unsure_lines(scheme))
    if scheme.source:
        checked = f", read on {day_text(scheme.checked)}" if scheme.checked else ""
        yield f"source: {scheme.source}{checked}"
    several = len(scheme.sources) > 1
    for number, source in enumerate(scheme.sources.values(), 1):
        yield f"source{f' [{number}]' if several else ''}: {source_words(source)}"
        if source.url:
            yield f"  {source.url}"
    if scheme.sources and scheme.checked:
        yield f"last checked: {day_text(scheme.checked)}"
