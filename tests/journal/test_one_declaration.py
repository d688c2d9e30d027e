"""A field is declared once: with one more declaration and one label, every part of cpdkit knows it."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journal.folders import BODY, FIELDS, MEMBER, write
from tests.program import UNMEASURED, Done, cpd, environment

ROOT = Path(__file__).resolve().parents[2]
DECLARED = """\
    expires: Annotated[date | None, Field(
        "expires", Day(), example="2029-03-14", note="the last day on which it counts", meant=("expiry",),
        headings=("valid until", "expiry date"),
    )] = None
"""
LABEL = 'expires = "Expires"\n'
# Completion on an empty line, the schema of the field, its row in the docs, and its type in Parquet.
FACTS = """
import json
from cpdkit.editor.complete import completions
from cpdkit.editor.json_schema import schema_for
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from cpdkit.exchange.exports.parquet import SCHEMA
from cpdkit.journal.records import ACTIVITY
from cpdkit.journal.value_schema import Words
from tools.docs.journal_format import table_of

file = JournalFile("activities/a.md", Text("---\\ntitle: A\\n\\n---\\n"))
print(json.dumps({
    "offered": [each.label for each in completions(file, 2, 0, None)],
    "schema": schema_for("activity", Words())["properties"]["expires"],
    "docs": [line for line in table_of(ACTIVITY).splitlines() if "expires" in line],
    "parquet": str(SCHEMA.field("expires").type),
}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the program and add the field in two files."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "cpdkit", house / "cpdkit", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", house / "templates")
    records = house / "cpdkit" / "journal" / "records.py"
    text = records.read_text("utf-8")
    records.write_text(text.replace("    accepted:", f"{DECLARED}    accepted:", 1), "utf-8")
    labels = house / "templates" / "labels" / "en-GB.toml"
    labels.write_text(labels.read_text("utf-8").replace("[fields]\n", f"[fields]\n{LABEL}", 1), "utf-8")
    return house


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("journal")
    write(root, "cpd.yaml", MEMBER)
    write(root, "activities/a.md", f"---\n{FIELDS}expires: 2029-03-14\n---\n{BODY}")
    return root


def run(house: Path, *args: str | Path) -> Done:
    return cpd(*args, env={**UNMEASURED, "PYTHONPATH": str(house)})


def facts(house: Path) -> dict[str, Any]:
    env = environment({**UNMEASURED, "PYTHONPATH": os.pathsep.join((str(house), str(ROOT)))})
    done = subprocess.run([sys.executable, "-P", "-c", FACTS], env=env, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_reader_takes_it_and_refuses_what_is_no_day(house: Path, journal: Path, tmp_path: Path) -> None:
    assert run(house, "check", "--journal", journal, "--select", "CPD2").code == 0
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", f"---\n{FIELDS}expires: 2029-02-30\n---\n{BODY}")
    assert "activities/a.md:6:10: error CPD204" in run(house, "check", "--journal", tmp_path).out


def test_the_editor_the_schema_the_docs_and_parquet_know_it(house: Path) -> None:
    known = facts(house)
    assert "expires" in known["offered"]
    assert known["schema"]["description"] == "date (`2026-03-14`); the last day on which it counts"
    assert known["schema"]["type"] == ["string", "null"]
    assert known["docs"] == ["| `expires` | date (`2026-03-14`) | `2029-03-14` | the last day on which it counts |"]
    assert known["parquet"] == "date32[day]"


def test_lists_and_exports_have_its_column(house: Path, journal: Path) -> None:
    listed = run(house, "list", "--journal", journal, "--period", "all", "--format", "json", "--columns", "expires")
    assert json.loads(listed.out) == [{"expires": "2029-03-14"}]
    exported = run(house, "export", "--journal", journal, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(exported.out))
    assert row["expires"] == "2029-03-14"


@pytest.mark.parametrize("heading", ["Valid until", "Expiry date", "expires", "Expiry"])
def test_an_import_knows_its_headings_and_reads_days_as_people_write_them(
    house: Path, tmp_path: Path, heading: str
) -> None:
    table = write(tmp_path, "log.csv", f"Title,Date,Hours,Type,{heading}\nOther,2026-03-15,1,event,14 March 2029\n")
    write(tmp_path, "journal/cpd.yaml", MEMBER)
    done = run(house, "import", table, "--journal", tmp_path / "journal")
    made = (tmp_path / "journal" / done.out.strip()).read_text("utf-8")
    assert "expires: 2029-03-14\n" in made


def test_it_can_be_set_and_a_document_prints_it_with_its_label(house: Path, journal: Path, tmp_path: Path) -> None:
    changed = run(house, "set", "a", "expires=2030-03-14", "--journal", journal, "--dry-run")
    assert "expires: 2030-03-14" in changed.out
    done = run(house, "report", "detailed", "--journal", journal, "--period", "all", "-o", tmp_path / "r.md")
    assert done.code == 0, done.err
    assert "14 March 2029" in (tmp_path / "r.md").read_text("utf-8").partition("Expires")[2][:40]
