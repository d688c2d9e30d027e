"""What `cpd scheme list`, `show` and `eject` do once their options are read."""

from collections.abc import Iterator
from pathlib import Path

from cpdkit.cli.console import Console
from cpdkit.cli.tables import hand_out, json_text, table_lines
from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.listed import Row
from cpdkit.journal.loading import find, load
from cpdkit.journal.speaking import speak_day
from cpdkit.schemes.choosing import vocabulary_in
from cpdkit.schemes.describe import rules_lines
from cpdkit.schemes.known import FOLDER, Scheme, shipped_schemes
from cpdkit.schemes.own import Own
from cpdkit.schemes.reading import shipped_text
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.text.cells import printable
from cpdkit.text.writing import below, write_new


def show_list(place: Path | None, form: str, console: Console) -> None:
    """Print the schemes, those of the journal marked."""
    words = _words(place)
    schemes = [found for name in words.scheme_ids if (found := words.scheme(name))]
    rows: list[Row] = [
        {"id": each.id, "body": each.body, "title": each.title, "followed": each.id in words.followed,
         "from": each.path or "shipped"}
        for each in schemes
    ]  # fmt: skip
    if form == "json":
        hand_out(console, json_text(rows))
    else:
        shown: list[Row] = [row | {"followed": "yes" if row["followed"] else ""} for row in rows]
        console.show("\n".join(table_lines(shown, console.columns, colour=console.colour)))


def show_one(place: Path | None, name: str, console: Console) -> None:
    """Print what a scheme asks. Raises UsageError for one that there is not."""
    words = _words(place)
    scheme = words.scheme(name)
    if scheme is None:
        raise UsageError(f'there is no scheme "{name}"', f"there are: {', '.join(words.scheme_ids)}")
    console.show("\n".join(map(printable, _lines(scheme))))


def eject(place: Path | None, name: str, dry_run: bool, console: Console) -> None:
    """Write a shipped scheme's file into the journal. Raises UsageError, CannotWrite where it is there already."""
    if name not in shipped_schemes():
        raise UsageError(f'there is no shipped scheme "{name}"', f"there are: {', '.join(shipped_schemes())}")
    text = shipped_text(FOLDER, name).text
    if dry_run:
        console.show(text.rstrip("\n"))
        return
    path = f"{FOLDER}/{name}.yaml"
    write_new({below(find(place).resolve(), path): text.encode()})
    console.show(path)


def _words(place: Path | None) -> Vocabulary:
    """The schemes of a journal; where there is none, the shipped ones."""
    try:
        return vocabulary_in(load(find(place)))
    except NoJournal:
        if place is not None:
            raise
        return Vocabulary(Own())


def _lines(scheme: Scheme) -> Iterator[str]:
    yield f"{scheme.id}: {scheme.body}{', ' if scheme.title else ''}{scheme.title}"
    yield from rules_lines(scheme)
    for name, said in (("note", scheme.note), ("not certain", scheme.unsure), ("looked at", scheme.audit)):
        if said:
            yield f"{name}: {' '.join(said.split())}"
    if scheme.source:
        checked = f", checked on {speak_day(scheme.checked)}" if scheme.checked else ""
        yield f"source: {scheme.source}{checked}"
