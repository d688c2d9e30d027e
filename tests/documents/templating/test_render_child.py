"""The child that renders an owner's template: what it answers, and that it needs nothing of its surroundings."""

import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.templating.render_child import main
from cpdkit.documents.templating.skeleton import START
from cpdkit.documents.view import Report


class Pipe:
    """A standard stream with bytes behind it."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def answer(text: str, report: Report, labels: Labels, patch: pytest.MonkeyPatch) -> dict[str, Any]:
    out = Pipe()
    patch.setattr(sys, "stdin", Pipe(pickle.dumps(({"t": text}, "t", report, labels))))
    patch.setattr(sys, "stdout", out)
    main()
    said: dict[str, Any] = json.loads(out.buffer.getvalue())
    return said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ report.title }}", {"text": "Detailed activity report 2026"}),
        ("\n{{ nothing }}", {"fault": ["t", 2, "there is no nothing"]}),
    ],
)
def test_it_answers_the_markdown_or_the_fault(
    text: str, said: dict[str, Any], composed: Callable[..., Report], english: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(text, composed(), english, monkeypatch) == said


def test_it_starts_from_any_folder_without_an_environment(
    composed: Callable[..., Report], english: Labels, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "cpdkit.py").write_text("raise SystemExit('the wrong one')\n", encoding="utf-8")
    asked = pickle.dumps(({"t": "東 {{ report.period }}"}, "t", composed(), english))
    command = [sys.executable, "-I", "-c", START, str(root)]
    done = subprocess.run(command, input=asked, capture_output=True, cwd=tmp_path, env={}, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"text": "東 1 January – 31 December 2026"}
