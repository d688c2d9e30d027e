"""`cpd explain`: what a code means, why it matters, what is wrong and what is right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import option, output_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cpdkit.checks.explain import Explanation


FORMATS = ("text", "json", "markdown")


def completed(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes that start so, with their titles."""

    from click.shell_completion import CompletionItem

    from cpdkit.checks.registry import CODES
    from cpdkit.documents.problems import CODES as OF_DOCUMENTS

    start = code_in(incomplete)
    some = sorted({**CODES, **OF_DOCUMENTS}.items())
    return [CompletionItem(code, help=rule.title) for code, rule in some if code.startswith(start)]


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=completed)
@option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print it.")
@output_options
def explain(codes: tuple[str, ...], form: str, console: Console) -> int:
    """Say what a CODE means, why it matters, and what is right.

    CPD3 or 3 lists the codes that start so; without a CODE, all are listed.
    """
    from cpdkit.checks.explain import as_page, explanations
    from cpdkit.cli.exits import FINE
    from cpdkit.documents.problems import OF_DOCUMENTS

    every = explanations(OF_DOCUMENTS)
    if form == "markdown" and not codes:
        console.show(as_page(every).rstrip("\n"))
        return FINE
    console.show(SHOWN[form](wanted_in(every, codes)))
    return FINE


def wanted_in(every: tuple[Explanation, ...], codes: tuple[str, ...]) -> list[tuple[Explanation, ...]]:
    """For each code named, the explanations that it stands for; for none, all of them."""
    return [_named(every, word) for word in dict.fromkeys(codes)] or [every]


def _named(every: tuple[Explanation, ...], word: str) -> tuple[Explanation, ...]:
    start = code_in(word)
    if found := tuple(each for each in every if each.code.startswith(start)):
        return found
    raise _unknown([each.code for each in every], word, start)


def code_in(word: str) -> str:
    """A code, or what codes start with, as it is written: `cpd301`, `301`, `3xx`."""
    said = re.sub(r"(?<=\d)X+$", "", word.strip().upper())
    return f"CPD{said}" if said.isdecimal() else said


def _unknown(codes: list[str], word: str, start: str) -> Exception:
    """That there is no such code, with the one that looks most like it, or stands nearest in its theme."""
    from difflib import get_close_matches

    from cpdkit.errors import UsageError

    theme = start[:4]
    family = [code for code in codes if code.startswith(theme)] if re.fullmatch(r"CPD\d{2,}", start) else []
    number = int(start[3:]) if family else 0
    nearest = sorted(family, key=lambda code: abs(int(code[3:]) - number)) or get_close_matches(start, codes)
    asked = f"did you mean {nearest[0]}? " if nearest else ""
    lists = f"cpd explain {theme} lists those of its theme" if family else "cpd explain lists them all"
    return UsageError(f'there is no code "{word}"', f"{asked}{lists}")


def _text(wanted: list[tuple[Explanation, ...]]) -> str:
    """One code in full, several as a list."""
    from cpdkit.checks.explain import as_list, as_text

    return "\n\n\n".join(as_text(some[0]) if len(some) == 1 else as_list(some) for some in wanted)


def _json(wanted: list[tuple[Explanation, ...]]) -> str:
    """All of them in full, in one array."""
    import json

    from cpdkit.checks.explain import as_data

    return json.dumps([as_data(each) for some in wanted for each in some], ensure_ascii=False, indent=2)


def _markdown(wanted: list[tuple[Explanation, ...]]) -> str:
    """All of them in full, one section each."""
    from cpdkit.checks.explain import as_markdown

    return "\n".join(as_markdown(each) for some in wanted for each in some).rstrip("\n")


SHOWN = {"text": _text, "json": _json, "markdown": _markdown}
