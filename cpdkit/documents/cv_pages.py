"""Fit a CV into a number of pages: what to omit, the least important first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cpdkit.documents.kinds.cv import Omittable, hidden_by, omittable
from cpdkit.documents.make import ReportRequest, context_of, count_pages
from cpdkit.documents.templating.labels import labels_for
from cpdkit.documents.templating.templates import load_templates
from cpdkit.journal.load import Journal
from cpdkit.journal.selection import Selection


@dataclass(frozen=True, slots=True)
class FittedCv:
    """What a CV omits to fit, and the pages that it has then."""

    omitted: tuple[Omittable, ...]
    pages: int


def fitted(journal: Journal, selection: Selection, request: ReportRequest, most: int) -> FittedCv:
    """Return the fewest parts to omit so that a CV has at most `most` pages, in the order of `omittable`.

    If even without all of them it has more, it omits all of them. Raise what `compose` raises.
    """
    language = journal.member.language if journal.member else "en-GB"
    labels = labels_for(language, load_templates(language, None).catalogues)
    parts = omittable(context_of(journal, selection, request, labels))

    def pages_without(count: int) -> int:
        names = frozenset(each.name for each in parts[:count])
        return count_pages(journal, selection, replace(request, omit=names)).pages

    if (pages := pages_without(0)) <= most:
        return FittedCv((), pages)
    low, high = 1, len(parts)
    if (pages := pages_without(high)) > most:
        return FittedCv(_some(parts, high), pages)
    while low < high:
        middle = (low + high) // 2
        if pages_without(middle) <= most:
            high = middle
        else:
            low = middle + 1
    return FittedCv(_some(parts, high), pages_without(high))


def hidden(journal: Journal, selection: Selection, request: ReportRequest) -> tuple[str, ...]:
    """Return the names of the records that the variant of a CV omits. Raise NoMember."""
    language = journal.member.language if journal.member else "en-GB"
    labels = labels_for(language, load_templates(language, None).catalogues)
    return tuple(hidden_by(context_of(journal, selection, request, labels)))


def _some(parts: Sequence[Omittable], count: int) -> tuple[Omittable, ...]:
    return tuple(parts[:count])
