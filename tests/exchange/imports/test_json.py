import pytest

from cpdkit.exchange.imports.json_documents import read
from cpdkit.exchange.imports.table import ImportOptions, NoTable

ONE = b'{"Title": "a", "Date": "2026-03-14", "h": 1.50}'
TWO = b'{"Title": "b", "tags": ["x", "y"], "ok": true, "no": null}'


@pytest.mark.parametrize(
    "data",
    [b"[%s, %s]" % (ONE, TWO), b'\xef\xbb\xbf{"log": [%s, %s]}' % (ONE, TWO), b"%s\n\n%s\n" % (ONE, TWO)],
)
def test_lists_and_lines_of_objects(data: bytes) -> None:
    table = read(data, "log.json", ImportOptions())
    assert table.headers == ("Title", "Date", "h", "tags", "ok", "no")
    assert [row.cells for row in table.rows] == [
        ("a", "2026-03-14", "1.50", "", "", ""),
        ("b", "", "", "x; y", "true", ""),
    ]
    assert table.rows[1].where == "log.json, object 2"


@pytest.mark.parametrize("data", [b"", b"[1]", b"{", b'"x"', b"[" * 100_000, b"[]", b"{}"])
def test_what_is_no_list_of_objects(data: bytes) -> None:
    with pytest.raises(NoTable):
        read(data, "log.json", ImportOptions())


def test_nested_values_are_kept_as_texts() -> None:
    assert read(b'[{"a": {"b": [1, 2]}, "c": 1}]', "x", ImportOptions()).rows[0].cells == ("b: 1; 2", "1")


@pytest.mark.parametrize(
    ("data", "cell"),
    [
        (b'{"location": {"name": "Leeds", "lat": 53.8, "lon": -1.5}}', "Leeds"),
        (b'{"location": {"placeName": "IET, Savoy Place", "latitude": 51.5}}', "IET, Savoy Place"),
        (b'{"where": {"latitude": 51.5, "localityName": "London", "name": ""}}', "London"),
        (b'{"location": {"lat": 53.8, "lon": -1.5}}', "lat: 53.8; lon: -1.5"),
        (b'{"provider": {"@type": "Organization", "name": "IET", "url": "https://x"}}', "IET"),
        (b'{"location": "Leeds"}', "Leeds"),
        (b'{"date": "2025-12-31T20:00:00Z", "timeZone": "Pacific/Auckland"}', "2026-01-01T09:00"),
        (b'{"date": "2025-12-31T20:00:00.5+00:00", "time_zone": "Pacific/Auckland"}', "2026-01-01T09:00"),
        (b'{"start": {"dateTime": "2025-12-31T20:00:00Z", "timeZone": "Pacific/Auckland"}}', "2026-01-01T09:00"),
        (b'{"start": {"date": "2026-03-14"}}', "2026-03-14"),
        (b'{"date": "2025-12-31T20:00:00Z", "timeZone": "Nowhere/Else"}', "2025-12-31T20:00:00Z"),
        (b'{"date": "2025-12-31T20:00:00Z"}', "2025-12-31T20:00:00Z"),
        (b'{"date": "2025-99-31T20:00:00Z", "tz": "UTC"}', "2025-99-31T20:00:00Z"),
    ],
)
def test_places_have_names_and_entries_their_own_zone(data: bytes, cell: str) -> None:
    assert read(data, "x", ImportOptions()).rows[0].cells[0] == cell
