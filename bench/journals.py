"""Make invented journals of any size, the same on every machine. Only the size and shape of their text matter."""

import random
from datetime import date, timedelta
from pathlib import Path

TYPES = ("training", "work-experience", "academic-study", "volunteering", "event", "self-study")
TOPICS = ("sustainability", "ethics", "safety", "digital", "inclusion")
PROVIDERS = ("IET Yorkshire local network", "Gridwise Academy", "University of Leeds", "National Grid", "Polskie Sieci")
PLACES = ("Leeds", "online", "Manchester", "Caerdydd", "Łódź", "東京")
CODES = ("A1", "A2", "B1", "B2", "B3", "C1", "C2", "D1", "D2", "E1", "E3", "E5")
TEXT = """
    the relay grid storage fault setting study model team client measured showed because of a battery converter
    earthing test on site report load flow transformer ageing oil sample I we learnt that margins are smaller than
    assumed cable rating winter peak, and so requested the original test sheets; it was worth while commissioning
    risk assessment with apprentices who explained their reasoning better than last year (which helped) protection
    current 415 V 33 kV sensor drift calibration budget £1,200 interface drawings review comments before Friday
"""
WORDS = tuple(TEXT.split())
PROMPTS = (
    "What did you learn?",
    "What went well?",
    "What could have been done differently?",
    "How will you use it?",
    "Any follow-up actions?",
)
TABLE = """
| Quantity | Measured | Expected |
|---|---:|---:|
| Fault current | 1.5 p.u. | 1.2 p.u. |
| Clearing time | 82 ms | 80 ms |
| Oil temperature | 61 °C | 58 °C |
"""
MATHS = """
The loss follows $P = 3 I^2 R$, which at $5 a kilogram of copper decides the section.[^1]

[^1]: After IEC 60287.
"""
LIST = """
- the *negative-sequence* element, which nobody had set;
- `settings-v3.csv`, kept with the drawings;
- a second look at **all** earths, see <https://relay.example/earths>.
"""
MEMBER = """name: Bench Engineer
post-nominals: MEng MIET
memberships: [{body: IET, grade: Member, number: "1100 000000", since: 2018}]
"""
LAST_DAY = date(2026, 12, 20)


def make_journal(root: Path, count: int, per_year: int) -> Path:
    """Return a journal of `count` activities, `per_year` in each year up to 2026. It is made once and then reused."""
    if not (root / "cpd.yaml").exists():
        chance = random.Random(count)
        for number in range(count):
            write_activity(root, number, per_year, chance)
        # Written last, so that an incomplete journal is made again.
        (root / "cpd.yaml").write_text(MEMBER, encoding="utf-8")
    return root


def write_activity(root: Path, number: int, per_year: int, chance: random.Random) -> None:
    year, place = divmod(number, per_year)
    start = LAST_DAY.replace(year=LAST_DAY.year - year) - timedelta(days=place * 350 // per_year)
    folder = root / "activities" / str(start.year)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{start}-activity-{number:05}.md"
    path.write_text(front_matter(number, start, chance) + body(chance), encoding="utf-8")


def front_matter(number: int, start: date, chance: random.Random) -> str:
    return "\n".join(
        (
            "---",
            f'title: "Activity {number}: {sentence(chance, 5)}"',
            f"type: {TYPES[number % len(TYPES)]}",
            f"start: {start}",
            f"hours: {chance.choice((1, 1.5, 2, 3.5, 7))}",
            f"provider: {chance.choice(PROVIDERS)}",
            f"location: {chance.choice(PLACES)}",
            f"competences: [{', '.join(chance.sample(CODES, 2))}]",
            f"topics: [{chance.choice(TOPICS)}]",
            f"structured: {chance.choice(('true', 'false'))}",
            f'evidence: ["https://evidence.example/{number}"]',
            "---",
            "",
            "",
        )
    )


def body(chance: random.Random) -> str:
    """Return a description with an occasional table, list, footnote and formula, and a reflection under prompts."""
    parts = [paragraph(chance), paragraph(chance)]
    parts += [extra for extra in (TABLE, LIST, MATHS) if chance.random() < 1 / 3]
    parts.append("## Reflection")
    for prompt in chance.sample(PROMPTS, 3):
        parts += [f"### {prompt}", paragraph(chance)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def paragraph(chance: random.Random) -> str:
    return " ".join(sentence(chance, chance.randint(8, 20)) + "." for _ in range(chance.randint(2, 5)))


def sentence(chance: random.Random, words: int) -> str:
    expected = " ".join(chance.choices(WORDS, k=words)).rstrip(",;(")
    return expected[:1].upper() + expected[1:]
