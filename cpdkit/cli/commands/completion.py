"""`cpd completion`: print the script that completes `cpd` in a shell."""

import click

from cpdkit.cli.complete import complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import output_options

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command()
@click.argument("shell", metavar="SHELL", default="", shell_complete=complete_words(SHELLS))
@output_options
def completion(shell: str, console: Console) -> int:
    """Print the script that completes cpd in your shell.

    SHELL is bash, zsh, fish or powershell. Add the line for your shell to the file that it reads when it starts:

    \b
    bash        ~/.bashrc
                eval "$(cpd completion bash)"
    zsh         ~/.zshrc
                eval "$(cpd completion zsh)"
    fish        ~/.config/fish/completions/cpd.fish
                cpd completion fish | source
    powershell  $PROFILE
                cpd completion powershell | Out-String | Invoke-Expression
    """
    from click.shell_completion import get_completion_class

    from cpdkit.cli.exits import FINE
    from cpdkit.cli.main import COMPLETION, cpd
    from cpdkit.cli.powershell import register
    from cpdkit.errors import UsageError

    register()
    names = {"pwsh": "powershell", "pwsh.exe": "powershell"}
    found = get_completion_class(names.get(shell.lower(), shell.lower()))
    if found is None:
        problem = f'unknown shell "{shell}"' if shell else "SHELL is missing"
        raise UsageError(problem, f"available shells: {', '.join(SHELLS)}; cpd help completion has the line for each")
    console.show(found(cpd, {}, "cpd", COMPLETION).source().rstrip("\n"))
    return FINE
