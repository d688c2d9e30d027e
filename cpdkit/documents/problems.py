"""What was found while a body was read, before it has a file and a place in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a body that its owner should know. `line` counts from 1 in the body; 0 where it is not known."""

    code: str
    message: str
    hint: str = ""
    line: int = 0
