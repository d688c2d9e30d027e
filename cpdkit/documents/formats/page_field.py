"""The page of a place in a DOCX, as a field that Word and LibreOffice fill in."""

UNKNOWN = "–"
"""What the field shows until a program has filled it in."""


def page_field(place: str) -> str:
    """Return the field as runs of a paragraph. Word fills in a field that is marked as outdated."""
    instruction = f" PAGEREF {place} \\h "
    runs = (
        '<w:fldChar w:fldCharType="begin" w:dirty="true"/>',
        f'<w:instrText xml:space="preserve">{instruction}</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{UNKNOWN}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{run}</w:r>" for run in runs)
