"""`cpd competences`: what evidences each competence, when it was last used, and where the gaps are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options
from cpdkit.text.terminal import cut, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.journal.selection import Choice
    from cpdkit.schemes.coverage import Claim, Coverage, Covered


MOST_CLAIMS = 5
"""How many claims of one competence the terminal shows; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Found:
    """The coverage of each framework, and sentences about what is not in it."""

    coverages: tuple[Coverage, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How to print it; `columns` is the width of the screen."""

    gaps: bool = False
    by_year: bool = False
    as_json: bool = False
    columns: int = 80
    colour: bool = False


def covered(place: Path | None, choice: Choice, named: Sequence[str]) -> Found:
    """How the journal's selected activities and its posts evidence the frameworks. Raises UsageError, NoJournal."""

    from cpdkit.journal.load import find, load
    from cpdkit.journal.selection import ALL_TIME, resolve, select, unmatched
    from cpdkit.schemes.coverage import coverage_of, unplaced
    from cpdkit.schemes.vocabulary import frameworks_for, vocabulary_in
    from cpdkit.text.clock import today

    root = find(place)
    journal = load(root)
    period, filters = resolve(journal, choice.within(ALL_TIME))
    selection = select(journal.activities, len(journal.unread), period, filters)
    frameworks = frameworks_for(vocabulary_in(journal), selection.included, named)
    coverages = tuple(
        coverage_of(each, selection.included, journal.posts, journal.member, today(), period) for each in frameworks
    )
    remarks = [*unmatched(filters, journal.activities)]
    if codes := unplaced(frameworks, selection.included, journal.posts, journal.member):
        remarks.append(f"named, but in no framework shown: {', '.join(map(printable, codes))}")
    if selection.left_out.confidential:
        remarks.append(f"confidential and left out: {selection.left_out.confidential}; --confidential takes them in")
    if journal.unread:
        remarks.append(f"files that could not be read: {len(journal.unread)}; cpd check says why")
    return Found(coverages, tuple(remarks))


def shown(found: Found, asked: Asked) -> str:
    """The coverage as text for a terminal, or as JSON."""
    if asked.as_json:
        return json.dumps([as_data(each) for each in found.coverages], ensure_ascii=False, indent=2)
    draw = _years if asked.by_year else _text
    return "\n\n".join(draw(each, asked) for each in found.coverages)


def as_data(coverage: Coverage) -> dict[str, Any]:
    """A framework's coverage as plain data; hours are decimals as text, days ISO."""
    return {
        "framework": coverage.framework.id,
        "title": coverage.framework.title,
        "evidenced": coverage.evidenced,
        "of": len(coverage.claimable),
        "competences": [
            {
                "code": each.ability.code,
                "title": each.ability.title,
                "parent": each.ability.parent,
                "held": each.held,
                "wanted": each.wanted,
                "gap": each.gap,
                "last": each.last.isoformat() if each.last else None,
                "minutes": each.minutes,
                "claims": [_claim(claim) for claim in each.claims],
            }
            for each in coverage.competences
        ],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "path": claim.path,
        "kind": _kind(claim) or "activity",
        "title": claim.title,
        "level": claim.level,
        "from": claim.first.isoformat(),
        "to": claim.last.isoformat(),
        "minutes": claim.minutes,
    }


def _kind(claim: Claim) -> str:
    """What claims it, where that is no activity."""
    return "achievement" if claim.achievement else "post" if claim.post else ""


def _begin(claim: Claim) -> str:
    """The first day; of an achievement that is said to be of a month or a year, that."""
    first, last = claim.first, claim.last
    if not claim.achievement or first == last or first.year != last.year:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def _text(coverage: Coverage, asked: Asked) -> str:
    title = f"{coverage.framework.title}: {coverage.evidenced} of {len(coverage.claimable)} competences have evidence"
    some = [each for each in coverage.competences if each.gap or not asked.gaps]
    blocks = [line for each in some for line in _block(each, asked)] or ["no gaps"]
    return "\n".join([_bold(title, asked), *([""] if blocks[0] else []), *blocks])


def _block(each: Covered, asked: Asked) -> list[str]:
    """One competence: its line, and below it the strongest claims."""

    from cpdkit.dates.hours import format_hours

    said = f"{printable(each.ability.code)}  {printable(each.ability.title)}"
    if each.is_area:
        return ["", _bold(cut(said, asked.columns), asked)] if not asked.gaps else []
    room = max(asked.columns - 44, 20)
    lines = [f"  {pad(cut(said, room), room)}  {_figures(each)}".rstrip()]
    for claim in each.claims[:MOST_CLAIMS]:
        level = f" ({claim.level})" if claim.level else ""
        what = _kind(claim) or f"{format_hours(claim.minutes)} h"
        line = f"      {pad(_begin(claim), 10)}  {pad(what, 11, right=True)}  {printable(claim.title)}{level}"
        lines.append(cut(line, asked.columns))
    if len(each.claims) > MOST_CLAIMS:
        lines.append(f"      and {len(each.claims) - MOST_CLAIMS} more")
    return lines


def _figures(each: Covered) -> str:
    """What stands at the right of a competence's line: how much, how lately, and what is missing."""

    from cpdkit.dates.hours import format_hours

    last = f"last {each.last}" if each.last else ""
    hours = f"{format_hours(each.minutes)} h" if each.minutes else ""
    return "  ".join(part for part in (pad(hours, 8, right=True) if each.claims else "", last, each.gap) if part)


def _years(coverage: Coverage, asked: Asked) -> str:
    """A table of years, as many of the newest as fit."""
    codes = max((width(each.ability.code) for each in coverage.claimable), default=4)
    years = coverage.years[-max((asked.columns - codes - 2) // 6, 1) :]
    head = " " * codes + "".join(f"{year:6}" for year in years)
    rows = [
        pad(printable(each.ability.code), codes) + "".join(f"{each.in_year(year) or '·':>6}" for year in years)
        for each in coverage.claimable
        if each.gap or not asked.gaps
    ]
    return "\n".join([_bold(coverage.framework.title, asked), "", head, *rows])


def _bold(text: str, asked: Asked) -> str:
    return f"\x1b[1m{text}\x1b[0m" if asked.colour else text


@click.command()
@option("--framework", "named", metavar="ID", multiple=True, help="Only this framework. Repeatable.")
@option("--gaps", is_flag=True, help="Only competences without evidence, or below the level wanted.")
@option("--by-year", is_flag=True, help="A table of how many records claim each in each year.")
@form_option
@journal_option
@selection_options("all years")
@output_options
def competences(
    named: tuple[str, ...],
    gaps: bool,
    by_year: bool,
    form: str,
    journal: Path | None,
    choice: Choice,
    console: Console,
) -> int:
    """Show what evidences each competence: activities, posts and their achievements, the strongest first.

    The frameworks are those that cpd.yaml names under `frameworks:`, else the one that most records claim. Without a
    period the whole journal counts. `levels-held` and `levels-wanted` in cpd.yaml say where you are and want to be.
    """

    found = covered(journal, choice, named)
    for sentence in found.remarks:
        console.say(f"cpd: {sentence}")
    console.show(shown(found, Asked(gaps, by_year, form == "json", console.columns or 80, console.colour)))
    return 0
