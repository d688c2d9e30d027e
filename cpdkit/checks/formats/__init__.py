"""What a check found, in the formats that people, editors and CI read. `formats.py` lists them."""

NAMES = ("text", "json", "jsonl", "github", "gitlab", "sarif", "junit")
"""The formats' names, here so that `--help` needs none of their modules."""
