"""One body, from Pandoc to its place."""

from cpdkit.documents.bodies import parse
from cpdkit.documents.prepared import prepare
from cpdkit.documents.vetting import NotShown
from tests.documents.hostile import as_json, text_of

BODY = """What it was. See [the answer](#answered), [the rest](#unanswered) and [that](#private-part).

## (private) part

![secret](secret.png)

## Reflection

### Answered

Much. <!-- a note -->

- (private) secret
- public

### Unanswered

<!-- what did you learn? -->

### Also unanswered

## After it

More.
"""


def test_the_whole_way() -> None:
    asked: list[str] = []

    def images(address: str) -> NotShown:
        asked.append(address)
        return NotShown("is missing")

    made = prepare(parse({"a": BODY})["a"].blocks, prefix="a1-", images=images)
    assert text_of(made.description) == "What it was. See the answer, the rest and that. After it More."
    assert text_of(made.reflection) == "Answered Much. public"
    assert (made.unanswered, made.private, asked) == (2, 2, [])
    assert "secret" not in as_json([made.description, made.reflection])
    assert as_json(made.description).count('"Link"') == 1
    assert [problem.message for problem in made.problems] == [
        "the link to #unanswered leads nowhere",
        "the link to #private-part leads nowhere",
    ]
