"""The words of every kind of report are the same, in the same order, in every format, and do not change unnoticed.

For each kind `tests/golden/words/` has the words of the example journal's report of 2025, a line for each paragraph
or cell. `--update-golden` writes them again, from the DOCX. Readers that do not know cpdkit read a document back.
`pdf_as_shown`, `html_as_shown` and `markdown_as_shown` remove what a format has in addition, or shows differently: they
are the complete list of differences.
"""

import re
from datetime import date

import lxml.html
import pytest

from cpdkit.dates.period import Period
from cpdkit.documents.kinds.report import Origin
from cpdkit.documents.make import ReportRequest, make
from cpdkit.documents.report_files import FORMATS
from cpdkit.journal.load import load
from tests.documents.conftest import EPOCH, GOLDEN, JOURNAL, chosen
from tests.documents.read_back import FORMULA, by_structure, read_back, squeezed
from tests.documents.templating.test_skeleton import KINDS

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
ORIGIN = Origin(date(2026, 1, 1))
AROUND = 60


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make a kind of report in every format, by suffix; its name is under `kind`."""
    journal, kind = load(JOURNAL), str(request.param)
    files = {suffix: tmp_path_factory.mktemp(kind) / f"report.{suffix}" for suffix in FORMATS}
    order = ReportRequest(kind, tuple(files.values()), ORIGIN, EPOCH, today=date(2026, 11, 23))
    assert make(journal, chosen(journal, YEAR), order).diagnostics == ()
    return {"kind": kind.encode()} | {suffix: path.read_bytes() for suffix, path in files.items()}


def test_the_words_are_the_same_in_every_format(made: dict[str, bytes], pytestconfig: pytest.Config) -> None:
    golden = GOLDEN / "words" / f"{made['kind'].decode()}.txt"
    if pytestconfig.getoption("update_golden"):
        golden.write_text(lines_of(read("docx", made["docx"])), encoding="utf-8")
    wanted = letters(golden.read_text("utf-8"))
    shown = made | {
        "html": html_as_shown(made["html"]),
        "md": markdown_as_shown(made["md"], descriptions(made["html"])),
    }
    found = {suffix: letters(read(suffix, shown[suffix])) for suffix in FORMATS}
    assert {suffix: difference for suffix in FORMATS if (difference := first_difference(wanted, found[suffix]))} == {}


def test_no_golden_file_of_words_is_stale() -> None:
    assert sorted(path.stem for path in (GOLDEN / "words").iterdir()) == sorted(KINDS)


def test_two_words_in_another_order_are_a_difference() -> None:
    """Otherwise the test above could pass without comparing anything."""
    words = letters((GOLDEN / "words" / "summary.txt").read_text("utf-8"))
    assert first_difference(words, words.replace("hoursday", "dayhours", 1) + "x")
    assert not first_difference(words, words)


def lines_of(text: str) -> str:
    """Return the lines of a text that have words."""
    return "".join(f"{line}\n" for each in text.split("\n") if (line := " ".join(each.split())))


def letters(text: str) -> str:
    """Return the text to compare. A PDF prints one line in capitals, and no reader finds where its cells end."""
    return squeezed(text).casefold()


def read(suffix: str, data: bytes) -> str:
    """Return the text with each formula as one word, because each format writes formulas differently."""
    text = pdf_as_shown(by_structure(data)) if suffix == "pdf" else read_back(suffix, data).text
    text = re.sub(r"\nContents\n(?:.+–\n)+", "\n", text) if suffix == "docx" else text
    return re.sub("{}.*?{}".format(*FORMULA), "[formula]", text, flags=re.DOTALL)


def first_difference(wanted: str, found: str) -> str:
    """Return the letters around the first difference between two texts; empty if they are equal."""
    if wanted == found:
        return ""
    at = next(
        (at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found))
    )
    near = slice(max(0, at - AROUND), at + AROUND)
    return f"{wanted[near]} is {found[near]}"


# --- differences between formats ---


def pdf_as_shown(text: str) -> str:
    """Return the text of a PDF without its list of contents, and without the pages in the list of activities."""
    text = re.sub(r"\nContents\n(?:\s*.+ \n\d+\n)+", "\n", text)
    return re.sub(r"(?s)\nNo Date [^\n]* Page\n.*?(?=\n\d+ activities)", _without_last_words, text)


def _without_last_words(rows: re.Match[str]) -> str:
    return re.sub(r" \S+$", "", rows[0], flags=re.MULTILINE)


def html_as_shown(data: bytes) -> bytes:
    """Return HTML without what leads around in it, its footer and what only screen readers read of charts."""
    root = lxml.html.fromstring(data)
    for each in root.xpath("//nav | //*[@class='skip' or @class='to-contents' or @class='foot' or @class='heard']"):
        each.drop_tree()
    for head in root.xpath("//table[@class='drawn']/thead"):
        if "columns" in next(head.iterancestors("figure")).get("class"):
            head.getparent().append(head)
        else:
            head.drop_tree()
    return lxml.html.tostring(root, encoding="utf-8")


def descriptions(page: bytes) -> set[str]:
    return {squeezed(line) for line in read_back("html", page).described.split("\n")} - {""}


def markdown_as_shown(data: bytes, pictures: set[str]) -> bytes:
    """Return Markdown without the boxes of tasks and the descriptions of pictures.

    Charts, which are tables in Markdown, have no headings, and months are below their numbers, as in a drawing.
    """
    text = re.sub(
        r"(?m)^(\*[^*\n]+\*\n\n)\| (\S+) [^\n]*\n\|[:-]+[^\n]*\n((?:\|[^\n]*\n)+)", _chart, data.decode("utf-8")
    )
    text = re.sub(r"(?m)^\*.+\*$", lambda hit: "" if squeezed(hit[0]) in pictures else hit[0], text)
    return re.sub(r"(?m)^( *- )\[[ x]\] ", r"\1", text).encode("utf-8")


def _chart(found: re.Match[str]) -> str:
    caption, heading, rows = found.groups()
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows.splitlines()]
    if heading == "Month":
        cells = [[number for _, number in cells], [month[0] for month, _ in cells]]
    return caption + "\n\n".join(cell for row in cells for cell in row) + "\n"
