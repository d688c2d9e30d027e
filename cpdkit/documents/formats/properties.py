"""What a document says of itself, and what stands around its pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """Title, running header and footer, language and paper of one document.

    `page_label` holds `{page}` and `{pages}`; `skip_label` is for those who hear a web page or go through it by keys.
    `paper` is `a4` or `letter`. `epoch` is the document's own date in seconds since 1970, UTC: the only clock that a
    writer may read.
    """

    title: str
    author: str
    header_left: str
    header_right: str
    footer_left: str
    page_label: str = "Page {page} of {pages}"
    skip_label: str = "Skip to the content"
    language: str = "en-GB"
    paper: str = "a4"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    epoch: int = 0
