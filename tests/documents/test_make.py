"""Making a report: every word of every body, and every field, of the example journal arrives in every format.

What the journal says is read by `source_words`, what a document says by `read_back`: neither knows cpdkit.
"""

from collections import Counter

import pytest

from cpdkit.documents.outputs import FORMATS
from tests.documents.arrivals import losses, sections
from tests.documents.conftest import Example
from tests.documents.read_back import squeezed
from tests.documents.source_words import Said, letters_of, said_by_journal
from tests.documents.conftest import JOURNAL


@pytest.fixture(scope="module")
def saids() -> list[Said]:
    return said_by_journal(JOURNAL)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_word_and_every_field_arrives(example: Example, saids: list[Said], suffix: str) -> None:
    assert len(saids) == len(example.selection.included) > 60
    assert losses(example.read[suffix].text, saids) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_formula_arrives(example: Example, saids: list[Said], suffix: str) -> None:
    found = sections(example.read[suffix].text, saids)
    for said in saids:
        wanted = Counter("".join(map(letters_of, said.formulas)))
        found[said.path].without(said.pieces)
        assert not wanted - Counter(found[said.path].letters), said.path


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_address_is_linked(example: Example, saids: list[Said], suffix: str) -> None:
    wanted = {link for said in saids for link in said.links}
    assert len(wanted) > 5
    assert wanted <= {link.rstrip("/") for link in example.read[suffix].links} | example.read[suffix].links


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_picture_is_described(example: Example, saids: list[Said], suffix: str) -> None:
    pictures = [words for said in saids for words in said.pictures]
    assert len(pictures) >= 3
    assert [words for words in pictures if squeezed(words) not in squeezed(example.read[suffix].described)] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_private_arrives_nowhere(example: Example, saids: list[Said], suffix: str) -> None:
    hidden = [letters for said in saids for line in said.hidden if len(letters := squeezed(line)) > 20]
    assert len(hidden) >= 3
    everything = squeezed(example.read[suffix].text + example.read[suffix].described)
    assert [letters for letters in hidden if letters in everything] == []
