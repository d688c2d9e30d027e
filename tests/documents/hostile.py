"""Hostile bodies, and harmless ones that look hostile, with the words that must arrive."""

import json
import re
import struct
import zlib
from collections.abc import Iterable
from typing import Any

DEEP = 60
LONG_WORD = "Donaudampfschifffahrt" * 20

HOSTILE: dict[str, str] = {
    "fence": "before\n\n```\nunclosed words\n\n# still code",
    "div": "::: warning\n\ninside words",
    "comment": "start <!-- unclosed words\n\nmore *words*",
    "comment block": "<!-- unclosed words\n\nmore *words*",
    "maths": "start $$ unclosed words\n\nmore",
    "tildes": "~~~ first```injected` one\ncode1\n~~~\n\nbetween\n\n~~~ second``` two\ncode2\n~~~\n\n"
    "> ~~~ third``` three\n> code3\n> ~~~\n\nend",
    "self note": "see[^1]\n\n[^1]: x[^1]",
    "note circle": "see[^1] and[^2]\n\n[^1]: x[^2]\n[^2]: y[^1]\n[^3]: unused definition",
    "note in item": "- text[^1]\n\n  [^1]: inner[^1]\n",
    "note chain": "start[^0]\n\n"
    + "".join(f"[^{i}]: chain{i} [^{i + 1}][^{i + 1}]\n" for i in range(30)) + "[^30]: end\n",
    "long table": "| number | word |\n|---:|---|\n" + "".join(f"| {i} | row{i} |\n" for i in range(200)),
    "extra cells": "| a | b |\n|--|--|\n| 1 | 2 | third | fourth |\n| `x|y` | 2 |\n\nafter",
    "wide table": "| head" * 60 + " |\n" + "|--" * 60 + "|\n| left | right |",
    "long word": f"a {LONG_WORD} b",
    "same note": "shared[^1] words\n\n[^1]: note of the first",
    "same label": "[1] and [text][1]\n\n[1]: https://first.example/\n[2]: https://unused.example/ \"Unused title\"",
    "headings": "# one\n\n## two\n\n### three\n\n#### four\n\n##### five\n\n###### six\n\ntext",
    "metadata": "text\n\n---\ntitle: injected\nheader-includes: other\n---\n\nmore",
    "raw blocks": "<div class=\"quiet\">\nblock *words*\n</div>\n\n<script>alert(1)</script>\n\n"
    "```{=typst}\n#panic(\"x\")\n```\n\n```{=openxml}\n<w:p/>\n```\n\n\\begin{center}\ntex\n\\end{center}",
    "raw spans": "inline <b onclick=\"evil()\">bold</b> line<br>break `#x`{=typst} \\foo{bar} <w:p>open</w:p>",
    "typst": "#import \"x\" @name <label> $5 a * b _ c ~ d \\ e /* f */ // g",
    "dots": "*Smith*.pdf **Bold**.Next [here](#nowhere) [empty]() [run](javascript:alert) [file](../evidence/f.pdf)",
    "emoji": "\N{GRINNING FACE} 👩🏽‍🔬 done",
    "glyph that no font has": "The sign \N{EGYPTIAN HIEROGLYPH D010} and the word",
    "right to left": "עברית שלום and العربية مرحبا",
    "long body": "".join(f"Line {i} of a *long* body.\n" + ("\n" if i % 5 == 4 else "") for i in range(5000)),
    "deep quotes": "> " * DEEP + "deepquote",
    "deep lists": "".join("  " * i + f"- item{i}\n" for i in range(DEEP)),
    "deep brackets": "[" * DEEP + "brackets" + "]" * DEEP + "\n\n" + "[" * DEEP + "linked" + "](u)" * DEEP,
    "images": "![missing picture](no.png) ![outside](../../etc/passwd \"A title\") ![](<>)",
    "money": "Cost $5, $5-$10, $1,000-$2,000 and then $E = mc^2$; $5 and $10 for $x$.",
    "control": "a\x00b \x07c &#7;d \u202eback \ufeffend",
}  # fmt: skip

POISON: dict[str, str] = {
    "labels": "[a]: u\n\n" + "[a]" * 5000 + " end",
    "private labels": "open\n\n# (private) one\n\nsecret\n\n# Reflection\n\n<!-- secret -->\n- kept\n"
    "- (private) secret\n  secret\n- kept\n\n[a]: u\n\n"
    + "[a]" * 5000,
}  # fmt: skip

_MARKUP = re.compile(r"\[\^?\w+\](?!\()(?:: https?://\S+)?|\{=\w+\}|\]\([^)]*\)|\W|_")
# Texts that Pandoc or the vetting writes in another form.
_NOT_WORDS = frozenset(("x00", "br"))


def source_words(body: str) -> set[str]:
    """Return the words of a body's Markdown, without its markup and the addresses of its links."""
    text = re.sub(r"&#\d+;", "", "".join(c for c in body if c.isprintable() or c in "\n\t"))
    return set(_MARKUP.sub(" ", text).split()) - _NOT_WORDS


_JOINED = frozenset(("Str", "Emph", "Strong", "Strikeout", "Quoted", "Link", "Code"))


def strings(tree: Any) -> Iterable[str]:
    """Yield every string of text in a tree, in order, without attributes and addresses."""
    if isinstance(tree, dict):
        kind, content = tree["t"], tree.get("c")
        between = "" if kind in _JOINED else " "
        yield between
        if kind == "Str":
            yield content
        elif kind in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
            yield content[1]
        elif kind == "Header":
            yield from strings(content[2])
        elif kind in ("Link", "Image"):
            yield from strings(content[1])
        elif content is not None:
            yield from strings(content)
        yield between
    elif isinstance(tree, list):
        for each in tree:
            yield from strings(each)


def text_of(tree: Any) -> str:
    """Return the text of a tree, with single spaces between words."""
    return " ".join("".join(strings(tree)).split())


def tree_words(tree: Any) -> set[str]:
    """Return the words of a tree's text."""
    return set(re.sub(r"[^\w]+|_", " ", text_of(tree)).split())


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def as_json(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False)


def kinds(tree: Any) -> set[str]:
    """Return the types of the nodes in a tree."""
    if isinstance(tree, list):
        return set().union(*map(kinds, tree))
    if not isinstance(tree, dict):
        return set()
    return {tree["t"]} | kinds(tree.get("c"))


def depth(tree: Any, of: frozenset[str]) -> int:
    """Return how deep nodes of some types are nested."""
    if isinstance(tree, list):
        return max((depth(each, of) for each in tree), default=0)
    if not isinstance(tree, dict):
        return 0
    return (tree["t"] in of) + depth(tree.get("c"), of)
