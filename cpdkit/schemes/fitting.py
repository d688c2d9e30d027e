"""Whether an activity is of a kind that a rule is about."""

from collections.abc import Callable

from cpdkit.journal.body import has_reflection
from cpdkit.journal.minutes import HOUR
from cpdkit.journal.records import Activity
from cpdkit.schemes.rules import Filter, Of, Rules

Fits = Callable[[Activity], bool]
_ANY = Filter()


class Fitting:
    """The filters of one set of rules. What a reflection takes to be found is looked for once an activity."""

    __slots__ = ("_reflected", "_rules")

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._reflected: dict[str, bool] = {}

    def of(self, what: Of) -> Fits:
        """A test for a filter, or for any of several categories; for nothing said, everything fits."""
        if isinstance(what, Filter):
            return everything if what == _ANY else lambda one: self.fits(one, what)
        if not what:
            return everything
        filters = [self._rules.categories[name] for name in what if name in self._rules.categories]
        return lambda one: any(self.fits(one, each) for each in filters)

    def fits(self, one: Activity, by: Filter) -> bool:
        return (
            (not by.types or one.type.value in by.types)
            and (not by.topics or _shares(one.topics, by.topics))
            and (not by.skills or any(each in by.skills for each in one.skills))
            and (not by.competences or any(each.code.startswith(by.competences) for each in one.competences))
            and (not by.folders or any(f"{one.folder}/".startswith(f"{each}/") for each in by.folders))
            and all(
                said is None or said is bool(there)
                for said, there in (
                    (by.structured, one.structured),
                    (by.planned, one.planned),
                    (by.verifiable, one.verifiable),
                    (by.evidenced, one.evidence),
                    (by.linked, one.objectives),
                )
            )
            and (by.reflected is None or by.reflected is self.reflected(one))
            and (by.longer_than is None or one.minutes > by.longer_than * HOUR)
            and all(one.own.get(name, "").casefold() == said.casefold() for name, said in by.own.items())
            and (not by.any_of or self.of(by.any_of)(one))
            and not (by.none_of and self.of(by.none_of)(one))
        )

    def reflected(self, one: Activity) -> bool:
        """Whether a report has anything to print of its reflection."""
        if one.path not in self._reflected:
            self._reflected[one.path] = has_reflection(one.body)
        return self._reflected[one.path]


def everything(_one: Activity) -> bool:
    """Everything fits."""
    return True


def _shares(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    wanted = {each.casefold() for each in others}
    return any(each.casefold() in wanted for each in some)
