"""`python -m bench [PART…] [--rounds N]`: measure, and print a Markdown table of the budgets."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import bare
from bench.journals import make_journal
from bench.measure import Job, Row, Steps, compared, peak_mib, remembered, side_by_side, tree_peak_mib, words
from bench.watching import latency
from cpdkit.schemes.scheme_file import shipped_schemes

CPD = (sys.executable, "-c", "import sys; from cpdkit.__main__ import start; start()")
COMPLETING = {"_CPD_COMPLETE": "bash_complete", "COMP_WORDS": "cpd check --jo", "COMP_CWORD": "2"}
SELF_LIMIT_MIB = 300
WATCH_LIMIT = 0.3
"""The most seconds until a watch reports a new error."""
CHECK_BUDGETS = {1_000: 3, 10_000: 2.5}
"""The highest ratio of a check to the bare loop, by the number of activities. With few, start-up dominates."""
HEADER = ("work", "measured", "bare", "ratio", "budget", "")
# Documents take seconds each, and their times vary less.
DOCUMENT_ROUNDS = 3


def cpd(*args: str | Path, ok: tuple[int, ...] = (0,)) -> Job:
    return Job([*CPD, *map(str, args)], ok=ok)


def start(_: Path, rounds: int) -> Iterator[Row]:
    """Measure the start-up of whole processes."""
    works = {
        "`cpd --version`": cpd("--version"),
        "`cpd --help`": cpd("--help"),
        "completion": Job(CPD, COMPLETING),
        "bare": bare.python("import click"),
    }
    took = side_by_side(works, 3 * rounds)
    for name in list(works)[:-1]:
        yield compared(name, took[name], '`python -c "import click"`', took["bare"], 1.6)


def new(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure recording an activity in one line, a different one each time."""
    journal = make_journal(folder / "journal-new", 50, 50)
    works = {
        "new": cpd("new", "A lecture", "--no-edit", "--yes", "--journal", journal, "--quiet"),
        "bare": bare.python("import click"),
    }
    took = side_by_side(works, 3 * rounds)
    yield compared("`cpd new TITLE --no-edit`", took["new"], '`python -c "import click"`', took["bare"], 2.2)


def check(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure checking a whole journal."""
    for count in (50, 1_000, 10_000):
        journal = make_journal(folder / f"journal-{count}", count, max(50, count // 40))
        works = {
            "cpd": cpd("check", "--journal", journal, ok=(0, 1)),
            "bare": bare.read_loop(journal),
            "python-frontmatter": bare.peer_loop(journal),
        }
        took = side_by_side(works, rounds)
        work = f"`cpd check`, {count:,} activities"
        yield compared(work, took["cpd"], "read, split, drain events", took["bare"], CHECK_BUDGETS.get(count))
        yield compared(
            f"{work}, with a similar tool", took["cpd"], "python-frontmatter", took["python-frontmatter"], None
        )
    yield remembered(
        "peak memory of `cpd check`, 10,000 activities", peak_mib(["check", "--journal", str(journal)]), SELF_LIMIT_MIB
    )


def status(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure the owner's progress in all schemes at once."""
    journal = make_journal(folder / "journal-10000", 10_000, 250)
    named = [word for name in shipped_schemes() for word in ("--scheme", name)]
    works = {
        "status": cpd("status", "--journal", journal, *named),
        "bare": cpd("check", "--journal", journal, ok=(0, 1)),
    }
    took = side_by_side(works, rounds)
    work = f"`cpd status`, {len(shipped_schemes())} schemes, 10,000 activities"
    yield compared(work, took["status"], "`cpd check` of the same", took["bare"], 2)


def check_file(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure checking one file, in a small journal and in a large one."""
    works = {}
    for count in (50, 10_000):
        journal = make_journal(folder / f"journal-{count}", count, max(50, count // 40))
        first = min((journal / "activities" / "2026").iterdir())
        works[str(count)] = cpd("check", "--journal", journal, first, ok=(0, 1))
    took = side_by_side(works, 2 * rounds)
    yield compared("`cpd check FILE` in 10,000", took["10000"], "the same in 50", took["50"], 1.1)


def watch(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure the time from saving a mistake to its report."""
    took = latency(CPD, folder, 2 * rounds)
    work = "`cpd check --watch`, 10,000 activities, from saving to the report"
    yield Row(work, words(took), f"{words(WATCH_LIMIT)}, including the pause before a check", took / WATCH_LIMIT, 1)


def report(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure a report of one year of a long journal."""
    journal = make_journal(folder / "journal-2000", 2_000, 50)
    took = detailed(folder, journal, "2026", rounds)
    yield compared("detailed report, 50 of 2,000, DOCX + PDF", took["cpd"], "Pandoc, Pandoc, Typst", took["bare"], 1.5)


def large(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure a report of everything, and whether the cost grows only with the size."""
    took = {}
    for count, budget in ((500, 1.25), (1_000, 0.6)):
        journal = make_journal(folder / f"journal-all-{count}", count, 250)
        took[count] = detailed(folder, journal, "all", min(rounds, DOCUMENT_ROUNDS))
        work = f"detailed report, {count:,} activities, DOCX + PDF"
        yield compared(work, took[count]["cpd"], "Pandoc, Pandoc, Typst", took[count]["bare"], budget)
    growth = took[1_000]["cpd"] / took[500]["cpd"]
    yield Row("growth of cost from 500 to 1,000 activities", f"{growth:.2f} ×", "2 × is linear", growth / 2, 1.1)


def memory(folder: Path, _: int) -> Iterator[Row]:
    """Measure the peak memory of the process itself, separately from Pandoc and Typst."""
    full = make_journal(folder / "journal-10000", 10_000, 250)
    for journal, period, what in (
        (make_journal(folder / "journal-all-1000", 1_000, 250), "all", "1,000 activities, DOCX + PDF"),
        (full, "2026", "a year of 10,000 activities, DOCX + PDF"),
    ):
        args = [*map(str, report_args(journal, period, folder / "out", "docx,pdf"))]
        yield remembered(f"peak memory of the detailed report, {what}", peak_mib(args), SELF_LIMIT_MIB)
        tree = tree_peak_mib(Job([*CPD, *args]))
        yield Row(f"the same, with its largest child (Pandoc, Typst), {what}", f"{tree:.0f} MiB", "", None, None)
    args = [*map(str, report_args(full, "all", folder / "out", "md", kind="summary"))]
    yield remembered("peak memory of the summary of all 10,000, Markdown", peak_mib(args), SELF_LIMIT_MIB)


def report_args(journal: Path, period: str, out: Path, formats: str, kind: str = "detailed") -> list[str | Path]:
    return ["report", kind, "--journal", journal, "--period", period, "--format", formats, "--out", out]


def detailed(folder: Path, journal: Path, period: str, rounds: int) -> dict[str, float]:
    """Return the seconds of a detailed report by cpdkit, and of the bare steps on the same text."""
    text = folder / f"text-{journal.name}"
    cpd(*report_args(journal, period, text, "md")).seconds()
    markdown = next(text.glob("*.md"))
    works: dict[str, Job | Steps] = {
        "cpd": cpd(*report_args(journal, period, folder / "out", "docx,pdf")),
        "bare": bare.write_documents(markdown, folder / f"bare-{journal.name}"),
    }
    return side_by_side(works, rounds)


PARTS = {
    "start": start,
    "new": new,
    "check": check,
    "status": status,
    "file": check_file,
    "watch": watch,
    "report": report,
    "large": large,
    "memory": memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench PART=…", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5, help="How often to run each one; the median counts.")
    parser.add_argument("--folder", type=Path, help="Folder for the journals. Default is a temporary folder.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cpdkit-bench-") as temporary:
        print_table(chosen.parts or list(PARTS), chosen.folder or Path(temporary), chosen.rounds)


def print_table(parts: list[str], folder: Path, rounds: int) -> None:
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    for cells in (HEADER, ("---",) * len(HEADER)):
        print(f"| {' | '.join(cells)} |", flush=True)
    for part in parts:
        for row in PARTS[part](folder, rounds):
            print(f"| {' | '.join(row.cells)} |", flush=True)


if __name__ == "__main__":
    main()
