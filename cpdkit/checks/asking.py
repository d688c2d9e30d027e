"""What the judging of one file asks of its surroundings, so that it is judged anew only when an answer changes."""

from collections.abc import Iterable, Iterator, Set
from typing import Any, NamedTuple

from cpdkit.checks.rule import Context
from cpdkit.journal.records import Member
from cpdkit.text.files import Disk, Stamp

MEMBER = "member"


class Asked(NamedTuple):
    """What one file's problems hang on beside its own bytes.

    `values` are names of the context's values (`day`, `member.checks`) that were looked at as a whole, `names` pairs of
    a set in the context and a name that was looked for in it, `files` the files that were asked for, as they were.
    """

    values: frozenset[str] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()
    files: tuple[tuple[str, Stamp | None], ...] = ()


class Changes:
    """What differs between two contexts, found out name by name as files need to know it."""

    def __init__(self, before: Context, after: Context) -> None:
        self._before = before
        self._after = after
        self._values: dict[str, bool] = {}
        self._names: dict[str, frozenset[str]] = {}

    def concern(self, asked: Asked) -> bool:
        """Whether an answer that a file got may be another now. Files are not looked at here."""
        return any(map(self.of_value, asked.values)) or any(name in self.of_set(of) for of, name in asked.names)

    def of_value(self, name: str) -> bool:
        """Whether a value differs; of the member itself, whether there is one."""
        if name not in self._values:
            self._values[name] = bool(value_of(self._before, name) != value_of(self._after, name))
        return self._values[name]

    def of_set(self, name: str) -> frozenset[str]:
        """What stands in only one of the two sets."""
        if name not in self._names:
            self._names[name] = value_of(self._before, name) ^ value_of(self._after, name)
        return self._names[name]


def value_of(context: Context, name: str) -> Any:
    """A value by the name that it is noted under."""
    if name == MEMBER:
        return context.member is None
    of, _, field = name.rpartition(".")
    return getattr(context.member if of else context, field, None)


class Asking(Context):
    """A context that notes what it is asked."""

    __slots__ = ("_files", "_names", "_real", "_values")

    def __init__(self, real: Context) -> None:
        for name, value in (("_real", real), ("_values", set()), ("_names", set()), ("_files", {})):
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__
        value = getattr(own(self, "_real"), name)
        if name == "disk":
            return _AskedDisk(value, own(self, "_files"))
        if isinstance(value, frozenset):
            return _AskedSet(value, name, own(self, "_values"), own(self, "_names"))
        own(self, "_values").add(name)
        return _AskedMember(value, own(self, "_values")) if name == MEMBER and value else value


def noted(context: Asking) -> Asked:
    """What a context was asked so far."""
    own = object.__getattribute__
    files: dict[str, Stamp | None] = own(context, "_files")
    return Asked(frozenset(own(context, "_values")), frozenset(own(context, "_names")), tuple(files.items()))


class _AskedMember(Member):
    """A member that notes which of its values are looked at."""

    __slots__ = ("_real", "_values")

    def __init__(self, real: Member, values: set[str]) -> None:
        object.__setattr__(self, "_real", real)
        object.__setattr__(self, "_values", values)

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__
        own(self, "_values").add(f"{MEMBER}.{name}")
        return getattr(own(self, "_real"), name)


class _AskedSet(Set[str]):
    """A set that notes which names are looked for; whoever looks at it in another way hangs on the whole of it."""

    __slots__ = ("_name", "_names", "_real", "_values")

    def __init__(self, real: frozenset[str], name: str, values: set[str], names: set[tuple[str, str]]) -> None:
        self._real = real
        self._name = name
        self._values = values
        self._names = names

    def __contains__(self, name: object) -> bool:
        self._names.add((self._name, str(name)))
        return name in self._real

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._all(), name)

    def _all(self) -> frozenset[str]:
        self._values.add(self._name)
        return self._real

    @classmethod
    def _from_iterable(cls, names: Iterable[Any]) -> Any:
        return frozenset(names)


class _AskedDisk(Disk):
    """A disk that notes which files are asked for, and as what they are found."""

    __slots__ = ("_files", "_real")

    def __init__(self, real: Disk, files: dict[str, Stamp | None]) -> None:
        super().__init__(real.root)
        self._real = real
        self._files = files

    @property
    def added(self) -> tuple[str, ...]:
        return self._real.added

    def read(self, path: str, limit: int) -> tuple[bytes, Stamp]:
        # Asked before it is read: what changes in between is then seen as changed.
        self.stamp(path)
        return self._real.read(path, limit)

    def stamp(self, path: str) -> Stamp | None:
        if path not in self._files:
            self._files[path] = self._real.stamp(path)
        return self._files[path]
