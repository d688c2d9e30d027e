import pytest

from cpdkit.exchange.imports.table import NoTable
from tests.exchange.imports.adopted import KINDS, activities_in, sample, table_in


def test_a_journal_with_a_date_tree() -> None:
    made = sample("journal.org")
    assert [(each.title, each.start.isoformat(), each.minutes) for each in made] == [
        ("Relay course", "2026-01-12", 110),
        ("Read the wiring rules", "2026-01-13", 0),
        ("Lunchtime talk", "2026-02-12", 45),
        ("Book the storage course", "2026-09-01", 0),
    ]
    relays, rules, *_ = made
    assert relays.topics == ("cpd", "protection")
    assert "[the notes](<https://example.org/relay>)" in relays.body
    assert "%% do not print this %%" in relays.body
    assert "\n## What I learnt\n" in relays.body
    assert rules.provider == "IET"
    assert "```python\n* not a heading\n" in rules.body
    assert "Effort: 3:00" in rules.body
    remarks = "\n".join(table_in("journal.org", (KINDS / "journal.org").read_bytes()).remarks)
    assert "1 heading with CANCELLED omitted" in remarks
    assert "line 32" in remarks


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("* <2026-01-12 Mon> a\nb\n", "2026-01-12 a 0"),
        ("* a [2026-01-12 Mon]\n", "2026-01-12 a 0"),
        ("* [2026-01-12 Mon 18:00-19:30] a\n", "2026-01-12 a 90"),
        ("* a <2026-01-12 Mon 18:00>\n", "2026-01-12 a 0"),
        ("* DONE a\nCLOSED: [2026-01-12 Mon 10:00] SCHEDULED: <2026-01-10 Sat>\n", "2026-01-12 a 0"),
        ("* a\n:PROPERTIES:\n:CREATED: [2026-01-12 Mon]\n:END:\n", "2026-01-12 a 0"),
        ("* a\n<2026-01-12 Mon>\nb\n", "2026-01-12 a 0"),
        ("* a\n:LOGBOOK:\nCLOCK: [2026-01-12 Mon 10:00]--[2026-01-12 Mon 10:50] =>  0:50\n:END:\n", "2026-01-12 a 50"),
        ("* 2026-01-12 a\n** b\nCLOCK: [2026-01-12 Mon 10:00]--[2026-01-12 Mon 10:50] =>  0:50\n"
         "** c\nCLOCK: [2026-01-12 Mon 11:00]--[2026-01-12 Mon 11:10] =>  0:10\n", "2026-01-12 a 60"),
        ("* 2026-01-12 a\nCLOCK: [2026-01-12 Mon 10:00]\n", "2026-01-12 a 0"),
        ("* 2026-01-12 a\n:PROPERTIES:\n:Effort: 2:00\n:END:\n", "2026-01-12 a 0"),
        ("* TODO [#A] a :x:\nDEADLINE: <2026-01-12 Mon>\n", "2026-01-12 a 0"),
        ("* 2026-01-12\n** [[https://example.org][a]]\n", "2026-01-12 a 0"),
    ],
)  # fmt: skip
def test_the_day_and_the_time_of_a_heading(text: str, made: str) -> None:
    (each,) = activities_in("a.org", text)
    assert f"{each.start} {each.title} {each.minutes}" == made


@pytest.mark.parametrize("text", ["", "text\n", "* heading\n", "*bold* 2026-01-12\n", b"\xff", b"\0", "\n" * 100_001])
def test_a_file_without_dates_is_refused_by_its_name(text: str | bytes) -> None:
    with pytest.raises(NoTable, match=r"^a\.org: "):
        table_in("a.org", text)
