import pytest

from cpdkit.text.edits import apply
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.yaml import parse


def fault(text: str) -> Fault:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("text", "kind", "after"),
    [
        ("a:\n\t- b\n\t- c\n", FaultKind.TAB, "a:\n  - b\n  - c\n"),
        ("a:\n\t- b: 1\n\t\tc: 2\n", FaultKind.TAB, "a:\n  - b: 1\n    c: 2\n"),
        ("a: b\n\tc: d\n", FaultKind.TAB, "a: b\n  c: d\n"),
        ("a:\n \t- b\n", FaultKind.TAB, None),
        ("a: b\n c: d\n", FaultKind.INDENT, "a: b\nc: d\n"),
        (" a: b\n c: d\ne: f\n", FaultKind.INDENT, "a: b\nc: d\ne: f\n"),
        ("a:\n  - b\n - c\n", FaultKind.INDENT, None),
        ("a:\n  - b\n c: d\n", FaultKind.INDENT, None),
        ("type:event\nb: 2\n", FaultKind.NO_COLON, "type: event\nb: 2\n"),
        ("https://example.org\nb: 2\n", FaultKind.NO_COLON, None),
        ("type event\nb: 2\n", FaultKind.NO_COLON, "type: event\nb: 2\n"),
        ("12 Leeds\nb: 2\n", FaultKind.NO_COLON, None),
        ("a:\u00a0b\nc: d\n", FaultKind.BLANK, "a: b\nc: d\n"),
        ("a: b\nc:\u2003d\n", FaultKind.BLANK, "a: b\nc: d\n"),
        ("a:\u200bb\nc: d\n", FaultKind.BLANK, "a:b\nc: d\n"),
        ("a:\n\u00a0\u00a0- b\n", FaultKind.BLANK, "a:\n  - b\n"),
        ("- a: b\nc: d\n", FaultKind.DASH, "a: b\nc: d\n"),
        ("a: b\n- c: d\n", FaultKind.DASH, "a: b\nc: d\n"),
        ("a: b\n-\nc: d\n", FaultKind.DASH, "a: b\nc: d\n"),
    ],
)
def test_the_cause_and_what_mends_it(text: str, kind: FaultKind, after: str | None) -> None:
    found = fault(text)
    assert found.kind is kind
    assert (apply(text.encode(), found.fix.edits).decode() if found.fix else None) == after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\u00a0b\nc: d\n", "this is a no-break space, U+00A0, not a plain one"),
        ("a:\u2003b\nc: d\n", "this blank is U+2003, not a plain one"),
        ("a: b\n- c: d\n", "this - makes a list of what should be a field"),
    ],
)
def test_the_sentence(text: str, message: str) -> None:
    assert fault(text).message == message


def test_a_missing_colon_may_be_a_line_that_goes_on() -> None:
    fix = fault("type event\nb: 2\n").fix
    assert fix is not None
    assert not fix.safe
