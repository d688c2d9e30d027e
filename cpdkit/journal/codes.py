"""The codes of the problems that reading a journal can find, with severities and titles.

A code never changes its meaning. 1xx: reading a file, 2xx: fields, 3xx: dates and hours, 5xx: links and evidence,
7xx: cpd.yaml, 8xx: files and names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.faults import Fault, FaultKind

_ERROR, _WARNING, _ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE


@dataclass(frozen=True, slots=True)
class Code:
    """The severity and the title of a code. `what` is a longer description, if a rule has one."""

    severity: Severity
    title: str
    what: str = ""


_OF_TEXT: tuple[tuple[str, FaultKind, Severity, str], ...] = (
    ("CPD101", FaultKind.NOT_UTF8, _ERROR, "file is not UTF-8"),
    ("CPD102", FaultKind.UTF16, _ERROR, "file is UTF-16"),
    ("CPD103", FaultKind.NUL, _ERROR, "file contains NUL bytes"),
    ("CPD104", FaultKind.CONTROL_ABOVE, _ERROR, "control character in a field"),
    ("CPD105", FaultKind.CONTROL_BELOW, _WARNING, "control character in the text"),
    ("CPD106", FaultKind.BIDI, _WARNING, "invisible character changes the text direction"),
    ("CPD107", FaultKind.CONFLICT, _ERROR, "merge conflict is not resolved"),
    ("CPD108", FaultKind.EMPTY, _ERROR, "file is empty"),
    ("CPD109", FaultKind.NO_FENCE, _ERROR, "file has no front matter"),
    ("CPD110", FaultKind.OPEN_FENCE, _ERROR, "front matter is not closed"),
    ("CPD111", FaultKind.TOO_LARGE, _ERROR, "file is too large for a record"),
    ("CPD112", FaultKind.LONG_FRONT, _ERROR, "front matter is too long"),
    ("CPD113", FaultKind.SPECIAL, _ERROR, "not a regular file"),
    ("CPD114", FaultKind.SYMLINK, _ERROR, "record is a symbolic link"),
    ("CPD115", FaultKind.CLOSED, _ERROR, "file or folder cannot be read"),
    ("CPD116", FaultKind.CHANGED, _ERROR, "file disappeared or changed while cpdkit read it"),
    ("CPD117", FaultKind.MARK, _ADVICE, "file starts with a byte order mark"),
    ("CPD118", FaultKind.TRAILING, _ADVICE, "line of the front matter ends in spaces"),
    ("CPD119", FaultKind.CUT, _WARNING, "# cuts off a value"),
    ("CPD120", FaultKind.SYNTAX, _ERROR, "fields are not valid YAML"),
    ("CPD121", FaultKind.COLON, _ERROR, "value contains a colon and has no quotes"),
    ("CPD122", FaultKind.TAB, _ERROR, "line is indented with a tab"),
    ("CPD123", FaultKind.QUOTE, _ERROR, "quote is not closed"),
    ("CPD124", FaultKind.RESERVED, _ERROR, "value starts with a character that YAML reserves"),
    ("CPD125", FaultKind.BRACKET, _ERROR, "bracket has no partner"),
    ("CPD126", FaultKind.INDENT, _ERROR, "line is indented differently from its neighbours"),
    ("CPD127", FaultKind.NO_COLON, _ERROR, "colon is missing after a field name"),
    ("CPD128", FaultKind.ESCAPE, _ERROR, "unknown escape between double quotes"),
    ("CPD129", FaultKind.AFTER_QUOTE, _ERROR, "text after a closing quote"),
    ("CPD130", FaultKind.ANCHOR, _ERROR, "YAML anchor"),
    ("CPD131", FaultKind.ALIAS, _ERROR, "YAML alias"),
    ("CPD132", FaultKind.TAG, _ERROR, "YAML tag"),
    ("CPD133", FaultKind.MERGE, _ERROR, "YAML merge key"),
    ("CPD134", FaultKind.DUPLICATE, _ERROR, "field is given twice"),
    ("CPD135", FaultKind.DOCUMENTS, _ERROR, "several YAML documents in one file"),
    ("CPD136", FaultKind.DEEP, _ERROR, "values are nested too deeply"),
    ("CPD137", FaultKind.MANY, _ERROR, "too many values"),
    ("CPD138", FaultKind.KEY, _ERROR, "field name is not a plain word"),
    ("CPD139", FaultKind.NOT_MAPPING, _ERROR, "list or text instead of fields"),
    ("CPD140", FaultKind.DASH, _ERROR, "dash does not start a list item"),
    ("CPD141", FaultKind.BLANK, _ERROR, "unusual space next to a field name"),
    ("CPD142", FaultKind.HIDDEN, _WARNING, "# hides a value"),
)

_OF_JOURNAL: tuple[tuple[str, Severity, str], ...] = (
    ("CPD201", _ERROR, "required field is missing"),
    ("CPD202", _ERROR, "field is given under two names"),
    ("CPD203", _ERROR, "value has the wrong form"),
    ("CPD204", _ERROR, "date does not exist"),
    ("CPD205", _ERROR, "date is not written as year-month-day"),
    ("CPD206", _ERROR, "date includes a time"),
    ("CPD207", _ERROR, "value is not a number of hours"),
    ("CPD208", _ERROR, "value is not one of the allowed values"),
    ("CPD209", _ERROR, "value is neither true nor false"),
    ("CPD210", _ERROR, "value has more than one line"),
    ("CPD211", _ERROR, "value is not a competence code"),
    ("CPD212", _ERROR, "unknown field"),
    ("CPD213", _ERROR, "value is empty"),
    ("CPD214", _ERROR, "end is before the start"),
    ("CPD215", _ERROR, "value is not a number"),
    ("CPD216", _WARNING, "item is in a list twice"),
    ("CPD217", _WARNING, "list is written as text with commas"),
    ("CPD218", _WARNING, "value is not a problem code"),
    ("CPD219", _WARNING, "problem is accepted without a reason"),
    ("CPD220", _WARNING, "problem cannot be accepted or turned off"),
    ("CPD221", _WARNING, "value is too long for one line"),
    ("CPD222", _ERROR, "character only looks like the right one"),
    ("CPD223", _ERROR, "ID of a person is not unique"),
    ("CPD301", _ERROR, "hours are missing"),
    ("CPD302", _ERROR, "hours and sessions disagree"),
    ("CPD303", _ERROR, "session is outside the activity's dates"),
    ("CPD304", _ERROR, "date is before 1900 or after 2100"),
    ("CPD305", _ERROR, "hours are 0"),
    ("CPD306", _WARNING, "more hours than the activity's dates allow"),
    ("CPD502", _ERROR, "evidence is outside evidence/"),
    ("CPD505", _ERROR, "readers cannot open the evidence"),
    ("CPD701", _ERROR, "language is not a language tag"),
    ("CPD702", _ERROR, "first day of the CPD year is not a month and a day"),
    ("CPD703", _ERROR, "default period is not a period"),
    ("CPD706", _ERROR, "a scheme of your own is not valid"),
    ("CPD707", _ERROR, "a framework of your own is not valid"),
    ("CPD708", _ERROR, "two caps of a scheme of your own overlap"),
    ("CPD709", _ERROR, "a form of your own is not valid"),
    ("CPD801", _WARNING, "cpdkit does not read a file or folder"),
    ("CPD802", _WARNING, "symbolic link is not followed"),
    ("CPD803", _WARNING, "file name contains invisible characters"),
    ("CPD804", _ERROR, "file name is not UTF-8"),
    ("CPD806", _ERROR, "two objectives have the same ID"),
    ("CPD813", _ERROR, "file is in the cloud, not on this disk"),
    ("CPD814", _ERROR, "copy of another record"),
    ("CPD815", _ERROR, "download is not finished"),
    ("CPD816", _WARNING, "name is that of a conflict copy"),
)

CODES: Mapping[str, Code] = MappingProxyType(
    {code: Code(severity, title) for code, _, severity, title in _OF_TEXT}
    | {code: Code(severity, title) for code, severity, title in _OF_JOURNAL}
)
_BY_KIND = {kind: code for code, kind, _, _ in _OF_TEXT}


def is_fixed(code: str) -> bool:
    """Return whether a code means that a file can't be read. Such a problem can't be accepted or turned off."""
    rule = CODES.get(code)
    return rule is not None and rule.severity is Severity.ERROR


def of_fault(path: str, fault: Fault, source: str = "") -> Diagnostic:
    """Return a fault in a text as a diagnostic. `source` is the line with the fault, if the text could be decoded."""
    code = _BY_KIND[fault.kind]
    shown = fault.source or source
    severity = CODES[code].severity
    return Diagnostic(path, fault.span, code, severity, fault.message, shown, fault.note, fault.hint, fault.fix)
