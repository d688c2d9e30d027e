"""CPD5xx: names of competences, topics, schemes and frameworks, and the size of evidence that schemes accept."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Subject, WholeJournal, journal_rule, rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.achievements import achievements
from cpdkit.journal.member import Member
from cpdkit.journal.paths import EVIDENCE
from cpdkit.journal.records import Activity, Claim, Objective, Post, Qualification
from cpdkit.journal.values import Competence
from cpdkit.schemes.rule_types import MEGABYTE
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.text.wording import first_few, listed

if TYPE_CHECKING:
    from cpdkit.schemes.rules import Scheme

USUAL, RARE = 5, 2
"""A topic of at least `USUAL` activities is in regular use; one of at most `RARE` may be mistyped."""
MOST_RARE = 2_000
"""Among more rare topics than this, none is compared letter by letter."""
SHORTEST = 6
"""Two topics with fewer letters may differ in one letter and both be right."""
_GAPS = re.compile(r"[\s_-]+")


@rule("CPD506", Severity.WARNING, "unknown competence", Activity, Objective, Post, Qualification, Claim)
def unknown_competences(subject: Subject) -> Findings:
    """The code of a competence must be in a framework.

    cpdkit uses the frameworks that cpd.yaml names under `frameworks:`. If it names none, it uses the built-in ones
    (UK-SPEC for CEng, IEng and EngTech) and those in `frameworks/`. Without any framework, it checks only codes that
    look like UK-SPEC's. It also checks the codes after the achievements of a post.
    """
    claimed, achieved = subject.record.competences, _achieved(subject)
    if not claimed and not achieved:
        return NO_FINDINGS
    words = subject.context.vocabulary
    known = words.competences
    named = [(f"competences={each.code}", each.code) for each in claimed if each.code not in known]
    named += [(where, each.code) for where, each in achieved if each.code not in known]
    return [_unknown_competence(where, code, words) for where, code in named if words.is_unknown(code)]


def _achieved(subject: Subject) -> Sequence[tuple[str, Competence]]:
    """Return what the achievements of a post claim, with the place of each; nothing for another record."""
    record = subject.record
    if not isinstance(record, Post):
        return ()
    known = {code.casefold() for code in subject.context.vocabulary.competences}
    return [(f"body.{one.line}", each) for one in achievements(record.body) for each in one.claims(known)]


def _unknown_competence(where: str, code: str, words: Vocabulary) -> Finding:
    known = words.competences
    same = [each for each in known if each.casefold() == code.casefold()]
    near = same or get_close_matches(code.upper(), known, n=1, cutoff=0.75)
    note = f"did you mean {near[0]} ({known[near[0]]})?" if near else ""
    replacement = same[0] if len(same) == 1 and not where.startswith("body") else ""
    hint = "" if near else _where(code, words)
    return Finding(where, f"unknown competence {code}", note, hint, replacement=replacement)


def _where(code: str, words: Vocabulary) -> str:
    """Return a hint: a framework that has the code, codes that begin alike, or how to add a framework."""
    others = [name for name, each in words.frameworks.items() if code in each.titles]
    if others:
        return f"add {others[0]}, which has this code, to frameworks: in cpd.yaml"
    alike = [each for each in words.competences if each[0] == code[0].upper() and each != code[0].upper()]
    if alike:
        return f"use {first_few(alike, 8)}"
    return "use a code of your frameworks, or add a framework as a file under frameworks/"


@rule("CPD518", Severity.WARNING, "unknown level", Activity, Objective, Post, Qualification, Claim, Member)
def unknown_levels(subject: Subject) -> Findings:
    """A level must be one of the IET's (T, SP, P, E), or one that a framework of your own lists under `levels:`.

    Your own frameworks are the files in `frameworks/`.
    """
    record = subject.record
    if isinstance(record, Member):
        levelled = [(f"levels-held={each.code}", each) for each in record.levels_held]
        levelled += [(f"levels-wanted={each.code}", each) for each in record.levels_wanted]
    else:
        levelled = [(f"competences={each.code}", each) for each in record.competences if each.level]
        levelled += [(where, each) for where, each in _achieved(subject) if each.level]
    if not levelled:
        return NO_FINDINGS
    words = subject.context.vocabulary
    unknown = [(where, each) for where, each in levelled if each.level and each.level not in words.levels]
    if not unknown or not words.all_frameworks_known:
        return NO_FINDINGS
    hint = f"use {listed(words.levels, 'or')}"
    return [Finding(where, f"unknown level {each.level}", hint=hint) for where, each in unknown]


@rule("CPD507", Severity.WARNING, "topic is not listed in cpd.yaml", Activity, Post, Qualification)
def unlisted_topics(subject: Subject) -> Findings:
    """If cpd.yaml lists topics under `topics:`, records must use only these."""
    topics = subject.record.topics
    allowed = subject.context.vocabulary.topics if topics else ()
    if not allowed:
        return NO_FINDINGS
    return (_unlisted(topic, allowed) for topic in topics if topic not in allowed)


def _unlisted(topic: str, allowed: Iterable[str]) -> Finding:
    folded = {_folded(each): each for each in allowed}
    same = folded.get(_folded(topic), "")
    near = [_folded(topic)] if same else get_close_matches(_folded(topic), folded, n=1, cutoff=0.75)
    note = f'did you mean "{folded[near[0]]}"?' if near else ""
    hint = "" if near else "use a topic from cpd.yaml, or add this one to topics: there"
    return Finding(f"topics={topic}", f'topic "{topic}" is not listed in cpd.yaml', note, hint, replacement=same)


@rule("CPD508", Severity.WARNING, "unknown scheme", Member)
def unknown_schemes(subject: Subject) -> Findings:
    """cpd.yaml must name a scheme by its ID. It can be a built-in scheme, or a file of your own under `schemes/`."""
    words = subject.context.vocabulary
    if not words.all_schemes_known:
        return NO_FINDINGS
    return [
        _unknown_id("scheme", "schemes", each.scheme, words.scheme_ids)
        for each in subject.record.schemes
        if not words.scheme(each.scheme)
    ]


@rule("CPD517", Severity.WARNING, "unknown status in a scheme", Member)
def unknown_statuses(subject: Subject) -> Findings:
    """A status under `schemes:` in cpd.yaml must be one that the scheme defines. Any other status has no effect on the
    requirements.

    `cpd scheme show ID` lists the statuses of a scheme.
    """
    for each in subject.record.schemes:
        scheme = subject.context.vocabulary.scheme(each.scheme)
        if scheme is None:
            continue
        there = sorted({name for rules in scheme.rules for name in rules.statuses})
        for name in dict.fromkeys(status.status for status in each.statuses):
            if name not in there:
                yield _unknown_status(scheme.id, name, there)


def _unknown_status(scheme: str, status: str, there: Sequence[str]) -> Finding:
    near = get_close_matches(status.casefold(), there, n=1, cutoff=0.6)
    note = f'did you mean "{near[0]}"?' if near else ""
    hint = "" if near else f"use {listed(there, 'or')}" if there else "remove it: this scheme has no statuses"
    return Finding(f"schemes={scheme}", f'scheme {scheme} has no status "{status}"', note, hint)


@rule("CPD522", Severity.WARNING, "setting of a scheme has no effect", Member)
def unused_settings(subject: Subject) -> Findings:
    """Declarations and targets under `schemes:` in cpd.yaml must name a requirement of the scheme. A target needs a
    requirement for which members have amounts of their own, and `first-day` a scheme that lets them choose the day.

    `cpd scheme show ID` lists the requirements of a scheme with their IDs.
    """
    for each in subject.record.schemes:
        scheme = subject.context.vocabulary.scheme(each.scheme)
        if scheme is None:
            continue
        requirements = [one for rules in scheme.rules for one in rules.requirements]
        ids = sorted({one.id for one in requirements})
        personal = sorted({one.id for one in requirements if one.personal})
        for name in dict.fromkeys(one.requirement for one in each.declarations):
            if name not in ids:
                yield _unused(scheme.id, f'scheme {scheme.id} has no requirement "{name}"', name, ids)
        for name in each.targets:
            if name not in personal:
                yield _unused(scheme.id, f'scheme {scheme.id} lets no member set "{name}"', name, personal)
        if each.first_day and not any(rules.period.own_day for rules in scheme.rules):
            hint = "remove first-day:"
            yield Finding(f"schemes={scheme.id}", f"the first day of scheme {scheme.id} is fixed", hint=hint)


def _unused(scheme: str, message: str, name: str, there: Sequence[str]) -> Finding:
    near = get_close_matches(name.casefold(), there, n=1, cutoff=0.6)
    note = f'did you mean "{near[0]}"?' if near else ""
    hint = "" if near else f"use {listed(there, 'or')}" if there else "remove it"
    return Finding(f"schemes={scheme}", message, note, hint)


@rule("CPD516", Severity.WARNING, "unknown framework", Member)
def unknown_frameworks(subject: Subject) -> Findings:
    """cpd.yaml must name a framework by its ID. It can be a built-in framework, or a file of your own under
    `frameworks/`.

    While a framework is unknown, cpdkit checks no competences.
    """
    words = subject.context.vocabulary
    if words.own.lacks("frameworks"):
        return NO_FINDINGS
    return [
        _unknown_id("framework", "frameworks", name, words.frameworks)
        for name in words.named
        if name not in words.frameworks
    ]


def _unknown_id(what: str, field: str, name: str, known: Iterable[str]) -> Finding:
    there = sorted(known)
    same = [each for each in there if _folded(each) == _folded(name)]
    near = same or get_close_matches(name.casefold(), there, n=1, cutoff=0.6)
    note = f'did you mean "{near[0]}"?' if near else ""
    hint = "" if near else f"available {what}s: {', '.join(there)}; add your own as a file under {field}/"
    replacement = same[0] if same else ""
    return Finding(f"{field}={name}", f'unknown {what} "{name}"', note, hint, replacement=replacement)


@rule("CPD512", Severity.ADVICE, "evidence file is too large for a scheme", Activity, Qualification)
def large_evidence(subject: Subject) -> Findings:
    """A professional body may limit the size of files, and reject larger ones.

    The IET accepts files of less than 0.5 MB with an application for registration ("Supporting document guidance for
    Career Manager applications").
    """
    if not subject.record.evidence:
        return NO_FINDINGS
    scheme = subject.context.vocabulary.narrowest
    if scheme is None:
        return NO_FINDINGS
    sizes = [(each.path, subject.stamp(f"{EVIDENCE}/{each.path}")) for each in subject.record.evidence if each.path]
    return [
        _large(subject, path, stamp.size, scheme)
        for path, stamp in sizes
        if stamp and stamp.size > scheme.evidence_limit
    ]


def _large(subject: Subject, path: str, size: int, scheme: "Scheme") -> Finding:
    where = f"evidence={path}"
    limit = f"{scheme.body or scheme.id} accepts at most {scheme.evidence_limit / MEGABYTE:g} MB"
    return Finding(
        where if where in subject.record.spans else "evidence",
        f"{path} has {size / MEGABYTE:.2f} MB; {limit}",
        hint="scan it in grey at 150 dots per inch, or save it as a smaller PDF",
    )


@journal_rule("CPD515", Severity.ADVICE, "topic is almost the same as another")
def near_topics(whole: WholeJournal) -> Findings:
    """A topic of one or two activities is almost the same as a topic that many activities have, or that a scheme
    requires. It differs only in a letter, a capital or a space, so it is probably mistyped. Reports would count the two
    separately.

    If cpd.yaml lists topics, CPD507 checks them instead.
    """
    words = whole.context.vocabulary
    if words.topics:
        return
    counts = Counter(topic for each in whole.records for topic in each.topics)
    meant = _meant(counts, words.themes)
    if not meant:
        return
    for each in whole.records:
        for topic in each.topics:
            if near := meant.get(topic):
                yield _nearly(topic, near, counts[near], each.path)


def _nearly(topic: str, near: str, count: int, path: str) -> Finding:
    known = f'{count} activities have "{near}"' if count else f'one of your schemes requires "{near}"'
    replacement = near if _folded(near) == _folded(topic) else ""
    message = f'topic "{topic}" is almost the same as another: {known}'
    return Finding(f"topics={topic}", message, f'did you mean "{near}"?', path=path, replacement=replacement)


def _meant(counts: Mapping[str, int], themes: frozenset[str]) -> dict[str, str]:
    """Return a mapping from each rare topic to the usual one that it resembles."""
    usual = themes.union(topic for topic, count in counts.items() if count >= USUAL)
    rare = [topic for topic, count in counts.items() if count <= RARE and topic not in usual]
    if not usual or not rare:
        return {}
    folded = {_folded(each): each for each in sorted(usual)}
    near = {topic: plain for topic in rare if (plain := _folded(topic)) in folded}
    if len(rare) <= MOST_RARE:
        slips = _Slips(folded)
        near |= {topic: slip for topic in rare if topic not in near and (slip := slips.near(_folded(topic)))}
    return {topic: folded[plain] for topic, plain in near.items()}


class _Slips:
    """Words by their first letter, which is rarely mistyped."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            self._words[word[:1]].append(word)

    def near(self, word: str) -> str:
        """Return the first word that differs from this one by one slip; empty if there is none."""
        return next((each for each in self._words[word[:1]] if _is_slip(word, each)), "")


def _folded(text: str) -> str:
    """Return a word in lower case, with a hyphen for each gap."""
    return _GAPS.sub("-", text.casefold())


def _is_slip(one: str, other: str) -> bool:
    """Return whether two words differ by one letter (other, missing, extra or two swapped). A digit is never a slip."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, of = one[start:], other[start:]
    if any(letter.isdigit() for letter in (rest[:2] + of[:2])):
        return False
    return rest[1:] == of or rest == of[1:] or rest[1:] == of[1:] or (rest[1::-1] == of[:2] and rest[2:] == of[2:])


RULES = (
    unknown_competences,
    unlisted_topics,
    unknown_schemes,
    large_evidence,
    near_topics,
    unknown_frameworks,
    unknown_statuses,
    unused_settings,
    unknown_levels,
)
