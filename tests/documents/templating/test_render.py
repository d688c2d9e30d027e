"""The template environment: every plain value is literal, and nothing else can be reached."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents import pandoc
from cpdkit.documents.literal import Markdown, plain
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.templating.render import BrokenTemplate, Fault, environment, render
from cpdkit.documents.tree import words_of
from cpdkit.documents.view import Report

STARS = "*a* | [b](c)"
LITERAL = r"\*a\* \| \[b\]\(c\)"


def rendered(text: str, **given: object) -> str:
    return environment({"t": text}).get_template("t").render(**given)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("{{ x }}", LITERAL),
        ("{{ x | upper }}", LITERAL.upper()),
        ("{{ 'a' ~ x }}", "a" + LITERAL),
        ("{{ [x, x] | join(' · ') }}", f"{LITERAL} · {LITERAL}"),
        ("{% set y = x %}{{ y }}", LITERAL),
        ("{% set y %}{{ x }}{% endset %}{{ y }}", LITERAL),
        ("{% macro m(v) %}**{{ v }}**{% endmacro %}{{ m(x) }}", f"**{LITERAL}**"),
        ("{% filter upper %}{{ x }}{% endfilter %}", LITERAL.upper()),
        ("{{ x | e }}", LITERAL),
        ("{{ x | e | e }}", LITERAL),
        ("{{ x | forceescape }}", LITERAL),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", LITERAL),
        ("{{ x | markdown }}", STARS),
        ("{{ x | safe }}", STARS),
        ("{{ done }}", STARS),
        ("{{ half }} {{ half > 1 }}", r"1\.5 True"),
        ("{{ none }}", "None"),
        ("{{ x | replace('*', '_') }}", r"\_a\_ \| \[b\]\(c\)"),
        ("{{ x | attribute }}", STARS),
        ("{{ '\"quoted\" & <b>' | attribute }}", "&quot;quoted&quot; &amp; &lt;b&gt;"),
    ],
)
def test_what_is_not_markdown_becomes_literal(text: str, markdown: str) -> None:
    assert rendered(text, x=STARS, half=1.5, done=Markdown(STARS)) == markdown


@given(st.text())
def test_any_attribute_stays_in_its_quotes(value: str) -> None:
    made = rendered("{{ x | attribute }}", x=value)
    assert not set(made) & set('"<>\n')


def test_a_page_of_values_reads_as_typed() -> None:
    """Pandoc shows each value exactly as a template prints it."""
    values = [
        STARS,
        "::: div",
        "# no heading",
        "- no item",
        "{#id .class}",
        "$x$",
        "`code`",
        "<b>",
        "&amp;",
        "\\",
        "1. a",
    ]
    text = "".join(f"{{{{ x[{n}] }}}}\n\n" for n in range(len(values)))
    blocks = pandoc.read_skeleton(rendered(text, x=values))["blocks"]
    assert [block["t"] for block in blocks] == ["Para"] * len(values)
    assert [words_of(block) for block in blocks] == [plain(value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "{{ x.__class__ }}",
        "{{ x.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ (x | attr('__class__')).__mro__ }}",
        "{{ report.entries.__class__ }}",
        "{{ t.__globals__ }}",
        "{{ t.__closure__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ report.of_type.__func__ }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{% set _ = y.append(1) %}",
        "{% set _ = z.update({'a': 1}) %}",
    ],
)
def test_the_sandbox_lets_nothing_out(text: str, composed: Callable[..., Report], english: Labels) -> None:
    made = {"t": "{% set x = 'a' %}{% set y = [] %}{% set z = {} %}" + text}
    with pytest.raises(BrokenTemplate):
        render(made, "t", composed(), english)


def test_no_file_can_be_included(composed: Callable[..., Report], english: Labels) -> None:
    for name in ("/etc/passwd", "../cpd.yaml", "cpd.yaml", "look/report.typ"):
        with pytest.raises(BrokenTemplate) as caught:
            render({"t": f"{{% include '{name}' %}}"}, "t", composed(), english)
        assert caught.value.fault == Fault("t", 1, f"unknown template {name}")


def test_t_returns_labels(composed: Callable[..., Report], english: Labels) -> None:
    text = "{{ t('facts.member') }}, {{ t('counts.activities', n=1) }}, {{ t('counts.activities', n=2) }}"
    assert render({"t": text}, "t", composed(), english) == r"Member, 1 activity, 2 activities"


@pytest.mark.parametrize(
    "text", ["{{ t('facts') }}{{ t('facts.none') }}", "{{ t('facts.member.more') }}", "{{ t(1) }}"]
)
def test_an_unknown_label_is_a_fault_with_its_line(text: str, composed: Callable[..., Report], english: Labels) -> None:
    with pytest.raises(BrokenTemplate) as caught:
        render({"t": f"\n{text}"}, "t", composed(), english)
    assert (caught.value.fault.template, caught.value.fault.line) == ("t", 2)
