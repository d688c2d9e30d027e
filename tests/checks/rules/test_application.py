"""CPD62x and CPD63x: limits of the form on both sides, evidence, competences, gaps, and the words of statements."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.checks.engine import check_journal
from tests.checks.checking import diagnostics, figures
from tests.journal.folders import FIELDS, GOOD, record, write

APPLIES = "name: A\napplication: {form: mine}\n"
TODAY = date(2026, 11, 24)


def form(parts: str, more: str = "") -> str:
    """Return a form with these parts, one to a line."""
    return f"id: mine\ntitle: Registration\n{more}parts:\n" + "".join(
        f"  - {{{part}}}\n" for part in parts.splitlines()
    )


def claim(body: str, fields: str = "competences: [B1]\nevidenced-by: [a]\n") -> str:
    return record(fields, f"\n{body}\n")


def post(body: str = "", start: str = "2020-01-01", more: str = "") -> str:
    return record(f"role: Engineer\nemployer: Firm\nstart: {start}\n{more}", f"\n{body}\n")


def reported(root: Path, files: dict[str, str], *codes: str) -> list[tuple[str, str, str]]:
    """Return the place, the code and the figures of each diagnostic with one of these codes."""
    found = diagnostics(root, {"cpd.yaml": APPLIES, "activities/a.md": GOOD, **files}, TODAY)
    return [(each.location, each.code, figures(each.message)) for each in found if each.code.startswith(codes)]


# --- the form ---


@pytest.mark.parametrize(
    ("name", "files", "places"),
    [
        ("iet-ceng", {}, []),
        ("iet-cengg", {}, ["cpd.yaml:2:21"]),
        ("mine", {}, ["cpd.yaml:2:21"]),
        ("mine", {"forms/mine.yaml": form("content: cv, title: CV")}, []),
        ("mine", {"forms/mine.yaml": "id: mine\n"}, []),
    ],
)
def test_the_form_exists(tmp_path: Path, name: str, files: dict[str, str], places: list[str]) -> None:
    found = reported(tmp_path, {"cpd.yaml": f"name: A\napplication: {{form: {name}}}\n", **files}, "CPD520")
    assert [place for place, _, _ in found] == places


def test_without_a_form_nothing_about_an_application_is_reported(tmp_path: Path) -> None:
    files = {"cpd.yaml": "name: A\n", "claims/x.md": claim("In 2021 we did it."), "career/x.md": post("x" * 9000)}
    assert reported(tmp_path, files, "CPD620", "CPD621", "CPD622", "CPD623", "CPD626", "CPD627", "CPD63") == []


def test_missing_parts_are_at_the_application(tmp_path: Path) -> None:
    parts = "content: career, title: History\ncontent: plan, title: Plan, required: false\ncontent: cv, title: CV"
    assert reported(tmp_path, {"forms/mine.yaml": form(parts)}, "CPD620") == [("cpd.yaml:2:14", "CPD620", "")]


# --- limits ---


@pytest.mark.parametrize(
    ("part", "path", "at_the_limit", "over", "figure", "place"),
    [
        (
            "content: career, per: post, characters: 3000",
            "career/x.md",
            post("x" * 3000),
            post("x" * 3001),
            "3 001 3 000",
            "career/x.md:6:1",
        ),
        (
            "content: career, per: post, words: 5",
            "career/x.md",
            post("a b c d e"),
            post("a b c d e f"),
            "6 5",
            "career/x.md:6:1",
        ),
        (
            "content: career, characters: 10",
            "career/x.md",
            post("0123456789"),
            post("0123456789a"),
            "11 10",
            "cpd.yaml:2:14",
        ),
        (
            "content: claims, per: claim, words: 4",
            "claims/x.md",
            claim("I led it well."),
            claim("I led it very well."),
            "5 4",
            "claims/x.md:5:1",
        ),
        (
            "content: claims, per: claim, characters: 4",
            "claims/x.md",
            claim("I le"),
            claim("I led"),
            "5 4",
            "claims/x.md:5:1",
        ),
        (
            "content: claims, words: 3",
            "claims/x.md",
            claim("I led it."),
            claim("I led it well."),
            "4 3",
            "cpd.yaml:2:14",
        ),
        (
            "content: claims, per: area, words: 3",
            "claims/x.md",
            claim("I led it."),
            claim("I led it well."),
            "4 3",
            "cpd.yaml:2:14",
        ),
    ],
)
def test_a_text_is_not_longer_than_the_form_allows(
    tmp_path: Path, part: str, path: str, at_the_limit: str, over: str, figure: str, place: str
) -> None:
    files = {"forms/mine.yaml": form(f"{part}, title: T")}
    assert reported(tmp_path, {**files, path: at_the_limit}, "CPD621") == []
    (found,) = reported(tmp_path, {**files, path: over}, "CPD621")
    assert (*found[:2], found[2].removeprefix("B1 ")) == (place, "CPD621", figure)


@pytest.mark.parametrize(
    ("text", "characters", "words"),
    [
        ("I  led\nit.", 9, 3),
        ("**I** led [it](https://example.org/a-long-address).", 9, 3),
        ("I led it. <!-- with a comment -->", 9, 3),
        ("I led\n\nit.", 9, 3),
        ("## I\n\n- led\n- it.", 9, 3),
        ("Tŷ Newydd", 9, 2),
    ],
)
def test_a_text_counts_as_it_is_printed(tmp_path: Path, text: str, characters: int, words: int) -> None:
    for limit, count in (("characters", characters), ("words", words)):
        for allowed, expected in ((count, []), (count - 1, [f"{count} {count - 1}"])):
            files = {
                "forms/mine.yaml": form(f"content: claims, title: T, per: claim, {limit}: {allowed}"),
                "claims/x.md": claim(text, "competences: [B]\nevidenced-by: [a]\n"),
            }
            found = reported(tmp_path, files, "CPD621")
            assert [figure for _, _, figure in found] == expected, (limit, allowed)


@pytest.mark.parametrize(
    ("per", "words", "places"),
    [
        ("whole", 5, []),
        ("whole", 6, ["cpd.yaml:2:14"]),
        ("claim", 2, []),
        ("claim", 3, ["claims/x.md:5:1"]),
        ("claim", 4, ["claims/x.md:5:1", "claims/y.md:5:1"]),
    ],
)
def test_a_text_is_not_shorter_than_the_form_asks_for(tmp_path: Path, per: str, words: int, places: list[str]) -> None:
    files = {
        "forms/mine.yaml": form(f"content: claims, title: T, per: {per}, words-at-least: {words}"),
        "claims/x.md": claim("I led."),
        "claims/y.md": claim("I led it."),
    }
    assert [place for place, _, _ in reported(tmp_path, files, "CPD622")] == places


def test_areas_are_counted_together(tmp_path: Path) -> None:
    files = {
        "forms/mine.yaml": form("content: claims, title: T, per: area, words: 4", "framework: uk-spec-ceng\n"),
        "claims/x.md": claim("I led.", "competences: [A1]\n"),
        "claims/y.md": claim("I led it.", "competences: [A2]\n"),
        "claims/z.md": claim("I led it well.", "competences: [B1]\n"),
    }
    assert reported(tmp_path, files, "CPD621") == [("cpd.yaml:2:14", "CPD621", "5 4")]


@pytest.mark.parametrize(("codes", "figure"), [("[B1, B2]", None), ("[B1, B2, C1]", "3 2"), ("{B1: P, B2: P}", None)])
def test_a_claim_has_not_too_many_competences(tmp_path: Path, codes: str, figure: str | None) -> None:
    files = {
        "forms/mine.yaml": form("content: claims, title: T, codes-per-claim: 2"),
        "claims/x.md": claim("I led.", f"competences: {codes}\n"),
    }
    expected = [("claims/x.md:2:14", "CPD628", figure)] if figure else []
    assert reported(tmp_path, files, "CPD628") == expected


# --- evidence and competences ---


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("", [("claims/x.md:2:14", "CPD624")]),
        ("evidenced-by: []\n", [("claims/x.md:2:14", "CPD624")]),
        ("evidenced-by: [a]\n", []),
        ("evidenced-by: a\n", []),
        ("evidenced-by: [A, firm, degree]\n", []),
        ("evidenced-by: [a, b]\n", [("claims/x.md:3:19", "CPD625")]),
        ("evidenced-by: [relays]\n", [("claims/x.md:3:16", "CPD625")]),
        ("evidenced-by: [{id: firm, achievement: 118 schemes}]\n", []),
        ("evidenced-by: [{id: firm, achievement: TESTED}]\n", []),
        ("evidenced-by: [{id: firm, achievement: a report}]\n", [("claims/x.md:3:16", "CPD625")]),
        ("evidenced-by: [{id: firm, achievement: ed}]\n", [("claims/x.md:3:16", "CPD625")]),
        ("evidenced-by: [{id: a, achievement: Tested}]\n", [("claims/x.md:3:16", "CPD625")]),
    ],
)
def test_a_claim_has_evidence_that_exists(tmp_path: Path, fields: str, found: list[tuple[str, str]]) -> None:
    files = {
        "career/firm.md": post("## Achievements\n\n- Tested 118 schemes\n- Invented a relay"),
        "qualifications/degree.md": record("title: MEng\nawarded: 2017\n", ""),
        "plan/relays.md": record("title: Relays\n", ""),
        "claims/x.md": claim("I led.", f"competences: [B1]\n{fields}"),
    }
    assert [each[:2] for each in reported(tmp_path, files, "CPD624", "CPD625")] == found


def test_evidence_that_cannot_be_read_exists(tmp_path: Path) -> None:
    files = {
        "activities/broken.md": "---\ntitle: [\n---\n",
        "claims/x.md": claim("I led.", "competences: [B1]\nevidenced-by: [broken]\n"),
    }
    assert reported(tmp_path, files, "CPD625") == []


CLAIMS = form("content: claims, title: Statements", "framework: uk-spec-engtech\n")


def test_competences_without_a_claim(tmp_path: Path) -> None:
    files = {"forms/mine.yaml": CLAIMS, "claims/x.md": claim("I led.", "competences: [A1, B, e]\n")}
    found = diagnostics(tmp_path, {"cpd.yaml": APPLIES, **files}, TODAY)
    codes = [each.message.split(":")[0].split()[-1] for each in found if each.code == "CPD623"]
    assert "A1" not in codes
    assert [code for code in codes if code[0] in "BE"] == []
    assert codes[0] == "A2"
    assert {each.location for each in found if each.code == "CPD623"} == {"cpd.yaml:2:14"}


@pytest.mark.parametrize(
    "files",
    [
        {"forms/mine.yaml": CLAIMS},
        {
            "forms/mine.yaml": CLAIMS.replace("Statements", "Statements, required: false"),
            "claims/x.md": claim("I led."),
        },
    ],
)
def test_no_competence_is_named_before_the_first_claim_or_if_they_are_optional(
    tmp_path: Path, files: dict[str, str]
) -> None:
    assert reported(tmp_path, files, "CPD623") == []


@pytest.mark.parametrize(
    "files",
    [
        {"activities/a.md": record(FIELDS + "competences: [C2]\n")},
        {"activities/a.md": record(FIELDS + "competences: {c2: SP}\n")},
        {"activities/a.md": record(FIELDS + "competences: [C]\n")},
        {"career/x.md": post(more="competences: [C2]\n")},
        {"career/x.md": post("## Achievements\n\n- Led the team. (C2, 2025)")},
        {"qualifications/x.md": record("title: Course\ncompetences: [C2]\n", "")},
    ],
)
def test_competences_that_nothing_evidences(tmp_path: Path, files: dict[str, str]) -> None:
    ours = {"forms/mine.yaml": CLAIMS}
    before = reported(tmp_path, ours, "CPD626")
    after = reported(tmp_path, {**ours, **files}, "CPD626")
    removed = sorted({figure for _, _, figure in before} - {figure for _, _, figure in after})
    assert {place for place, _, _ in before} == {"cpd.yaml:2:14"}
    assert "C2:" in " ".join(removed)


# --- gaps ---


@pytest.mark.parametrize(
    ("end", "start", "figure"),
    [
        ("2021-12-31", "2022-01-01", ""),
        ("2022-06-30", "2022-01-01", ""),
        ("2021-11-30", "2022-01-01", ""),
        ("2021-11-29", "2022-01-01", "32 2021-11-30 2021-12-31"),
        ("2024-02-01", "2024-03-04", ""),
        ("2024-01-31", "2024-03-04", "32 2024-02-01 2024-03-03"),
        ("", "2022-01-01", ""),
    ],
)
def test_gaps_between_posts(tmp_path: Path, end: str, start: str, figure: str) -> None:
    files = {
        "career/x.md": post(more=f"end: {end}\n" if end else ""),
        "career/y.md": post(start=start),
        "cpd.yaml": APPLIES.replace("mine", "iet-ceng"),
    }
    expected = [("career/y.md:4:8", "CPD627", figure)] if figure else []
    assert reported(tmp_path, files, "CPD627") == expected


@pytest.mark.parametrize(
    "files",
    [
        {"cpd.yaml": f"{APPLIES}employment:\n  - {{role: R, employer: E, start: 2021-02-01, end: 2021-12-20}}\n"},
        {"qualifications/x.md": record("title: MSc\nstart: 2021-01\nawarded: 2021-12\n", "")},
        {"career/z.md": post(start="2020-06-01", more="end: 2021-12-31\n")},
    ],
)
def test_what_fills_a_gap(tmp_path: Path, files: dict[str, str]) -> None:
    posts = {"career/x.md": post(more="end: 2020-12-31\n"), "career/y.md": post(start="2022-01-01")}
    own = {"forms/mine.yaml": form("content: career, title: T")}
    assert len(reported(tmp_path / "a", {**own, **posts}, "CPD627")) == 1
    assert reported(tmp_path / "b", {**own, **posts, **files}, "CPD627") == []


# --- supporters ---


@pytest.mark.parametrize(
    ("until", "supporter", "is_reported"),
    [
        ("2026-11-23", "true", True),
        ("2026-11-24", "true", False),
        ("2026-11-25", "true", False),
        ("2026-11-23", "false", False),
    ],
)
def test_the_registration_of_a_supporter(tmp_path: Path, until: str, supporter: str, is_reported: bool) -> None:
    people = f"people:\n  - id: m\n    name: M\n    supporter: {supporter}\n    registered-until: {until}\n"
    found = reported(tmp_path, {"people.yaml": people}, "CPD615")
    assert found == [("people.yaml:5:23", "CPD615", "2026-11-23")] * is_reported


# --- words ---

WE = [
    ("We designed the scheme.", (6, 1)),
    ("Our approach was new.", (6, 1)),
    ("The decision was ours.", (6, 18)),
    ("The result gave us time.", (6, 17)),
    ("I measured it. Then we changed it.", (6, 21)),
    ("The setting,\nwhich we chose.", (7, 7)),
]
PASSIVE = [
    ("A scheme was designed.", (6, 10)),
    ("Relays are tested yearly.", (6, 8)),
    ("The work has been done.", (6, 14)),
    ("The tests were carefully planned.", (6, 11)),
    ("The fault was found.", (6, 11)),
]
STORY = [
    "In 2021 the line tripped.",
    "When I joined, nothing worked.",
    "It was a quiet evening.",
    "During the outage I left.",
    "As part of a project I led.",
    "Once the line tripped.",
]
OTHERS = [
    "The team delivered it.",
    "My manager approved it.",
    "They approved my plan.",
    "The project team won.",
    "Our company built it.",
]
FINE = {
    "CPD630": [
        "I designed the scheme.",
        "I showed that we could close sooner.",
        "The US standard is new.",
        "Our-line, a product, runs.",
        "The weather improved.",
    ],
    "CPD631": [
        "I was asked to lead.",
        "The report was wrong.",
        "The voltage is 132 kV.",
        "Settings were in order.",
        "Designed and tested a relay.",
    ],
    "CPD632": [
        "I led the work in 2021.",
        "In order to close sooner, I asked.",
        "Afterwards I led.",
        "Onceover of all relays.",
        "Investigated when I joined.",
    ],
    "CPD633": [
        "I led the team.",
        "Led the team of six.",
        "The teamwork improved.",
        "Theory of converters.",
        "The relay tripped.",
    ],
}


@pytest.mark.parametrize(
    ("code", "text", "place"),
    [
        *(("CPD630", text, place) for text, place in WE),
        *(("CPD631", text, place) for text, place in PASSIVE),
        *(("CPD632", text, (6, 1)) for text in STORY),
        *(("CPD633", text, (6, 1)) for text in OTHERS),
    ],
)
def test_words_that_hide_what_you_did(tmp_path: Path, code: str, text: str, place: tuple[int, int]) -> None:
    line, column = place
    expected = [f"claims/x.md:{line}:{column}"]
    found = reported(tmp_path, {"claims/x.md": claim(text)}, code)
    assert [where for where, _, _ in found] == expected


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FINE.items() for text in texts])
def test_words_that_are_fine(tmp_path: Path, code: str, text: str) -> None:
    assert reported(tmp_path, {"claims/x.md": claim(text)}, code) == []


def test_posts_are_checked_in_their_achievements_only(tmp_path: Path) -> None:
    text = (
        "We are a firm.\n\n## Responsibilities\n\n- In 2021 we ran it.\n\n"
        "## Personal achievements\n\n1. In 2022 it was led.\n   We won."
    )
    found = reported(tmp_path, {"career/x.md": post(text)}, "CPD63")
    assert [each[:2] for each in found] == [
        ("career/x.md:15:4", "CPD632"),
        ("career/x.md:15:15", "CPD631"),
        ("career/x.md:16:4", "CPD630"),
    ]


def test_comments_are_not_checked(tmp_path: Path) -> None:
    text = "<!-- In 2021 we did it. -->\n\nI led.\n\n<!-- We led. -->"
    assert reported(tmp_path, {"claims/x.md": claim(text)}, "CPD63") == []


def test_places_after_a_mark_of_order_and_windows_line_ends(tmp_path: Path) -> None:
    data = claim("I led.\n\nThen\twe won.").replace("\n", "\r\n")
    write(tmp_path, "claims/x.md", "\ufeff" + data)
    assert [each[:2] for each in reported(tmp_path, {}, "CPD630")] == [("claims/x.md:8:6", "CPD630")]


def test_another_form_can_be_named(tmp_path: Path) -> None:
    for path, text in {"cpd.yaml": "name: A\n", "claims/x.md": claim("We led.")}.items():
        write(tmp_path, path, text)
    found = check_journal(tmp_path, day=TODAY, form="iet-ceng").diagnostics
    assert "CPD630" in {each.code for each in found}
    assert "CPD630" not in {each.code for each in check_journal(tmp_path, day=TODAY).diagnostics}
