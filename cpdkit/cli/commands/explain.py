"""`cpd explain`: what a code means, why it matters, what is wrong and what is right."""

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
    """Return the codes that start so, with their titles."""
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
    help="How to print it.",
)
@output_options
def explain(codes: tuple[str, ...], output_format: str, console: Console) -> int:
    """Say what a CODE means, why it matters, and what is right.

    CPD3 or 3 lists the codes that start so; without a CODE, all are listed.
    """
    from cpdkit.checks.explain import as_page, explanations
    from cpdkit.cli.exits import FINE
    from cpdkit.documents.codes import OF_DOCUMENTS

    every = explanations(OF_DOCUMENTS)
    # For each code named, the explanations that it stands for.
    groups = [_explanations(every, word) for word in dict.fromkeys(codes)] or [every]
    if output_format == "json":
        hand_out(console, json_text(_data(groups)))
    elif output_format == "markdown":
        console.show(_markdown(groups) if codes else as_page(every).rstrip("\n"))
    else:
        console.show(_text(groups))
    return FINE


def code_of(word: str) -> str:
    """Return a code, or what codes start with, as it is written: `CPD301` for `cpd301` and `301`, `CPD3` for `3xx`."""
    code = re.sub(r"(?<=\d)X+$", "", word.strip().upper())
    return f"CPD{code}" if code.isdecimal() else code


def _explanations(every: Sequence[Explanation], word: str) -> Sequence[Explanation]:
    """Those whose codes start with a word. Raises UsageError, with the nearest code or the nearest of its theme."""
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
    where = f"cpd explain {theme} lists those of its theme" if family else "cpd explain lists them all"
    raise UsageError(f'there is no code "{word}"', f"{question}{where}")


def _text(groups: Sequence[Sequence[Explanation]]) -> str:
    """One code in full, several as a list."""
    from cpdkit.checks.explain import as_list, as_text

    return "\n\n\n".join(as_text(group[0]) if len(group) == 1 else as_list(group) for group in groups)


def _data(groups: Sequence[Sequence[Explanation]]) -> list[object]:
    from cpdkit.checks.explain import as_data

    return [as_data(each) for group in groups for each in group]


def _markdown(groups: Sequence[Sequence[Explanation]]) -> str:
    """All in full, one section each."""
    from cpdkit.checks.explain import as_markdown

    return "\n".join(as_markdown(each) for group in groups for each in group).rstrip("\n")
