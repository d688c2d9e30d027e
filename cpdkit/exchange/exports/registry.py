"""The formats of an export, and the module that writes each; `imports/registry.py` is the other way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from cpdkit.errors import ToolError, UsageError
from cpdkit.exchange.export_columns import ExportTable, full_table, layout_table
from cpdkit.exchange.layouts import LAYOUTS
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Activity


class Format(StrEnum):
    """The formats of an export. The value of those of activities is also the suffix of the file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"
    ICS = "ics"
    PARQUET = "parquet"
    JSON_RESUME = "json-resume"
    RENDERCV = "rendercv"
    EUROPASS = "europass"

    @property
    def is_binary(self) -> bool:
        """Whether a terminal cannot show it."""
        return self in (Format.XLSX, Format.PARQUET)


OF_CV = (Format.JSON_RESUME, Format.RENDERCV, Format.EUROPASS)
"""The formats of a CV, which contain more than activities."""
_NOT_IN: Mapping[Format, tuple[str, ...]] = {
    Format.RENDERCV: (
        "links other than the first",
        "addresses of publications",
        "phone numbers that do not begin with +",
    ),
    Format.EUROPASS: ("certificates and training", "volunteering", "publications", "interests", "references"),
}
TABLES = (Format.CSV, Format.XLSX)
"""The formats for which a layout can be chosen."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Options of an export. `epoch` (seconds since 1970) is the date of the file; `bom` adds a byte order mark to CSV.

    Raises UsageError for options that the format does not have.
    """

    format: Format
    layout: str = ""
    bom: bool = False
    epoch: int = 0

    def __post_init__(self) -> None:
        if self.layout and self.layout not in LAYOUTS:
            raise UsageError(f'unknown layout "{self.layout}"', f"available layouts: {', '.join(LAYOUTS)}")
        if self.layout and self.format not in TABLES:
            raise UsageError(
                f"--layout and the format {self.format} cannot be combined", "use csv or xlsx, or remove --layout"
            )
        if self.bom and self.format is not Format.CSV:
            raise UsageError(f"--bom and the format {self.format} cannot be combined", "use csv, or remove --bom")


class LibraryMissing(ToolError):
    """A format's library is not installed. It is optional, because it is large."""

    def __init__(self, library: str, extra: str) -> None:
        hint = f"install it: pip install 'cpdkit[{extra}]'"
        super().__init__(library, f"{extra} needs {library}, which is not installed", hint)


def without_place(journal: Journal, format_name: Format) -> list[str]:
    """Return what a CV has and its format has no place for, in words."""
    from cpdkit.exchange.exports.json_resume import without_place as without_place_in_resume  # noqa: PLC0415  a CV only

    return [*without_place_in_resume(journal), *_NOT_IN.get(format_name, ())]


def format_of(name: str, file_name: str) -> Format:
    """Return the format by its name, otherwise by the file's suffix. Raises UsageError for none or an unknown one."""
    name = name or (file_name.rpartition(".")[2] if "." in file_name else "")
    known = ", ".join(Format)
    if not name:
        raise UsageError("the format of the export is missing", f"add --format, or a suffix to -o: {known}")
    if name.lower() not in list(Format):
        raise UsageError(f'unknown format "{name}"', f"available formats: {known}")
    return Format(name.lower())


def exported_bytes(journal: Journal, activities: Sequence[Activity], options: ExportOptions) -> bytes:
    """Return the bytes of the file. Raises LibraryMissing if the format's library is not installed."""
    return _MAKERS[options.format](journal, activities, options)


def cut_short(activities: Sequence[Activity], options: ExportOptions) -> tuple[str, ...]:
    """Return the paths of the activities with a text that is too long for the format."""
    if options.format is not Format.XLSX:
        return ()
    paths: tuple[str, ...] = _module(Format.XLSX).too_long(_table(activities, options))
    return paths


def _table(activities: Sequence[Activity], options: ExportOptions) -> ExportTable:
    return layout_table(LAYOUTS[options.layout], activities) if options.layout else full_table(activities)


def _module(name: str) -> Any:
    """Load a format's module, and with it the format's library."""
    try:
        return import_module(f"cpdkit.exchange.exports.{name}")
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "pyarrow":
            raise LibraryMissing("pyarrow", "parquet") from None
        raise


_Maker = Callable[[Journal, Sequence[Activity], ExportOptions], bytes]
_MAKERS: Mapping[Format, _Maker] = {
    Format.CSV: lambda _, activities, options: _module("csv").csv_bytes(_table(activities, options), bom=options.bom),
    Format.XLSX: lambda _, activities, options: _module("xlsx").xlsx_bytes(_table(activities, options), options.epoch),
    Format.JSON: lambda journal, activities, _: _module("json").json_bytes(journal, activities),
    Format.JSONL: lambda _, activities, __: _module("json").jsonl_bytes(activities),
    Format.ICS: lambda _, activities, options: _module("ics").ics_bytes(activities, options.epoch),
    Format.PARQUET: lambda _, activities, __: _module("parquet").parquet_bytes(activities),
    Format.JSON_RESUME: lambda journal, activities, _: _module("json_resume").resume_bytes(journal, activities),
    Format.RENDERCV: lambda journal, activities, _: _module("rendercv").rendercv_bytes(journal, activities),
    Format.EUROPASS: lambda journal, activities, _: _module("europass").europass_bytes(journal, activities),
}
