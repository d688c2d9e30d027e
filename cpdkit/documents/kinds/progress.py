"""Where the member stands in each scheme, as a document tells it: what was recorded, what is asked, and no verdict."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from cpdkit.dates.wording import day_text
from cpdkit.documents.kinds.activities import Teller
from cpdkit.documents.kinds.charts import chart
from cpdkit.documents.view import Bar, Chart, Entry, NotCounted, Progress
from cpdkit.schemes.rules import Measure, Scheme, Weight
from cpdkit.schemes.standing import Figure, Standing, State, amount, remarks, with_unit

_AMOUNTS = (Measure.AMOUNT, Measure.GAP)
"""What is told with its unit; the others count what their titles name."""
WHOLE = 100
"""A bar's length where all that is asked was recorded."""


def progress_told(teller: Teller, standing: Standing, entries: Mapping[str, Entry], key: str) -> Progress:
    """A scheme's requirements against what was recorded. `entries` are the report's rows by path: only what the report
    holds is named. `key` is its chart's.
    """
    scheme = standing.scheme
    return Progress(
        title=_say(teller, "title", body=scheme.body or scheme.title or scheme.id, period=standing.period.short_title),
        note=_say(
            teller,
            "note",
            day=day_text(standing.on, teller.months),
            source=_source(teller, scheme),
        ),
        chart=_chart(teller, standing, key),
        sentences=tuple(said for each in standing.figures if (said := _sentence(teller, each, standing))),
        not_counted=tuple(lost for each in standing.figures for lost in _lost(teller, each, entries)),
    )


def _say(teller: Teller, key: str, **facts: object) -> str:
    return teller.labels(f"progress.{key}", **facts)


def _source(teller: Teller, scheme: Scheme) -> str:
    """Where the rules are from, and when they were read there."""
    source = scheme.source or scheme.path or scheme.id
    if scheme.checked is None:
        return source
    return _say(teller, "read", source=source, day=day_text(scheme.checked, teller.months))


def _chart(teller: Teller, standing: Standing, key: str) -> Chart:
    bars = [_bar(teller, each) for each in standing.figures]
    caption, heading, value = (_say(teller, each) for each in ("caption", "requirement", "recorded"))
    return chart("bars", key, caption, heading, value, bars, teller.labels, WHOLE)


def _bar(teller: Teller, figure: Figure) -> Bar:
    """A requirement with the share of it that was recorded; what is not all is never drawn as all."""
    title, unit = figure.requirement.title, figure.unit
    label = _say(teller, "unit", title=title, unit=unit) if unit and figure.requirement.measure in _AMOUNTS else title
    if figure.requirement.weight is Weight.SHOULD:
        label = _say(teller, "advice", title=label)
    share = 0
    if figure.target and figure.requirement.measure is not Measure.GAP:
        share = int(min(figure.recorded / figure.target, Fraction(1)) * WHOLE) or int(figure.recorded > 0)
    return Bar(label, label, share, _measure(teller, figure))


def _measure(teller: Teller, figure: Figure) -> str:
    recorded = amount(figure.recorded)
    if figure.state is State.EXEMPT:
        return _say(teller, "exempt", recorded=recorded)
    if figure.target is None:
        return recorded
    key = "of_most" if figure.requirement.measure is Measure.GAP else "of"
    return _say(teller, key, recorded=recorded, asked=amount(figure.target))


def _sentence(teller: Teller, figure: Figure, standing: Standing) -> str:
    """What there is to say of a requirement in one sentence; empty for nothing."""
    said = "; ".join(_said(teller, figure, standing))
    return _say(teller, "sentence", title=figure.requirement.title, said=said) if said else ""


def _said(teller: Teller, figure: Figure, standing: Standing) -> Iterator[str]:
    for said, facts in remarks(figure, standing):
        told = {name: day_text(fact, teller.months) if isinstance(fact, date) else fact for name, fact in facts.items()}
        yield _say(teller, said, **told)
    if figure.note:
        yield figure.note


def _lost(teller: Teller, figure: Figure, entries: Mapping[str, Entry]) -> Iterator[NotCounted]:
    """What did not count for an amount, and why. An activity that the report leaves out is not named."""
    if figure.requirement.measure is not Measure.AMOUNT:
        return
    for entry in figure.entries:
        row = entries.get(entry.activity.path)
        title, anchor = (row.title, row.anchor) if row else (_say(teller, "elsewhere"), "")
        for loss in entry.lost:
            if loss.rule:
                said = with_unit(loss.amount, figure.unit)
                yield NotCounted(title, anchor, figure.requirement.title, said, loss.rule)
