"""Whether an activity is of a kind that a rule is about."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from cpdkit.dates.hours import HOUR
from cpdkit.journal.body import has_reflection
from cpdkit.journal.records import Activity
from cpdkit.schemes.rules import Filter, Of, Rules

Fits = Callable[[Activity], bool]
_SAID = {"evidence": "evidenced", "objectives": "linked"}
"""Where a filter's word is not the field's."""


class Fitting:
    """The filters of one set of rules. What a reflection takes to be found is looked for once an activity."""

    __slots__ = ("_reflected", "_rules")

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._reflected: dict[str, bool] = {}

    def of(self, what: Of) -> Fits:
        """A test for a filter, or for any of several categories; for nothing said, everything fits."""
        if isinstance(what, Filter):
            return _all_of([*self._tests(what)])
        if not what:
            return everything
        filters = [self.of(self._rules.categories[name]) for name in what if name in self._rules.categories]
        return filters[0] if len(filters) == 1 else lambda one: any(fits(one) for fits in filters)

    def _tests(self, by: Filter) -> Iterator[Fits]:
        """A test for each thing that a filter says, the quickest first."""
        if by.types:
            yield lambda one: one.type.value in by.types
        for name in ("structured", "planned", "verifiable", "evidence", "objectives"):
            said = getattr(by, _SAID.get(name, name))
            if said is not None:
                yield _is(said, name)
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
        if by.own:
            own = {name: said.casefold() for name, said in by.own.items()}
            yield lambda one: all(one.own.get(name, "").casefold() == said for name, said in own.items())
        if by.reflected is not None:
            yield lambda one: by.reflected is self.reflected(one)
        if by.any_of:
            yield self.of(by.any_of)
        if by.none_of:
            without = self.of(by.none_of)
            yield lambda one: not without(one)

    def reflected(self, one: Activity) -> bool:
        """Whether a report has anything to print of its reflection."""
        if one.path not in self._reflected:
            self._reflected[one.path] = has_reflection(one.body)
        return self._reflected[one.path]


def everything(_one: Activity) -> bool:
    """Everything fits."""
    return True


def _all_of(tests: Sequence[Fits]) -> Fits:
    if not tests:
        return everything
    return tests[0] if len(tests) == 1 else lambda one: all(fits(one) for fits in tests)


def _is(said: bool, field: str) -> Fits:
    """Whether a field is there, or true, as said; one that says nothing is not."""
    value = attrgetter(field)
    return lambda one: bool(value(one)) is said
