"""The schemas agree with `cpd check`, as far as a schema can."""

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from cpdkit.checks.engine import check_journal
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.editor.json_schema import KINDS, file_name, schema_for, written
from cpdkit.editor.words import shipped_words, words_in
from cpdkit.journal.value_schema import Words
from tests.checks.checking import TODAY
from tests.editor.front_matter import front_matter
from tests.editor.yaml_servers import SERVERS, seen_by
from tests.journal.folders import MEMBER, write

ROOT = Path(__file__).resolve().parents[2]
PATHS = {
    "activity": "activities/x.md",
    "objective": "plan/x.md",
    "post": "career/x.md",
    "review": "reviews/x.md",
    "qualification": "qualifications/x.md",
    "claim": "claims/x.md",
    "people": "people.yaml",
    "member": "cpd.yaml",
}
GOOD = "title: Relay course\ntype: training\nstart: 2026-03-14\nhours: 2\n"
KEYWORDS = {
    "$schema", "title", "description", "type", "enum", "const", "pattern", "minimum", "maximum", "exclusiveMaximum",
    "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "items", "anyOf", "allOf",
    "not", "examples",
}  # fmt: skip


@pytest.fixture(scope="module")
def journal() -> Iterator[Path]:
    """A journal with an objective, so that IDs are checked, and the evidence that the corpus names."""
    root = Path(mkdtemp())
    write(root, "cpd.yaml", MEMBER)
    for name in ("grid-storage", "2026"):
        write(root, f"plan/{name}.md", "---\ntitle: Storage\n---\n")
    for name in ("x.pdf", "sub/y.pdf", "..x", "2026", "1.5", "a b.pdf"):
        write(root, f"evidence/{name}", "x")
    yield root
    shutil.rmtree(root)


@cache
def validator(kind: str, root: Path | None) -> Draft7Validator:
    return Draft7Validator(schema_for(kind, words_in(root) if root else shipped_words()))


def refusals(kind: str, text: str, server: str, root: Path | None = None) -> list[str]:
    seen = seen_by(text, SERVERS[server])
    return [each.message for each in validator(kind, root).iter_errors({} if seen is None else seen)]


def errors(kind: str, text: str, root: Path) -> list[Diagnostic]:
    """Return the problems that make the record wrong, by the check of its file alone.

    A level that is in no list is one of them: an editor has the list and reports it like any other word.
    """
    path = PATHS[kind]
    data = text if kind in ("member", "people") else f"---\n{text}---\n\nText.\n"
    found = check_journal(root, (path,), TODAY, {path: data.encode()}).diagnostics
    own = [each for each in found if each.path == path]
    return [each for each in own if each.severity is Severity.ERROR or each.code == "CPD518"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "words", [Words(), shipped_words(), words_in(ROOT / "journal")], ids=["none", "shipped", "own"]
)
def test_a_strict_validator_takes_the_schema(kind: str, words: Words) -> None:
    schema = schema_for(kind, words)
    Draft7Validator.check_schema(schema)
    assert set(keywords(schema)) <= KEYWORDS
    assert json.loads(written(schema)) == schema
    assert all(values for values in lists_of(schema))


def keywords(schema: Any) -> Iterator[str]:
    """The names used as keywords, and not as names of fields."""
    if isinstance(schema, dict):
        yield from schema
        for name, below in schema.items():
            if name in ("properties", "patternProperties"):
                for each in below.values():
                    yield from keywords(each)
            elif name not in ("enum", "const", "examples"):
                yield from keywords(below)
    elif isinstance(schema, list):
        for each in schema:
            yield from keywords(each)


def lists_of(schema: Any) -> Iterator[list[Any]]:
    """Every list in it; an empty one is refused by some."""
    if isinstance(schema, list):
        yield schema
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from lists_of(below)


# A server of YAML 1.1 takes the key `on` for a truth.
@pytest.mark.parametrize("server", SERVERS)
def test_the_example_journal_is_right(server: str) -> None:
    folders = {path.partition("/")[0]: kind for kind, path in PATHS.items() if path.endswith(".md")}
    root = ROOT / "journal"
    texts = [
        (kind, path.read_text(encoding="utf-8").split("---\n")[1])
        for folder, kind in folders.items()
        for path in (root / folder).rglob("*.md")
    ]
    texts += [(kind, (root / PATHS[kind]).read_text(encoding="utf-8")) for kind in ("member", "people")]
    assert len(texts) > 80
    judged = [(kind, text) for kind, text in texts if server == "1.2" or "on: " not in text]
    assert [(text, found) for kind, text in judged if (found := refusals(kind, text, server, root))] == []


@given(st.sampled_from(list(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), front_matter(kind))))
@example(("member", "name: Leeds\nnew-folder: 2025\n"))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_check_finds_right_the_schema_takes(journal: Path, made: tuple[str, str]) -> None:
    kind, text = made
    if errors(kind, text, journal):
        return
    for server in SERVERS:
        # A server of YAML 1.1 takes the key `on` for a truth.
        if server == "1.2" or "on: " not in text:
            assert refusals(kind, text, server, journal) == [], text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("provder: IET\n", "CPD212"),
        ("end: 2026-02-30\n", "CPD204"),
        ("end: 14/03/2026\n", "CPD205"),
        ("end: 2026-03-14 10:00\n", "CPD206"),
        ("hours: two\n", "CPD207"),
        ("hours: 1,5\n", "CPD207"),
        ("hours: -1\n", "CPD207"),
        ("hours: [2]\n", "CPD203"),
        ("type: seminar\n", "CPD208"),
        ("confidential: maybe\n", "CPD209"),
        ('title: "two\\nlines"\n', "CPD210"),
        ("title: ''\n", "CPD201"),
        ("competences: [A1 B2]\n", "CPD211"),
        ("competences: {A1: X Y}\n", "CPD208"),
        ("topics: ['']\n", "CPD213"),
        ("units: {PDU: many}\n", "CPD215"),
        ("objectives: [gird-storage]\n", "CPD503"),
        ("objectives: gird-storage\n", "CPD503"),
        ("evidence: ../x.pdf\n", "CPD502"),
        ("evidence: [/etc/passwd]\n", "CPD502"),
        ("evidence: ['javascript:alert(1)']\n", "CPD505"),
        ("sessions: [{date: 2026-03-14}]\n", "CPD201"),
        ("sessions: [{date: 2026-03-14, hours: 2, by: x}]\n", "CPD212"),
        ("signed-off: {on: 2026-03-14}\n", "CPD201"),
        ("accepted: [CPD401]\n", "CPD203"),
        ("date: 2026-03-14\n", "CPD202"),
    ],
)
def test_what_the_schema_refuses_check_reports(journal: Path, fields: str, code: str) -> None:
    name = fields.partition(":")[0]
    text = "".join(line + "\n" for line in GOOD.splitlines() if not line.startswith(f"{name}:")) + fields
    assert refusals("activity", text, "1.2", journal)
    assert code in {each.code for each in errors("activity", text, journal)}


@pytest.mark.parametrize("name", ["title", "type", "start", "hours"])
def test_what_is_missing_is_refused(journal: Path, name: str) -> None:
    text = "".join(line + "\n" for line in GOOD.splitlines() if not line.startswith(f"{name}:"))
    assert refusals("activity", text, "1.2", journal)
    assert errors("activity", text, journal)
    assert refusals("activity", GOOD, "1.2", journal) == []


@pytest.mark.parametrize(
    ("fields", "server"),
    [
        ("end: 2026-03-01\n", "1.2"),
        ("end: 2027-02-29\n", "1.2"),
        ("sessions: [{date: 2026-03-14, hours: 1}]\n", "1.2"),
        ("evidence: gone.pdf\n", "1.2"),
        ("confidential: True\n", "1.2"),
        ("confidential: yes\n", "1.1"),
        ("participatory: 1:30\n", "1.1"),
        ("participatory: 0x10\n", "1.2"),
    ],
)
def test_what_only_check_can_tell(journal: Path, fields: str, server: str) -> None:
    """The differences that docs/reference/json-schema.md lists. If one of them disappears, update the page."""
    assert refusals("activity", GOOD + fields, server, journal) == []
    assert errors("activity", GOOD + fields, journal)


def test_what_only_the_schema_refuses(journal: Path) -> None:
    for text in (GOOD.replace("Relay course", "NULL"), GOOD + "signed-off: {by: J. Evans, on: 2026-03-20}\n"):
        assert refusals("activity", text, "1.1", journal)
        assert errors("activity", text, journal) == []


def test_without_a_journal_any_objective_may_be_right(journal: Path) -> None:
    text = GOOD + "objectives: [anything]\n"
    assert refusals("activity", text, "1.2") == []
    assert refusals("activity", text, "1.2", journal)


def test_the_journals_words_are_offered(journal: Path) -> None:
    schema = json.dumps(schema_for("activity", words_in(journal)))
    assert all(
        f'"{word}"' in schema
        for word in ("grid-storage", "x.pdf", "A1", "Keep and extend engineering theory", "CPD401")
    )
    member = json.dumps(schema_for("member", shipped_words()))
    assert all(f'"{word}"' in member for word in ("iet", "uk-spec-ceng", "advice"))


def test_each_kind_has_a_file_of_its_own() -> None:
    assert len({file_name(kind) for kind in KINDS}) == len(KINDS)


def test_yaml_servers_differ_as_the_tests_suppose() -> None:
    text = "a: no\nb: 2026-03-14\nc: 1:30\nd: 1h30\ne: 0o17\n"
    assert seen_by(text, SERVERS["1.2"]) == {"a": "no", "b": "2026-03-14", "c": "1:30", "d": "1h30", "e": 15}
    assert seen_by(text, yaml.SafeLoader) == {"a": False, "b": "2026-03-14", "c": 90, "d": "1h30", "e": "0o17"}
