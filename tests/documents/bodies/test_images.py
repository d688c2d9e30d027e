"""Images are prepared for documents, and their metadata is removed."""

import contextlib
import io
import os
import random
import sys
import warnings
from pathlib import Path

import pytest
from PIL import Image

from cpdkit.documents.bodies import images as media
from cpdkit.documents.bodies.builder import MissingImage, ShownImage
from cpdkit.documents.bodies.images import MediaStore, Unusable, clean_image, clean_within_limits, inside, paper_width
from tests.documents.hostile import png_claiming

PLACE = b"51.5N 0.1W"
DOTS = (300, 300)


def picture(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.frombytes(
        mode, size, random.Random(7).randbytes(size[0] * size[1] * len(Image.new(mode, (1, 1)).getbands()))
    )


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **options)  # type: ignore[arg-type]
    return held.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = PLACE.decode()
    return made


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("progressive", [True, False])
def test_a_photograph_loses_its_place_and_no_pixel(mode: str, progressive: bool) -> None:
    data = saved(picture(mode), "JPEG", exif=exif(), comment=PLACE, dpi=DOTS, progressive=progressive)
    made = clean_image(data + PLACE)
    assert PLACE in data
    assert PLACE not in made.data
    assert opened(made.data).tobytes() == opened(data).tobytes()
    assert made.suffix == "jpg"
    assert made.width == paper_width((60, 40), 300)


def test_a_rotated_photograph_is_turned_upright() -> None:
    made = clean_image(saved(picture(), "JPEG", exif=exif(6)))
    assert opened(made.data).size == (40, 60)
    assert PLACE not in made.data
    assert not opened(made.data).getexif()


def test_print_colours_become_screen_colours() -> None:
    assert opened(clean_image(saved(picture("CMYK"), "JPEG")).data).mode == "RGB"


def test_a_png_keeps_its_pixels_and_its_size_alone() -> None:
    info = __import__("PIL.PngImagePlugin").PngImagePlugin.PngInfo()
    info.add_text("Author", PLACE.decode())
    data = saved(picture("RGBA"), "PNG", pnginfo=info, exif=exif(), dpi=DOTS)
    made = clean_image(data + PLACE)
    assert PLACE in data
    assert PLACE not in made.data
    assert opened(made.data).tobytes() == picture("RGBA").tobytes()
    assert (made.suffix, made.width) == ("png", 0.51)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_others_become_png(kind: str) -> None:
    made = clean_image(saved(picture(), kind))
    assert (opened(made.data).format, opened(made.data).size, made.suffix) == ("PNG", (60, 40), "png")


def test_a_film_is_its_first_frame() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    made = clean_image(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert opened(made.data).convert("RGB").getpixel((4, 4)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG"),
        (b"%PDF-1.7", "not a PNG"),
        (saved(Image.new("RGB", (9, 9)), "BMP"), "not a PNG"),
        (png_claiming(30_000, 30_000), "million pixels"),
        (png_claiming(10_000, 10_000), "million pixels"),
        (png_claiming(7_000, 7_000), "million pixels"),
        (png_claiming(100, 100), "damaged"),
        (saved(picture(), "PNG")[:200], "damaged"),
        (saved(picture(), "JPEG", quality=95)[:900], "damaged"),
        (saved(picture(), "PNG")[:20], "damaged|not a PNG"),
    ],
)
def test_what_cannot_be_shown(data: bytes, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        clean_image(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_no_damage_gets_through(kind: str) -> None:
    chance = random.Random(kind)
    data = saved(picture(), kind)
    for _ in range(150):
        hurt = bytearray(data)
        for _ in range(3):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        try:
            made = clean_image(
                bytes(hurt[: chance.randrange(1, len(hurt) + 1)]) if chance.random() < 0.3 else bytes(hurt)
            )
        except Unusable:
            continue
        assert opened(made.data).size[0] > 0


@pytest.mark.parametrize(
    ("size", "dpi", "width"),
    [((600, 400), 300, 5.08), ((6000, 4000), 300, 16.0), ((1000, 4000), 96, 5.0), ((96, 96), 96, 2.54)],
)
def test_the_width_on_paper(size: tuple[int, int], dpi: int, width: float) -> None:
    assert paper_width(size, dpi) == width


@pytest.mark.parametrize("dpi", [(1, 1), (100_000, 100_000)])
def test_senseless_densities_are_not_believed(dpi: tuple[int, int]) -> None:
    assert clean_image(saved(picture(), "PNG", dpi=dpi)).width == paper_width((60, 40), 96)


ACTIVITY = "activities/2026/talk.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    journal = tmp_path / "journal"
    (journal / "activities" / "2026").mkdir(parents=True)
    (journal / "evidence").mkdir()
    for place in (journal / "evidence" / "chart one.png", journal / "evidence" / "b.jpg", tmp_path / "secret.png"):
        Image.new("RGB", (96, 48), "green").save(place)
    return journal


@pytest.mark.parametrize(
    "address", ["../../evidence/chart one.png", "../../evidence/chart%20one.png", "./../../evidence//chart one.png"]
)
def test_an_image_of_the_journal(root: Path, address: str) -> None:
    store = MediaStore(root)
    assert store.images_of(ACTIVITY)(address) == ShownImage("m0001.png", 2.54)
    assert store.media["m0001.png"].startswith(b"\x89PNG")


def test_each_file_is_held_once_and_numbered_in_order(root: Path) -> None:
    store = MediaStore(root)
    images, others = store.images_of(ACTIVITY), store.images_of("activities/x.md")
    names = [images("../../evidence/b.jpg"), others("../evidence/chart one.png"), others("../evidence/b.jpg")]
    assert [each.name for each in names if isinstance(each, ShownImage)] == ["m0001.jpg", "m0002.png", "m0001.jpg"]
    assert list(store.media) == ["m0001.jpg", "m0002.png"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "has no address"),
        ("none.png", "is missing"),
        ("../../evidence", "is not a file"),
        ("../../evidence/b.jpg/x.png", "is missing"),
        ("../../../secret.png", "is outside"),
        ("..%2f..%2f..%2fsecret.png", "is outside"),
        ("/etc/passwd", "is outside"),
        ("~/x.png", "is outside"),
        ("C:\\x.png", "is outside"),
        ("..\\..\\x.png", "is outside"),
        ("https://x.example/x.png", "is outside"),
        ("//x.example/x.png", "is outside"),
        ("data:image/png;base64,AAAA", "is outside"),
        ("a\x00b.png", "is outside"),
        ("x" * 5000, "cannot be read"),
        (".", "is not a file"),
    ],
)
def test_what_is_not_shown(root: Path, address: str, reason: str) -> None:
    found = MediaStore(root).images_of(ACTIVITY)(address)
    assert isinstance(found, MissingImage)
    assert reason in found.reason


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("address", ["link.png", "folder/secret.png", "pipe.png"])
def test_no_link_is_followed_and_no_pipe_waited_for(root: Path, address: str) -> None:
    (root / "link.png").symlink_to(root.parent / "secret.png")
    (root / "folder").symlink_to(root.parent)
    os.mkfifo(root / "pipe.png")
    found = MediaStore(root).images_of("talk.md")(address)
    assert isinstance(found, MissingImage)
    assert "symbolic link" in found.reason or "not a file" in found.reason


def test_a_journal_reached_by_a_link_is_read(root: Path) -> None:
    linked = root.parent / "linked"
    linked.symlink_to(root)
    assert isinstance(MediaStore(linked).images_of("x.md")("evidence/b.jpg"), ShownImage)


def test_files_and_all_together_are_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "LARGEST", 10)
    found = MediaStore(root).images_of("x.md")("evidence/b.jpg")
    assert isinstance(found, MissingImage)
    assert "too large" in found.reason
    monkeypatch.undo()
    small = MediaStore(root, _room=10).images_of("x.md")("evidence/b.jpg")
    assert isinstance(small, MissingImage)
    assert "the limit of" in small.reason


def test_where_an_address_leads() -> None:
    assert inside(("activities", "2026"), "../x/./y.png") == ("activities", "x", "y.png")
    with pytest.raises(Unusable):
        inside(("activities",), "../../x.png")


def many_scans(count: int, size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a progressive JPEG whose last scan is repeated."""
    data = saved(Image.new("RGB", size), "JPEG", progressive=True)
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png_claiming(39_000_000, 1), "wider or higher"),
        (png_claiming(1, 39_000_000), "wider or higher"),
        (png_claiming(30_001, 1_000), "wider or higher"),
        (saved(Image.new("L", (30_000, 1)), "PNG"), "times as long"),
        (saved(Image.new("L", (1, 201)), "GIF"), "times as long"),
        (saved(Image.new("RGB", (16_000, 20)), "WEBP"), "times as long"),
        (saved(Image.new("RGB", (20_000, 2)), "JPEG"), "times as long"),
        (many_scans(5_000), "too many scans"),
        (many_scans(60, (4_000, 4_000)), "too many scans"),
    ],
)
def test_sides_ratio_and_scans_are_bounded(data: bytes, reason: str) -> None:
    for clean in (clean_image, clean_within_limits):
        with pytest.raises(Unusable, match=reason):
            clean(data)


def test_scans_of_a_camera_are_fine() -> None:
    assert clean_image(many_scans(10)).suffix == "jpg"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_large_image_is_cleaned_in_a_child_with_the_same_result(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(picture(), kind)
    monkeypatch.setattr(media, "DECODED_HERE", 0)
    assert clean_within_limits(data) == clean_image(data)
    with pytest.raises(Unusable, match="takes too long"):
        clean_within_limits(data, 0.001)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_the_memory_of_the_child_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "MEMORY", 100_000_000)
    with pytest.raises(Unusable, match=r"too much memory|damaged"):
        clean_within_limits(saved(Image.new("RGB", (8_000, 4_500)), "PNG"))


def test_the_time_of_all_images_together_is_bounded(root: Path) -> None:
    found = MediaStore(root, _seconds=0).images_of("x.md")("evidence/b.jpg")
    assert isinstance(found, MissingImage)
    assert "took" in found.reason


@pytest.mark.parametrize(
    "header",
    [
        b"II*\0\xff\xff\xff\x7f",
        b"II*\0\x08\0\0\0\xff\xff",
        b"MM\0*",
        b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\x7f\0\0\0\0",
    ],
)
def test_no_warning_of_pillow_reaches_the_terminal(header: bytes) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for clean in (clean_image, clean_within_limits):
            with contextlib.suppress(Unusable):
                clean(saved(picture(), "JPEG", exif=b"Exif\0\0" + header))
    assert warned == []
