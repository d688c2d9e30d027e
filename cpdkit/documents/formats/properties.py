"""The properties of a document, and its running headers and footers."""

from dataclasses import dataclass

from cpdkit.documents.look import SHIPPED, Look


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """Title, running header and footer, language and paper of one document.

    `page_label` contains `{page}` and `{pages}`. `skip_label` and the names of tables, formulas and images are for
    readers with a screen reader or keyboard. `paper` is `a4` or `letter`. `epoch` is the document's date in seconds
    since 1970, UTC: the only time that a writer may use. `least_size` is the smallest type in points, 0 for any.
    """

    title: str
    author: str
    header_left: str
    header_right: str
    footer_left: str
    page_label: str = "Page {page} of {pages}"
    skip_label: str = "Skip to the content"
    contents_label: str = "Contents"
    page_column_label: str = "Page"
    table_label: str = "Table"
    formula_label: str = "Formula"
    image_label: str = "Image"
    language: str = "en-GB"
    paper: str = "a4"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    epoch: int = 0
    least_size: int = 0
    look: Look = SHIPPED
