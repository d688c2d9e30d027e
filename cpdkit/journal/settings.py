"""What an owner says about the checks: other severities in `cpd.yaml`, and problems accepted in one file."""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass

from cpdkit.diagnostics import Severity
from cpdkit.journal.codes import CODES
from cpdkit.journal.kinds import Choice, Line, quoted
from cpdkit.journal.mending import renamed
from cpdkit.journal.problems import Problems
from cpdkit.text.values import Mapping, Node, Scalar

OFF = "off"
SEVERITIES = Choice(
    (OFF, *map(str, reversed(Severity))),
    meant={"none": OFF, "false": OFF, "no": OFF, "ignore": OFF, "info": "advice", "hint": "advice", "note": "advice"},
)
CODE = re.compile(r"CPD[1-9][0-9]{2}")
FAMILY = re.compile(r"CPD[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """Codes with the reason why what they tell is as it should be."""

    says: str = "`{code: reason}`"

    def read(self, node: Node, to: Problems) -> Table[str, str] | None:
        if type(node) is not Mapping:
            to.shape(node, "codes with reasons", "write {CPD401: why it is right as it is}")
            return None
        found = {}
        for code, reason in node.values.items():
            said = Line().read(reason, to)
            if not _may_be_set(code, node.keys[code], to, CODE):
                continue
            if said:
                found[code] = said
            elif said is not None:
                hint = "write why it is right as it is, for whoever reads this later"
                to.add("CPD219", node.keys[code], f"{code} is accepted without a reason", hint=hint)
        return found


@dataclass(frozen=True, slots=True)
class Severities:
    """Codes, or the beginnings of codes, with the severity that the journal gives them; None for off."""

    says: str = "`{code: severity}`, each `off`, `advice`, `warning` or `error`"

    def read(self, node: Node, to: Problems) -> Table[str, Severity | None] | None:
        if type(node) is not Mapping:
            to.shape(node, "codes with severities", "write {CPD311: off}")
            return None
        found = {}
        for code, said in node.values.items():
            word = SEVERITIES.read(said, to)
            if word and _may_be_set(code, node.keys[code], to, FAMILY):
                found[code] = None if word == OFF else Severity[word.upper()]
        return found


def is_fixed(code: str) -> bool:
    """Whether a code says that a file can't be read: no setting makes it readable."""
    rule = CODES.get(code)
    return rule is not None and rule.severity is Severity.ERROR


def _may_be_set(code: str, key: Scalar, to: Problems, form: re.Pattern[str]) -> bool:
    if not form.fullmatch(code):
        fix = renamed(key, code.upper()) if form.fullmatch(code.upper()) else None
        to.add(
            "CPD218", key, f"{quoted(code)} is not a code", hint="write it as CPD401; cpd explain lists them", fix=fix
        )
        return False
    if is_fixed(code):
        hint = "mend what it tells, or take the file out of the journal"
        to.add("CPD220", key, f"{code} can't be set: a file that has it is not read", hint=hint)
        return False
    return True
