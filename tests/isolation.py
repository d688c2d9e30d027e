"""A report of hostile bodies among harmless ones, made by the real program, and its parts read back by activity."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.documents.hostile import HOSTILE
from tests.documents.read_back import M, W, read_back, squeezed
from tests.program import Done, activity, make_journal, report

FORMATS = ("docx", "html", "pdf")
CANARY = "Xyloquartz"
"""A word of a file outside the journal, which nothing may ever print."""

PLAIN = """An ordinary body[^1] with a [link][1] and *Smith*.

| left | right |
|------|------:|
| four | 7     |

```
some code
```

## Reflection

### What did you learn?

Much about $x^2$.

[^1]: Its own note.

[1]: https://own.example/
"""
REACHING = {
    "image missing": "![missing words](none.png)",
    "image outside": "![outside words](../../secret.png) ![absolute words](@OUTSIDE@/secret.png)",
    "image of pixels": "![many words](../evidence/bomb.png)",
    "files": """A fileword ![read](../../secret.txt) [open](file://@OUTSIDE@/secret.txt)

<img src="file://@OUTSIDE@/secret.txt"><iframe src="../../secret.txt"></iframe><object data="../../secret.txt"></object>

\\input{@OUTSIDE@/secret.txt} \\includegraphics{@OUTSIDE@/secret.png} $\\input{@OUTSIDE@/secret.txt}$

#read("@OUTSIDE@/secret.txt") #include "../../secret.txt" #image("../../secret.png")

```{=typst}
#read("../secret.txt")
```

~~~ a```#read("../../secret.txt")
code
~~~

~~~ b```
code
~~~
""",
    "network": """A netword ![far](http://127.0.0.1:@PORT@/a.png) [far](http://127.0.0.1:@PORT@/b) http://127.0.0.1:@PORT@/c

<img src="http://127.0.0.1:@PORT@/d.png"><script src="http://127.0.0.1:@PORT@/e.js"></script>
<link rel="stylesheet" href="http://127.0.0.1:@PORT@/f.css"><iframe src="//127.0.0.1:@PORT@/g"></iframe>

#import "@preview/cetz:0.3.0" #image("http://127.0.0.1:@PORT@/h.png")
""",
}
"""Bodies that would read files or reach the network; make() puts the outside folder and the port in."""

# A NUL makes the whole file unreadable; that is a bad day, and tested there.
BODIES = HOSTILE | {"control": HOSTILE["control"].replace("\x00", "")} | REACHING
TITLE = re.compile(r"(?:Plain|Hostile) Q\d\dQ")
MARGIN = re.compile(r"^(?:Angharad Llywelyn Detailed activity report.*|.*Page \d+ of \d+)$", re.MULTILINE)
"""The header and the footer of a page of the PDF."""


_NOTED = re.findall(r"\[\^\w+\]:(.*)", "\n".join([PLAIN, *BODIES.values()]))
NOTES = frozenset(re.findall(r"[^\W\d_]+", " ".join(_NOTED)))
"""The words of all footnotes."""


def plain(number: int) -> str:
    return f"Plain Q{number:02}Q"


def hostile(name: str) -> str:
    return f"Hostile Q{[*BODIES].index(name):02}Q"


@dataclass(frozen=True)
class Report:
    """One report in all formats: how making it ended, and the files."""

    done: Done
    files: Mapping[str, bytes]

    @cached_property
    def pages(self) -> dict[str, Any]:
        """The activities of the web page, by title."""
        root = lxml.html.fromstring(self.files["html"])
        return {unnumbered(each.find("h3").text_content()): each for each in root.iter("article")}

    @cached_property
    def word(self) -> dict[str, list[Any]]:
        """The paragraphs and tables of the Word document, by the title of the activity."""
        found: dict[str, list[Any]] = {}
        here: list[Any] = []
        for each in self.word_body:
            style = each.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val") in ("Heading2", "Heading3"):
                here = found.setdefault(unnumbered("".join(each.itertext(f"{W}t"))), [])
            if each.tag in (f"{W}p", f"{W}tbl"):
                here.append(each)
        return found

    @cached_property
    def word_body(self) -> Any:
        return etree.fromstring(self.part("word/document.xml")).find(f"{W}body")

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.files["docx"])) as package:
            return package.read(name)

    @cached_property
    def texts(self) -> dict[str, str]:
        return {suffix: read_back(suffix, data).text for suffix, data in self.files.items()}

    @cached_property
    def sections(self) -> dict[str, dict[str, str]]:
        """By format and title: the text from an activity's heading to the next one's."""
        return {suffix: dict(_sections(text)) for suffix, text in self.texts.items()}

    def words(self, suffix: str, title: str) -> Counter[str]:
        """The words of an activity's part, without the numbers of notes."""
        return Counter(re.findall(r"[^\W\d_]+", self.sections[suffix][title]))

    def page(self, title: str) -> str:
        """An activity of the web page as HTML, its notes in their places, without what numbers it."""
        notes = {each.get("id"): each.text_content() for each in lxml.html.fromstring(self.files["html"]).iter("li")}
        html = etree.tostring(self.pages[title], encoding="unicode", with_tail=False)
        html = re.sub(r'<a href="#(fn\d+)".*?</a>', lambda hit: f"<note>{notes[hit[1]]}</note>", html)
        html = re.sub(r'<span class="soft">\d+</span>', "", html)
        return re.sub(r'id="a\d+', 'id="a', html)

    def paragraphs(self, title: str) -> list[str]:
        """An activity of the Word document as XML, links and notes in their places."""
        relations = self.part("word/_rels/document.xml.rels").decode()
        targets = dict(re.findall(r'Id="(rId\d+)"[^>]*? Target="([^"]*)"', relations))
        footnotes = etree.fromstring(self.part("word/footnotes.xml"))
        notes = {each.get(f"{W}id"): "".join(each.itertext()) for each in footnotes}
        found = []
        for each in self.word[title]:
            xml = etree.tostring(each, encoding="unicode", with_tail=False)
            xml = re.sub(r"(<w:t[^>]*>)\d+(</w:t>)", r"\1\2", xml, count=1) if each is self.word[title][0] else xml
            xml = re.sub(r'r:id="(rId\d+)"', lambda hit: targets[hit[1]], xml)
            xml = re.sub(r'<w:footnoteReference w:id="(\d+)"/>', lambda hit: notes[hit[1]], xml)
            found.append(re.sub(r"<w:bookmark(?:Start|End)[^>]*>", "", xml))
        return found

    def all_bytes(self) -> list[bytes]:
        """Everything that the files hold, unpacked."""
        found = [self.files["html"]]
        with zipfile.ZipFile(io.BytesIO(self.files["docx"])) as package:
            found += [package.read(name) for name in package.namelist()]
        with pikepdf.open(io.BytesIO(self.files["pdf"])) as pdf:
            found += [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream) and readable(each)]
        return found


def unnumbered(heading: str) -> str:
    """Return the title in the heading of an activity, which begins with its number."""
    return re.sub(r"^\d+ ", "", heading)


def readable(stream: pikepdf.Stream) -> bool:
    """Whether a stream is packed as text is; an image's pixels are another matter."""
    return str(stream.get("/Filter", "/FlateDecode")) == "/FlateDecode"


def _sections(text: str) -> Iterator[tuple[str, str]]:
    detail = MARGIN.sub("", text[text.rindex("Activities in detail") :])
    hits = list(TITLE.finditer(detail))
    for hit, after in zip(hits, [*hits[1:], None], strict=True):
        yield hit[0], detail[hit.end() : after.start() if after else len(detail)]


def lost(words: set[str], text: str) -> set[str]:
    """Return the words that are missing from the text, whatever line breaks, hyphens and ligatures it has."""
    letters = squeezed(text)
    return {word for word in words if squeezed(word) not in letters}


def make(root: Path, bodies: Mapping[str, str], port: int = 9) -> Report:
    """Reports of a journal with these bodies, a harmless one before each and one at the end, newest first."""
    files: dict[str, str | bytes] = {}
    for number in range(len(BODIES) + 1):
        day = f"2026-01-{number + 1:02}" if number < 31 else f"2026-02-{number - 30:02}"
        files[f"activities/p{number:02}.md"] = activity(plain(number), PLAIN, day)
        if (name := [*BODIES, ""][number]) in bodies:
            body = bodies[name].replace("@OUTSIDE@", str(root)).replace("@PORT@", str(port))
            files[f"activities/h{number:02}.md"] = activity(hostile(name), body, day)
    journal = make_journal(root / "journal", files)
    (journal / "activities" / "good.md").unlink()
    (root / "secret.txt").write_text(CANARY, encoding="utf-8")
    (journal / "evidence").mkdir()
    Image.new("RGB", (30, 20), "red").save(root / "secret.png", pnginfo=_named(CANARY))
    Image.new("1", (30_000, 30_000)).save(journal / "evidence" / "bomb.png")
    done = report(journal, root / "out", "--period", "all", formats=",".join(FORMATS))
    return Report(done, {path.suffix[1:]: path.read_bytes() for path in (root / "out").iterdir()})


def _named(words: str) -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", words)
    return info


__all__ = ["BODIES", "CANARY", "FORMATS", "NOTES", "M", "Report", "W", "hostile", "lost", "make", "plain"]
