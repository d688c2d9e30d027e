"""`cpd competences`: show the evidence for each competence, its last use, and the gaps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import (
    format_option,
    journal_option,
    omissions,
    option,
    output_options,
    select_from,
    selection_options,
)
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.text.terminal import limited, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.journal.selection import SelectionOptions
    from cpdkit.schemes.coverage import Claim, Coverage, CoveredCompetence

MOST_CLAIMS = 5
"""How many claims of one competence are listed as text; JSON has them all."""


@click.command()
@option("--framework", "framework_ids", metavar="ID", multiple=True, help="Only this framework. Repeatable.")
@option("--gaps", is_flag=True, help="Only competences without evidence, or below the level that you want.")
@option("--by-year", is_flag=True, help="Show a table of the number of records for each competence and year.")
@format_option
@journal_option
@selection_options("all years")
@output_options
def competences(
    framework_ids: tuple[str, ...],
    gaps: bool,
    by_year: bool,
    output_format: str,
    journal: Path | None,
    choice: SelectionOptions,
    console: Console,
) -> int:
    """Show the evidence for each competence, and the gaps.

    Evidence is an activity, a post or an achievement in a post, the strongest first. By default, all years count.

    It uses the frameworks in cpd.yaml, under frameworks. If there are none, it uses the one that most records name.
    In cpd.yaml, record the levels that you have under levels-held, and those that you want under levels-wanted.

    \b
    cpd competences
    cpd competences --gaps
    cpd competences --framework uk-spec-ceng --by-year
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.selection import ALL_TIME
    from cpdkit.schemes.coverage import coverage_of, unplaced
    from cpdkit.schemes.vocabulary import frameworks_for, vocabulary_in
    from cpdkit.text.clock import today

    records, selection, remarks = select_from(journal, choice.within(ALL_TIME))
    activities, posts, member = selection.included, records.posts, records.member
    frameworks = frameworks_for(vocabulary_in(records), activities, framework_ids)
    coverages = [coverage_of(each, activities, posts, member, today(), selection.period) for each in frameworks]
    if codes := unplaced(frameworks, activities, posts, member):
        remarks.append(f"not in any framework shown: {', '.join(map(printable, codes))}")
    for sentence in [*remarks, *omissions(selection, len(records.unread))]:
        console.say(f"cpd: {sentence}")
    if output_format == "json":
        hand_out(console, json_text([data_of(each) for each in coverages]))
    else:
        lines_of = year_lines if by_year else claim_lines
        texts = (lines_of(each, gaps, console.columns, console.colour) for each in coverages)
        console.page("\n\n".join("\n".join(lines) for lines in texts))
    return FINE


def data_of(coverage: Coverage) -> dict[str, object]:
    """Return the evidence in a framework as plain data: whole minutes, ISO dates."""
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
                "held": each.level_held,
                "wanted": each.level_wanted,
                "gap": each.gap,
                "last": each.last.isoformat() if each.last else None,
                "minutes": each.minutes,
                "claims": [_claim_data(claim) for claim in each.claims],
            }
            for each in coverage.competences
        ],
    }


def claim_lines(coverage: Coverage, gaps: bool, columns: int, colour: bool) -> list[str]:
    """Return the competences of a framework, each with its strongest claims; with `gaps` only those with a gap."""
    title = f"{coverage.framework.title}: {coverage.evidenced} of {len(coverage.claimable)} competences have evidence"
    names = max((width(_name(each)) for each in coverage.claimable), default=0)
    names = min(names, max(columns - 44, 20)) if columns else names
    lines: list[str] = []
    for each in coverage.competences:
        if each.is_area and not gaps:
            area = limited(f"{printable(each.ability.code)}  {printable(each.ability.title)}", columns)
            lines += ["", styled(area, BOLD, enabled=colour)]
        elif not each.is_area and (each.gap or not gaps):
            lines += _competence_lines(each, names, columns)
    lines = lines or ["no gaps"]
    return [styled(title, BOLD, enabled=colour), *([""] if lines[0] else []), *lines]


def year_lines(coverage: Coverage, gaps: bool, columns: int, colour: bool) -> list[str]:
    """Return a table of the number of records for each competence and year; the newest years that fit."""
    codes = max((width(each.ability.code) for each in coverage.claimable), default=4)
    years = coverage.years[-max((columns - codes - 2) // 6, 1) :] if columns else coverage.years
    head = " " * codes + "".join(f"{year:6}" for year in years)
    rows = [
        pad(printable(each.ability.code), codes) + "".join(f"{each.in_year(year) or '·':>6}" for year in years)
        for each in coverage.claimable
        if each.gap or not gaps
    ]
    return [styled(coverage.framework.title, BOLD, enabled=colour), "", head, *rows]


def _name(each: CoveredCompetence) -> str:
    return f"{printable(each.ability.code)}  {printable(each.ability.title)}"


def _competence_lines(each: CoveredCompetence, names: int, columns: int) -> list[str]:
    """Return the line of a competence, with hours, last use and gap, and its strongest claims below.

    `names` are the columns of its name.
    """
    from cpdkit.dates.hours import format_hours

    hours = f"{format_hours(each.minutes)} h" if each.minutes else ""
    figures = (pad(hours, 8, right=True) if each.claims else "", f"last {each.last}" if each.last else "", each.gap)
    lines = [f"  {pad(limited(_name(each), names), names)}  {'  '.join(filter(None, figures))}".rstrip()]
    for claim in each.claims[:MOST_CLAIMS]:
        level = f" ({claim.level})" if claim.level else ""
        what = _record_kind(claim) or f"{format_hours(claim.minutes)} h"
        line = f"      {pad(_begin(claim), 10)}  {pad(what, 11, right=True)}  {printable(claim.title)}{level}"
        lines.append(limited(line, columns))
    if len(each.claims) > MOST_CLAIMS:
        lines.append(f"      and {len(each.claims) - MOST_CLAIMS} more")
    return lines


def _claim_data(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "path": claim.path,
        "kind": _record_kind(claim) or "activity",
        "title": claim.title,
        "level": claim.level,
        "from": claim.first.isoformat(),
        "to": claim.last.isoformat(),
        "minutes": claim.minutes,
    }


def _record_kind(claim: Claim) -> str:
    """Return `achievement` or `post`; empty for an activity."""
    return "achievement" if claim.achievement else "post" if claim.post else ""


def _begin(claim: Claim) -> str:
    """Return the start date; for an achievement of a whole month or year, the month or the year."""
    first, last = claim.first, claim.last
    if not claim.achievement or first == last or first.year != last.year:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"
