"""`cpd plan done` as it is typed."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_an_objective_is_closed_and_what_served_it_is_told(planned: Path, capsys: Captured) -> None:
    path = planned / "plan/relays.md"
    before = path.read_text()
    words = ["plan", "done", "rel", "--on", "yesterday", "--met", "--note", "Twice."]
    assert run([*words, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "-status: open\n+status: achieved\n" in shown.out
    assert "plan/relays.md would be achieved: 2 h in 1 activity\n  14 March 2026  Relay course\n" in shown.err
    assert path.read_text() == before
    assert run(words) == 0
    assert capsys.readouterr().err.endswith("still open in it: Ask Helen\n")
    line = "\n**Achieved on 23 November 2026; the success measure was met.** Twice.\n"
    assert path.read_text() == before.replace("open", "achieved") + line
    assert run(words) == 2
    assert "plan/relays.md is achieved already, on 23 November 2026" in capsys.readouterr().err


def test_an_action_is_done_once(planned: Path, capsys: Captured) -> None:
    assert run(["plan", "done", "relays", "--action", "helen"]) == 0
    assert (
        "“Ask Helen” is done; all of its actions are done\ncpd plan done relays closes it\n" in capsys.readouterr().err
    )
    assert "by: 2026-12-01, done: 2026-11-24}" in (planned / "plan/relays.md").read_text()
    assert run(["plan", "done", "relays", "--action", "helen"]) == 2
    assert "“Ask Helen” is done already, on 24 November 2026" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("relays", "--dropped"), "it is not said why it is dropped"),
        (("relays", "--dropped", "--met"), "was not measured"),
        (("relays", "--action", "helen", "--note", "x"), "one action alone"),
        (("relays", "--on", "tomorrow"), "is still to come"),
        (("relays", "--action", "x"), "there are: Ask Helen"),
        (("welsh", "--met"), "has no success-measure"),
        (("welsh", "--action", "x"), "welsh has no actions"),
        (("x",), 'there is no objective "x"'),
    ],
)
def test_what_can_not_be_done_changes_nothing(
    planned: Path, args: tuple[str, ...], said: str, capsys: Captured
) -> None:
    before = {path: path.read_bytes() for path in planned.rglob("*.md")}
    assert run(["plan", "done", *args]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in planned.rglob("*.md")} == before
