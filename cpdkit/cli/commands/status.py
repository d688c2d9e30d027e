"""`cpd status`: where the owner stands, in every scheme, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.schemes.standing import Remark
from cpdkit.text.terminal import cut, pad, printable, progress_bar, width
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.records import Activity
    from cpdkit.schemes.standing import Entry, Figure, Standing

BAR_COLUMNS = 20
NAME_COLUMNS = 34
"""Columns of the longest title."""
COLUMNS = 80
LATELY = 365
"""Days in which a reflection that is missing can still be written from memory."""
MOST_ENTRIES = 12
"""How many activities of one figure are explained; JSON has them all."""
REMARKS = {
    Remark.SHORT: "{amount} short",
    Remark.TOO_LONG: "{amount} too long",
    Remark.MISSING: "missing: {parts}",
    Remark.CLOSES: "what is planned would close it ({amount})",
    Remark.PACE: "at this pace {amount} by {day}",
    Remark.CARRIED: "{amount} carried over",
}


@click.command()
@option(
    "--scheme",
    "scheme_ids",
    metavar="ID",
    multiple=True,
    help="Only this scheme, also one you don't follow. Repeatable.",
)
@option("--on", "day", metavar="DAY", default="", help="As of this day: 2026-06-30, yesterday; else today.")
@option("--period", metavar="PERIOD", default="", help="As of this period's last day, or today where it is running.")
@option("--explain", is_flag=True, help="Which activities counted, and why others did not.")
@option("--require", is_flag=True, help="Exit with 1 where something that has to be kept is short.")
@form_option
@journal_option
@output_options
def status(
    scheme_ids: tuple[str, ...],
    day: str,
    period: str,
    explain: bool,
    require: bool,
    output_format: str,
    journal: Path | None,
    console: Console,
) -> int:
    """Say where you stand: what each scheme asks, what you recorded, at what pace, and what is missing.

    The schemes are those that cpd.yaml names under `schemes:`; cpd scheme list shows all that there are. It says what
    was recorded and what is asked, not whether a professional body is content.

    \b
    cpd status
    cpd status --scheme rics --explain
    cpd status --on 2025-12-31 --format json
    """
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.schemes.evaluate import standings_in
    from cpdkit.schemes.vocabulary import vocabulary_in

    records = load(find(journal))
    on = _day(day, period)
    standings = standings_in(records, vocabulary_in(records), on, scheme_ids)
    if output_format == "json":
        hand_out(console, json_text(data_of(records, standings, on)))
    else:
        lines = [_heading(records, on), *_scheme_lines(standings, explain, console.columns or COLUMNS, console.colour)]
        console.show("\n".join([*lines, "", *_rest(records, on)]).rstrip())
    for sentence in _remarks(records, standings, explain):
        console.say(sentence)
    is_short = any(figure.is_unmet for standing in standings for figure in standing.figures)
    return PROBLEMS if require and is_short else FINE


def data_of(journal: Journal, standings: Sequence[Standing], on: date) -> dict[str, object]:
    """Return the standing as plain data: amounts as decimals in texts of up to four digits, days ISO, minutes whole."""
    return {
        "on": on.isoformat(),
        "name": journal.member.full_name if journal.member else "",
        "schemes": [_standing_data(each) for each in standings],
    }


def exact(value: Fraction) -> str:
    """Return an amount to four digits, as a text that no program makes a float of."""
    whole = round(value * 10_000)
    return f"{whole // 10_000}.{whole % 10_000:04d}".rstrip("0").rstrip(".")


def _day(day: str, period: str) -> date:
    """The day that the options name. Raises UsageError."""
    from cpdkit.dates.days import parse_day
    from cpdkit.dates.period import parse_period
    from cpdkit.text.clock import today

    if day and period:
        raise UsageError("--on and --period both say the day", "leave one out")
    if day:
        return parse_day(day, today())
    last = parse_period(period, today()).last if period else None
    return min(last, today()) if last else today()


def _heading(journal: Journal, on: date) -> str:
    from cpdkit.actions.todo import ago
    from cpdkit.dates.day_words import day_text

    name = journal.member.full_name if journal.member else "Nobody"
    days = [each.end for each in journal.activities if each.status.counts and each.end <= on]
    last = f"last entry {ago((on - max(days)).days)}" if days else "no entry yet"
    return printable(f"{name} · {day_text(on)} · {last}")


def _scheme_lines(standings: Sequence[Standing], explain: bool, columns: int, colour: bool) -> Iterator[str]:
    for standing in standings:
        yield ""
        yield styled(printable(_title(standing)), BOLD, enabled=colour)
        rows = [(_name(figure), _measure(figure), _note(figure, standing)) for figure in standing.figures]
        name_columns = max((width(name) for name, _, _ in rows), default=0)
        measure_columns = max((len(measure) for _, measure, _ in rows), default=0)
        for figure, (name, measure, note) in zip(standing.figures, rows, strict=True):
            line = f"  {pad(name, name_columns)}  {_bar(figure)}  {measure:<{measure_columns}}"
            fits = width(note) <= columns - width(line) - 2
            yield (f"{line}  {note}" if note and fits else line).rstrip()
            if note and not fits:
                yield f"    {cut(note, columns - 4)}"
            if explain:
                yield from (styled(each, FAINT, enabled=colour) for each in _entry_lines(figure, columns))


def _title(standing: Standing) -> str:
    scheme = standing.scheme
    status = f", {standing.status}" if standing.status not in ("", standing.rules.default_status) else ""
    return f"{scheme.id} {standing.period.short_title}{status}: {scheme.body or scheme.title or scheme.id}"


def _name(figure: Figure) -> str:
    from cpdkit.schemes.rules import Weight

    advice = " (advice)" if figure.requirement.weight is Weight.SHOULD else ""
    return printable(cut(figure.requirement.title, NAME_COLUMNS - len(advice))) + advice


def _measure(figure: Figure) -> str:
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import State, amount, with_unit

    recorded, unit = figure.recorded, figure.unit
    if figure.state is State.EXEMPT:
        return f"{with_unit(recorded, unit)}, exempt"
    if figure.target is None:
        return with_unit(recorded, unit)
    most = "at most " if figure.requirement.measure is Measure.GAP else ""
    return with_unit(figure.target, unit, f"{amount(recorded)} of {most}{amount(figure.target)}")


def _bar(figure: Figure) -> str:
    from cpdkit.schemes.rules import Measure

    if not figure.target or figure.requirement.measure is Measure.GAP:
        return " " * BAR_COLUMNS
    return progress_bar(figure.recorded / figure.target, BAR_COLUMNS)


def _note(figure: Figure, standing: Standing) -> str:
    """What there is to say of a figure: what is missing, what would close it, where it leads to."""
    from cpdkit.dates.day_words import day_text
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import amount, remarks

    parts = [
        REMARKS[remark].format_map({k: day_text(v) if isinstance(v, date) else v for k, v in facts.items()})
        for remark, facts in remarks(figure, standing)
    ]
    if figure.note:
        parts.append(figure.note)
    lost = sum((loss.amount for entry in figure.entries for loss in entry.lost), Fraction(0))
    if lost and figure.requirement.measure is Measure.AMOUNT:
        parts.append(f"{amount(lost)} did not count: --explain")
    return printable("; ".join(parts))


def _entry_lines(figure: Figure, columns: int) -> Iterator[str]:
    """The activities behind a figure, those that lost something first."""
    entries = sorted(figure.entries, key=lambda each: not each.lost)
    for entry in entries[:MOST_ENTRIES]:
        yield cut(f"      {_entry(entry, figure)}", columns)
    if len(entries) > MOST_ENTRIES:
        yield f"      and {len(entries) - MOST_ENTRIES} more: --format json has them all"


def _entry(entry: Entry, figure: Figure) -> str:
    from cpdkit.dates.hours import format_hours
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import amount, with_unit

    text = f"{entry.activity.id}: {with_unit(entry.counted, figure.unit)}"
    if figure.requirement.measure is Measure.AMOUNT:
        text += f" of {format_hours(entry.minutes)} h"
    lost = ", ".join(f"{loss.rule} takes {amount(loss.amount)}" for loss in entry.lost if loss.rule)
    return printable(f"{text} ({lost})" if lost else text)


def _rest(journal: Journal, on: date) -> Iterator[str]:
    """What is ahead, what waits, and what no activity serves."""
    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.values import Status

    planned = [each for each in journal.activities if each.status is Status.PLANNED]
    if ahead := sum(each.minutes for each in planned if each.start > on):
        yield f"planned ahead: {format_hours(ahead)} h"
    if past := sum(each.end < on for each in planned):
        yield f"{past} planned {plural(past, 'is', 'are')} past: cpd todo"
    if drafts := sum(each.status is Status.DRAFT for each in journal.activities):
        yield f"{counted(drafts, 'draft')}: cpd todo"
    if silent := sum(_lacks_reflection(each, on) for each in journal.activities):
        have = f"{counted(silent, 'activity', 'activities')} {plural(silent, 'has', 'have')}"
        yield f"{have} no reflection, of the last {LATELY} days: cpd reflect"
    served = {name for each in journal.activities for name in each.objectives}
    unserved = [each.id for each in journal.objectives.values() if each.status == "open" and each.id not in served]
    if unserved:
        yield printable(f"objectives without an activity: {', '.join(unserved)}")


def _lacks_reflection(activity: Activity, on: date) -> bool:
    from cpdkit.journal.sections import has_reflection
    from cpdkit.journal.values import Status

    return (
        activity.status is Status.DONE
        and on - timedelta(LATELY) < activity.end <= on
        and not has_reflection(activity.body)
    )


def _remarks(journal: Journal, standings: Sequence[Standing], explain: bool) -> Iterator[str]:
    from cpdkit.schemes.rules import Anchor

    if not standings:
        yield "cpd.yaml follows no scheme: schemes: [{scheme: iet}] there, or --scheme ID; cpd scheme list shows them"
    for standing in standings:
        if standing.unknown_status:
            there = ", ".join(standing.rules.statuses) or "none"
            yield printable(f'cpd: {standing.scheme.id} has no status "{standing.unknown_status}"; it has: {there}')
        if standing.rules.period.starts is Anchor.MEMBER and not standing.since:
            yield f"cpd: {standing.scheme.id} counts from a day of yours: start: below it in cpd.yaml says it"
        if standing.scheme.unsure and explain:
            yield printable(f"not certain of {standing.scheme.id}: {standing.scheme.unsure}")
    unread = sum(path.startswith("activities/") for path in journal.unread)
    if unread:
        yield f"activities that could not be read and do not count: {unread}; cpd check says why"


def _standing_data(standing: Standing) -> dict[str, object]:
    period = standing.period
    return {
        "scheme": standing.scheme.id, "body": standing.scheme.body, "status": standing.status,
        "from": period.start.isoformat() if period.start else None,
        "to": period.last.isoformat() if period.last else None,
        "source": standing.scheme.source, "unsure": standing.scheme.unsure,
        "requirements": [_figure_data(each, standing) for each in standing.figures],
    }  # fmt: skip


def _figure_data(figure: Figure, standing: Standing) -> dict[str, object]:
    from cpdkit.schemes.standing import pace

    end = pace(figure, standing)
    return {
        "id": figure.requirement.id, "title": figure.requirement.title, "weight": str(figure.requirement.weight),
        "state": str(figure.state), "unit": figure.unit, "recorded": exact(figure.recorded),
        "asked": None if figure.target is None else exact(figure.target), "carried": exact(figure.carried),
        "planned": exact(figure.planned), "pace": None if end is None else exact(end), "note": figure.note,
        "parts": [
            {"title": one.title, "recorded": exact(one.recorded), "asked": exact(one.target)} for one in figure.parts
        ],
        "activities": [
            {
                "id": each.activity.id, "path": each.activity.path, "minutes": each.minutes, "worth": exact(each.worth),
                "counted": exact(each.counted),
                "lost": [{"rule": loss.rule, "amount": exact(loss.amount)} for loss in each.lost],
            }
            for each in figure.entries
        ],
    }  # fmt: skip
