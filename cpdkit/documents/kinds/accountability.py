"""The accountability diagram in a document: the drawing for each post, with the same in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from cpdkit.documents.career_view import Accountability, PostDiagram
from cpdkit.documents.diagram.svg import Captioned, drawn, drawn_together, is_legible
from cpdkit.documents.kinds.career import tenure
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.literal import phrase_of
from cpdkit.documents.view import Diagram
from cpdkit.journal.records import ME, Post
from cpdkit.journal.reporting import Colleague, Organisation, organisation_on


def accountability(context: ReportContext) -> Accountability:
    """Return the diagrams of the posts of the period; without a period, of the present one and those before."""
    posts = [each for each in context.journal.posts if context.period.overlaps(each.start, each.end or context.today)]
    posts.sort(key=lambda each: (each.start, each.path), reverse=True)
    charts = [chart for post in posts if (chart := _chart_of(context, post))]
    made = [_of_post(context, chart, number) for number, chart in enumerate(charts, start=1)]
    return Accountability(tuple(made), _together(context, charts) if charts else None)


def diagram_on(context: ReportContext, day: date, key: str) -> Diagram | None:
    """Return the drawing of a date, or None without reporting lines."""
    organisation = organisation_of(context, day)
    return None if organisation.is_empty else _diagram(context, organisation, key)


def organisation_of(context: ReportContext, day: date, post: Post | None = None) -> Organisation:
    """Return the people around the owner on a date: three levels above and below, or two if three do not fit.

    `post` is one of the posts of that date, if there are several.
    """
    journal, member = context.journal, context.member
    for levels in (3, 2):
        organisation = organisation_on(member, journal.people, [post] if post else journal.posts, day, levels)
        if is_legible(organisation):
            break
    return organisation


def _chart_of(context: ReportContext, post: Post) -> Captioned | None:
    """Return the organisation of a post on its last day, or on the day of the report; None without reporting lines."""
    day = min(filter(None, (post.end, context.day)), default=context.day)
    if day < post.start:
        return None
    organisation = organisation_of(context, day, post)
    if organisation.is_empty:
        return None
    as_of = context.labels("chart.as_of", day=context.long_date(day))
    caption = f"{post.role}, {post.employer}, {as_of}"
    return Captioned(caption, organisation, tuple(_notes(context, organisation)))


def _of_post(context: ReportContext, chart: Captioned, number: int) -> PostDiagram:
    organisation = chart.organisation
    post = organisation.post
    assert post is not None
    return PostDiagram(
        f"{post.role}, {post.employer}",
        (tenure(context, post), context.labels("chart.as_of", day=context.long_date(organisation.day))),
        _diagram(context, organisation, f"chart{number}"),
        chart.notes,
    )


def _together(context: ReportContext, charts: Sequence[Captioned]) -> Diagram:
    """Return all diagrams as one drawing, for the formats of drawings."""
    alt = phrase_of((words for chart in charts for words in sentences(context, chart.organisation)), " ")
    drawing = drawn_together(charts, alt)
    return Diagram("together", drawing.svg, drawing.printed_width, alt)


def _diagram(context: ReportContext, organisation: Organisation, key: str) -> Diagram:
    alt = phrase_of(sentences(context, organisation), " ")
    drawing = drawn(organisation, alt)
    return Diagram(key, drawing.svg, drawing.printed_width, alt)


def _notes(context: ReportContext, organisation: Organisation) -> Iterator[str]:
    if any(each.dotted for each in organisation.reports):
        yield context.labels("chart.dotted")
    if organisation.omitted:
        yield context.labels.count("chart.omitted", organisation.omitted)


def sentences(context: ReportContext, organisation: Organisation) -> Iterator[str]:
    """Yield what the diagram shows, in sentences: the people, and who reports to whom."""
    labels = context.labels
    yield labels("chart.alt", name=context.member.full_name, day=context.long_date(organisation.day))
    for person in organisation.colleagues:
        for dotted in (False, True):
            names = [
                _name(organisation.named(each.person))
                for each in organisation.reports
                if each.to == person.id and each.dotted is dotted
            ]
            if names:
                key = "chart.directs" if dotted else "chart.manages"
                yield labels(key, name=_name(person), names="; ".join(names))


def _name(colleague: Colleague) -> str:
    many = str(colleague.count) if colleague.count > 1 else ""
    about = (colleague.role, colleague.organisation, colleague.registration, many)
    words = ", ".join(part for part in about if part)
    return f"{colleague.name} ({words})" if words and colleague.id != ME else colleague.name
