import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cpdkit.checks.engine import check_journal
from cpdkit.checks.fixes import FilePatch, apply_fixes, diff, fixable, plan_fixes, write_fixes
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import CannotWrite, ChangedOnDisk
from tests.checks.checking import TODAY, diagnostics
from tests.journal.folders import BODY, FIELDS, GOOD, MEMBER, record, write

PATH = "activities/2026/2026-03-14-relay-course.md"
BOM = b"\xef\xbb\xbf"


def plan(root: Path, text: str | bytes, unsafe: bool = False, path: str = PATH) -> tuple[FilePatch, ...]:
    """Return the planned fixes for a journal of one file and an objective with evidence."""
    files = {"cpd.yaml": MEMBER, "evidence/certificate.pdf": "", "plan/storage.md": record("title: Storage\n")}
    for name, each in {**files, path: text}.items():
        write(root, name, each)
    return plan_fixes(root, unsafe=unsafe, day=TODAY)


def fixed(root: Path, text: str | bytes, unsafe: bool = False) -> bytes:
    patches = plan(root, text, unsafe)
    return patches[0].after if patches else text.encode() if isinstance(text, str) else text


def fields(change: str) -> str:
    """The fields of a good activity with lines in the place of those of the same name, or of the name after `for`."""
    old, _, new = change.partition(" => ")
    return FIELDS.replace(old, new) if new or " => " in change else FIELDS + change


SAFE = [
    # the fields as they are, what they become
    ("title: IET lecture: storage", 'title: "IET lecture: storage"'),
    ("title: IET lecture: storage   ", 'title: "IET lecture: storage"'),
    ('title: Say "so": storage', "title: 'Say \"so\": storage'"),
    ("title: [Draft] Relay course", 'title: "[Draft] Relay course"'),
    ("title: @IET relay course", 'title: "@IET relay course"'),
    ("title: `relay` course", 'title: "`relay` course"'),
    ("title: %MVA and relays", 'title: "%MVA and relays"'),
    ("title: *Relay* course", 'title: "*Relay* course"'),
    ("title: 'Relay's settings'", 'title: "Relay\'s settings"'),
    ('title: "Storage" lecture', "title: '\"Storage\" lecture'"),
    ('title: "Relay course', 'title: "Relay course"'),
    ("title:Relay course", "title: Relay course"),
    ("title:Relay course: storage", 'title: "Relay course: storage"'),
    ("title:\u00a0Relay course", "title: Relay course"),
    ("\u00a0title: Relay course", "title: Relay course"),
    ("titel: Relay course", "title: Relay course"),
    ("Title: Relay course", "title: Relay course"),
    ("- title: Relay course", "title: Relay course"),
    ("-title: Relay course", "title: Relay course"),
    ("title: Relay course \t ", "title: Relay course"),
]
SAFE_MORE = [
    ('location: "C:\\Users\\ally"', "location: 'C:\\Users\\ally'"),
    ("topics: [safety, , ethics]", "topics: [safety, ethics]"),
    ("topics: [safety, ethics", "topics: [safety, ethics]"),
    ("topics: [@home, ethics]", 'topics: ["@home", ethics]'),
    ("topics:\n\t- safety\n\t- ethics", "topics:\n  - safety\n  - ethics"),
    ("topics:\n  -safety\n  -ethics", "topics:\n  - safety\n  - ethics"),
    ("topics: safety, ethics", "topics: [safety, ethics]"),
    ("topics: [safety, ethics, safety]", "topics: [safety, ethics]"),
    ("topics: [safety, safety, safety, ethics]", "topics: [safety, ethics]"),
    ("topics:\n  - safety\n  - safety\n  - ethics", "topics:\n  - safety\n  - ethics"),
    ('topics: ["", safety]', "topics: [safety]"),
    ('topics: [safety, "", ethics]', "topics: [safety, ethics]"),
    ("topics:\n  - safety\n  -\n  - ethics", "topics:\n  - safety\n  - ethics"),
    ("topic: safety", "topics: safety"),
    ("provder: Gridwise  # the academy", "provider: Gridwise  # the academy"),
    (" location: Leeds", "location: Leeds"),
    ("location: Leeds\nlocation: Leeds", "location: Leeds"),
    ("date: 2026-03-14", ""),
    ("end: 2026/3/15", "end: 2026-03-15"),
    ('end: "15/3/2026"', "end: 2026-03-15"),
    ("end: 15 March 2026", "end: 2026-03-15"),
    ("end: Sunday, 15th March 2026", "end: 2026-03-15"),
    ("end: March 15, 2026", "end: 2026-03-15"),
    ("end: 20260315", "end: 2026-03-15"),
    ("end: 2026-03-15T00:00:00Z", "end: 2026-03-15"),
    ("ends: 15.3.2026  # last", "end: 2026-03-15  # last"),
    ("confidential: no", "confidential: false"),
    ("confidential: True", "confidential: true"),
    ("status: Done", "status: done"),
    ("status: In Progress", "status: in-progress"),
    ("skills: [Technical, jobs]", "skills: [technical, job]"),
    ("skills: technical, soft", "skills: [technical, soft]"),
    ("units: {PDU: 1,5}", None),
    ("units:\n  PDU: 1,5", "units:\n  PDU: 1.5"),
    ("participatory: 1,5", "participatory: 1.5"),
    ("evidence: [../../evidence/certificate.pdf]", "evidence: [certificate.pdf]"),
    ('evidence: [certificate.pdf, ""]', "evidence: [certificate.pdf]"),
    ("competences: A1 and B2", "competences: [A1, B2]"),
    ("competences: [A1 and B2, C1]", "competences: [A1, B2, C1]"),
    ("accepted: {cpd401: it was a lecture}", "accepted: {CPD401: it was a lecture}"),
]
UNSAFE = [
    ("type: seminar", "type: event", "type: training"),
    ("title: Relay course # 3", 'title: "Relay course # 3"', "title: Relay course"),
    ("title: Course: storage # or so", 'title: "Course: storage # or so"', "title: Relay course"),
    ("title: 'Relay course", 'title: "Relay course"', "title: Relay course"),
    ("title Relay course", "title: Relay course", "title: Relay course"),
    ("start: 14/3/26", "start: 2026-03-14", "start: 2026-03-14"),
    ("start: 2026-14-03", "start: 2026-03-14", "start: 2026-03-14"),
    ("start: Friday 14 March 2026", "start: 2026-03-14", "start: 2026-03-14"),
    ("start: 2026-03-14T18:30", "start: 2026-03-14", "start: 2026-03-14"),
    ("hours: 2:30", "hours: 2h30", "hours: 2"),
    ("name: Relay course", "title: Relay course", "title: Relay course"),
    ("topics: - safety", "topics: [safety]", ""),
    ("location: -", "location:", ""),
    ("location: *here", 'location: "*here"', ""),
    ("topics: Health, safety and environment", "topics: [Health, safety and environment]", ""),
    ('topics: "safety, ethics"', "topics: [safety, ethics]", ""),
]
NEITHER = [
    "start: 03/04/2026",
    "start: 2026-02-30",
    "title: x\ntitle: y",
    "topics: [a # b]",
    "location: [Leeds, York]",
    "hours: two",
    "https://example.org/x",
    "type: dancing",
    "mood: good",
    "titel: [Relay, course]",
    "provder: A\nprovidr: B",
    "title: [Draft Relay course",
]


def front(lines: str) -> str:
    """A good activity's fields with these lines: in the place of the one that they mean, or below the others."""
    name = next((each for each in ("title", "type", "start", "hours") if each in lines.split("\n")[0].lower()), "")
    name = "title" if "titel" in lines or lines.startswith("name") else name
    kept = [line for line in FIELDS.splitlines() if not name or not line.startswith(name)]
    return "\n".join([lines, *kept] if name else [*kept, lines] if lines else kept) + "\n"


@pytest.mark.parametrize(("before", "after"), [(a, b) for a, b in (*SAFE, *SAFE_MORE) if b is not None])
def test_what_has_one_reading_is_mended(before: str, after: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, record(front(before))).decode() == record(front(after))


@pytest.mark.parametrize(("before", "after", "_"), UNSAFE)
def test_what_needs_an_eye_is_mended_when_asked(before: str, after: str, _: str, tmp_path: Path) -> None:
    text = record(front(before))
    assert fixed(tmp_path, text).decode() == text
    assert fixed(tmp_path, text, unsafe=True).decode() == record(front(after))


@pytest.mark.parametrize("lines", NEITHER)
def test_what_has_no_reading_stays(lines: str, tmp_path: Path) -> None:
    text = record(front(lines))
    assert fixed(tmp_path, text).decode() == text


@pytest.mark.parametrize("lines", ["title: Relay course type: training\n", "type: training title: Relay course\n"])
def test_two_lines_that_ran_into_one_are_not_quoted(lines: str, tmp_path: Path) -> None:
    text = record(lines + "start: 2026-03-14\nhours: 2\n")
    assert fixed(tmp_path, text).decode() == text


def test_a_file_with_many_mistakes_is_mended_in_one_go(tmp_path: Path) -> None:
    text = (
        BOM
        + record(
            "# the course\ntitel: IET lecture: storage  # good\nType: Training\ndate:   14/3/2026 # a Saturday\n"
            "hours: 1,5\ntopics: safety,ethics , law  \nconfidential: no\n\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )
    after = record(
        "# the course\ntitle: IET lecture: storage  # good\ntype: training\ndate:   2026-03-14 # a Saturday\n"
        "hours: 1.5\ntopics: [safety, ethics, law]\nconfidential: false\n\n"
    ).replace("\n", "\r\n")
    # The text after the second colon may be a comment or not, so nothing in the file can be read for certain.
    assert plan(tmp_path, text) == ()
    (patch,) = plan(tmp_path, text.replace(b"lecture: storage", b"lecture"))
    assert patch.after.decode() == after.replace("lecture: storage", "lecture")
    codes = [each.code for each in patch.applied]
    assert sorted(codes) == [
        "CPD117", "CPD118", "CPD205", "CPD207", "CPD208", "CPD209", "CPD212", "CPD212", "CPD217",
    ]  # fmt: skip


def test_cpd_yaml_is_mended_too(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", "name: Angharad\nlangauge: en_GB\nchecks: {cpd401: Off}\n")
    (patch,) = plan_fixes(tmp_path, day=TODAY)
    assert (patch.path, patch.after) == ("cpd.yaml", b"name: Angharad\nlanguage: en-GB\nchecks: {CPD401: off}\n")


def test_what_is_off_or_accepted_or_not_chosen_stays(tmp_path: Path) -> None:
    text = record(FIELDS + "topics: [a, a]  \n")
    write(tmp_path, PATH, text)
    write(tmp_path, "cpd.yaml", MEMBER + "checks: {CPD118: off}\n")
    (patch,) = plan_fixes(tmp_path, day=TODAY)
    assert patch.after.decode() == record(FIELDS + "topics: [a]  \n")
    write(tmp_path, PATH, text.replace("hours: 2\n", "hours: 2\naccepted: {CPD216: it is so}\n"))
    assert plan_fixes(tmp_path, day=TODAY) == ()
    write(tmp_path, PATH, text)
    assert plan_fixes(tmp_path, day=TODAY, is_chosen=lambda each: each.code == "CPD401") == ()


def test_only_the_wanted_are_mended(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path, f"activities/{name}.md", record(FIELDS + f"location: {name}  \n"))
    write(tmp_path, "cpd.yaml", MEMBER + "paper: a4  \n")
    assert [each.path for each in plan_fixes(tmp_path, ["activities/b.md"], day=TODAY)] == ["activities/b.md"]
    assert [each.path for each in plan_fixes(tmp_path, day=TODAY)] == ["activities/a.md", "activities/b.md", "cpd.yaml"]


def test_of_fixes_that_touch_one_waits(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, {PATH: record(FIELDS + "topics: [a, a, a, b, a]\n")})
    data, applied = apply_fixes(record(FIELDS + "topics: [a, a, a, b, a]\n").encode(), found)
    assert (data.decode(), len(applied)) == (record(FIELDS + "topics: [a, a, b]\n"), 2)
    assert apply_fixes(data, []) == (data, ())


def test_which_can_be_mended(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, {PATH: record(FIELDS.replace("training", "seminar") + "mood: good\npaid: no \n")})
    assert [(each.code, fixable(each), fixable(each, unsafe=True)) for each in found] == [
        ("CPD208", False, True),
        ("CPD212", False, False),
        ("CPD212", False, False),
        ("CPD118", True, True),
    ]


def test_it_is_written_and_nothing_else_is_touched(tmp_path: Path) -> None:
    patches = plan(tmp_path, record(FIELDS + "confidential: no\n"))
    other = write(tmp_path, "activities/other.md", record(FIELDS + "mood: good\n"))
    before = other.stat()
    (tmp_path / PATH).chmod(0o640)
    write_fixes(tmp_path, patches)
    assert (tmp_path / PATH).read_text() == record(FIELDS + "confidential: false\n")
    assert (tmp_path / PATH).stat().st_mode & 0o777 == 0o640
    assert (other.stat().st_ino, other.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert plan_fixes(tmp_path, day=TODAY) == ()
    assert [name for _, _, names in os.walk(tmp_path) for name in names if name.endswith(".tmp")] == []


@pytest.mark.parametrize("change", ["edited", "deleted", "linked"])
def test_a_change_meanwhile_keeps_all_from_being_written(change: str, tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    texts = {f"activities/{name}.md": record(FIELDS + "confidential: no\n") for name in "ab"}
    places = [write(tmp_path, path, text) for path, text in texts.items()]
    patches = plan_fixes(tmp_path, day=TODAY)
    if change == "edited":
        places[1].write_text(GOOD)
    else:
        places[1].unlink()
    if change == "linked":
        places[1].symlink_to(write(tmp_path, "other.md", texts["activities/b.md"]))
    with pytest.raises(ChangedOnDisk, match="nothing was written"):
        write_fixes(tmp_path, patches)
    assert places[0].read_text() == texts["activities/a.md"]


def test_a_change_while_it_is_being_written_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patches = plan(tmp_path, record(FIELDS + "confidential: no\n"))
    real = os.fsync

    def slow(handle: int) -> None:
        """Someone saves the file in their editor while the temporary one goes to the disk."""
        real(handle)
        (tmp_path / PATH).write_text(GOOD)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(ChangedOnDisk):
        write_fixes(tmp_path, patches)
    assert (tmp_path / PATH).read_text() == GOOD
    assert [name for _, _, names in os.walk(tmp_path) for name in names if name.endswith(".tmp")] == []


def test_a_read_only_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patches = plan(tmp_path, record(FIELDS + "confidential: no\n"))
    # Root may write everything, so the system's answer is put in its mouth.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CannotWrite, match="read-only"):
        write_fixes(tmp_path, patches)
    assert b"confidential: no\n" in (tmp_path / PATH).read_bytes()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_the_diff_is_what_git_applies(newline: str, end: str, mark: bytes, tmp_path: Path) -> None:
    text = record(FIELDS + "confidential: no\n", BODY.rstrip("\n") + end).replace("\n", newline)
    patches = plan(tmp_path, mark + text.encode())
    assert ("\\ No newline" in diff(patches)) is False
    (tmp_path / "p.diff").write_bytes(diff(patches).encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", "p.diff"], cwd=tmp_path, check=True)
    assert (tmp_path / PATH).read_bytes() == patches[0].after


def test_the_diff_of_a_last_line_without_newline() -> None:
    patch = FilePatch("cpd.yaml", b"name: A\npaper: A4", b"name: A\npaper: a4", ())
    assert diff([patch]).splitlines()[-4:] == [
        "-paper: A4", "\\ No newline at end of file", "+paper: a4", "\\ No newline at end of file",
    ]  # fmt: skip
    assert diff([]) == ""


def test_a_hostile_file_takes_no_long_time(tmp_path: Path) -> None:
    text = record(FIELDS + f"topics: [{'a, ' * 4_000}b]\n")
    (patch,) = plan(tmp_path, text)
    assert len(patch.after) < len(text)


COMMENTS = st.sampled_from(["", "  # the owner's own", " # später: 東京 🙂"])
GOOD_LINES = {
    "title": ["title: Relay course", 'title: "IET: storage"', "title: 東京 🙂 course"],
    "type": ["type: training", "type: 'event'"],
    "start": ["start: 2026-03-14", 'date: "2026-03-14"'],
    "hours": ["hours: 2", "hours: 1h30"],
    "topics": ["", "topics: [safety, ethics]", "topics:\n  - safety\n  # between\n  - ethics"],
    "benefit": ["", "benefit: |\n  two  \n\n  lines # no comment"],
    "x-own": ["", "x-own: {a: 1, b: [c, d]}"],
}
"""Lines without a mistake, of which each record has one of each."""
MISTAKES = [
    (before, after) for before, after in (*SAFE, *SAFE_MORE) if after and "\n" not in before and before[0] != " "
]


@st.composite
def mistaken(draw: st.DrawFn) -> tuple[str, str]:
    """An activity with some mistakes that have one reading each, and the same without them."""
    chosen = draw(st.lists(st.sampled_from(MISTAKES), max_size=4))
    bad: dict[str, tuple[str, str]] = {}
    for before, after in chosen:
        bad.setdefault("start" if after.startswith("date") else after.partition(":")[0], (before, after))
    lines = []
    for name in draw(st.permutations([*GOOD_LINES, *(name for name in bad if name not in GOOD_LINES)])):
        expected = draw(st.sampled_from(GOOD_LINES[name])) if name not in bad else ""
        comment = draw(COMMENTS) if expected and "\n" not in expected else ""
        lines.append(bad.get(name, (expected + comment, expected + comment)))
    before, after = ("".join(f"{pair[side]}\n" for pair in lines if pair[side]) for side in (0, 1))
    return record(before), record(after)


def errors_of(found: Iterable[Diagnostic]) -> list[str]:
    return [f"{each.location} {each.code}" for each in found if each.severity is Severity.ERROR]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mistaken(), st.sampled_from(["\n", "\r\n", "\r"]))
@example((record(front("title: a: b")), record(front('title: "a: b"'))), "\r\n")
def test_mended_it_says_what_was_meant_and_the_rest_stays(tmp_path: Path, texts: tuple[str, str], newline: str) -> None:
    before, after = (text.replace("\n", newline).encode() for text in texts)
    done = fixed(tmp_path, before)
    assert done == after
    write(tmp_path, PATH, done)
    assert plan_fixes(tmp_path, day=TODAY) == ()
    assert errors_of(check_journal(tmp_path, day=TODAY).diagnostics) == []


@st.composite
def mistaken_journals(draw: st.DrawFn) -> dict[str, str]:
    """Files of a journal, with any mistakes: of activities, an objective and cpd.yaml, or texts that run together."""
    lines = st.sampled_from([*(pair[0] for pair in (*SAFE, *SAFE_MORE, *UNSAFE)), *NEITHER, "type: Event", ""])
    objectives = st.sampled_from(["objectives: [Storage]", "objectives: storage, Relays", "objectives: [storge]", ""])
    files = {
        "cpd.yaml": MEMBER + draw(st.sampled_from(["paper: A4\n", "langauge: en_GB\n", "checks: {CPD4: Off}\n", ""]))
    }
    for number in range(draw(st.integers(1, 12))):
        text = front("\n".join(filter(None, [draw(lines), draw(objectives), *draw(st.lists(lines, max_size=3))])))
        files[f"activities/2026/2026-03-14-{number}.md"] = record(text, BODY * draw(st.integers(0, 1)))
    return files | {"plan/storage.md": record(draw(st.sampled_from(["title: Storage\n", "Title: Storage: more\n"])))}


@pytest.mark.parametrize("unsafe", [False, True])
@settings(deadline=None, max_examples=60)
@given(files=mistaken_journals())
def test_a_second_run_changes_nothing(unsafe: bool, files: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            write(root, path, text)
        for patch in plan_fixes(root, unsafe=unsafe, day=TODAY):
            write(root, patch.path, patch.after)
        assert [patch.path for patch in plan_fixes(root, unsafe=unsafe, day=TODAY)] == []


@pytest.mark.parametrize("count", [1, 2, 12, 60])
def test_one_run_fixes_all_files(count: int, tmp_path: Path) -> None:
    texts = {f"activities/{number:02}.md": record(front("type: Event")) for number in range(count)}
    for path, text in {"cpd.yaml": MEMBER, **texts}.items():
        write(tmp_path, path, text)
    assert [patch.path for patch in plan_fixes(tmp_path, day=TODAY)] == list(texts)


def test_one_run_fixes_all_mistakes_of_a_file(tmp_path: Path) -> None:
    lines = "".join(f"  - note {number}: more\n" for number in range(90))
    (patch,) = plan(tmp_path, record(FIELDS + f"x-notes:\n{lines}topics: [{'a, ' * 300}b]\n"))
    write(tmp_path, PATH, patch.after)
    assert plan_fixes(tmp_path, day=TODAY) == ()
