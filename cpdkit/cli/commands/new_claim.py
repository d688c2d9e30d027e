"""`cpd new claim`: begin a competence statement of an application for registration."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, edit_option, journal_option, option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.journal.new_career import NewFile
    from cpdkit.journal.record_writer import Plain


@click.command("claim")
@click.argument("codes", metavar="CODE...", nargs=-1)
@option("--title", metavar="TEXT", help="A few words on what it is about.")
@option("-e", "--evidence", "evidence", metavar="ID", multiple=True, help="Activity, post or qualification that "
        "supports it. Repeatable.", shell_complete=complete_records)  # fmt: skip
@option("-m", "--note", "note", metavar="TEXT", default="", help="The statement itself.")
@edit_option
@journal_option
@dry_write_option
@output_options
def claim(
    codes: tuple[str, ...],
    title: str | None,
    evidence: tuple[str, ...],
    note: str,
    edit: bool | None,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Begin a competence statement of an application, as a file under claims/.

    CODE is a competence of your frameworks, such as B1. The file opens in your editor on a terminal.

    \b
    cpd new claim B1 --title "The trip at the substation" --evidence root-cause
    cpd new claim C3 --evidence mentoring -m "I mentored two graduates …"
    """
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.new_records import edit_draft, show_draft, write_draft
    from cpdkit.cli.record_choice import record_named
    from cpdkit.journal.load import load
    from cpdkit.journal.naming import id_of
    from cpdkit.journal.new_career import new_claim
    from cpdkit.journal.objectives import parse_claims
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.schemes.vocabulary import vocabulary_in
    from cpdkit.text.files import Disk

    if not codes:
        raise UsageError("CODE is missing", 'name the competence: cpd new claim B1 --title "The trip"')
    root = Path(os.path.realpath(find(journal)))
    words = vocabulary_in(load(root))
    for code in codes:
        if words.is_unknown(code.partition(":")[0]) or not _is_code(code):
            hint = "use codes of your frameworks, such as B1; put the title of an activity in quotes"
            raise UsageError(f'unknown competence "{code}"', hint)
    values: dict[str, Plain] = {"competences": parse_claims(codes)}
    if title:
        values["title"] = title.strip()
    if evidence:
        values["evidenced-by"] = [id_of(_supporting(record_named(root, name), name)) for name in evidence]

    def make_draft(taken: Sequence[str]) -> NewFile:
        return new_claim([*list_journal(Disk(str(root))).records["claims"], *taken], values, note)

    if dry_run:
        show_draft(make_draft(()), console)
        return FINE
    opens = False if note and edit is None else edit
    edit_draft(root, write_draft(root, make_draft), opens, conversation(console) is not None, console)
    return FINE


def _is_code(code: str) -> bool:
    return any(letter.isdigit() or letter.isupper() for letter in code)


def _supporting(path: str, name: str) -> str:
    """Return the path of a record that can support a claim. Raise UsageError for another one."""
    if path.partition("/")[0] not in ("activities", "career", "qualifications"):
        raise UsageError(f"{name} is {path}", "a claim is supported by activities, posts and qualifications")
    return path
