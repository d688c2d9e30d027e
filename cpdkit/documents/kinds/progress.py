"""Progress against each scheme in a document: what was recorded and what is required, without a verdict."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cpdkit.documents.kinds.charts import chart
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import Bar, Chart, SchemeProgress, UncountedAmount
from cpdkit.schemes.rules import Measure, Scheme, Weight
from cpdkit.schemes.standing import Figure, Standing, State, amount, remarks, with_unit

_AMOUNTS = (Measure.AMOUNT, Measure.GAP)
"""The measures printed with their unit; the others count what their titles name."""
WHOLE = 100
"""The length of the bar of a requirement that is met."""


def scheme_progress(context: ReportContext, standing: Standing, key: str) -> SchemeProgress:
    """Return a scheme's requirements and what was recorded. Only activities of the report are named.

    `key` is that of the chart.
    """
    scheme = standing.scheme
    return SchemeProgress(
        title=context.labels(
            "progress.title", body=context.body_of(scheme), period=context.labels.english(standing.period.short_title)
        ),
        note=context.labels(
            "progress.note",
            day=context.long_date(standing.on),
            source=_source(context, scheme),
        ),
        chart=_chart(context, standing, key),
        sentences=tuple(filter(None, (_sentence(context, each, standing) for each in standing.figures))),
        not_counted=tuple(lost for each in standing.figures for lost in _lost(context, scheme, each)),
    )


def _source(context: ReportContext, scheme: Scheme) -> str:
    """Return where the rules are from, and when they were read."""
    source = scheme.source or scheme.path or scheme.id
    if scheme.checked is None:
        return source
    return context.labels("progress.read", source=source, day=context.long_date(scheme.checked))


def _chart(context: ReportContext, standing: Standing, key: str) -> Chart:
    bars = [_bar(context, standing.scheme, each) for each in standing.figures]
    caption, heading, value = (context.labels(f"progress.{each}") for each in ("caption", "requirement", "recorded"))
    return chart("bars", key, caption, heading, value, bars, context.labels, WHOLE)


def _bar(context: ReportContext, scheme: Scheme, figure: Figure) -> Bar:
    """Return a requirement with the share of it that was recorded; an unmet requirement never has a full bar."""
    title, unit = context.requirement_title(scheme, figure.requirement), context.scheme_words(scheme, figure.unit)
    label = (
        context.labels("progress.unit", title=title, unit=unit)
        if unit and figure.requirement.measure in _AMOUNTS
        else title
    )
    if figure.requirement.weight is Weight.SHOULD:
        label = context.labels("progress.advice", title=label)
    share = 0
    if figure.target and figure.requirement.measure is not Measure.GAP:
        share = int(min(figure.recorded / figure.target, Fraction(1)) * WHOLE) or int(figure.recorded > 0)
    return Bar(label, label, share, _measure(context, figure))


def _measure(context: ReportContext, figure: Figure) -> str:
    recorded = amount(figure.recorded)
    if figure.state is State.EXEMPT:
        return context.labels("progress.exempt", recorded=recorded)
    if figure.target is None:
        return recorded
    key = "of_most" if figure.requirement.measure is Measure.GAP else "of"
    return context.labels(f"progress.{key}", recorded=recorded, asked=amount(figure.target))


def _sentence(context: ReportContext, figure: Figure, standing: Standing) -> str:
    """Return the remarks on a requirement in one sentence; empty without any."""
    parts = []
    for key, facts in remarks(figure, standing):
        words = {name: context.long_date(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}
        parts.append(context.labels(f"progress.{key}", **words))
    if figure.note:
        parts.append(context.scheme_words(standing.scheme, figure.note))
    title = context.requirement_title(standing.scheme, figure.requirement)
    return context.labels("progress.sentence", title=title, remarks=phrase_of(parts, "; ")) if parts else ""


def _lost(context: ReportContext, scheme: Scheme, figure: Figure) -> Iterator[UncountedAmount]:
    """Yield what did not count for an amount, and why. An activity that the report omits is not named."""
    if figure.requirement.measure is not Measure.AMOUNT:
        return
    for entry in figure.entries:
        row = context.entries.get(entry.activity.path)
        title, anchor = (row.title, row.anchor) if row else (context.labels("progress.elsewhere"), "")
        for loss in entry.lost:
            if loss.rule:
                requirement, rule = (
                    context.requirement_title(scheme, figure.requirement),
                    context.scheme_words(scheme, loss.rule),
                )
                yield UncountedAmount(title, anchor, requirement, with_unit(loss.amount, figure.unit), rule)
