"""A name in one form of Unicode finds the file whose name is in another: fields, links, images, options, completion."""

from io import BytesIO
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cpdkit.cli.complete import fitting
from cpdkit.cli.main import run
from cpdkit.documents.bodies.builder import ShownImage
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.journal.records import Activity
from cpdkit.text.names import composed, folded, on_disk
from tests.checks.checking import located_codes
from tests.journal.folders import FIELDS, MEMBER, record, write
from tests.journal.reader import record_of

PLAN = "title: Énergie\nstatus: open\npriority: high\nby: 2027-03-01\nwhy: x\nhow: y\nsuccess-measure: z\n"
Form = Literal["NFC", "NFD"]
FORMS: list[tuple[Form, Form]] = [("NFC", "NFC"), ("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")]
NAMES = ("énergie", "Ñandú Å", "Việt", "한국", "Ωμέγα", "ṩ")
BODY = "\n{link}\n\n## Reflection\n\nHow the mutual coupling of two circuits shortens the reach of a distance relay.\n"


def png() -> bytes:
    data = BytesIO()
    Image.new("L", (4, 4)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(("on", "written"), FORMS)
def test_fields_links_and_images(tmp_path: Path, on: Form, written: Form) -> None:
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(NAMES):
        there, here = normalize(on, name), normalize(written, name)
        link = f"[a](../evidence/{here}/{here}.pdf) ![b](../evidence/{here}/{here}.png)".replace(" ", "%20")
        fields = f"{FIELDS}objectives: [{here}]\nevidence: [{here}/{here}.pdf, {here}/{here}.png]\n"
        files[f"activities/{number}.md"] = record(fields, BODY.format(link=link))
        files[f"plan/{there}.md"] = record(PLAN, "")
        files[f"evidence/{there}/{there}.pdf"] = b"%PDF"
        files[f"evidence/{there}/{there}.png"] = png()
    codes = {code for _, code in located_codes(tmp_path, files)}
    assert not codes & {"CPD501", "CPD503", "CPD504", "CPD509", "CPD510", "CPD511", "CPD601", "CPD602"}
    images = MediaStore(tmp_path).images_of("activities/course.md")
    for name in NAMES:
        here = normalize(written, name)
        assert isinstance(images(f"../evidence/{here}/{here}.png"), ShownImage)


@pytest.mark.parametrize(("on", "written"), FORMS)
def test_options_and_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str], on: Form, written: Form) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, f"plan/{normalize(on, 'énergie')}.md", record(PLAN, ""))
    fields = f"{FIELDS}objectives: [{normalize(on, 'énergie')}]\ntopics: [{normalize(on, 'Réseau')}]\n"
    write(tmp_path, f"activities/{normalize(on, 'journée')}.md", record(fields))
    journal = ["--journal", str(tmp_path)]
    for option in (["--objective", normalize(written, "ÉNERGIE")], ["--topic", normalize(written, "réseau")]):
        assert run(["list", "--columns", "title", *option, *journal]) == 0
        assert "Relay course" in capsys.readouterr().out
    assert run(["show", normalize(written, "journé"), *journal]) == 0
    assert run(["rename", normalize(written, "énergie"), "storage", *journal]) == 0
    (activity,) = (tmp_path / "activities").iterdir()
    assert "objectives: [storage]" in activity.read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "plan").iterdir()] == ["storage.md"]


@given(st.text(), st.sampled_from(("NFC", "NFD")))
def test_forms_of_a_name_are_one_name(name: str, form: Form) -> None:
    other = normalize(form, name)
    assert composed(other) == composed(name)
    assert folded(other) == folded(name)
    assert fitting(other, [name]) == [name]


def test_a_new_file_is_found_in_a_folder_that_was_read_before(tmp_path: Path) -> None:
    names = [normalize("NFD", name) for name in NAMES]
    for count, name in enumerate(names, 1):
        (tmp_path / name).write_bytes(b"")
        assert [on_disk(str(tmp_path), composed(each)) for each in names[:count]] == names[:count]
    assert on_disk(str(tmp_path), "à/b") == "à/b"


def test_other_texts_stay_as_written() -> None:
    made, _ = record_of(record(FIELDS.replace("Relay course", "\ufa19と\uf900")))
    assert isinstance(made, Activity)
    assert made.title == "\ufa19と\uf900"
