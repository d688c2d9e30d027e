"""How two scopes overlap: one within the other, not at all, or partly. Only their filters decide, not the records."""

from collections.abc import Mapping
from functools import cache

from cpdkit.schemes.rules import Filter, Of

_FLAGS = ("structured", "planned", "verifiable", "evidenced", "reflected", "linked")


class Overlap:
    """Compare scopes with the categories of one set of rules, none of which includes itself.

    What filters do not rule out is possible: an activity can have two topics, but has one type and one folder.
    """

    def __init__(self, categories: Mapping[str, Filter]) -> None:
        self._categories = categories
        # Categories name categories: without a cache the same pairs would be compared again and again.
        self._filters = cache(self._opened)
        self._is_within = cache(self._compare_within)
        self._is_apart = cache(self._compare_apart)

    def crosses(self, one: Of, other: Of) -> bool:
        """Whether an activity can be in both scopes, and in each without the other."""
        return not (self._is_apart(one, other) or self._is_within(one, other) or self._is_within(other, one))

    def nests(self, inner: Of, outer: Of) -> bool:
        """Whether every activity of the inner scope is in the outer one, or none of them."""
        return self._is_within(inner, outer) or self._is_apart(inner, outer)

    def _compare_within(self, inner: Of, outer: Of) -> bool:
        """Whether every activity of one scope is in the other."""
        outers = self._filters(outer)
        return all(any(self._implies(one, other) for other in outers) for one in self._filters(inner))

    def _compare_apart(self, one: Of, other: Of) -> bool:
        """Whether no activity is in both scopes."""
        others = self._filters(other)
        return all(self._excludes(a, b) or self._excludes(b, a) for a in self._filters(one) for b in others)

    def _opened(self, of: Of) -> tuple[Filter, ...]:
        """Return the filters of a scope; an activity matches any of them. A category of categories is expanded."""
        filters: dict[Filter, None] = {}
        seen: set[str] = set()
        waiting: list[Of] = [of or Filter()]
        while waiting:
            scope = waiting.pop()
            if isinstance(scope, tuple):
                waiting += [self._categories[name] for name in scope if name not in seen]
                seen.update(scope)
            elif scope.any_of and scope == Filter(any_of=scope.any_of):
                waiting.append(scope.any_of)
            else:
                filters[scope] = None
        return tuple(filters)

    def _implies(self, one: Filter, other: Filter) -> bool:
        """Whether whatever fits one filter fits the other: each part of the other is a part of the first."""
        topics = ({each.casefold() for each in some.topics} for some in (one, other))
        return (
            _is_among(one.types, other.types)
            and _is_among(*topics)
            and _is_among(one.skills, other.skills)
            and (not other.competences or _all_start(one.competences, other.competences))
            and (not other.folders or _all_start(_slashed(one.folders), _slashed(other.folders)))
            and all(getattr(other, name) in (None, getattr(one, name)) for name in _FLAGS)
            and (other.longer_than is None or (one.longer_than is not None and one.longer_than >= other.longer_than))
            and _folded(one.own_fields).items() >= _folded(other.own_fields).items()
            and (
                not other.any_of
                or self._is_within(one, other.any_of)
                or (bool(one.any_of) and self._is_within(one.any_of, other.any_of))
            )
            and all(self._is_apart(one, (name,)) for name in other.none_of)
        )

    def _excludes(self, one: Filter, other: Filter) -> bool:
        """Whether what fits one filter cannot fit the other."""
        mine, theirs = _folded(one.own_fields), _folded(other.own_fields)
        return (
            bool(one.types and other.types and not {*one.types} & {*other.types})
            or bool(one.folders and other.folders and not _any_nested(_slashed(one.folders), _slashed(other.folders)))
            or any({getattr(one, name), getattr(other, name)} == {True, False} for name in _FLAGS)
            or any(theirs.get(name, text) != text for name, text in mine.items())
            or any(self._is_within(other, (name,)) for name in one.none_of)
            or bool(one.any_of and self._is_apart(one.any_of, other))
        )


def _is_among(some: tuple[str, ...] | set[str], others: tuple[str, ...] | set[str]) -> bool:
    """Whether `some` is a subset of `others`. Empty means any word, so empty `some` is only in empty `others`."""
    return not others or (bool(some) and {*some} <= {*others})


def _all_start(some: tuple[str, ...], starts: tuple[str, ...]) -> bool:
    return bool(some) and all(each.startswith(starts) for each in some)


def _any_nested(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(one.startswith(other) or other.startswith(one) for one in some for other in others)


def _slashed(folders: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{each}/" for each in folders)


def _folded(own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name: text.casefold() for name, text in own}
