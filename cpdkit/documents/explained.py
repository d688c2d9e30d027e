"""Where the codes of documents are explained, for `cpd explain` and the docs."""

from pathlib import Path

from cpdkit.checks.explain import Catalogue
from cpdkit.documents.codes import CODES

OF_DOCUMENTS = Catalogue(CODES, Path(__file__).with_name("explained.toml"), checked=False)
