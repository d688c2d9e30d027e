"""The professional bodies whose rules cpdkit has, and the body that a person means by a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cpdkit.journal.member import Member
from cpdkit.journal.spelling import plain
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.scheme_file import shipped_scheme, shipped_schemes

_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Body:
    """A professional body: its usual short name, its full name, and the ID of its scheme."""

    short: str
    name: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scheme that a member may have to follow, and what in cpd.yaml shows it: a membership, or letters."""

    scheme: Scheme
    reason: str


def suggested(member: Member, schemes: Sequence[Scheme]) -> tuple[tuple[Suggestion, ...], tuple[str, ...]]:
    """Return the schemes of a member's memberships and letters, and the memberships for which there is none."""
    letters = member.post_nominals
    found: dict[str, Suggestion] = {}
    unknown = []
    for membership in member.memberships:
        matches = [each for each in schemes if _is_of(each, membership.body)]
        for each in matches:
            found.setdefault(each.id, Suggestion(each, f"membership of {membership.body}"))
        letters += f", {membership.grade}"
        if not matches:
            unknown.append(membership.body)
    words = f" {' '.join(re.findall(_LETTERS, letters))} "
    for each in schemes:
        if shown := [one for one in each.letters if f" {one} " in words]:
            found.setdefault(each.id, Suggestion(each, f"letters {', '.join(shown)}"))
    ordered = tuple(found[each.id] for each in schemes if each.id in found)
    return ordered, tuple(dict.fromkeys(unknown))


COUNTRIES = {
    "uk": "united kingdom",
    "gb": "united kingdom",
    "britain": "united kingdom",
    "great britain": "united kingdom",
    "england": "united kingdom",
    "scotland": "united kingdom",
    "wales": "united kingdom",
    "northern ireland": "united kingdom",
    "us": "united states",
    "usa": "united states",
    "america": "united states",
    "united states of america": "united states",
    "eire": "ireland",
    "nz": "new zealand",
}
"""Other names of countries."""


def is_in(scheme: Scheme, country: str) -> bool:
    """Whether a scheme is of a country, by any of its usual names; international ones are of every country."""
    wanted = plain(country).replace(".", "").strip()
    return plain(scheme.country) in (COUNTRIES.get(wanted, wanted), "international")


def is_of_profession(scheme: Scheme, profession: str) -> bool:
    """Whether a scheme is of a profession, by the beginning of its name: `engineer` is engineering."""
    wanted = plain(profession).strip()
    return any(word.startswith(wanted) for each in scheme.professions for word in (plain(each), *plain(each).split()))


def _is_of(scheme: Scheme, text: str) -> bool:
    """Whether a text names a scheme's body: by its full or short name, or its ID."""
    names = {each for name in (scheme.body, scheme.abbreviation, scheme.id) for each in _spellings(name)}
    return bool(names & set(_spellings(text)))


def bodies() -> tuple[Body, ...]:
    """Return the bodies of the shipped schemes, sorted by short name. One with several has the first of them."""
    found: dict[str, Body] = {}
    for each in filter(None, map(shipped_scheme, shipped_schemes())):
        found.setdefault(each.body, Body(each.abbreviation or each.body, each.body, each.id))
    return tuple(sorted(found.values(), key=lambda body: body.short.casefold()))


def body_named(text: str) -> Body | None:
    """Return the body with this short name, full name or scheme, in any case; None for any other text.

    `Institution of Civil Engineers (ICE)`, `the I.C.E.` and `institution of civil engineers` are all the same.
    """
    wanted = set(_spellings(text))
    for body in (*bodies(), *_of_other_schemes()):
        if wanted & {each for name in (body.short, body.name, body.scheme) for each in _spellings(name)}:
            return body
    return None


def _of_other_schemes() -> Iterator[Body]:
    """Yield the bodies once more, by the IDs of their schemes."""
    for each in filter(None, map(shipped_scheme, shipped_schemes())):
        yield Body(each.id, each.body, each.id)


def scheme_of_body(text: str, own: Iterable[Scheme] = ()) -> Scheme | None:
    """Return the scheme that has this ID or this short name of its body, in any case; the journal's `own` come first.

    A full name is not short for anything: the owner wants it in full.
    """
    wanted = next(_spellings(text), "")
    for scheme in (*own, *filter(None, map(shipped_scheme, shipped_schemes()))):
        if wanted in {each for name in (scheme.id, scheme.abbreviation) for each in _spellings(name)}:
            return scheme
    return None


def nearest_body(text: str) -> Body | None:
    """Return the body whose short or full name is nearly this text, or None."""
    names = {plain(name): body for body in bodies() for name in (body.name, body.short)}
    near = get_close_matches(plain(text), names, n=1, cutoff=0.8)
    return names[near[0]] if near else None


def _spellings(text: str) -> Iterator[str]:
    """Yield a name without case, accents, marks and articles; also the parts before and in brackets."""
    for part in (text, *re.split(r"[()]", text)):
        words = re.findall(r"\w+", plain(part).replace("&", " and "))
        if letters := "".join(word for word in words if word != "the"):
            yield letters
