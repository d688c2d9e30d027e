"""A body as it was typed, without what is private."""

from cpdkit.documents.bodies.splice import split, without_private
from cpdkit.documents.bodies.verbatim import verbatim

BODY = """first *words*

## A heading

```
# no heading
```

Setext
======

- public
- (private) secret
  secret too

  secret three
- [ ] (Private) secret
- public too
text <!-- secret
secret --> end

## (private) section

secret

### below it

secret

## Reflection

thought
"""


def test_headings_are_headings_and_the_rest_is_code() -> None:
    made = verbatim(BODY)
    assert [block["c"][0] for block in made if block["t"] == "Header"] == [2, 1, 2, 3, 2]
    assert made[0] == {"t": "CodeBlock", "c": [["", [], []], "first *words*"]}
    assert made[2]["c"][1] == "```\n# no heading\n```"


def test_nothing_private_is_in_it() -> None:
    public, _ = without_private(verbatim(BODY))
    assert "secret" not in str(public)
    assert [block["c"][1] for block in public if block["t"] == "CodeBlock"][2] == "- public\n- public too\ntext  end"


def test_the_reflection_is_found() -> None:
    public, _ = without_private(verbatim(BODY))
    assert split(public).reflection == [{"t": "CodeBlock", "c": [["", [], []], "thought"]}]


def test_nothing_makes_nothing() -> None:
    assert verbatim(" \n\n") == []
