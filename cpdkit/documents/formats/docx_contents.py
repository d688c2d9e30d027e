"""The list of contents of a long DOCX: links to the sections, with their pages as fields.

It is not Word's own table of contents: LibreOffice shows no pages for one that Word has not filled in yet.
"""

from collections.abc import Iterator

from cpdkit.documents.formats.docx_parts import Element, P, make, q, set_style, style_of, words_run

PLACE = "Toc2"
"""The style of the paragraph that marks the place, and of each line. Word has it for headings of level 2."""
LONG = 16_000
"""Characters of a document from which it has a list of contents: about eight pages."""
FEWEST = 3
"""The fewest sections of a list."""


def insert_contents(body: Element, title: str) -> None:
    """Put the list of contents at its place, or remove the place from a short document."""
    place = next((each for each in body.iter(P) if style_of(each) == PLACE), None)
    if place is None:
        return
    sections = list(_sections(body))
    if len(sections) >= FEWEST and sum(map(len, body.itertext())) >= LONG:
        caption = make("p")
        set_style(caption, "ChartCaption")
        caption.append(words_run(title))
        place.addprevious(caption)
        for name, words in sections:
            place.addprevious(_line(name, words))
    place.getparent().remove(place)


def _sections(body: Element) -> Iterator[tuple[str, str]]:
    """Yield the bookmark and the words of each heading of level 2."""
    for heading in body.iter(P):
        mark = heading.find(q("w:bookmarkStart"))
        if style_of(heading) == "Heading2" and mark is not None:
            yield mark.get(q("w:name")), "".join(heading.itertext(q("w:t")))


def _line(name: str, words: str) -> Element:
    """Return a line: the words as a link to the section, a tab, and the page as a field."""
    line = make("p")
    set_style(line, PLACE)
    link = make("hyperlink", anchor=name, history="1")
    link.append(words_run(words))
    tab = make("r")
    tab.append(make("tab"))
    link.append(tab)
    # Word fills in a field that is marked as outdated.
    link.extend([_mark("begin", dirty="true"), _instruction(f" PAGEREF {name} \\h "), _mark("separate")])
    link.extend([words_run("–"), _mark("end")])
    line.append(link)
    return line


def _mark(kind: str, **attributes: str) -> Element:
    run = make("r")
    run.append(make("fldChar", fldCharType=kind, **attributes))
    return run


def _instruction(text: str) -> Element:
    run = make("r")
    instruction = make("instrText")
    instruction.text = text
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(instruction)
    return run
