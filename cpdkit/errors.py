"""The few exceptions of cpdkit. Each holds the facts and writes its own sentence.

A `CpdError` is for what stops a command. A problem in one file of a journal is a `Diagnostic`
instead, so that it can't hide the others. `exit_code` is what `cli/exits.py` ends the program with.
"""

from pathlib import Path


class CpdError(Exception):
    """Something that stops the command, told in one sentence and a way out."""

    exit_code = 1
    hint = ""


class UsageError(CpdError):
    """The command was called with something it can't take."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NoJournal(UsageError):
    """There is no `cpd.yaml` where one was looked for."""

    def __init__(self, where: Path) -> None:
        super().__init__(
            f"there is no journal at {where}: it holds no cpd.yaml",
            "name one with --journal DIR, or start one: cpd init my-cpd",
        )
        self.where = where


class CannotWrite(CpdError):
    """An output could not be written; what stood there before still does."""

    def __init__(self, path: Path, reason: str, hint: str = "") -> None:
        super().__init__(f"{path} could not be written: {reason}")
        self.path = path
        self.hint = hint


class ChangedOnDisk(CpdError):
    """A file was edited elsewhere after cpdkit read it; `written` is how many others had been written by then."""

    hint = "call the command again: it starts from the file as it is now"

    def __init__(self, path: Path, written: int = 0) -> None:
        rest = f"it was left as it is, {written} others had been written by then" if written else "nothing was written"
        super().__init__(f"{path} changed on disk since it was read; {rest}")
        self.path = path


class ToolError(CpdError):
    """An outside program is missing or failed."""

    exit_code = 4

    def __init__(self, tool: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.tool = tool
        self.hint = hint


class ToolMissing(ToolError):
    """The program is not on this machine."""

    def __init__(self, tool: str, where: str, hint: str) -> None:
        super().__init__(tool, f"{tool} was not found at {where}", hint)


class ToolTimeout(ToolError):
    """The program was stopped at its time bound."""

    def __init__(self, tool: str, seconds: float) -> None:
        super().__init__(tool, f"{tool} was stopped after {seconds:g} s, its bound")
        self.seconds = seconds


class ToolFailed(ToolError):
    """The program ended with a code other than 0, or by a signal (a negative code)."""

    def __init__(self, tool: str, code: int, stderr: str) -> None:
        self.code = code
        self.stderr = stderr.strip()
        how = f"was killed by signal {-code}" if code < 0 else f"failed with code {code}"
        super().__init__(tool, f"{tool} {how}" + (f": {gist(self.stderr)}" if self.stderr else ""))


def gist(stderr: str) -> str:
    """Return the line of a program's complaint that tells most: the first, of a Python traceback the last."""
    lines = stderr.splitlines()
    return lines[-1 if lines[0].startswith("Traceback") else 0][:400]
