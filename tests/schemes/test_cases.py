"""The shipped schemes on small journals whose figures were worked out by hand from their sources."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from cpdkit.journal.declarations import read_fields
from cpdkit.journal.edit import record_of
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.member import SCHEME, SchemeMembership
from cpdkit.journal.reader import RECORD_KINDS, Record
from cpdkit.journal.record_writer import record_bytes
from cpdkit.journal.records import Activity, Objective, Review
from cpdkit.schemes.evaluate import Records, evaluate, standing_of
from cpdkit.schemes.scheme_file import shipped_scheme, shipped_schemes
from cpdkit.schemes.standing import State
from cpdkit.text.source import Source
from cpdkit.text.yaml import parse

CASES = Path(__file__).parent / "cases"
PATHS = sorted(CASES.rglob("*.yaml"))


def read(path: Path) -> Any:
    """A case with every scalar as its text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def records(folder: str, given: list[dict[str, Any]], **usual: str) -> list[Record]:
    form = RECORD_KINDS[folder]
    found = []
    for number, fields in enumerate(given):
        values = {**usual, **fields}
        values |= values.pop("own", {})
        body = values.pop("body", "")
        path = f"{folder}/{number:03}.md"
        found.append(record_of(path, record_bytes(form, values, body), form))
    return found


def membership(scheme: str, given: dict[str, Any]) -> SchemeMembership:
    text = yaml.safe_dump({"scheme": scheme, **given})
    to = Problems(Source("cpd.yaml", text))
    values = read_fields(SCHEME, parse(text), to)
    assert to.diagnostics == []
    return SchemeMembership(**values)


def wanted_of(key: str, value: str) -> Fraction | bool | str:
    if key == "state":
        return value
    return value == "true" if key in ("met", "exempt") else Fraction(value)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_figures_are_those_worked_out_by_hand(path: Path) -> None:
    case = read(path)
    scheme = shipped_scheme(case["scheme"])
    assert scheme
    assert case["why"]
    activities = [one for one in records("activities", case.get("activities") or [], title="A", type="training")
                  if isinstance(one, Activity)]  # fmt: skip
    objectives = [one for one in records("plan", case.get("objectives", [])) if isinstance(one, Objective)]
    reviews = [one for one in records("reviews", case.get("reviews", [])) if isinstance(one, Review)]
    on = date.fromisoformat(case["on"])
    member = membership(scheme.id, case.get("member", {}))
    # With `overdue`, as `cpd status` shows it: a declaration of the period before that is still to be made comes first.
    evaluated = standing_of if case.get("overdue") == "true" else evaluate
    standing = evaluated(scheme, member, Records(activities, objectives, reviews), on)
    backwards = evaluated(scheme, member, Records(activities[::-1], objectives, reviews), on)
    assert standing == backwards
    assert standing
    assert case["expect"]
    for name, expected in case["expect"].items():
        figure = standing.figure(name)
        assert figure, name
        found = {
            "recorded": figure.recorded, "asked": figure.target, "carried": figure.carried,
            "met": figure.state is State.MET, "exempt": figure.state is State.EXEMPT, "state": str(figure.state),
        }  # fmt: skip
        wanted = {key: wanted_of(key, value) for key, value in expected.items()}
        assert {key: found[key] for key in wanted} == wanted, name
        assert (
            figure.recorded - figure.carried == sum(each.counted for each in figure.entries)
            or figure.parts
            or (
                figure.requirement.measure
                not in ("amount", "reflected", "evidenced", "linked", "claimed", "participatory")
            )
        )


def test_every_shipped_scheme_has_worked_cases() -> None:
    assert {path.parent.name for path in PATHS} == set(shipped_schemes())
    assert {path.parent.name for path in PATHS} == {read(path)["scheme"] for path in PATHS}
