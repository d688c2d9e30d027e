"""Every code that a journal's problems have, with its severity and its title. A code never changes its meaning.

1xx reading a file · 2xx the fields · 3xx days and hours against each other · 5xx links and evidence ·
7xx the member · 8xx tidiness.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.faults import Fault, FaultKind

_ERROR, _WARNING, _ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for; `what` says more where a rule has it."""

    severity: Severity
    title: str
    what: str = ""


_OF_TEXT: tuple[tuple[str, FaultKind, Severity, str], ...] = (
    ("CPD101", FaultKind.NOT_UTF8, _ERROR, "the file is not UTF-8"),
    ("CPD102", FaultKind.UTF16, _ERROR, "the file is UTF-16"),
    ("CPD103", FaultKind.NUL, _ERROR, "the file holds NUL bytes"),
    ("CPD104", FaultKind.CONTROL_ABOVE, _ERROR, "a control character stands in a field"),
    ("CPD105", FaultKind.CONTROL_BELOW, _WARNING, "a control character stands in the text"),
    ("CPD106", FaultKind.BIDI, _WARNING, "a character turns the direction of the text around it"),
    ("CPD107", FaultKind.CONFLICT, _ERROR, "a merge conflict is not resolved"),
    ("CPD108", FaultKind.EMPTY, _ERROR, "the file is empty"),
    ("CPD109", FaultKind.NO_FENCE, _ERROR, "the file has no front matter"),
    ("CPD110", FaultKind.OPEN_FENCE, _ERROR, "the front matter is not closed"),
    ("CPD111", FaultKind.TOO_LARGE, _ERROR, "the file is too large for a record"),
    ("CPD112", FaultKind.LONG_FRONT, _ERROR, "the front matter is too long"),
    ("CPD113", FaultKind.SPECIAL, _ERROR, "something that is not a file stands in the journal"),
    ("CPD114", FaultKind.SYMLINK, _ERROR, "a symbolic link stands where a record should"),
    ("CPD115", FaultKind.CLOSED, _ERROR, "a file or folder can't be read"),
    ("CPD116", FaultKind.CHANGED, _ERROR, "the file vanished or changed while it was being read"),
    ("CPD117", FaultKind.MARK, _ADVICE, "the file starts with a byte order mark"),
    ("CPD118", FaultKind.TRAILING, _ADVICE, "a line of the fields ends in spaces"),
    ("CPD119", FaultKind.CUT, _WARNING, "a # cuts a value off"),
    ("CPD120", FaultKind.SYNTAX, _ERROR, "the fields can't be read as YAML"),
    ("CPD121", FaultKind.COLON, _ERROR, "a value holds a colon and has no quotes"),
    ("CPD122", FaultKind.TAB, _ERROR, "a line is indented with a tab"),
    ("CPD123", FaultKind.QUOTE, _ERROR, "a quote is not closed"),
    ("CPD124", FaultKind.RESERVED, _ERROR, "a value starts with a character that YAML keeps for itself"),
    ("CPD125", FaultKind.BRACKET, _ERROR, "a bracket has no partner"),
    ("CPD126", FaultKind.INDENT, _ERROR, "a line is indented differently from its neighbours"),
    ("CPD127", FaultKind.NO_COLON, _ERROR, "a line has no colon after the field's name"),
    ("CPD128", FaultKind.ESCAPE, _ERROR, "a backslash between double quotes means nothing"),
    ("CPD129", FaultKind.AFTER_QUOTE, _ERROR, "something stands behind a closing quote"),
    ("CPD130", FaultKind.ANCHOR, _ERROR, "a YAML anchor"),
    ("CPD131", FaultKind.ALIAS, _ERROR, "a YAML alias"),
    ("CPD132", FaultKind.TAG, _ERROR, "a YAML tag"),
    ("CPD133", FaultKind.MERGE, _ERROR, "a YAML merge key"),
    ("CPD134", FaultKind.DUPLICATE, _ERROR, "a field is given twice"),
    ("CPD135", FaultKind.DOCUMENTS, _ERROR, "several YAML documents in one file"),
    ("CPD136", FaultKind.DEEP, _ERROR, "values are nested too deep"),
    ("CPD137", FaultKind.MANY, _ERROR, "there are too many values"),
    ("CPD138", FaultKind.KEY, _ERROR, "a field's name is not a plain word"),
    ("CPD139", FaultKind.NOT_MAPPING, _ERROR, "there are no fields, but a list or a text"),
    ("CPD140", FaultKind.DASH, _ERROR, "a dash stands where it makes no list"),
    ("CPD141", FaultKind.BLANK, _ERROR, "a blank that is no plain space stands beside a field's name"),
)

_OF_JOURNAL: tuple[tuple[str, Severity, str], ...] = (
    ("CPD201", _ERROR, "a required field is missing"),
    ("CPD202", _ERROR, "a field is given under two names"),
    ("CPD203", _ERROR, "a value has the wrong shape"),
    ("CPD204", _ERROR, "a date is not a day of the calendar"),
    ("CPD205", _ERROR, "a date is not written as year-month-day"),
    ("CPD206", _ERROR, "a date has a time with it"),
    ("CPD207", _ERROR, "a value is not a number of hours"),
    ("CPD208", _ERROR, "a value is none of those a field takes"),
    ("CPD209", _ERROR, "a value is neither true nor false"),
    ("CPD210", _ERROR, "a value has more than one line"),
    ("CPD211", _ERROR, "a value is not a competence's code"),
    ("CPD212", _ERROR, "there is no field of that name"),
    ("CPD213", _ERROR, "a value is empty"),
    ("CPD214", _ERROR, "the end lies before the start"),
    ("CPD215", _ERROR, "a value is not a number"),
    ("CPD216", _WARNING, "a list holds the same thing twice"),
    ("CPD217", _WARNING, "a list is written as one text with commas"),
    ("CPD218", _WARNING, "a value is not the code of a diagnostic"),
    ("CPD219", _WARNING, "a problem is accepted without a reason"),
    ("CPD220", _WARNING, "a problem can't be accepted or turned off"),
    ("CPD221", _WARNING, "a value is too long for one line"),
    ("CPD301", _ERROR, "the hours are missing"),
    ("CPD302", _ERROR, "the hours and the sessions disagree"),
    ("CPD303", _ERROR, "a session lies outside the activity"),
    ("CPD304", _ERROR, "a date lies in another century"),
    ("CPD305", _ERROR, "the hours are none"),
    ("CPD306", _WARNING, "there are more hours than its days have"),
    ("CPD502", _ERROR, "a piece of evidence lies outside evidence/"),
    ("CPD505", _ERROR, "an address of evidence can't be opened by a reader"),
    ("CPD701", _ERROR, "a language is not a language tag"),
    ("CPD702", _ERROR, "the first day of the CPD year is not a month and a day"),
    ("CPD703", _ERROR, "the default period is not a period"),
    ("CPD706", _ERROR, "a scheme of one's own can't be told by its id"),
    ("CPD707", _ERROR, "a framework of one's own doesn't hold together"),
    ("CPD708", _ERROR, "two caps of a scheme of one's own cross"),
    ("CPD801", _WARNING, "nothing reads a file or folder"),
    ("CPD802", _WARNING, "a symbolic link is not followed"),
    ("CPD803", _WARNING, "a file's name holds invisible characters"),
    ("CPD804", _ERROR, "a file's name is not UTF-8"),
    ("CPD806", _ERROR, "two objectives have the same id"),
)

CODES: Mapping[str, Code] = MappingProxyType(
    {code: Code(severity, title) for code, _, severity, title in _OF_TEXT}
    | {code: Code(severity, title) for code, severity, title in _OF_JOURNAL}
)
_BY_KIND = {kind: code for code, kind, _, _ in _OF_TEXT}


def is_fixed(code: str) -> bool:
    """Whether a code says that a file can't be read: no setting makes it readable."""
    rule = CODES.get(code)
    return rule is not None and rule.severity is Severity.ERROR


def of_fault(path: str, fault: Fault, source: str = "") -> Diagnostic:
    """Return a text's fault as a diagnostic. `source` is the line it stands in, where the text could be decoded."""
    code = _BY_KIND[fault.kind]
    shown = fault.source or source
    severity = CODES[code].severity
    return Diagnostic(path, fault.span, code, severity, fault.message, shown, fault.note, fault.hint, fault.fix)
