"""What is fed hostile bytes, from the first step to the whole: nothing but the errors that each names may come out."""

import atexit
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from cpdkit.checks.engine import CheckResult, check_journal
from cpdkit.checks.fixes import apply_fixes
from cpdkit.checks.formats import text
from cpdkit.checks.formats.common import base_of_person
from cpdkit.checks.formats.registry import FORMATS
from cpdkit.checks.formats.statistics import statistics, table
from cpdkit.journal.member import read_member
from cpdkit.journal.reader import FORMS, read_record
from cpdkit.text.faults import Unreadable
from cpdkit.text.front_matter import split
from cpdkit.text.source import decode
from cpdkit.text.yaml import parse

DAY = date(2026, 11, 23)
FILES = {
    "cpd.yaml": "name: Angharad Llywelyn\ntopics: [ethics]\n",
    "plan/storage.md": "---\ntitle: Storage\nby: 2026-12-01\n---\n",
    "evidence/a.pdf": "",
}
PLACES = (
    *(f"{folder}/2026/2026-03-14-x.md" if folder == "activities" else f"{folder}/x.md" for folder in FORMS),
    "cpd.yaml",
    "frameworks/x.yaml",
    "schemes/x.yaml",
)
"""A file of every kind that a journal's owner, or a stranger, may write."""


@cache
def journal() -> Path:
    """A small journal on the disk, over which the hostile texts lie."""
    folder = tempfile.TemporaryDirectory(prefix="cpdkit-fuzz-")
    atexit.register(folder.cleanup)
    root = Path(folder.name)
    for path, said in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(said, encoding="utf-8")
    return root


def decoded(data: bytes) -> None:
    """Bytes to a text, and the text to its parts."""
    with suppress(Unreadable):
        split(decode("x.md", data).text)


def parsed(data: bytes) -> None:
    """A text to values."""
    with suppress(Unreadable):
        parse(decode("x.yaml", data).text)


def read(data: bytes) -> None:
    """A text to a record of each kind, and to a member."""
    with suppress(Unreadable):
        for form in FORMS.values():
            read_record(decode(f"{form.folder}/x.md", data), form)
        read_member(decode("cpd.yaml", data))


def judged(data: bytes) -> None:
    """A text to all that is said of it, wherever it stands."""
    for path in PLACES:
        told(check(path, data))


def mending(data: bytes) -> None:
    """A text to what is mended of it, which must be a text again, and mend to an end."""
    for path in PLACES:
        for unsafe in (False, True):
            found = [each for each in check(path, data).diagnostics if each.path == path]
            new, applied = apply_fixes(data, found, unsafe)
            assert (new != data) == bool(applied)
            check(path, new)


def check(path: str, data: bytes) -> CheckResult:
    """A journal that holds these bytes, checked."""
    return check_journal(journal(), day=DAY, over={path: data})


def told(checked: CheckResult) -> list[str]:
    """What was found, as every format says it."""
    base = base_of_person(checked.root, checked.root)
    return [
        *(text.diagnostics_text(checked.diagnostics, True, columns, base.path) for columns in (0, 40, 80)),
        text.summary(checked, 80),
        table(statistics(checked.diagnostics), 80),
        *(shown(checked, base) for shown in FORMATS.values()),
    ]


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "decoded": decoded,
    "parsed": parsed,
    "read": read,
    "judged": judged,
    "mending": mending,
}
