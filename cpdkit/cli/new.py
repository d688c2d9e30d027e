"""`cpd new`: an activity recorded in one line, or question by question."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.completing import STATUSES, TYPES, complete_ids, complete_objectives, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, journal_option, option, output_options


@click.command()
@click.argument("title", nargs=-1)
@option("-t", "--type", "type", metavar="TYPE", help="training, work-experience, academic-study, volunteering, event "
        "or self-study.", shell_complete=complete_words(TYPES))  # fmt: skip
@option("-d", "--date", "start", metavar="DAY", help="2026-03-14, yesterday, friday, 14 March; else today.")
@option("--end", metavar="DAY", help="The last day, where it took several.")
@option("--hours", metavar="TIME", help="1.5, 1h30 or 90 min.")
@option("-p", "--provider", metavar="NAME", help="Who gave it.")
@option("--location", metavar="PLACE", help="Where it was.")
@option("--role", metavar="TEXT", help="Your part in it, such as speaker.")
@option("--objective", "objectives", metavar="ID", multiple=True, help="What it leads to, a file under plan/. "
        "Repeatable.", shell_complete=complete_objectives)  # fmt: skip
@option(
    "-c", "--competence", "competences", metavar="CODE", multiple=True, help="A1, or A1:P with a level. Repeatable."
)
@option("--topic", "topics", metavar="TEXT", multiple=True, help="A topic. Repeatable.")
@option("--status", metavar="STATUS", help="done, planned …", shell_complete=complete_words(STATUSES))
@option("--planned", is_flag=True, help="It is still to come.")
@option("--set", "others", metavar="FIELD=VALUE", multiple=True, help="Any other field. Repeatable.")
@option("--like", metavar="ID", help="Take title, type, provider … from this one.", shell_complete=complete_ids)
@option("--folder", metavar="NAME", help="The folder below activities/; else as cpd.yaml says, else the year.")
@option("--template", metavar="NAME", help="The questions: iet, gibbs, kolb, star, cibse, none …")  # fmt: skip
@option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
@journal_option
@dry_write_option
@output_options
def new(title: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Record an activity, and print where.

    Only a TITLE is needed: cpd new "IET lecture: grid storage" --date yesterday --hours 1h30. Type and hours that you
    don't say are guessed from your own past, and what was guessed is said. Without a TITLE it asks, question by
    question. If you leave the file as it was in the editor, nothing is recorded.
    """
    from cpdkit.cli.capturing import Asked, recorded

    return recorded(Asked(" ".join(title), journal, dry_run, **given), console)
