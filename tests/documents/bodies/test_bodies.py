"""Many bodies in few processes: in order, bounded, and each for itself."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from cpdkit.documents import pandoc
from cpdkit.documents.bodies import bodies
from cpdkit.documents.bodies.bodies import Bounds, parse, parse_each
from cpdkit.errors import ToolError, ToolFailed, ToolMissing, ToolTimeout
from tests.documents.hostile import text_of

POISONED = "poison"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The texts of each process, which is the real one but fails where a text holds `poison`."""
    made: list[list[str]] = []
    real = pandoc.parse

    def counted(folder: Path, names: Sequence[str], **bounds: object) -> bytes:
        texts = [(folder / name).read_text("utf-8") for name in names[::2]]
        made.append(texts)
        for text in texts:
            if POISONED in text:
                raise failures[text.split()[1]]
        return real(folder, names, **bounds)  # type: ignore[arg-type]

    monkeypatch.setattr(pandoc, "parse", counted)
    return made


failures: dict[str, ToolError] = {
    "time": ToolTimeout("pandoc", 8),
    "memory": ToolFailed("pandoc", 251, "heap exhausted"),
    "killed": ToolFailed("pandoc", -9, ""),
    "output": ToolError("pandoc", "too much"),
}


def test_bodies_come_back_in_order_and_in_batches(calls: list[list[str]]) -> None:
    given = {f"k{number}": f"body {number}" for number in range(150)} | {"empty": "", "blank": "\n"}
    found = list(parse_each(given))
    assert [key for key, _ in found] == list(given)
    assert [text_of(each.blocks) for _, each in found] == [text.strip() for text in given.values()]
    assert sorted(len(texts) for texts in calls) == [24, 64, 64]


def test_no_bodies_need_no_process(calls: list[list[str]]) -> None:
    assert parse({}) == {}
    assert calls == []


def test_large_and_suspicious_bodies_go_alone(calls: list[list[str]]) -> None:
    parse({"a": "a", "large": "word " * 40_000, "b": "b", "c": "c"})
    assert sorted(len(texts) for texts in calls) == [1, 1, 2]


@pytest.mark.parametrize(
    ("failure", "reason"), [("time", "8 s"), ("memory", "memory"), ("killed", "signal 9"), ("output", "too large")]
)
def test_a_poisoned_body_costs_only_itself(calls: list[list[str]], failure: str, reason: str) -> None:
    given = {f"k{number}": f"body {number}" for number in range(5)} | {"bad": f"{POISONED} {failure} *words*"}
    found = parse(given)
    assert [key for key, each in found.items() if each.poisoned] == ["bad"]
    assert text_of(found["bad"].blocks) == f"{POISONED} {failure} *words*"
    assert reason in found["bad"].problems[-1].message
    assert text_of(found["k4"].blocks) == "body 4"


def test_a_footnote_that_the_reader_loses_comes_back_as_text() -> None:
    found = parse({"a": "$$ x[^1] $$\n\n[^1]: lost words", "b": "fine[^1]\n\n[^1]: note"})
    assert "lost words" in text_of(found["a"].blocks)
    assert [problem.code for problem in found["a"].problems] == ["CPD907"]
    assert found["b"].problems == ()


def test_a_broken_pandoc_is_no_bodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_bounds: object) -> bytes:
        raise ToolFailed("pandoc", 127, "cannot execute")

    monkeypatch.setattr(pandoc, "parse", broken)
    with pytest.raises(ToolFailed, match="cannot execute"):
        parse({"a": "x", "b": "y"})


def test_a_missing_pandoc_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CPD_PANDOC", str(tmp_path / "none"))
    with pytest.raises(ToolMissing):
        parse({"a": "x"})


@pytest.mark.parametrize("answer", [b"", b"{}", b'{"blocks": []}', b"[" * 100_000], ids=range(4))
def test_an_answer_that_is_none_costs_the_body(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    monkeypatch.setattr(pandoc, "parse", lambda *_args, **_bounds: answer)
    found = parse({"a": "typed *words*"})
    assert found["a"].poisoned
    assert text_of(found["a"].blocks) == "typed *words*"


def test_a_report_given_up_half_way_leaves_nothing_running() -> None:
    given = {f"k{number}": "word " * 2000 for number in range(400)}
    found = parse_each(given)
    assert next(found)[0] == "k0"
    found.close()
    assert list(found) == []


def test_bounds_grow_with_a_body() -> None:
    small, large = bodies._alone(1000), bodies._alone(4_000_000)
    assert isinstance(small, Bounds)
    assert small.seconds < large.seconds
    assert small.heap < large.heap
    assert json.dumps(small.answer) < json.dumps(large.answer)


def test_a_body_beyond_all_bounds_keeps_its_words() -> None:
    body = "x" * (bodies.LARGEST + 10) + " tail"
    found = parse({"a": body})["a"]
    assert found.poisoned
    assert found.blocks[0]["c"][1] == body
    assert "4 MiB" in found.problems[-1].message
