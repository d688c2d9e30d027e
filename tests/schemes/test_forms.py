"""Application forms: the shipped ones, an owner's own, and what is wrong with one."""

import json
from pathlib import Path

import pytest

from cpdkit.checks.engine import check_journal
from cpdkit.cli.main import run
from cpdkit.schemes.data_files import FORMS, shipped_ids, shipped_text
from cpdkit.schemes.forms import ApplicationForm, Part, read_form, shipped_form
from cpdkit.schemes.frameworks import shipped_frameworks
from cpdkit.text.source import Source
from tests.journal.folders import journal_of, write

SHIPPED = shipped_ids(FORMS)
HEAD = "id: mine\ntitle: T\n"


def read(text: str) -> tuple[ApplicationForm | None, list[tuple[str, str]]]:
    """Return the form in a text, and the place and the code of each problem."""
    form, found = read_form(Source("forms/x.yaml", text))
    assert (form is None) == bool(found)
    return form, [(each.location.removeprefix("forms/x.yaml:"), each.code) for each in found]


def part_of(fields: str) -> tuple[Part | None, list[tuple[str, str]]]:
    """Return the only part of a form with these fields, and the problems."""
    form, found = read(f"{HEAD}parts:\n  - {{content: claims, title: T, {fields}}}\n")
    return form.parts[0] if form else None, found


def test_the_forms_of_the_named_bodies_are_shipped() -> None:
    assert set(SHIPPED) >= {
        "iet-ceng", "iet-ieng", "iet-engtech", "ice", "cibse", "energy-institute", "ciht", "uk-spec",
    }  # fmt: skip
    assert shipped_form("../schemes/iet") is None


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_has_no_problem_and_has_its_source(name: str) -> None:
    form, found = read_form(shipped_text(FORMS, name))
    assert found == []
    assert form
    assert (form.id, form.path, bool(form.parts)) == (name, f"{name}.yaml", True)
    assert form.body
    assert form.title
    assert form.categories
    assert form.source
    assert form.checked
    assert form.framework in shipped_frameworks()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_can_be_filled_in(name: str) -> None:
    form = shipped_form(name)
    assert form
    assert form.parts[0].content == "personal"
    assert [part.content for part in form.parts if part.content in ("declaration", "uploads")]
    uploads = [part.upload for part in form.parts if part.upload]
    assert len(set(uploads)) == len(uploads)
    for part in form.parts:
        assert part.least_words <= (part.words or part.least_words)
        assert part.content != "outside" or part.id


@pytest.mark.parametrize("name", SHIPPED)
def test_every_part_and_limit_is_shown(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = shipped_form(name)
    assert form
    root = str(journal_of(tmp_path, {}).root)
    assert run(["form", "show", name, "--journal", root]) == 0
    shown = capsys.readouterr().out
    lines = shown.splitlines()
    assert [line[:4] for line in lines if line[2:4] == ". "] == [f"{n:>2}. " for n in range(1, len(form.parts) + 1)]
    for part in form.parts:
        (line,) = [each for each in lines if each[2:4] == ". " and each[4:].startswith(part.title)]
        assert ("(optional)" in line) == (not part.required)
        for limit in (part.characters, part.words, part.least_words, part.pages, part.count, part.codes):
            assert not limit or f"{limit:,}" in line
        assert not part.upload or f"{part.upload}.pdf" in line
    for text in (form.source, form.unsure, *(each for part in form.parts for each in (part.note, part.unsure))):
        assert text in shown


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("characters: 3000, per: post", Part("claims", "T", characters=3000, per="post")),
        ("words: 5000, words-at-least: 4000", Part("claims", "T", words=5000, least_words=4000)),
        ("megabytes: 0.5, upload: certificates", Part("claims", "T", bytes=500_000, upload="certificates")),
        ("pages: 2, required: false, inside: false", Part("claims", "T", pages=2, required=False, inside=False)),
        ("codes-per-claim: 2, per: claim, guide: true", Part("claims", "T", codes=2, per="claim", guide=True)),
        ("at-least: 2, id: sponsors", Part("claims", "T", count=2, id="sponsors")),
        ("words: 0", Part("claims", "T")),
    ],
)
def test_the_fields_of_a_part(fields: str, expected: Part) -> None:
    assert part_of(fields) == (expected, [])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("words: lots", "CPD215"),
        ("characters: -1", "CPD215"),
        ("pages: []", "CPD203"),
        ("megabytes: big", "CPD215"),
        ("megabytes: -0.5", "CPD215"),
        ("per: posts", "CPD208"),
        ("upload: ../x", "CPD709"),
        ("upload: a/b", "CPD709"),
        ("id: a b", "CPD709"),
        ("required: maybe", "CPD203"),
    ],
)
def test_a_limit_of_the_wrong_type(fields: str, code: str) -> None:
    column = len("  - {content: claims, title: T, ") + fields.index(": ") + 3
    found = part_of(fields)
    assert found[0] is None
    assert found[1][0][0] == f"4:{column}"
    if code != "CPD203":
        assert found[1] == [(f"4:{column}", code)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("1:1", "CPD201")] * 3),
        ("id: mine\n", [("1:1", "CPD201")] * 2),
        (f"{HEAD}parts: []\n", [("3:1", "CPD201")]),
        (f"{HEAD}parts: [career]\n", [("3:9", "CPD203")]),
        (f"{HEAD}parts: [{{content: carreer, title: T}}]\n", [("3:19", "CPD208")]),
        (f"{HEAD}parts: [{{content: career}}]\n", [("3:10", "CPD201")]),
        (f"{HEAD}parts: [{{content: career, title: T, word: 3}}]\n", [("3:37", "CPD212")]),
        (f"{HEAD}parts: [{{content: outside, title: T}}]\n", [("3:19", "CPD709")]),
        (f"{HEAD}parts: [{{content: cv, title: T}}, {{content: cv, title: U}}]\n", [("3:44", "CPD709")]),
        (f"{HEAD}parts:\n- {{content: cv, title: T}}\n- {{content: plan, title: U, id: cv}}\n", [("5:33", "CPD709")]),
        ("id: a b\ntitle: T\nparts: [{content: cv, title: T}]\n", [("1:5", "CPD709")]),
        (f"{HEAD}parts: [{{content: cv, title: T}}]\nchecked: 2026-13-01\n", [("4:10", "CPD204")]),
    ],
)
def test_a_broken_form(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == (None, found)


OWN = f"{HEAD}parts:\n  - {{content: claims, title: Statements, words: 5}}\n"


def listed(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return where each form comes from, by its ID."""
    assert run(["form", "list", "--format", "json", "--journal", str(root)]) == 0
    return {row["id"]: row["from"] for row in json.loads(capsys.readouterr().out)}


def test_an_owner_adds_a_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal_of(tmp_path, {"forms/any-name.yaml": OWN})
    before = dict.fromkeys(SHIPPED, "built in")
    assert listed(tmp_path, capsys) == {**before, "mine": "forms/any-name.yaml"}


def test_an_owner_replaces_a_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal_of(tmp_path, {"forms/iet.yaml": OWN.replace("mine", "iet-ceng")})
    assert listed(tmp_path, capsys)["iet-ceng"] == "forms/iet.yaml"
    assert run(["form", "show", "iet-ceng", "--journal", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert " 1. Statements: at most 5 words" in shown
    assert " 2. " not in shown


def test_a_broken_form_of_an_owner_is_reported_by_the_check(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", "name: A\napplication: {form: mine}\n")
    write(tmp_path, "forms/mine.yaml", f"{HEAD}parts:\n  - content: outside\n    title: Fee\n")
    found = [(each.location, each.code) for each in check_journal(tmp_path).diagnostics]
    assert found == [("forms/mine.yaml:4:14", "CPD709")]


def test_two_forms_with_the_same_id(tmp_path: Path) -> None:
    files = {"forms/a.yaml": OWN, "forms/b.yaml": OWN}
    journal_of(tmp_path, files)
    found = [(each.location, each.code) for each in check_journal(tmp_path).diagnostics]
    assert [place.split(":")[0] for place, _ in found] == ["forms/b.yaml"]
