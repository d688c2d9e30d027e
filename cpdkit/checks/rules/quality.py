"""CPD4xx: the title, the description and the reflection: what a reviewer would return.

The rules apply to activities that are done or in progress; one in progress needs no reflection yet. Nearly every body
is clearly long enough, and the rules then skip it.
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
from cpdkit.text.wording import counted, plural

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’][^\W_]+)*")
"""A word; each character of a script without spaces counts as one, as in word processors."""

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
    """Return whether words only praise, or repeat what is `known` from the title and the fields."""
    return any(word in _EMPTY or word in known for word in words) and all(
        word in _LITTLE or word in _EMPTY or word in known for word in words
    )


def names_nothing(words: list[str], known: frozenset[str] = frozenset()) -> bool:
    """Return whether a title only names a type of activity, a date, or what is `known` from the other fields."""
    return all(word in _GENERIC or word in known or word.isdecimal() for word in words)


LEAST_WORDS = 10
"""Words of the shortest reflection that passes: about the ICGP's minimum of 50 characters."""
LONGEST_TITLE = 5
"""Words of the longest title that can be vague."""
MOST_OF_IT = 0.6
"""The share of its long sentences from which an activity counts as a copy of another."""
LEAST_SHARED = 2
"""The fewest sentences that a copy shares: one alone may be a remark that you always write."""

_TO_DO = re.compile(r"\W*(?:TODO|TBC|TBD|TBA|FIXME|XXX+)\b|\W*lorem ipsum", re.IGNORECASE)
_TO_FILL = re.compile(
    r"[\[<{(]\s*(?:your|insert|write|describe|add|enter|fill|type|what|how|why)\b[^\])}>]*[\])}>]", re.I
)


def _is_current(subject: Subject) -> bool:
    status = subject.record.status
    return status is Status.DONE or status is Status.IN_PROGRESS


@rule("CPD401", Severity.ADVICE, "activity has no reflection", Activity)
def no_reflection(subject: Subject) -> Findings:
    """A done activity needs a reflection: some text under a heading `Reflection`, at any level.

    Reports omit prompts without answers, comments and private passages, so these do not count.
    """
    if subject.is_clearly_complete or subject.record.status is not Status.DONE or subject.outline.answered:
        return NO_FINDINGS
    parts = subject.outline
    hint = "write what you learned, and what you do differently now, under ## Reflection"
    if parts.reflection:
        first = parts.reflection[0]
        note = _blank_note(parts.blank)
        return [Finding(_heading(subject, first), "there is no text under this heading", note, hint)]
    if meant := next((each for each in parts.description if _is_meant(each)), None):
        return [_other_heading(subject, meant)]
    also = "" if parts.described else " and no description"
    return [Finding(None, f"activity has no reflection{also}", hint=hint)]


def _blank_note(blank: int) -> str:
    prompts = blank - 1
    return f"{counted(prompts, 'prompt')} {plural(prompts, 'has', 'have')} no answer" if prompts > 0 else ""


def _is_meant(section: Section) -> bool:
    """Return whether a heading was meant as the heading of a reflection."""
    title = section.title.strip(" *_`:").casefold()
    return bool(section.text) and (title.startswith("reflecti") or normal(section.title) in questions())


def _other_heading(subject: Subject, section: Section) -> Finding:
    where = _heading(subject, section)
    note = "a report treats it as part of the description"
    if normal(section.title) in questions():
        hint = "add a heading Reflection above the prompts, one level higher"
        return Finding(where, "this prompt is not under a heading Reflection", note, hint)
    shown = subject.record.body[section.start : section.below]
    at = section.start + shown.find(section.title)
    title = 'rename it to "Reflection"'
    fix = Fix(title, (Edit(subject.stretch(at, at + len(section.title)), "Reflection"),), safe=False)
    return Finding(where, "the heading of a reflection must be Reflection", note, title, fix)


@rule("CPD402", Severity.ADVICE, "prompt has no answer", Activity)
def unanswered_prompts(subject: Subject) -> Findings:
    """Each prompt of a reflection needs an answer. Reports omit a prompt without one."""
    if (
        subject.is_clearly_complete
        or not subject.outline.blank
        or not subject.outline.answered
        or not _is_current(subject)
    ):
        return NO_FINDINGS
    sections = subject.outline.reflection
    return [_unanswered(subject, each) for each in unanswered(sections) if each is not sections[0]]


def _unanswered(subject: Subject, section: Section) -> Finding:
    body: str = subject.record.body
    following = next((each.start for each in subject.outline.reflection if each.start > section.start), -1)
    stop = following if following >= 0 else len(body)
    below = body[section.below : stop]
    hint = "answer it, or remove it"
    if below.strip():
        note = "the text below it is private or a comment, so reports omit both"
        return Finding(_heading(subject, section), "this prompt has no answer", note, hint)
    first = subject.stretch(section.start, section.below)
    last = first.line + body.count("\n", section.start, stop)
    edit = Edit(Span(first.line, 1, last, 1), "")
    fix = Fix("remove the prompt", (edit,), safe=False) if following >= 0 else None
    return Finding(_heading(subject, section), "this prompt has no answer", "reports omit it", hint, fix)


@rule("CPD403", Severity.WARNING, "placeholder text is not replaced", Activity)
def template_words(subject: Subject) -> Findings:
    """Replace placeholder text with your own words: "TODO", "your answer here", or a repeated prompt."""
    if subject.is_clearly_complete or not _is_current(subject):
        return NO_FINDINGS
    hint = "replace it with your own words, or remove it"
    return [
        Finding(_text(subject, each), "this is placeholder text, not an answer", hint=hint)
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


@rule("CPD404", Severity.ADVICE, "reflection is very short", Activity)
def short_reflection(subject: Subject) -> Findings:
    """A reflection needs at least ten words in all its answers together.

    Of the minimums that professional bodies set, the ICGP's is the lowest: 50 characters, which is about ten words.
    """
    if subject.is_clearly_complete or subject.outline.answered > AT_LENGTH or subject.record.status is not Status.DONE:
        return NO_FINDINGS
    answers = [each for each in subject.outline.reflection if each.text]
    count = sum(len(words_of(each.text)) for each in answers)
    if not answers or count >= LEAST_WORDS or any(_is_template(each) for each in answers):
        return NO_FINDINGS
    message = f"the reflection has {counted(count, 'word')}"
    hint = "write what you learned, why it matters in your work, and what you do differently now"
    return [Finding(_text(subject, answers[0]), message, f"reviewers expect at least {LEAST_WORDS}", hint)]


@rule("CPD406", Severity.ADVICE, "title is vague", Activity)
def vague_title(subject: Subject) -> Findings:
    """A title should name the subject of the activity, not only its type, date or provider."""
    activity: Activity = subject.record
    if activity.title.count(" ") >= LONGEST_TITLE or not _is_current(subject):
        return NO_FINDINGS
    words = words_of(activity.title)
    if not words or not names_nothing(words[:1], known := frozenset(words_of(activity.provider))):
        return NO_FINDINGS
    if not names_nothing(words, known):
        return NO_FINDINGS
    hint = 'name the subject, such as "Settings of distance relays"'
    return [Finding("title", "this title does not name the subject", hint=hint)]


@rule("CPD407", Severity.ADVICE, "text is too general", Activity)
def vague_entry(subject: Subject) -> Findings:
    """An answer or a description should include something that is not true of every other activity.

    Reviewers return entries such as "A very useful course, I learned a lot", and descriptions that repeat the title.
    """
    if subject.is_clearly_complete or not _is_current(subject):
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
        hint = "describe what was covered, and your part in it"
        yield Finding(_text(subject, texts[0]), "the description adds nothing to the title", hint=hint)


def _vague_answers(subject: Subject) -> Iterator[Finding]:
    answers = [each for each in subject.outline.reflection if each.text]
    if sum(len(words_of(each.text)) for each in answers if len(each.text) <= AT_LENGTH) < LEAST_WORDS > 0 and all(
        len(each.text) <= AT_LENGTH for each in answers
    ):
        return  # CPD404 reports the whole reflection
    for each in answers:
        if len(each.text) <= AT_LENGTH and not _is_template(each) and says_nothing(words_of(each.text)):
            hint = "name one thing that you learned, and what it changes in your work"
            yield Finding(_text(subject, each), "this could apply to any activity", hint=hint)


@rule("CPD409", Severity.ADVICE, "activity has no description", Activity)
def no_description(subject: Subject) -> Findings:
    """The text above the reflection should describe the activity. If there is no text at all, CPD401 reports it."""
    if subject.is_clearly_complete or subject.outline.described or not subject.outline.answered:
        return NO_FINDINGS
    if subject.record.status is not Status.DONE:
        return NO_FINDINGS
    hint = "describe the activity, and your part in it, above the reflection"
    return [Finding(None, "activity has a reflection, but no description", hint=hint)]


@journal_rule("CPD405", Severity.ADVICE, "text repeats another activity")
def same_text(whole: WholeJournal) -> Findings:
    """Each activity needs text of its own. Most sentences of this one are also in an earlier activity.

    A remark that you repeat in many activities does not count.
    """
    records = [each for each in whole.records if each.texts and each.status in ("done", "in-progress")]
    every = [text for each in records for text in each.texts]
    if len(set(every)) == len(every):
        return
    for path, earlier, where in _copies(records, whole):
        message = f"most of this text, from here on, is also in {earlier}"
        yield Finding(where, message, hint="write what was new this time", path=path)


def _copies(records: list[RecordFacts], whole: WholeJournal) -> Iterator[tuple[str, str, Span | None]]:
    """Yield each copy, the original (both as paths), and the place of the first sentence that they share."""
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
    """Yield groups: a record, and those that share at least half of their longest lines with it."""
    once: set[int] = set()
    repeated: set[int] = set()
    for each in records:
        repeated |= once.intersection(each.texts)
        once.update(each.texts)
    seen: dict[int, int] = {}
    groups: dict[int, list[RecordFacts]] = {}
    for number, each in enumerate(records):
        if len(repeated.intersection(each.texts)) * 2 < len(each.texts):
            continue  # neither a copy nor copied: stop early, so that a remark in every record costs little
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
