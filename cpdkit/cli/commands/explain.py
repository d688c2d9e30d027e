"""`cpd explain`: explain what a code means, why it matters and how to fix the problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import option, output_options
from cpdkit.cli.tables import hand_out, json_text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cpdkit.checks.explain import Explanation

FORMATS = ("text", "json", "markdown")


def complete_codes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes that start with the incomplete word, with their titles."""
    from click.shell_completion import CompletionItem

    from cpdkit.checks.registry import CODES
    from cpdkit.documents.codes import CODES as OF_DOCUMENTS

    start = code_of(incomplete)
    codes = sorted({**CODES, **OF_DOCUMENTS}.items())
    return [CompletionItem(code, help=rule.title) for code, rule in codes if code.startswith(start)]


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=complete_codes)
@option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Output format.",
)
@output_options
def explain(codes: tuple[str, ...], output_format: str, console: Console) -> int:
    """Explain what a problem code means and how to fix it.

    The beginning of a code, such as CPD3 or 3, lists all codes that start with it. Without a CODE, all codes are
    listed.

    \b
    cpd explain CPD204
    cpd explain CPD3
    """
    from cpdkit.checks.explain import explanations
    from cpdkit.cli.exits import FINE
    from cpdkit.documents.explained import OF_DOCUMENTS

    every = explanations(OF_DOCUMENTS)
    # One group of explanations for each CODE.
    groups = [_explanations(every, word) for word in dict.fromkeys(codes)] or [every]
    if output_format == "json":
        hand_out(console, json_text(_data(groups)))
    elif output_format == "markdown":
        console.page(_markdown(groups))
    else:
        console.page(_text(groups))
    return FINE


def code_of(word: str) -> str:
    """Return a code or the beginning of one in its usual form: `CPD301` for `cpd301` and `301`, `CPD3` for `3xx`."""
    code = re.sub(r"(?<=\d)X+$", "", word.strip().upper())
    return f"CPD{code}" if code.isdecimal() else code


def _explanations(every: Sequence[Explanation], word: str) -> Sequence[Explanation]:
    """Return the explanations whose codes start with a word. Raises UsageError, with the nearest code as a hint."""
    from difflib import get_close_matches

    from cpdkit.errors import UsageError

    start = code_of(word)
    if matches := [each for each in every if each.code.startswith(start)]:
        return matches
    codes, theme = [each.code for each in every], start[:4]
    family = [code for code in codes if code.startswith(theme)] if re.fullmatch(r"CPD\d{2,}", start) else []
    number = int(start[3:]) if family else 0
    nearest = sorted(family, key=lambda code: abs(int(code[3:]) - number)) or get_close_matches(start, codes)
    question = f"did you mean {nearest[0]}? " if nearest else ""
    where = f"list the codes of {theme} with cpd explain {theme}" if family else "list all codes with cpd explain"
    raise UsageError(f'unknown code "{word}"', f"{question}{where}")


def _text(groups: Sequence[Sequence[Explanation]]) -> str:
    """Return one code in full, several as a list."""
    from cpdkit.checks.explain import as_list, as_text

    return "\n\n\n".join(as_text(group[0]) if len(group) == 1 else as_list(group) for group in groups)


def _data(groups: Sequence[Sequence[Explanation]]) -> list[object]:
    from cpdkit.checks.explain import as_data

    return [as_data(each) for group in groups for each in group]


def _markdown(groups: Sequence[Sequence[Explanation]]) -> str:
    """Return all codes in full, in one section each."""
    from cpdkit.checks.explain import as_markdown

    return "\n".join(as_markdown(each) for group in groups for each in group).rstrip("\n")
