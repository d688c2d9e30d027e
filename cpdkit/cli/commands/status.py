"""`cpd status`: where the owner stands, in every scheme, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import form_option, journal_option, option, output_options
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.schemes.standing import Remark
from cpdkit.text.terminal import cut, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.records import Activity
    from cpdkit.schemes.standing import Entry, Figure, Standing

BAR, EMPTY, LONG = "█", "░", 20
NAME = 34
"""Columns of the longest title."""
COLUMNS = 80
LATELY = 365
"""Days in which a reflection that is missing can still be written from memory."""
MOST_ENTRIES = 12
"""How many activities of one figure are explained; JSON has them all."""

_SAID = {
    Remark.SHORT: "{amount} short",
    Remark.TOO_LONG: "{amount} too long",
    Remark.MISSING: "missing: {parts}",
    Remark.CLOSES: "what is planned would close it ({amount})",
    Remark.PACE: "at this pace {amount} by {day}",
    Remark.CARRIED: "{amount} carried over",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were typed."""

    named: tuple[str, ...] = ()
    day: str = ""
    period: str = ""
    explain: bool = False
    require: bool = False
    output_format: str = "text"


def show_status(place: Path | None, asked: Asked, console: Console) -> int:
    """Print where the owner of a journal stands. Raises UsageError, NoJournal."""

    from cpdkit.journal.load import find, load
    from cpdkit.schemes.evaluate import standings_in
    from cpdkit.schemes.vocabulary import vocabulary_in

    journal = load(find(place))
    on = _day(asked)
    standings = standings_in(journal, vocabulary_in(journal), on, asked.named)
    if asked.output_format == "json":
        hand_out(console, json_text(data_of(journal, standings, on)))
    else:
        lines = [
            *_heading(journal, on),
            *_schemes(standings, asked.explain, console.columns or COLUMNS, console.colour),
        ]
        console.show("\n".join([*lines, "", *_rest(journal, on)]).rstrip())
    for sentence in _remarks(journal, standings, asked):
        console.say(sentence)
    short = any(figure.is_unmet for standing in standings for figure in standing.figures)
    return PROBLEMS if asked.require and short else FINE


def _day(asked: Asked) -> date:
    """The day that is asked for. Raises UsageError."""

    from cpdkit.dates.days import parse_day
    from cpdkit.dates.period import parse_period
    from cpdkit.text.clock import today

    if asked.day and asked.period:
        raise UsageError("--on and --period both say the day", "leave one out")
    if asked.day:
        return parse_day(asked.day, today())
    last = parse_period(asked.period, today()).last if asked.period else None
    return min(last, today()) if last else today()


def _heading(journal: Journal, on: date) -> Iterator[str]:
    from cpdkit.actions.todo import ago
    from cpdkit.dates.wording import day_text

    name = journal.member.full_name if journal.member else "Nobody"
    days = [one.end for one in journal.activities if one.status.counts and one.end <= on]
    last = f"last entry {ago((on - max(days)).days)}" if days else "no entry yet"
    yield printable(f"{name} · {day_text(on)} · {last}")


def _schemes(standings: Sequence[Standing], explain: bool, columns: int, colour: bool) -> Iterator[str]:
    for standing in standings:
        yield ""
        yield styled(printable(_title(standing)), BOLD, wanted=colour)
        rows = [(_name(figure), _measure(figure), _note(figure, standing)) for figure in standing.figures]
        room = max((width(name) for name, _, _ in rows), default=0)
        wide = max((len(said) for _, said, _ in rows), default=0)
        for figure, (name, said, note) in zip(standing.figures, rows, strict=True):
            line = f"  {pad(name, room)}  {_bar(figure)}  {said:<{wide}}"
            space = columns - width(line) - 2
            fits = width(note) <= space
            yield (f"{line}  {note}" if note and fits else line).rstrip()
            if note and not fits:
                yield f"    {cut(note, columns - 4)}"
            if explain:
                yield from (styled(each, FAINT, wanted=colour) for each in _explained(figure, columns))


def _title(standing: Standing) -> str:
    scheme = standing.scheme
    status = f", {standing.status}" if standing.status not in ("", standing.rules.default_status) else ""
    return f"{scheme.id} {standing.period.short_title}{status}: {scheme.body or scheme.title or scheme.id}"


def _name(figure: Figure) -> str:
    from cpdkit.schemes.rules import Weight

    advice = " (advice)" if figure.requirement.weight is Weight.SHOULD else ""
    return printable(cut(figure.requirement.title, NAME - len(advice))) + advice


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
    """How much of what is asked there is; what is not all is never drawn as all, nor something as nothing."""

    from cpdkit.schemes.rules import Measure

    if not figure.target or figure.requirement.measure is Measure.GAP:
        return " " * LONG
    share = min(figure.recorded / figure.target, Fraction(1))
    full = int(share * LONG) or int(share > 0)
    return BAR * full + EMPTY * (LONG - full)


def _note(figure: Figure, standing: Standing) -> str:
    """What there is to say of a figure: what is missing, what would close it, where it leads to."""

    from cpdkit.dates.wording import day_text
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import amount, remarks

    said = [
        _SAID[each].format_map({k: day_text(v) if isinstance(v, date) else v for k, v in facts.items()})
        for each, facts in remarks(figure, standing)
    ]
    if figure.note:
        said.append(figure.note)
    lost = sum((loss.amount for entry in figure.entries for loss in entry.lost), Fraction(0))
    if lost and figure.requirement.measure is Measure.AMOUNT:
        said.append(f"{amount(lost)} did not count: --explain")
    return printable("; ".join(said))


def _explained(figure: Figure, columns: int) -> Iterator[str]:
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

    said = f"{entry.activity.id}: {with_unit(entry.counted, figure.unit)}"
    if figure.requirement.measure is Measure.AMOUNT:
        said += f" of {format_hours(entry.minutes)} h"
    lost = ", ".join(f"{loss.rule} takes {amount(loss.amount)}" for loss in entry.lost if loss.rule)
    return printable(f"{said} ({lost})" if lost else said)


def _rest(journal: Journal, on: date) -> Iterator[str]:
    """What is ahead, and what no activity serves."""

    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.records import Status

    planned = [one for one in journal.activities if one.status is Status.PLANNED]
    ahead = sum(one.minutes for one in planned if one.start > on)
    past = sum(one.end < on for one in planned)
    said = [f"planned ahead: {format_hours(ahead)} h"] if ahead else []
    if past:
        said.append(f"{past} planned {'is' if past == 1 else 'are'} past: cpd todo")
    drafts = sum(one.status is Status.DRAFT for one in journal.activities)
    if drafts:
        said.append(f"{drafts} {'draft' if drafts == 1 else 'drafts'}: cpd todo")
    if silent := sum(_lacks_reflection(one, on) for one in journal.activities):
        have = "1 activity has" if silent == 1 else f"{silent} activities have"
        said.append(f"{have} no reflection, of the last {LATELY} days: cpd reflect")
    served = {name for one in journal.activities for name in one.objectives}
    unserved = [each.id for each in journal.objectives.values() if each.status == "open" and each.id not in served]
    if unserved:
        said.append(f"objectives without an activity: {', '.join(unserved)}")
    yield from (printable(each) for each in said)


def _lacks_reflection(activity: Activity, on: date) -> bool:
    from cpdkit.journal.body import has_reflection
    from cpdkit.journal.records import Status

    return (
        activity.status is Status.DONE
        and on - timedelta(LATELY) < activity.end <= on
        and not has_reflection(activity.body)
    )


def _remarks(journal: Journal, standings: Sequence[Standing], asked: Asked) -> Iterator[str]:
    from cpdkit.schemes.rules import Anchor

    if not standings:
        yield "cpd.yaml follows no scheme: schemes: [{scheme: iet}] there, or --scheme ID; cpd scheme list shows them"
    for standing in standings:
        if standing.unknown_status:
            there = ", ".join(standing.rules.statuses) or "none"
            yield printable(f'cpd: {standing.scheme.id} has no status "{standing.unknown_status}"; it has: {there}')
        if standing.rules.period.starts is Anchor.MEMBER and not standing.since:
            yield f"cpd: {standing.scheme.id} counts from a day of yours: start: below it in cpd.yaml says it"
        if standing.scheme.unsure and asked.explain:
            yield printable(f"not certain of {standing.scheme.id}: {standing.scheme.unsure}")
    unread = sum(path.startswith("activities/") for path in journal.unread)
    if unread:
        yield f"activities that could not be read and do not count: {unread}; cpd check says why"


def data_of(journal: Journal, standings: Sequence[Standing], on: date) -> dict[str, object]:
    """The standing as plain data: amounts as decimals in texts of up to four digits, days ISO, minutes whole."""
    return {
        "on": on.isoformat(),
        "name": journal.member.full_name if journal.member else "",
        "schemes": [_standing_data(each) for each in standings],
    }


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


def exact(value: Fraction) -> str:
    """An amount to four digits, as a text that no program makes a float of."""
    whole = round(value * 10_000)
    return f"{whole // 10_000}.{whole % 10_000:04d}".rstrip("0").rstrip(".")


@click.command()
@option(
    "--scheme", "named", metavar="ID", multiple=True, help="Only this scheme, also one you don't follow. Repeatable."
)
@option("--on", "day", metavar="DAY", default="", help="As of this day: 2026-06-30, yesterday; else today.")
@option("--period", metavar="PERIOD", default="", help="As of this period's last day, or today where it is running.")
@option("--explain", is_flag=True, help="Which activities counted, and why others did not.")
@option("--require", is_flag=True, help="Exit with 1 where something that has to be kept is short.")
@form_option
@journal_option
@output_options
def status(journal: Path | None, console: Console, **said: Any) -> int:
    """Say where you stand: what each scheme asks, what you recorded, at what pace, and what is missing.

    The schemes are those that cpd.yaml names under `schemes:`; cpd scheme list shows all that there are. It says what
    was recorded and what is asked, not whether a professional body is content.

    \b
    cpd status
    cpd status --scheme rics --explain
    cpd status --on 2025-12-31 --format json
    """

    return show_status(journal, Asked(**said), console)
