"""README and docs: the commands that people copy work, and every link has a target."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdkit.journal.load import load
from cpdkit.journal.values import Status
from tests.program import cpd
from tests.transcripts import ENVIRONMENT, ran

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"^ {4}(cpd .*)$|`(cpd [^`]+)`", re.MULTILINE)
EXAMPLE = re.compile(r"^ {2,4}(cpd .*)$", re.MULTILINE)
MAKE = re.compile(r"^ {4}make .*$", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# These run until somebody stops them, so only their --help is tried.
ENDLESS = ("cpd check --watch", "cpd lsp")
# Commands with invented names, and the files that they need.
LOG: dict[str, str | Path] = {"log.csv": "Title,Date,Hours,Key learning\nCourse on relays,2026-03-14,1.5,Much.\n"}
SAMPLES = ROOT / "tests" / "exchange" / "imports" / "samples"


def block(page: str, start: str) -> str:
    """Return the block of code in a how-to guide that starts with these words."""
    blocks = re.findall(
        r"^```\w+\n(.*?)^```$", (ROOT / "docs" / "how-to" / page).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return next(text for text in blocks if text.startswith(start))


SCHEME: dict[str, str | Path] = {"schemes/my-firm.yaml": block("write-a-scheme.md", "id: my-firm")}
TEMPLATE: dict[str, str | Path] = {"templates/appraisal.md.j2": block("write-a-template.md", "{#- Training and totals")}
SCAN: dict[str, str | Path] = dict.fromkeys(("Downloads/Scan.PDF", "slides.pdf"), SAMPLES / "excel.xlsx")
MADE_UP: dict[str, dict[str, str | Path]] = {
    "cpd report appraisal": TEMPLATE,
    "cpd scheme show my-firm": SCHEME,
    "cpd status --scheme my-firm --explain": SCHEME,
    "cpd import log.csv --dry-run": LOG,
    "cpd import log.csv --confirm": LOG,
    'cpd import log.csv --map "Key learning=reflection" --set type=training': LOG,
    'cpd import log.csv --map "Key learning=reflection" --set type=training --dry-run': LOG,
    "cpd import notes/": {"notes/2026-03-14 Course on relays.md": "Much.\n"},
    "cpd import log.xlsx --dry-run": {"log.xlsx": SAMPLES / "libreoffice.xlsx"},
    "cpd import work.ics --words CPD --period 2026": {"work.ics": SAMPLES / "google.ics"},
    "cpd inbox ~/notes/cpd.txt --dry-run": {"notes/cpd.txt": "2h IET lecture on fault levels\n"},
    "cpd inbox ~/notes/cpd.md --dry-run": {"notes/cpd.md": "2h IET lecture on fault levels\n"},
    "cpd import certificate.eml": {"certificate.eml": SAMPLES / "kinds" / "message.eml"},
    "cpd import Positions.csv": {"Positions.csv": SAMPLES / "kinds" / "Positions.csv"},
    "cpd import resume.json": {
        "resume.json": '{"basics": {}, "education": [{"institution": "Leeds", "studyType": "MEng", "endDate": "2016"}]}'
    },
    "cpd import cpd.json --journal new-journal": {
        "cpd.json": '{"cpdkit": 1, "member": {}, "activities": []}',
        "new-journal/cpd.yaml": "name: A\n",
    },
    "cpd attach relay-settings ~/Downloads/Scan.PDF --title Certificate": SCAN,
    "cpd attach relay-settings slides.pdf https://example.org/recording": SCAN,
    "cpd delete evidence/2026-03-14-scan.pdf --dry-run": {"evidence/2026-03-14-scan.pdf": SAMPLES / "excel.xlsx"},
    'cpd rename evidence/scan-17.pdf "relay settings certificate"': {"evidence/scan-17.pdf": SAMPLES / "excel.xlsx"},
}
CODES = {
    "cpd import log.xlsx --dry-run": 1,  # a row of this file shows #DIV/0! and is rejected
    "cpd init my-cpd": 2,  # asks for a name, which needs a terminal
    # Ask for confirmation, which needs a terminal.
    "cpd delete lunch-talk": 2,
    "cpd done --drafts": 2,
    "cpd delete relay-b-retest": 2,
    # The example journal has no change to undo.
    "cpd undo": 2,
    "cpd undo --dry-run": 2,
    "cpd undo --redo": 2,
    "cpd report accountability --into build --open": 4,  # there is no display
}
# Names of commands in sentences; they need arguments.
NAMED = {
    *(
        "cpd attach",
        "cpd delete",
        "cpd done",
        "cpd edit",
        "cpd export",
        "cpd import",
        "cpd inbox",
        "cpd init",
        "cpd merge",
        "cpd move",
        "cpd new",
        "cpd open",
    ),
    *("cpd application pack", "cpd new claim", "cpd new qualification"),
    *("cpd plan new", "cpd plan done", "cpd rename", "cpd report", "cpd retype", "cpd scheme show", "cpd search"),
    *("cpd set", "cpd show", "cpd import -", "cpd asks on a terminal."),
}
START = re.findall(r"^ {4}(cpd .*my-cpd.*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
"""README's first commands, in order: each needs the previous one."""
OF_HELP = ROOT / "docs" / "reference" / "commands.md"
# An editor starts this one and ends it.
OF_EDITORS = {"cpd lsp"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """Return the text of a page without its blocks of code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^ {4}.*$", "", text, flags=re.MULTILINE)


def commands() -> Iterator[str]:
    """Yield each `cpd …` that a page shows, once. The name of a command alone is not one."""
    found = [
        shown or inline
        for page in PAGES
        if page != OF_HELP
        for shown, inline in COMMAND.findall(page.read_text("utf-8"))
    ]
    found += EXAMPLE.findall(OF_HELP.read_text("utf-8"))
    shown_whole = (line for line in found if not re.search(r"…|\.\.\.| [A-Z]{2,}\b", line))
    yield from dict.fromkeys(line for line in shown_whole if line not in OF_EDITORS | NAMED and line not in START)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    heads = re.findall(r"^#+ +(.+?)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with a copy of the example journal, as after a clone."""
    root = tmp_path
    shutil.copytree(ROOT / "journal", root / "journal")
    return root


@pytest.mark.parametrize("line", list(commands()))
def test_every_command_on_a_page_runs(line: str, world: Path) -> None:
    journal = world / "journal"
    for name, text in MADE_UP.get(line, {}).items():
        (journal / name).parent.mkdir(exist_ok=True)
        (journal / name).write_bytes(text.encode() if isinstance(text, str) else text.read_bytes())
    words = [re.sub("^~", str(journal), word) for word in shlex.split(line)[1:]]
    done = ran([*words, *["--help"] * (line in ENDLESS)], journal, ENVIRONMENT, ())
    assert done.code == CODES.get(line, 0), done.err


def test_the_readmes_first_commands_run_in_sequence(tmp_path: Path) -> None:
    """They create a journal with one activity that counts, and its report, and the check passes."""
    assert [line.split()[1] for line in START] == ["init", "new", "report", "check"]
    for line in START:
        done = cpd(*shlex.split(line)[1:], cwd=tmp_path)
        assert done.code == 0, (line, done.err)
    journal = load(tmp_path / "my-cpd")
    assert journal.member is not None
    assert journal.member.name == "Your Name"
    assert [each.minutes for each in journal.activities if each.status is Status.DONE] == [90]
    assert {path.suffix for path in (tmp_path / "reports").glob("your-name-detailed-*")} == {".docx", ".pdf"}


def test_there_are_commands_and_links_to_test() -> None:
    assert len(list(commands())) >= 6
    assert sum(len(LINK.findall(prose(page))) for page in PAGES) >= 6


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), f"{name_of(page)} links to {link}, which does not exist"
        assert not anchor or anchor in anchors(target), (
            f"{name_of(page)} links to {link}, a heading that does not exist"
        )


def test_the_readmes_journal_is_a_journal(tmp_path: Path) -> None:
    """Its two snippets, in the files that it names, make a journal."""
    blocks = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    texts = [re.sub(r"^ {4}", "", block, flags=re.MULTILINE).strip("\n") + "\n" for block in blocks]
    (member,) = (text for text in texts if text.startswith("name:"))
    (activity,) = (text for text in texts if text.startswith("---"))
    (tmp_path / "activities").mkdir()
    (tmp_path / "cpd.yaml").write_text(member, encoding="utf-8")
    (tmp_path / "activities" / "lecture.md").write_text(activity, encoding="utf-8")
    journal = load(tmp_path)
    assert journal.member is not None
    assert (journal.member.memberships[0].number, len(journal.activities)) == ("1100 234567", 1)
    done = cpd("check", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert cpd("report", "detailed", "--period", "2026", "--format", "md", "--into", "reports", cwd=tmp_path).code == 0


def test_the_makefile_has_the_targets_and_settings_of_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    typed = MAKE.findall((ROOT / "README.md").read_text("utf-8"))
    assert typed
    for line in typed:
        _, goal, *settings = line.split()
        assert re.search(rf"^{goal}:", makefile, flags=re.MULTILINE), goal
        assert all(f"MAKE_{each.partition('=')[0]}" in makefile for each in settings), line


def test_every_name_for_templates_is_there() -> None:
    """Every name for templates in docs/reference/reports.md is in the view."""
    page = (ROOT / "docs" / "reference" / "reports.md").read_text("utf-8")
    view = (ROOT / "cpdkit" / "documents" / "view.py").read_text("utf-8")
    names = re.findall(r"`report\.(\w+)", page)
    assert len(names) >= 10
    assert [name for name in names if f"    {name}:" not in view and f"def {name}(" not in view] == []
    parts = re.findall(r"`(_\w+)`", page) + re.findall(r'include "(\w+)\.md', page)
    assert [part for part in parts if not (ROOT / "templates" / f"{part}.md.j2").is_file()] == []
