"""Values that YAML cuts off or hides because a `#` starts a comment in them."""

import re

_COMMENT = re.compile(r"[ \t]+#(.*)")
_NUMBERED = re.compile(r"[0-9]|\s[0-9]{1,3}(?:\s*$|\s*[:.,;)(\]/–-]|\s(?:of|and|to)\s[0-9])")
"""The text after `#` if it is a number, as in `Course #3` and `Course # 3: storage`."""
_REMARK = r"(?!(?i:todo|fixme|xxx|check|note|ok|optional|required|none|tb[acd]|unknown)\b)"
_TAGS = re.compile(rf"{_REMARK}\w[\w-]*(?:\s+#\w[\w-]*)*\s*")
"""The text after the first `#` if there are only hashtags."""
_NAMED = re.compile(rf"{_REMARK}(?=\w*[A-Z0-9_])\w")
"""The text after `#` if a hashtag such as `#WomenInEngineering` or `#COP26` starts it."""
_DANGLING = re.compile(r"(?i)(?:[,;:(\[/&+–-]|\b(?:and|or|of|the|for|in|with|to|no|no\.|nr|nr\.|number))$")
"""The end of a text that is incomplete."""
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"), ("«", "»"))
_PARTS = re.compile(r"([\[\]{},]|:(?= ))")


def comment_at(line: str, column: int) -> str | None:
    """Return the text after the `#` of a comment that starts at a column (from 0), after spaces; None if none does."""
    match = _COMMENT.match(line, column)
    return match[1] if match else None


def is_cut(value: str, after: str) -> bool:
    """Return whether the text after ` #` seems to be part of the value. The value may be empty.

    Most comments are real comments: `Relay course  # with Tom`, `Leeds # 2 hours by train`. Only these count as part of
    the value: a number (`Course #3`, `Course # 3`, `Part # 2: storage`), hashtags (`Talk on grids #storage #safety`,
    `Panel #WomenInEngineering in Leeds`), the rest of an open bracket (`Relays (module # three)`), and the rest of an
    incomplete text (`Storage and # grids`).
    """
    if not value and not is_attached(after):
        return False
    if _NUMBERED.match(after) or _TAGS.fullmatch(after) or _NAMED.match(after) or _DANGLING.search(value):
        return True
    return any(value.count(left) > value.count(right) and right in after for left, right in _PAIRS)


def is_attached(after: str) -> bool:
    """Return whether no space follows the `#`. Few people start a comment like that."""
    return after[:1].isalnum()


def quoted_items(text: str) -> str:
    """Return a list or mapping in brackets with quotes around each part that contains a `#`.

    Empty if a part has quotes already, or the brackets are not in pairs.
    """
    if set(text) & set("\"'\\") or any(text.count(left) != text.count(right) for left, right in ("[]", "{}")):
        return ""
    parts = _PARTS.split(text)
    return "".join(part.replace(bare, f'"{bare}"') if "#" in (bare := part.strip()) else part for part in parts)
