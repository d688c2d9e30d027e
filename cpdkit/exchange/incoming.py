"""What every reader of a foreign file makes of it: a table of texts, whatever it was before."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `where` names its place as its owner finds it (`log.xlsx, sheet CPD, row 7`).

    `cells` are as many as the table has headers: days as `2026-03-14`, durations as `1h30`, the rest as it was typed.
    `key` is the source's own name of the row (a calendar event's UID with its start), empty where it has none: the row
    is then known by its content. `faults` says by header what could not be read of it.
    """

    where: str
    cells: tuple[str, ...]
    key: str = ""
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, a sheet, a calendar or a folder of notes under their headers.

    `remarks` are sentences about what was passed over while it was read.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
