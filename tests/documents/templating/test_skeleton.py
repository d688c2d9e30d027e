"""The Markdown of the skeleton: shipped templates with a small journal, and how an owner's template can fail."""

import io
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpdkit.documents.templating import skeleton
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.templating.render_child import main
from cpdkit.documents.templating.skeleton import CHILD, MEMORY, TemplateProblem, skeleton_text
from cpdkit.documents.templating.templates import Templates, load_templates
from cpdkit.documents.view import Report
from cpdkit.text import process
from cpdkit.text.process import in_child
from tests.documents.conftest import GOLDEN

KINDS = ("annual-review", "competences", "detailed", "development-plan", "summary")


@pytest.mark.parametrize("kind", KINDS)
def test_the_skeleton_is_as_it_was(
    kind: str, composed: Callable[..., Report], english: Labels, pytestconfig: pytest.Config
) -> None:
    made = skeleton_text(load_templates("en-GB", None), composed(kind), english)
    golden = GOLDEN / f"{kind}.md"
    if pytestconfig.getoption("update_golden"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_stale() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.md")) == sorted(KINDS)


def own(name: str, text: str) -> Templates:
    """Return the shipped templates, one of them replaced by the journal's."""
    shipped = load_templates("en-GB", None)
    return Templates({**shipped.sources, name: text}, frozenset((name,)), shipped.catalogues)


def test_an_owners_template_is_rendered_like_ours(composed: Callable[..., Report], english: Labels) -> None:
    """It is rendered in the restricted child process, with the same escaping."""
    ours = load_templates("en-GB", None).sources["detailed.md.j2"]
    text = skeleton_text(own("detailed.md.j2", ours), composed(), english)
    assert text == (GOLDEN / "detailed.md").read_text(encoding="utf-8")


BROKEN = {
    "syntax": ("# {{ report.title }}\n\n{% if %}\n", 3, "Expected an expression"),
    "never closed": ("one\n{% for entry in report.entries %}\n", 2, "Unexpected end of template"),
    "unknown tag": ("{% bogus %}", 1, "unknown tag 'bogus'"),
    "unknown filter": ("\n\n{{ report.title | shout }}", 3, "No filter named 'shout'"),
    "undefined name": ("one\ntwo {{ reprot.title }}\n", 2, "unknown name reprot"),
    "undefined attribute": ("{{ report.titel }}", 1, "unknown name titel; did you mean title?"),
    "undefined in a part": ("\n{% include '_part.md.j2' %}", 1, "unknown name nothing"),
    "unknown label": ("one\n\n{{ t('no.such') }}", 3, "unknown label no.such"),
    "missing include": ("one\n{% include 'none.md.j2' %}\n", 2, "unknown template none.md.j2"),
    "outside include": ("{% include '../../../etc/passwd' %}", 1, "unknown template ../../../etc/passwd"),
    "itself": ("{% include 'detailed.md.j2' %}", 1, "recursion"),
    "division": ("{{ 1 // 0 }}", 1, "by zero"),
    "sandbox": ("one\n{{ ''.__class__.__mro__ }}", 2, "unsafe"),
    "sandboxed globals": ("{{ t.__globals__ }}", 1, "unsafe"),
    "range": ("{% for i in range(10**9) %}x{% endfor %}", 1, "Range too big"),
    "type": ("{{ report.title + 1 }}", 1, "str"),
}


@pytest.fixture(scope="module")
def faults(composed: Callable[..., Report], english: Labels) -> Callable[[str], TemplateProblem]:
    def fault(text: str) -> TemplateProblem:
        templates = own("detailed.md.j2", text)
        templates = Templates({**templates.sources, "_part.md.j2": "{{ nothing }}"}, templates.own, ())
        with pytest.raises(TemplateProblem) as caught:
            skeleton_text(templates, composed(), english)
        return caught.value

    return fault


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_template_has_a_file_a_line_and_a_reason(name: str, faults: Callable[[str], TemplateProblem]) -> None:
    text, line, reason = BROKEN[name]
    problem = faults(text)
    place = "_part" if name == "undefined in a part" else "detailed"
    assert str(problem).startswith(f"templates/{place}.md.j2:{line}: ")
    assert reason in problem.fault.reason
    assert problem.fault.reason in str(problem)
    assert "\n" not in str(problem)
    assert problem.hint.endswith("--builtin-templates")
    assert problem.exit_code == 1


GREEDY = {
    "endless loop": "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    "memory": "{% set ns = namespace(x='x' * 1000) %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "much text": "{% for i in range(90000) %}{{ 'x' * 5000 }}{% endfor %}",
    "power": "{{ 9 ** (9 ** 9) }}",
}


@pytest.mark.parametrize("name", GREEDY)
def test_a_template_that_takes_too_much_is_stopped(
    name: str, faults: Callable[[str], TemplateProblem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skeleton, "SECONDS", 1.5)
    problem = faults(GREEDY[name])
    assert str(problem).startswith("templates/detailed.md.j2")
    assert any(word in problem.fault.reason for word in ("memory", "longer than 1.5 s", "more text"))


# --- the child that renders an owner's template ---


class Pipe:
    """A standard stream that reads and writes bytes."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def answer(text: str, report: Report, labels: Labels, patch: pytest.MonkeyPatch) -> dict[str, Any]:
    out = Pipe()
    patch.setattr(sys, "stdin", Pipe(pickle.dumps(({"t": text}, "t", report, labels))))
    patch.setattr(sys, "stdout", out)
    main()
    answered: dict[str, Any] = json.loads(out.buffer.getvalue())
    return answered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ report.title }}", {"text": "Detailed activity report 2026"}),
        ("\n{{ nothing }}", {"fault": ["t", 2, "unknown name nothing"]}),
    ],
)
def test_the_child_returns_the_markdown_or_the_fault(
    text: str,
    expected: dict[str, Any],
    composed: Callable[..., Report],
    english: Labels,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert answer(text, composed(), english, monkeypatch) == expected


def test_it_starts_from_any_folder_without_an_environment(
    composed: Callable[..., Report], english: Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpdkit.py").write_text("raise SystemExit('the wrong one')\n", encoding="utf-8")
    job = pickle.dumps(({"t": "東 {{ report.period }}"}, "t", composed(), english))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(process, "minimal_env", dict)
    stdout = in_child(CHILD, job, timeout=60, memory=MEMORY)
    assert json.loads(stdout) == {"text": "東 1 January – 31 December 2026"}
