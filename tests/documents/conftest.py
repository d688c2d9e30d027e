"""What the tests of documents share: journals that are read once, and the example's report in every format."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cpdkit.dates.period import Period
from cpdkit.documents import make as making
from cpdkit.documents.formats.writers import write_formats
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.kinds.report import NEEDED, Origin, report_view
from cpdkit.documents.make import ReportRequest, ReportResult, make
from cpdkit.documents.report_files import FORMATS
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.templating.templates import load_templates
from cpdkit.documents.view import Report
from cpdkit.journal.load import Journal, load
from cpdkit.journal.selection import Filters, Selection, select
from cpdkit.journal.values import Status
from tests.documents.read_back import ReadBack, read_back

ROOT = Path(__file__).resolve().parents[2]
JOURNAL = ROOT / "journal"
GOLDEN = ROOT / "tests" / "golden"
EPOCH = 1_767_225_600
ORIGIN = Origin(date(2026, 11, 23), "0123456789")
EVERYTHING = Filters(statuses=tuple(Status), confidential=True)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@dataclass(frozen=True, slots=True)
class Example:
    """The example journal's detailed report of everything: the request and the result."""

    journal: Journal
    selection: Selection
    made: ReportResult
    data: Mapping[str, bytes]
    read: Mapping[str, ReadBack]
    handed: tuple[Any, ...]
    """The tree, the images and the properties that the writers received."""


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    folder = tmp_path_factory.mktemp("example")
    journal = load(JOURNAL)
    selection = chosen(journal, Period(None, None), EVERYTHING)
    files = tuple(folder / f"report.{suffix}" for suffix in FORMATS)
    handed: list[tuple[Any, ...]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "write_formats", lambda *args: handed.append(args) or write_formats(*args))
        made = make(journal, selection, ReportRequest("detailed", files, ORIGIN, EPOCH))
    data = {path.suffix[1:]: path.read_bytes() for path in files}
    read = {suffix: read_back(suffix, each) for suffix, each in data.items()}
    return Example(journal, selection, made, data, read, handed[0][:3])


def figures_in(sentence: str) -> list[str]:
    """Return the numbers in a sentence, in order."""
    return re.findall(r"\d+(?:\.\d+)?", sentence)


def chosen(journal: Journal, period: Period = YEAR, filters: Filters = Filters()) -> Selection:  # noqa: B008
    return select(journal.activities, len(journal.unread), period, filters)


@pytest.fixture(scope="session")
def small() -> Journal:
    """A journal of a few activities that have every field, with an example of each reason to omit one."""
    return load(GOLDEN / "journal")


@pytest.fixture(scope="session")
def composed(small: Journal, english: Labels) -> Callable[..., Report]:
    """Return a function that makes a report: by default the detailed one of 2026, of the small journal."""

    def made(
        kind: str = "detailed",
        period: Period = YEAR,
        filters: Filters = Filters(),  # noqa: B008
        codes: bool = True,
        origin: Origin = ORIGIN,
        today: date = ORIGIN.day,
        journal: Journal = small,
    ) -> Report:
        selection = chosen(journal, period, filters)
        assert journal.member is not None
        needs = load_templates("en-GB", None).names(kind, NEEDED)
        context = ReportContext(journal, journal.member, selection, english, today, codes, "n0nce")
        return report_view(context, kind, origin, needs)

    return made
