"""Front matter of all kinds, right, wrong and odd, for the tests that try many."""

from hypothesis import strategies as st

from cpdkit.editor.json_schema import KINDS
from cpdkit.journal.compound_types import (
    Accepted,
    Competences,
    Entries,
    EvidenceList,
    Groups,
    Labelled,
    One,
    Severities,
    Units,
)
from cpdkit.journal.date_types import Day, PartialDay, Year, YearOrDay
from cpdkit.journal.declarations import Field, Fields
from cpdkit.journal.field_types import Choice, FieldType, Flag, Hours, Items, Line, Matching, Name, Number, Text

DAYS = ["2026-03-14", '"2026-03-15"', "'2024-02-29'", "2100-12-31", "1900-01-01"]
NO_DAYS = ["2026-02-30", "2026-2-3", "03/04/2026", "1899-12-31", "2101-01-01", "2026-04-31", "'on 2026-03-14'"]
WORDS = ["Leeds", '"IET: a lecture"', "2026", "1.5", "no", "on", "true", "0123", "12:30", "1e3", "'it''s'",
         '" padded "', "~x", "2026-03-14", '"a\\tb"', "Ynys Môn", ".inf", "0x1F", "|\n  one line\n",
         ">-\n  a\n  b\n"]  # fmt: skip
ODD_WORDS = ["[a, b]", "{a: b}", "|\n  two\n  lines\n", '"two\\nlines"', "''", '" "', ""]
POOLS: dict[type, tuple[list[str], list[str]]] = {
    Line: (WORDS, ODD_WORDS),
    Name: (WORDS, ODD_WORDS),
    Text: ([*WORDS, "|\n  two\n\n  lines\n"], ["[a]", "{a: b}"]),
    Matching: (
        ["en-GB", "cy", "no", '" cy "', "04-01", "02-28", "14532d", "11"],
        ["English (UK)", "1 April", "02-29", "12", "[cy]"],
    ),
    Day: (DAYS, NO_DAYS),
    PartialDay: (["2018", '"2018-07"', "2018-07", *DAYS], ["18", "2018-13", "20188", "2018-07..", "yes"]),
    Groups: (["{Tools: [a, 1.5]}", "[a, b]", "a", "{Tools: a}", "{}", "[]"], ["{Tools: {a: b}}", "[[a]]", "[{a: b}]"]),
    Labelled: (
        ["{Welsh: fluent}", "[Welsh]", "Welsh", "{Welsh: }", "{2026: 1.5}"],
        ["{Welsh: [a]}", "[[a]]", "{a: {b: c}}"],
    ),
    YearOrDay: (["2018", '"2018"', *DAYS], ["18", "2018.5", "20188", "yes"]),
    Year: (["2025", '"2025"', '" 1999 "'], ["25", "2025-01", "2100", "1899", "x"]),
    Hours: (
        ["2", "1.5", "1h30", "90 min", '"1 H 30 Min"', ".5", "007", "99999", "0.02", "2 hours", "' 1 hr '"],
        ["1,5", "1:30", "two", "-1", "100000", "0x10", "1h75", "[2]", "''", "1.", "2 days"],
    ),
    Number: (["3", "1.5", '"2"', "007"], ["-1", "1,5", "x", "1e3", "''"]),
    Flag: (["true", "false", '"true"', '""'], ["yes", "True", "1", "[true]", "on", "x"]),
    EvidenceList: (
        [
            "x.pdf",
            "[x.pdf, sub/y.pdf]",
            "https://example.org/a",
            "[{path: x.pdf, title: X}]",
            "{url: 'mailto:a@b.c'}",
            "evidence/x.pdf",
            "./x.pdf",
            "..x",
            "2026",
            "[1.5]",
            '" x.pdf "',
            "a b.pdf",
        ],
        [
            "../x.pdf",
            "/etc/passwd",
            "C:/x",
            "javascript:alert(1)",
            "[a/../b]",
            "{title: x}",
            "{path: x, url: y}",
            "['']",
            "'\\x'",
            "[[x]]",
            "{path: x, size: 3}",
            "ftp://x",
        ],
    ),
    Competences: (
        ["A1", "[A1, B2]", "{A1: E, B2: }", "[A1, {B2: SP}]", "1.1", "[no]", "K-9", '{A1: " T "}', "[]"],
        ["[A1 B2]", "A1; B2", "{A1: X}", "{A1: e}", "[[A1]]", "''", "{A1: ''}"],
    ),
    Units: (["{PDU: 3}", "{PDU: 1.5, points: '2'}", "{}"], ["{PDU: x}", "3", "[PDU]", "{PDU: }", "{PDU: -1}"]),
    Accepted: (
        ["{CPD401: short}", "{CPD401: }", "{CPD9: x}", "{}", "{cpd: 2026}"],
        ["CPD401", "[CPD401]", "{CPD401: [a]}"],
    ),
    Severities: (["{CPD401: off}", "{CPD4: advice, CPD31: error}", "{}"], ["{CPD401: none}", "CPD401", "{CPD401: }"]),
}


FIRST, LAST = ["2026-03-14", '"2026-03-14"', "'2024-02-29'", "1900-01-01"], ["2100-12-31", '" 2099-12-31 "']
NAMED: dict[tuple[type, str], list[str]] = {
    (Day, "start"): FIRST,
    (Day, "end"): LAST,
    (Day, "by"): LAST,
    (Day, "date"): ["2026-03-14", "2026-03-20"],
    (PartialDay, "start"): ["2016", '"2016-07"', "2016-07-08"],
    (PartialDay, "awarded"): ["2018", "2018-07", '" 2018-07-08 "'],
    (PartialDay, "expires"): ["2030", "'2030-07'", "2030-07-08"],
    (Matching, "language"): ["en-GB", "cy", "no", '" cy "'],
    (Matching, "cpd-year"): ["04-01", '"01-01"', "'02-28'"],
    (Line, "period"): ["cpd-year", "2026", '" all "', "2026-03"],
    (Items, "objectives"): ["grid-storage", "[grid-storage]", "[2026, grid-storage]", "[]", '" grid-storage "', "2026"],
}
"""What is right for some fields only, or next to the others."""


def right(each: Field, deep: int = 0) -> st.SearchStrategy[str]:
    """What a field takes."""
    if named := NAMED.get((type(each.kind), each.name)):
        return st.sampled_from(named)
    empty = [] if each.required or deep else ["", "~", "null"]
    return st.sampled_from([*empty, None, None, None]).flatmap(
        lambda text: right_of(each.kind, deep) if text is None else st.just(text)
    )


def right_of(kind: FieldType, deep: int) -> st.SearchStrategy[str]:
    if isinstance(kind, Choice):
        return st.sampled_from([*map(str, kind.options), f'" {kind.options[0]} "'])
    if isinstance(kind, Items):
        item = inline(right_of(kind.kind, deep + 1))
        return st.lists(item, max_size=3).map(listed) | item
    if isinstance(kind, One):
        return table(kind.fields)
    if isinstance(kind, Entries):
        entry = table(kind.one.fields)
        short = st.sampled_from(["iet", "'iet '", "~", "2026"]) if kind.short else entry
        return st.lists(entry | short, max_size=2).map(listed)
    return inline(st.sampled_from(POOLS[type(kind)][0]), deep)


def wrong_of(kind: FieldType) -> st.SearchStrategy[str]:
    """What most fields of the kind don't take."""
    if isinstance(kind, Choice):
        return st.sampled_from(["x", "[a]", "''"])
    if isinstance(kind, Items):
        return st.sampled_from(["{a: b}", "[[a]]", "x, y", "['']"])
    if isinstance(kind, One):
        return st.sampled_from(["x", "[x]", "{x: y}"])
    if isinstance(kind, Entries):
        return st.sampled_from(["x", "{x: y}", "[[x]]", "['']"])
    return st.sampled_from(POOLS[type(kind)][1])


def inline(texts: st.SearchStrategy[str], deep: int = 1) -> st.SearchStrategy[str]:
    """A block cannot be between brackets."""
    return texts.filter(lambda text: "\n" not in text and "{" not in text) if deep else texts


def listed(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def table(fields: Fields) -> st.SearchStrategy[str]:
    """A small table between braces."""
    pairs = {each.name: right(each, 1) for each in fields.fields if not isinstance(each.kind, Entries)}
    needed = {each.name: pairs.pop(each.name) for each in fields.fields if each.required}
    made = st.fixed_dictionaries(needed, optional=pairs)
    return made.map(lambda some: "{" + ", ".join(f"{name}: {text}" for name, text in some.items()) + "}")


@st.composite
def front_matter(draw: st.DrawFn, kind: str) -> str:
    """The front matter of one kind of record, more often right than wrong."""
    fields = KINDS[kind][0]
    some = draw(st.lists(st.sampled_from(fields.fields), unique_by=id, max_size=5))
    wanted = [each for each in fields.fields if each.required or each.name == "hours" or each in some]
    # Their sum would have to be the hours.
    if any(each.name == "sessions" for each in wanted):
        wanted = [each for each in wanted if each.name != "hours"]
    pairs = [(draw(st.sampled_from([each.name, *each.aliases])), draw(right(each))) for each in wanted]
    if draw(st.booleans()):
        at = draw(st.integers(0, len(wanted) - 1))
        pairs[at] = (pairs[at][0], draw(wrong_of(wanted[at].kind)))
        pairs += draw(st.sampled_from([[], [], [], [("provder", "IET")], [("2026", "x")]]))
        pairs = pairs[draw(st.integers(0, 1)) :]
    pairs += draw(st.sampled_from([[], [("x-own", "[a, {b: c}]")]]))
    return "".join(f"{name}: {text}".rstrip(" ") + "\n" * (not text.endswith("\n")) for name, text in pairs)
