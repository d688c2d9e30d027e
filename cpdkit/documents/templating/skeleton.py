"""Render a report's view to the skeleton into which its bodies go.

Shipped templates are rendered here; if one is the journal's own, in a child process with limited time and memory.
"""

import json
import pickle
from collections.abc import Iterator, Mapping, Sequence

from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.templating.render import BrokenTemplate, Fault, render
from cpdkit.documents.templating.templates import SUFFIX, Templates
from cpdkit.documents.tree import Block, classes_of, clean_text
from cpdkit.documents.view import Chart, Report
from cpdkit.errors import CpdError, ToolError, ToolTimeout
from cpdkit.text.process import in_child

SECONDS = 20.0
LANGUAGE_NOTICE = "language"
"""The class of the notice that part of a report is in English."""
MEMORY = 768 * 1024 * 1024
MOST_MARKDOWN = 64 * 1024 * 1024

CHILD = "cpdkit.documents.templating.render_child"


class TemplateProblem(CpdError):
    """A template of the journal cannot be rendered: its file, line and reason."""

    def __init__(self, fault: Fault, source: str) -> None:
        place = f"templates/{fault.template}" + (f":{fault.line}" if fault.line else "")
        super().__init__(f"{place}: cannot render the template: {fault.reason}")
        line = source.splitlines()[fault.line - 1].strip() if 0 < fault.line <= len(source.splitlines()) else ""
        self.hint = (f"line {fault.line}: {line}\n" if line else "") + (
            "fix the template, or ignore the journal's templates with --builtin-templates"
        )
        self.fault = fault


def skeleton_text(templates: Templates, report: Report, labels: Labels) -> str:
    """Return the skeleton's Markdown. Raises TemplateProblem."""
    name = report.kind + SUFFIX
    try:
        rendered = _in_child if templates.own else render
        return rendered(templates.sources, name, report, labels)
    except BrokenTemplate as broken:
        raise TemplateProblem(broken.fault, templates.sources.get(broken.fault.template, "")) from None


def _in_child(sources: Mapping[str, str], name: str, report: Report, labels: Labels) -> str:
    job = pickle.dumps((sources, name, report, labels))
    try:
        stdout = in_child(CHILD, job, timeout=SECONDS, memory=MEMORY, max_output=MOST_MARKDOWN)
    except ToolTimeout:
        raise BrokenTemplate(Fault(name, 0, f"it took longer than {SECONDS:g} s")) from None
    except ToolError:
        raise BrokenTemplate(Fault(name, 0, "it needs more memory or makes more text than a template may")) from None
    answer = json.loads(stdout)
    if "fault" in answer:
        raise BrokenTemplate(Fault(*answer["fault"]))
    # Pandoc accepts only text that can be written as UTF-8.
    return clean_text(answer["text"])


def with_charts(skeleton: Sequence[Block], charts: Mapping[str, Chart], template: str) -> list[Block]:
    """Return the skeleton with the chart itself, a block of the type `Chart`, where a Div names one by its key.

    Raises TemplateProblem for a key that no chart has, and for a chart inside a list or a quotation.
    """
    return [placed for block in skeleton for placed in _with_charts(block, charts, template)]


def _with_charts(block: Block, charts: Mapping[str, Chart], template: str) -> list[Block]:
    if block["t"] in _LISTS and any(_chart_keys(block["c"])):
        raise TemplateProblem(Fault(template, 0, "a chart cannot be inside a list or a quotation"), "")
    if block["t"] != "Div":
        return [block]
    key = _chart_key(block)
    if not key:
        return [{"t": "Div", "c": [block["c"][0], with_charts(block["c"][1], charts, template)]}]
    if key not in charts:
        reason = f'unknown chart "{key}"; available charts: {", ".join(charts)}'
        raise TemplateProblem(Fault(template, 0, reason), "")
    return [{"t": "Chart", "c": charts[key]}]


def with_language_notice(skeleton: list[Block]) -> list[Block]:
    """Return the skeleton without its notice that part of it is in English, if no part is."""
    return skeleton if _is_partly_english(skeleton) else _without_notice(skeleton)


def _is_partly_english(part: object) -> bool:
    if isinstance(part, list):
        return any(_is_partly_english(inner) for inner in part)
    if isinstance(part, Chart):
        return any(getattr(text, "english", ()) for bar in part.bars for text in (part.caption, bar.label, bar.hours))
    if not isinstance(part, dict):
        return False
    if part["t"] == "Div" and LANGUAGE_NOTICE in classes_of(part):
        return False
    return (part["t"] == "Span" and "lang" in dict(part["c"][0][2])) or _is_partly_english(part.get("c"))


def _without_notice(blocks: Sequence[Block]) -> list[Block]:
    return [
        {"t": "Div", "c": [block["c"][0], _without_notice(block["c"][1])]} if block["t"] == "Div" else block
        for block in blocks
        if not (block["t"] == "Div" and LANGUAGE_NOTICE in classes_of(block))
    ]


_LISTS = ("BlockQuote", "BulletList", "OrderedList", "DefinitionList")


def _chart_key(div: Block) -> str:
    """Return the key of the chart that a Div marks; empty if it marks none."""
    return str(dict(div["c"][0][2]).get("key", "")) if "chart" in classes_of(div) else ""


def _chart_keys(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for inner in part:
            yield from _chart_keys(inner)
    elif isinstance(part, dict):
        if part["t"] == "Div" and (key := _chart_key(part)):
            yield key
        yield from _chart_keys(part.get("c"))
