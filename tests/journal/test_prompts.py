import pytest

from cpdkit.journal.prompts import MODELS, Model, normal, questions, template_texts


def test_the_iet_comes_first() -> None:
    assert list(MODELS) == ["iet", "what-so-what-now-what", "gibbs", "kolb", "star", "cibse"]
    assert len(MODELS["iet"].prompts) == 6


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: str(model.id))
def test_each_model_can_be_written_as_a_template(model: Model) -> None:
    for prompt in model.prompts:
        assert prompt.question.endswith("?") and "\n" not in prompt.question + prompt.help
        assert "--" not in prompt.help, "it goes into a comment"
        assert normal(prompt.question) in questions()
        assert {normal(prompt.question), normal(prompt.help)} <= template_texts()
    assert len({prompt.question for prompt in model.prompts}) == len(model.prompts)


@pytest.mark.parametrize(
    ("text", "same"),
    [("**TODO**", "todo"), ("[Your  answer\nhere …]", "your answer here"), ("—", ""), ("(A) b", "a) b")],
)
def test_normal(text: str, same: str) -> None:
    assert normal(text) == same
