import base64

import pytest

from cpdkit.exchange.imports.table import NoTable
from tests.exchange.imports.adopted import KINDS, activities_in, activities_of, adoption_of, sample, table_in

HEAD = b"Subject: a\nDate: Thu, 31 Dec 2025 20:00:00 +0000\n"
DEEPER = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"


def test_subject_day_and_text() -> None:
    (made,) = sample("message.eml")
    assert (made.title, made.start.isoformat()) == ("Thank you for attending: Arc flash – talk", "2026-02-12")
    assert made.body.strip() == "You attended the talk on arc flash.\n\nYour certificate is attached."
    assert (made.minutes, made.status) == (0, "draft")
    assert "training@example.org" not in f"{made.body}{made.own}"


def test_attachments_become_evidence() -> None:
    adoption = adoption_of(table_in("certificates.eml", (KINDS / "certificates.eml").read_bytes()))
    names = ["2026-02-12-certificate-sam.pdf", "2026-02-12-folien-ubersicht.pdf", "2026-02-12-img-0001.jpeg"]
    assert list(adoption.written)[:3] == [f"evidence/{name}" for name in names]
    assert adoption.copies[f"evidence/{names[0]}"] == b"%PDF-1.4\n"
    (made,) = activities_of(adoption)
    assert [each.path for each in made.evidence] == names
    (refused,) = adoption.refused
    assert refused.cell == "empty.bin"


def test_what_is_no_evidence_is_named() -> None:
    remarks = "\n".join(table_in("certificates.eml", (KINDS / "certificates.eml").read_bytes()).remarks)
    assert [name for name in ("image001.png", "invite.ics") if name not in remarks] == []
    assert "IMG_0001" not in remarks


def mail(*parts: tuple[str, bytes]) -> bytes:
    """Return a message with a text and these parts: their headers and their content in base64."""
    text = HEAD + b"Message-ID: <1@example.org>\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\ntext\n"
    for headers, data in parts:
        head = f"--a\n{headers}\nContent-Transfer-Encoding: base64\n\n".encode("utf-8", "surrogateescape")
        text += head + base64.b64encode(data) + b"\n"
    return text + b"--a--\n"


def copies_in(data: bytes) -> list[str]:
    adoption = adoption_of(table_in("a.eml", data))
    (made,) = activities_of(adoption)
    assert [f"evidence/{each.path}" for each in made.evidence] == list(adoption.copies)
    return list(adoption.copies)


def named(name: str) -> str:
    return f'Content-Type: application/pdf\nContent-Disposition: attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("../../etc/passwd.pdf", "2025-12-31-passwd.pdf"),
        ("/etc/cron.d/x", "2025-12-31-x.pdf"),
        ("C:\\\\Users\\\\sam\\\\CON.pdf", "2025-12-31-con-activity.pdf"),
        ("..", "2025-12-31-activity.pdf"),
        ("a\x1b[31m.pdf", "2025-12-31-a-31m.pdf"),
        ("a\u202efdp.exe", "2025-12-31-afdp.exe"),
        ("=?utf-8?q?a=0A=00b=2Epdf?=", "2025-12-31-a-b.pdf"),
        ("\udcff\udcfe.pdf", "2025-12-31-activity.pdf"),
        (".hidden", "2025-12-31-hidden"),
        ("cpd.yaml", "2025-12-31-cpd.yaml"),
        ("2025-11-30 scan.pdf", "2025-11-30-scan.pdf"),
        ("x" * 5000 + ".pdf", "2025-12-31-" + "x" * 60 + ".pdf"),
    ],
)
def test_a_name_is_hostile_input(name: str, made: str) -> None:
    (path,) = copies_in(mail((named(name), b"a")))
    assert path == f"evidence/{made}"


def test_equal_names_and_equal_contents() -> None:
    parts = [(named("Scan.pdf"), b"a"), (named("scan.PDF"), b"b"), (named("other.pdf"), b"a")]
    assert copies_in(mail(*parts)) == ["evidence/2025-12-31-scan.pdf", "evidence/2025-12-31-scan-2.pdf"]


@pytest.mark.parametrize(
    ("headers", "is_evidence"),
    [
        ("Content-Type: application/pdf", True),
        ("Content-Type: text/csv; name=a.csv", True),
        ("Content-Type: image/png; name=a.png\nContent-ID: <a>", True),
        ("Content-Type: text/calendar", False),
        ("Content-Type: text/calendar; name=a.ics\nContent-Disposition: attachment", False),
        ("Content-Type: application/pkcs7-signature; name=smime.p7s", False),
        ("Content-Type: text/vcard; name=sam.vcf", False),
    ],
)
def test_what_is_evidence(headers: str, is_evidence: bool) -> None:
    assert bool(copies_in(mail((headers, b"a")))) is is_evidence


@pytest.mark.parametrize("disposition", ["inline", "attachment"])
def test_an_image_that_the_text_shows_is_no_evidence(disposition: str) -> None:
    image = f"Content-Type: image/png; name=a.png\nContent-ID: <a@b>\nContent-Disposition: {disposition}"
    page = b"<p>text</p><img src='cid:a@b'>"
    assert copies_in(mail(("Content-Type: text/html", page), (image, b"a"))) == []


def test_the_attachments_of_an_attached_message() -> None:
    inner = mail((named("inner.pdf"), b"a"))
    data = mail().removesuffix(b"--a--\n") + b"--a\nContent-Type: message/rfc822\n\n" + inner.replace(b"--a", b"--b")
    data = data.replace(b"boundary=a\n\n--b", b"boundary=b\n\n--b") + b"\n--a--\n"
    assert copies_in(data) == ["evidence/2025-12-31-inner.pdf"]


@pytest.mark.parametrize("cut", [b"YWFhY\n", b"Y*Q=\n", b"YWFh"])
def test_a_damaged_attachment_is_not_evidence(cut: bytes) -> None:
    data = mail((named("a.pdf"), b"a")).replace(b"YQ==\n--a--\n", cut if cut == b"YWFh" else cut + b"--a--\n")
    adoption = adoption_of(table_in("a.eml", data))
    assert (len(adoption.files), adoption.copies) == (1, {})
    assert [each.cell for each in adoption.refused] == ["a.pdf"]


def test_very_many_attachments_are_counted() -> None:
    adoption = adoption_of(table_in("a.eml", mail(*((named(f"{n}.pdf"), b"%d" % n) for n in range(130)))))
    assert len(adoption.copies) == 100
    assert len(adoption.refused) == 1


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
