"""Rejected rows as a table that their owner corrects and imports again: all columns, and the reason at the end."""

from collections import defaultdict

from cpdkit.exchange.adopt import Adoption
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.export_columns import ExportTable
from cpdkit.exchange.imports.table import REASON, ImportedTable
from cpdkit.exchange.rows import COUNTED_ONCE


def rejected_rows(table: ImportedTable, matching: Matching, adoption: Adoption) -> ExportTable:
    """Return the rejected rows of a table, with the reasons in the last column, which an import does not read."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for rejection in adoption.rejections:
        column = f"{rejection.header}: " if rejection.header else ""
        reasons[rejection.where].append(f"{column}{rejection.message}")
    amounts = {
        header for header, target in zip(table.headers, matching.targets(), strict=True) if target in COUNTED_ONCE
    }
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        if row.where in reasons:
            # The amount of merged cells belongs to their first row.
            merged = row.repeated & amounts
            cells = ("" if header in merged else cell for header, cell in zip(table.headers, row.cells, strict=True))
            rows.append((*cells, "; ".join(reasons[row.where])))
    return ExportTable("Rejected rows", (*table.headers, REASON), tuple(rows), ())
