"""The fonts of the PDF: from a wheel, never from the machine, so that a page looks the same everywhere."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from cpdkit.errors import ToolMissing

FOLDERS = ("Source Sans 3", "Noto Sans", "Mukta")
"""Only these are given to Typst: it looks into every file of a folder at its start."""
TEXT = ("Source Sans 3", "Noto Sans", "Noto Sans JP", "Noto Sans KR", "Noto Sans SC", "Mukta", "DejaVu Sans Mono")
CODE = ("DejaVu Sans Mono", *TEXT[:-1])
# Both are embedded in Typst.
MATHS = ("New Computer Modern Math", *TEXT)


@cache
def font_folders() -> tuple[Path, ...]:
    """The folders of the font families that the PDF uses; the package is found without importing it."""
    spec = find_spec("rendercv_fonts")
    home = Path(spec.origin).parent if spec and spec.origin else None
    folders = tuple(home / name for name in FOLDERS) if home else ()
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing or not folders:
        raise ToolMissing("rendercv-fonts", str(missing[0] if missing else "any place"), "pip install rendercv-fonts")
    return folders
