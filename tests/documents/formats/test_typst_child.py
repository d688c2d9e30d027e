"""The restricted child process: which files it can read, and its answers."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cpdkit.documents.formats import typst_child


def answer(root: Path, program: str, **job: Any) -> dict[str, Any]:
    (root / "main.typ").write_text(f'#set document(title: "x")\n{program}', encoding="utf-8")
    given = {
        "root": str(root),
        "main": "main.typ",
        "out": "out.pdf",
        "media": [],
        "fonts": [],
        "font": "",
        "timestamp": 0,
        "last": True,
    }
    done = subprocess.run(
        [sys.executable, "-I", typst_child.__file__],
        input=json.dumps(given | {"standards": ["a-2a", "ua-1"]} | job).encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_page(tmp_path: Path) -> None:
    assert answer(tmp_path, "Hello") == {
        "broken": [],
        "standards": ["a-2a", "ua-1"],
        "refused": "",
        "error": "",
        "has_font": True,
    }
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_without_the_standard_where_it_refuses(tmp_path: Path) -> None:
    result = answer(tmp_path, "= One\n=== Three")
    assert result["standards"] == [] and "heading level" in result["refused"] and not result["error"]
    assert (tmp_path / "out.pdf").is_file()


def test_broken_images_are_found_and_passed_to_the_program(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"no image")
    program = '#if "bad.png" in sys.inputs.broken [Words] else { image("bad.png", alt: "x") }'
    assert answer(tmp_path, program, media=["bad.png"])["broken"] == ["bad.png"]


@pytest.mark.parametrize(
    "program",
    [
        '#read("/etc/hostname")',
        '#read("../../../../etc/hostname")',
        '#import "@preview/cetz:0.3.0": canvas',
        "#panic()",
        "#while true {}",
    ],
)
def test_nothing_outside_is_reached(tmp_path: Path, program: str) -> None:
    result = answer(tmp_path, program)
    assert result["error"]
    assert not (tmp_path / "out.pdf").exists()
