"""What evidences a competence: order of strength, gaps, years, and that nothing claimed is lost."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.period import Period
from cpdkit.journal.member import Member
from cpdkit.journal.records import Post
from cpdkit.journal.selection import Included
from cpdkit.journal.values import Competence
from cpdkit.schemes.coverage import Coverage, coverage_of, unplaced
from cpdkit.schemes.frameworks import Ability, Framework
from tests.journal.strategies import activity

DAY = date(2026, 11, 23)
FRAMEWORK = Framework("own", "Own", (Ability("K", "Area"), Ability("K1", "One", "K"), Ability("K2", "Two", "K")))


def included(*claims: str, name: str = "a", minutes: int = 60, start: date = DAY, **fields: object) -> Included:
    codes = tuple(Competence(*claim.split(":")) for claim in claims)
    return Included(activity(start, 1, minutes, id=name, path=name, competences=codes, **fields), minutes)


def post(*codes: str, start: date = date(2024, 1, 1), end: date | None = None) -> Post:
    return Post("p", "career/p.md", "Engineer", "Grid", start, end, competences=tuple(map(Competence, codes)))


def coverage(*items: Included, posts: tuple[Post, ...] = (), **levels: object) -> Coverage:
    return coverage_of(FRAMEWORK, items, posts, Member("A", **levels), DAY)  # type: ignore[arg-type]


def test_the_strongest_claim_stands_first() -> None:
    items = [
        included("K1", name="plain", minutes=600),
        included("K1:P", name="short", minutes=30),
        included("K1:P", name="long", minutes=90),
        included("k1:P", name="reflected", minutes=10, body="## Reflection\n\nMuch was learnt here.\n"),
    ]
    one = coverage(*items).competences[1]
    assert [claim.id for claim in one.claims] == ["reflected", "long", "short", "plain"]
    assert one.minutes == 730


def test_gaps_are_no_evidence_and_levels_below_those_wanted() -> None:
    held, wanted = (Competence("K1", "SP"),), (Competence("K1", "P"),)
    found = coverage(included("K1"), levels_held=held, levels_wanted=wanted)
    assert [each.gap for each in found.competences] == ["", "SP held, P wanted", "no evidence yet"]
    assert coverage(included("K1"), levels_held=wanted, levels_wanted=held).competences[1].gap == ""
    assert coverage(included("K1"), levels_wanted=held).competences[1].gap == "no level held, SP wanted"
    assert (found.evidenced, len(found.claimable)) == (1, 2)


def test_a_post_counts_while_it_is_held() -> None:
    found = coverage(posts=(post("K1"), post("K2", end=date(2024, 12, 31)), post("K2", start=date(2027, 1, 1))))
    one, two = found.competences[1:]
    assert (one.last, two.last) == (DAY, date(2024, 12, 31))
    assert found.years == (2024, 2025, 2026)
    assert [two.in_year(year) for year in found.years] == [1, 0, 0]


def test_an_area_that_is_claimed_itself_is_shown_as_a_competence() -> None:
    assert coverage(included("K")).competences[0].claims
    assert not coverage(included("K")).competences[0].is_area


def test_codes_of_no_framework_are_named() -> None:
    member = Member("A", levels_wanted=(Competence("K3", "P"),))
    assert unplaced([FRAMEWORK], [included("K1", "Z9")], [post("Y1")], member) == ("K3", "Y1", "Z9")


@given(st.lists(st.lists(st.sampled_from(["K", "K1", "K2:E", "Z"]), unique=True, max_size=4), max_size=6))
def test_every_claim_is_found_once(claims: list[list[str]]) -> None:
    items = [included(*each, name=str(number)) for number, each in enumerate(claims)]
    found = sum(len(each.claims) for each in coverage(*items).competences)
    strange = sum(each.count("Z") for each in claims)
    assert found + strange == sum(map(len, claims))


def test_a_framework_has_its_own_scale() -> None:
    own = replace(FRAMEWORK, levels=("aware", "able", "leading"))
    items = [included("K1:aware", name="a", minutes=600), included("K1:able", name="b"), included("K1:E", name="c")]
    member = Member("A", levels_held=(Competence("K1", "aware"),), levels_wanted=(Competence("K1", "able"),))
    one = coverage_of(own, items, (), member, DAY).competences[1]
    assert [claim.id for claim in one.claims] == ["b", "a", "c"]
    assert (one.is_below, one.gap) == (True, "aware held, able wanted")


def achieved(text: str, **fields: object) -> Post:
    body = f"## Achievements\n\n- {text}\n"
    return Post("p", "career/p.md", "Engineer", "Grid", date(2024, 3, 1), body=body, **fields)  # type: ignore[arg-type]


def test_an_achievement_is_evidence_of_its_own_and_stands_before_its_post() -> None:
    wrote = achieved("Wrote a study. (K1, 2026)", competences=(Competence("K1"),))
    claims = coverage(included("K1", minutes=0, start=date(2025, 1, 1)), posts=(wrote,)).competences[1].claims
    assert [(each.title, each.first, each.last) for each in claims] == [
        ("Wrote a study.", date(2026, 1, 1), DAY),
        ("Engineer, Grid", date(2024, 3, 1), DAY),
        ("IET lecture", date(2025, 1, 1), date(2025, 1, 1)),
    ]
    assert coverage(posts=(achieved("Wrote a study (K1: E)"),)).competences[1].claims[0].level == "E"


def test_an_achievement_outside_the_period_or_to_come_is_none() -> None:
    posts = (achieved("Early (K1, 2024-03-02)"), achieved("Late (K1, 2026-11-24)"), achieved("Then (K1, 2025-06)"))
    found = coverage_of(FRAMEWORK, (), posts, None, DAY, Period(date(2025, 1, 1), date(2026, 1, 1)))
    assert [claim.title for claim in found.competences[1].claims] == ["Then"]


def test_codes_of_achievements_in_no_framework_are_named_and_words_in_brackets_are_not() -> None:
    posts = [achieved("Wrote a study (K1, Z9)"), achieved("Wrote another (C8)"), achieved("A third (Leeds)")]
    assert unplaced([FRAMEWORK], [], posts, None) == ("C8", "Z9")
