"""CPD5xx: evidence, objectives, links and images that records refer to."""

from difflib import get_close_matches
from itertools import islice

from cpdkit.checks.rule import (
    NO_FINDINGS,
    Context,
    Finding,
    Findings,
    Subject,
    WholeJournal,
    journal_rule,
    rule,
    wiki_links_of,
)
from cpdkit.diagnostics import Edit, Fix, Severity, Span
from cpdkit.journal.links import is_elsewhere, links, path_of, place_of
from cpdkit.journal.paths import EVIDENCE, linkable
from cpdkit.journal.reader import RECORDS
from cpdkit.journal.records import Activity, Qualification
from cpdkit.journal.values import Evidence
from cpdkit.journal.wiki_links import Targets, WikiLink
from cpdkit.text.markdown import Link
from cpdkit.text.names import composed, folded
from cpdkit.text.source import line_and_column

MOST_NAMES = 2_000
"""Among more names than this there is no search for a similar one, which compares with every name."""
MOST_MISSING = 100
"""The most missing evidence files that are reported for one record; each costs a search through all files."""


@rule("CPD501", Severity.ERROR, "evidence file is missing", Activity, Qualification)
def missing_evidence(subject: Subject) -> Findings:
    """The record names an evidence file that does not exist under `evidence/`.

    You may not have copied the file yet, or you may have renamed or moved it.
    """
    record: Activity | Qualification = subject.record
    if not record.evidence:
        return NO_FINDINGS
    return (
        _missing(number, each.path, subject.context)
        for number, each in _not_there(record, subject.context)
        if not _but_for_case(each.path, subject.context)
    )


@rule("CPD509", Severity.WARNING, "evidence file name differs in case", Activity, Qualification)
def evidence_in_another_case(subject: Subject) -> Findings:
    """A record must name an evidence file with the same capital and small letters as the file itself.

    Windows and macOS find the file anyway. Linux, CI and most web servers do not.
    """
    record: Activity | Qualification = subject.record
    if not record.evidence:
        return NO_FINDINGS
    return [
        _in_another_case(subject, number, each.path, same[0])
        for number, each in _not_there(record, subject.context)
        if (same := _but_for_case(each.path, subject.context))
    ]


def _not_there(record: Activity | Qualification, context: Context) -> list[tuple[int, Evidence]]:
    """Return the pieces of evidence whose file is missing, with their numbers."""
    there = context.evidence
    missing = (
        (number, each)
        for number, each in enumerate(record.evidence)
        if each.path and each.path not in there and not _is_there(each.path, context)
    )
    return list(islice(missing, MOST_MISSING))


def _is_there(path: str, context: Context) -> bool:
    """Return whether a path is a folder's that contains files, or a file's with a slash after it."""
    plain = path.rstrip("/")
    return plain in context.evidence or any(each.startswith(f"{plain}/") for each in context.evidence)


def _but_for_case(path: str, context: Context) -> list[str]:
    """Return the files whose paths differ only in case."""
    if len(context.evidence) > MOST_NAMES:
        return []
    wanted = folded(path)
    return sorted(each for each in context.evidence if folded(each) == wanted)


def _in_another_case(subject: Subject, number: int, path: str, same: str) -> Finding:
    where = subject.span(f"evidence.{number}")
    line = subject.source(where) if where else ""
    at = line.find(path, where.column - 1) if where else -1
    fix = None
    # Only if the name appears once and unchanged: a mapping also has a title, and a text may have escapes.
    if where and at >= 0 and line.count(path, where.column - 1, where.end_column - 1) == 1:
        edit = Edit(Span(where.line, at + 1, where.line, at + 1 + len(path)), same)
        fix = Fix(f"write {same}", (edit,))
    return Finding(
        f"evidence.{number}",
        f"the file is called {same}",
        "capital letters matter on some computers",
        "" if fix else f"write {same}",
        fix,
    )


def _missing(number: int, path: str, context: Context) -> Finding:
    there = context.evidence
    near = get_close_matches(path, sorted(there), n=1, cutoff=0.8) if len(there) <= MOST_NAMES else []
    note = f"did you mean {near[0]}?" if near else ""
    message = f"{EVIDENCE}/{path} does not exist"
    return Finding(f"evidence.{number}", message, note, f"add the file to {EVIDENCE}/, or correct the name")


@rule("CPD503", Severity.ERROR, "unknown objective", Activity)
def unknown_objectives(subject: Subject) -> Findings:
    """The activity names an objective that is not in the plan.

    Name an objective by its ID: the name of its file under `plan/`, without `.md`.
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
    note = f'did you mean "{near[0]}"?' if near else ""
    hint = f"use the ID of an objective, or create plan/{objective}.md"
    return Finding(f"objectives.{number}", f'unknown objective "{objective}"', note, hint)


@journal_rule("CPD504", Severity.ADVICE, "evidence file is not used")
def unused_evidence(whole: WholeJournal) -> Findings:
    """No record names this file under `evidence/`, or its folder.

    The check waits until every activity and qualification can be read, because an unreadable one may name the file.
    """
    if whole.activities_unread or any(path.startswith("qualifications/") for path in whole.unread):
        return
    named = {path for each in whole.records for path in each.evidence}
    # CPD509 reports a name in another case, at the activity.
    in_any_case = set(map(folded, named))
    for path in sorted(whole.listing.evidence):
        plain = composed(path)
        parents = (plain[:cut] for cut, letter in enumerate(plain) if letter == "/")
        if plain not in named and folded(plain) not in in_any_case and not any(parent in named for parent in parents):
            hint = f"add evidence: [{path}] to the activity that it belongs to"
            yield Finding(None, "no record lists this file as evidence", hint=hint, path=f"{EVIDENCE}/{path}")


MOST_LINKS = 1_000
"""The most links of one body that are checked; each reads the disk, and no real record has more."""


@rule("CPD510", Severity.WARNING, "broken link", *RECORDS)
def dead_links(subject: Subject) -> Findings:
    """A link without http:// must lead to a file of the journal. Its path starts in the folder of the linking file.

    Such a link works for anybody who has the journal. Reports print its text without the link.
    """
    if "[" not in subject.record.body:
        return NO_FINDINGS
    return (_dead_link(subject, each, "broken link") for each in _dead(subject) if not each.image)


@rule("CPD511", Severity.WARNING, "image is missing", *RECORDS)
def missing_images(subject: Subject) -> Findings:
    """An image must be a file of the journal. Its path starts in the folder of the file that shows it."""
    body = subject.record.body
    if "!" not in body or "[" not in body:
        return NO_FINDINGS
    return (_dead_link(subject, each, "image is missing") for each in _dead(subject) if each.image)


PATH_HINT = "check the path: it starts in the folder of this file"


def _dead_link(subject: Subject, link: Link, message: str) -> Finding:
    where = subject.stretch(link.start, link.stop)
    place = place_of(subject.record.path, path_of(link.address))
    if place is None:
        hint = f"copy the file to {EVIDENCE}/, and link to it there"
        return Finding(where, message, "the path leads outside the journal", hint)
    if better := _better(subject, path_of(link.address)):
        fix = Fix(f"write {better}", (Edit(where, better),), safe=False)
        return Finding(where, message, f"did you mean {better}?", PATH_HINT, fix)
    return Finding(where, message, f"{place} does not exist", PATH_HINT)


def _better(subject: Subject, path: str) -> str:
    """Return the address that was meant, if it was written from the journal's folder or from `evidence/`."""
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
    """Return the links and images whose file is missing."""
    first = islice(links(subject.record.body), MOST_LINKS)
    return [each for each in first if not _is_target_there(subject, each.address)]


def _is_target_there(subject: Subject, address: str) -> bool:
    """Return whether an address leads out of the journal, or to a file or folder in it (as written or decoded)."""
    if is_elsewhere(address):
        return True
    written = (place_of(subject.record.path, address), place_of(subject.record.path, path_of(address)))
    return any(place is not None and (not place or subject.exists(place)) for place in written)


@journal_rule("CPD519", Severity.WARNING, "link between notes leads to no file")
def dangling_wiki_links(whole: WholeJournal) -> Findings:
    """A `[[link]]` names a file of the journal: by its name, the end of its path, its path in the journal, or its path
    from the folder of the file with the link. Case does not matter.

    Reports print such a link as it is. `cpd rename` and `cpd move` update it.
    """
    if not any(each.wiki_links for each in whole.records):
        return
    targets = Targets(linkable(whole.listing))
    for each in whole.records:
        missing = [name for name in each.wiki_links if not targets.named(name, each.path)][:MOST_MISSING]
        subject = whole.subject(each.path) if missing else None
        for text, link in wiki_links_of(subject.record) if subject else ():
            if subject and link.name in missing:
                in_body = text is subject.record.body
                where = subject.stretch(link.start, link.stop) if in_body else _in_front(text, link)
                yield Finding(where, f"[[{link.name}]] leads to no file", "", NAME_HINT, path=each.path)


NAME_HINT = "write the name of a file of the journal, or delete the brackets"


def _in_front(front: str, link: WikiLink) -> Span:
    return Span(*line_and_column(front, link.start), *line_and_column(front, link.stop))


RULES = (
    missing_evidence,
    evidence_in_another_case,
    unknown_objectives,
    unused_evidence,
    dead_links,
    missing_images,
    dangling_wiki_links,
)
