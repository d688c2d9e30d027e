"""Damaged files of every kind: a table, or one refusal; never another error."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.exchange.imports.registry import Format, format_of
from tests.exchange.imports.adopted import KINDS, adoption_of, table_in

SAMPLES = sorted(path for path in KINDS.iterdir())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("2026-01-12T10:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def _try(name: str, data: bytes) -> None:
    try:
        if format_of(Path(name), data) is Format.JOURNAL:
            return
        adoption_of(table_in(name, data))
    except UsageError as error:
        assert len(str(error)) < 400


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_damaged_file_is_a_table_or_a_refusal(path: Path, data: st.DataObject) -> None:
    text = path.read_bytes()
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(start + 40, len(text))))
    part = data.draw(st.binary(max_size=12) | st.sampled_from([b"\n", b"\n\n## ", b"<", b"[[", b"\r", b"|", b"\x1f"]))
    repeat = data.draw(st.sampled_from([1, 1, 30]))
    _try(path.name, text[:start] + part * repeat + text[stop:])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".json"], ids=lambda path: path.name)
def test_a_value_of_another_type_stops_nothing(path: Path, data: st.DataObject) -> None:
    document = json.loads(path.read_bytes())
    places = list(_places(document))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(VALUES)
    _try(path.name, json.dumps(document).encode())


def _places(value: object) -> list[tuple[dict[str, object] | list[object], object]]:
    """Return each place of a document as its holder and its key."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, part in items for place in [(value, key), *_places(part)]]  # type: ignore[list-item]


def test_messages_name_the_file() -> None:
    for path in SAMPLES:
        if path.suffix not in (".csv", ".md"):
            with pytest.raises(UsageError, match=f"^{re.escape(path.name)}: "):
                table_in(path.name, b"\xff\xfe\0")
