import pytest

from cpdkit.journal.records import Activity
from cpdkit.text.edits import apply
from cpdkit.text.yaml_comments import is_cut
from tests.journal.folders import FIELDS, record
from tests.journal.reader import record_of


@pytest.mark.parametrize(
    ("value", "comment"),
    [
        ("Course", "3"),
        ("Course", "3: storage"),
        ("Course", " 3"),
        ("Course", " 3: storage"),
        ("Course", " 3 of 5"),
        ("Course", " 12, second part"),
        ("Talk on grids", "storage"),
        ("Talk on grids", "storage #safety"),
        ("Relays (module", " three)"),
        ("Storage and", " grids"),
        ("Rules no.", " seven"),
        ("Grids, storage,", " and more"),
    ],
)
def test_a_cut_value(value: str, comment: str) -> None:
    assert is_cut(value, comment)


@pytest.mark.parametrize(
    ("value", "comment"),
    [
        ("Relay course", " with Tom"),
        ("Relay course", " the second one I took"),
        ("Leeds", " 2 hours by train"),
        ("Leeds", " 2025 it was York"),
        ("event", " one of six"),
        ("Relay course", ""),
        ("Relay course", " "),
        ("Relay course", "todo"),
        ("Relay course", "TODO ask for the certificate"),
        ("Relay course", "with Tom, who paid"),
        ("Relay course", "# a heading of mine"),
        ("Relay course (two days)", " see the programme"),
        ("C# for engineers", " in the evening"),
        ("Gridwise", " Ltd until 2024"),
        ("Relay course", " (see mail)"),
        ("Relay course", " -----"),
    ],
)
def test_a_real_comment(value: str, comment: str) -> None:
    assert not is_cut(value, comment)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("title: Relay course # 3", [("CPD119", "2:21")]),
        ("title: Relay course\t#3", [("CPD119", "2:21")]),
        ("title: 'Relay course' # 3", []),
        ("title: Relay course#3", []),
        ("title: Relay course\nlocation: Leeds # 3", [("CPD119", "3:17")]),
        ("title: Relay course\ntopics:\n  - safety #1\n  - ethics", [("CPD119", "4:12")]),
        ("title: Relay course\nx-mine: a # 3", []),
        ("title: Relay course\nend: 2026-03-15 # 3", []),
        ("title: Relay course\nstatus: done #3", []),
        ("title: Relay course\nbenefit: |\n  Course # 3", []),
        ("title: Relay course\nbenefit: two\n  lines # 3", [("CPD119", "4:9")]),
        ("title: Relay course\n# 3", []),
        ("title: # 3\n  Relay course", []),
        ("title: Relay course ", [("CPD118", "2:20")]),
        ("title: Relay course\t \nlocation: Leeds ", [("CPD118", "2:20")]),
        ("title: Relay course\n  \nlocation: Leeds", [("CPD118", "3:1")]),
        ("title: Relay course\n# a comment ", [("CPD118", "3:12")]),
        ("title: Relay course\nbenefit: |  \n  two  \n  \n  lines\nlocation: Leeds", [("CPD118", "3:11")]),
        ("title: Relay course\nbenefit: |\n  two  \n\n  lines", []),
        ('title: Relay course\nbenefit: "two \n  lines"', []),
        ("title: Relay course\u00a0", []),
        ("title: Relay course\nx-mine: a #b", [("CPD119", "3:11")]),
        ("title: Relay course\nx-mine:\n  deep:\n    - a #b", [("CPD119", "5:9")]),
        ("title: Relay course\ntopics: #todo", []),
        ("title: Relay course\nlocation: # see the mail", []),
        ("title: Relay course\nend: #2026-03-15", []),
    ],
)
def test_warnings_of_the_front_matter(lines: str, expected: list[tuple[str, str]]) -> None:
    made, found = record_of(record(lines + "\n" + FIELDS.partition("\n")[2]))
    assert isinstance(made, Activity)
    assert [(each.code, each.location.partition(":")[2]) for each in found] == expected


@pytest.mark.parametrize(
    ("lines", "code", "fixed"),
    [
        ("topics: #ethics", "CPD142", 'topics: ["#ethics"]'),
        ("topics: #ethics #law", "CPD142", 'topics: ["#ethics", "#law"]'),
        ("topics:\n  - #ethics\n  - law", "CPD142", 'topics:\n  - "#ethics"\n  - law'),
        ("topics:\n- #ethics\n- #law", "CPD142", 'topics:\n- "#ethics"\n- "#law"'),
        ("topics: [\n a,\n #ethics,\n b]", "CPD142", 'topics: [\n a,\n "#ethics",\n b]'),
        ("topics: [safety, #ethics, #law]", "CPD125", 'topics: [safety, "#ethics", "#law"]'),
        ("topics: [#ethics]", "CPD125", 'topics: ["#ethics"]'),
        ("topics: [safety,\n  #ethics]", "CPD125", 'topics: [safety,\n  "#ethics"]'),
        ("evidence: [{path: a.pdf, title: Day #2}]", "CPD125", 'evidence: [{path: a.pdf, title: "Day #2"}]'),
        ("evidence:\n  - path: a.pdf\n    title: Day #2", "CPD119", 'evidence:\n  - path: a.pdf\n    title: "Day #2"'),
        ("evidence:\n  - #3 test.pdf", "CPD142", 'evidence:\n  - "#3 test.pdf"'),
        ("location: #3 Mill Lane", "CPD142", 'location: "#3 Mill Lane"'),
        ("provider: Panel #WomenInEngineering", "CPD119", 'provider: "Panel #WomenInEngineering"'),
        ("provider: Panel #STEM in Leeds", "CPD119", 'provider: "Panel #STEM in Leeds"'),
        ("benefit: two\n  lines #3", "CPD119", 'benefit: "two\n  lines #3"'),
        ("benefit: Panel #Women\n  in Leeds", "CPD120", 'benefit: "Panel #Women\n  in Leeds"'),
        ("x-tags: #a", "CPD142", 'x-tags: "#a"'),
    ],
)
def test_safe_fixes_of_what_a_hash_swallows(lines: str, code: str, fixed: str) -> None:
    data = record(FIELDS + lines + "\n").encode()
    _, found = record_of(data)
    assert {each.code for each in found} == {code}
    edits = [edit for each in found if each.fix and each.fix.safe for edit in each.fix.edits]
    after = apply(data, edits)
    assert after == record(FIELDS + fixed + "\n").encode()
    made, left = record_of(after)
    assert made
    assert left == []


def test_a_byte_order_mark_is_reported_once_and_the_record_is_read() -> None:
    made, found = record_of(b"\xef\xbb\xbf" + record().encode())
    assert isinstance(made, Activity)
    assert [(each.code, each.location, each.source) for each in found] == [
        ("CPD117", "activities/2026/course.md:1:1", "---")
    ]


def test_several_lines_are_one_advice() -> None:
    _, found = record_of(record(FIELDS.replace("\n", " \n")))
    assert [each.message for each in found] == ["4 lines end in spaces, first this one"]
