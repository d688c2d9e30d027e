from cpdkit.checks.facts import Whole
from cpdkit.checks.rule import NOTHING, Found, RecordRule, WholeRule, rule, whole_rule
from cpdkit.checks.subject import Subject
from cpdkit.diagnostics import Severity
from cpdkit.journal.records import Activity, Post


def test_a_rule_of_records() -> None:
    @rule("CPD998", Severity.ADVICE, "a title", Activity, Post)
    def judge(subject: Subject) -> Found:
        """What it is.

        An example.
        """
        return NOTHING

    assert isinstance(judge, RecordRule)
    assert (judge.code, judge.severity, judge.title, judge.of) == (
        "CPD998",
        Severity.ADVICE,
        "a title",
        (Activity, Post),
    )
    assert judge.what == "What it is.\n\nAn example."


def test_a_rule_of_the_whole() -> None:
    @whole_rule("CPD997", Severity.ERROR, "a title")
    def judge(whole: Whole) -> Found:
        """What it is."""
        return NOTHING

    assert isinstance(judge, WholeRule)
    assert (judge.code, judge.what) == ("CPD997", "What it is.")
