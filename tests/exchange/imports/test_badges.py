import base64
import json
import struct
import zlib

import pytest

from cpdkit.exchange.imports.table import NoTable
from tests.exchange.imports.adopted import KINDS, activities_in, sample, table_in

BADGE = (KINDS / "badge.json").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def image(text: bytes, keyword: bytes = b"openbadgecredential", packed: bytes = b"\0\0") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return PNG + head + chunk(b"iTXt", keyword + b"\0" + packed + b"\0\0" + text) + chunk(b"IEND", b"")


def token(payload: bytes) -> bytes:
    return b".".join(
        base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"RS256"}', payload, b"signature")
    )


def test_a_badge_is_read_not_verified() -> None:
    (made,) = sample("badge.json")
    assert (made.title, made.start.isoformat(), made.end.isoformat()) == (
        "Electrical safety",
        "2026-03-16",
        "2026-03-18",
    )
    assert (made.type, made.provider, made.minutes, made.status) == ("training", "Example Institute", 0, "draft")
    assert dict(made.units) == {"credits": "12.5"}
    assert made.own["x-alignment"] == "E2, Safe systems, UK-SPEC"
    assert (made.own["x-awarded"], made.own["x-expires"]) == ("2026-03-20", "2029-03-20")
    assert "not verified" in made.own["x-badge"]
    assert any("not verified" in remark for remark in table_in("b.json", BADGE).remarks)


@pytest.mark.parametrize(
    "data", [image(BADGE), image(token(BADGE)), image(zlib.compress(BADGE), packed=b"\1\0"), image(b" " + BADGE)]
)
def test_the_badge_of_an_image(data: bytes) -> None:
    (made,) = activities_in("badge.png", data)
    assert made.title == "Electrical safety"


@pytest.mark.parametrize("wrap", [lambda each: [each, each], lambda each: {"verifiableCredential": [each]}])
def test_several_badges_in_one_file(wrap: object) -> None:
    document = wrap(json.loads(BADGE))  # type: ignore[operator]
    assert {each.title for each in activities_in("b.json", json.dumps(document))} == {"Electrical safety"}


def test_a_badge_on_each_line() -> None:
    line = json.dumps(json.loads(BADGE))
    assert {each.title for each in activities_in("b.jsonl", f"{line}\n{line}\n")} == {"Electrical safety"}


def test_without_days_of_activity_the_day_of_award_counts() -> None:
    document = json.loads(BADGE)
    del document["credentialSubject"]["activityStartDate"], document["credentialSubject"]["activityEndDate"]
    (made,) = activities_in("b.json", json.dumps(document))
    assert (made.start.isoformat(), made.end.isoformat()) == ("2026-03-20", "2026-03-20")


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        PNG + b"\xff\xff\xff\xffiTXtopenbadgecredential\0",
        PNG + chunk(b"IEND", b""),
        image(b""),
        image(b"{"),
        image(b"a.b.c"),
        image(token(b"\xff")),
        image(b"[" * 100_000),
        image(b"{}"),
        image(b"not compressed", packed=b"\1\0"),
        image(zlib.compress(b" " * 2**27), packed=b"\1\0"),
        image(b"{}", keyword=b"openbadges"),
    ],
)
def test_an_image_without_a_badge_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(NoTable, match=r"^a\.png: "):
        table_in("a.png", data)


@pytest.mark.parametrize(
    "subject", [{}, [], {"achievement": None}, {"achievement": [3]}, [{"achievement": {"name": 5}}]]
)
def test_odd_badges_have_no_title_and_do_not_crash(subject: object) -> None:
    document = {"type": ["OpenBadgeCredential"], "credentialSubject": subject, "issuer": 3, "validFrom": "soon"}
    assert len(table_in("b.json", json.dumps(document)).rows) == 1
