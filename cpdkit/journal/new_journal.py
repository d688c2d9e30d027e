"""The files that a new journal starts with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cpdkit.journal.naming import file_name
from cpdkit.journal.reader import FORMS
from cpdkit.journal.record_writer import Plain, record_bytes
from cpdkit.text.yaml_scalars import scalar

KEPT_FOLDERS = ("plan", "career", "reviews", "evidence")
"""Folders that are there from the start; git keeps no empty ones, so each holds a hidden file."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose journal it is. `year_start` is the CPD year's first day, `04-01`; what is empty is left for later."""

    name: str
    body: str = ""
    grade: str = ""
    number: str = ""
    scheme: str = ""
    year_start: str = "01-01"


def journal_files(owner: Owner, day: date) -> dict[str, bytes]:
    """Return the files of a new journal by their paths, `cpd.yaml` first; `day` is today."""
    title = "My first entry: starting this journal"
    path = f"activities/{day:%Y}/{file_name(day, title)}"
    texts: Mapping[str, str] = {
        "cpd.yaml": _member(owner),
        ".gitignore": "# Made from the journal by make report and cpd schema --all.\nbuild/\n.schemas/\n",
        ".gitattributes": "*.md text=auto\n*.pdf binary\n*.docx binary\n*.png binary\n*.jpg binary\n",
        "Makefile": _MAKEFILE,
        ".vscode/settings.json": _SETTINGS,
        ".pre-commit-config.yaml": _PRE_COMMIT,
        **{f"{folder}/.gitkeep": "" for folder in KEPT_FOLDERS},
    }
    return {**{name: text.encode() for name, text in texts.items()}, path: _example(title, day)}


def _member(owner: Owner) -> str:
    """cpd.yaml with what is known, and what else there is in comments."""
    number = f", number: {scalar(owner.number, flow=True)}" if owner.number else ""
    grade = f", grade: {scalar(owner.grade, flow=True)}" if owner.grade else ""
    membership = f"  - {{body: {scalar(owner.body, flow=True)}{grade}{number}}}" if owner.body else ""
    lines = [
        "# yaml-language-server: $schema=.schemas/member.schema.json",
        "# Whose journal this is, and what reports say about you. Everything but `name` may be left out.",
        "",
        f"name: {scalar(owner.name)}",
        "# post-nominals: MEng MIET        # printed after the name",
        "",
        "# One line for each professional body.",
        *(["memberships:", membership] if membership else ["# memberships:", "#   - {body: IET, grade: Member}"]),
        "",
        "# The CPD rules to be measured by: cpd.yaml may name several.",
        *(["schemes:", f"  - {owner.scheme}"] if owner.scheme else ["# schemes: [iet]"]),
        "",
        f'cpd-year: "{owner.year_start}"                # the first day of the CPD year, month-day',
        'new-folder: "{year}"             # where cpd new puts activities, below activities/',
        "reflection: iet                  # the questions that cpd new starts with; none for none",
    ]
    return "\n".join(lines) + "\n"


def _example(title: str, day: date) -> bytes:
    """An activity to look at and to delete. It is a draft, so that no report counts it."""
    values: dict[str, Plain] = {
        "title": title,
        "type": "self-study",
        "start": day.isoformat(),
        "hours": "15 min",
        "status": "draft",
    }
    return record_bytes(FORMS["activities"], values, _EXAMPLE)


_EXAMPLE = """
This is an example. Look at it, and delete it when you like: it is a draft, which no report counts. What it was, who
gave it and your part in it stand here, in your own words, in Markdown.

## Reflection

### What did you learn?

That an activity is a plain text file: the fields above, the story below. `cpd check` says when something is wrong with
it, and `cpd new` writes the next one.
"""
_MAKEFILE = """\
# Documents of this journal, into build/.
.PHONY: report check

report:
\tcpd report summary --out build
\tcpd report detailed --out build

check:
\tcpd check
"""
_SETTINGS = '{\n  "yaml.schemas": {".schemas/member.schema.json": "cpd.yaml"}\n}\n'
_PRE_COMMIT = """\
# pre-commit install makes git check the journal at every commit.
repos:
  - repo: local
    hooks:
      - id: cpd-check
        name: cpd check
        entry: cpd check
        language: system
        pass_filenames: false
"""
