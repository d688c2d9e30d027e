"""The pages of diagnostics: one for each code, and a list of them all."""

from collections.abc import Sequence
from itertools import groupby

from cpdkit.checks.explain import THEMES, Explanation, as_markdown

_INDEX = """\
# Diagnostics

Every problem that cpdkit reports has a code. A code never changes its meaning. `cpd explain CPD204` shows the same text
in the terminal.

| severity | meaning |
|---|---|
| error | You must fix it. If cpdkit cannot read the record because of it, reports omit the record and count it. |
| warning | You should fix it. The record still counts. |
| advice | You may want to look at it. Advice alone does not fail `cpd check`. |

If a problem is intended, accept it in the record, with your reason
(`accepted: {CPD306: a night shift, counted on the day it began}`), or change its severity for the whole journal in
`cpd.yaml` (`checks: {CPD311: off, CPD4: advice}`).
"""


def index(explanations: Sequence[Explanation]) -> str:
    """Return the list of all codes by theme, each with a link to its page."""
    parts = [_INDEX]
    for theme, group in groupby(explanations, lambda one: one.code[:4]):
        rows = [f"| [{one.code}]({one.code}.md) | {one.severity} | {one.title} |\n" for one in group]
        heading = THEMES[theme][:1].upper() + THEMES[theme][1:]
        parts.append(f"## {theme}xx: {heading}\n\n| code | severity | problem |\n|---|---|---|\n{''.join(rows)}")
    return "\n".join(parts)


def page(explanation: Explanation) -> str:
    """Return the page of one code."""
    return f"{as_markdown(explanation)}\n[All diagnostics](README.md)\n"
