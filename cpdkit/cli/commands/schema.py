"""`cpd schema`: write JSON Schemas of the front matter and of cpd.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options, renamed_option

if TYPE_CHECKING:
    from cpdkit.journal.value_schema import Words

USUAL = "activity"


@click.command()
@click.argument("kind", required=False)
@option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File for the schema. Default: - (standard output).",
)
@renamed_option(
    "--into",
    "folder",
    old="--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the schemas of all kinds. It is created if it does not exist.",
)
@option("--all", "every", is_flag=True, help="Write all kinds. Default folder: .schemas/ in your journal.")
@option("--confidential", is_flag=True, help="Include the words of confidential activities.")
@journal_option
@output_options
def schema(
    kind: str | None,
    output: Path | None,
    folder: Path | None,
    every: bool,
    confidential: bool,
    journal: Path | None,
    console: Console,
) -> int:
    """Write JSON Schemas for editors and validators.

    KIND is activity, objective, post, review, qualification, claim, people (for people.yaml) or member (for cpd.yaml).
    The default is activity. Without -o, --into or --all, the schema is printed.

    A schema lists the competences, topics, objectives, schemes and evidence of your journal, without those of
    confidential activities. Write it again when they change.

    \b
    cpd schema --all
    cpd schema member -o cpd.schema.json
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.editor.json_schema import KINDS, file_name, schema_for, written
    from cpdkit.errors import UsageError
    from cpdkit.text.write import make_folder, write_all, write_atomically

    if (every or folder) and (kind or output):
        raise UsageError("--all and --into write every kind", "remove KIND and -o, or remove --all and --into")
    if kind:
        _refuse_unknown(kind)
    root, words = _words(journal, confidential, console)
    if every or folder:
        place = None if folder else root or Path()
        folder = folder or (root or Path()) / ".schemas"
        make_folder(folder, place)
        files = {folder / file_name(each): written(schema_for(each, words)).encode() for each in KINDS}
        write_all(files, root=place)
        for path in files:
            console.say(f"wrote {path}")
        return FINE
    text = written(schema_for(kind or USUAL, words))
    if output is None or output == Path("-"):
        console.hand_over(text.encode())
        return FINE
    write_atomically(output, text.encode())
    console.say(f"wrote {output}")
    return FINE


def _refuse_unknown(kind: str) -> None:
    """Raise UsageError for an unknown kind."""
    from difflib import get_close_matches

    from cpdkit.editor.json_schema import KINDS
    from cpdkit.errors import UsageError

    if kind not in KINDS:
        near = get_close_matches(kind.lower(), KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"available kinds: {', '.join(KINDS)}"
        raise UsageError(f'unknown kind "{kind}"', hint)


def _words(journal: Path | None, confidential: bool, console: Console) -> tuple[Path | None, Words]:
    """Return the journal's folder and its words; without a journal, the built-in words."""
    from cpdkit.editor.words import shipped_words, words_in
    from cpdkit.errors import NoJournal
    from cpdkit.journal.load import find

    try:
        root = find(journal)
    except NoJournal:
        if journal:
            raise
        console.say("no journal found, so the schema has no objectives, topics and evidence")
        return None, shipped_words()
    return root, words_in(root, confidential)
