"""One activity in a document: every field in words, and every character literally."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cpdkit.dates.period import Period
from cpdkit.documents.kinds.activities import own_label
from cpdkit.documents.kinds.report import Origin
from cpdkit.documents.make import ReportRequest, make
from cpdkit.documents.report_files import FORMATS
from cpdkit.documents.view import ActivityEntry, Report
from cpdkit.journal.load import load
from cpdkit.journal.selection import Filters
from tests.documents.conftest import EPOCH, EVERYTHING, YEAR, chosen
from tests.documents.read_back import ReadBack, read_back


def entry(report: Report, title: str) -> ActivityEntry:
    (row,) = (each for each in report.entries if each.title.startswith(title))
    return row


def facts(row: ActivityEntry) -> dict[str, str]:
    return {fact.label: fact.value for fact in row.fields}


def test_an_entry_has_every_field_that_is_filled_in(composed: Callable[..., Report]) -> None:
    row = entry(composed(), "Protection")
    assert row.meta == ("2–4 March 2026", "Training", "7.5 h", "Gridwise {#academy}, Leeds")
    assert facts(row) | {"Evidence": ""} == {
        "Role": "Delegate",
        "Objectives": "Protect storage; unknown-one",
        "Competences": "A2 (supervised practitioner), B3 (practitioner)",
        "Topics": "safety, cost: $5",
        "Details": "technical skill · job skill · formal · not planned in advance · verifiable · "
        "2 h participatory · 7.5 CPD points · highlight",
        "Benefit": "Settings in <a day>",
        "Follow-up": "[Ask](now)",
        "Evidence": "",
        "Signed off": "Helen Ostrowska CEng, 5 March 2026",
        "Course fee": "£940 + VAT",
    }
    assert (row.type, row.hours, row.codes, row.highlight) == ("training", "7.5", "A2 B3", True)


def test_own_fields_are_printed_only_if_the_member_lists_them(tmp_path: Path) -> None:
    own = "x-imported: key0123456789\nx-followed-up: yes\nx-cost: £95\nx-imported-from: a log\nx-email: a@b.example\n"
    folder = tmp_path / "activities"
    folder.mkdir()
    (folder / "a.md").write_text(
        f"---\ntitle: A\ntype: event\nstart: 2026-03-14\nhours: 1\n{own}---\n\nText.\n", "utf-8"
    )
    printed = {}
    for line in ("", "print: [x-imported-from, x-cost, x-none]\n"):
        (tmp_path / "cpd.yaml").write_text(f"name: A\n{line}", "utf-8")
        journal = load(tmp_path)
        file = tmp_path / "made.md"
        make(journal, chosen(journal), ReportRequest("detailed", (file,), Origin(date(2026, 1, 1)), EPOCH))
        text = file.read_text("utf-8")
        assert not [word for word in ("key0123456789", "Followed up", "a@b.example") if word in text]
        printed[line] = [word for word in ("a log", "£95") if word in text]
        printed[line].sort(key=text.index)
    assert list(printed.values()) == [[], ["a log", "£95"]]


def test_an_entry_omits_empty_fields(composed: Callable[..., Report]) -> None:
    assert facts(entry(composed(), "A visit")) == {}


def test_one_is_named_as_one(composed: Callable[..., Report]) -> None:
    assert facts(entry(composed(), "Secondment"))["Competence"] == "A2"
    assert facts(entry(composed(), "Secondment"))["Signed off"] == "Ken"


@pytest.mark.parametrize(
    ("title", "period", "day", "part"),
    [
        ("Secondment", YEAR, "28 Dec 2025 – 3 Jan 2026", "3 of 7 h in this period"),
        (
            "Secondment",
            Period(date(2025, 1, 1), date(2026, 1, 1)),
            "28 Dec 2025 – 3 Jan 2026",
            "4 of 7 h in this period",
        ),
        ("Secondment", Period(None, None), "28 Dec 2025 – 3 Jan 2026", ""),
        ("Mentoring", YEAR, "1 Nov 2025 – 1 Feb 2026", "0.75 of 1.75 h in this period"),
        ("Protection", Period(date(2026, 3, 3), date(2026, 3, 4)), "2–4 Mar", "2.5 of 7.5 h in this period"),
        ("A visit", YEAR, "14 Mar", ""),
        ("A visit", Period(None, None), "14 Mar 2026", ""),
    ],
)
def test_the_part_inside_the_period(
    title: str, period: Period, day: str, part: str, composed: Callable[..., Report]
) -> None:
    row = entry(composed(period=period), title)
    assert (row.date, row.part) == (day, part)
    assert part in row.meta or not part


def test_an_activity_that_is_not_done_shows_its_status(composed: Callable[..., Report]) -> None:
    report = composed(filters=EVERYTHING)
    assert [entry(report, name).status for name in ("Later", "Draft", "Mentoring", "A visit")] == [
        "planned", "draft", "in progress", "",
    ]  # fmt: skip
    assert entry(report, "Later").meta == ("30 November 2026", "Training", "planned")
    assert "confidential" in facts(entry(report, "Secret"))["Details"]


def test_without_codes_there_are_none(composed: Callable[..., Report]) -> None:
    row = entry(composed(codes=False), "Protection")
    assert row.codes == ""
    assert not {"Competence", "Competences"} & set(facts(row))


@pytest.mark.parametrize(
    ("name", "label"),
    [("x-course-fee", "Course fee"), ("x-fee_paid", "Fee paid"), ("x-", ""), ("x-ISBN", "ISBN"), ("x--a-", "A")],
)
def test_an_owners_field_is_named_in_words(name: str, label: str) -> None:
    assert own_label(name) == label


# --- literally, in every format ---

HOSTILE = (
    "*stars* and **more** and _under_ and __more__",
    "a | pipe || and \\| another",
    "`ticks` and ``more ` of them``",
    "{#x} {.class key=val} [span]{.soft}",
    "::: div",
    "::::: activity",
    "[x](y) and ![x](y) and [x][y] and [^1] and [x]: y",
    "<b>bold</b> <script>alert(1)</script> &amp; &#65; <!-- no -->",
    "{{ report.title }} {% if x %} {# no #}",
    "$5 and $x$ and $$y$$ and \\(z\\)",
    "# heading",
    "- item",
    "1. first",
    "> quote",
    "---",
    "~~~ tildes ~~ struck ~~ H~2~O x^2^",
    "\\backslash \\* \\n \\",
    "https://example.org/*a*_b_ www.example.org a@b.example",
    "#import \"x\" @name <label> #panic() /* no */ // no",
    "&nbsp;&lt;",
    "cpd-part-n0nce-a1.description cpd-media:m0001.png",
    "“quotes” ‘single’ 'straight' \"double\" -- --- ...",
    "+ = ^ ~ % @ ! ? ; : , . / ' \"",
    "(private) not so",
    "日本語のタイトル",
    "हिन्दी",
    "עברית",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 6,
)  # fmt: skip
OTHER_FIELDS = ("provider", "location", "role", "benefit", "follow-up", "x-own")


def activity(number: int) -> str:
    """Return the activity of one title. Its other fields have the titles of the next activities."""
    value = [json.dumps(HOSTILE[(number + step) % len(HOSTILE)], ensure_ascii=False) for step in range(9)]
    fields = {"title": value[0], "type": "event", "start": f"2026-03-{number + 1:02}", "hours": "1"}
    fields |= dict(zip(OTHER_FIELDS, value[1:], strict=False))
    fields |= {"topics": f"[{value[7]}]", "evidence": f'[{{url: "https://example.org/{number}", title: {value[8]}}}]'}
    fields |= {"signed-off": f"{{by: {value[0]}}}"}
    front = "".join(f"{name}: {text}\n" for name, text in fields.items())
    return f"---\n{front}---\n\nBody {number}.\n"


@pytest.fixture(scope="module")
def literal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadBack]:
    root = tmp_path_factory.mktemp("hostile")
    folder = root / "activities" / "*a* [b](c) $5"
    folder.mkdir(parents=True)
    (root / "cpd.yaml").write_text(
        f"name: {json.dumps(HOSTILE[0])}\nhonours: {json.dumps(HOSTILE[1])}\nprint: x-own\n", "utf-8"
    )
    for number in range(len(HOSTILE)):
        (folder / f"{number:02}.md").write_text(activity(number), encoding="utf-8")
    journal = load(root)
    assert not journal.unread, journal.diagnostics
    files = tuple(root / f"made.{suffix}" for suffix in FORMATS)
    selection = chosen(journal, filters=Filters(folders=("*a* [b](c) $5",)))
    make(journal, selection, ReportRequest("detailed", files, Origin(date(2026, 1, 1)), EPOCH))
    return {path.suffix[1:]: read_back(path.suffix[1:], path.read_bytes()) for path in files}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_value_arrives_literally(literal: dict[str, ReadBack], suffix: str) -> None:
    shown = gapless(literal[suffix].text)
    # As a title: in its row, over its section and as the name of who signed; and as each of the other fields.
    least = 3 + len(OTHER_FIELDS) + 2
    assert {value: count for value in HOSTILE if (count := shown.count(gapless(value))) < least} == {}
    # The folder is in the filters.
    assert shown.count(gapless("*a* [b](c) $5")) >= 1


def gapless(text: str) -> str:
    """Return text without blanks, invisible separators and hyphens: a PDF reader joins lines at a hyphen."""
    return re.sub(r"[\s\u00ad\u200b\u2060-]", "", text)
