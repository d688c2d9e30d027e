"""Completion in PowerShell, which Click does not have."""

import os

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

NAME = "powershell"


class PowerShellComplete(ShellComplete):
    """The script asks the program with the words before the cursor, one a line, and the word at the cursor.

    The program answers with a line for each word: the word, a tab, and its description. Without an answer, PowerShell
    completes the names of files.
    """

    name = NAME
    source_template = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:COMP_WORDS = $before -join "`n"
        $env:COMP_CWORD = "$wordToComplete".Trim("'", '"')
        $env:%(complete_var)s = "powershell_complete"
        %(prog_name)s | ForEach-Object {
            $word, $help = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $help)
        }
    } finally {
        $env:COMP_WORDS = $env:COMP_CWORD = $env:%(complete_var)s = $null
        [Console]::OutputEncoding = $encoding
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        # PowerShell cannot set a variable to an empty text.
        return os.environ.get("COMP_WORDS", "").split("\n")[1:], os.environ.get("COMP_CWORD", "")

    def format_completion(self, item: CompletionItem) -> str:
        return f"{item.value}\t{' '.join((item.help or item.value).split())}"

    def complete(self) -> str:
        words, incomplete = self.get_completion_args()
        items = self.get_completions(words, incomplete)
        return "\n".join(self.format_completion(item) for item in items if item.type == "plain")


def register() -> None:
    """Let Click find the class by its name."""
    add_completion_class(PowerShellComplete)
