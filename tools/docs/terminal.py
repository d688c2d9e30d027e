"""The picture of a terminal in the README, drawn from what `cpd check` prints."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = 80
FILES = {
    "cpd.yaml": "name: Angharad Llywelyn\n",
    "activities/2026-03-14-lecture.md": """\
---
title: "IET lecture: grid-scale storage"
type: event
start: 2026-02-30
hours: 2
provder: IET Yorkshire local network
---

A 50 MW battery, presented by the engineer who commissioned it.

## Reflection

Its inverters limit fault current, so our relay settings need a review. I will ask for measured values first.
""",
}
THEME = TerminalTheme(
    (255, 255, 255),
    (31, 41, 51),
    [
        *((31, 41, 51), (180, 35, 24), (22, 101, 52), (146, 84, 6)),
        *((29, 78, 216), (126, 34, 206), (14, 116, 144), (100, 116, 139)),
    ],
)
# Without the web fonts that Rich's own SVG loads.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>Terminal: cpd check reports two errors with their line and column</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
.{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: system-ui, "DejaVu Sans", sans-serif; font-size: 18px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture() -> str:
    """Return an SVG of the terminal after `cpd check` on a journal with two mistakes."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text("$ cpd check", style="bold"))
    console.print(Text.from_ansi(_output("check")))
    svg = console.export_svg(title="cpd check", theme=THEME, code_format=FORMAT, unique_id="cpd")
    return re.sub(r"[ \t]+\n", "\n", svg)


def _output(*arguments: str) -> str:
    """Return what a command prints in a journal of FILES, standard error after standard output."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CPD_TODAY": "2026-11-23", "COLUMNS": str(COLUMNS)}
    with TemporaryDirectory() as folder:
        for name, text in FILES.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "cpdkit", *arguments, "--color", "always"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
