"""What the schemes of cpd.yaml require and the journal does not show yet, for those who ask `cpd check` for it."""

from collections.abc import Iterator
from typing import Any

from cpdkit.checks.facts import Whole
from cpdkit.checks.rule import Finding
from cpdkit.journal.loading import MEMBER_FILE, read_file
from cpdkit.journal.reading import FORMS
from cpdkit.journal.records import Member
from cpdkit.schemes.evaluating import Records, evaluate
from cpdkit.schemes.rules import Weight
from cpdkit.schemes.standing import Figure, State, amount, with_unit


def unmet(whole: Whole, member: Member) -> Iterator[Finding]:
    """A finding for each requirement of the member's schemes that is short today, in each scheme's own period."""
    records = Records(
        [*_read_again(whole, "activities")], [*_read_again(whole, "plan")], [*_read_again(whole, "reviews")]
    )
    for each in member.schemes:
        scheme = whole.context.vocabulary.scheme(each.scheme)
        standing = evaluate(scheme, each, records, whole.context.day) if scheme else None
        for figure in standing.figures if standing else ():
            if figure.state is State.SHORT and figure.requirement.weight is Weight.MUST:
                yield _unmet(each.scheme, figure)


def _read_again(whole: Whole, kind: str) -> Iterator[Any]:
    """The records of a folder themselves: what is counted of them is more than their facts."""
    for each in whole.of(kind):
        record = read_file(whole.context.disk, each.path, FORMS[kind])[0]
        if record:
            yield record


def _unmet(scheme: str, figure: Figure) -> Finding:
    asked = with_unit(figure.asked or figure.recorded, figure.unit)
    message = f"{scheme}: {figure.requirement.title}, {amount(figure.recorded)} of {asked} in {figure.window.spoken}"
    return Finding(f"schemes={scheme}", message, hint=f"cpd status --scheme {scheme} says more", path=MEMBER_FILE)
