"""CPD5xx: relative links and images in bodies that lead nowhere.

A link is read as Markdown has it, seen from the folder of the file that it stands in, as for the images of a report.
"""

from itertools import islice

from cpdkit.checks.rule import NOTHING, Finding, Found, rule
from cpdkit.checks.subject import Context, Subject
from cpdkit.diagnostics import Edit, Fix, Severity
from cpdkit.journal.linking import Link, is_elsewhere, links, path_of, place_of
from cpdkit.journal.listing import EVIDENCE
from cpdkit.journal.records import Activity, Objective, Post, Review

MOST_LINKS = 1_000
"""Of one body; what links more is no record of an activity, and each link costs a look at the disk."""


@rule("CPD510", Severity.WARNING, "a link leads to no file", Activity, Objective, Post, Review)
def dead_links(subject: Subject) -> Found:
    """A link without http:// leads to a file of the journal, seen from the folder of the file it stands in.

    Links of that kind work for whoever has the journal; a report prints their words without the link.
    """
    if "[" not in subject.record.body:
        return NOTHING
    return (_told(subject, each, "this link leads to no file") for each in _dead(subject) if not each.image)


@rule("CPD511", Severity.WARNING, "an image is missing", Activity, Objective, Post, Review)
def missing_images(subject: Subject) -> Found:
    """An image names a file of the journal, seen from the folder of the file that shows it."""
    body = subject.record.body
    if "!" not in body or "[" not in body:
        return NOTHING
    return (_told(subject, each, "this image is missing") for each in _dead(subject) if each.image)


def _told(subject: Subject, link: Link, message: str) -> Finding:
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
    """The address that was meant, where it was seen from the journal's folder or from `evidence/`."""
    context: Context = subject.context
    up = "../" * subject.record.path.count("/")
    bare = path.removeprefix(f"{EVIDENCE}/")
    while bare.startswith(("../", "./")):
        bare = bare.partition("/")[2]
    bare = bare.removeprefix(f"{EVIDENCE}/")
    if bare in context.evidence and " " not in bare and "(" not in bare:
        return f"{up}{EVIDENCE}/{bare}"
    plain = place_of("", path)
    return f"{up}{plain}" if plain and context.disk.exists(plain) else ""


def _dead(subject: Subject) -> list[Link]:
    """The links and images whose file is not there."""
    some = islice(links(subject.record.body), MOST_LINKS)
    return [each for each in some if not _is_there(subject, each.address)]


def _is_there(subject: Subject, address: str) -> bool:
    """Whether an address is none of the journal's, or a file's or folder's of it, as written or percent-decoded."""
    if is_elsewhere(address):
        return True
    exists = subject.context.disk.exists
    written = (place_of(subject.record.path, address), place_of(subject.record.path, path_of(address)))
    return any(place is not None and (not place or exists(place)) for place in written)


RULES = (dead_links, missing_images)
