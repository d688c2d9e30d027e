"""The template environment: a sandbox in which every plain value becomes literal Markdown text.

`finalize` escapes what is not of the type `Markdown`. Jinja's own autoescape is on only so that the results of macros
and `{% set %}` blocks can be distinguished from plain text: they carry `__html__`, as `Markdown` does, and stay as they
are.
"""

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.filters import do_join, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing, pass_eval_context

from cpdkit.documents.literal import Markdown, escape, phrase_of
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Report


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template: its name, the line (0 if unknown) and the reason."""

    template: str
    line: int
    reason: str


class BrokenTemplate(Exception):
    """A template that cannot be rendered."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


def render(sources: Mapping[str, str], name: str, report: Report, labels: Labels) -> str:
    """Return the skeleton's Markdown. Raises BrokenTemplate with the line of the fault."""
    try:
        return environment(sources).get_template(name).render(report=report, t=_label_lookup(labels))
    except TemplateSyntaxError as error:
        raise BrokenTemplate(Fault(error.name or name, error.lineno, error.message or "")) from error
    except TemplateNotFound as error:
        raise BrokenTemplate(_fault_at(error, sources, name, f"unknown template {error.name}")) from error
    except MemoryError as error:
        raise BrokenTemplate(Fault(name, 0, "it needs more memory than a template may have")) from error
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise BrokenTemplate(_fault_at(error, sources, name, str(error) or type(error).__name__)) from error


def environment(sources: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """Return the sandbox with templates that were already read: nothing in it opens a file."""
    made = ImmutableSandboxedEnvironment(
        # A name as the file name puts the template's own lines into Jinja's tracebacks.
        loader=FunctionLoader(lambda name: (sources[name], name, None) if name in sources else None),
        autoescape=True,
        finalize=_literal,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
    )
    made.filters |= {
        "attribute": _attribute,
        "e": escape,
        "escape": escape,
        "forceescape": escape,
        "join": _joined,
        "markdown": Markdown,
        "safe": Markdown,
    }
    return made


class _Unknown(StrictUndefined):
    """An unknown name; the message suggests the nearest known one."""

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if self._undefined_hint or self._undefined_obj is missing:
            return self._undefined_hint or f"unknown name {name}"
        there = [each for each in dir(self._undefined_obj) if not each.startswith("_")]
        near = get_close_matches(name, there, n=1)
        return f"unknown name {name}" + (f"; did you mean {near[0]}?" if near else "")


def _literal(value: object) -> object:
    return value if hasattr(value, "__html__") else escape(value)


@pass_eval_context
def _joined(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Join as Jinja does, but keep the language of each part."""
    items = [*map(make_attrgetter(context.environment, attribute), value)] if attribute is not None else [*value]
    if any(hasattr(item, "__html__") for item in items):
        joined: str = do_join(context, items, d)
        return joined
    return phrase_of((item if isinstance(item, str) else str(item) for item in items), d)


def _attribute(value: object) -> Markdown:
    """Return text for the quotes of an attribute, where Markdown reads entities but no backslashes."""
    return Markdown(html.escape(" ".join(str(value).split()), quote=True))


def _label_lookup(labels: Labels) -> Callable[..., str]:
    """`t("facts.member")`; `t("counts.activities", n=3)` chooses between one and several."""

    def label(key: str, **facts: Any) -> str:
        try:
            return labels.count(key, **facts) if "n" in facts and labels.counted(key) else labels(key, **facts)
        except (LookupError, AttributeError, TypeError):
            raise TemplateRuntimeError(f"unknown label {key}") from None

    return label


def _fault_at(error: BaseException, sources: Mapping[str, str], name: str, reason: str) -> Fault:
    """Return the innermost line of a template in the traceback: Jinja gives its frames the template's name and line."""
    template, line, step = name, 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename in sources:
            template, line = step.tb_frame.f_code.co_filename, step.tb_lineno
        step = step.tb_next
    return Fault(template, line, reason)
