"""CPD5xx: the words that records use for competences, topics, schemes and frameworks, and what schemes take."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Subject, WholeJournal, journal_rule, rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.achievements import achievements
from cpdkit.journal.member import Member
from cpdkit.journal.paths import EVIDENCE
from cpdkit.journal.records import Activity, Objective, Post
from cpdkit.journal.values import Competence
from cpdkit.schemes.rule_types import MEGABYTE
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.text.wording import first_few

USUAL, RARE = 5, 2
"""A topic of so many activities and more is one that the owner uses; one of so few and less may be a slip."""
MOST_RARE = 2_000
"""Among more rare topics than this none is looked at letter by letter."""
SHORTEST = 6
"""Topics with fewer letters may differ in one and still both be meant."""
_GAPS = re.compile(r"[\s_-]+")


@rule("CPD506", Severity.WARNING, "no framework has that competence", Activity, Objective, Post)
def unknown_competences(subject: Subject) -> Findings:
    """A competence is claimed by its code, so a framework has to have that code.

    The frameworks that count are those that cpd.yaml names under `frameworks:`; where it names none, the shipped ones
    (UK-SPEC for CEng, IEng and EngTech) and those in the journal's own `frameworks/`. Where there is none of either
    kind, only codes that look like UK-SPEC's are judged. The codes behind a post's achievements are judged too.
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
    note = f"did you mean {near[0]}, {known[near[0]]}?" if near else ""
    replacement = same[0] if len(same) == 1 and not where.startswith("body") else ""
    hint = "" if near else _where(code, words)
    return Finding(where, f"no framework has the competence {code}", note, hint, replacement=replacement)


def _where(code: str, words: Vocabulary) -> str:
    """Where else the code stands; else the codes that begin alike; else how a framework comes into the journal."""
    others = [name for name, each in words.frameworks.items() if code in each.titles]
    if others:
        return f"{others[0]} has it: name that under frameworks: in cpd.yaml"
    alike = [each for each in words.competences if each[0] == code[0].upper() and each != code[0].upper()]
    if alike:
        return f"there are {first_few(alike, 8)}"
    return "a framework of your own is a file under frameworks/"


@rule("CPD518", Severity.WARNING, "no framework has that level", Activity, Objective, Post, Member)
def unknown_levels(subject: Subject) -> Findings:
    """A level is one of the IET's (T, SP, P, E), or one that a framework in the journal's `frameworks/` lists under
    `levels:`.
    """
    record = subject.record
    if isinstance(record, Member):
        held, wanted = record.levels_held, record.levels_wanted
        levelled = [(f"levels-held={each.code}", each) for each in held]
        levelled += [(f"levels-wanted={each.code}", each) for each in wanted]
    else:
        levelled = [(f"competences={each.code}", each) for each in record.competences if each.level]
        levelled += [(where, each) for where, each in _achieved(subject) if each.level]
    if not levelled:
        return NO_FINDINGS
    words = subject.context.vocabulary
    odd = [(where, each) for where, each in levelled if each.level and each.level not in words.levels]
    if not odd or not words.all_frameworks_known:
        return NO_FINDINGS
    hint = f"there are {', '.join(words.levels)}"
    return [Finding(where, f"no framework has the level {each.level}", hint=hint) for where, each in odd]


@rule("CPD507", Severity.WARNING, "cpd.yaml does not list that topic", Activity)
def unlisted_topics(subject: Subject) -> Findings:
    """Where cpd.yaml lists the topics of the journal under `topics:`, an activity has none but these."""
    topics = subject.record.topics
    listed = subject.context.vocabulary.topics if topics else ()
    if not listed:
        return NO_FINDINGS
    return (_unlisted(topic, listed) for topic in topics if topic not in listed)


def _unlisted(topic: str, listed: Iterable[str]) -> Finding:
    folded = {_folded(each): each for each in listed}
    same = folded.get(_folded(topic), "")
    near = [_folded(topic)] if same else get_close_matches(_folded(topic), folded, n=1, cutoff=0.75)
    note = f"did you mean {folded[near[0]]}?" if near else ""
    hint = "" if near else "add it to topics: in cpd.yaml if it is one of yours"
    return Finding(f"topics={topic}", f"cpd.yaml lists no topic {topic}", note, hint, replacement=same)


@rule("CPD508", Severity.WARNING, "there is no such scheme", Member)
def unknown_schemes(subject: Subject) -> Findings:
    """A scheme in cpd.yaml is named by its id, so it has to be a shipped one or one under `schemes/`."""
    words = subject.context.vocabulary
    if not words.all_schemes_known:
        return NO_FINDINGS
    return [
        _unknown_id("scheme", "schemes", each.scheme, words.scheme_ids)
        for each in subject.record.schemes
        if not words.scheme(each.scheme)
    ]


@rule("CPD517", Severity.WARNING, "a scheme has no such status", Member)
def unknown_statuses(subject: Subject) -> Findings:
    """A status under `schemes:` in cpd.yaml is one that the scheme has; of any other, the scheme asks as of everybody.

    `cpd scheme show ID` names those that it has.
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
    note = f"did you mean {near[0]}?" if near else ""
    hint = "" if near else f"it has {', '.join(there)}" if there else "it has none: leave statuses out"
    return Finding(f"schemes={scheme}", f"{scheme} has no status {status}", note, hint)


@rule("CPD516", Severity.WARNING, "there is no such framework", Member)
def unknown_frameworks(subject: Subject) -> Findings:
    """A framework in cpd.yaml is named by its id, so it has to be a shipped one or one under `frameworks/`.

    As long as one is not known, no competence is judged.
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
    note = f"did you mean {near[0]}?" if near else ""
    hint = "" if near else f"there are {', '.join(there)}; one of your own is a file under {field}/"
    replacement = same[0] if same else ""
    return Finding(f"{field}={name}", f"there is no {what} {name}", note, hint, replacement=replacement)


@rule("CPD512", Severity.ADVICE, "an evidence file is larger than a scheme takes", Activity)
def large_evidence(subject: Subject) -> Findings:
    """A professional body that takes files says how large one may be, and refuses a larger one.

    The IET takes files of less than 0.5 MB with an application for registration ("Supporting document guidance for
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


def _large(subject: Subject, path: str, size: int, scheme: Scheme) -> Finding:
    where = f"evidence={path}"
    takes = f"{scheme.body or scheme.id} takes files up to {scheme.evidence_limit / MEGABYTE:g} MB"
    return Finding(
        where if where in subject.record.spans else "evidence",
        f"{path} has {size / MEGABYTE:.2f} MB: {takes}",
        hint="scan it in grey at 150 dots per inch, or print it to a smaller PDF",
    )


@journal_rule("CPD515", Severity.ADVICE, "a topic is nearly another one")
def near_topics(whole: WholeJournal) -> Findings:
    """A topic of one or two activities that differs by a letter, a capital or a gap from one that many activities
    have, or from one that a scheme asks for, is most likely that one. Reports would count the two apart.

    Where cpd.yaml lists the topics, CPD507 judges them instead.
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
    known = f"{count} activities have {near}" if count else f"a scheme of yours asks for {near}"
    replacement = near if _folded(near) == _folded(topic) else ""
    message = f"the topic {topic} is nearly another: {known}"
    return Finding(f"topics={topic}", message, f"did you mean {near}?", path=path, replacement=replacement)


def _meant(counts: Mapping[str, int], themes: frozenset[str]) -> dict[str, str]:
    """Return a mapping from a rare topic to the usual one that it is nearly."""
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
    """Words by their first letter, which is seldom the wrong one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            self._words[word[:1]].append(word)

    def near(self, word: str) -> str:
        """Return the word that one letter turns this into; empty when there is none."""
        return next((each for each in self._words[word[:1]] if _is_slip(word, each)), "")


def _folded(text: str) -> str:
    """Return a word without capitals, and with every gap the same."""
    return _GAPS.sub("-", text.casefold())


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter: another, missing, too many, or two swapped. A digit is never a slip."""
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
    unknown_levels,
)
