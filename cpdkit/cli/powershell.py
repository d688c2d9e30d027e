"""Completion in PowerShell, which Click does not have; the script is completion.ps1."""

import os
from pathlib import Path

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class


class PowerShellComplete(ShellComplete):
    """What the script asks for in environment variables: the words before the cursor, and the word at it."""

    name = "powershell"

    def source(self) -> str:
        return Path(__file__).with_name("completion.ps1").read_text("utf-8")

    def get_completion_args(self) -> tuple[list[str], str]:
        # PowerShell cannot set a variable to an empty text.
        return os.environ.get("COMP_WORDS", "").split("\n")[1:], os.environ.get("COMP_CWORD", "")

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{' '.join((item.help or item.value).split())}"

    def complete(self) -> str:
        items = self.get_completions(*self.get_completion_args())
        return "\n".join(self.format_completion(item) for item in items if item.type == "plain")


def register() -> None:
    """Let Click find the class by its name."""
    add_completion_class(PowerShellComplete)
