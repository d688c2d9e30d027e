"""What the reading of one file finds wrong, gathered while it goes on."""

from collections.abc import Iterable

from cpdkit.diagnostics import Diagnostic, Fix, Severity, Span, shown
from cpdkit.journal.codes import CODES, of_fault
from cpdkit.text.faults import Fault
from cpdkit.text.source import Source
from cpdkit.text.yaml import Mapping, Node, Scalar, Sequence, span


class Problems:
    """The diagnostics of one file. `top` is the place of what concerns the record as a whole.

    `errors` counts those that keep the record from being made.
    """

    __slots__ = ("errors", "found", "source", "top")

    def __init__(self, source: Source, top: Span | None = None) -> None:
        self.source = source
        self.top = top
        self.found: list[Diagnostic] = []
        self.errors = 0

    def add(
        self,
        code: str,
        where: Node | Span | None,
        message: str,
        note: str = "",
        hint: str = "",
        fix: Fix | None = None,
    ) -> None:
        """Note one problem at a value, a span, or (None) at the record's top."""
        place = where if isinstance(where, Span) else span(where) if where is not None else self.top
        line = shown(self.source.line(place.line)) if place else ""
        severity = CODES[code].severity
        self.note(Diagnostic(self.source.path, place, code, severity, message, line, note, hint, fix))

    def faults(self, faults: Iterable[Fault]) -> None:
        """Note faults of the text."""
        for fault in faults:
            line = shown(self.source.line(fault.span.line)) if fault.span else ""
            self.note(of_fault(self.source.path, fault, line))

    def note(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic. One error is enough to leave the record out."""
        self.found.append(diagnostic)
        self.errors += diagnostic.severity is Severity.ERROR

    def shape(self, node: Node, wanted: str, hint: str = "") -> None:
        """Note that a value is a list, mapping or text where something else belongs."""
        self.add("CPD203", node, f"this is {_SHAPES[type(node)]} where {wanted} belongs", hint=hint)


_SHAPES: dict[type, str] = {Scalar: "a text", Sequence: "a list", Mapping: "a mapping"}
