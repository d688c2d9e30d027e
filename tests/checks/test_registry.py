import re

import pytest

from cpdkit.checks.registry import CODES, JOURNAL_RULES, RECORD_RULES, RULES
from cpdkit.checks.rule import JournalRule, RecordRule
from cpdkit.checks.rules.settings import STALE
from cpdkit.journal import codes


def test_a_code_is_given_once() -> None:
    given = [each.code for each in RULES]
    assert len(given) == len(set(given))
    assert not set(given) & set(codes.CODES)
    assert set(CODES) == {*given, *codes.CODES, STALE.code}


def test_every_rule_is_asked() -> None:
    wanted = {each.code for rules in RECORD_RULES.values() for each in rules} | {each.code for each in JOURNAL_RULES}
    assert wanted == {each.code for each in RULES}
    assert all(isinstance(each, RecordRule | JournalRule) for each in RULES)


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.code)
def test_a_rule_says_what_it_is(each: RecordRule | JournalRule) -> None:
    assert re.fullmatch(r"CPD[1-8][0-9]{2}", each.code)
    assert len(each.what) > 30
    assert each.what[-1] == "."


@pytest.mark.parametrize("code", CODES)
def test_titles_are_plain_sentences(code: str) -> None:
    title = CODES[code].title
    assert title == title.strip(". ")
    assert len(title) < 70
