"""Check a journal: each file by itself, then the whole journal by the facts of all files.

A file's result depends only on its bytes, its context and the files that it names. Therefore several processes can
check files, and a result is valid until one of these changes (`session.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from cpdkit.checks.policy import apply_settings, unused_acceptances
from cpdkit.checks.registry import CODES, JOURNAL_RULES, RECORD_RULES
from cpdkit.checks.rule import Context, Finding, RecordFacts, Rule, Subject, WholeJournal, facts_of
from cpdkit.checks.rules.settings import STALE, stale
from cpdkit.dates.period import Period
from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.load import read_file, same_id, without_collector
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE, Listing, list_journal
from cpdkit.journal.people import NOBODY
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.schemes.vocabulary import read_own, vocabulary_of
from cpdkit.text.clock import today
from cpdkit.text.files import Disk, Stamp
from cpdkit.text.names import composed

MOST_FINDINGS = 50
"""The most findings of one rule in one file: nobody fixes more at a time, and a hostile file could have a million."""
MANY_FILES = 1_500
"""The fewest files for several processes: with fewer, one finishes before the others have started."""
JOURNAL_CODES = frozenset(each.code for each in JOURNAL_RULES)


class FileResult(NamedTuple):
    """The diagnostics of one file by itself, and its facts (None if it can't be read).

    `unused_acceptances` are codes that it accepts although none of these diagnostics has them. `stamps` are those of
    the other files that the result depends on (None for a missing file).
    """

    path: str
    diagnostics: tuple[Diagnostic, ...]
    facts: RecordFacts | None
    unused_acceptances: frozenset[str] = frozenset()
    stamps: tuple[tuple[str, Stamp | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The diagnostics of a journal, sorted by file and place, and how much was checked.

    `activities` includes those that can't be read; `files` counts all records that could be opened. If the check is
    limited to a period, `outside` are the paths of the activities outside it, and `omitted` counts the diagnostics
    that do not concern its activities.
    """

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    activities: int
    files: int
    outside: frozenset[str] = frozenset()
    omitted: int = 0


def check_journal(
    root: Path,
    wanted: Sequence[str] = (),
    day: date | None = None,
    over: dict[str, bytes] | None = None,
    period: Period | None = None,
    form: str = "",
) -> CheckResult:
    """Check the journal at `root`. `day` is today; `over` are texts by path that replace those of the files.

    With `wanted` (paths in the journal), read only these, and apply only the rules that need no other file. With
    `period`, return only the diagnostics of its activities. `form` is that of the application, if not the one in
    cpd.yaml. Raise NoJournal.
    """
    disk = Disk(str(root.resolve()), over)
    with without_collector():
        listing = list_journal(disk, wanted)
        context = context_of(listing, disk, day or today(), form)
        results = check_all(record_paths(listing, wanted), context)
        return within_period(journal_result(listing, context, results, wanted), results, period)


def within_period(result: CheckResult, results: Iterable[FileResult], period: Period | None) -> CheckResult:
    """Return the result with the diagnostics of the activities in a period only; as it is without one.

    An activity whose dates cannot be read can be in any period, so its diagnostics stay.
    """
    if period is None:
        return result
    outside = frozenset(
        each.path for each in results if each.facts and is_activity(each.path) and not _is_in(each.facts, period)
    )
    kept = tuple(each for each in result.diagnostics if is_activity(each.path) and each.path not in outside)
    omitted = len(result.diagnostics) - len(kept)
    activities = result.activities - len(outside)
    return replace(result, diagnostics=kept, activities=activities, outside=outside, omitted=omitted)


def is_activity(path: str) -> bool:
    """Return whether a path is in the folder of the activities."""
    return path.startswith("activities/")


def _is_in(facts: RecordFacts, period: Period) -> bool:
    if facts.days:
        return any(period.contains(day) for day, _ in facts.days)
    return facts.start is None or facts.end is None or period.overlaps(facts.start, facts.end)


def record_paths(listing: Listing, wanted: Sequence[str] = ()) -> list[str]:
    """Return the files of records to check; with `wanted`, only those."""
    paths = [path for folder in RECORD_KINDS for path in listing.records[folder]]
    return [path for path in paths if _is_wanted(path, wanted)] if wanted else paths


def context_of(listing: Listing, disk: Disk, day: date, form: str = "") -> Context:
    """Return the context of the records of a journal; `form` as in `check_journal`."""
    vocabulary = vocabulary_of(listing.member, read_own(disk, listing.others))
    evidence = frozenset(map(composed, listing.evidence))
    choices = listing.member.application if listing.member else None
    return Context(
        day,
        listing.member,
        listing.objectives,
        evidence,
        disk,
        vocabulary,
        frozenset(CODES),
        listing.people or NOBODY,
        PEOPLE_FILE not in listing.unread,
        form or (choices.form if choices else ""),
    )


def check_all(paths: Sequence[str], context: Context) -> list[FileResult]:
    """Return the result of each file, in the given order; several processes share many files."""
    if len(paths) < MANY_FILES:
        return [check_file(path, context) for path in paths]
    # Few journals are large, and importing the pool is slow.
    from cpdkit.checks.processes import check_in_processes  # noqa: PLC0415

    return check_in_processes(check_file, paths, context)


def check_file(path: str, context: Context) -> FileResult:
    """Check one file with the rules that need no other."""
    record, diagnostics, _ = read_file(context.disk, path, RECORD_KINDS[path.partition("/")[0]])
    if record is None:
        return FileResult(path, tuple(diagnostics), None)
    subject = Subject(record, context)
    diagnostics += check(subject)
    kept = apply_settings(diagnostics, context.severities, record.accepted) if diagnostics else ()
    unused = unused_acceptances(record.accepted, diagnostics)
    return FileResult(path, kept, facts_of(record), unused, tuple(subject.stamps.items()))


def check(subject: Subject) -> list[Diagnostic]:
    """Return the diagnostics that the rules find in one record."""
    return [
        subject.diagnostic(rule, finding)
        for rule in RECORD_RULES[type(subject.record)]
        if (findings := rule.check(subject))
        for finding in at_most(MOST_FINDINGS, findings)
    ]


def at_most(most: int, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the first findings; the note of the last one mentions that there are more, which are not searched for."""
    rest = iter(findings)
    yield from islice(rest, most - 1)
    last = next(rest, None)
    if last and next(rest, None):
        yield last._replace(note=" · ".join(filter(None, (last.note, "there are more below"))))
    elif last:
        yield last


def journal_result(
    listing: Listing, context: Context, results: Sequence[FileResult], wanted: Sequence[str] = ()
) -> CheckResult:
    """Return all diagnostics, sorted: of the listing, the member, each file and (without `wanted`) the journal."""
    results = [each for each in results if each.facts or each.diagnostics]  # without reports that cpdkit made
    surroundings = list(listing.diagnostics)
    if context.member and (not wanted or MEMBER_FILE in wanted):
        surroundings += check(Subject(context.member, context))
    if context.people.people and (not wanted or PEOPLE_FILE in wanted):
        surroundings += check(Subject(context.people, context))
    surroundings += [each for each in context.vocabulary.own.diagnostics if _is_wanted(each.path, wanted)]
    accepted = _accepted_codes(results)
    diagnostics = [
        kept
        for each in surroundings
        for kept in apply_settings((each,), context.severities, accepted.get(each.path, ()))
    ]
    for result in results:
        diagnostics += result.diagnostics
    if not wanted:
        diagnostics += check_whole(listing, context, results)
    paths = (*(result.path for result in results), *listing.unread)
    activities = sum(map(is_activity, paths))
    return CheckResult(
        Path(listing.root), tuple(sorted(diagnostics, key=attrgetter("order"))), activities, len(results)
    )


def check_whole(listing: Listing, context: Context, results: Sequence[FileResult]) -> Iterator[Diagnostic]:
    """Yield the diagnostics of the rules of the whole journal."""
    records = sorted(result.facts for result in results if result.facts)
    unread = (*listing.unread, *(result.path for result in results if result.facts is None))
    whole = WholeJournal(records, unread, listing, context)
    findings: list[tuple[Rule, Finding]] = [(rule, finding) for rule in JOURNAL_RULES for finding in rule.check(whole)]
    findings += [(STALE, finding) for finding in _stale_acceptances(whole, results, findings)]
    findings.sort(key=lambda pair: pair[1].path)
    accepted = _accepted_codes(results)
    for path, pairs in groupby(findings, key=lambda pair: pair[1].path):
        diagnostics = _placed_findings(path, pairs, whole)
        yield from apply_settings(diagnostics, context.severities, accepted.get(path, ()))
    # Objectives with the ID of another one; a report reads only the first.
    first: dict[str, str] = {}
    for record in records:
        if record.kind == "plan" and (path := first.setdefault(record.id, record.path)) != record.path:
            yield same_id(record.path, record.id, path)


def _placed_findings(path: str, pairs: Iterable[tuple[Rule, Finding]], whole: WholeJournal) -> Iterator[Diagnostic]:
    """Yield the diagnostics of one file, reading it again if a finding has a place in it."""
    subject: Subject | None = None
    for rule, finding in pairs:
        if finding.where is not None:
            subject = subject or whole.subject(path)
        if finding.where is not None and subject:
            yield subject.diagnostic(rule, finding)
        else:
            yield Diagnostic(
                path, None, rule.code, rule.severity, finding.message, "", finding.note, finding.hint, finding.fix
            )


def _stale_acceptances(
    whole: WholeJournal, results: Sequence[FileResult], findings: Sequence[tuple[Rule, Finding]]
) -> Iterator[Finding]:
    """Yield a finding for each accepted code that neither the file nor the rest of the journal has."""
    suspects = [result for result in results if result.unused_acceptances]
    if not suspects:
        return
    existing = {(finding.path, rule.code) for rule, finding in findings}
    existing |= {(each.path, each.code) for each in whole.listing.diagnostics}
    # If a file is unread, a rule of the whole journal may report nothing yet.
    undecided = JOURNAL_CODES if whole.unread else frozenset()
    for result in suspects:
        for code in sorted(result.unused_acceptances.intersection(CODES) - undecided - {STALE.code}):
            if (result.path, code) not in existing:
                yield stale(result.path, code)


def _accepted_codes(results: Iterable[FileResult]) -> dict[str, frozenset[str]]:
    """Return the codes that files accept, by path."""
    return {result.path: result.facts.accepted for result in results if result.facts and result.facts.accepted}


def _is_wanted(path: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(path == each or path.startswith(f"{each}/") for each in wanted)
