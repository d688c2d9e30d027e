"""A journal as JSON, and its activities as JSON lines: the shape of `exchange.plain`."""

import json
from collections.abc import Iterable

from cpdkit.exchange.plain_data import exported, exported_journal
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Activity


def json_bytes(journal: Journal, activities: Iterable[Activity]) -> bytes:
    """The journal with these of its activities, indented, in UTF-8."""
    return (json.dumps(exported_journal(journal, activities), ensure_ascii=False, indent=2) + "\n").encode()


def jsonl_bytes(activities: Iterable[Activity]) -> bytes:
    """An activity a line."""
    return "".join(json.dumps(exported(each), ensure_ascii=False) + "\n" for each in activities).encode()
