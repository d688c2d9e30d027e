"""Turn the filters of a scheme into tests of one activity."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from cpdkit.dates.hours import HOUR
from cpdkit.journal.records import Activity
from cpdkit.journal.sections import has_reflection
from cpdkit.schemes.rules import Filter, Of, Rules

Matcher = Callable[[Activity], bool]
_FLAGS = {
    "structured": "structured",
    "planned": "planned",
    "verifiable": "verifiable",
    "evidenced": "evidence",
    "linked": "objectives",
}
"""From a filter's flag to the activity's field that must have a value, or be true."""


class Matchers:
    """Make the tests of one set of rules. Each activity is searched for a reflection only once."""

    __slots__ = ("_reflected", "_rules")

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._reflected: dict[str, bool] = {}

    def of(self, scope: Of) -> Matcher:
        """Return the test for a filter or for any of several categories. An empty scope gives a test that all pass."""
        if isinstance(scope, Filter):
            return _all_of([*self._tests(scope)])
        if not scope:
            return any_activity
        matchers = [self.of(self._rules.categories[name]) for name in scope if name in self._rules.categories]
        return matchers[0] if len(matchers) == 1 else lambda one: any(matches(one) for matches in matchers)

    def _tests(self, by: Filter) -> Iterator[Matcher]:
        """Yield a test for each part of a filter, the quickest first."""
        if by.types:
            yield lambda one: one.type.value in by.types
        for flag, name in _FLAGS.items():
            wanted = getattr(by, flag)
            if wanted is not None:
                yield _has(name, wanted)
        if by.longer_than is not None:
            least = by.longer_than * HOUR
            yield lambda one: one.minutes > least
        if by.skills:
            yield lambda one: any(each in by.skills for each in one.skills)
        if by.topics:
            topics = {each.casefold() for each in by.topics}
            yield lambda one: any(each.casefold() in topics for each in one.topics)
        if by.competences:
            yield lambda one: any(each.code.startswith(by.competences) for each in one.competences)
        if by.folders:
            yield lambda one: any(f"{one.folder}/".startswith(f"{each}/") for each in by.folders)
        if by.own_fields:
            own = {name: text.casefold() for name, text in by.own_fields}
            yield lambda one: all(one.own.get(name, "").casefold() == text for name, text in own.items())
        if by.reflected is not None:
            yield lambda one: by.reflected is self.is_reflected(one)
        if by.any_of:
            yield self.of(by.any_of)
        if by.none_of:
            excluded = self.of(by.none_of)
            yield lambda one: not excluded(one)

    def is_reflected(self, one: Activity) -> bool:
        """Whether an activity has a reflection that a report would print."""
        if one.path not in self._reflected:
            self._reflected[one.path] = has_reflection(one.body)
        return self._reflected[one.path]


def any_activity(_one: Activity) -> bool:
    """Pass every activity."""
    return True


def _all_of(tests: Sequence[Matcher]) -> Matcher:
    if not tests:
        return any_activity
    return tests[0] if len(tests) == 1 else lambda one: all(matches(one) for matches in tests)


def _has(name: str, wanted: bool) -> Matcher:
    """Return the test that a field has a value, or is true, or the opposite. An empty field has no value."""
    value = attrgetter(name)
    return lambda one: bool(value(one)) is wanted
