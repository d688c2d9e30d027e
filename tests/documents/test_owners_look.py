"""The look that an owner chooses: colours, a font, a logo, a letterhead, and style files instead of ours."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from cpdkit.documents.look import Look, contrast, palette
from cpdkit.documents.owners_look import FILES, MOST_FONTS, look_of
from cpdkit.errors import UsageError
from cpdkit.journal.document_choices import LookChoices
from tests.documents.office_sample import parts, trees
from tests.documents.read_back import read_back
from tests.program import Done, cpd, make_journal

LOOK = """name: Angharad Llywelyn
look:
  title: CPD record
  logo: templates/logo.png
  letterhead: [Gridwise Ltd, "1 Wharf Road, Leeds"]
  accent: "#7a1f5c"
  font: Lato
"""
FORMATS = ("docx", "pdf", "html", "odt", "md")


def logo() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (900, 300), "#7a1f5c").save(held, "PNG")
    return held.getvalue()


def reports(journal: Path, out: Path, *formats: str, kind: str = "summary") -> tuple[Done, dict[str, bytes]]:
    done = cpd("report", kind, "2026", "--format", ",".join(formats), "--into", out, "--journal", journal)
    return done, {path.suffix[1:]: path.read_bytes() for path in out.iterdir()} if out.is_dir() else {}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("look")
    journal = make_journal(folder / "journal", {"cpd.yaml": LOOK, "templates/logo.png": logo()})
    assert cpd("check", "--journal", journal).code == 0
    done, files = reports(journal, folder / "out", *FORMATS)
    assert (done.code, done.err) == (0, "")
    return files


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_title_and_the_letterhead_arrive_in_every_format(made: dict[str, bytes], suffix: str) -> None:
    text = " ".join(read_back(suffix, made[suffix]).text.split())
    assert "CPD record 2026" in text
    assert "Activity report" not in text
    assert text.index("Gridwise Ltd") < text.index("1 Wharf Road, Leeds") < text.index("CPD record 2026")


def test_the_logo_arrives_with_its_description_and_is_as_high_as_a_letterhead(made: dict[str, bytes]) -> None:
    for suffix in ("docx", "odt"):
        assert [name for name in parts(made[suffix]) if name.endswith(".png") and "logo" not in name]
    document = trees(made["docx"])["word/document.xml"]
    extents = [each for each in document.iter("{*}extent") if each.getparent().find("{*}docPr").get("descr")]
    assert len(extents) == 1
    assert int(extents[0].get("cy")) == pytest.approx(1.6 * 360_000, rel=0.02)
    assert 'alt="Logo of Gridwise Ltd"' in made["html"].decode()
    with pikepdf.open(io.BytesIO(made["pdf"])) as opened:
        images = [each for each in opened.objects if isinstance(each, pikepdf.Stream) and each.get("/Width") == 900]
    assert images
    assert "*Logo of Gridwise Ltd*" in made["md"].decode()


def test_the_accent_is_the_colour_of_headings_links_and_charts(made: dict[str, bytes]) -> None:
    old = palette()["accent"].lstrip("#")
    styles = {"docx": "word/styles.xml", "odt": "styles.xml"}
    for suffix, name in styles.items():
        text = parts(made[suffix])[name].decode().casefold()
        assert "7a1f5c" in text and old not in text
    page = made["html"].decode()
    assert "--accent: #7a1f5c;" in page and old not in page
    dark = page.partition("prefers-color-scheme: dark")[2].partition("--accent: ")[2][:7]
    assert contrast(dark, palette("dark")["paper"]) >= 4.5
    bars = {data for name, data in parts(made["docx"]).items() if name.endswith(".png")}
    assert any(Image.open(io.BytesIO(data)).convert("RGB").getpixel((0, 0)) == (0x7A, 0x1F, 0x5C) for data in bars)


def test_the_font_is_that_of_the_words(made: dict[str, bytes]) -> None:
    assert b'w:ascii="Lato"' in parts(made["docx"])["word/styles.xml"]
    assert b"Lato" in parts(made["odt"])["styles.xml"]
    assert 'body { font-family: "Lato", sans-serif; }' in made["html"].decode()
    with pikepdf.open(io.BytesIO(made["pdf"])) as opened:
        fonts = {str(each["/BaseFont"]) for each in opened.objects if isinstance(each, pikepdf.Dictionary)
                 and each.get("/Type") == "/Font"}  # fmt: skip
    assert any("Lato" in name for name in fonts)
    assert not any("SourceSans" in name for name in fonts)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("logo: templates/none.png", "CPD902", "the image templates/none.png is missing"),
        ("accent: ffcc00", "CPD922", "accent (#ffcc00) is hard to read"),
        ("font: No Such Font", "CPD922", "the font No Such Font is not available"),
    ],
)
def test_what_cannot_be_used_is_reported_and_the_report_is_made(
    tmp_path: Path, line: str, code: str, words: str
) -> None:
    journal = make_journal(tmp_path / "journal", {"cpd.yaml": f"name: A\nlook: {{{line}}}\n"})
    done, files = reports(journal, tmp_path / "out", "pdf")
    assert done.code == 0
    assert f"cpd.yaml: warning {code}: " in done.err and words in done.err
    assert files["pdf"].startswith(b"%PDF")


@pytest.mark.parametrize(
    "line",
    [
        "logo: ../secret.png", "logo: /etc/logo.png", "logo: https://example.org/a.png", "logo: a.svg", "accent: green",
        "accent: '#12345'", 'font: "x;}"', "letterhead: {a: b}", "colour: blue, tilte: x",
    ],
)  # fmt: skip
def test_a_wrong_look_is_an_error_at_its_place(tmp_path: Path, line: str) -> None:
    journal = make_journal(tmp_path / "journal", {"cpd.yaml": f"name: A\nlook:\n  {line}\n".replace(", ", "\n  ")})
    done = cpd("check", "--journal", journal, "--color", "never")
    assert done.code == 1
    assert "cpd.yaml:3:" in done.out


# --- style files of the journal ---


@pytest.mark.parametrize("name", FILES)
def test_a_style_file_is_copied_to_be_changed_and_works_as_it_is(tmp_path: Path, name: str) -> None:
    journal = make_journal(tmp_path / "journal")
    _, before = reports(journal, tmp_path / "before", "docx", "pdf", "html", "odt")
    assert cpd("report", f"look/{name}", "--eject", "--journal", journal).code == 0
    assert (journal / "templates" / "look" / name).is_file()
    assert cpd("report", f"look/{name}", "--eject", "--journal", journal).code == 2
    done, after = reports(journal, tmp_path / "after", "docx", "pdf", "html", "odt")
    assert (done.code, done.err) == (0, "")
    same = {"docx", "pdf", "html", "odt"} - ({name.rpartition(".")[2]} if name.startswith("reference") else set())
    assert {suffix for suffix in before if before[suffix] == after[suffix]} >= same


def test_a_file_that_is_not_part_of_the_look_cannot_be_copied(tmp_path: Path) -> None:
    done = cpd("report", "look/page.html", "--eject", "--journal", make_journal(tmp_path / "journal"))
    assert (done.code, "look/page.css" in done.err) == (2, True)


def with_file(tmp_path: Path, name: str, data: bytes) -> Path:
    (tmp_path / "templates" / "look").mkdir(parents=True)
    (tmp_path / "templates" / "look" / name).write_bytes(data)
    return tmp_path


def test_a_palette_changes_the_colours_that_it_names(tmp_path: Path) -> None:
    root = with_file(tmp_path, "palette.toml", b'[light]\nink = "#000000"\n[dark]\naccent = "#FFFFFF"\n')
    look, problems = look_of(LookChoices(accent="1f4e79"), root)
    assert problems == ()
    assert look.palette() == {**palette(), "ink": "#000000", "accent": "#1f4e79", "faint": look.palette()["faint"]}
    assert look_of(None, root)[0].palette("dark")["accent"] == "#ffffff"
    assert b'ink = "#000000"' in look.file("palette.toml")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("palette.toml", b"[light"),
        ("palette.toml", b"[lihgt]\nink = '#000000'\n"),
        ("palette.toml", b"[light]\ninc = '#000000'\n"),
        ("palette.toml", b"[light]\nink = 'red; } body { background: url(x)'\n"),
        ("palette.toml", b"\xff"),
        ("page.css", b"body { color: red }</style><script>alert(1)</script>"),
        ("page.css", b"@IMPORT 'https://example.org/x.css';"),
        ("page.css", b"body { background: url (https://example.org/x.png) }"),
        ("page.css", b"\xff\xfe"),
        ("pallete.toml", b"[light]\n"),
        ("page.html", b"<html>"),
        ("report.typ", b"\xff"),
        ("reference.docx", b"not a package"),
        ("reference.odt", b"PK\x03\x04"),
    ],
)
def test_a_style_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(UsageError, match=f"templates/look/{name}"):
        look_of(None, with_file(tmp_path, name, data))


def package(name: str, text: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("styles.xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
        ("styles.xml", b"<a>" + b" " * (5 * 2**20) + b"</a>"),
        ("styles.xml", b"<a>"),
        ("other.xml", b"<a/>"),
    ],
)
def test_styles_that_would_read_or_fill_anything_are_refused(tmp_path: Path, name: str, text: bytes) -> None:
    with pytest.raises(UsageError):
        look_of(None, with_file(tmp_path, "reference.odt", package(name, text)))


def test_styles_load_nothing_from_elsewhere(tmp_path: Path) -> None:
    link = b'<s xmlns:x="http://www.w3.org/1999/xlink" x:href="https://example.org/a.png"/>'
    look, _ = look_of(None, with_file(tmp_path, "reference.odt", package("styles.xml", link)))
    assert b"example.org" not in look.files["reference.odt"]


def test_a_folder_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    outside = with_file(tmp_path / "outside", "palette.toml", b'[light]\nink = "#000000"\n')
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "templates").symlink_to(outside / "templates")
    assert look_of(None, tmp_path / "journal")[0] == Look()


def test_an_error_in_the_owners_program_names_its_file_and_the_way_out(tmp_path: Path) -> None:
    journal = make_journal(tmp_path / "journal", {"templates/look/report.typ": "#let x = "})
    done, _ = reports(journal, tmp_path / "out", "pdf")
    assert (done.code, "templates/look/report.typ" in done.err) == (4, True)
    assert "--builtin-templates" in done.err


def test_the_owners_program_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    journal = make_journal(tmp_path / "journal", {"templates/look/report.typ": f'#read("{secret}")\n'})
    done, files = reports(journal, tmp_path / "out", "pdf")
    assert (done.code, files) == (4, {})


def test_a_picture_in_a_template_of_the_journal_is_shown(tmp_path: Path) -> None:
    template = (
        "# Mine\n\n![A stamp](stamp.png)\n\n![Gone](gone.png) ![Out](../../x.png) ![Net](https://example.org/x.png)\n"
    )
    journal = make_journal(tmp_path / "journal", {"templates/mine.md.j2": template, "templates/stamp.png": logo()})
    done, files = reports(journal, tmp_path / "out", "docx", "html", kind="mine")
    assert done.err.count("warning CPD902") == 3
    page = files["html"].decode()
    assert page.count("<img") == 1 and 'alt="A stamp"' in page
    assert "example.org" not in page
    assert [name for name in parts(files["docx"]) if name.startswith("word/media/")]


def test_a_template_with_an_unknown_layout_is_an_error(tmp_path: Path) -> None:
    template = "{#- Mine. -#}\n{#- layout: fom -#}\n# Mine\n"
    journal = make_journal(tmp_path / "journal", {"templates/mine.md.j2": template})
    done, _ = reports(journal, tmp_path / "out", "md", kind="mine")
    assert (done.code, done.error) == (2, 'templates/mine.md.j2 has an unknown layout "fom"')


def test_more_fonts_than_are_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "templates" / "look" / "fonts").mkdir(parents=True)
    for number in range(MOST_FONTS + 1):
        (tmp_path / "templates" / "look" / "fonts" / f"{number}.ttf").write_bytes(b"")
    with pytest.raises(UsageError, match="more than 12 fonts"):
        look_of(None, tmp_path)
