from pathlib import Path

import pytest

from cpdkit.diagnostics import Diagnostic
from tests.checks.checking import diagnostics
from tests.journal.folders import FIELDS, MEMBER, record

PATH = "activities/a.md"
CODES = {"CPD506", "CPD507", "CPD508", "CPD512", "CPD515", "CPD516", "CPD517", "CPD518"}
FIRM = "id: firm\ntitle: Our firm\ncompetences: [{code: K1, title: Switchgear}]\n"
PLAN = "title: Storage\ntype: event\nstart: 2026-03-14\nhours: 2\n"


def reported(root: Path, fields: str, member: str = "", **files: str) -> list[Diagnostic]:
    """What is found of vocabulary in one activity with these fields and files such as `frameworks_firm`."""
    more = {f"{name.replace('_', '/')}.yaml": text for name, text in files.items()}
    found = diagnostics(root, {"cpd.yaml": MEMBER + member, PATH: record(FIELDS + fields), **more})
    return [each for each in found if each.code in CODES]


@pytest.mark.parametrize(
    ("fields", "place", "note", "hint"),
    [
        ("competences: [A1, E5, A]\n", "", "", ""),
        ("competences: {A1: E}\n", "", "", ""),
        ("competences: [SFIA-PROG, 1.1]\n", "", "", ""),
        ("competences: [A1, a2]\n", "6:19", "A2 (Solve unusual or risky problems)", ""),
        ("competences: {a2: E}\n", "6:15", "A2 (Solve unusual or risky problems)", ""),
        ("competences: [{A1: E}, {A7: E}]\n", "6:25", "", "A1, A2"),
        ("competences: A7\n", "6:14", "", "A1, A2"),
    ],
)
def test_competences_of_the_shipped_frameworks(tmp_path: Path, fields: str, place: str, note: str, hint: str) -> None:
    found = reported(tmp_path, fields)
    assert [(each.location, each.code) for each in found] == [(f"{PATH}:{place}", "CPD506")] * bool(place)
    assert all(note in each.note and hint in each.hint for each in found)


@pytest.mark.parametrize(
    ("member", "own", "code", "hint"),
    [
        ("frameworks: [firm]\n", FIRM, "A1", "uk-spec-ceng"),
        ("frameworks: [firm]\n", FIRM, "K1", ""),
        ("frameworks: [uk-spec-engtech]\n", FIRM, "B3", "uk-spec-ceng"),
        ("frameworks: [uk-spec-ceng]\n", FIRM, "K1", "firm"),
        ("frameworks: [firm]\n", FIRM, "X9", "frameworks/"),
        ("", FIRM, "K1", ""),
        ("", FIRM, "K7", "K1"),
        ("", FIRM + "wrong: x\n", "A7", ""),
    ],
)
def test_the_frameworks_that_count(tmp_path: Path, member: str, own: str, code: str, hint: str) -> None:
    found = reported(tmp_path, f"competences: [{code}]\n", member, frameworks_firm=own)
    assert [each.code for each in found] == ["CPD506"] * bool(hint)
    assert all(hint in each.hint for each in found)


def test_every_record_with_competences_is_judged_and_may_accept_it(tmp_path: Path) -> None:
    files = {
        "plan/x.md": record("title: Storage\ncompetences: [A7]\n", ""),
        "plan/y.md": record("title: Wind\ncompetences: [A7]\naccepted: {CPD506: the fifth edition's}\n", ""),
        "career/x.md": record("role: Engineer\nemployer: A\nstart: 2020-01-01\ncompetences: [A7]\n", ""),
        "career/y.md": record(
            "role: Engineer\nemployer: B\nstart: 2019-01-01\nend: 2019-12-31\ncompetences: [A7]\n"
            "accepted: {CPD506: old}\n",
            "",
        ),
    }
    found = [each.path for each in diagnostics(tmp_path, files) if each.code == "CPD506"]
    assert found == ["career/x.md", "plan/x.md"]


def test_what_achievements_claim_is_judged_at_its_line(tmp_path: Path) -> None:
    body = "\n## Achievements\n\n- Wrote a study (A7)\n- Led\n  a test (B1: QQ, 2025)\n- Another (G99)\n"
    files = {"career/x.md": record("role: Engineer\nemployer: A\nstart: 2020-01-01\n", body)}
    found = [(each.code, str(each.span and each.span.line)) for each in diagnostics(tmp_path, files)]
    lines = files["career/x.md"].splitlines()
    wanted = [(code, str(lines.index(line) + 1)) for code, line in
              (("CPD506", "- Wrote a study (A7)"), ("CPD518", "  a test (B1: QQ, 2025)"))]  # fmt: skip
    assert [each for each in found if each[0] in ("CPD506", "CPD518")] == wanted


@pytest.mark.parametrize(
    ("fields", "places", "note", "new"),
    [
        ("topics: [ethics, fire safety]\n", [], "", ""),
        ("topics: [ethics, Fire-Safety]\n", ["6:18"], "fire safety", "fire safety"),
        ('topics: ["ETHICS"]\n', ["6:10"], "ethics", "ethics"),
        ("topics: ethisc\n", ["6:9"], "ethics", ""),
        ("topics: [law]\n", ["6:10"], "", ""),
    ],
)
def test_topics_that_cpd_yaml_lists(tmp_path: Path, fields: str, places: list[str], note: str, new: str) -> None:
    found = reported(tmp_path, fields, "topics: [ethics, fire safety]\n")
    assert [(each.location, each.code) for each in found] == [(f"{PATH}:{at}", "CPD507") for at in places]
    assert all(bool(each.note) == bool(note) and note in each.note for each in found)
    assert [each.fix.edits[0].new if each.fix else "" for each in found] == [new] * len(places)


@pytest.mark.parametrize(
    ("rare", "usual", "new"),
    [
        ("saftey", "safety", ""),
        ("Safety", "safety", "safety"),
        ("fire_safety", "fire safety", "fire safety"),
        ("sustainabilty", "sustainability", ""),
        ("safetyy", "safety", ""),
        ("ethics", "statics", None),
        ("motor", "rotor", None),
        ("onshore wind", "offshore wind", None),
        ("IEC 61850", "IEC 61851", None),
        ("law", "laws", None),
    ],
)
def test_a_topic_that_is_nearly_a_usual_one(tmp_path: Path, rare: str, usual: str, new: str | None) -> None:
    days = [f"2026-0{month}-14" for month in range(5, 10)]
    files = {
        f"activities/{day}.md": record(PLAN.replace("2026-03-14", day) + f"topics: [{usual}]\n", day) for day in days
    }
    files["activities/x.md"] = record(PLAN + f"topics: [{rare}]\n")
    found = [each for each in diagnostics(tmp_path, files) if each.code == "CPD515"]
    assert [each.location for each in found] == ["activities/x.md:6:10"] * (new is not None)
    assert all(usual in each.note for each in found)
    assert [each.fix.edits[0].new if each.fix else "" for each in found] == [new] * (new is not None)


def test_a_topic_that_is_nearly_a_schemes(tmp_path: Path) -> None:
    found = reported(tmp_path, "topics: [sustainabilty, ethics]\n", "schemes: [ice]\n")
    (near,) = found
    assert near.code == "CPD515"
    assert all(f'"{topic}"' in near.message for topic in ("sustainabilty", "sustainability"))


@pytest.mark.parametrize(
    ("member", "place", "code", "note"),
    [
        ("schemes: [iet, firm]\n", "", "", ""),
        ("schemes: [{scheme: iet, start: 2018-09-01}]\n", "", "", ""),
        ("schemes: [iet, ite]\n", "2:16", "CPD508", "iet"),
        ("schemes:\n  - scheme: IET\n    start: 2018-09-01\n", "3:13", "CPD508", "iet"),
        ("schemes: [zzz]\n", "2:11", "CPD508", ""),
        ("schemes: [{scheme: iet, statuses: [{status: retired, start: 2026-01-01}]}]\n", "", "", ""),
        (
            "schemes: [{scheme: iet, statuses: [{status: retird}]}]\n",
            "2:20",
            "CPD517",
            "retired",
        ),
        ("schemes: [{scheme: firm, statuses: [{status: leave}]}]\n", "2:20", "CPD517", ""),
        ("frameworks: [uk-spec-ceng, firm]\n", "", "", ""),
        ("frameworks: [uk-spec]\n", "2:14", "CPD516", "uk-spec-ieng"),
        ("frameworks: [UK-SPEC-CEng]\n", "2:14", "CPD516", "uk-spec-ceng"),
    ],
)
def test_schemes_and_frameworks_of_cpd_yaml(tmp_path: Path, member: str, place: str, code: str, note: str) -> None:
    found = reported(tmp_path, "", member, frameworks_firm=FIRM, schemes_firm="id: firm\n")
    assert [(each.location, each.code) for each in found] == [(f"cpd.yaml:{place}", code)] * bool(code)
    assert all(bool(each.note) == bool(note) and note in each.note for each in found)


def test_no_id_is_unknown_while_a_file_that_may_have_it_cannot_be_read(tmp_path: Path) -> None:
    member = "schemes: [zzz]\nframeworks: [zzz]\n"
    assert reported(tmp_path, "competences: [A7]\n", member, frameworks_x="[", schemes_x="[") == []


@pytest.mark.parametrize(
    ("member", "size", "codes"),
    [
        ("schemes: [iet]\n", 500_000, []),
        ("schemes: [iet]\n", 500_001, ["CPD512"]),
        ("schemes: [rics]\n", 5_000_000, []),
        ("", 5_000_000, []),
    ],
)
def test_evidence_that_a_scheme_does_not_take(tmp_path: Path, member: str, size: int, codes: list[str]) -> None:
    (tmp_path / "evidence").mkdir()
    with (tmp_path / "evidence/scan.pdf").open("wb") as file:
        file.truncate(size)
    found = reported(tmp_path, "evidence: [{path: scan.pdf, title: Scan}, 'https://example.org']\n", member)
    assert [each.code for each in found] == codes
    assert [each.location for each in found] == [f"{PATH}:6:19"] * len(codes)


SCALED = "id: firm\ntitle: Our firm\nlevels: [aware, able]\ncompetences: [{code: K1, title: Switchgear}]\n"


@pytest.mark.parametrize(
    ("fields", "member", "places"),
    [
        ("competences: {K1: able, A1: SP}\n", "", []),
        ("competences: {K1: leading}\n", "", [f"{PATH}:6:15"]),
        ("", "levels-held: {K1: aware}\nlevels-wanted: {K1: leading}\n", ["cpd.yaml:3:17"]),
    ],
)
def test_a_framework_may_have_levels_of_its_own(tmp_path: Path, fields: str, member: str, places: list[str]) -> None:
    found = reported(tmp_path, fields, member, frameworks_firm=SCALED)
    assert [(each.location, each.code) for each in found] == [(place, "CPD518") for place in places]
    assert all("T, SP, P, E, aware or able" in each.hint for each in found)
