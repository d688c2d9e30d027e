"""Where a running period would end at the pace so far, and what planned activities would make of it."""

from datetime import date
from fractions import Fraction

from cpdkit.journal.period import Period
from cpdkit.schemes.rules import Measure
from cpdkit.schemes.standing import Figure, State

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
