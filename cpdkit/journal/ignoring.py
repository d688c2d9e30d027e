"""Which files of a journal are passed over without a word: those of a fixed list, and those that the owner names."""

import re
from collections.abc import Sequence

from cpdkit.text.files import Skip

__all__ = ["ANYWHERE", "AT_THE_TOP", "Skip", "passed_over", "skipper"]

AT_THE_TOP = re.compile(r"README.*|LICENSE.*|LICENCE.*|Makefile|build/")
"""What is always passed over at the top of a journal (a folder's name ends in `/`)."""
ANYWHERE = re.compile(r"\..*|README\.md/?")
"""What is always passed over in every folder: hidden things, and a README that explains the folder."""


def skipper(patterns: Sequence[str]) -> Skip:
    """A function of (path from the journal, name, whether it is a folder) that says whether to pass it over."""
    own = [_compiled(pattern) for pattern in patterns if pattern.strip("/ ")]
    anywhere, at_the_top = ANYWHERE.fullmatch, AT_THE_TOP.fullmatch

    def skip(path: str, name: str, is_folder: bool) -> bool:
        if name[0] == "." or (name[:6] == "README" and anywhere(name)):
            return True
        if not own and "/" in path:
            return False
        told = path + "/" if is_folder else path
        if "/" not in path and at_the_top(told):
            return True
        return path != "cpd.yaml" and any(pattern.fullmatch(told) for pattern in own)

    return skip


def passed_over(path: str, skip: Skip) -> bool:
    """Whether a file, or a folder above it, is passed over."""
    parts = path.split("/")
    places = range(1, len(parts) + 1)
    return any(skip("/".join(parts[:count]), parts[count - 1], count < len(parts)) for count in places)


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as people know it from `.gitignore`: `*` within a name, `**` over folders, one without `/` anywhere."""
    body = pattern.strip().removeprefix("./").lstrip("/")
    folder = body.endswith("/")
    body = body.rstrip("/")
    prefix = "" if "/" in pattern.strip().rstrip("/") else "(?:.*/)?"
    if body.endswith("/**"):
        return re.compile(prefix + _translated(body[:-3]) + "/.*", re.DOTALL)
    return re.compile(prefix + _translated(body) + ("/" if folder else "/?"), re.DOTALL)


def _translated(body: str) -> str:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", body)
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(special.get(part) or re.escape(part) for part in parts)
