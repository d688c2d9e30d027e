"""A document with every part of the skeleton, hostile bodies, and functions that read a PDF back."""

import calendar
import io
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from cpdkit.documents import pandoc
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.templating.skeleton import with_charts
from cpdkit.documents.view import Bar, Chart
from cpdkit.text.process import run

READER = (
    pandoc.SKELETON + "+footnotes+task_lists+strikeout+smart+gfm_auto_identifiers+autolink_bare_uris+tex_math_dollars"
)
"""The skeleton and bodies in one text."""

PROPERTIES = DocumentProperties(
    title="Activity report 2026",
    author="Angharad Llywelyn",
    header_left="Angharad Llywelyn MEng MIET",
    header_right="Activity report",
    footer_left="1 January – 31 December 2026",
    subject="Continuing professional development",
    keywords=("CPD",),
    epoch=1_790_000_000,
)
LETTER = replace(PROPERTIES, paper="letter")

LONG_WORD = "".join(chr(ord("a") + n % 26) for n in range(400))


def chart(key: str, shape: str, heading: str, *bars: tuple[str, str, int, str], most: int = 1) -> Chart:
    """Return a chart of bars; each is a label, a short label, minutes and hours."""
    caption = f"By {heading.lower()}, hours"
    alt = f"Hours by {heading.lower()}: {', '.join(f'{label} {hours}' for label, _, _, hours in bars)}."
    return Chart(key, shape, caption, heading, "Hours", tuple(Bar(*each) for each in bars), alt, most)


CHARTS = {
    "by_type": chart(
        "by_type", "bars", "Type",
        *((name, name, minutes, f"{minutes / 60:g}") for name, minutes in (
            ("Event", 870), ("Training", 540), ("Self-study", 450), ("Work experience", 360), ("Volunteering", 270),
            ("Academic study", 0),
        )),
    ),
    "by_month": chart(
        "by_month", "columns", "Month",
        *((f"{name} 2026", name[0], minutes, f"{minutes / 60:g}") for name, minutes in zip(
            calendar.month_name[1:], (120, 240, 450, 60, 180, 360, 0, 90, 300, 390, 300, 0), strict=True
        )),
    ),
}  # fmt: skip

SKELETON = """
:::::: {.title-block}
::: {.kicker}
Continuing professional development
:::

# Activity report 2026

::: {.subtitle}
1 January – 31 December 2026
:::

::::: {.pair}
::: {.facts}
| | |
|--|--|
| Member | Angharad Llywelyn MEng MIET |
| Membership | IET, member no. 1100 234567 |
:::

::: {.facts}
| | |
|--|--|
| Includes | 3 activities |
:::
:::::
::::::

::: {.figures}
| | |
|--|--|
| [41.5 h]{.number} [recorded]{.label} | [31 of 34]{.number} [with a reflection]{.label} |
:::

::: {.notice}
1 activity could not be read and is not in this report.
:::

## Hours

::::: {.pair}
::: {.chart key="by_type"}
:::

::: {.chart key="by_month"}
:::
:::::

## Activities

:::: {.list .activities widths="24 58 25 30 10 14"}
| Date | Title | Type | Provider | Hours | Codes |
|--|--|--|--|--:|--|
| 14 Mar | [Grid-scale storage](#a1) | Work experience | 東京電力 | 2 | [A1]{.code} |
| 2–6 Mar | [Zażółć](#a2) [(3.5 of 7 h)]{.soft} | Event | Ysgol y Berwyn | 3.5 | [B2]{.code} |
::::

::: {.note}
Hours are counted inside the period only.
:::

::: {.page-break}
:::

## Activities in detail

:::::: {.activity}
### Grid-scale storage {#a1}

::: {.meta}
14 March 2026 · Event · 2 h
:::

BODY

::: {.fields}
| | |
|--|--|
| Objective | Protect converter-dominated grids |
| Evidence | [certificate.pdf](https://example.org/c) |
:::
::::::

:::::: {.activity}
### Zażółć {#a2}

::: {.meta}
2–6 March 2026
:::

नमस्ते, Llŷn, 東京電力の講義, שלום עולם.
::::::

::: {.page-break}
:::
"""

BODY = """
A lecture.[^1] It cost \\$5-\\$10, or $5; *Smith*.pdf and **Bold**.Next and ~~struck~~; `#import "x": *` and
#panic("no") @name <label> \\\\ https://example.org/path, $E = mc^2$.

$$\\int_0^\\infty e^{-x^2} dx = \\frac{\\sqrt{\\pi}}{2}$$

#### Reflection

##### What did you learn?

> Quoted words.

- [x] finished task
- [ ] open task
  - nested item

7. seventh

| Fault | kA |
|---|--:|
| Three-phase | 12.4 |

``` python
read("/etc/hostname")
```

###### Deepest

![A relay](cpd-media:m0001.png)

---

[^1]: A note, *for members*.
"""


@cache
def _parsed(markdown: str) -> str:
    return run(
        "pandoc", [pandoc.binary(), "-f", READER, "-t", "json"], stdin=markdown.encode(), timeout=60
    ).stdout.decode()


def parse(markdown: str) -> dict[str, Any]:
    """Return the tree of a text that contains both bodies and the skeleton."""
    tree: dict[str, Any] = json.loads(_parsed(markdown))
    return {**tree, "blocks": with_charts(tree["blocks"], CHARTS, "sample")}


def activity(body: str, title: str = "An activity") -> dict[str, Any]:
    """Return the tree of a document with one activity."""
    return parse(f"# Report\n\n## Activities\n\n:::::: {{.activity}}\n### {title} {{#a1}}\n\n{body}\n\n::::::\n")


def report() -> dict[str, Any]:
    """Return the tree of a document with every part of the skeleton."""
    return parse(SKELETON.replace("BODY", BODY))


@cache
def picture() -> bytes:
    """Return a small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "#14532d").save(out, "PNG")
    return out.getvalue()


def pages(data: bytes) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words(data: bytes) -> str:
    """Return the text of all pages without spaces, since a line may end anywhere."""
    return "".join("".join(pages(data)).split())


def tags(data: bytes) -> list[tuple[str, str]]:
    """Return (tag, alternative text) of every element of the structure tree, in order."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return list(_tags(document.Root.StructTreeRoot.K))


def _tags(node: Any) -> list[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        return [tag for child in node for tag in _tags(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [(str(node.S), str(node.get("/Alt", "")))] if "/S" in node else []
    return own + (_tags(node.K) if "/K" in node else [])
