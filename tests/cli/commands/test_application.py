"""`cpd application`: the check and the status against the form, and the files of the pack with what is missing."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cpdkit.cli.commands.application import application
from cpdkit.cli.main import run
from tests.documents.read_back import read_back
from tests.journal.folders import journal_of, record, write

Captured = pytest.CaptureFixture[str]

MEMBER = """name: Angharad Llywelyn
email: a@example.org
phone: "1"
address: [Bethesda]
memberships: [{body: IET}]
application: {form: mine}
"""
FORM = """id: mine
title: Registration
parts:
  - {content: personal, title: Personal information}
  - {content: career, title: Career history, per: post, characters: 100}
  - {content: qualifications, title: Qualifications, upload: certificates, megabytes: 0.02}
  - {content: claims, title: Statements, required: false, per: claim, words: 4}
  - {content: supporters, title: Supporters, required: false}
"""
FILES: Mapping[str, str | bytes] = {
    "cpd.yaml": MEMBER,
    "forms/mine.yaml": FORM,
    "people.yaml": "people:\n  - {id: mair, name: Mair Evans, supporter: true}\n  - {id: ann, name: Ann Lee}\n",
    "career/firm.md": record("role: Engineer\nemployer: Firm\nstart: 2020-01-01\n", "\nI led.\n"),
    "qualifications/degree.md": record("title: MEng\nawarded: 2017\nevidence: [degree.pdf]\n", ""),
    "claims/b1.md": record("competences: [B1]\nevidenced-by: [firm]\n", "\nI led it well.\n"),
}


def pdf(pages: int = 1, text: bytes = b"", encryption: pikepdf.Encryption | None = None) -> bytes:
    """Return a PDF of empty pages, or of pages with bytes that cannot be compressed."""
    held = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page(page_size=(200, 200))
            if text:
                page.Contents = pikepdf.Stream(made, text)
        made.save(held, compress_streams=False, encryption=encryption or False)
    return held.getvalue()


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    root = tmp_path / "journal"
    journal_of(root, FILES)
    write(root, "evidence/degree.pdf", pdf())
    monkeypatch.chdir(root)
    return root


# --- status and check ---


def status(capsys: Captured, *args: str) -> dict[str, dict[str, object]]:
    assert run(["application", "status", "--format", "json", *args]) == 0
    return {part["part"]: part for part in json.loads(capsys.readouterr().out)["parts"]}


def test_the_status(journal: Path, capsys: Captured) -> None:
    parts = status(capsys)
    assert [(name, part["state"]) for name, part in parts.items()] == [
        (name, "done") for name in ("personal", "career", "qualifications", "claims", "supporters")
    ]
    assert parts["claims"]["texts"] == [
        {"path": "claims/b1.md", "name": "the claim of B1", "characters": 14, "words": 4}
    ]
    assert run(["application", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("5 of 5 parts done, ")
    assert "4 of at most 4 words" in next(line for line in lines if "the claim of B1" in line)


def test_the_status_of_a_text_that_is_too_long(journal: Path, capsys: Captured) -> None:
    write(journal, "claims/b1.md", record("competences: [B1]\nevidenced-by: [firm]\n", "\nI led it very well.\n"))
    assert status(capsys)["claims"]["state"] == "over"
    assert run(["application", "status"]) == 0
    shown = capsys.readouterr().out
    assert "4 of 5 parts done" in shown
    assert "5 of at most 4 words" in shown


def test_another_form(journal: Path, capsys: Captured) -> None:
    assert list(status(capsys, "--form", "ciht")) == [
        "personal", "cv", "diagram", "claims", "supporters", "declaration", "uploads",
    ]  # fmt: skip


@pytest.mark.parametrize("command", [["status"], ["check"], ["pack", "-o", "out"]])
@pytest.mark.parametrize(
    ("member", "args"),
    [
        (MEMBER, ["--form", "nope"]),
        ("name: A\n", []),
        (MEMBER.replace("mine", "nope"), []),
        (MEMBER, ["--journal", "x"]),
    ],
)
def test_no_form_or_no_journal(
    journal: Path, command: list[str], member: str, args: list[str], capsys: Captured
) -> None:
    write(journal, "cpd.yaml", member)
    assert run(["application", *command, *args]) == 2
    assert capsys.readouterr().err.startswith("cpd: ")
    assert not (journal / "out").exists()


@pytest.mark.parametrize(
    ("path", "text", "code", "found"),
    [
        ("claims/b1.md", None, 0, []),
        ("claims/b1.md", record("competences: [B1]\nevidenced-by: [firm]\n", "\nWe led it.\n"), 0, ["CPD630"]),
        ("claims/b1.md", record("competences: [B1]\n", "\nI led it.\n"), 1, ["CPD624"]),
        ("claims/b1.md", record("competences: [B1]\nevidenced-by: [x]\n", "\nI led it.\n"), 1, ["CPD625"]),
        ("claims/b1.md", record("competences: [B1]\nevidenced-by: [firm]\n", "\nI led it so well.\n"), 1, ["CPD621"]),
        ("people.yaml", "people: [{id: m, name: M, supporter: true, registered-until: 2026-11-23}]\n", 1, ["CPD615"]),
        ("qualifications/degree.md", record("title: MEng\n", ""), 1, ["CPD620"]),
    ],
)
def test_the_check(journal: Path, path: str, text: str | None, code: int, found: list[str], capsys: Captured) -> None:
    if text is not None:
        write(journal, path, text)
    assert run(["application", "check", "--format", "json"]) == code
    shown = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in shown["diagnostics"]] == found


@pytest.mark.parametrize(("pages", "code"), [(9, 0), (1, 1)])
def test_the_check_counts_pages(journal: Path, pages: int, code: int, capsys: Captured) -> None:
    claims = "".join(f"Line {number}.\n\n" for number in range(90))
    write(journal, "forms/mine.yaml", FORM.replace(", words: 4", "").replace("parts:", f"pages: {pages}\nparts:"))
    write(journal, "claims/b1.md", record("competences: [B1]\nevidenced-by: [firm]\n", f"\n{claims}"))
    assert run(["application", "check", "--format", "json"]) == code
    found = [each["code"] for each in json.loads(capsys.readouterr().out)["diagnostics"]]
    assert found == ["CPD923"] * code


# --- pack ---


def pack(journal: Path, code: int) -> tuple[list[str], str]:
    """Pack to a folder outside the journal, and return the names of the files and the list of what is missing."""
    folder = journal.parent / "out"
    assert run(["application", "pack", "-o", str(folder)]) == code
    missing = (folder / "contents.md").read_text("utf-8").partition("## Missing or to correct\n\n")[2]
    return sorted(path.name for path in folder.iterdir()), missing


ALL = ["application.pdf", "certificates.pdf", "contents.md", "supporter-mair.pdf"]


def test_a_complete_pack(journal: Path, capsys: Captured) -> None:
    names, missing = pack(journal, 0)
    folder = journal.parent / "out"
    assert (names, missing) == (ALL, "Nothing.\n")
    shown = capsys.readouterr()
    assert sorted(shown.out.splitlines()) == sorted(str(folder / name) for name in ALL)
    assert shown.err == ""
    listed = (folder / "contents.md").read_text("utf-8")
    assert all(f"- {name}, 0.0" in listed for name in ALL if name != "contents.md")
    for name in ALL:
        if name.endswith(".pdf"):
            with pikepdf.open(folder / name) as opened:
                assert len(opened.pages) >= 1


def test_the_same_pack_twice(journal: Path) -> None:
    pack(journal, 0)
    before = {path.name: path.read_bytes() for path in (journal.parent / "out").iterdir()}
    write(journal.parent, "out/notes.txt", "mine")
    names, _ = pack(journal, 0)
    assert names == sorted([*ALL, "notes.txt"])
    assert {name: (journal.parent / "out" / name).read_bytes() for name in before} == before


def test_what_is_missing_is_listed(journal: Path, capsys: Captured) -> None:
    (journal / "career/firm.md").unlink()
    write(journal, "qualifications/ecs.md", record("title: ECS card\nawarded: 2020\n", ""))
    _, missing = pack(journal, 1)
    assert [line.split(":")[0] for line in missing.splitlines()] == ["- Career history", "- Qualifications"]
    assert "ECS card" in missing
    assert "qualifications/ecs.md" in missing
    assert len([line for line in capsys.readouterr().err.splitlines() if line.startswith("cpd: ")]) == 3


def certificates(journal: Path) -> int:
    """Return the number of pages of the joined certificates."""
    with pikepdf.open(journal.parent / "out/certificates.pdf") as opened:
        return len(opened.pages)


def test_certificates_are_joined_in_the_order_of_their_dates(journal: Path) -> None:
    held = io.BytesIO()
    Image.new("RGB", (30, 60), "white").save(held, "PNG")
    write(journal, "evidence/card.png", held.getvalue())
    write(journal, "evidence/three.pdf", pdf(3))
    write(journal, "qualifications/card.md", record("title: Card\nawarded: 2015\nevidence: [card.png]\n", ""))
    write(journal, "qualifications/more.md", record("title: MSc\nawarded: 2020-07\nevidence: [three.pdf]\n", ""))
    assert pack(journal, 0)[0] == ALL
    assert certificates(journal) == 5
    with pikepdf.open(journal.parent / "out/certificates.pdf") as opened:
        boxes = [[int(each) for each in page.mediabox[2:]] for page in opened.pages]
    assert boxes[0] != [200, 200]
    assert boxes[1:] == [[200, 200]] * 4


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ("awarded: 2015\nconfidential: true\n", 1),
        ("awarded: 2015\nexpires: 2026-11-23\n", 1),
        ("awarded: 2015\nexpires: 2026-11-24\n", 2),
        ("start: 2015\n", 1),
    ],
)
def test_only_valid_qualifications_have_a_certificate(journal: Path, fields: str, pages: int) -> None:
    write(journal, "evidence/other.pdf", pdf())
    write(journal, "qualifications/other.md", record(f"title: O\n{fields}evidence: [other.pdf]\n", ""))
    pack(journal, 0)
    assert certificates(journal) == pages


@pytest.mark.parametrize(("size", "code"), [(15_000, 0), (21_000, 1)])
def test_an_upload_over_the_size_limit(journal: Path, size: int, code: int) -> None:
    noise = b"%" + bytes(33 + (each * each * 7 + each // 3) % 90 for each in range(size)) + b"\n"
    write(journal, "evidence/degree.pdf", pdf(1, noise))
    names, missing = pack(journal, code)
    assert names == ALL
    assert (journal.parent / "out/certificates.pdf").stat().st_size > size
    assert missing.startswith("- certificates.pdf has 0.02 MB; the form allows 0.02 MB" if code else "Nothing.")


def encrypted() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="o", user="u"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a PDF",
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\0" * 5000,
        pdf()[:200],
        encrypted(),
        b"<html>",
    ],
    ids=["empty", "text", "head", "zeros", "truncated", "encrypted", "html"],
)
def test_a_certificate_that_cannot_be_read(journal: Path, data: bytes) -> None:
    write(journal, "evidence/bad.pdf", data)
    write(journal, "qualifications/bad.md", record("title: Bad\nawarded: 2020\nevidence: [bad.pdf]\n", ""))
    names, missing = pack(journal, 1)
    assert names == ALL
    assert certificates(journal) == 1
    assert "evidence/bad.pdf" in missing
    assert missing.count("\n") == 1


def test_a_certificate_with_actions_loses_them(journal: Path) -> None:
    held = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = made.make_indirect(action)
        made.Root.AA = pikepdf.Dictionary(WC=action)
        names = pikepdf.Array([pikepdf.String("x"), made.make_indirect(action)])
        made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
        made.save(held)
    write(journal, "evidence/degree.pdf", held.getvalue())
    pack(journal, 0)
    data = (journal.parent / "out/certificates.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert not {"/OpenAction", "/AA", "/Names"} & set(opened.Root.keys())
        assert not [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/JS" in each]


def test_evidence_through_a_link_out_of_the_journal_is_not_packed(journal: Path) -> None:
    write(journal.parent, "secret.pdf", pdf(7))
    (journal / "evidence/linked.pdf").symlink_to(journal.parent / "secret.pdf")
    write(journal, "qualifications/x.md", record("title: X\nawarded: 2020\nevidence: [linked.pdf]\n", ""))
    _, missing = pack(journal, 1)
    assert certificates(journal) == 1
    assert "evidence/linked.pdf" in missing


def test_evidence_that_is_missing(journal: Path) -> None:
    (journal / "evidence/degree.pdf").unlink()
    names, missing = pack(journal, 1)
    assert names == [name for name in ALL if name != "certificates.pdf"]
    assert "evidence/degree.pdf" in missing


def test_the_folder_is_a_file(journal: Path, capsys: Captured) -> None:
    write(journal.parent, "out", "mine")
    assert run(["application", "pack", "-o", str(journal.parent / "out")]) == 1
    assert capsys.readouterr().err.startswith("cpd: ")
    assert (journal.parent / "out").read_text() == "mine"


def test_the_folder_is_required(journal: Path) -> None:
    assert run(["application", "pack"]) == 2


def test_a_supporters_form_for_each_supporter(journal: Path) -> None:
    write(
        journal,
        "people.yaml",
        "people:\n- {id: a, name: Ann Lee, supporter: true}\n- {id: b, name: Bo, supporter: true}\n",
    )
    names, _ = pack(journal, 0)
    assert [name for name in names if name.startswith("supporter")] == ["supporter-a.pdf", "supporter-b.pdf"]
    texts = [read_back("pdf", (journal.parent / f"out/supporter-{each}.pdf").read_bytes()).text for each in "ab"]
    assert ["Ann Lee" in text for text in texts] == [True, False]


def test_nothing_of_the_journal_changes(journal: Path) -> None:
    before = {path: path.read_bytes() for path in journal.rglob("*") if path.is_file()}
    pack(journal, 0)
    assert {path: path.read_bytes() for path in journal.rglob("*") if path.is_file()} == before


def test_its_commands(capsys: Captured) -> None:
    assert run(["application", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text and (each.short_help or "") in text for name, each in application.commands.items())
