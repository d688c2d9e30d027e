import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.edit import Change, Operator, Refused, parse_change, with_changes
from cpdkit.journal.reader import RECORD_KINDS, read_record
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.text.source import decode

FORM = RECORD_KINDS["activities"]
TEXT = (
    "---\ntitle: Relay course  # mine\ntype: training\ndate: 2026-03-14\nhours: 2\ntopics:\n  - ethics\n---\n\nBody.\n"
)


def done(*changes: str, text: str = TEXT) -> str:
    return with_changes("a.md", text.encode(), FORM, [parse_change(each, ACTIVITY) for each in changes]).decode()


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("hours=1h30", "hours: 2", "hours: 1h30"),
        ("title=A: b", "Relay course", '"A: b"'),
        ("start=2026-03-15", "date: 2026-03-14", "date: 2026-03-15"),
        ("type=event", "training", "event"),
        ("topics+=safety", "  - ethics\n", "  - ethics\n  - safety\n"),
        ("topics+=ethics", "", ""),
        ("topics-=ethics", "topics:\n  - ethics\n", ""),
        ("topics-=nothing", "", ""),
        ("topics=a, b", "topics:\n  - ethics\n", "topics: [a, b]\n"),
        ("topics=[a, b]", "topics:\n  - ethics\n", "topics: [a, b]\n"),
        ("topics=", "topics:\n  - ethics\n", ""),
        ("location=Leeds", "hours: 2\n", "hours: 2\nlocation: Leeds\n"),
        ("location=", "", ""),
        ("competences=A1,B2", "hours: 2\n", "hours: 2\ncompetences: [A1, B2]\n"),
        ("signed-off={by: J. Evans}", "  - ethics\n", "  - ethics\nsigned-off: {by: J. Evans}\n"),
        ("x-cost=120 GBP", "  - ethics\n", "  - ethics\nx-cost: 120 GBP\n"),
        ("benefit=One.\nTwo.", "  - ethics\n", "  - ethics\nbenefit: |-\n  One.\n  Two.\n"),
        ("highlight=true", "  - ethics\n", "  - ethics\nhighlight: true\n"),
    ],
)
def test_a_field_is_changed_and_nothing_else(change: str, old: str, new: str) -> None:
    assert done(change) == TEXT.replace(old, new, 1)


def test_several_changes_follow_each_other() -> None:
    assert done("status=planned", "hours=", "location=Leeds") == TEXT.replace(
        "hours: 2\n", "status: planned\nlocation: Leeds\n"
    )


@pytest.mark.parametrize(
    ("change", "message", "hint"),
    [
        ("start=2026-02-30", "2026-02-30 is not a date", "February 2026 has 28 days"),
        ("type=seminar", '"seminar" is not a type of activity', 'did you mean "event"?'),
        ("title=", "title is missing", ""),
        ("end=2026-03-01", "2026-03-01, is before the start", ""),
        ("sessions=[", "", ""),
    ],
)
def test_what_would_not_be_read_is_refused(change: str, message: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        done(change)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_what_cannot_be_read_now_is_refused() -> None:
    with pytest.raises(Refused):
        done("hours=1", text="---\ntitle: a: b\n---\n")


@pytest.mark.parametrize("change", ["hours", "hurs=1", "title+=x", "hours-=1", "x-own+=1", "=1"])
def test_what_changes_no_field_is_a_usage_error(change: str) -> None:
    with pytest.raises(UsageError):
        parse_change(change, ACTIVITY)


def test_an_alias_means_the_field() -> None:
    assert parse_change("date = 2026-03-15", ACTIVITY) == Change("start", Operator.PUT, "2026-03-15")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), max_size=60))
def test_any_title_arrives(title: str) -> None:
    if not title.strip() or any("\u202a" <= letter <= "\u2069" for letter in title):
        return
    data = with_changes("a.md", TEXT.encode(), FORM, [Change("title", Operator.PUT, title.strip())])
    record, _ = read_record(decode("a.md", data), FORM)
    assert isinstance(record, Activity)
    assert record.title == title.strip()
    assert data.endswith(TEXT.partition("type:")[2].encode())


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_there_and_back_gives_the_same_bytes(newline: str) -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", newline).encode()
    there = with_changes(
        "a.md", data, FORM, [Change("hours", Operator.PUT, "7"), Change("topics", Operator.ADD, "safety")]
    )
    assert there != data
    assert (
        with_changes(
            "a.md", there, FORM, [Change("hours", Operator.PUT, "2"), Change("topics", Operator.TAKE, "safety")]
        )
        == data
    )


FRONT = TEXT.partition("Body.")[0]
REFLECTED = "## Reflection\n\nMuch.\n"


@pytest.mark.parametrize(
    ("body", "change", "after"),
    [
        ("Body.\n", "description=New.", "New.\n"),
        ("Body.\n", "description+=New.", "Body.\n\nNew.\n"),
        (f"Body.\n\nTwo.\n\n{REFLECTED}", "description=New.\n\nLast.", f"New.\n\nLast.\n\n{REFLECTED}"),
        (f"Body.\n\n{REFLECTED}", "description+=New.", f"Body.\n\nNew.\n\n{REFLECTED}"),
        (REFLECTED, "description=New.", f"New.\n\n{REFLECTED}"),
        (f"Body.\n\n{REFLECTED}", "description=", REFLECTED),
        ("", "description=New.", "New.\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_description_changes_and_nothing_below_it(body: str, change: str, after: str, newline: str) -> None:
    text = (FRONT + body).replace("\n", newline)
    assert done(change, text=text) == (FRONT + after).replace("\n", newline)


@pytest.mark.parametrize("words", ["# A heading", "```\nopen", "A\n===", "~~~"])
def test_a_description_that_would_change_the_text_below_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="not changed"):
        done(f"description={words}", text=FRONT + f"Body.\n\n{REFLECTED}")


@given(st.text(), st.sampled_from(["=", "+="]))
def test_any_description_keeps_the_rest_or_is_refused(words: str, sign: str) -> None:
    text = FRONT + f"Body.\n\n{REFLECTED}"
    try:
        after = done(f"description{sign}{words}", text=text)
    except (UsageError, Refused):
        return
    assert after.startswith(FRONT.rstrip("\n") + "\n")
    assert after.endswith(REFLECTED)


def test_placeholders_end_with_their_values() -> None:
    text = TEXT.replace("hours: 2\n", "hours: 0\nstatus: draft\nx-unsure: type, hours\n")
    assert "x-unsure: hours\n" in done("type=event", text=text)
    assert "x-unsure" not in done("type=event", "hours=2", text=text)
    assert "x-unsure: type, hours\n" in done("location=Leeds", text=text)
