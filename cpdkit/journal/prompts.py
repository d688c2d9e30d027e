"""The prompts of reflections, by model, and the placeholders of templates.

The order and the meaning of the questions come from the authors of the models. Their wording is ours, except the
IET's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, which is the heading of its answer, and a help text for a comment below it."""

    question: str
    help: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model of reflection. `source` names its authors."""

    id: str
    title: str
    source: str
    prompts: tuple[Prompt, ...]


def _model(name: str, title: str, source: str, *prompts: tuple[str, str]) -> Model:
    return Model(name, title, source, tuple(Prompt(*each) for each in prompts))


_ALL = (
    _model(
        "iet",
        "IET: six prompts",
        "IET Career Manager",
        ("What did you learn?", "What do you know, or what can you do, that you could not before?"),
        ("What went well?", "What would you do the same way again, and why?"),
        ("What could have been done differently?", "By you, or by the people who ran it."),
        ("Did it meet your needs?", "What did you want from it, and did you get it?"),
        ("How has it impacted the way you work?", "One thing that you now do differently."),
        ("Any follow-up actions?", "What, and by when."),
    ),
    _model(
        "what-so-what-now-what",
        "What? So what? Now what?",
        "Borton; Driscoll; recommended by the IMechE",
        ("What?", "What did you learn, or what happened?"),
        ("So what?", "Why does it matter in your work?"),
        ("Now what?", "What will you do differently, and by when?"),
    ),
    _model(
        "gibbs",
        "Gibbs: the reflective cycle",
        "Gibbs, 1988",
        ("What happened?", "The facts, in a few lines."),
        ("What were you thinking and feeling?", "Then, and now."),
        ("What was good and bad about it?", "Name both, if there were both."),
        ("What sense can you make of it?", "Why did it happen in this way?"),
        ("What else could you have done?", "The choices that you had and did not take."),
        ("If it came up again, what would you do?", "Your plan for the next time."),
    ),
    _model(
        "kolb",
        "Kolb: the learning cycle",
        "Kolb, 1984",
        ("What did you do?", "The experience itself."),
        ("What did you notice?", "What surprised you, what you expected, and what you did not."),
        ("What general lesson do you draw?", "A rule that applies beyond this one case."),
        ("Where will you try it?", "The next piece of work where you can try it."),
    ),
    _model(
        "star",
        "STAR: situation, task, action, result",
        "common in interviews and applications for registration",
        ("What was the situation?", "Where, when, and for whom."),
        ("What was your task?", "What was needed, and what was your part?"),
        ("What did you do?", "What you did yourself, not the team."),
        ("What came of it?", "Give figures if you have them."),
    ),
    _model(
        "cibse",
        "CIBSE: three questions",
        "CIBSE asks three questions of each activity",
        ("What did you learn from it?", "What is new to you."),
        ("How does it help your work?", "The benefit to you and to the people you work for."),
        ("What will you do next?", "What you still need, and how you will get it."),
    ),
)
MODELS: Mapping[str, Model] = MappingProxyType({each.id: each for each in _ALL})
"""The models by ID, the IET's first."""

DESCRIPTION_HELP = "What it was, who gave it, and your part in it."
"""The help text in the place of the description."""

PLACEHOLDERS = frozenset(
    {"todo", "to do", "tbc", "tbd", "tba", "fixme", "xxx", "xx", "placeholder", "to be completed", "to be confirmed",
     "to be done", "to be written", "fill in", "fill this in", "write here", "write your answer here", "your answer",
     "your answer here", "your text here", "text here", "text goes here", "type here", "enter text here",
     "click or tap here to enter text", "describe the activity", "describe the activity here",
     "add your reflection here", "your reflection here", "write your reflection here", "description", "reflection"}
)  # fmt: skip
"""Common placeholders for an answer, in lower case and without punctuation around them."""


_MARKS = "".join(sorted(set(" *_`~#>-–—+.…:;!?()[]{}<\"'“”‘’")))


def normal(text: str) -> str:
    """Return a text in the form for comparisons: lower case, single spaces, no punctuation around it."""
    return " ".join(text.casefold().split()).strip(_MARKS)


@cache
def questions() -> frozenset[str]:
    """Return all known questions in normal form."""
    return frozenset(normal(prompt.question) for each in _ALL for prompt in each.prompts)


@cache
def template_texts() -> frozenset[str]:
    """Return all texts that a template may leave in a body, in normal form."""
    help_texts = {normal(prompt.help) for each in _ALL for prompt in each.prompts}
    return questions() | help_texts | PLACEHOLDERS | {normal(DESCRIPTION_HELP)}
