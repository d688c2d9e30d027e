"""CPD62x and CPD63x: claims, and the application for registration whose form cpd.yaml names."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Subject, WholeJournal, journal_rule, rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.achievements import achievements
from cpdkit.journal.cv import SECTIONS
from cpdkit.journal.member import Member
from cpdkit.journal.naming import id_of
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.journal.records import Claim, Post
from cpdkit.journal.values import Status
from cpdkit.schemes.application import (
    ApplicationRecords,
    ApplicationStatus,
    State,
    application_status,
    career_gaps,
    evidence_of,
    is_over,
    named_achievement,
    unclaimed_abilities,
)
from cpdkit.schemes.forms import ApplicationForm, Part
from cpdkit.schemes.frameworks import Framework
from cpdkit.text.markdown import read
from cpdkit.text.names import folded
from cpdkit.text.plain import Size, size_of

WHERE = "application"
"""The field of cpd.yaml that names the form."""
MOST = 10
"""The most places of one kind that are reported in a text."""


@rule("CPD520", Severity.WARNING, "unknown form", Member)
def unknown_form(subject: Subject) -> Findings:
    """cpd.yaml must name a form by its ID. It can be a built-in form, or a file of your own under `forms/`."""
    choices = subject.record.application
    words = subject.context.vocabulary
    if choices is None or words.own.lacks("forms") or words.form(choices.form):
        return NO_FINDINGS
    near = get_close_matches(choices.form.casefold(), words.form_ids, n=1, cutoff=0.6)
    note = f"did you mean {near[0]}?" if near else ""
    hint = "" if near else f"available forms: {', '.join(words.form_ids)}; add your own as a file under forms/"
    return [Finding(f"{WHERE}={choices.form}", f'unknown form "{choices.form}"', note, hint)]


@journal_rule("CPD521", Severity.WARNING, "unknown name in a variant of the CV")
def unknown_in_variants(whole: WholeJournal) -> Findings:
    """A variant under `cv:` in cpd.yaml omits sections, records and referees by their names. Each variant has another
    name.
    """
    member = whole.context.member
    if member is None or member.cv is None or not member.cv.variants or whole.activities_unread:
        return
    known = {folded(name) for name in (*SECTIONS, *(person.id for person in whole.context.people.people))}
    known |= {folded(each.id) for each in whole.records}
    known |= {folded(id_of(path)) for path in whole.unread}
    seen: set[str] = set()
    for variant in member.cv.variants:
        if folded(variant.name) in seen:
            message = f"two variants have the name {variant.name}"
            yield Finding(f"cv={variant.name}", message, hint="change one of them", path=MEMBER_FILE)
        seen.add(folded(variant.name))
        for name in variant.omit:
            if folded(name) not in known:
                near = get_close_matches(folded(name), known, n=1)
                note = f"did you mean {near[0]}?" if near else ""
                hint = f"use the ID of a record, or a section: {', '.join(SECTIONS)}"
                message = f'nothing to omit has the name "{name}"'
                yield Finding(f"cv={name}", message, note, "" if near else hint, path=MEMBER_FILE)


def _where(whole: WholeJournal) -> str | None:
    """Return the field of cpd.yaml that names the form; None if the command has another one."""
    form = _form(whole)
    member = whole.context.member
    choices = member.application if member else None
    return WHERE if form and choices and choices.form == form.id else None


@journal_rule("CPD620", Severity.WARNING, "part of the application is missing")
def missing_parts(whole: WholeJournal) -> Findings:
    """The form in cpd.yaml asks for a part that the journal does not have yet.

    `cpd application status` shows all parts. A part outside the journal, such as a fee, is not checked.
    """
    for each in _status(whole).parts if _form(whole) else ():
        # CPD623 names each competence that has no claim, once there are any claims.
        if each.state is State.MISSING and not (each.part.content == "claims" and each.texts):
            note = each.has
            yield Finding(_where(whole), f"the form asks for: {each.part.title}", note, each.next, path=MEMBER_FILE)


@journal_rule("CPD621", Severity.WARNING, "text is longer than the form allows")
def too_long(whole: WholeJournal) -> Findings:
    """A form limits the characters or words of a post, a claim, an area of competence or a whole part.

    A text counts as a document prints it: without marks, comments and private passages.
    """
    for part, text in _measured(whole):
        if is_over(part, text.size):
            message = f"{text.name} has {_against(part, text.size)}"
            note = "guidance of the body, not a rule" if part.guide else ""
            where = "body" if text.path else _where(whole)
            yield Finding(
                where, message, note, "shorten it to what shows your competence", path=text.path or MEMBER_FILE
            )


@journal_rule("CPD622", Severity.ADVICE, "text is shorter than the form asks for")
def too_short(whole: WholeJournal) -> Findings:
    """A form can ask for a minimum number of words."""
    for part, text in _measured(whole):
        if text.size.words < part.least_words:
            message = f"{text.name} has {text.size.words:,} words; the form asks for at least {part.least_words:,}"
            note = "guidance of the body, not a rule" if part.guide else ""
            where = "body" if text.path else _where(whole)
            yield Finding(where, message, note, "add what you did yourself", path=text.path or MEMBER_FILE)


def _against(part: Part, size: Size) -> str:
    if part.characters and size.characters > part.characters:
        return f"{size.characters:,} characters; the form allows {part.characters:,}"
    return f"{size.words:,} words; the form allows {part.words:,}"


def _measured(whole: WholeJournal) -> Iterator[tuple[Part, Any]]:
    for each in _status(whole).parts if _form(whole) else ():
        yield from ((each.part, text) for text in each.texts)


@journal_rule("CPD623", Severity.ADVICE, "competence has no claim")
def unclaimed(whole: WholeJournal) -> Findings:
    """The form asks for a statement on each competence of its framework, but no file under `claims/` names this one."""
    form, framework = _form(whole), _framework(whole)
    part = form.part("claims") if form else None
    if not framework or part is None or not part.required:
        return
    claims = _claims(whole)
    missing = list(unclaimed_abilities(framework, claims)) if claims else []
    for each in missing:
        hint = f"run cpd new claim {each.code}"
        yield Finding(_where(whole), f"no claim of {each.code}: {each.title}", hint=hint, path=MEMBER_FILE)


@journal_rule("CPD624", Severity.WARNING, "claim names no evidence")
def without_evidence(whole: WholeJournal) -> Findings:
    """A claim should name the activities, posts or qualifications that support it, under `evidenced-by`."""
    for claim in _claims(whole):
        if not claim.evidenced_by:
            hint = "add evidenced-by: and the IDs of records"
            yield Finding("competences", f"the claim of {claim.name} names no evidence", hint=hint, path=claim.path)


@journal_rule("CPD625", Severity.WARNING, "claim names evidence that does not exist")
def unknown_evidence(whole: WholeJournal) -> Findings:
    """Evidence of a claim is an activity, a post or a qualification, by its ID: the file name without `.md`.

    An achievement is named by words that only one achievement of the post contains.
    """
    claims = _claims(whole)
    if not claims:
        return
    known = _evidence_paths(whole)
    not_done = {each.path for each in whole.of("activities") if each.status in (Status.PLANNED, Status.DRAFT)}
    for claim in claims:
        for number, (each, path) in enumerate(evidence_of(claim, known)):
            where = f"evidenced-by.{number}"
            if not path:
                near = get_close_matches(folded(each.id), known, n=1)
                note = f"did you mean {id_of(known[near[0]])}?" if near else ""
                hint = "use the ID of an activity, a post or a qualification"
                yield Finding(where, f'no record has the ID "{each.id}"', note, hint, path=claim.path)
            elif each.achievement and not _has_achievement(whole, path, each.achievement):
                message = f'{path} has no single achievement with the words "{each.achievement}"'
                hint = "copy a few words of one achievement, as the post has them"
                yield Finding(where, message, hint=hint, path=claim.path)
            elif path in not_done:
                message = f"{path} is not done, so the application does not name it"
                yield Finding(where, message, hint="name it when it is done", path=claim.path)


def _has_achievement(whole: WholeJournal, path: str, words: str) -> bool:
    subject = whole.subject(path)
    return bool(subject and isinstance(subject.record, Post) and named_achievement(subject.record, words))


def _evidence_paths(whole: WholeJournal) -> Mapping[str, str]:
    """Return the paths of the records that a claim can name, by ID in lower case."""
    folders = ("activities", "career", "qualifications")
    paths = [path for folder in folders for path in whole.listing.records[folder]]
    paths += [path for path in whole.unread if path.partition("/")[0] in folders]
    return {folded(id_of(path)): path for path in paths}


@journal_rule("CPD626", Severity.ADVICE, "nothing evidences a competence")
def unevidenced(whole: WholeJournal) -> Findings:
    """No activity, post, achievement or qualification names a competence that the form asks for.

    `cpd competences --gaps` shows the gaps with the levels.
    """
    framework = _framework(whole)
    if framework is None or whole.activities_unread:
        return
    named = {
        code.casefold()
        for each in whole.records
        if each.kind == "activities" and each.status in (Status.DONE, Status.IN_PROGRESS)
        for code in each.competences
    }
    known = {each.code.casefold() for each in framework.competences}
    for folder in ("career", "qualifications"):
        for record in _records(whole, folder):
            named |= {each.code.casefold() for each in record.competences}
            if isinstance(record, Post):
                named |= {each.code.casefold() for one in achievements(record.body) for each in one.claims(known)}
    areas = {each.parent for each in framework.competences}
    for each in framework.competences:
        if each.code not in areas and not named & {each.code.casefold(), each.parent.casefold()}:
            hint = f"add {each.code} to the competences of records that show it"
            yield Finding(_where(whole), f"no record evidences {each.code}: {each.title}", hint=hint, path=MEMBER_FILE)


@journal_rule("CPD627", Severity.ADVICE, "gap between two posts")
def gaps(whole: WholeJournal) -> Findings:
    """An assessor asks about gaps of more than a month in a career. Studies with both dates and the employment in
    cpd.yaml fill a gap.
    """
    if not _form(whole):
        return
    for gap in career_gaps(_application(whole)):
        days = (gap.last - gap.first).days + 1
        message = f"no post in the {days} days before this one, from {gap.first} to {gap.last}"
        hint = "add what you did, or correct a date; or accept CPD627 with the reason"
        yield Finding("start", message, hint=hint, path=gap.post.path)


@journal_rule("CPD628", Severity.WARNING, "claim has too many competences")
def too_many_codes(whole: WholeJournal) -> Findings:
    """A form can limit how many competences one example may claim. Source: cibse.org, Associate and IEng."""
    form = _form(whole)
    part = form.part("claims") if form else None
    for claim in _claims(whole) if part and part.codes else ():
        if part and len(claim.competences) > part.codes:
            message = f"the claim has {len(claim.competences)} competences; the form allows {part.codes}"
            yield Finding("competences", message, hint="divide it into several claims", path=claim.path)


# --- the words of posts and claims ---

_I = re.compile(r"\bI\b")
_WE = re.compile(r"\b(?:[Ww]e(?:['’](?:ve|re|d|ll))?|[Oo]ur|[Oo]urs|us|[Oo]urselves)\b(?!['’-])")
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?"
    r"(?!(?:indeed|related|interested|located|unexpected|supposed|concerned|pleased|delighted|experienced|based)\b)"
    r"(?:[a-z]{2,}ed|done|made|built|rebuilt|written|given|taken|led|found|held|brought|bought|shown|put|won|sent|kept|"
    r"drawn|chosen|sold|taught|driven)\b"
)
_STORY = re.compile(
    r"(?:In\s+(?:[12][0-9]{3}|[A-Z][a-z]+\s+[12][0-9]{3})|When\s+I\b|It\s+was\b|There\s+(?:was|were)\b|After\b|During\b|"
    r"Having\b|At\s+the\s+time\b|Back\s+in\b|Once\b|One\s+(?:day|morning|evening)\b|Following\b|While\b|"
    r"Whilst\b|As\s+part\s+of\b|On\s+[0-9]{1,2}\s+[A-Z][a-z]+)"
)
_OTHERS = re.compile(
    r"(?:The|My|Our)\s+(?:project\s+|design\s+|whole\s+)?(?:team|company|firm|department|group|manager|boss|director|colleagues?)\b"
    r"(?!\s+and\s+I\b)|"
    r"(?:They|He|She)\b"
)
_SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*(?:\n(?!\s*(?:\n|[-*+>#]|[0-9]+[.)]))[^.!?\n]+)*")


_NOT_OWN = re.compile(
    r"\]\([^()\[\]\n]{0,2000}\)|`[^`\n]{1,2000}`|https?://\S+|“[^“”\n]{0,2000}”|\"[^\"\n]{0,2000}\"|^>[^\n]*",
    re.MULTILINE,
)
"""Addresses, code and quotations: other people's words."""


@rule("CPD629", Severity.ADVICE, "claim has no text", Claim)
def empty_claim(subject: Subject) -> Findings:
    """A claim without a text does not count in an application."""
    if size_of(subject.record.body).words:
        return NO_FINDINGS
    return [Finding("competences", "the claim has no text", hint="write below the front matter what you did yourself")]


@rule("CPD630", Severity.ADVICE, "we instead of I", Post, Claim)
def we_for_i(subject: Subject) -> Findings:
    """An application shows what you did yourself. Assessors return statements in which "we" acts.

    The check applies to posts and claims if cpd.yaml names a form. Source: engx.theiet.org, discussion 21904.
    """
    return _places(subject, _WE, "“{}” hides who did it", "write I, and what your own part was", without=_I)


@rule("CPD631", Severity.ADVICE, "passive achievement", Post, Claim)
def passive(subject: Subject) -> Findings:
    """A passive sentence does not show who acted. The check applies to achievements and claims."""
    return _places(subject, _PASSIVE, "“{}” does not show who did it", "begin with I and a verb", without=_I)


@rule("CPD632", Severity.ADVICE, "statement begins like a story", Post, Claim)
def storytelling(subject: Subject) -> Findings:
    """A claim or an achievement should begin with what you did. How it came about can follow in a few words."""
    return _openings(subject, _STORY, "“{}” begins like a story", "begin with what you did and what came of it")


@rule("CPD633", Severity.ADVICE, "achievement of somebody else", Post, Claim)
def of_others(subject: Subject) -> Findings:
    """A claim or an achievement should not begin with what a team, a manager or a company did."""
    return _openings(subject, _OTHERS, "“{}” is not you", "write what you did yourself")


def _places(
    subject: Subject, pattern: re.Pattern[str], message: str, hint: str, *, without: re.Pattern[str]
) -> Findings:
    """Yield the places of a pattern in the sentences that do not also have the other one."""
    text = _own_words(subject)
    if not text or not pattern.search(text):
        return
    count = 0
    for sentence in _SENTENCE.finditer(text):
        match = pattern.search(text, sentence.start(), sentence.end())
        if match and count < MOST and not without.search(sentence[0]):
            count += 1
            words = " ".join(match[0].split())
            yield Finding(subject.stretch(match.start(), match.end()), message.format(words), hint=hint)


def _openings(subject: Subject, pattern: re.Pattern[str], message: str, hint: str) -> Findings:
    """Yield a finding for each claim or achievement that begins with a pattern."""
    text = _own_words(subject)
    if not text:
        return
    for start in _starts(subject, text):
        if match := pattern.match(text, start):
            words = " ".join(match[0].split())
            yield Finding(subject.stretch(match.start(), match.end()), message.format(words), hint=hint)


def _starts(subject: Subject, text: str) -> Iterator[int]:
    """Yield where the claim, or each achievement of a post, begins."""
    if isinstance(subject.record, Claim):
        for heading_or_text in re.finditer(r"(?m)^(?!#)[ \t]*[*_]{0,3}(\w)", text):
            yield heading_or_text.start(1)
            return
    for item in re.finditer(r"(?m)^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]+[*_]{0,3}(\w)", text):
        yield item.start(1)


def _own_words(subject: Subject) -> str:
    """Return the text that the checks of words apply to, with the rest as blanks; empty without a form.

    That is all of a claim, and the achievements of a post.
    """
    if not subject.context.form:
        return ""
    record: Post | Claim = subject.record
    document = read(record.body)
    text = _NOT_OWN.sub(lambda match: " " * len(match[0]), document.blanked)
    if isinstance(record, Claim):
        return text
    kept = [" "] * len(text)
    for number, heading in enumerate(document.headings):
        if "achievement" in heading.text.casefold():
            after = (each.start for each in document.headings[number + 1 :] if each.level <= heading.level)
            stop = next(after, len(text))
            kept[heading.below : stop] = text[heading.below : stop]
    return "".join(letter if letter != " " or text[at] != "\n" else "\n" for at, letter in enumerate(kept))


# --- the application ---


def _form(whole: WholeJournal) -> ApplicationForm | None:
    return whole.context.vocabulary.form(whole.context.form) if whole.context.form else None


def _framework(whole: WholeJournal) -> Framework | None:
    form = _form(whole)
    choices = whole.context.member.application if whole.context.member else None
    category = choices.category if choices else ""
    return whole.context.vocabulary.frameworks.get(form.framework_for(category)) if form else None


def _status(whole: WholeJournal) -> ApplicationStatus:
    form = _form(whole)
    assert form is not None
    return application_status(form, _framework(whole), _application(whole))


def _application(whole: WholeJournal) -> ApplicationRecords:
    return ApplicationRecords(
        whole.context.day,
        whole.context.member,
        whole.context.people,
        _records(whole, "career"),
        _records(whole, "qualifications"),
        _claims(whole),
        _records(whole, "plan"),
        sum(each.kind == "activities" and each.status in (Status.DONE, Status.IN_PROGRESS) for each in whole.records),
    )


def _claims(whole: WholeJournal) -> list[Claim]:
    return _records(whole, "claims")


def _records(whole: WholeJournal, folder: str) -> list[Any]:
    """Return the records of a folder themselves: an application needs more than their facts."""
    subjects = (whole.subject(each.path) for each in whole.of(folder))
    return [subject.record for subject in subjects if subject and not getattr(subject.record, "confidential", False)]


RULES = (
    unknown_form,
    unknown_in_variants,
    missing_parts,
    too_long,
    too_short,
    unclaimed,
    without_evidence,
    unknown_evidence,
    unevidenced,
    gaps,
    too_many_codes,
    empty_claim,
    we_for_i,
    passive,
    storytelling,
    of_others,
)
