"""Images come from inside the journal, by no detour, and each once."""

import os
from pathlib import Path

import pytest
from PIL import Image

from cpdkit.documents.bodies import media
from cpdkit.documents.bodies.image_files import Unusable
from cpdkit.documents.bodies.media import MediaStore, inside
from cpdkit.documents.bodies.vetting import NotShown, Shown

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
    assert store.images_of(ACTIVITY)(address) == Shown("m0001.png", 2.54)
    assert store.media["m0001.png"].startswith(b"\x89PNG")


def test_each_file_is_held_once_and_numbered_in_order(root: Path) -> None:
    store = MediaStore(root)
    images, others = store.images_of(ACTIVITY), store.images_of("activities/x.md")
    names = [images("../../evidence/b.jpg"), others("../evidence/chart one.png"), others("../evidence/b.jpg")]
    assert [each.name for each in names if isinstance(each, Shown)] == ["m0001.jpg", "m0002.png", "m0001.jpg"]
    assert list(store.media) == ["m0001.jpg", "m0002.png"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "has no file"),
        ("none.png", "is missing"),
        ("../../evidence", "is not a file"),
        ("../../evidence/b.jpg/x.png", "is missing"),
        ("../../../secret.png", "lies outside"),
        ("..%2f..%2f..%2fsecret.png", "lies outside"),
        ("/etc/passwd", "lies outside"),
        ("~/x.png", "lies outside"),
        ("C:\\x.png", "lies outside"),
        ("..\\..\\x.png", "lies outside"),
        ("https://x.example/x.png", "lies outside"),
        ("//x.example/x.png", "lies outside"),
        ("data:image/png;base64,AAAA", "lies outside"),
        ("a\x00b.png", "lies outside"),
        ("x" * 5000, "can't be read"),
        (".", "is not a file"),
    ],
)
def test_what_is_not_shown(root: Path, address: str, reason: str) -> None:
    found = MediaStore(root).images_of(ACTIVITY)(address)
    assert isinstance(found, NotShown)
    assert reason in found.reason


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("address", ["link.png", "folder/secret.png", "pipe.png"])
def test_no_link_is_followed_and_no_pipe_waited_for(root: Path, address: str) -> None:
    (root / "link.png").symlink_to(root.parent / "secret.png")
    (root / "folder").symlink_to(root.parent)
    os.mkfifo(root / "pipe.png")
    found = MediaStore(root).images_of("talk.md")(address)
    assert isinstance(found, NotShown)
    assert "symbolic link" in found.reason or "not a file" in found.reason


def test_a_journal_behind_a_link_is_read(root: Path) -> None:
    linked = root.parent / "linked"
    linked.symlink_to(root)
    assert isinstance(MediaStore(linked).images_of("x.md")("evidence/b.jpg"), Shown)


def test_files_and_all_together_are_bounded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "LARGEST", 10)
    found = MediaStore(root).images_of("x.md")("evidence/b.jpg")
    assert isinstance(found, NotShown)
    assert "too large" in found.reason
    monkeypatch.undo()
    small = MediaStore(root, _room=10).images_of("x.md")("evidence/b.jpg")
    assert isinstance(small, NotShown)
    assert "one too many" in small.reason


def test_where_an_address_leads() -> None:
    assert inside(("activities", "2026"), "../x/./y.png") == ("activities", "x", "y.png")
    with pytest.raises(Unusable):
        inside(("activities",), "../../x.png")
