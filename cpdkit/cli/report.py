"""`cpd report`: documents from the selected activities."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import format_options, journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@click.argument("kind", required=False)
@option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where to write; the suffix says the format. Repeatable.",
)
@option("--out", metavar="DIR", type=click.Path(path_type=Path), help="The folder to write to, made if need be.")
@option("--codes/--no-codes", default=None, help="Show or hide competences; without it as cpd.yaml says.")
@option("--strict", is_flag=True, help="Make no report when an activity can't be read.")
@option("--builtin-templates", is_flag=True, help="Leave the journal's own templates out.")
@option("--list", "listed", is_flag=True, help="List the kinds of report.")
@option("--eject", is_flag=True, help="Copy the kind's template into the journal, to start your own from.")
@journal_option
@format_options
@selection_options("the kind's own, else cpd.yaml's, else the CPD year of the newest done activity")
@output_options
def report(
    kind: str | None,
    outputs: tuple[Path, ...],
    out: Path | None,
    formats: tuple[str, ...],
    codes: bool | None,
    strict: bool,
    builtin_templates: bool,
    listed: bool,
    eject: bool,
    journal: Path | None,
    choice: "Choice",
    console: Console,
) -> int:
    """Compile a document of a KIND from the selected activities.

    There are summary, detailed, annual-review, competences and development-plan, and those that you make; --list says
    what is in each. Without -o and --format: DOCX and PDF in the current folder, named by member, kind and period.

    \b
    cpd report detailed --period 2026 --to docx,pdf --out reports
    cpd report summary --from 2025-04 --to 2026-03 -o summary.pdf
    """  # fmt: skip
    from cpdkit.cli.compiling import Asked, compile_report, eject_kind, list_kinds
    from cpdkit.errors import UsageError

    if listed:
        return list_kinds(journal, builtin_templates, console)
    if not kind:
        raise UsageError("say which report, such as cpd report summary", "cpd report --list lists them all")
    if eject:
        return eject_kind(journal, kind, console)
    return compile_report(
        journal, choice, Asked(kind, outputs, formats, out, codes, strict, builtin_templates), console
    )
