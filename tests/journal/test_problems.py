from cpdkit.diagnostics import Severity, Span
from cpdkit.journal.problems import Problems
from cpdkit.text.faults import Fault, FaultKind
from cpdkit.text.source import Source
from cpdkit.text.yaml import parse

SOURCE = Source("a.md", "a: 1\nb: [2]\n")


def test_a_problem_stands_at_its_value_with_its_line() -> None:
    to = Problems(SOURCE)
    to.add("CPD216", parse(SOURCE.text).values["b"], "so", "why", "how")
    (each,) = to.found
    assert (each.location, each.severity, each.source) == ("a.md:2:4", Severity.WARNING, "b: [2]")
    assert (each.message, each.note, each.hint) == ("so", "why", "how")
    assert to.errors == 0


def test_a_problem_of_the_whole_stands_at_the_top() -> None:
    to = Problems(SOURCE, Span(1, 1, 1, 2))
    to.add("CPD201", None, "so")
    assert (to.found[0].location, to.errors) == ("a.md:1:1", 1)
    to = Problems(SOURCE)
    to.add("CPD201", None, "so")
    assert to.found[0].location == "a.md"


def test_a_fault_gets_its_code() -> None:
    to = Problems(SOURCE)
    to.faults([Fault(FaultKind.TAB, "a tab", Span(2, 1, 2, 2)), Fault(FaultKind.EMPTY, "empty")])
    assert [(each.code, each.source) for each in to.found] == [("CPD122", "b: [2]"), ("CPD108", "")]


def test_a_shape_is_named() -> None:
    to = Problems(SOURCE)
    to.shape(parse(SOURCE.text).values["b"], "a date")
    assert to.found[0].message == "this is a list where a date belongs"
