"""CPD4xx: the reflection, and what a reviewer sends back.

Only what was done, or is in progress, is judged; what is in progress may still wait for its reflection. Nearly every
body is told at length, and then nothing here looks at it twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from cpdkit.checks.rule import (
    AT_LENGTH,
    NO_FINDINGS,
    Finding,
    Findings,
    RecordFacts,
    Sentence,
    Subject,
    WholeJournal,
    journal_rule,
    long_texts,
    rule,
)
from cpdkit.diagnostics import Edit, Fix, Severity, Span
from cpdkit.journal.prompts import normal, questions, template_texts
from cpdkit.journal.records import Activity
from cpdkit.journal.sections import Section, unanswered
from cpdkit.journal.values import Status
from cpdkit.text.wording import counted

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’][^\W_]+)*")
"""A word; a character of a script without blanks counts as one, as word processors have it."""

_LITTLE = frozenset(
    """
    a about all also always an and are as at be been but by can did do for from get got had has have how i in is
    it its me more most much my of on or our quite rather really so some that the their them there these they
    thing things this to too us very was we well went were what which who will with would you your
    """.split()  # noqa: SIM905
)
_EMPTY = frozenset(
    """
    activity anything attended beneficial better bit brilliant content course cpd day day's educational engaging
    enjoyable enjoyed event everything excellent fine found gained generally good great happy helped helpful
    improved information informative insightful interesting knowledge learned learning learnt lecture lot lots
    many material meeting new nice overall pleased presentation presenter relevant satisfied seminar session
    skills something speaker speakers subject talk thought topic topics training understanding useful valuable
    various webinar workshop worthwhile
    """.split()  # noqa: SIM905
)
_GENERIC = frozenset(
    """
    a academic activities activity afternoon an and annual apr april at aug august base basic conference course
    courses cpd daily day days dec december development e educational elearning entry evening event events
    experience external feb february for friday from full general half hour hours in internal international jan
    january job jul july jun june learning lecture lectures lunch lunchtime mar march may meeting meetings misc
    miscellaneous module monday monthly morning my new nov november oct october of office on online other our
    part personal presentation professional quarterly reading regular research routine saturday self seminar
    seminars sep sept september session sessions site some study sunday talk talks tba tbc tbd team the thursday
    title to todo trade training tuesday unnamed untitled update various visit volunteering webinar webinars
    wednesday weekly with work workshop workshops year yearly
    """.split()  # noqa: SIM905
)


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case."""
    return _WORD.findall(text.casefold())


def says_nothing(words: list[str], known: frozenset[str] = frozenset()) -> bool:
    """Tell whether words only praise, or repeat what is `known` from the title and the fields."""
    return any(word in _EMPTY or word in known for word in words) and all(
        word in _LITTLE or word in _EMPTY or word in known for word in words
    )


def names_nothing(words: list[str], known: frozenset[str] = frozenset()) -> bool:
    """Tell whether a title's words only name a kind of activity, a date, or what is `known` from the other fields."""
    return all(word in _GENERIC or word in known or word.isdecimal() for word in words)


LEAST_WORDS = 10
"""Words of the shortest reflection that passes: about the 50 characters that the ICGP takes as the least."""
LONGEST_TITLE = 5
"""Words of the longest title that can be vague."""
MOST_OF_IT = 0.6
"""From which share of its long sentences an entry says the same as another."""
LEAST_SHARED = 2
"""Sentences that have to be shared at least: one alone may be a standing remark."""

_TO_DO = re.compile(r"\W*(?:TODO|TBC|TBD|TBA|FIXME|XXX+)\b|\W*lorem ipsum", re.IGNORECASE)
_TO_FILL = re.compile(
    r"[\[<{(]\s*(?:your|insert|write|describe|add|enter|fill|type|what|how|why)\b[^\])}>]*[\])}>]", re.I
)


def _is_judged(subject: Subject) -> bool:
    status = subject.record.status
    return status is Status.DONE or status is Status.IN_PROGRESS


@rule("CPD401", Severity.ADVICE, "there is no reflection", Activity)
def no_reflection(subject: Subject) -> Findings:
    """What was done has a reflection: some text under a heading `Reflection`, at any level.

    Prompts without answers, closed comments and passages that start with (private) are not printed, so they are none.
    """
    if subject.is_clearly_complete or subject.record.status is not Status.DONE or subject.outline.answered:
        return NO_FINDINGS
    parts = subject.outline
    hint = "write what you learned, and what you do differently now, under ## Reflection"
    if parts.reflection:
        first = parts.reflection[0]
        return [Finding(_heading(subject, first), "nothing is written under this heading", _waiting(parts.blank), hint)]
    if meant := next((each for each in parts.description if _is_meant(each)), None):
        return [_other_heading(subject, meant)]
    also = "" if parts.described else ", and no description either"
    return [Finding(None, f"there is no reflection{also}", hint=hint)]


def _waiting(blank: int) -> str:
    prompts = blank - 1
    return "" if prompts < 1 else "its prompt waits for an answer" if prompts == 1 else f"its {prompts} prompts wait"


def _is_meant(section: Section) -> bool:
    """Tell whether a heading is meant to stand over a reflection."""
    title = section.title.strip(" *_`:").casefold()
    return bool(section.text) and (title.startswith("reflecti") or normal(section.title) in questions())


def _other_heading(subject: Subject, section: Section) -> Finding:
    where = _heading(subject, section)
    if normal(section.title) in questions():
        hint = "put a heading Reflection above the prompts, one level higher"
        return Finding(
            where, "this prompt stands under no heading Reflection", "so a report takes it as description", hint
        )
    shown = subject.record.body[section.start : section.below]
    at = section.start + shown.find(section.title)
    fix = Fix("call it Reflection", (Edit(subject.stretch(at, at + len(section.title)), "Reflection"),), safe=False)
    note = "so a report takes it as description"
    return Finding(where, "a reflection's heading is Reflection alone", note, "call it Reflection", fix)


@rule("CPD402", Severity.ADVICE, "a prompt is unanswered", Activity)
def unanswered_prompts(subject: Subject) -> Findings:
    """Below each prompt of a reflection stands an answer. A report leaves a prompt without one out."""
    if (
        subject.is_clearly_complete
        or not subject.outline.blank
        or not subject.outline.answered
        or not _is_judged(subject)
    ):
        return NO_FINDINGS
    sections = subject.outline.reflection
    return [_unanswered(subject, each) for each in unanswered(sections) if each is not sections[0]]


def _unanswered(subject: Subject, section: Section) -> Finding:
    body: str = subject.record.body
    following = next((each.start for each in subject.outline.reflection if each.start > section.start), -1)
    stop = following if following >= 0 else len(body)
    below = body[section.below : stop]
    hint = "answer it, or take it out"
    if below.strip():
        note = "what stands below it is not for others, so a report leaves both out"
        return Finding(_heading(subject, section), "this prompt has no answer", note, hint)
    first = subject.stretch(section.start, section.below)
    last = first.line + body.count("\n", section.start, stop)
    edit = Edit(Span(first.line, 1, last, 1), "")
    fix = Fix("take the prompt out", (edit,), safe=False) if following >= 0 else None
    return Finding(_heading(subject, section), "this prompt has no answer", "a report leaves it out", hint, fix)


@rule("CPD403", Severity.WARNING, "a template's words are still there", Activity)
def template_words(subject: Subject) -> Findings:
    """What a template puts where an answer belongs ("TODO", "your answer here", the prompt once more) is replaced."""
    if subject.is_clearly_complete or not _is_judged(subject):
        return NO_FINDINGS
    hint = "write your own words in its place, or take it out"
    return [
        Finding(_text(subject, each), "this is a template's, not an answer", hint=hint)
        for each in _short(subject)
        if _is_template(each)
    ]


def _short(subject: Subject) -> list[Section]:
    parts = subject.outline
    every = (*parts.description, *parts.reflection)
    return [each for each in every if 0 < len(each.text) <= AT_LENGTH]


def _is_template(section: Section) -> bool:
    text = normal(section.text)
    if text in template_texts() or text in ("", normal(section.title)) or _TO_FILL.fullmatch(section.text):
        return not section.text.isspace()
    return _TO_DO.match(section.text) is not None and len(words_of(section.text)) <= 3


@rule("CPD404", Severity.ADVICE, "the reflection is very short", Activity)
def short_reflection(subject: Subject) -> Findings:
    """A reflection has ten words or more, all answers together.

    The least that the bodies ask in figures is the ICGP's 50 characters, which is about as much.
    """
    if subject.is_clearly_complete or subject.outline.answered > AT_LENGTH or subject.record.status is not Status.DONE:
        return NO_FINDINGS
    answers = [each for each in subject.outline.reflection if each.text]
    count = sum(len(words_of(each.text)) for each in answers)
    if not answers or count >= LEAST_WORDS or any(_is_template(each) for each in answers):
        return NO_FINDINGS
    message = f"the reflection has {counted(count, 'word')}"
    hint = "say what you learned, why it matters in your work, and what you do differently now"
    return [Finding(_text(subject, answers[0]), message, f"a reviewer expects {LEAST_WORDS} at the very least", hint)]


@rule("CPD406", Severity.ADVICE, "a title is vague", Activity)
def vague_title(subject: Subject) -> Findings:
    """A title says what the activity was about, not only its kind, its date or who gave it."""
    activity: Activity = subject.record
    if activity.title.count(" ") >= LONGEST_TITLE or not _is_judged(subject):
        return NO_FINDINGS
    words = words_of(activity.title)
    if not words or not names_nothing(words[:1], known := frozenset(words_of(activity.provider))):
        return NO_FINDINGS
    if not names_nothing(words, known):
        return NO_FINDINGS
    hint = "name the subject, such as: Settings of distance relays"
    return [Finding("title", "this title doesn't say what it was about", hint=hint)]


@rule("CPD407", Severity.ADVICE, "an entry says nothing of its own", Activity)
def vague_entry(subject: Subject) -> Findings:
    """An answer or a description says something that would not be true of every other activity.

    "A very useful course, I learned a lot" is what reviewers send back, and so is a description that repeats the title.
    """
    if subject.is_clearly_complete or not _is_judged(subject):
        return NO_FINDINGS
    return [*_vague_description(subject), *_vague_answers(subject)]


def _vague_description(subject: Subject) -> Iterator[Finding]:
    activity: Activity = subject.record
    if not 0 < subject.outline.described <= AT_LENGTH:
        return
    texts = [each for each in subject.outline.description if each.text]
    fields = f"{activity.title} {activity.provider} {activity.location} {activity.type}"
    words = [word for each in texts for word in words_of(each.text)]
    if words and not any(_is_template(each) for each in texts) and says_nothing(words, frozenset(words_of(fields))):
        hint = "say what was covered, and your part in it"
        yield Finding(_text(subject, texts[0]), "the description says no more than the title", hint=hint)


def _vague_answers(subject: Subject) -> Iterator[Finding]:
    answers = [each for each in subject.outline.reflection if each.text]
    if sum(len(words_of(each.text)) for each in answers if len(each.text) <= AT_LENGTH) < LEAST_WORDS > 0 and all(
        len(each.text) <= AT_LENGTH for each in answers
    ):
        return  # CPD404 says so of the whole
    for each in answers:
        if len(each.text) <= AT_LENGTH and not _is_template(each) and says_nothing(words_of(each.text)):
            hint = "name one thing: what it was, and what it changes in your work"
            yield Finding(_text(subject, each), "this could be said of any activity", hint=hint)


@rule("CPD409", Severity.ADVICE, "there is no description", Activity)
def no_description(subject: Subject) -> Findings:
    """Above the reflection stands what the activity was. Where there is no text at all, CPD401 says so."""
    if subject.is_clearly_complete or subject.outline.described or not subject.outline.answered:
        return NO_FINDINGS
    if subject.record.status is not Status.DONE:
        return NO_FINDINGS
    hint = "say above the reflection what it was, and your part in it"
    return [Finding(None, "there is no description, only a reflection", hint=hint)]


@journal_rule("CPD405", Severity.ADVICE, "an entry has the text of another")
def same_text(whole: WholeJournal) -> Findings:
    """An entry says something of its own: most of its sentences don't stand in an earlier entry.

    A standing remark in many entries is none of this.
    """
    records = [each for each in whole.records if each.texts and each.status in ("done", "in-progress")]
    every = [text for each in records for text in each.texts]
    if len(set(every)) == len(every):
        return
    for path, earlier, where in _copies(records, whole):
        message = f"most of this text stands in {earlier} too, from here on"
        yield Finding(where, message, hint="say what was new this time", path=path)


def _copies(records: list[RecordFacts], whole: WholeJournal) -> Iterator[tuple[str, str, Span | None]]:
    """Yield each copy, what it copies (paths), and the place of its first sentence that stands there too."""
    for group in _groups(records):
        group.sort(key=lambda each: (each.start, each.path))
        first, *others = group
        original = {sentence.text for sentence in _sentences(whole.subject(first.path))}
        for each in others:
            subject = whole.subject(each.path)
            sentences = _sentences(subject)
            shared = [sentence for sentence in sentences if sentence.text in original]
            size = sum(len(sentence.text) for sentence in sentences)
            if len(shared) >= LEAST_SHARED and sum(len(sentence.text) for sentence in shared) >= MOST_OF_IT * size:
                where = subject.stretch(shared[0].start, shared[0].stop) if subject else None
                yield each.path, first.path, where


def _groups(records: list[RecordFacts]) -> Iterator[list[RecordFacts]]:
    """Yield records that share half of their longest lines with one record, together with that one."""
    once: set[int] = set()
    repeated: set[int] = set()
    for each in records:
        repeated |= once.intersection(each.texts)
        once.update(each.texts)
    seen: dict[int, int] = {}
    groups: dict[int, list[RecordFacts]] = {}
    for number, each in enumerate(records):
        if len(repeated.intersection(each.texts)) * 2 < len(each.texts):
            continue  # neither a copy nor copied: a remark that stands in all entries costs no more than this
        shared: dict[int, int] = defaultdict(int)
        for text in each.texts:
            other = seen.setdefault(text, number)
            if other != number:
                shared[other] += 1
        if shared:
            most = max(shared, key=shared.__getitem__)
            if shared[most] >= min(LEAST_SHARED, len(each.texts)) and shared[most] * 2 >= len(each.texts):
                groups.setdefault(most, [records[most]]).append(each)
    yield from groups.values()


def _sentences(subject: Subject | None) -> list[Sentence]:
    return long_texts(subject.record.body) if subject else []


def _heading(subject: Subject, section: Section) -> Span:
    return subject.stretch(section.start, section.below)


def _text(subject: Subject, section: Section) -> Span:
    """Return the place of a section's text: its first line."""
    first = section.text.partition("\n")[0]
    at = max(subject.record.body.find(first, section.below), section.below)
    return subject.stretch(at, at + len(first))


RULES = (
    no_reflection,
    unanswered_prompts,
    template_words,
    short_reflection,
    same_text,
    vague_title,
    vague_entry,
    no_description,
)
