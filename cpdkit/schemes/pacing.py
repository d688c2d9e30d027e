"""What there is to say of a figure: what is missing, what planned activities would make of it, where it leads to."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.schemes.rules import Measure
from cpdkit.schemes.standing import Figure, Standing, State, with_unit

FEWEST_DAYS = 28
"""Days of a period before which a pace says nothing."""


def pace(figure: Figure, period: Period, on: date) -> Fraction | None:
    """What would be recorded by the period's end if it went on as it has; None where that says nothing.

    Only for amounts in the period itself that has not ended; what was carried over is not part of the pace.
    """
    if figure.requirement.measure is not Measure.AMOUNT or figure.window != period or figure.parts:
        return None
    assert period.start and period.stop and period.days
    gone = (on - period.start).days + 1
    if gone < FEWEST_DAYS or gone >= period.days or figure.asked is None:
        return None
    return figure.carried + (figure.recorded - figure.carried) * period.days / gone


def closed_by_plans(figure: Figure) -> bool:
    """Whether what is planned would be enough for what is missing."""
    return figure.state is State.SHORT and figure.planned >= figure.short_by > 0


class Said(StrEnum):
    """What can be said of a figure; `amount`, `parts` or `day` come with it where the words below name them."""

    SHORT = "short"
    TOO_LONG = "too_long"
    MISSING = "missing"
    CLOSES = "closes"
    PACE = "pace"
    CARRIED = "carried"


def remarks(figure: Figure, standing: Standing) -> Iterator[tuple[Said, dict[str, str | date]]]:
    """What there is to say of a figure in a standing, with its facts: amounts with their units, days as they are."""
    short, unit = figure.state is State.SHORT, figure.unit
    if short and figure.requirement.measure is Measure.GAP:
        yield Said.TOO_LONG, {"amount": with_unit(figure.short_by, unit)}
    elif short and not figure.parts:
        yield Said.SHORT, {"amount": with_unit(figure.short_by, unit)}
    if missing := [part.title for part in figure.parts if not part.met]:
        yield Said.MISSING, {"parts": ", ".join(missing)}
    if closed_by_plans(figure):
        yield Said.CLOSES, {"amount": with_unit(figure.planned, unit)}
    elif short and standing.period.last and (end := pace(figure, standing.period, standing.on)):
        yield Said.PACE, {"amount": with_unit(end, unit), "day": standing.period.last}
    if figure.carried:
        yield Said.CARRIED, {"amount": with_unit(figure.carried, unit)}
