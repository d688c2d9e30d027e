"""Which formulas a writer can be given: each doubles Pandoc's time with every level of braces."""

import re

LONGEST_TEX = 2_000
"""Characters of TeX."""

DEEPEST_BRACES = 12
_BRACES = re.compile(r"[{}]")


def harmless(tex: str) -> bool:
    """Whether any writer of Pandoc can be given the formula: it is not too long, nor its braces too deep."""
    depth = deepest = 0
    for brace in _BRACES.findall(tex):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return len(tex) <= LONGEST_TEX and deepest <= DEEPEST_BRACES
