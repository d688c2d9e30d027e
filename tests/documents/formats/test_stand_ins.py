import json

from cpdkit.documents import pandoc
from cpdkit.documents.formats.stand_ins import by_stand_in, pictures, stand_in, with_stand_ins
from cpdkit.documents.tree import document
from tests.documents.office_sample import parts, photograph


def image(url: str) -> dict[str, object]:
    return {"t": "Para", "c": [{"t": "Image", "c": [["", [], []], [{"t": "Str", "c": "alt"}], [url, ""]]}]}


def test_kind_and_size_are_read_from_the_bytes() -> None:
    held = pictures({"m0001.png": photograph("JPEG")}, office=True)
    assert (held["m0001.png"].suffix, held["m0001.png"].width, held["m0001.png"].type) == ("jpg", 3000, "image/jpeg")


def test_webp_becomes_png_for_word_processors_alone() -> None:
    media = {"m0001.webp": photograph("WEBP", (30, 20))}
    assert pictures(media, office=True)["m0001.webp"].suffix == "png"
    assert pictures(media, office=False)["m0001.webp"].suffix == "webp"


def test_other_files_than_images_are_omitted() -> None:
    assert pictures({"m0001.png": b"<svg/>", "m0002.png": b""}, office=True) == {}


def test_pandoc_measures_the_stand_in_as_the_picture() -> None:
    held = pictures(
        {"m0001.jpg": photograph("JPEG", (600, 300)), "m0002.jpg": photograph("JPEG", (600, 300))}, office=True
    )
    tree = document([image("cpd-media:m0001.jpg"), image("cpd-media:m0002.jpg")])
    made = pandoc.write(with_stand_ins(json.dumps(tree, separators=(",", ":")).encode(), held), "docx", epoch=0)
    assert sum(part in by_stand_in(held) for part in parts(made).values()) == 2
    assert b'cx="3657600" cy="1828800"' in parts(made)["word/document.xml"]


def test_a_word_that_looks_like_an_address_stays_a_word() -> None:
    held = pictures({"m0001.jpg": photograph("JPEG", (6, 3))}, office=True)
    words = b'{"t":"Str","c":"cpd-media:m0001.jpg"}'
    assert with_stand_ins(words, held) == words


def test_stand_ins_are_small_and_differ() -> None:
    held = pictures({"m0001.jpg": photograph(), "m0002.jpg": photograph()}, office=True)
    one, other = (stand_in(picture) for picture in held.values())
    assert one != other
    assert len(one) < 100
