"""Formulas in TeX become trees of MathML."""

from typing import Any

import pytest

from cpdkit.documents.formats import mathml
from cpdkit.documents.formats.pdf import STANDARDS, write_pdf
from cpdkit.errors import ToolTimeout
from tests.documents.sample_ast import PROPERTIES, activity


def read(*formulas: str) -> list[Any]:
    nodes = [{"s": tex, "b": False} for tex in formulas]
    mathml.fill(nodes)
    return [node["t"] for node in nodes]


def sign(char: str) -> dict[str, str]:
    return {"k": "sign", "s": char}


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x", [sign("x")]),
        ("12.4", [{"k": "text", "s": "12.4"}]),
        (r"\mathrm{k}", [{"k": "upright", "s": "k"}]),
        (r"\sin x", [{"k": "name", "s": "sin", "limits": False}, sign("x")]),
        (r"x_1^2", [{"k": "attach", "a": sign("x"), "b": sign("1"), "t": sign("2")}]),
        (r"\frac{a}{b}", [{"k": "frac", "a": sign("a"), "b": sign("b")}]),
        (r"\sqrt[3]{x}", [{"k": "root", "a": sign("x"), "b": sign("3")}]),
        (r"\hat{x}", [{"k": "accent", "s": "\u0302", "a": sign("x")}]),
        (r"\left(x\right)", [{"k": "fence", "c": [sign("("), sign("x"), sign(")")]}]),
        (r"\text{if}", [{"k": "text", "s": "if"}]),
    ],
)
def test_trees(tex: str, expected: list[Any]) -> None:
    (tree,) = read(tex)
    assert _flat(tree) == _flat(expected)


def _flat(tree: Any) -> Any:
    """Remove the rows with a single child, which Pandoc adds."""
    if isinstance(tree, list):
        parts = [_flat(part) for part in tree if part != []]
        return parts[0] if len(parts) == 1 else parts
    return {key: _flat(value) for key, value in tree.items()} if isinstance(tree, dict) else tree


FORMULAS = (
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \left( \frac{1}{2} \middle| x \right) \vec{v}",
    r"\overline{AB} \underbrace{a+b}_{n} \overbrace{a+b} \underline{x} \widehat{abc}",
    r"f(x) = \begin{cases} 1 & x>0 \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{aligned} a &= b \\ c + d &= e \end{aligned}",
    r"\sum_{i=1}^{n} x_i \lim_{x\to 0} \mathbb{R} \mathbf{v} \operatorname{sgn} \sin x \xrightarrow{abc} \binom{n}{k}",
    r"\begin{array}{c|c} a & b \\ c & d\end{array} \quad \boxed{y} x'' \dot{x} \tilde{n}",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} \left\| x \right\|",
    r"\phantom{x} \mathcal{L} \prod \oint",
    r"I_k = \frac{c\,U_n}{\sqrt{3}\,Z_k} \approx 12.4\,\mathrm{kA} \quad \Delta\omega \le 0.5\,\%",
    r"\stackrel{?}{=} \overset{a}{b} \underset{a}{b} \langle x \rangle \lfloor x \rfloor \| x \|",
)  # fmt: skip


@pytest.mark.parametrize("tex", FORMULAS)
def test_real_formulas_are_drawn_under_the_standards(tex: str) -> None:
    made = write_pdf(activity(f"$${tex}$$\n\nand ${tex}$ inside"), {}, PROPERTIES)
    assert (made.formulas, made.standards, made.missing, made.refused) == ((), STANDARDS, (), "")


def test_what_is_no_formula_costs_only_itself() -> None:
    nodes = [{"s": tex, "b": False} for tex in (r"\foo", "x", "{", r"\foo")]
    assert mathml.fill(nodes) == (r"\foo", "{")
    assert [node["t"] is None for node in nodes] == [True, False, True, True]


def test_no_formula_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathml, "write", lambda *_, **__: pytest.fail("started"))
    assert mathml.fill([]) == ()


def test_one_formula_that_pandoc_cannot_end_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    real = mathml.write

    def slow(ast: bytes, *args: Any, **kwargs: Any) -> bytes:
        if b"poison" in ast:
            raise ToolTimeout("pandoc", 1)
        return real(ast, *args, **kwargs)

    monkeypatch.setattr(mathml, "write", slow)
    assert [tree is None for tree in read("a", "b", "poison", "c")] == [False, False, True, False]


@pytest.mark.parametrize("tex", ["x^{" * 60 + "y" + "}" * 60, "x+" * 2001, r"\sqrt{" * 50 + "x" + "}" * 50])
def test_size_and_depth_are_bounded(tex: str) -> None:
    assert read(tex) == [None]


@pytest.mark.parametrize("markup", ["", "<p>x</p>", "<math>", "<math><script>x</script></math>", "<math>&a;</math>"])
def test_other_markup_gives_no_tree(markup: str) -> None:
    assert mathml.tree(markup) is None
