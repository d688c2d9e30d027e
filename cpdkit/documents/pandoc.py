"""Run Pandoc safely: in its sandbox, with an empty data folder, a limited heap and a minimal environment."""

import importlib.util
import json
import os
import sys
from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cpdkit.errors import ToolMissing
from cpdkit.text.process import MAX_OUTPUT, MIB, Finished, minimal_env, run
from cpdkit.text.temporary import private_folder

TESTED = "3.9"
"""The version that cpdkit is tested with. Pandoc's writers differ between versions."""

SKELETON = "commonmark+pipe_tables+fenced_divs+attributes+bracketed_spans"
"""The Markdown of templates: with classes and attributes, without formulas, footnotes and smart quotes."""

HINT = "install the package pypandoc_binary, or set CPD_PANDOC to the path of Pandoc"


def binary() -> Path:
    """Return the path of Pandoc: `$CPD_PANDOC`, or the one in the wheel. Raise ToolMissing."""
    chosen = os.environ.get("CPD_PANDOC")
    path = Path(chosen) if chosen else _in_wheel()
    if path is None or not path.is_file():
        raise ToolMissing("pandoc", str(path or "the package pypandoc_binary"), HINT)
    return path


@cache
def _in_wheel() -> Path | None:
    # Importing pypandoc takes longer than making a small report.
    spec = importlib.util.find_spec("pypandoc")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")


def version() -> str:
    """Return Pandoc's version, such as `3.9`. Raise ToolError."""
    output = run("pandoc", [binary(), "--version"], timeout=30, hint=HINT).stdout.decode("utf-8", "replace")
    return output.split("\n", 1)[0].removeprefix("pandoc").strip()


def read_skeleton(text: str, *, timeout: float = 120, heap: int = 1024 * MIB) -> dict[str, Any]:
    """Return the tree of a skeleton's Markdown. `heap` is in bytes, `timeout` in seconds. Raise ToolError."""
    done = _pandoc(["-f", SKELETON, "-t", "json"], text.encode("utf-8"), timeout=timeout, heap=heap)
    tree: dict[str, Any] = json.loads(done.stdout, object_hook=_shared())
    return tree


def _shared() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return a hook that makes equal words and spaces one node. Thousands of rows share few words."""
    known: dict[str | None, dict[str, Any]] = {}

    def one(node: dict[str, Any]) -> dict[str, Any]:
        kind = node.get("t")
        return known.setdefault(node.get("c"), node) if kind in ("Str", "Space") else node

    return one


def write(
    ast_json: bytes,
    to: str,
    *,
    epoch: int,
    extra: Sequence[str] = (),
    timeout: float = 300,
    heap: int = 2048 * MIB,
) -> bytes:
    """Return a document made from a tree. `epoch` (seconds) is the only date in it. Raise ToolError."""
    args = ["-f", "json", "-t", to, *extra, "-o", "-"]
    return _pandoc(args, ast_json, epoch=epoch, timeout=timeout, heap=heap).stdout


def _pandoc(
    args: Sequence[str],
    stdin: bytes = b"",
    *,
    timeout: float,
    heap: int,
    cwd: Path | None = None,
    epoch: int | None = None,
    most: int = MAX_OUTPUT,
) -> Finished:
    env = minimal_env() | ({} if epoch is None else {"SOURCE_DATE_EPOCH": str(epoch)})
    # Pandoc's runtime reserves terabytes of address space, so its own heap limit is used instead of the system's.
    # It runs in an empty folder, since the current folder may no longer exist.
    with private_folder() as empty:
        command: list[str | Path] = [
            binary(), "+RTS", f"-M{heap}", "-RTS", "--sandbox", f"--data-dir={empty}", "--quiet", *args,
        ]  # fmt: skip
        return run(
            "pandoc", command, stdin=stdin, cwd=cwd or empty, env=env, timeout=timeout, max_output=most, hint=HINT
        )


PANDOC_PACKAGE = "1.17"
"""The version of pypandoc_binary that contains the tested Pandoc."""

TYPST_PACKAGE = "0.15.2"
ADVICE = "check the documents before you send them"


def untested(formats: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each tool of these formats whose version cpdkit is not tested with. Raise ToolError."""
    return tuple(filter(None, (_untested_pandoc(), _untested_typst() if "pdf" in formats else "")))


def _untested_pandoc() -> str:
    # Starting Pandoc for its version is slow, so the version of its package is used if there is one.
    if not os.environ.get("CPD_PANDOC") and installed("pypandoc", "pypandoc_binary") in ("", PANDOC_PACKAGE):
        return ""
    return _sentence("Pandoc", version(), TESTED)


def _untested_typst() -> str:
    return _sentence("Typst", installed("typst", "typst"), TYPST_PACKAGE)


def _sentence(tool: str, current: str, tested: str) -> str:
    return (
        ""
        if current in ("", tested)
        else f"cpdkit is tested with {tool} {tested}, but {current} is installed; {ADVICE}"
    )


def installed(package: str, distribution: str) -> str:
    """Return the version of an installed package, or an empty string. Read it from a folder's name, for speed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    folders = sorted(Path(spec.origin).parents[1].glob(f"{distribution}-*.dist-info"))
    return folders[0].name.removesuffix(".dist-info").rpartition("-")[2] if folders else ""
