"""Right-to-left text in a DOCX: Word reads the direction from the paragraph (`w:bidi`) and from each run (`w:rtl`)."""

from copy import deepcopy

from cpdkit.documents.formats.direction import by_direction, has_right_to_left, is_right_to_left
from cpdkit.documents.formats.docx_parts import SPACE, Element, make, property_element, put, q

FONT = "Arial"
"""A font with Arabic and Hebrew on Windows and macOS; other systems have one of the same widths."""
_BEFORE_BIDI = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN",
)  # fmt: skip
_BEFORE_RTL = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign",
)  # fmt: skip


def set_directions(root: Element, *, paragraphs: bool = True) -> None:
    """Mark every paragraph and run that is written from right to left, or only the runs, as in a header."""
    for paragraph in root.iter(q("w:p")):
        texts = [text for text in paragraph.iter(q("w:t")) if text.text]
        whole = "".join(text.text for text in texts)
        if not has_right_to_left(whole):
            continue
        within = paragraphs and is_right_to_left(whole)
        if within:
            put(property_element(paragraph, "pPr"), make("bidi"), _BEFORE_BIDI)
        for run in {id(text.getparent()): text.getparent() for text in texts}.values():
            _split(run, within)


def _split(run: Element, within: bool) -> None:
    """Replace a run by one for each direction in it."""
    children = [child for child in run if child.tag != q("w:rPr")]
    pieces: list[tuple[Element, bool]] = []
    for child in children:
        if child.tag != q("w:t") or not child.text:
            pieces.append((child, pieces[-1][1] if pieces else within))
            continue
        for text, is_right in by_direction(child.text, within):
            piece = make("t")
            piece.text = text
            piece.set(SPACE, "preserve")
            pieces.append((piece, is_right))
    holder, at, facts = run.getparent(), run.getparent().index(run), run.find(q("w:rPr"))
    holder.remove(run)
    made: list[Element] = []
    last = None
    for piece, is_right in pieces:
        if last is not is_right:
            made.append(_run(facts, is_right))
            last = is_right
        made[-1].append(piece)
    for number, each in enumerate(made):
        holder.insert(at + number, each)


def _run(facts: Element | None, is_right: bool) -> Element:
    run = make("r")
    if facts is not None:
        run.append(deepcopy(facts))
    if is_right:
        _mark(property_element(run, "rPr"))
    return run


def _mark(facts: Element) -> None:
    """Mark the properties of a run as right to left, with a font for it, and bold and italic for its script."""
    fonts = facts.find(q("w:rFonts"))
    fonts = make("rFonts") if fonts is None else fonts
    fonts.set(q("w:cs"), FONT)
    put(facts, fonts, ("rStyle",))
    for name in ("b", "i"):
        if facts.find(q(f"w:{name}")) is not None:
            put(facts, make(f"{name}Cs"), _BEFORE_RTL[: _BEFORE_RTL.index(name) + 1])
    put(facts, make("rtl"), _BEFORE_RTL)
