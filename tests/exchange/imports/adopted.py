"""The activities that an import makes of a file, for tests of its kinds."""

from pathlib import Path

from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.imports.registry import read_table
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.journal.edit import record_of
from cpdkit.journal.new_record import ACTIVITIES
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.records import Activity, Qualification

QUALIFICATIONS = "qualifications"
KINDS = Path(__file__).parent / "samples" / "kinds"


def table_in(name: str, text: str | bytes, zone: str = "Europe/London") -> ImportedTable:
    """Return the table in a file with this name and content."""
    return read_table(Path(name), text.encode() if isinstance(text, str) else text, ImportOptions(zone=zone))


def adoption_of(table: ImportedTable) -> Adoption:
    """Return the import of a table into an empty journal."""
    return adopt(table, match(table, ColumnMapping()), Existing(frozenset()), AdoptOptions())


def activities_in(name: str, text: str | bytes, zone: str = "Europe/London") -> list[Activity]:
    """Return the activities that become of a file, without posts; no row is rejected."""
    adoption = adoption_of(table_in(name, text, zone))
    assert adoption.rejections == ()
    return activities_of(adoption)


def qualifications_in(name: str, text: str | bytes) -> list[Qualification]:
    """Return the qualifications that become of a file."""
    files = adoption_of(table_in(name, text)).files
    kind = RECORD_KINDS[QUALIFICATIONS]
    records = (record_of(path, data, kind) for path, data in files.items() if path.startswith(QUALIFICATIONS))
    return [record for record in records if isinstance(record, Qualification)]


def sample(name: str) -> list[Activity]:
    """Return the activities that become of an invented file in the shape of real ones."""
    return activities_in(name, (KINDS / name).read_bytes())


def activities_of(adoption: Adoption) -> list[Activity]:
    """Return the activities of an import."""
    files = {path: data for path, data in adoption.files.items() if path.startswith("activities/")}
    records = (record_of(path, data, ACTIVITIES) for path, data in files.items())
    return [record for record in records if isinstance(record, Activity)]
