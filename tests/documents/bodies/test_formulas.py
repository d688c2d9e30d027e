"""Formulas that a writer can be given, and those that would keep it busy for ever."""

import pytest

from cpdkit.documents.bodies.formulas import DEEPEST_BRACES, LONGEST_TEX, harmless
from cpdkit.documents.bodies.vet import vet
from cpdkit.documents.tree import Block


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("", True),
        (r"I_f = \frac{V}{Z_{1} + Z_{0}}", True),
        ("x" * LONGEST_TEX, True),
        ("x" * (LONGEST_TEX + 1), False),
        ("x^{" * DEEPEST_BRACES + "2" + "}" * DEEPEST_BRACES, True),
        ("x^{" * (DEEPEST_BRACES + 1) + "2" + "}" * (DEEPEST_BRACES + 1), False),
        ("}" * 50 + "{" * 50, True),
    ],
)
def test_harmless(tex: str, expected: bool) -> None:
    assert harmless(tex) is expected


def test_a_formula_that_no_writer_can_take_is_printed_as_code() -> None:
    tex = "x^{" * 40 + "2" + "}" * 40
    block: Block = {"t": "Para", "c": [{"t": "Math", "c": [{"t": "InlineMath"}, tex]}]}
    vetted = vet([block])
    assert [(node["t"], node["c"][1]) for node in vetted.blocks[0]["c"]] == [("Code", tex)]
    assert [problem.code for problem in vetted.problems] == ["CPD911"]
