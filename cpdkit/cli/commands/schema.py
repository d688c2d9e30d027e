"""`cpd schema`: JSON Schemas of the front matter and of cpd.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options

if TYPE_CHECKING:
    from cpdkit.journal.value_schema import Words

USUAL = "activity"


@click.command()
@click.argument("kind", required=False)
@option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to write one schema.")
@option("--out", metavar="DIR", type=click.Path(path_type=Path), help="The folder to write all to, made if need be.")
@option("--all", "every", is_flag=True, help="All kinds; without --out into .schemas/ of the journal.")
@journal_option
@output_options
def schema(
    kind: str | None,
    output: Path | None,
    out: Path | None,
    every: bool,
    journal: Path | None,
    console: Console,
) -> int:
    """Write the JSON Schema of a KIND: activity, objective, post, review, or member for cpd.yaml.

    It knows the journal's own competences, topics, objectives, schemes and evidence, so make it anew now and then.
    Without -o and --out the schema is printed, that of an activity where no KIND is given.
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.editor.json_schema import KINDS, file_name, schema_for, written
    from cpdkit.errors import UsageError
    from cpdkit.text.write import make_folder, write_all, write_atomically

    if (every or out) and (kind or output):
        raise UsageError("--all and --out write every kind", "leave KIND and -o out, or --all and --out")
    if kind:
        _refuse_unknown(kind)
    root, words = _words(journal, console)
    if every or out:
        folder = out or (root or Path()) / ".schemas"
        make_folder(folder)
        files = {folder / file_name(each): written(schema_for(each, words)).encode() for each in KINDS}
        write_all(files)
        for path in files:
            console.say(f"wrote {path}")
        return FINE
    text = written(schema_for(kind or USUAL, words))
    if output is None:
        console.show(text.rstrip("\n"))
        return FINE
    write_atomically(output, text.encode())
    console.say(f"wrote {output}")
    return FINE


def _refuse_unknown(kind: str) -> None:
    """Raise UsageError for a kind that there is not."""
    from difflib import get_close_matches

    from cpdkit.editor.json_schema import KINDS
    from cpdkit.errors import UsageError

    if kind not in KINDS:
        near = get_close_matches(kind.lower(), KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(KINDS)}"
        raise UsageError(f'there is no kind "{kind}"', hint)


def _words(journal: Path | None, console: Console) -> tuple[Path | None, Words]:
    """The journal's folder and its words; where none is named and none found, what is shipped."""
    from cpdkit.editor.words import shipped_words, words_in
    from cpdkit.errors import NoJournal
    from cpdkit.journal.load import find

    try:
        root = find(journal)
    except NoJournal:
        if journal:
            raise
        console.say("there is no journal here, so the schema knows no objectives, topics and evidence")
        return None, shipped_words()
    return root, words_in(root)
