"""All rules, and every code that a check can report."""

from collections.abc import Mapping
from types import MappingProxyType

from cpdkit.checks.rule import JournalRule, RecordRule
from cpdkit.checks.rules import (
    application,
    file_names,
    links,
    people,
    plan,
    privacy,
    quality,
    settings,
    tidiness,
    times,
    vocabulary,
)
from cpdkit.journal import codes
from cpdkit.journal.codes import Code
from cpdkit.journal.member import Member
from cpdkit.journal.people import People
from cpdkit.journal.records import Activity, Claim, Objective, Post, Qualification, Review

RULES: tuple[RecordRule | JournalRule, ...] = (
    *times.RULES,
    *plan.RULES,
    *quality.RULES,
    *links.RULES,
    *privacy.RULES,
    *tidiness.RULES,
    *file_names.RULES,
    *vocabulary.RULES,
    *settings.RULES,
    *people.RULES,
    *application.RULES,
)
RECORD_RULES: Mapping[type, tuple[RecordRule, ...]] = MappingProxyType(
    {
        kind: tuple(each for each in RULES if isinstance(each, RecordRule) and kind in each.of)
        for kind in (Activity, Objective, Post, Review, Qualification, Claim, Member, People)
    }
)
JOURNAL_RULES: tuple[JournalRule, ...] = tuple(each for each in RULES if isinstance(each, JournalRule))
_RULE_CODES = {each.code: Code(each.severity, each.title, each.what) for each in (*RULES, settings.STALE)}
CODES: Mapping[str, Code] = MappingProxyType(dict(sorted({**codes.CODES, **_RULE_CODES}.items())))
"""Every code with its severity and title: the codes of reading files, and those of the rules."""
