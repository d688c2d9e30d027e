"""Draw an SVG of ours as a PNG, for word processors."""

import io
import json
import sys
from pathlib import Path

from cpdkit.documents.formats.fonts import font_folders
from cpdkit.errors import ToolError
from cpdkit.text.process import run
from cpdkit.text.temporary import private_folder

DOTS_PER_INCH = 220
SECONDS = 30.0
MEMORY = 2 * 1024**3
_PAGE = '#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image("drawing.svg")\n'


def png_of(svg: str) -> bytes:
    """Return the drawing in a resolution for print. Raise ToolError."""
    with private_folder() as root:
        (root / "drawing.svg").write_text(svg, encoding="utf-8")
        (root / "drawing.typ").write_text(_PAGE, encoding="utf-8")
        job = {
            "root": str(root),
            "main": "drawing.typ",
            "out": "drawing.png",
            "fonts": list(map(str, font_folders())),
            "ppi": DOTS_PER_INCH,
        }
        command: list[str | Path] = [sys.executable, "-I", Path(__file__).with_name("typst_child.py")]
        done = run("typst", command, stdin=json.dumps(job).encode(), cwd=root, timeout=SECONDS, memory=MEMORY)
        if error := json.loads(done.stdout)["error"]:
            raise ToolError("typst", f"Typst could not draw the diagram: {error}")
        return _with_size((root / "drawing.png").read_bytes())


def _with_size(data: bytes) -> bytes:
    """Return a PNG that states its resolution, so that a word processor shows it in its size."""
    from PIL import Image  # noqa: PLC0415  slow to import, and few reports have a drawing

    held = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.save(held, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return held.getvalue()
