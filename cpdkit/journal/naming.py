"""Records found by any part of their files' names."""

from collections.abc import Iterable

from cpdkit.errors import UsageError

MOST_NAMED = 8


def identified(said: str, paths: Iterable[str], what: str = "activity") -> str:
    """The path that somebody means: its id, a path, or any part of the id that no other has.

    Raises UsageError, which names what fits where several do.
    """
    paths = sorted(paths)
    wanted = said.strip().removeprefix("./").casefold()
    tests = (
        lambda path: path.casefold() == wanted or path.casefold().endswith(f"/{wanted}"),
        lambda path: id_of(path).casefold() == wanted.removesuffix(".md"),
        lambda path: id_of(path).casefold().startswith(wanted),
        lambda path: wanted in id_of(path).casefold(),
    )
    for fits in tests:
        found = [path for path in paths if wanted and fits(path)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(id_of(path) for path in found[:MOST_NAMED])
            more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
            raise UsageError(f'"{said}" is a part of {len(found)} names', f"say more of one of them: {names}{more}")
    raise UsageError(f'there is no {what} "{said}"', "any part of its file's name will do")


def id_of(path: str) -> str:
    """A record's id: its file's name without `.md`."""
    return path.rpartition("/")[2].removesuffix(".md")
