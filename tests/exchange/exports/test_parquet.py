import io
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from cpdkit.exchange.exports.parquet import SCHEMA, parquet_bytes
from cpdkit.journal.records import Activity, SignOff
from cpdkit.journal.values import Competence
from tests.journal.strategies import activity, with_sessions

DAY = date(2026, 3, 14)


def rows(*given: Activity) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(parquet_bytes(given))).to_pylist()
    return found


def test_every_attribute_has_a_column() -> None:
    assert {*SCHEMA.names} == {each.name for each in fields(Activity)} - {"id", "spans"}


def test_values_keep_their_types() -> None:
    full = replace(
        with_sessions((DAY, 90)),
        competences=(Competence("A1", "E"),),
        units={"PDU": "3"},
        signed_off=SignOff("J. Evans", DAY),
        planned=True,
    )
    found, plain = rows(full, activity())
    assert (found["start"], found["minutes"], found["planned"]) == (DAY, 90, True)
    assert found["sessions"] == [{"date": DAY, "minutes": 90}]
    assert found["competences"] == [{"code": "A1", "level": "E"}]
    assert found["units"] == [("PDU", "3")]
    assert found["signed_off"] == {"by": "J. Evans", "on": DAY}
    assert (plain["signed_off"], plain["planned"], plain["type"]) == (None, None, "event")


def test_no_activities_are_an_empty_table() -> None:
    assert rows() == []
