import pytest

from cpdkit.exchange.imports.table import NoTable
from tests.exchange.imports.adopted import KINDS, activities_in, sample, table_in

HEAD = b"Subject: a\nDate: Thu, 31 Dec 2025 20:00:00 +0000\n"
DEEPER = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"


def test_subject_day_and_text() -> None:
    (made,) = sample("message.eml")
    assert (made.title, made.start.isoformat()) == ("Thank you for attending: Arc flash – talk", "2026-02-12")
    assert made.body.strip() == "You attended the talk on arc flash.\n\nYour certificate is attached."
    assert (made.minutes, made.status) == (0, "draft")
    assert "training@example.org" not in f"{made.body}{made.own}"


def test_attachments_are_named() -> None:
    remarks = table_in("message.eml", (KINDS / "message.eml").read_bytes()).remarks
    assert any("certificate.pdf" in remark for remark in remarks)


@pytest.mark.parametrize(("zone", "day"), [("Europe/London", "2025-12-31"), ("Pacific/Auckland", "2026-01-01")])
def test_the_day_is_that_of_the_owner(zone: str, day: str) -> None:
    (made,) = activities_in("a.eml", HEAD + b"\ntext\n", zone)
    assert made.start.isoformat() == day


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (b"Content-Type: text/html\n", b"<p>a</p><script>b</script>", "a"),
        (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
            b"caf=C3=A9",
            "café",
        ),
        (b"Content-Type: text/plain; charset=iso-8859-1\n", b"caf\xe9", "café"),
        (b"Content-Type: text/plain; charset=undefined\n", b"a", "a"),
        (b"Content-Type: text/plain; charset=idna\n", b"a", "a"),
        (b"Content-Type: text/plain; charset=punycode:999\n", b"a", "a"),
        (b"Content-Type: text/plain; charset=rot13\n", b"a", "a"),
        (b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", b"!!", ""),
    ],
)
def test_the_text_of_odd_messages(headers: bytes, body: bytes, text: str) -> None:
    (made,) = activities_in("a.eml", HEAD + headers + b"\n" + body + b"\n")
    assert made.body.strip() == text


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no headers", b"\0" * 100, b"PDF\n\nx",
        b"Subject: a\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: text/plain\n\nb\n" * 2_000,
        b"Subject: a\n" + b"".join(DEEPER % (number, number) for number in range(3_000)),
        b"Subject: a\n" + b"Content-Type: message/rfc822\n\n" * 3_000,
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused_by_its_name(data: bytes) -> None:
    with pytest.raises(NoTable, match=r"^a\.eml: "):
        table_in("a.eml", data)


@pytest.mark.parametrize("date", [b"soon", b"Thu, 99 Foo 2026 99:99:99 +9999", b"Mon, 1 Jan 0001 00:00:00 +1400", b""])
def test_a_date_that_cannot_be_read_stays_as_written(date: bytes) -> None:
    assert table_in("a.eml", b"Subject: a\nDate: " + date + b"\n\ntext\n").rows
