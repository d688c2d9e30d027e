"""Progress against each scheme in a document: what was recorded and what is required, without a verdict."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cpdkit.documents.kinds.charts import chart
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.kinds.quantities import amount
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import Bar, Chart, RequirementRow, SchemeProgress, UncountedAmount
from cpdkit.schemes.rules import Measure, Scheme, Weight
from cpdkit.schemes.standing import Figure, Quantity, RemarkValue, Standing, State, Types, remarks

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
        note=phrase_of(
            (
                context.labels("progress.note", day=context.long_date(standing.on), source=_source(context, scheme)),
                counted_and_omitted(context, standing) or context.labels("progress.all"),
                context.labels("progress.verdict"),
            ),
            " ",
        ),
        rows=tuple(_row(context, standing, each) for each in standing.figures),
        chart=_chart(context, standing, key),
        sentences=tuple(filter(None, (_sentence(context, each, standing) for each in standing.figures))),
        not_counted=tuple(lost for each in standing.figures for lost in _lost(context, scheme, each)),
    )


def counted_and_omitted(context: ReportContext, standing: Standing) -> str:
    """Return what the figures count and the report omits, so that two totals on a page explain each other."""
    omitted = {
        entry.activity.path: entry.minutes
        for figure in standing.figures
        for entry in figure.entries
        if entry.activity.path not in context.entries and entry.activity.confidential
    }
    if not omitted:
        return ""
    return context.labels.count("progress.confidential", len(omitted), hours=context.hours(sum(omitted.values())))


def _source(context: ReportContext, scheme: Scheme) -> str:
    """Return where the rules are from, and when they were read."""
    first = next((each.page for each in scheme.sources.values()), "")
    source = context.scheme_words(scheme, scheme.source or first or scheme.path or scheme.id)
    if more := len(scheme.sources) - 1 if first and not scheme.source else 0:
        source = context.labels.count("progress.sources", more, source=source)
    if scheme.checked is None:
        return source
    return context.labels("progress.read", source=source, day=context.long_date(scheme.checked))


def _row(context: ReportContext, standing: Standing, figure: Figure) -> RequirementRow:
    """Return a requirement as a row; what is short, and other remarks, are its result."""
    scheme, labels = standing.scheme, context.labels
    unit = figure.unit if figure.requirement.measure in _AMOUNTS else ""
    required = context.quantity(scheme, Quantity(figure.target, unit)) if figure.target is not None else ""
    if required and figure.requirement.measure is Measure.GAP:
        required = labels("progress.at_most", required=required)
    words = _remarks(context, figure, standing)
    if figure.state in (State.MET, State.EXEMPT):
        words = [labels(f"progress.{figure.state.value}"), *words]
    return RequirementRow(
        title=_title(context, standing, figure),
        required=required,
        recorded=context.quantity(scheme, Quantity(figure.recorded, unit)),
        result=phrase_of(words, "; "),
        is_advice=figure.requirement.weight is Weight.SHOULD,
        is_short=figure.state in (State.SHORT, State.EXPLAIN),
    )


def _title(context: ReportContext, standing: Standing, figure: Figure) -> str:
    """Return the title of a requirement; a declaration of the period before has the period too."""
    title = context.requirement_title(standing.scheme, figure.requirement)
    period = standing.earlier_period(figure)
    return phrase_of((title, context.labels.english(period.short_title)), " ") if period else title


def _chart(context: ReportContext, standing: Standing, key: str) -> Chart:
    bars = [_bar(context, standing.scheme, each) for each in standing.figures]
    caption, heading, value = (context.labels(f"progress.{each}") for each in ("caption", "requirement", "recorded"))
    return chart("bars", key, caption, heading, value, bars, context.labels, WHOLE)


def _bar(context: ReportContext, scheme: Scheme, figure: Figure) -> Bar:
    """Return a requirement with the share of it that was recorded; an unmet requirement never has a full bar."""
    label = context.requirement_title(scheme, figure.requirement)
    if figure.requirement.weight is Weight.SHOULD:
        label = context.labels("progress.advice", title=label)
    share = 0
    if figure.target and figure.requirement.measure is not Measure.GAP:
        share = int(min(figure.recorded / figure.target, Fraction(1)) * WHOLE) or int(figure.recorded > 0)
    return Bar(label, label, share, _measure(context, scheme, figure))


def _measure(context: ReportContext, scheme: Scheme, figure: Figure) -> str:
    unit = figure.unit if figure.requirement.measure in _AMOUNTS else ""
    recorded = context.quantity(scheme, Quantity(figure.recorded, unit))
    if figure.state is State.EXEMPT:
        return context.labels("progress.exempt_of", recorded=recorded)
    if figure.target is None:
        return recorded
    key = "of_most" if figure.requirement.measure is Measure.GAP else "of"
    required = context.quantity(scheme, Quantity(figure.target, unit))
    return context.labels(f"progress.{key}", recorded=amount(context.labels, figure.recorded), required=required)


def _sentence(context: ReportContext, figure: Figure, standing: Standing) -> str:
    """Return the remarks on a requirement in one sentence; empty without any."""
    parts = _remarks(context, figure, standing)
    title = context.requirement_title(standing.scheme, figure.requirement)
    return context.labels("progress.sentence", title=title, remarks=phrase_of(parts, "; ")) if parts else ""


def _remarks(context: ReportContext, figure: Figure, standing: Standing) -> list[str]:
    """Return what is short, what would be enough, and other remarks on a figure."""
    parts = []
    for key, values in remarks(figure, standing):
        words = {name: _words(context, standing.scheme, value) for name, value in values.items()}
        parts.append(context.labels(f"progress.{key}", **words))
    return parts


def _words(context: ReportContext, scheme: Scheme, value: RemarkValue) -> str:
    """Return a value of a remark in the document's language."""
    if isinstance(value, date):
        return context.long_date(value)
    if isinstance(value, Quantity):
        return context.quantity(scheme, value)
    if isinstance(value, Types):
        return phrase_of((context.labels(f"types.{each}") for each in value.types), ", ")
    return value


def _lost(context: ReportContext, scheme: Scheme, figure: Figure) -> Iterator[UncountedAmount]:
    """Yield what did not count for an amount, and why. An activity that the report omits is not named."""
    if figure.requirement.measure is not Measure.AMOUNT:
        return
    for entry in figure.entries:
        row = context.entries.get(entry.activity.path)
        title, anchor = (row.title, row.anchor) if row else (context.labels("progress.elsewhere"), "")
        for loss in entry.lost:
            if loss.rule:
                requirement = context.requirement_title(scheme, figure.requirement)
                lost = context.quantity(scheme, Quantity(loss.amount, figure.unit))
                yield UncountedAmount(title, anchor, requirement, lost, context.scheme_words(scheme, loss.rule))
