import pytest

from cpdkit.documents.formats.paper import paper


@pytest.mark.parametrize(("name", "width"), [("a4", 470.6), ("letter", 487.3), ("foolscap", 470.6)])
def test_text_width(name: str, width: float) -> None:
    assert paper(name).text_width == pytest.approx(width, abs=0.01)


def test_text_height_is_within_the_page() -> None:
    assert 600 < paper("letter").text_height < paper("letter").height
