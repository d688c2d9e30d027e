"""CPD5xx: what records point to."""

from difflib import get_close_matches
from itertools import islice
from unicodedata import normalize

from cpdkit.checks.rule import NO_FINDINGS, Context, Finding, Findings, Subject, WholeJournal, journal_rule, rule
from cpdkit.diagnostics import Edit, Fix, Severity, Span
from cpdkit.journal.links import is_elsewhere, links, path_of, place_of
from cpdkit.journal.paths import EVIDENCE
from cpdkit.journal.records import Activity, Objective, Post, Review
from cpdkit.journal.values import Evidence
from cpdkit.text.markdown import Link

MOST_NAMES = 2_000
"""Among more names than this no similar one is looked for: each look costs a look at all."""
MOST_MISSING = 100
"""How many of one file's pieces of evidence are told as missing; each costs a look at all that are there."""


@rule("CPD501", Severity.ERROR, "an evidence file is missing", Activity)
def missing_evidence(subject: Subject) -> Findings:
    """A piece of evidence names a file under `evidence/`, and no such file is there.

    It may not have been copied there yet, or have another name or folder now.
    """
    activity: Activity = subject.record
    if not activity.evidence:
        return NO_FINDINGS
    return (
        _missing(number, each.path, subject.context)
        for number, each in _not_there(activity, subject.context)
        if not _but_for_case(each.path, subject.context)
    )


@rule("CPD509", Severity.WARNING, "an evidence file's case differs", Activity)
def evidence_in_another_case(subject: Subject) -> Findings:
    """A piece of evidence is named as its file is, with the same capital and small letters.

    Windows and macOS find the file all the same; Linux, a CI and most web servers don't.
    """
    activity: Activity = subject.record
    if not activity.evidence:
        return NO_FINDINGS
    return [
        _in_another_case(subject, number, each.path, same[0])
        for number, each in _not_there(activity, subject.context)
        if (same := _but_for_case(each.path, subject.context))
    ]


def _not_there(activity: Activity, context: Context) -> list[tuple[int, Evidence]]:
    """Return the pieces of evidence whose file is not there, with their numbers."""
    there = context.evidence
    missing = (
        (number, each)
        for number, each in enumerate(activity.evidence)
        if each.path and each.path not in there and not _is_there(each.path, context)
    )
    return list(islice(missing, MOST_MISSING))


def _is_there(path: str, context: Context) -> bool:
    """Tell whether a path is a file's in another form of Unicode, or a folder's that holds some."""
    plain = normalize("NFC", path).rstrip("/")
    return plain in context.evidence or any(each.startswith(f"{plain}/") for each in context.evidence)


def _but_for_case(path: str, context: Context) -> list[str]:
    """Return the files that differ from a path in their case alone."""
    if len(context.evidence) > MOST_NAMES:
        return []
    folded = _folded(path)
    return sorted({normalize("NFC", each) for each in context.evidence if _folded(each) == folded})


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold()


def _in_another_case(subject: Subject, number: int, path: str, same: str) -> Finding:
    where = subject.span(f"evidence.{number}")
    line = subject.source(where) if where else ""
    at = line.find(path, where.column - 1) if where else -1
    fix = None
    # Only where the name is written once, as it is: a mapping has a title beside it, a text may have escapes.
    if where and at >= 0 and line.count(path, where.column - 1, where.end_column - 1) == 1:
        edit = Edit(Span(where.line, at + 1, where.line, at + 1 + len(path)), same)
        fix = Fix(f"write {same}", (edit,))
    return Finding(
        f"evidence.{number}", f"the file is called {same}", "the case differs", "" if fix else f"write {same}", fix
    )


def _missing(number: int, path: str, context: Context) -> Finding:
    there = context.evidence
    near = get_close_matches(path, sorted(there), n=1, cutoff=0.8) if len(there) <= MOST_NAMES else []
    note = f"did you mean {near[0]}?" if near else ""
    return Finding(f"evidence.{number}", f"{EVIDENCE}/{path} is not there", note, f"put the file into {EVIDENCE}/")


@rule("CPD503", Severity.ERROR, "there is no such objective", Activity)
def unknown_objectives(subject: Subject) -> Findings:
    """An activity serves an objective that is not in the plan.

    An objective is named by its id: the name of its file under `plan/`, without `.md`.
    """
    activity: Activity = subject.record
    if not activity.objectives:
        return NO_FINDINGS
    known = subject.context.objectives
    return (
        _unknown(number, objective, known)
        for number, objective in enumerate(activity.objectives)
        if objective not in known
    )


def _unknown(number: int, objective: str, known: frozenset[str]) -> Finding:
    near = get_close_matches(objective, sorted(known), n=1)
    note = f"did you mean {near[0]}?" if near else ""
    hint = f"an objective is a file under plan/: plan/{objective}.md"
    return Finding(f"objectives.{number}", f"there is no objective {objective}", note, hint)


@journal_rule("CPD504", Severity.ADVICE, "no activity uses an evidence file")
def unused_evidence(whole: WholeJournal) -> Findings:
    """A file lies under `evidence/`, and no activity names it or its folder.

    It is not told while an activity can't be read, since that one may name it.
    """
    # The evidence of a record that could not be read is not known.
    if whole.activities_unread:
        return
    named = {normalize("NFC", path) for each in whole.records for path in each.evidence}
    # One named in another case is told of where it is named.
    folded = {path.casefold() for path in named}
    for path in sorted(whole.listing.evidence):
        plain = normalize("NFC", path)
        parents = (plain[:cut] for cut, letter in enumerate(plain) if letter == "/")
        if plain not in named and plain.casefold() not in folded and not any(parent in named for parent in parents):
            hint = f"add it to the activity it belongs to: evidence: [{path}]"
            yield Finding(None, "no activity names this file", hint=hint, path=f"{EVIDENCE}/{path}")


MOST_LINKS = 1_000
"""Of one body; what links more is no record of an activity, and each link costs a look at the disk."""


@rule("CPD510", Severity.WARNING, "a link leads to no file", Activity, Objective, Post, Review)
def dead_links(subject: Subject) -> Findings:
    """A link without http:// leads to a file of the journal, seen from the folder of the file it stands in.

    Links of that kind work for whoever has the journal; a report prints their words without the link.
    """
    if "[" not in subject.record.body:
        return NO_FINDINGS
    return (_dead_link(subject, each, "this link leads to no file") for each in _dead(subject) if not each.image)


@rule("CPD511", Severity.WARNING, "an image is missing", Activity, Objective, Post, Review)
def missing_images(subject: Subject) -> Findings:
    """An image names a file of the journal, seen from the folder of the file that shows it."""
    body = subject.record.body
    if "!" not in body or "[" not in body:
        return NO_FINDINGS
    return (_dead_link(subject, each, "this image is missing") for each in _dead(subject) if each.image)


def _dead_link(subject: Subject, link: Link, message: str) -> Finding:
    where = subject.stretch(link.start, link.stop)
    place = place_of(subject.record.path, path_of(link.address))
    if place is None:
        hint = f"put the file into {EVIDENCE}/, and name it from here"
        return Finding(where, message, "the address lies outside the journal", hint)
    if better := _better(subject, path_of(link.address)):
        fix = Fix(f"write {better}", (Edit(where, better),), safe=False)
        return Finding(where, message, f"did you mean {better}?", "an address is seen from this file's folder", fix)
    return Finding(where, message, f"{place} is not there", "an address is seen from this file's folder")


def _better(subject: Subject, path: str) -> str:
    """Return the address that was meant, where it was seen from the journal's folder or from `evidence/`."""
    context: Context = subject.context
    up = "../" * subject.record.path.count("/")
    bare = path.removeprefix(f"{EVIDENCE}/")
    while bare.startswith(("../", "./")):
        bare = bare.partition("/")[2]
    bare = bare.removeprefix(f"{EVIDENCE}/")
    if bare in context.evidence and " " not in bare and "(" not in bare:
        return f"{up}{EVIDENCE}/{bare}"
    plain = place_of("", path)
    return f"{up}{plain}" if plain and subject.exists(plain) else ""


def _dead(subject: Subject) -> list[Link]:
    """Return the links and images whose file is not there."""
    first = islice(links(subject.record.body), MOST_LINKS)
    return [each for each in first if not _is_target_there(subject, each.address)]


def _is_target_there(subject: Subject, address: str) -> bool:
    """Whether an address is none of the journal's, or a file's or folder's of it, as written or percent-decoded."""
    if is_elsewhere(address):
        return True
    written = (place_of(subject.record.path, address), place_of(subject.record.path, path_of(address)))
    return any(place is not None and (not place or subject.exists(place)) for place in written)


RULES = (missing_evidence, evidence_in_another_case, unknown_objectives, unused_evidence, dead_links, missing_images)
