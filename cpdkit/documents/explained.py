"""The explanations of the codes of documents, for `cpd explain` and the docs. Making a report does not need them."""

from pathlib import Path

from cpdkit.checks.explain import Catalogue
from cpdkit.documents.codes import CODES

OF_DOCUMENTS = Catalogue(CODES, Path(__file__).with_name("explained.toml"), checked=False)
