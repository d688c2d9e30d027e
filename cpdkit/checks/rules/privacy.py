"""CPD513 and CPD514: what should not be in a record that others read.

A false alarm costs more than a miss, so a number counts only if its checksum, its form or the words near it identify
it. Neither the message nor the line below it repeats what was found.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, Subject, rule
from cpdkit.diagnostics import Severity
from cpdkit.journal.reader import RECORDS
from cpdkit.text.markdown import read

_DIGITS = bytes(48 if 48 <= each < 58 else 120 for each in range(256))
_SEPARATORS = b" -/"
_SIX_DIGITS, _EIGHT_DIGITS = b"0" * 6, b"0" * 8
"""A National Insurance number has six digits, all others more; only spaces, hyphens and slashes separate them."""
_WORDS = bytes(120 if each < 128 and (chr(each).isalnum() or each in b"_-") else 32 for each in range(256))
_LONG_WORD = b"x" * 20
"""No key is shorter, and few words are as long."""

NEARBY = 1_000
"""Characters before and after a number that are searched for a word that identifies it."""

_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton|protonmail"
    r"|btinternet|virginmedia|sky|talktalk|ntlworld|tiscali|blueyonder)\.(?:com|co\.uk|net|org|de|fr|es|it|ie|me|pl)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[\w.+-]{1,64}\Z")
_NUMBER = re.compile(r"[0-9](?:[ /-]?[0-9]){5}")
_MOBILE = re.compile(
    r"(?<![\w+.-])(?:\+44[ -]?(?:\(0\))?[ -]?|0)7[1-57-9][0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}(?![\w-]|\.[0-9])"
)
_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?)[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b"
)
_INSURANCE_WORDS = re.compile(r"national insurance|\bNINO\b|\bNI (?:no|num)", re.IGNORECASE)
_HEALTH = re.compile(r"(?<![\w.-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\w-])")
_HEALTH_WORDS = re.compile(r"\bNHS (?:no|num)", re.IGNORECASE)
_BIRTH = re.compile(
    r"\b(?:date of birth|d\.?o\.?b\.?)\s{0,3}(?:is|was)?\s{0,3}[:=]?\s{0,3}[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}",
    re.IGNORECASE,
)
_CARD = re.compile(
    r"(?<![\w.-])(?:[3-6][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|3[47][0-9]{2}([ -])[0-9]{6}\2[0-9]{5}"
    r"|[3-6][0-9]{14,15})(?![\w-])"
)
_CARD_WORDS = re.compile(r"\b(?:card|visa|mastercard|amex)\b", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")

_PASSWORD = re.compile(
    r"\b(?:password|passwd|passphrase|api[ _-]?key|secret[ _-]?key|access[ _-]?token)\b"
    r"[\"'`*_]{0,3}[ \t]{0,2}[:=][ \t\"'`*_]{0,5}(?P<secret>[^\s\"'`<>]{8,})",
    re.IGNORECASE,
)
_KEYS = re.compile(
    r"(?P<aws>\b(?:AKIA|ASIA)[0-9A-Z]{16}\b)"
    r"|(?P<github>\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{22,}\b)"
    r"|(?P<gitlab>\bglpat-[A-Za-z0-9_-]{20,})"
    r"|(?P<slack>\bxox[abeoprs]-[A-Za-z0-9-]{16,})"
    r"|(?P<google>\bAIza[0-9A-Za-z_-]{35}(?![\w-]))"
    r"|(?P<stripe>\b[rs]k_live_[0-9A-Za-z]{16,})"
    r"|(?P<ai>\bsk-(?:ant|proj)-[0-9A-Za-z_-]{20,})"
    r"|(?P<pypi>\bpypi-AgE[0-9A-Za-z_-]{40,})"
    r"|(?P<npm>\bnpm_[0-9A-Za-z]{36}\b)"
    r"|(?P<jwt>(?<![\w-])eyJ[0-9A-Za-z_-]{12,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,})"
)
_KIND = {
    "aws": "an AWS access key",
    "github": "a GitHub token",
    "gitlab": "a GitLab token",
    "slack": "a Slack token",
    "google": "a Google API key",
    "stripe": "a Stripe key",
    "ai": "an API key",
    "pypi": "a PyPI token",
    "npm": "an npm token",
    "jwt": "a JSON web token",
}
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----")


class SensitiveText(NamedTuple):
    """A part of a text and what it probably is."""

    start: int
    stop: int
    what: str


@rule("CPD513", Severity.ADVICE, "possible personal data", *RECORDS)
def personal_data(subject: Subject) -> Findings:
    """A record that others read should contain no private numbers or addresses, not even your own.

    The check finds mobile numbers, private email addresses, National Insurance and NHS numbers, dates of birth, bank
    cards and bank accounts. Private passages, comments and confidential activities may contain them.
    """
    record = subject.record
    if "@" not in record.body and not _may_have_numbers(subject.bytes):
        return NO_FINDINGS
    if getattr(record, "confidential", False):
        return NO_FINDINGS
    if not any(personal(record.body)):
        return NO_FINDINGS
    text = read(record.body).blanked
    hint = "remove it, or write confidential: true" if hasattr(record, "confidential") else "remove it"
    own = subject.context.member.email.casefold() if subject.context.member else ""
    return (
        Finding(subject.stretch(each.start, each.stop), f"this is probably {each.what}", hint=hint, masked=True)
        for each in personal(text)
        if text[each.start : each.stop].casefold() != own
    )


@rule("CPD514", Severity.WARNING, "possible password or key", *RECORDS)
def secrets(subject: Subject) -> Findings:
    """A record should contain no password and no key. git keeps removed text in its history, so change it as well."""
    body = subject.bytes
    if _LONG_WORD not in body.translate(_WORDS) and not ((b":" in body or b"=" in body) and b"assword" in body):
        return NO_FINDINGS
    record = subject.record
    if getattr(record, "confidential", False):
        return NO_FINDINGS
    hint = "remove it, and change the password or key: git keeps what you committed"
    return (
        Finding(subject.stretch(each.start, each.stop), f"this is probably {each.what}", hint=hint, masked=True)
        for each in secret(record.body)
    )


def _may_have_numbers(body: bytes) -> bool:
    digits = body.translate(_DIGITS, _SEPARATORS)
    return _SIX_DIGITS in digits and (_EIGHT_DIGITS in digits or b"nsurance" in body or b"NI" in body)


def personal(text: str) -> Iterator[SensitiveText]:
    """Yield what in a text is probably personal data."""
    if "@" in text:
        for match in _MAIL.finditer(text):
            if before := _BEFORE.search(text, max(match.start() - 64, 0), match.start()):
                yield SensitiveText(before.start(), match.end(), "a private email address")
    for start, stop in _numbered(text):
        for form, what, is_one in _PERSONAL:
            for match in form.finditer(text, start, stop):
                if is_one(match):
                    yield SensitiveText(match.start(), match.end(), what)


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of a text that have six digits in a row."""
    done = 0
    while match := _NUMBER.search(text, done):
        end = text.find("\n", match.end())
        done = end if end >= 0 else len(text)
        yield text.rfind("\n", 0, match.start()) + 1, done


def secret(text: str) -> Iterator[SensitiveText]:
    """Yield what in a text is probably a password or a key."""
    for match in _KEYS.finditer(text):
        yield SensitiveText(match.start(), match.end(), _KIND[match.lastgroup or ""])
    for match in _PRIVATE_KEY.finditer(text):
        yield SensitiveText(match.start(), match.end(), "a private key")
    for match in _PASSWORD.finditer(text):
        if _looks_secret(match["secret"]):
            yield SensitiveText(match.start("secret"), match.end("secret"), "a password or key")


def _looks_secret(value: str) -> bool:
    """Return whether a value has digits and letters, so that it is not a word, a date or a placeholder."""
    bare = value.strip(".,;:)")
    letters = sum(letter.isalpha() for letter in bare)
    digits = sum(letter.isdigit() for letter in bare)
    filled = not bare.startswith(("$", "{", "%", "[", "http")) and len(set(bare.casefold())) > 4
    return filled and letters >= 2 and digits >= 1 and len(bare) >= 8


def _always(_match: re.Match[str]) -> bool:
    return True


def _line_of(match: re.Match[str]) -> str:
    """Return the line that a match starts in, as far as it is nearby."""
    text = match.string
    first, last = max(match.start() - NEARBY, 0), match.end() + NEARBY
    end = text.find("\n", match.end(), last)
    return text[text.rfind("\n", first, match.start()) + 1 or first : end if end >= 0 else last]


def _is_insurance(match: re.Match[str]) -> bool:
    """Drawings have numbers such as AB123456C, so the line has to mention National Insurance."""
    return _INSURANCE_WORDS.search(_line_of(match)) is not None


def _is_health(match: re.Match[str]) -> bool:
    """Ten digits whose last is the check digit modulo 11, on a line that mentions an NHS number."""
    digits = _digits(match[0])
    check = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and _HEALTH_WORDS.search(_line_of(match)) is not None


def _is_card(match: re.Match[str]) -> bool:
    """Luhn's sum, in groups as on a card or on a line that mentions one: a serial number can pass the sum alone."""
    digits = _digits(match[0])
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and (
        len(digits) < len(match[0]) or _CARD_WORDS.search(_line_of(match)) is not None
    )


def _is_account(match: re.Match[str]) -> bool:
    """ISO 13616: with the first four characters at the end and letters as numbers, it leaves 1 divided by 97."""
    bare = match[0].replace(" ", "")
    return 15 <= len(bare) <= 34 and int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdigit()]


_PERSONAL: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], bool]], ...] = (
    (_MOBILE, "a mobile number", _always),
    (_INSURANCE, "a National Insurance number", _is_insurance),
    (_HEALTH, "an NHS number", _is_health),
    (_BIRTH, "a date of birth", _always),
    (_CARD, "the number of a bank card", _is_card),
    (_IBAN, "the number of a bank account", _is_account),
)

RULES = (personal_data, secrets)
