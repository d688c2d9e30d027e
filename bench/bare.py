"""The bare steps that the budgets are compared with: the same work without cpdkit."""

import sys
from importlib.util import find_spec
from pathlib import Path

from bench.measure import Job, Steps

# Read each file, split it, and drain the events of its front matter.
READ_LOOP = """
import os, sys, yaml
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            front = file.read().split("---\\n", 2)[1]
        loader = yaml.CSafeLoader(front)
        while loader.check_event():
            loader.get_event()
"""
PEER_LOOP = """
import os, sys, frontmatter
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        frontmatter.load(os.path.join(folder, name))
"""
COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
# A function that the output of Pandoc's Typst writer 3.9 calls but does not define.
PRELUDE = "#let horizontalrule = line(length: 100%)\n"
READER = "commonmark_x-raw_html-raw_attribute-attributes-bracketed_spans-fenced_divs-yaml_metadata_block"


def python(code: str, *args: str) -> Job:
    return Job([sys.executable, "-c", code, *args])


def pandoc() -> str:
    """Return the Pandoc that cpdkit uses, without importing its package."""
    spec = find_spec("pypandoc")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "files" / "pandoc")


def read_loop(journal: Path) -> Job:
    return python(READ_LOOP, str(journal / "activities"))


def peer_loop(journal: Path) -> Job:
    return python(PEER_LOOP, str(journal / "activities"))


def write_documents(markdown: Path, folder: Path) -> Steps:
    """Return the steps from the report's own Markdown to DOCX and PDF: Pandoc, Pandoc, and a child that runs Typst."""
    folder.mkdir(parents=True, exist_ok=True)
    prelude, middle = folder / "prelude.typ", folder / "bare.typ"
    prelude.write_text(PRELUDE, encoding="utf-8")
    read = [pandoc(), "--quiet", "--syntax-highlighting=none", "-f", READER, str(markdown), "-s"]
    return Steps(
        (
            Job([*read, "-t", "docx", "-o", str(folder / "bare.docx")]),
            Job([*read, "-t", "typst", "-H", str(prelude), "-o", str(middle)]),
            python(COMPILE, str(middle), str(folder / "bare.pdf")),
        )
    )
