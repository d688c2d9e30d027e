"""A journal's activities to the bytes of a file: which formats there are, what they need, what they can't hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import import_module
from typing import Any

from cpdkit.errors import ToolError, UsageError
from cpdkit.exchange.columns import Table, full_table, laid_out
from cpdkit.exchange.layouts import LAYOUTS
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Activity
from cpdkit.journal.selection import ALL_TIME, Choice, Selection, resolve, select


class Format(StrEnum):
    """What an export can be; also the suffix of its file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"
    ICS = "ics"
    PARQUET = "parquet"

    @property
    def is_binary(self) -> bool:
        """Whether a terminal can't show it."""
        return self in (Format.XLSX, Format.PARQUET)


TABLES = (Format.CSV, Format.XLSX)
"""The formats that take a layout."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to export as. `epoch` (seconds since 1970) dates what carries a date; `bom` is Excel's mark in CSV."""

    format: Format
    layout: str = ""
    bom: bool = False
    epoch: int = 0


class LibraryMissing(ToolError):
    """A format's library is not installed; it is too large to come with every installation."""

    def __init__(self, library: str, extra: str) -> None:
        hint = f"install it with the extra: pip install 'cpdkit[{extra}]'"
        super().__init__(library, f"{extra} needs {library}, which is not installed", hint)


def chosen(journal: Journal, choice: Choice, day: date | None = None) -> Selection:
    """The activities to export: all of every status, but for what the choice leaves out.

    Raises UsageError for what names nothing.
    """
    found = resolve(journal, choice.within(ALL_TIME).of_every_status(), day)
    unread = [path for path in journal.unread if path.startswith("activities/")]
    return select(journal.activities, len(unread), *found)


def checked(order: Order) -> Order:
    """The order, if it can be carried out. Raises UsageError."""
    if order.layout and order.layout not in LAYOUTS:
        raise UsageError(f'there is no layout "{order.layout}"', f"there are: {', '.join(LAYOUTS)}")
    if order.layout and order.format not in TABLES:
        raise UsageError(f"{order.format} has no layouts", "a layout is for csv and xlsx")
    if order.bom and order.format is not Format.CSV:
        raise UsageError(f"{order.format} takes no byte order mark", "--bom is for csv")
    return order


def format_of(name: str, file_name: str) -> Format:
    """The format named, else the one that a file's suffix says. Raises UsageError where neither says one."""
    said = name or file_name.rpartition(".")[2] if "." in file_name or name else ""
    known = ", ".join(Format)
    if not said:
        raise UsageError("say what to export as", f"with --format, or by the suffix of --out: {known}")
    if said.lower() not in list(Format):
        raise UsageError(f'there is no format "{said}"', f"there are: {known}")
    return Format(said.lower())


def exported_bytes(journal: Journal, activities: Sequence[Activity], order: Order) -> bytes:
    """The file. Raises LibraryMissing where the format's library is not installed."""
    return _MAKERS[order.format](journal, activities, order)


def cut_short(activities: Sequence[Activity], order: Order) -> tuple[str, ...]:
    """The paths of the activities of which the format can't hold every text whole."""
    if order.format is not Format.XLSX:
        return ()
    found: tuple[str, ...] = _module(Format.XLSX).too_long(_table(activities, order))
    return found


def _table(activities: Sequence[Activity], order: Order) -> Table:
    return laid_out(LAYOUTS[order.layout], activities) if order.layout else full_table(activities)


def _module(name: str) -> Any:
    """A format's module, which loads the format's library."""
    try:
        return import_module(f"cpdkit.exchange.exports.{name}")
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "pyarrow":
            raise LibraryMissing("pyarrow", "parquet") from None
        raise


_Maker = Callable[[Journal, Sequence[Activity], Order], bytes]
_MAKERS: Mapping[Format, _Maker] = {
    Format.CSV: lambda _, found, order: _module("csv").csv_bytes(_table(found, order), bom=order.bom),
    Format.XLSX: lambda _, found, order: _module("xlsx").xlsx_bytes(_table(found, order), order.epoch),
    Format.JSON: lambda journal, found, _: _module("json").json_bytes(journal, found),
    Format.JSONL: lambda _, found, __: _module("json").jsonl_bytes(found),
    Format.ICS: lambda _, found, order: _module("ics").ics_bytes(found, order.epoch),
    Format.PARQUET: lambda _, found, __: _module("parquet").parquet_bytes(found),
}
