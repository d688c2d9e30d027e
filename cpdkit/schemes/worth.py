"""The worth of each activity in a window, before and after rounding and caps, with the reason for every loss."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from operator import attrgetter

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity
from cpdkit.journal.selection import is_within, minutes_within
from cpdkit.schemes.filters import Matcher, Matchers
from cpdkit.schemes.rules import Cap, Per, Rounding, Rules, Way, Worth
from cpdkit.schemes.standing import Entry, Lost
from cpdkit.schemes.windows import years_in

_ZERO = Fraction(0)
_HOURLY = Worth(per_hour=Fraction(1))


@dataclass(slots=True)
class _Item:
    """One activity while its amount is calculated; `left` is what still counts."""

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
    """The worth of activities under one set of rules."""

    def __init__(self, rules: Rules, matchers: Matchers) -> None:
        self.rules = rules
        self.matchers = matchers
        self._worth = [(matchers.of(each.of), each) for each in rules.worth]
        self._caps = [(each, matchers.of(each.of)) for each in rules.caps]
        self._timed: dict[tuple[Fraction, Minutes], tuple[Fraction, Fraction]] = {}

    def entries(
        self, activities: Iterable[Activity], window: Period, matches: Matcher, *, planned: bool = False
    ) -> list[Entry]:
        """Return the matching activities in a window; with `planned`, the planned ones instead of those that count.

        `activities` are sorted by date, and so is the result.
        """
        items = [
            self._item(each, window)
            for each in activities
            if each.status.counts is not planned and is_within(each, window) and matches(each)
        ]
        self._cap_entries(items, window)
        self._cap_window(items, window)
        return [Entry(each.activity, each.minutes, each.worth, each.left, tuple(each.lost)) for each in items]

    def rate(self, activity: Activity) -> Worth:
        """Return the first entry of `worth` that matches an activity."""
        return next((worth for matches, worth in self._worth if matches(activity)), _HOURLY)

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
            item.lose("Rounding", amount - left)
        return item

    def _at_once(self, activity: Activity, worth: Worth) -> Fraction:
        """Return the worth that does not depend on time. All of it counts on the activity's last day."""
        return Fraction(activity.units.get(worth.claimed) or 0) if worth.claimed else worth.per_entry or _ZERO

    def _over_time(self, minutes: Minutes, per_hour: Fraction) -> tuple[Fraction, Fraction]:
        """Return the worth of some minutes, before and after rounding. Few lengths occur, so each is cached."""
        known = self._timed.get((per_hour, minutes))
        if known is None:
            amount = minutes * per_hour / self.rules.hour
            known = self._timed[per_hour, minutes] = (amount, self._rounded(amount))
        return known

    def _rounded(self, amount: Fraction) -> Fraction:
        return rounded(amount, self.rules.rounding) if self.rules.rounding and amount else amount

    def _cap_entries(self, items: Sequence[_Item], window: Period) -> None:
        for cap, matches in self._caps:
            if cap.per is Per.ENTRY:
                for item in items:
                    if matches(item.activity) and item.left > cap.most:
                        item.lose(cap.title, item.left - cap.most)
            elif cap.per is Per.DAY:
                self._cap_days([item for item in items if matches(item.activity)], cap, window)

    def _cap_days(self, items: Sequence[_Item], cap: Cap, window: Period) -> None:
        """Limit each day to the cap, the first activities first."""
        spent: dict[date, Fraction] = {}
        for item in items:
            over = _ZERO
            for day, minutes in days_of(item.activity, window):
                share = item.left * Fraction(minutes, item.minutes) if item.minutes else _ZERO
                room = max(cap.most - spent.get(day, _ZERO), _ZERO)
                over += max(share - room, _ZERO)
                spent[day] = spent.get(day, _ZERO) + min(share, room)
            item.lose(cap.title, over)

    def _cap_window(self, items: Sequence[_Item], window: Period) -> None:
        """Limit the window and its years to the caps, the first activities first.

        Two caps are nested or do not overlap (other scheme files are rejected), so this is the most that can count in
        any order.
        """
        caps = [(cap, matches) for cap, matches in self._caps if cap.per in (Per.WINDOW, Per.YEAR)]
        years = [*years_in(window)] if any(cap.per is Per.YEAR for cap, _ in caps) else [window]
        room: dict[tuple[int, Period], Fraction] = {}
        for item in items if caps else ():
            matching = [(number, cap) for number, (cap, matches) in enumerate(caps) if matches(item.activity)]
            left = item.left
            for year, share in self._by_year(item, years) if matching else ():
                places = [(number, year if cap.per is Per.YEAR else window) for number, cap in matching]
                free = [room.setdefault(place, caps[place[0]][0].most) for place in places]
                counted = min([share, *free])
                left -= share - counted
                for place in places:
                    room[place] -= counted
            if left != item.left:
                item.lose(" and ".join(cap.title for _, cap in matching), item.left - left)

    def _by_year(self, item: _Item, years: Sequence[Period]) -> list[tuple[Period, Fraction]]:
        """Return what an activity counts in each of some years, by its minutes; what counts at once, in the last."""
        # Years follow each other, and there may be a hundred of them.
        first = max(bisect_right(years, item.activity.start, key=attrgetter("start")) - 1, 0)
        stop = bisect_right(years, item.activity.end, key=attrgetter("start"))
        own = [year for year in years[first:stop] if is_within(item.activity, year)]
        worth = self.rate(item.activity)
        if len(own) < 2 or worth.claimed or worth.per_entry is not None or not item.minutes:
            return [(own[-1] if own else years[-1], item.left)]
        return [(year, item.left * Fraction(minutes_within(item.activity, year), item.minutes)) for year in own]


def rounded(amount: Fraction, rounding: Rounding) -> Fraction:
    """Return an amount in whole steps; 0 if it is below the least."""
    steps = amount / rounding.step
    if rounding.way is Way.DOWN:
        whole = math.floor(steps)
    elif rounding.way is Way.UP:
        whole = math.ceil(steps)
    else:
        whole = math.floor(steps + Fraction(1, 2))
    in_steps = whole * rounding.step
    return in_steps if in_steps >= rounding.least else _ZERO


def days_of(activity: Activity, window: Period) -> list[tuple[date, Minutes]]:
    """Return the days of an activity in a window, with the minutes of each."""
    if activity.sessions:
        return [(each.date, each.minutes) for each in activity.sessions if window.contains(each.date)]
    days = ((activity.start + timedelta(at)) for at in range((activity.end - activity.start).days + 1))
    return [(day, minutes_within(activity, Period(day, day + timedelta(1)))) for day in days if window.contains(day)]
