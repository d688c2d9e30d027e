"""Draw an organisation chart as SVG: black on white, so that it stays legible in a fax and at half its size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from cpdkit.documents.diagram.layout import ARROW, PAGE, WIDTH, Box, Chart, Line, chart_of, scale_of
from cpdkit.documents.tree import clean_line
from cpdkit.journal.records import ME
from cpdkit.journal.reporting import Colleague, Organisation

NAME_SIZE, SIZE = 10.0, 9.0
LEADING = 11.5
PADDING = 6.0
EDGE = 3.0
"""White around the chart, for lines on its border."""
THIN, HEAVY = 0.8, 2.2
DOTS = "2.2 2.2"
MOST_LINES = 7
"""The most lines of a box; the text alternative has all words."""
FONTS = "'Source Sans 3', 'Noto Sans', Calibri, Carlito, Arial, sans-serif"
BETWEEN = 26.0
"""The space between the charts of several posts, with a caption above each."""
_NARROW, _WIDE = frozenset("iljftrI.,;:'|!()[] -"), frozenset("mwMW@%")


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG, and its size in points."""

    svg: str
    width: float
    height: float

    @property
    def printed_width(self) -> float:
        """The width on a page, in points."""
        return self.width * min(1.0, PAGE[0] / self.width, PAGE[1] / self.height)


Texts = dict[str, list[tuple[str, bool]]]
"""The lines of each box, and whether they are of a name."""


@dataclass(frozen=True, slots=True)
class Captioned:
    """An organisation with what is written above and below its chart."""

    caption: str
    organisation: Organisation
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A chart in a drawing, and where it begins."""

    y: float
    chart: Chart
    texts: Texts
    caption: str = ""
    notes: tuple[str, ...] = ()


def drawn(organisation: Organisation, words: str) -> Drawing:
    """Return the chart of an organisation; `words` is its text alternative."""
    chart, texts = laid_out(organisation)
    return _svg([_Part(0.0, chart, texts)], chart.width, chart.height, words)


def drawn_together(charts: Sequence[Captioned], words: str) -> Drawing:
    """Return the charts of several organisations below each other, each with a caption above and notes below."""
    parts = []
    y = width = 0.0
    for each in charts:
        chart, texts = laid_out(each.organisation)
        parts.append(_Part(y + BETWEEN, chart, texts, each.caption, each.notes))
        y += BETWEEN + chart.height + len(each.notes) * (LEADING + 2) + BETWEEN
        written = (_width(text, NAME_SIZE) for text in (each.caption, *each.notes))
        width = max(width, chart.width, *written)
    return _svg(parts, width, y - BETWEEN / 2, words)


def laid_out(organisation: Organisation) -> tuple[Chart, Texts]:
    """Return the chart, and the lines of each box."""
    texts = {each.id: list(_lines_of(each)) for each in organisation.colleagues}
    heights = {name: len(lines) * LEADING + 2 * PADDING - 2 for name, lines in texts.items()}
    return chart_of(organisation, heights), texts


def is_legible(organisation: Organisation) -> bool:
    """Return whether the words are at least 8 pt high on a page of A4."""
    return scale_of(laid_out(organisation)[0]) * SIZE >= 8.0


def _lines_of(colleague: Colleague) -> Iterator[tuple[str, bool]]:
    many = f" ({colleague.count})" if colleague.count > 1 else ""
    names = [(line, True) for line in _wrapped(colleague.name + many, NAME_SIZE * 1.06)]
    work = [(line, False) for text in (colleague.role, colleague.organisation) for line in _wrapped(text, SIZE)]
    registered = [(line, False) for line in _wrapped(colleague.registration, SIZE)]
    # An assessor looks for the registration, so the role is what is shortened.
    registered = _shortened(registered, 2)
    names = _shortened(names, MOST_LINES - len(registered) - bool(work))
    yield from (*names, *_shortened(work, MOST_LINES - len(names) - len(registered)), *registered)


def _shortened(lines: list[tuple[str, bool]], most: int) -> list[tuple[str, bool]]:
    if len(lines) <= most:
        return lines
    words, is_name = lines[most - 1]
    return [*lines[: most - 1], (f"{words} …", is_name)]


def _wrapped(text: str, size: float) -> Iterator[str]:
    """Yield the lines of a text that fit into a box, by the usual widths of letters."""
    room = WIDTH - 2 * PADDING
    line = ""
    for word in clean_line(text).split():
        for piece in _pieces(word, size, room):
            if line and _width(f"{line} {piece}", size) > room:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    if line:
        yield line


def _pieces(word: str, size: float, room: float) -> Iterator[str]:
    """Yield a word in parts that fit on a line."""
    piece = ""
    for letter in word:
        if piece and _width(piece + letter, size) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _width(text: str, size: float) -> float:
    return size * sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    """Return the width of a letter as a part of its size, rather too much than too little."""
    if letter in _NARROW:
        return 0.3
    if letter in _WIDE:
        return 0.86
    if ord(letter) > 0x2E80:
        return 1.0
    return 0.63 if letter.isupper() else 0.54


def _svg(parts: Sequence[_Part], width: float, height: float, words: str) -> Drawing:
    wide, high = width + 2 * EDGE, height + 2 * EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.1f}pt" height="{high:.1f}pt" '
        f'viewBox="0 0 {wide:.1f} {high:.1f}" role="img" aria-label={quoteattr(clean_line(words))}>',
        f"<title>{escape(clean_line(words))}</title>",
        f'<rect width="{wide:.1f}" height="{high:.1f}" fill="white"/>',
        f'<g font-family="{FONTS}" fill="black" text-anchor="middle">',
    ]
    for part in parts:
        if part.caption:
            lines.append(_words(part.caption, part.y - 9, NAME_SIZE))
        lines.append(f'<g transform="translate({EDGE} {EDGE + part.y:.1f})">')
        lines += _drawn(part.chart, part.texts)
        lines.append("</g>")
        below = part.y + part.chart.height + LEADING + EDGE + 4
        lines += [_words(note, below + number * (LEADING + 2), SIZE) for number, note in enumerate(part.notes)]
    return Drawing("\n".join([*lines, "</g>", "</svg>", ""]), wide, high)


def _words(text: str, y: float, size: float) -> str:
    return f'<text x="{EDGE}" y="{y:.1f}" font-size="{size}" text-anchor="start">{escape(clean_line(text))}</text>'


def _drawn(chart: Chart, texts: Texts) -> Iterator[str]:
    for line in chart.lines:
        yield _line(line)
    for box in chart.boxes:
        yield from _box(box, texts[box.id])


def _line(line: Line) -> str:
    path = " ".join(f"{'L' if number else 'M'}{x:.1f} {y:.1f}" for number, (x, y) in enumerate(line.points))
    dots = f' stroke-dasharray="{DOTS}"' if line.dotted else ""
    return f'<path d="{path}" fill="none" stroke="black" stroke-width="{THIN}"{dots}/>'


def _box(box: Box, lines: Sequence[tuple[str, bool]]) -> Iterator[str]:
    stroke = HEAVY if box.id == ME else THIN
    yield (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" fill="white" '
        f'stroke="black" stroke-width="{stroke}"/>'
    )
    y = box.y + (box.height - len(lines) * LEADING) / 2 + NAME_SIZE - 1
    for text, is_name in lines:
        style = f'font-size="{NAME_SIZE}" font-weight="600"' if is_name else f'font-size="{SIZE}"'
        yield f'<text x="{box.centre:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'
        y += LEADING
    if box.id == ME:
        yield _arrow(box)


def _arrow(box: Box) -> str:
    """Return an arrow that points to the owner's box."""
    y, tip = box.y + box.height / 2, box.right + 3
    points = f"{tip:.1f},{y:.1f} {tip + 8:.1f},{y - 5:.1f} {tip + 8:.1f},{y + 5:.1f}"
    return (
        f'<path d="M{tip + 8:.1f} {y:.1f} L{box.right + ARROW - 3:.1f} {y:.1f}" stroke="black" '
        f'stroke-width="{HEAVY}"/><polygon points="{points}" fill="black"/>'
    )
