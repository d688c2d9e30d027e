"""`cpd status`: progress against each scheme, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import format_option, journal_option, option, output_options, period_argument
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.schemes.standing import Remark
from cpdkit.text.terminal import limited, pad, printable, progress_bar, width
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.records import Activity
    from cpdkit.schemes.standing import Entry, Figure, Standing

BAR_COLUMNS = 12
NAME_COLUMNS = 36
"""Columns of the longest title; a longer one is cut."""
COLUMNS = 80
"""Columns of wrapped lines that do not go to a terminal."""
MONTHS_FRESH = 12
"""Months after which rules may have changed since somebody checked them."""
LATELY = 365
"""Days in which a missing reflection can still be written from memory."""
MOST_ENTRIES = 12
"""How many activities of one requirement `--explain` lists on a terminal; a file or a pipe gets them all."""
REMARKS = {
    Remark.SHORT: "{amount} short",
    Remark.TOO_LONG: "{amount} too long",
    Remark.MISSING: "missing: {parts}",
    Remark.UNUSED: "not used: {types}",
    Remark.OVER_YEARS: "counted over {years} years",
    Remark.CLOSES: "planned activities would be enough ({amount})",
    Remark.PACE: "at this pace, {amount} by {day}",
    Remark.CARRIED: "{amount} carried over",
    Remark.SPLIT: "activities divided among the parts (see --explain)",
    Remark.GAP: "from {first} to {day}",
    Remark.DUE: "due by {day}",
    Remark.EXPLAIN: "explain it to the body",
    Remark.DECLARE: "declare it, or explain why not",
    Remark.EXPLAINED: "your explanation: {text}",
}


@click.command()
@option(
    "--scheme",
    "scheme_ids",
    metavar="ID",
    multiple=True,
    help="Only this scheme, even if you do not follow it. Repeatable.",
)
@period_argument
@option("--on", "day", metavar="DATE", default="", help="Progress on this date: 2026-06-30, yesterday. Default: today.")
@option(
    "--period",
    metavar="PERIOD",
    default="",
    help="Progress on the last date of this period, or today if it has not ended.",
)
@option("--explain", is_flag=True, help="Show which activities count, and why others do not.")
@option("--confidential", is_flag=True, help="Name confidential activities.")
@option("--require", is_flag=True, help="Exit with 1 if a requirement is not met.")
@format_option
@journal_option
@output_options
def status(
    scheme_ids: tuple[str, ...],
    day: str,
    period: str,
    explain: bool,
    confidential: bool,
    require: bool,
    output_format: str,
    journal: Path | None,
    console: Console,
) -> int:
    """Show your progress against each scheme.

    For each requirement, it shows what you have recorded, what is required and what is missing. It covers the schemes
    in cpd.yaml, under schemes. List all available schemes with cpd scheme list.

    It compares your records with the published rules. Only your professional body decides whether you meet them.

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
    words = vocabulary_in(records)
    standings = standings_in(records, words, on, scheme_ids)
    if not confidential:
        standings = _without_names(standings)
    if output_format == "json":
        hand_out(console, json_text(data_of(records, standings, on)))
    else:
        lines = [_heading(records, on), *_scheme_lines(standings, explain, console.columns, console.colour)]
        console.page("\n".join([*lines, "", *_rest(records, on)]).rstrip())
    unknown = [] if scheme_ids else [name for name in words.followed if not words.scheme(name)]
    for sentence in _remarks(records, standings, unknown, explain):
        console.say(sentence)
    is_short = any(figure.is_unmet for standing in standings for figure in standing.figures)
    return PROBLEMS if require and is_short else FINE


def _without_names(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the progress without the names of confidential activities. The figures stay the same."""
    from dataclasses import replace

    def unnamed(entry: Entry) -> Entry:
        if not entry.activity.confidential:
            return entry
        return replace(entry, activity=replace(entry.activity, id="", path="", title="confidential activity"))

    return tuple(
        replace(one, figures=tuple(replace(each, entries=tuple(map(unnamed, each.entries))) for each in one.figures))
        for one in standings
    )


def data_of(journal: Journal, standings: Sequence[Standing], on: date) -> dict[str, object]:
    """Return the progress as plain data: amounts as texts of up to four decimals, ISO dates, whole minutes."""
    return {
        "on": on.isoformat(),
        "name": journal.member.full_name if journal.member else "",
        "schemes": [_standing_data(each) for each in standings],
    }


def exact(value: Fraction) -> str:
    """Return a number with up to four decimals, as text so that no program reads it as a float."""
    whole = round(value * 10_000)
    return f"{whole // 10_000}.{whole % 10_000:04d}".rstrip("0").rstrip(".")


def _day(day: str, period: str) -> date:
    """Return the date of the options. Raises UsageError."""
    from cpdkit.dates.days import parse_day
    from cpdkit.dates.period import parse_period
    from cpdkit.text.clock import today

    if day and period:
        raise UsageError("--on and a period cannot be combined", "remove one of them")
    if day:
        return parse_day(day, today())
    last = parse_period(period, today()).last if period else None
    return min(last, today()) if last else today()


def _heading(journal: Journal, on: date) -> str:
    from cpdkit.actions.todo import ago
    from cpdkit.dates.day_words import day_text

    name = journal.member.full_name if journal.member else "Unknown member"
    days = [each.end for each in journal.activities if each.status.counts and each.end <= on]
    last = f"last activity {ago((on - max(days)).days)}" if days else "no activities yet"
    return printable(f"{name} · {day_text(on)} · {last}")


def _scheme_lines(standings: Sequence[Standing], explain: bool, columns: int, colour: bool) -> Iterator[str]:
    for standing in standings:
        yield ""
        yield styled(printable(_title(standing)), BOLD, enabled=colour)
        rows = [
            (_name(figure, standing, columns), _measure(figure), _note(figure, standing)) for figure in standing.figures
        ]
        name_columns = max((width(name) for name, _, _ in rows), default=0)
        measure_columns = max((len(measure) for _, measure, _ in rows), default=0)
        for figure, (name, measure, note) in zip(standing.figures, rows, strict=True):
            line = f"  {pad(name, name_columns)}  {_bar(figure)}  {measure:<{measure_columns}}"
            fits = width(note) <= (columns or COLUMNS) - width(line) - 2
            yield (f"{line}  {note}" if note and fits else line).rstrip()
            if note and not fits:
                yield from wrap(note, columns or COLUMNS, initial_indent=" " * 4, subsequent_indent=" " * 4)
            if explain:
                unit = figure.unit or standing.rules.unit
                yield from (styled(each, FAINT, enabled=colour) for each in _entry_lines(figure, unit, columns))


def _title(standing: Standing) -> str:
    """Return `Institution of Engineering and Technology (iet), 2026`, and a special status of the member."""
    scheme = standing.scheme
    status = (
        f", {standing.status.replace('-', ' ')}" if standing.status not in ("", standing.rules.default_status) else ""
    )
    body = scheme.body or scheme.title
    return f"{f'{body} ({scheme.id})' if body else scheme.id}, {standing.period.short_title}{status}"


def _name(figure: Figure, standing: Standing, columns: int) -> str:
    """Return the title of a requirement; a declaration of the period before has the period too."""
    from cpdkit.schemes.rules import Weight

    is_advice = figure.requirement.weight is Weight.SHOULD and figure.target is not None
    suffix = " (recommended)" if is_advice else ""
    if period := standing.earlier_period(figure):
        suffix = f" {period.short_title}{suffix}"
    return printable(limited(figure.requirement.title, NAME_COLUMNS - len(suffix) if columns else 0)) + suffix


def _measure(figure: Figure) -> str:
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import State, amount, with_unit

    recorded, unit = figure.recorded, figure.unit
    if figure.state is State.EXEMPT:
        return f"{with_unit(recorded, unit)}, exempt"
    if figure.target is None:
        return with_unit(recorded, unit)
    if figure.requirement.measure is Measure.DECLARED and figure.target == 1:
        return "declared" if figure.recorded else "not declared"
    most = "at most " if figure.requirement.measure is Measure.GAP else ""
    return with_unit(figure.target, unit, f"{amount(recorded)} of {most}{amount(figure.target)}")


def _bar(figure: Figure) -> str:
    from cpdkit.schemes.rules import Measure

    if not figure.target or figure.requirement.measure in (Measure.GAP, Measure.DECLARED):
        return " " * BAR_COLUMNS
    return progress_bar(figure.recorded / figure.target, BAR_COLUMNS)


def _note(figure: Figure, standing: Standing) -> str:
    """Return the note on a requirement: what is missing, what planned activities would add, and the pace."""
    from cpdkit.dates.day_words import day_text
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import amount, remarks

    parts = [
        REMARKS[remark].format_map({k: day_text(v) if isinstance(v, date) else v for k, v in facts.items()})
        for remark, facts in remarks(figure, standing)
    ]
    lost = sum((loss.amount for entry in figure.entries for loss in entry.lost), Fraction(0))
    if lost and figure.requirement.measure is Measure.AMOUNT:
        parts.append(f"{amount(lost)} not counted (see --explain)")
    return printable("; ".join(parts))


def _entry_lines(figure: Figure, unit: str, columns: int) -> Iterator[str]:
    """Yield the activities that a requirement counts, first those that do not count in full; `unit` is theirs."""
    from cpdkit.schemes.rules import Measure

    if figure.requirement.measure in (Measure.TYPES, Measure.GAP):
        return
    entries = sorted(figure.entries, key=lambda each: not each.lost)
    most = MOST_ENTRIES if columns else len(entries)
    for entry in entries[:most]:
        yield from wrap(
            _entry(entry, figure, unit), columns or COLUMNS, initial_indent=" " * 6, subsequent_indent=" " * 8
        )
    if len(entries) > most:
        yield f"      and {len(entries) - most} more (list all with --format json)"


def _entry(entry: Entry, figure: Figure, unit: str) -> str:
    from cpdkit.dates.hours import format_hours
    from cpdkit.schemes.rules import Measure
    from cpdkit.schemes.standing import amount, with_unit

    text = f"{entry.activity.start} {entry.activity.title}"
    lost = [loss for loss in entry.lost if loss.rule]
    if figure.requirement.measure.having or figure.requirement.measure is Measure.ENTRIES:
        reasons = ", ".join(f"{loss.rule[:1].lower()}{loss.rule[1:]}" for loss in lost)
        parts = ", ".join(part for part, _ in entry.shares)
        return printable(f"{text}: not counted, {reasons}" if lost else f"{text}: {parts}" if parts else text)
    counted_amount, hours = with_unit(entry.counted, unit), f"{format_hours(entry.minutes)} h"
    of = f" of {hours}" if figure.requirement.measure is Measure.AMOUNT and hours != counted_amount else ""
    reasons = ", ".join(f"{loss.rule}: {amount(loss.amount)} not counted" for loss in lost)
    shares = " and ".join(f"{amount(share)} for {part}" for part, share in entry.shares)
    divided = f", {shares}" if len(entry.shares) > 1 else f" for {entry.shares[0][0]}" if shares else ""
    return printable(f"{text}: {counted_amount}{of}{divided}" + (f" ({reasons})" if lost else ""))


def _rest(journal: Journal, on: date) -> Iterator[str]:
    """Yield what is planned, what needs attention, and the objectives without activities."""
    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.values import Status

    planned = [each for each in journal.activities if each.status is Status.PLANNED]
    if ahead := sum(each.minutes for each in planned if each.start > on):
        yield f"{format_hours(ahead)} h planned ahead"
    if past := sum(each.end < on for each in planned):
        have = f"{counted(past, 'planned activity', 'planned activities')} {plural(past, 'has', 'have')}"
        yield f"{have} a date in the past (see cpd todo)"
    if drafts := sum(each.status is Status.DRAFT for each in journal.activities):
        yield f"{counted(drafts, 'draft')} to confirm (see cpd todo)"
    if missing := sum(_lacks_reflection(each, on) for each in journal.activities):
        activities = f"{counted(missing, 'activity', 'activities')} of the last {LATELY} days"
        yield f"{activities} {plural(missing, 'has', 'have')} no reflection (run cpd reflect)"
    yield from _expiring(journal, on)
    linked = {name for each in journal.activities for name in each.objectives}
    unlinked = [each.title for each in journal.objectives.values() if each.status == "open" and each.id not in linked]
    if unlinked:
        yield printable(f"{counted(len(unlinked), 'objective')} without an activity: {'; '.join(unlinked)}")


def _expiring(journal: Journal, on: date) -> Iterator[str]:
    """Yield a line for each qualification that expires soon, or has expired and is not accepted as that."""
    from cpdkit.actions.todo import ago
    from cpdkit.checks.rules.people import DAYS_BEFORE

    for each in journal.qualifications:
        days = (each.last_day - on).days if each.last_day and not each.confidential else DAYS_BEFORE + 1
        if days <= DAYS_BEFORE and not {"CPD613", "CPD614"} & each.accepted.keys():
            yield printable(f"{each.title} {'expires' if days >= 0 else 'expired'} {ago(-days)}")


def _lacks_reflection(activity: Activity, on: date) -> bool:
    from cpdkit.journal.sections import has_reflection
    from cpdkit.journal.values import Status

    return (
        activity.status is Status.DONE
        and on - timedelta(LATELY) < activity.end <= on
        and not has_reflection(activity.body)
    )


def _remarks(journal: Journal, standings: Sequence[Standing], unknown: Sequence[str], explain: bool) -> Iterator[str]:
    """Yield remarks on the schemes; `unknown` are the IDs in cpd.yaml that no scheme has."""
    from cpdkit.dates.day_words import day_text
    from cpdkit.dates.period_words import months_later
    from cpdkit.text.clock import today

    if journal.member is None:
        yield "cannot read cpd.yaml, so its schemes are omitted; run cpd check to see why"
    elif not standings and not unknown:
        yield "cpd.yaml has no scheme; add schemes: [{scheme: iet}], or use --scheme ID (list all with cpd scheme list)"
    for name in unknown:
        yield printable(f'cpd: unknown scheme "{name}" in cpd.yaml; run cpd check to see similar names')
    for standing in standings:
        if standing.unknown_status:
            statuses = ", ".join(standing.rules.statuses)
            hint = f"available statuses: {statuses}" if statuses else "the scheme has no statuses"
            yield printable(f'cpd: unknown status "{standing.unknown_status}" for {standing.scheme.id}; {hint}')
        if standing.needs_start:
            yield f"cpd: {standing.scheme.id} needs your start date; add start: to the scheme in cpd.yaml"
        if (checked := standing.scheme.checked) and months_later(checked, MONTHS_FRESH) < today():
            hint = f"compare them with the body's page (cpd scheme show {standing.scheme.id})"
            yield printable(f"the rules of {standing.scheme.id} were last checked on {day_text(checked)}; {hint}")
        if standing.scheme.unsure and explain:
            yield printable(f"uncertain in {standing.scheme.id}: {standing.scheme.unsure}")
    unread = sum(path.startswith("activities/") for path in journal.unread)
    if unread:
        files = counted(unread, "activity", "activities")
        yield f"cannot read {files}, so {plural(unread, 'it does', 'they do')} not count; run cpd check to see why"


def _standing_data(standing: Standing) -> dict[str, object]:
    from cpdkit.schemes.windows import record_by

    period, deadline = standing.period, record_by(standing.rules.period, standing.period)
    return {
        "scheme": standing.scheme.id, "body": standing.scheme.body, "status": standing.status,
        "from": period.start.isoformat() if period.start else None,
        "to": period.last.isoformat() if period.last else None,
        "source": standing.scheme.pages, "unsure": standing.scheme.unsure,
        "checked": standing.scheme.checked.isoformat() if standing.scheme.checked else None,
        "record_by": deadline.isoformat() if deadline else None,
        "requirements": [_figure_data(each, standing) for each in standing.figures],
    }  # fmt: skip


def _figure_data(figure: Figure, standing: Standing) -> dict[str, object]:
    from cpdkit.schemes.standing import pace, remarks

    end = pace(figure, standing)
    kinds = (Remark.UNUSED, Remark.OVER_YEARS, Remark.GAP, Remark.EXPLAIN, Remark.DECLARE, Remark.EXPLAINED)
    note = "; ".join(REMARKS[one].format_map(values) for one, values in remarks(figure, standing) if one in kinds)
    source = standing.scheme.source_of(figure.requirement.source)
    return {
        "id": figure.requirement.id, "title": figure.requirement.title, "weight": str(figure.requirement.weight),
        "state": str(figure.state), "unit": figure.unit, "recorded": exact(figure.recorded),
        "asked": None if figure.target is None else exact(figure.target), "carried": exact(figure.carried),
        "planned": exact(figure.planned), "pace": None if end is None else exact(end), "note": note,
        "due": figure.due.isoformat() if figure.due else None, "split": figure.requirement.split,
        "explanation": figure.explanation, "source": source.page if source else standing.scheme.source,
        "unsure": figure.requirement.unsure,
        "parts": [
            {"title": one.title, "recorded": exact(one.recorded), "asked": exact(one.target)} for one in figure.parts
        ],
        "activities": [
            {
                "id": each.activity.id, "path": each.activity.path, "minutes": each.minutes, "worth": exact(each.worth),
                "counted": exact(each.counted), "shares": {part: exact(share) for part, share in each.shares},
                "lost": [{"rule": loss.rule, "amount": exact(loss.amount)} for loss in each.lost],
            }
            for each in figure.entries
        ],
    }  # fmt: skip
