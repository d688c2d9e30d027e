"""The result of a check, in the formats that people, editors and CI read. `registry.py` lists them."""

NAMES = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit")
"""The names of the formats, here so that `--help` imports none of their modules."""
