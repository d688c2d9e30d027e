"""The charts of a report: totals as bars, with the words that a reader who can't see them gets."""

from collections.abc import Sequence

from cpdkit.documents.kinds.quantities import number
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Bar, Chart
from cpdkit.journal.totals import Share, Totals

NAME_OF_STEP = {"month": "by_month", "quarter": "by_quarter", "year": "by_year"}


def by_type(totals: Totals, labels: Labels) -> Chart:
    """Return all six types, the most hours first, so that a type never used is seen too."""
    bars = [_bar(labels, labels(f"types.{share.key}"), share) for share in totals.by_type]
    return _chart("bars", "by_type", "by_type", "type", sorted(bars, key=lambda bar: -bar.minutes), labels)


def by_folder(totals: Totals, labels: Labels) -> Chart:
    """Return the owner's own categories, in the order of their names."""
    bars = [_bar(labels, share.key or labels("charts.no_folder"), share) for share in totals.by_folder]
    return _chart("bars", "by_folder", "by_folder", "folder", bars, labels)


def by_month(totals: Totals, labels: Labels) -> Chart:
    """Return the course of the period, in months; in quarters or years where it is long."""
    bars = []
    for share in totals.by_month:
        label, short = _step_labels(share, totals, labels)
        bars.append(_bar(labels, label, share, short))
    return _chart("columns", "by_month", NAME_OF_STEP[totals.step], totals.step, bars, labels)


def _step_labels(share: Share, totals: Totals, labels: Labels) -> tuple[str, str]:
    """A column's label in full and in short: March 2026, M; Q1 2026, Q1; 2026."""
    first = share.first
    if first is None or totals.step == "year":
        return share.key, share.key
    if totals.step == "month":
        name = labels.words("dates.months")[first.month - 1]
        return f"{name} {first.year}", labels.words("dates.initials")[first.month - 1]
    quarter = share.key.partition("-")[2]
    return f"{quarter} {first.year}", f"{quarter} {first.year % 100:02d}"


def _bar(labels: Labels, label: str, share: Share, short: str = "") -> Bar:
    return Bar(label, short or label, share.minutes, number(labels, share.minutes))


def _chart(shape: str, key: str, caption: str, heading: str, bars: Sequence[Bar], labels: Labels) -> Chart:
    return chart(
        shape, key, labels(f"charts.{caption}"), labels(f"charts.{heading}"), labels("charts.hours"), bars, labels
    )


def chart(
    shape: str,
    key: str,
    caption: str,
    label_heading: str,
    value_heading: str,
    bars: Sequence[Bar],
    labels: Labels,
    most: int = 1,
) -> Chart:
    """Return a chart with its sentence for those who can't see it; `most` as in Chart."""
    parts = phrase_of([phrase_of((bar.label, bar.hours), " ") for bar in bars], ", ")
    alt = labels("charts.alt", caption=caption, parts=parts)
    return Chart(key, shape, caption, label_heading, value_heading, tuple(bars), alt, most)
