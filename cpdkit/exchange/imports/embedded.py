"""Files that a note embeds or links to, such as `![](scan.png)` and `![[certificate.pdf]]`: they become evidence.

Only files below the folder of the note, or of the notes, are read. Hidden files and links are not.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from cpdkit.exchange.imports.notes import ENDINGS, MOST_ENTRIES
from cpdkit.exchange.imports.table import Attachment, ImportedRow, ImportedTable
from cpdkit.journal.evidence import EVIDENCE_LIMIT
from cpdkit.journal.links import is_elsewhere, links, path_of, place_of
from cpdkit.journal.wiki_links import Targets, body_links
from cpdkit.text.files import Disk, FolderTree, list_folder, list_tree
from cpdkit.text.names import composed


def with_embedded(
    table: ImportedTable, folder: Path | None, path_of_row: Callable[[ImportedRow], str], *, is_tree: bool = False
) -> ImportedTable:
    """Return a table whose rows have the files that their texts link to; unchanged without a folder.

    `path_of_row` returns the path below `folder` of the file with the row. With `is_tree`, a `[[link]]` can name a file
    anywhere below the folder, otherwise only one in it.
    """
    if folder is None:
        return table
    files = _Files(folder, is_tree)
    rows = (replace(row, attachments=tuple(files.linked(row, path_of_row(row)))) for row in table.rows)
    return replace(table, rows=tuple(rows))


class _Files:
    """The files below a folder that texts can link to."""

    def __init__(self, folder: Path, is_tree: bool) -> None:
        self._disk = Disk(str(folder))
        self._is_tree = is_tree

    @cached_property
    def _named(self) -> Targets:
        """The files that a `[[link]]` can name."""
        left = MOST_ENTRIES

        def skip(_path: str, name: str, is_folder: bool) -> bool:
            nonlocal left
            left -= 1
            return left < 0 or name.startswith(".") or (is_folder and not self._is_tree)

        if self._is_tree:
            return Targets(list_tree(self._disk.root, "", skip).files)
        tree = FolderTree()
        list_folder(self._disk.root, "", skip, tree)
        return Targets(tree.files)

    def linked(self, row: ImportedRow, path: str) -> Iterator[Attachment]:
        """Yield the files that the texts of a row link to; `path` is that of its file."""
        places: dict[str, str] = {}
        for cell in row.cells:
            for link in links(cell):
                if place := self._place(link.address, path):
                    places.setdefault(link.address, place)
            for name in (link.name for link in body_links(cell)):
                named = self._named.named(name, path)
                if len(named) == 1 and _is_file(named[0]):
                    places.setdefault(name, named[0])
        for address, place in places.items():
            yield Attachment(place.rpartition("/")[2], partial(_bytes, self._disk, place), address)

    def _place(self, address: str, path: str) -> str:
        """Return the path of the file that a Markdown link leads to; empty for none.

        Programs that make web pages write addresses from the top folder.
        """
        if is_elsewhere(address):
            return ""
        way = path_of(address)
        place = place_of("", way.lstrip("/")) if way.startswith("/") else place_of(path, way)
        return place if place and _is_file(place) and self._disk.exists(composed(place)) else ""


def _is_file(place: str) -> bool:
    """Return whether a path may be that of evidence: it has an ending, and is neither a note nor hidden."""
    ending = PurePosixPath(place).suffix.lower().removeprefix(".")
    is_hidden = any(part.startswith(".") for part in place.split("/"))
    return bool(ending) and ending not in ENDINGS and not is_hidden


def _bytes(disk: Disk, path: str) -> bytes:
    return disk.read(path, EVIDENCE_LIMIT)[0]
