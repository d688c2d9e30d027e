"""`cpd report`: the files that it writes; periods, filters and files with errors; the owner's templates."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.documents.look import template_file
from cpdkit.documents.templating.labels import Labels
from tests.cli.conftest import Report
from tests.program import PROGRAM, activity, environment

Captured = pytest.CaptureFixture[str]


def md(report: Report, *args: str) -> str:
    """Return the Markdown of a report. It may have problems (exit code 1), but must be written."""
    assert report(*args, "-o", "made.md") in (0, 1)
    return Path("made.md").read_text(encoding="utf-8")


def fact(english: Labels, name: str, value: str) -> str:
    """Return a fact of the title block as Markdown."""
    return f"**{english(f'facts.{name}')}:** {value}\n"


def add(journal: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = journal / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# --- files ---


def test_docx_and_pdf_in_the_current_folder_by_default(report: Report, capsys: Captured) -> None:
    assert report("summary") == 0
    names = ["angharad-llywelyn-summary-2026.docx", "angharad-llywelyn-summary-2026.pdf"]
    assert (sorted(path.name for path in Path().iterdir()), capsys.readouterr().out.split()) == (names, names)


@pytest.mark.parametrize(
    ("args", "files"),
    [
        (["-o", "a.md"], ["a.md"]),
        (["-o", "a.md", "-o", "b.html"], ["a.md", "b.html"]),
        (["--to", "md,html", "--out", "new/er"], ["new/er/angharad-llywelyn-summary-2026.html",
                                                  "new/er/angharad-llywelyn-summary-2026.md"]),
        (["--format", "md"], ["angharad-llywelyn-summary-2026.md"]),
        (["-o", "a.md", "--format", "html"], ["a.md", "angharad-llywelyn-summary-2026.html"]),
        (["-o", "sub/a.MD"], ["sub/a.MD"]),
        (["--format", "md", "--period", "2025-04..2026-03"],
         ["angharad-llywelyn-summary-2025-04-01--2026-03-31.md"]),
        (["--format", "md", "--period", "all"], ["angharad-llywelyn-summary-all.md"]),
    ],
)  # fmt: skip
def test_where_it_writes(args: list[str], files: list[str], report: Report, capsys: Captured) -> None:
    assert report("summary", *args) == 0
    assert sorted(path.as_posix() for path in Path().rglob("*") if path.is_file()) == files
    assert sorted(capsys.readouterr().out.split()) == files


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["nonsense"],
        ["summary", "-o", "a.doc"],
        ["summary", "--format", "doc"],
        ["summary", "--period", "03/04/2026"],
        ["summary", "--period", "2026", "--from", "2025"],
        ["summary", "--type", "trainign"],
    ],
)
def test_a_usage_error_exits_2_and_writes_nothing(args: list[str], report: Report, capsys: Captured) -> None:
    assert report(*args) == 2
    assert (capsys.readouterr().out, list(Path().iterdir())) == ("", [])


@pytest.mark.parametrize("name", ["--out", "--into"])
def test_the_folder_has_an_earlier_name_too(name: str, report: Report, capsys: Captured) -> None:
    assert report("summary", "--format", "md", name, "reports") == 0
    assert [path.name for path in Path("reports").iterdir()] == ["angharad-llywelyn-summary-2026.md"]
    assert report("--help") == 0
    assert "--out" not in capsys.readouterr().out.replace("--output", "")


# --- standard output ---


@pytest.mark.parametrize("name", ["docx", "pdf", "html", "odt", "md"])
def test_one_format_goes_to_standard_output_byte_for_byte(name: str, report: Report, journal: Path) -> None:
    assert report("summary", "-o", f"made.{name}") == 0
    done = subprocess.run(
        [*PROGRAM, "report", "summary", "--format", name, "-o", "-", "--journal", journal],
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == Path(f"made.{name}").read_bytes()
    assert [path.name for path in Path().iterdir()] == [f"made.{name}"]


@pytest.mark.parametrize(
    "args",
    [
        ["-o", "-"],
        ["-o", "-", "--format", "md,html"],
        ["-o", "-", "-o", "-", "--format", "md"],
        ["-o", "-", "-o", "a.md", "--format", "md"],
        ["-o", "-", "--format", "md", "--into", "reports"],
        ["-o", "-", "--format", "md", "--open"],
        ["-o", "-", "--format", "md", "--watch"],
    ],
)
def test_standard_output_takes_one_document_and_nothing_else(args: list[str], report: Report, capsys: Captured) -> None:
    assert report("summary", *args) == 2
    assert (capsys.readouterr().out, list(Path().iterdir())) == ("", [])


def test_a_document_that_no_terminal_can_show_is_refused(
    report: Report, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("cpdkit.cli.commands.report.is_terminal", lambda _: True)
    assert report("summary", "--format", "pdf", "-o", "-") == 2
    assert "PDF" in capsys.readouterr().err


# --- opening ---


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An opener on the path that notes its arguments; the exit code is in a file."""
    program = tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > '{tmp_path}/opened'\nexit ${{CODE:-0}}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("DISPLAY", ":0")
    return tmp_path / "opened"


@pytest.mark.skipif(os.name != "posix", reason="the opener is a script")
@pytest.mark.parametrize(
    ("outputs", "opened"),
    [
        (["a.md"], "a.md"),
        (["a.html", "b.md"], "a.html"),
        (["-x; touch ran.html"], "-x; touch ran.html"),
        (["$(touch ran)`touch ran`.html"], "$(touch ran)`touch ran`.html"),
        (["%s 'a' \"b\" & c.html"], "%s 'a' \"b\" & c.html"),
        (["http:..md"], "http:..md"),
        (["a.html", "b.pdf"], "b.pdf"),
    ],
)
def test_the_report_is_opened_under_its_whole_path(
    outputs: list[str], opened: str, report: Report, opener: Path
) -> None:
    assert report("summary", "--open", *(f"--output={name}" for name in outputs)) == 0
    assert opener.read_text().splitlines() == ["1", str(Path.cwd() / opened)]
    assert not Path("ran").exists()


@pytest.mark.skipif(os.name != "posix", reason="the opener is a script")
def test_a_report_that_cannot_be_opened_is_written_and_its_place_is_named(
    report: Report, opener: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("CODE", "3")
    assert report("summary", "-o", "a.md", "--open") == 4
    shown = capsys.readouterr()
    assert (shown.out, Path("a.md").exists()) == ("a.md\n", True)
    assert "a.md" in shown.err
    opener.unlink()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    if sys.platform != "darwin":
        assert report("summary", "-o", "b.md", "--open") == 4
        assert "no display" in capsys.readouterr().err
        assert not opener.exists()


# --- watching ---


class Watched:
    """`cpd report --watch` in a process of its own; `next` waits for its next line with a word."""

    def __init__(self, *args: str | Path) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, "report", *args, "--watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment({"PYTHONUNBUFFERED": "1"}),
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line.rstrip())

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join(30)
        if self.process.stdout:
            self.process.stdout.close()

    def next(self, word: str, seconds: float = 30) -> str:
        end = time.monotonic() + seconds
        while True:
            line = self.lines.get(timeout=max(end - time.monotonic(), 0.01))
            if word in line:
                return line

    def is_quiet(self, seconds: float) -> bool:
        try:
            self.next("watching", seconds)
        except queue.Empty:
            return True
        return False


@pytest.mark.skipif(os.name != "posix", reason="sends Ctrl-C as a signal")
def test_a_watched_report_follows_the_journal_through_errors(report: Report, journal: Path) -> None:
    out = journal / "reports"
    report("detailed", "--format", "md", "--into", str(out))
    watched = Watched("detailed", "--journal", journal, "--format", "md", "--into", out)
    try:
        watched.next("watching")
        (document,) = out.iterdir()
        # Its own documents are no change, although they are in the journal.
        assert watched.is_quiet(2)
        add(journal, {"activities/second.md": activity("Another lecture")})
        watched.next("watching")
        assert "Another lecture" in document.read_text()
        add(journal, {"templates/detailed.md.j2": "{% for %}"})
        watched.next("templates/detailed.md.j2:1")
        watched.next("watching")
        (journal / "templates/detailed.md.j2").write_text("# Mine\n")
        watched.next("watching")
        assert "# Mine" in document.read_text()
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(30) == 130
    finally:
        watched.end()


def test_a_watch_of_an_unknown_kind_ends_at_once(report: Report) -> None:
    assert report("nonsense", "--watch") == 2


# --- files with errors ---

UNREADABLE = {"activities/bad.md": activity("Bad", start="2026-02-30")}


def test_an_activity_with_errors_is_counted_at_the_top_of_the_report(
    report: Report, journal: Path, capsys: Captured, english: Labels
) -> None:
    add(journal, UNREADABLE)
    assert report("summary", "-o", "made.md") == 1
    shown = capsys.readouterr()
    assert shown.err.startswith(f"{journal}/activities/bad.md:4:8: error CPD")
    assert "4 │ start: 2026-02-30" in shown.err
    assert shown.out == "made.md\n"
    text = Path("made.md").read_text(encoding="utf-8")
    assert text.index(english.count("notices.unread", 1)) < text.index(f"## {english('sections.hours')}")
    assert english.count("counts.unread", 1) in text
    assert "Bad" not in text


def test_strict_makes_no_report_then(report: Report, journal: Path) -> None:
    assert report("summary", "--strict", "-o", "made.md") == 0
    Path("made.md").unlink()
    add(journal, UNREADABLE)
    assert report("summary", "--strict", "-o", "made.md") == 1
    assert list(Path().iterdir()) == []


def test_several_activities_with_errors_are_counted(report: Report, journal: Path, english: Labels) -> None:
    add(journal, UNREADABLE | {"activities/worse.md": "no front matter"})
    assert english.count("notices.unread", 2) in md(report, "summary")


def test_conflict_copies_are_counted_apart_from_errors(report: Report, journal: Path, english: Labels) -> None:
    copies = [f"activities/good (conflicted copy 2026-03-{day}).md" for day in (15, 16)]
    add(journal, dict.fromkeys(copies, activity("A good lecture")))
    text = md(report, "summary")
    assert english.count("notices.copies", 2) in text
    assert english.count("counts.copies", 2) in text
    assert english.count("counts.unread", 1) not in text
    add(journal, UNREADABLE)
    text = md(report, "summary")
    assert english.count("counts.copies", 2) in text
    assert english.count("counts.unread", 1) in text


@pytest.mark.parametrize("name", ["plan/bad.md", "reviews/bad.md"])
def test_another_record_with_errors_is_not_counted_as_an_activity(
    name: str, report: Report, journal: Path, english: Labels
) -> None:
    add(journal, {name: "no front matter"})
    assert report("summary", "-o", "made.md") == 1
    assert english.count("counts.unread", 1) not in Path("made.md").read_text(encoding="utf-8")


def test_a_post_with_errors_is_reported_as_missing_evidence(report: Report, journal: Path, english: Labels) -> None:
    add(journal, {"career/bad.md": "no front matter", "activities/claims.md": activity("Claims", competences="[A1]")})
    notice = english.count("notices.unread_coverage", 1)
    assert notice in md(report, "competences")
    assert notice not in md(report, "summary")


def test_an_unreadable_member_makes_no_report(report: Report, journal: Path) -> None:
    add(journal, {"cpd.yaml": "name: [\n"})
    assert report("summary", "-o", "made.md") == 1
    assert list(Path().iterdir()) == []


# --- periods and filters ---


def test_an_empty_period_is_a_valid_report_in_every_format(report: Report, english: Labels) -> None:
    assert report("detailed", "--period", "2019", "--format", "docx,pdf,html,odt,md") == 0
    assert len(list(Path().iterdir())) == 5
    (page,) = Path().glob("*.html")
    assert english("notices.nothing") in page.read_text(encoding="utf-8")
    (text,) = Path().glob("*.md")
    assert english("notices.nothing") in text.read_text(encoding="utf-8")
    assert english.count("counts.outside", 1) in text.read_text(encoding="utf-8")


def test_an_empty_report_says_why_and_no_other_does(report: Report, journal: Path, capsys: Captured) -> None:
    add(journal, {"activities/draft.md": activity("Draft", start="2019-03-14", status="draft")})
    assert report("summary", "2019", "-o", "made.md") == 0
    shown = capsys.readouterr().err
    assert ("0 activities" in shown, "1 draft" in shown) == (True, True)
    assert report("summary", "-o", "made.md") == 0
    assert "activities" not in capsys.readouterr().err


def test_a_journal_without_an_activity_is_a_valid_report_too(report: Report, journal: Path, english: Labels) -> None:
    (journal / "activities" / "good.md").unlink()
    assert english("notices.nothing") in md(report, "detailed")
    assert fact(english, "omitted", english("facts.nothing_omitted")) in md(report, "summary", "--period", "all")


def test_an_activity_over_the_edge_shows_its_part(report: Report, journal: Path) -> None:
    add(journal, {"activities/long.md": activity("Long", start="2025-12-29", end="2026-01-04", hours="7")})
    add(journal, {"activities/cut.md": activity("Cut", start="2026-01-01", end="2026-01-02", hours="7")})
    text = md(report, "detailed", "--period", "2026")
    assert "4 of 7 h in this period" in text
    assert "12 h** recorded" in text
    assert "3.5 of 7 h in this period" in md(report, "summary", "--period", "2026-01-01")


def test_filters_are_stated_and_the_activities_that_they_omit_are_counted(
    report: Report, journal: Path, english: Labels
) -> None:
    add(journal, {
        "activities/Site visits/a.md": activity("Visit", type="training", topics="[safety, ethics]"),
        "activities/b.md": activity("Planned", status="planned"),
        "activities/c.md": activity("Confidential", confidential="true"),
        "activities/d.md": activity("Draft", status="draft"),
        "activities/e.md": activity("Old", start="2020-01-01"),
    })  # fmt: skip
    text = md(report, "summary", "--folder", "site visits", "--type", "training", "--topic", "Ethics")
    assert fact(english, "filters", "folder site visits; type training; topic Ethics") in text
    assert fact(english, "includes", english.count("counts.activities", 1)) in text
    reasons = ("planned", "drafts", "confidential", "filtered", "outside")
    assert fact(english, "omitted", ", ".join(english.count(f"counts.{reason}", 1) for reason in reasons)) in text
    assert "Confidential" not in text.replace("confidential", "")
    assert fact(english, "includes", english.count("counts.activities", 6)) in md(
        report, "summary", "--period", "all", "--confidential",
        *(word for status in ("done", "planned", "draft") for word in ("--status", status)),
    )  # fmt: skip


def test_a_filter_that_matches_nothing_is_reported(report: Report, capsys: Captured, english: Labels) -> None:
    assert english("notices.nothing_chosen") in md(report, "summary", "--topic", "saftey")
    assert "saftey" in capsys.readouterr().err


@pytest.mark.parametrize(("args", "shown"), [([], True), (["--no-codes"], False), (["--codes"], True)])
def test_codes_are_shown_or_hidden(args: list[str], shown: bool, report: Report, journal: Path) -> None:
    add(journal, {"activities/good.md": activity("Good", competences="[A1]")})
    assert ("A1" in md(report, "detailed", *args)) is shown
    add(journal, {"cpd.yaml": "name: A\ncodes: false\n"})
    assert ("A1" in md(report, "detailed", *args)) is ("--codes" in args)


# --- templates ---


def test_the_list_names_the_kinds_and_those_of_the_journal(report: Report, journal: Path, capsys: Captured) -> None:
    add(
        journal,
        {"templates/appraisal.md.j2": "{#- For the yearly talk. -#}\n# A\n", "templates/summary.md.j2": "# S\n"},
    )
    assert report("--list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    assert any(re.fullmatch(r"appraisal +For the yearly talk\. \(from your journal\)", line) for line in lines)
    assert any(line.startswith("detailed ") and "your journal" not in line for line in lines)
    assert report("--list", "--builtin-templates") == 0
    assert "appraisal" not in capsys.readouterr().out


def test_the_list_needs_no_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["report", "--list"]) == 0
    assert "summary" in capsys.readouterr().out


def test_the_owners_template_replaces_ours_and_a_new_one_is_a_kind(report: Report, journal: Path) -> None:
    add(journal, {"templates/detailed.md.j2": "# Mine\n\n{{ report.entries[0].title }}: {{ report.period }}\n"})
    add(journal, {"templates/appraisal.md.j2": '{% include "_title.md.j2" %}\n{{ report.entries[0].description }}\n'})
    assert md(report, "detailed").partition("\n\n")[2] == "# Mine\n\nA good lecture: 1 January – 31 December 2026\n"
    assert "Plain words." in md(report, "appraisal")
    assert "## Activities in detail" in md(report, "detailed", "--builtin-templates")
    assert report("appraisal", "--builtin-templates", "-o", "made.md") == 2


def test_a_broken_template_is_reported_with_its_line_and_the_old_file_stays(
    report: Report, journal: Path, capsys: Captured
) -> None:
    Path("made.md").write_text("old", encoding="utf-8")
    add(journal, {"templates/detailed.md.j2": "# T\n\n{{ report.titel }}\n"})
    assert report("detailed", "-o", "made.md") == 1
    assert capsys.readouterr().err.startswith("cpd: templates/detailed.md.j2:3: ")
    assert Path("made.md").read_text(encoding="utf-8") == "old"
    assert report("detailed", "-o", "made.md", "--builtin-templates") == 0


def test_eject_copies_ours_once(report: Report, journal: Path, capsys: Captured) -> None:
    assert report("detailed", "--eject") == 0
    ejected = journal / "templates" / "detailed.md.j2"
    assert capsys.readouterr().out.strip() == str(ejected)
    assert ejected.read_bytes() == template_file("detailed.md.j2").read_bytes()
    before = md(report, "detailed", "--builtin-templates")
    assert md(report, "detailed") == before
    assert report("detailed", "--eject") == 2


def test_a_template_that_is_a_link_is_not_followed(report: Report, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md.j2").write_text("# Elsewhere\n", encoding="utf-8")
    (journal / "templates").mkdir()
    (journal / "templates" / "detailed.md.j2").symlink_to(tmp_path / "elsewhere.md.j2")
    assert "Elsewhere" not in md(report, "detailed")


def test_the_journals_labels_and_a_second_language(report: Report, journal: Path) -> None:
    add(journal, {"templates/labels/en-GB.toml": '[titles]\nsummary = "My year"\n'})
    assert md(report, "summary").count("# My year 2026") == 1
    welsh = (
        '[facts]\nmember = "Aelod"\n[types]\nevent = "Digwyddiad"\n[dates]\nmonths = '
        '["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", '
        '"Tachwedd", "Rhagfyr"]\n'
    )
    add(journal, {"templates/labels/cy.toml": welsh, "cpd.yaml": "name: Angharad Llywelyn\nlanguage: cy\n"})
    text = md(report, "detailed")
    assert "**Aelod:** Angharad Llywelyn" in text
    assert "14 Mawrth 2026 · Digwyddiad" in text
    assert "1 Ionawr – 31 Rhagfyr 2026" in text
    assert "## Activities" in text
    assert report("summary", "-o", "page.html") == 0
    assert '<html lang="cy"' in Path("page.html").read_text(encoding="utf-8")


def test_a_broken_catalogue_is_reported(report: Report, journal: Path, capsys: Captured) -> None:
    add(journal, {"templates/labels/en-GB.toml": "[types\n"})
    assert report("summary", "-o", "made.md") == 2
    assert "templates/labels/en-GB.toml" in capsys.readouterr().err


# --- the description of a kind ---


def test_competences_are_of_the_whole_journal_and_never_without_codes(report: Report) -> None:
    assert "*14 March 2026*" in md(report, "competences")
    assert "*1 January – 31 December 2026*" in md(report, "competences", "--period", "2026")
    assert report("competences", "--no-codes", "-o", "other.md") == 2


def test_the_help_names_every_shipped_kind(report: Report, capsys: Captured) -> None:
    assert report("--list") == 0
    kinds = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert report("--help") == 0
    text = "".join(capsys.readouterr().out.split())
    assert [kind for kind in kinds if kind not in text] == []
    assert len(kinds) == 10
