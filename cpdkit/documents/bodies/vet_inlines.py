"""The whitelist over inlines: every kind that may stay, and what becomes of the others. No word is lost."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cpdkit.documents.bodies.comments import COMMENT
from cpdkit.documents.bodies.formulas import harmless
from cpdkit.documents.bodies.staging import unscoped
from cpdkit.documents.bodies.vetting import (
    DEEPEST_INLINE,
    LINE_BREAK,
    NO_ATTR,
    SOFT_BREAK,
    SPACE,
    NotShown,
    Shown,
    Vetting,
    joined,
    trimmed,
    word,
    words,
)
from cpdkit.documents.tree import BREAKS, Block, Inline, clean_line, clean_text, safe_address, words_of

_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Pandoc's own rule for `$…$`: no space just inside, no digit just behind. The reader of bodies keeps half of it.
_MATHS = re.compile(r"\$(?!\s)((?:[^\s\\$]|\\.|\s(?!\$))+)\$(?!\d)", re.DOTALL)
_IS_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)?(.*?)/?$", re.IGNORECASE | re.DOTALL)


def inlines(vetting: Vetting, items: Sequence[Inline], depth: int = 0) -> list[Inline]:
    """The inlines as they may stay. `depth` is how deep they are nested in other inlines."""
    if depth > DEEPEST_INLINE:
        vetting.report(
            "CPD909", f"emphasis, links or quotes are nested more than {DEEPEST_INLINE} deep; the words stay"
        )
        items = list(_leaves(items))
    made: list[Inline] = []
    for at, item in enumerate(items):
        kind = item["t"]
        if kind == "Str":
            if shown := word(item["c"]):
                made.append(shown)
        elif kind == "Space":
            made.append(SPACE)
        elif kind == "Math":
            made += _maths(vetting, item, items[at + 1] if at + 1 < len(items) else None)
        elif handler := _HANDLERS.get(kind):
            made += handler(vetting, item.get("c"), depth)
        else:
            made += words(words_of(item))
    return made


def _leaves(items: Sequence[Inline]) -> Iterator[Inline]:
    """What is left when every nesting inline is unwrapped. Not recursive: the nesting may be of any depth."""
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        inside = _INSIDE.get(item["t"])
        if inside is None:
            yield item
        else:
            waiting.extend(reversed(item["c"] if inside < 0 else item["c"][inside]))


_INSIDE = dict.fromkeys(("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "SmallCaps"), -1) | {
    "Quoted": 1, "Cite": 1, "Span": 1, "Link": 1,
}  # fmt: skip


def _style(kind: str) -> Callable[[Vetting, Any, int], list[Inline]]:
    def kept(vetting: Vetting, content: Any, depth: int) -> list[Inline]:
        inside = inlines(vetting, content, depth + 1)
        return [{"t": kind, "c": inside}] if inside else []

    return kept


def _unwrapped(vetting: Vetting, content: Any, depth: int) -> list[Inline]:
    return inlines(vetting, content[1], depth + 1)


def _quoted(vetting: Vetting, content: Any, depth: int) -> list[Inline]:
    return [{"t": "Quoted", "c": [content[0], inlines(vetting, content[1], depth + 1)]}]


def _code(_vetting: Vetting, content: Any, _depth: int) -> list[Inline]:
    kept = clean_line(content[1])
    return [{"t": "Code", "c": [NO_ATTR, kept]}] if kept else []


def _raw(vetting: Vetting, content: Any, _depth: int) -> list[Inline]:
    """Raw markup as visible text; a closed comment is the owner's note and goes; `<br>` is a break."""
    if _BREAK_TAG.fullmatch(content[1]):
        return [LINE_BREAK]
    visible = COMMENT.sub("", content[1])
    if visible.strip():
        shown_raw(vetting, visible)
    return words(visible)


def shown_raw(vetting: Vetting, markup: str) -> None:
    """Say that raw markup is printed as it was typed."""
    start = clean_line(markup.strip().split("\n", 1)[0])
    short = start if len(start) <= 40 else start[:39] + "…"
    vetting.report("CPD903", f"{short} is printed as text", "write it in Markdown, or put code between backticks")


def _note(vetting: Vetting, content: Any, depth: int) -> list[Inline]:
    """A footnote of plain paragraphs; inside another footnote it is text in brackets."""
    if depth < _IN_NOTE:
        kept = [made for block in content for made in _note_block(vetting, block)]
        return [{"t": "Note", "c": kept}] if kept else []
    return [SPACE, *words("["), *joined((_note_words(vetting, block) for block in content), [SPACE]), *words("]")]


def _note_block(vetting: Vetting, block: Block) -> list[Block]:
    if block["t"] == "CodeBlock":
        code = clean_text(block["c"][1])
        return [{"t": "CodeBlock", "c": [NO_ATTR, code]}] if code.strip() else []
    kept = trimmed(_note_words(vetting, block))
    return [{"t": "Para", "c": kept}] if kept else []


def _note_words(vetting: Vetting, block: Block) -> list[Inline]:
    """All words of a block as one run of inlines, whatever its kind."""
    return joined((inlines(vetting, run, _IN_NOTE) for run in runs_of(block)), [SPACE])


_IN_NOTE = DEEPEST_INLINE - 5
"""The inline depth that a footnote's own text starts from, so that its nesting is bounded and no note is inside."""


def runs_of(block: Block) -> Iterator[list[Inline]]:
    """The runs of inlines that a block of any kind holds, in order; code as one run. Not recursive."""
    waiting: list[Any] = [block]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(each for each in reversed(node) if isinstance(each, (dict, list)))
        elif node["t"] in ("Para", "Plain"):
            yield node["c"]
        elif node["t"] == "Header":
            yield node["c"][2]
        elif node["t"] in ("CodeBlock", "RawBlock"):
            yield [{"t": "Code", "c": node["c"]}] if node["t"] == "CodeBlock" else [{"t": "RawInline", "c": node["c"]}]
        elif isinstance(node.get("c"), list):
            waiting.append(node["c"])


def _link(vetting: Vetting, content: Any, depth: int) -> list[Inline]:
    """A link to where a link may lead, its title behind it; else its text, with the address where that says more."""
    _, label, (target, title) = content
    inside = trimmed(inlines(vetting, label, depth + 1))
    behind = _title(title, label)
    place = unscoped(target[1:]) if target.startswith("#") else ""
    if place:
        if place in vetting.known and inside:
            return [_to(inside, "#" + vetting.prefix + place), *behind]
        vetting.report(
            "CPD905", f"the link to #{clean_line(place)} leads nowhere", "no heading of this text has that name"
        )
        return inside + behind
    target = "" if target.startswith("#") else target
    if safe := safe_address(target):
        return [_to(inside or words(target), safe), *behind]
    return inside + _address_beside(vetting, label, target) + behind


def _to(inside: list[Inline], target: str) -> Inline:
    return {"t": "Link", "c": [NO_ATTR, inside, [target, ""]]}


def _address_beside(vetting: Vetting, label: Sequence[Inline], target: str) -> list[Inline]:
    """The address of a link that may not be one, in brackets behind its text unless that says it already."""
    address = clean_line(target).strip()
    if not address:
        vetting.report("CPD905", f'the link "{_short(_text(label))}" has no address')
        return []
    vetting.report(
        "CPD905",
        f"the link to {_short(address)} is printed as text",
        "links lead to http, https, mailto and tel addresses",
    )
    return [] if address == _text(label) else [SPACE, *words(f"({address})")]


def _title(title: str, label: Sequence[Inline]) -> list[Inline]:
    """A link's or image's title, which would show only under a mouse, as text in brackets."""
    title = " ".join(clean_line(title).split())
    return [SPACE, *words(f"({title})")] if title and title != _text(label) else []


def _text(label: Sequence[Inline]) -> str:
    return words_of({"t": "Plain", "c": label}).strip()


def _short(text: str) -> str:
    text = clean_line(text)
    return text if len(text) <= 60 else text[:59] + "…"


def _image(vetting: Vetting, content: Any, _depth: int) -> list[Inline]:
    """An image that can be shown, with its description; else its description and its name as text."""
    _, label, (target, title) = content
    said = clean_line(_text(label))
    name = clean_line(target.rsplit("/", 1)[-1]) if not target.startswith("data:") else ""
    if target.startswith("#"):
        target = name = ""
    found = vetting.images(target)
    behind = _title(title, label)
    if isinstance(found, NotShown):
        vetting.report("CPD902", f"the image {_short(target) or 'without a file'} {found.reason}", found.hint)
        shown = ": ".join(part for part in (said, name) if part)
        return [*words(f"[image: {shown}]" if shown else "[image]"), *behind]
    return [_shown(found, said or name), *behind]


def _shown(image: Shown, said: str) -> Inline:
    width = [["width", f"{image.width:.2f}cm"]]
    return {"t": "Image", "c": [["", [], width], words(said), [f"cpd-media:{image.name}", ""]]}


def _maths(vetting: Vetting, item: Inline, following: Inline | None) -> list[Inline]:
    """A formula by Pandoc's own rule; what the reader took for one and is money goes back to text."""
    kind, tex = item["c"]
    tex = clean_text(tex)
    if kind["t"] != "InlineMath":
        return _formula(vetting, kind, tex)
    behind = following["c"][:1] if following and following["t"] == "Str" else ""
    return list(_maths_in(vetting, f"${tex}$", behind))


def _maths_in(vetting: Vetting, text: str, behind: str) -> Iterator[Inline]:
    at = 0
    for found in _MATHS.finditer(text + behind):
        if found.end() <= len(text):
            yield from _untrimmed(text[at : found.start()])
            yield from _formula(vetting, {"t": "InlineMath"}, found[1])
            at = found.end()
    yield from _untrimmed(text[at:])


def _untrimmed(text: str) -> Iterator[Inline]:
    """The words of a text with the spaces at its ends kept."""
    for number, piece in enumerate(re.split(r"\s+", text)):
        if number:
            yield SPACE
        if shown := word(piece):
            yield shown


def _formula(vetting: Vetting, kind: Inline, tex: str) -> list[Inline]:
    if not tex.strip():
        return words("$$" + tex.strip() + "$$")
    if harmless(tex):
        return [{"t": "Math", "c": [kind, tex]}]
    vetting.report("CPD911", "a formula is too long, or its braces too deep, to be set: it is printed as code")
    return [{"t": "Code", "c": [NO_ATTR, clean_line(tex)]}]


def in_heading(items: Sequence[Inline]) -> list[Inline]:
    """Vetted inlines as a heading can hold them: on one line, without footnotes and images."""
    made: list[Inline] = []
    for item in items:
        kind = item["t"]
        if kind in BREAKS:
            made.append(SPACE)
        elif kind == "Note":
            made += [
                SPACE,
                *words("("),
                *joined((run for block in item["c"] for run in runs_of(block)), [SPACE]),
                *words(")"),
            ]
        elif kind == "Image":
            made += words(f"[image: {words_of(item)}]")
        elif kind in _INSIDE:
            made.append(_with_inside(item, _INSIDE[kind]))
        else:
            made.append(item)
    return trimmed(made)


def _with_inside(item: Inline, place: int) -> Inline:
    if place < 0:
        return {"t": item["t"], "c": in_heading(item["c"])}
    return {"t": item["t"], "c": [in_heading(part) if at == place else part for at, part in enumerate(item["c"])]}


_HANDLERS: Mapping[str, Callable[[Vetting, Any, int], list[Inline]]] = {
    **{kind: _style(kind) for kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript")},
    "Underline": lambda vetting, content, depth: inlines(vetting, content, depth + 1),
    "SmallCaps": lambda vetting, content, depth: inlines(vetting, content, depth + 1),
    "SoftBreak": lambda _vetting, _content, _depth: [SOFT_BREAK],
    "LineBreak": lambda _vetting, _content, _depth: [LINE_BREAK],
    "Quoted": _quoted,
    "Cite": _unwrapped,
    "Span": _unwrapped,
    "Code": _code,
    "RawInline": _raw,
    "Note": _note,
    "Link": _link,
    "Image": _image,
}
