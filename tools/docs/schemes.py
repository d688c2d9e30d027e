"""Make the pages of schemes: a guide with the keys of a scheme file, and a page for each shipped scheme."""

from collections.abc import Iterator

from cpdkit.dates.day_words import day_text
from cpdkit.journal.declarations import Fields
from cpdkit.schemes.data_files import FRAMEWORKS, shipped_ids
from cpdkit.schemes.frameworks import shipped_frameworks
from cpdkit.schemes.rules import (
    CAP,
    CARRY_OVER,
    FILTER,
    PERIOD,
    REQUIREMENT,
    ROUNDING,
    SOURCE,
    STATUS,
    WORTH,
    Rules,
    Scheme,
)
from cpdkit.schemes.scheme_file import SCHEME_FILE, shipped_scheme, shipped_schemes
from cpdkit.schemes.summary import described, scope_words, searched_lines, source_words, unsure_lines

LANGUAGE, SHIPPED = "## The language\n\n", "## The shipped schemes\n\n"
FOLDER = "reference/schemes"
_TABLES = (SCHEME_FILE, SOURCE, PERIOD, REQUIREMENT, FILTER, WORTH, CAP, ROUNDING, CARRY_OVER, STATUS)
_REPORT = """\
Rules change. If the body's own page states something else, report it with the name of the scheme, the rule and the
page. Until it is corrected, [change your own copy](../../how-to/write-a-scheme.md).
"""
_FRAMEWORKS = """\
## The shipped frameworks

The titles of the competences are our own words, because the statements belong to the bodies. Name the framework that
you use under `frameworks` in `cpd.yaml`. For any other, such as SFIA, whose licence we do not have,
[write your own](journal-format.md#frameworks).

| framework | | entries | uncertain |
| --- | --- | --- | --- |
"""


def page(text: str) -> str:
    """Return the guide: keep what is written by hand and generate everything below."""
    language = "\n".join(map(table_of_keys, _TABLES))
    shipped = "".join(map(_row, shipped_schemes()))
    head = "| scheme | body | country | professions | last checked |\n| --- | --- | --- | --- | --- |\n"
    return f"{text.partition(LANGUAGE)[0]}{LANGUAGE}{language}\n{SHIPPED}{head}{shipped}\n{_frameworks()}"


def table_of_keys(table: Fields) -> str:
    """Return a table of the keys of a YAML file."""
    rows = [
        f"| `{each.name}` | {each.kind.accepts}{' (required)' if each.required else ''} | {each.note} | "
        f"{f'`{each.example}`' if each.example else ''} |"
        for each in table.fields
    ]
    return "\n".join([f"**{table.name}**\n\n| key | value | | example |\n| --- | --- | --- | --- |", *rows]) + "\n"


def scheme_page(name: str) -> str:
    """Return the page of a shipped scheme, with the source of each rule and what is uncertain."""
    scheme = _scheme(name)
    about = ", ".join(filter(None, (scheme.title, scheme.country, *scheme.professions)))
    checked = f" Last checked on {day_text(scheme.checked)}." if scheme.checked else ""
    parts = [
        f"# {scheme.body} (`{name}`)\n\n{about}.{checked}\n\nTo follow it, write `schemes: [{name}]` in `cpd.yaml`.\n"
    ]
    if scheme.note:
        parts.append(f"{_plain(scheme.note)}\n")
    for number, rules in enumerate(scheme.rules):
        heading = f"Rules for periods that began before {day_text(rules.stop)}" if number and rules.stop else "Rules"
        parts.append(f"## {heading}\n\n{_rules(scheme, rules)}")
    rows = "".join(f"| {title} | {text} |\n" for title, text in searched_lines(scheme))
    parts.append(f"## Records, audits, deadlines and leave\n\n| | |\n| --- | --- |\n{rows}")
    if unsure := "".join(f"* {line}\n" for line in unsure_lines(scheme)):
        parts.append(f"## Uncertain\n\n{unsure}")
    parts.append(f"## Sources\n\n{''.join(_sources(scheme))}")
    parts.append(f"{_REPORT}\n[All schemes](../schemes.md#the-shipped-schemes)\n")
    return "\n".join(parts)


def _row(name: str) -> str:
    scheme = _scheme(name)
    checked = day_text(scheme.checked) if scheme.checked else ""
    professions = ", ".join(scheme.professions)
    return f"| [`{name}`](schemes/{name}.md) | {scheme.body} | {scheme.country} | {professions} | {checked} |\n"


def _rules(scheme: Scheme, rules: Rules) -> str:
    """Return the rules as a table, and how activities belong to its categories."""
    numbers = {key: number for number, key in enumerate(scheme.sources, 1)}
    lines = "".join(f"| {each.title} | {each.text} | {numbers.get(each.source, 1)} |\n" for each in described(rules))
    table = f"| rule | | source |\n| --- | --- | --- |\n{lines}"
    if not rules.categories:
        return table
    categories = "".join(f"| {name} | {scope_words(each)} |\n" for name, each in rules.categories.items())
    return f"{table}\n| category | activities with |\n| --- | --- |\n{categories}"


def _sources(scheme: Scheme) -> Iterator[str]:
    for number, source in enumerate(scheme.sources.values(), 1):
        words = source_words(source)
        yield f"{number}. {_linked(words, source.url)}\n"


def _linked(words: str, url: str) -> str:
    """Return a link, with the brackets of its address escaped."""
    return f"[{words}]({url.replace('(', '%28').replace(')', '%29')})" if url else words


def _frameworks() -> str:
    """Return the table of the shipped frameworks, with what is uncertain about each."""
    rows = "".join(
        f"| `{name}` | {each.title} | {len(each.competences)} | {_plain(each.unsure)} |\n"
        for name in shipped_ids(FRAMEWORKS)
        if (each := shipped_frameworks().get(name))
    )
    return f"{_FRAMEWORKS}{rows}"


def _scheme(name: str) -> Scheme:
    scheme = shipped_scheme(name)
    assert scheme
    return scheme


def _plain(text: str) -> str:
    return " ".join(text.split())
