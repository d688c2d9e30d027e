"""The commands give the same files and words on Windows, as far as another system can show it (tests/as_windows.py)."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cpdkit.documents.pandoc import binary
from tests.program import GIVEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shows another system what this one does anyway")

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "as_windows.py"
LOG = "Title,Date,Hours,Key learning\r\nCourse on relays,2026-03-14,1.5,Much.\r\n"
PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
"""A GIF, which is decoded in a child process."""
NOTE = "---\ntitle: Photo\ntype: event\nstart: 2026-05-01\nhours: 1\n---\n\n![a dot](../../evidence/dot.gif)\n"

Command = tuple[str, ...]
WORK: tuple[Command, ...] = (
    ("--version",),
    ("--help",),
    ("list", "--period", "all"),
    ("show", r"activities\2026\2026-11-01-con.md"),
    ("show", r".\2026-11-01-con"),
    ("check",),
    ("check", "--format", "sarif"),
    ("status",),
    ("status", "--explain"),
    ("todo",),
    ("totals",),
    ("search", "relay"),
    ("plan",),
    ("competences",),
    ("explain", "CPD204"),
    ("scheme", "show", "iet"),
    ("report", "detailed", "--period", "2026", "--format", "docx,pdf,html,odt,md", "--out", "../reports"),
    ("report", "summary", "--eject"),
    ("report", "summary", "--period", "2026", "--format", "html,pdf", "--out", "../own template"),
    ("export", "--format", "csv"),
    ("export", "--format", "json"),
    ("export", "--out", "../cpd.xlsx"),
    ("export", "--out", "../cpd.ics"),
    ("import", "../log.csv", "--dry-run"),
    ("import", "../log.csv"),
    ("set", "course-on-relays", "topics+=safety"),
    ("attach", "course-on-relays", "../scan.pdf"),
    ("rename", r"evidence\dot.gif", "aux"),
    ("rename", "course-on-relays", "relays"),
    ("move", "relays", r"2026\courses"),
    ("move", "relays", "nul"),
    ("new", "Planned talk", "--type", "event", "--date", "2027-01-05", "--planned", "--no-edit"),
    ("done", "planned-talk", "--date", "2026-11-20", "--hours", "1"),
    ("new", "Talk", "--hours", "1:30", "--date", "14/3/2026", "-m", "Good.", "--learned", "Much."),
    ("inbox", "../phone.txt", "--yes"),
    ("plan", "new", "Con", "--no-edit"),
    ("plan", "new", "Learn about earthing", "--no-edit"),
    ("plan", "done", "learn-about"),
    ("retype", "event", "training", "--dry-run"),
    ("schema", "--all"),
    ("check", "--fix"),
    ("list",),
)


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python that runs as on Windows: the children of cpdkit start it."""
    place = tmp_path / "python.exe"
    place.write_text(f'#!/bin/sh\nCPD_PYTHON="$0" exec "{sys.executable}" "{SCRIPT}" "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    return place


def run(folder: Path, commands: Sequence[Command], *options: str, stdin: str = "", **variables: str) -> list[Any]:
    """Run command lines one after the other in a process; return what each did."""
    empty = folder.parent / "no programs"
    empty.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CPD_", "GIT_", "LC_", "LANG"))}
    given = {"PATH": str(empty), "SYSTEMROOT": r"C:\Windows", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "warn_default_encoding", str(SCRIPT), *options]
    done = subprocess.run(
        command, input=json.dumps([(each, stdin) for each in commands]).encode(), cwd=folder,
        env={**kept, **GIVEN, **given, **variables}, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def example(folder: Path) -> Path:
    """The example journal as a checkout of Windows has it, with a picture and things to import."""
    journal = folder / "work" / "my journal"
    shutil.copytree(ROOT / "journal", journal)
    for path in (*journal.rglob("*.md"), *journal.rglob("*.yaml")):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    (journal / "evidence").mkdir(exist_ok=True)
    (journal / "evidence" / "dot.gif").write_bytes(b64decode(PIXEL))
    (journal / "activities" / "2026").mkdir(exist_ok=True)
    (journal / "activities" / "2026" / "2026-11-01-con.md").write_text(NOTE, encoding="utf-8")
    (folder / "work" / "log.csv").write_text(LOG, encoding="utf-8", newline="")
    (folder / "work" / "phone.txt").write_text("2h IET lecture, 2026-03-14\r\n", encoding="utf-8", newline="")
    (folder / "work" / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    return journal


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder. The steps of cpd undo have names and places of their own."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".trash" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.slow
def test_every_command_gives_the_same_files_and_words(tmp_path: Path, python: Path) -> None:
    here, there = example(tmp_path / "here"), example(tmp_path / "there")
    pandoc = str(binary())
    expected = run(here, WORK, CPD_PANDOC=pandoc)
    done = run(there, WORK, "--python", str(python), CPD_PANDOC=pandoc)
    for one, other in zip(expected, done, strict=True):
        assert "Traceback" not in other["err"] and "bug in cpdkit" not in other["err"], other
        same = {name: other[name].replace(str(tmp_path / "there"), str(tmp_path / "here")) for name in ("out", "err")}
        assert (other["code"], same["err"].replace("\r\n", "\n")) == (one["code"], one["err"]), one["args"]
        # Data for programs arrives as it is; lines for people end as on the system.
        assert same["out"] in (one["out"], one["out"].replace("\n", "\r\n")), one["args"]
    assert {one["args"][0]: one["code"] for one in expected if one["code"] > 1} == {"move": 2}
    made = tree(tmp_path / "here")
    assert {Path(name).suffix for name in made} > {".docx", ".pdf", ".html", ".odt", ".xlsx", ".ics", ".json"}
    assert {name for name, data in tree(tmp_path / "there").items() if data != made[name]} == set()
    assert tree(tmp_path / "there").keys() == made.keys()


@pytest.mark.parametrize(
    "code",
    [
        "import cpdkit.text.process as here; here.os.killpg",
        "import cpdkit.text.write as here; here.os.open('.', 0)",
        "import cpdkit.text.write as here; here.os.stat('.', dir_fd=3)",
        "import cpdkit.text.write as here; here.os.O_NOFOLLOW",
        "import cpdkit.text.process as here; here.signal.SIGKILL",
        "import cpdkit.text.process as here; exec('import fcntl', vars(here))",
        "import cpdkit.text.write as here; exec('from os import fork', vars(here))",
        "open('a:b', 'w')",
        "open('nul.md', 'w')",
        "from pathlib import Path; Path('a ').mkdir()",
        "file = open('a', 'w'); import os; os.remove('a')",
        "file = open('a', 'w'); open('b', 'w'); import os; os.replace('b', 'a')",
        "import subprocess; subprocess.run(['true'], env={})",
    ],
)
def test_what_windows_refuses_is_refused_in_these_tests(python: Path, tmp_path: Path, code: str) -> None:
    assert (
        child(python, tmp_path, f"try:\n    {code}\nexcept Exception as error:\n    print(type(error).__name__)") != ""
    )


def child(python: Path, folder: Path, code: str) -> str:
    """What a Python of Windows prints, which exits with 0."""
    command = [str(python), "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["new", "--help"], ["list", "--journal", "none"]])
def test_the_program_starts_and_ends(python: Path, tmp_path: Path, args: list[str]) -> None:
    code = f"sys.argv[1:] = {args}\nfrom cpdkit.__main__ import main\nprint('ended with', main())"
    assert child(python, tmp_path, code).endswith(f"ended with {2 if 'none' in args else 0}\n")


@pytest.mark.slow
def test_an_editor_talks_to_the_language_server(python: Path, tmp_path: Path) -> None:
    def message(data: dict[str, object]) -> bytes:
        body = json.dumps({"jsonrpc": "2.0", **data}).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    start: dict[str, object] = {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}}
    said = [{"id": 1, "method": "initialize", "params": start}, {"id": 2, "method": "shutdown"}, {"method": "exit"}]
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv[1:] = ['lsp']; "
    code += "from cpdkit.__main__ import start; start()"
    talk = b"".join(map(message, said))
    done = subprocess.run(
        [str(python), "-I", "-c", code],
        input=talk,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, b'"completionProvider"' in done.stdout) == (0, True), done.stderr


FIRST: tuple[Command, ...] = (
    ("init", "my cpd", "--name", "A", "--body", "IET", "--git"),
    ("new", "A talk", "--journal", "my cpd", "--type", "event", "--date", "2026-11-20", "--hours", "1", "--no-edit"),
    ("check", "--journal", "my cpd"),
    ("report", "summary", "--journal", "my cpd", "--format", "docx,html", "--out", "reports"),
    ("doctor", "--journal", "my cpd", "--format", "json"),
)


@pytest.mark.slow
@pytest.mark.parametrize("system", ["this", "windows"])
def test_a_journal_needs_neither_git_nor_make(tmp_path: Path, python: Path, system: str) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    options = ("--python", str(python)) if system == "windows" else ()
    pandoc = str(binary())
    init, new, check, report, doctor = run(folder, FIRST, *options, CPD_PANDOC=pandoc)
    assert [each["code"] for each in (init, new, check, report)] == [0, 0, 0, 0], check
    assert "git is not installed, so no git repository was created" in init["err"]
    assert not (folder / "my cpd" / ".git").exists()
    steps = init["err"].partition("next steps:")[2]
    assert "cpd report" in steps and "make " not in steps and " git " not in steps
    assert ("'my cpd'" if system == "this" else '"my cpd"') in steps
    assert len(list((folder / "reports").iterdir())) == 2
    found = json.loads(doctor["out"])
    assert (doctor["code"], found["missing"]) == (0, False)
    git = [each for group in ("programs", "journal") for each in found[group] if each["name"] == "git"]
    assert [(each["level"], "required" in each["text"]) for each in git] == [("ok", True), ("ok", True)]
    # In a repository without git, what is missing is said.
    (folder / "my cpd" / ".git").mkdir()
    report, doctor = run(
        folder, ((*FIRST[3][:3], "my cpd", "--format", "md", "--out", "more"), FIRST[4]), *options, CPD_PANDOC=pandoc
    )
    assert (report["code"], "git is not installed, so the report shows no commit" in report["err"]) == (0, True)
    assert "git is not installed" in doctor["out"]
