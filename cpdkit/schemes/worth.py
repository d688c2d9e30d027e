"""What each activity is worth in a window, before and after rounding and caps, with every loss named."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity
from cpdkit.journal.selection import is_within, minutes_within
from cpdkit.schemes.capping import counted
from cpdkit.schemes.fitting import Fits, Fitting
from cpdkit.schemes.rules import Cap, Per, Rounding, Rules, Way, Worth
from cpdkit.schemes.standing import Entry, Lost

_ZERO = Fraction(0)
_HOURLY = Worth(per_hour=Fraction(1))


@dataclass(slots=True)
class _Item:
    """One activity while its amount is worked out; `left` is what still counts."""

    activity: Activity
    minutes: Minutes
    worth: Fraction
    left: Fraction
    lost: list[Lost] = field(default_factory=list)

    def lose(self, rule: str, amount: Fraction) -> None:
        if amount:
            self.left -= amount
            self.lost.append(Lost(rule, amount))


class Scale:
    """What activities are worth by one set of rules."""

    def __init__(self, rules: Rules, fitting: Fitting) -> None:
        self.rules = rules
        self.fitting = fitting
        self._worth = [(fitting.of(each.of), each) for each in rules.worth]
        self._caps = [(each, fitting.of(each.of)) for each in rules.caps]
        self._timed: dict[tuple[Fraction, Minutes], tuple[Fraction, Fraction]] = {}

    def entries(
        self, activities: Iterable[Activity], window: Period, fits: Fits, *, planned: bool = False
    ) -> list[Entry]:
        """The activities in a window that fit, by date and id; `planned` ones instead of those that count.

        `activities` are in the order of their dates already.
        """
        items = [
            self._item(each, window)
            for each in activities
            if each.status.counts is not planned and is_within(each, window) and fits(each)
        ]
        self._cap_entries(items, window)
        self._cap_window(items)
        return [Entry(each.activity, each.minutes, each.worth, each.left, tuple(each.lost)) for each in items]

    def rate(self, activity: Activity) -> Worth:
        """The line of the rules that says what an activity is worth."""
        return next((worth for fits, worth in self._worth if fits(activity)), _HOURLY)

    def _item(self, activity: Activity, window: Period) -> _Item:
        minutes = minutes_within(activity, window)
        worth = self.rate(activity)
        if worth.claimed or worth.per_entry is not None:
            amount = self._at_once(activity, worth) if window.contains(activity.end) else _ZERO
            left = self._rounded(amount)
        else:
            amount, left = self._over_time(minutes, worth.per_hour or _ZERO)
        item = _Item(activity, minutes, amount, amount)
        if left is not amount:
            item.lose("rounding", amount - left)
        return item

    def _at_once(self, activity: Activity, worth: Worth) -> Fraction:
        """What does not depend on time; all of it counts on the activity's last day."""
        return Fraction(activity.units.get(worth.claimed) or 0) if worth.claimed else worth.per_entry or _ZERO

    def _over_time(self, minutes: Minutes, per_hour: Fraction) -> tuple[Fraction, Fraction]:
        """What some minutes are worth, before and after rounding. Few lengths occur, so each is reckoned once."""
        known = self._timed.get((per_hour, minutes))
        if known is None:
            amount = minutes * per_hour / self.rules.hour
            known = self._timed[per_hour, minutes] = (amount, self._rounded(amount))
        return known

    def _rounded(self, amount: Fraction) -> Fraction:
        return rounded(amount, self.rules.rounding) if self.rules.rounding and amount else amount

    def _cap_entries(self, items: Sequence[_Item], window: Period) -> None:
        for cap, fits in self._caps:
            if cap.per is Per.ENTRY:
                for item in items:
                    if fits(item.activity) and item.left > cap.most:
                        item.lose(cap.title, item.left - cap.most)
            elif cap.per is Per.DAY:
                self._cap_days([item for item in items if fits(item.activity)], cap, window)

    def _cap_days(self, items: Sequence[_Item], cap: Cap, window: Period) -> None:
        """Of each day no more than the cap, the first activities first."""
        spent: dict[date, Fraction] = {}
        for item in items:
            over = _ZERO
            for day, minutes in days_of(item.activity, window):
                share = item.left * Fraction(minutes, item.minutes) if item.minutes else _ZERO
                room = max(cap.most - spent.get(day, _ZERO), _ZERO)
                over += max(share - room, _ZERO)
                spent[day] = spent.get(day, _ZERO) + min(share, room)
            item.lose(cap.title, over)

    def _cap_window(self, items: Sequence[_Item]) -> None:
        caps = [(number, cap, fits) for number, (cap, fits) in enumerate(self._caps) if cap.per is Per.WINDOW]
        if not caps:
            return
        kinds = [frozenset(number for number, _, fits in caps if fits(item.activity)) for item in items]
        taken = counted([item.left for item in items], kinds, {number: cap.most for number, cap, _ in caps})
        titles = {number: cap.title for number, cap, _ in caps}
        for item, kind, amount in zip(items, kinds, taken, strict=True):
            if amount is not item.left:
                item.lose(" and ".join(titles[each] for each in sorted(kind)), item.left - amount)


def rounded(amount: Fraction, how: Rounding) -> Fraction:
    """An amount in steps; below the least it is nothing."""
    steps = amount / how.step
    if how.way is Way.DOWN:
        whole = math.floor(steps)
    elif how.way is Way.UP:
        whole = math.ceil(steps)
    else:
        whole = math.floor(steps + Fraction(1, 2))
    found = whole * how.step
    return found if found >= how.least else _ZERO


def days_of(activity: Activity, window: Period) -> list[tuple[date, Minutes]]:
    """The days of an activity in a window, with the minutes of each."""
    if activity.sessions:
        return [(each.date, each.minutes) for each in activity.sessions if window.contains(each.date)]
    days = ((activity.start + timedelta(at)) for at in range((activity.end - activity.start).days + 1))
    return [(day, minutes_within(activity, Period(day, day + timedelta(1)))) for day in days if window.contains(day)]
