import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cpdkit.documents.formats.html import write_html
from cpdkit.documents.literal import in_english, phrase_of
from cpdkit.documents.tree import document
from tests.documents.office_sample import photograph, sample
from tests.documents.sample_ast import CHARTS, LONG_WORD, PROPERTIES, parse
from tests.tools import needs

MEDIA = {"m0001.png": photograph(size=(600, 300))}
NASTY = '</style><script>"A\\\x00\x0b</title>&'


@pytest.fixture(scope="module")
def made() -> str:
    return write_html(sample(), MEDIA, PROPERTIES).decode()


def body(markdown: str) -> str:
    text = write_html(parse(markdown), {}, PROPERTIES).decode()
    return text.partition('<main id="content">')[2].partition("</main>")[0]


def test_one_file_that_fetches_nothing(made: str) -> None:
    assert "default-src 'none'" in made
    assert "<script" not in made and "@import" not in made and "url(" not in made
    assert set(re.findall(r'src="([a-z]+:)', made)) == {"data:"}
    assert 'width="600" height="300"' in made
    assert 'alt="A relay made from a nail and a coil"' in made


def test_the_parts_have_their_meaning(made: str) -> None:
    tree = etree.fromstring(re.sub("<!DOCTYPE html>|<(meta|link)[^>]*>", "", made))
    assert tree.get("lang") == "en-GB"
    counts = {name: len(list(tree.iter(name))) for name in ("main", "header", "h1", "article", "figure", "dl", "math")}
    assert counts["main"] == counts["header"] == counts["h1"] == 1
    assert counts["article"] == 3 and counts["figure"] == 2 and counts["dl"] == 4
    assert [each.get("aria-label", "")[:13] for each in tree.iter("figure")] == ["Hours by type", "Hours by mont"]
    assert all(each.get("scope") in {"col", "row"} for each in tree.iter("th"))
    assert [each.tag for each in tree.find(".//main") if each.tag == "section"] == ["section"] * 5


@pytest.mark.parametrize(
    ("alt", "named"),
    [
        ("Siart bar. Oriau: A 2, B 1", True),
        (in_english("Bar chart. Hours: A 2, B 1"), False),
        (phrase_of([in_english("Bar chart. "), "Oriau: A 2, B 1"]), False),
    ],
)
def test_words_of_two_languages_are_no_attribute_of_a_chart(alt: str, named: bool) -> None:
    """The caption and the table of the chart say the same, each word in its language."""
    block = {"t": "Chart", "c": replace(CHARTS["by_type"], alt=alt)}
    made = write_html(document([block]), {}, PROPERTIES).decode()
    assert (f'aria-label="{alt}"' in made, "aria-label" in made) == (named, named)


def test_charts_keep_their_words_and_numbers(made: str) -> None:
    assert '<th scope="row">Work experience</th>' in made
    assert '<span class="bar" style="--share:0.6207"></span>9' in made
    assert '<span aria-hidden="true">M</span><span class="heard">March 2026</span>' in made


def test_identifiers_are_unique() -> None:
    text = body("## A {#same}\n\n## B {#same}\n\n## C {#same-2}\n\nx[^1]\n\n[^1]: n\n")
    found = re.findall(r' id="([^"]*)"', text)
    assert len(found) == len(set(found))
    assert {"same", "fn1", "fnref1"} <= set(found)


def test_notes_lead_back(made: str) -> None:
    assert 'href="#fnref1"' in made and 'id="fnref1"' in made


def test_no_word_of_the_properties_is_markup() -> None:
    nasty = replace(PROPERTIES, title=NASTY, author=NASTY, header_left=NASTY, footer_left=NASTY, keywords=(NASTY,))
    text = write_html(parse("# A\n"), {}, nasty).decode()
    assert "<script" not in text and text.count("</style>") == 1 and text.count("</title>") == 1
    assert "\x00" not in text and "\x0b" not in text


def test_tables_of_bodies_can_scroll_and_boxes_keep_still() -> None:
    text = body("| a |\n|--|\n| b |\n\n- [x] done\n")
    box = '<div class="scroll" tabindex="0" role="group" aria-label="Table: '
    assert text.count(box) == text.count("</table></div>") == 1
    assert '<input type="checkbox" disabled=""' in text


def test_what_scrolls_has_a_name_and_takes_the_keyboard(made: str) -> None:
    text = body("| Event & day | kA |\n|--|--|\n| b | c |\n\n$$x < 2$$\n\nA $y$.\n")
    assert 'role="group" aria-label="Table: Event &amp; day, kA"><table>' in text
    assert text.count('<span class="formula" tabindex="0" role="group" aria-label="Formula"><math') == 1
    assert text.count("<math") == text.count("</math>") == 2


def test_the_contents_lead_to_every_section_and_activity(made: str) -> None:
    nav = re.search("<nav.*?</nav>", made, re.DOTALL)
    assert nav
    links = re.findall('<a href="#([^"]+)">([^<]+)</a>', nav[0])
    headings = re.findall(r'<h[23] [^>]*id="([^"]+)"', made)
    assert [identifier for identifier, _ in links] == headings
    assert len({identifier for identifier, _ in links}) == len(links) > 4
    assert nav[0].count("<ol>") == nav[0].count("</ol>") == 1 + len(re.findall("</a><ol>", nav[0]))


def test_a_short_page_has_no_contents() -> None:
    assert b"<nav" not in write_html(parse("## One\n\n## Two\n"), {}, PROPERTIES)


def test_the_contents_hold_words_only() -> None:
    tree = parse("## A \\<b> & $x^2$ [^1]\n\n## B\n\n## C\n\n## D\n\n[^1]: Note\n")
    text = write_html(tree, {}, PROPERTIES).decode()
    assert re.findall('<li><a href="#[^"]+">(.*?)</a></li>', text) == ["A &lt;b&gt; &amp; x2", "B", "C", "D"]


def test_same_tree_same_bytes(made: str) -> None:
    assert write_html(sample(), MEDIA, PROPERTIES).decode() == made


def test_a_browser_finds_it_accessible_and_no_page_scrolls_sideways(tmp_path: Path) -> None:
    """The page meets axe-core's rules, light and dark, wide and narrow; a word of 400 letters does not scroll it."""
    chromium = needs("chromium")
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    rules = next(Path(axe.__file__).parent.rglob("axe*.js")).read_text("utf-8")
    tree = sample()
    tree["blocks"] += parse(f"A {LONG_WORD}.\n\n| a | {LONG_WORD} |\n|--|--|\n| b | c |\n")["blocks"]
    (tmp_path / "a.html").write_bytes(write_html(tree, MEDIA, PROPERTIES))
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, scheme in ((1500, "light"), (1300, "light"), (1000, "light"), (360, "dark"), (320, "light")):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
            )
            assert faults(context.new_page(), tmp_path / "a.html", rules) == []
        page = browser.new_page(viewport={"width": 320, "height": 800})
        page.goto((tmp_path / "a.html").as_uri())
        low = page.evaluate("document.querySelector('.list td').clientHeight")
        page.evaluate("document.querySelector('.list td').dataset.label = 'A label of several lines on a phone'")
        assert page.evaluate("document.querySelector('.list td').clientHeight") > 1.5 * low
        browser.close()


OUTSIDE = """
[...document.querySelectorAll("main *:not(.heard, .heard *, thead, thead *)")].filter(each => {
  const box = each.getBoundingClientRect();
  const outside = box.width > 2 && (box.right > window.innerWidth + 1 || box.left < -1);
  return outside && !each.parentElement.closest(".scroll, .formula");
}).map(each => each.outerHTML.slice(0, 150))
"""
"""What a reader at this width cannot see without scrolling, other than in a box that scrolls by itself."""


COVERED = """
(nav => getComputedStyle(nav).position === "fixed" &&
  nav.getBoundingClientRect().right > document.querySelector("h1").getBoundingClientRect().left)(
  document.querySelector("nav"))
"""
PRINTED = """
[...document.querySelectorAll("nav, .skip, .to-contents")]
  .filter(each => each.getClientRects().length).map(each => each.className)
"""


def faults(page: Any, file: Path, rules: str) -> list[str]:
    page.goto(file.as_uri())
    page.evaluate(rules)
    found = [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in page.evaluate("axe.run()")["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found += ["the contents cover the text"] if page.evaluate(COVERED) else []
    found += [f"ends outside the window: {each}" for each in page.evaluate(OUTSIDE)]
    page.emulate_media(media="print")
    shown = page.evaluate(PRINTED)
    found += [f"is printed: {each}" for each in shown]
    return found + ([f"scrolls {wide} px sideways"] if wide > 0 else [])
