"""Run Typst in its own process, so that it can be limited and killed.

Started as `python -I typst_child.py` with a job in JSON on standard input; answers in JSON on standard output. It does
not import cpdkit: the interpreter is isolated, and starts faster with fewer imports.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import typst

# A port on which nothing listens. Typst has no option to disable package downloads, but it uses a proxy.
NOWHERE = "http://127.0.0.1:9"
PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy")
NO_GLYPH = re.compile("could not be displayed with font|contains the(?: disallowed)? codepoint")
LONGEST_ANSWER = 2_000_000


def main() -> None:
    """Do one job: compile a document, write the PDF and report the result."""
    os.environ.update(dict.fromkeys(PROXIES, NOWHERE))
    job = json.load(sys.stdin)
    json.dump(_png(job) if "ppi" in job else _answer(job), sys.stdout)


def _png(job: dict[str, Any]) -> dict[str, Any]:
    """Write a PNG of one page; return Typst's error, or an empty string."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=job["fonts"])
    root = Path(job["root"])
    try:
        _compiler(job, str(root / job["main"]), fonts).compile(
            output=str(root / job["out"]), format="png", ppi=job["ppi"]
        )
    except typst.TypstError as error:
        return {"error": error.message[:LONGEST_ANSWER]}
    return {"error": ""}


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    """Try with the standards, then without the images that cannot be drawn, then without the standards.

    The last step is not taken for missing characters if the caller can still replace them (the job is not `last`).
    """
    fonts = typst.Fonts(include_system_fonts=False, font_paths=job["fonts"])
    compiler = _compiler(job, str(Path(job["root"]) / job["main"]), fonts)
    broken: list[str] = []
    error = refused = _compiled(compiler, job, job["standards"], broken)
    if error and not NO_GLYPH.search(error):
        broken = [name for name in job["media"] if not _drawable(job, name)]
        error = refused = _compiled(compiler, job, job["standards"], broken) if broken else error
    if error and (job["last"] or not NO_GLYPH.search(error)):
        error = _compiled(compiler, job, [], broken)
    answer: dict[str, Any] = {"broken": broken, "standards": [] if refused else job["standards"]}
    answer["has_font"] = not job["font"] or job["font"] in fonts.families()
    if job.get("places") and not error:
        answer |= _places(compiler)
    return answer | {"refused": refused[:LONGEST_ANSWER], "error": error[:LONGEST_ANSWER]}


def _places(compiler: Any) -> dict[str, Any]:
    """Return the number of pages and where the sections are. The owner's program may not know."""
    try:
        places: dict[str, Any] = json.loads(compiler.query("<cpdkit-places>", field="value", one=True))
    except (typst.TypstError, ValueError):
        return {}
    return places


def _compiled(compiler: Any, job: dict[str, Any], standards: list[str], broken: list[str]) -> str:
    """Write the PDF. Return Typst's error, or an empty string."""
    out = Path(job["root"]) / job["out"]
    try:
        compiler.compile(
            output=str(out),
            format="pdf",
            sys_inputs={"broken": " ".join(broken)},
            pdf_standards=standards,
            timestamp=job["timestamp"],
        )
    except typst.TypstError as error:
        return f"{error.message}\n{error.diagnostic}"
    return ""


def _drawable(job: dict[str, Any], name: str) -> bool:
    page = f"#image({json.dumps(name)})".encode()
    try:
        _compiler(job, page, typst.Fonts(include_system_fonts=False)).compile(format="pdf")
    except typst.TypstError:
        return False
    return True


def _compiler(job: dict[str, Any], source: str | bytes, fonts: Any) -> Any:
    nowhere = str(Path(job["root"]) / "none")
    return typst.Compiler(source, root=job["root"], font_paths=fonts, package_path=nowhere, package_cache_path=nowhere)


if __name__ == "__main__":
    main()
