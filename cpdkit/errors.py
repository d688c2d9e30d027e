"""The exceptions of cpdkit. Each class keeps its data and writes its own message.

A `CpdError` stops the command. A problem in one file of a journal is a `Diagnostic` instead, so that it
can't hide the others. `exit_code` is the exit code of the program, set in `cli/exits.py`.
"""

from pathlib import Path


class CpdError(Exception):
    """An error that stops the command: a message, and a hint about what to do."""

    exit_code = 1
    hint = ""


class UsageError(CpdError):
    """The command was called with an invalid argument."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NoJournal(UsageError):
    """The folder contains no `cpd.yaml`."""

    def __init__(self, where: Path) -> None:
        super().__init__(
            f"{where} is a file, not a journal" if where.is_file() else f"no journal at {where}: cpd.yaml is missing",
            "give the folder of a journal with --journal DIR, or create one: cpd init my-cpd",
        )
        self.where = where


class CannotWrite(CpdError):
    """An output could not be written. A file that was already there is unchanged."""

    def __init__(self, path: Path, reason: str, hint: str = "") -> None:
        super().__init__(f"cannot write {path}: {reason}")
        self.path = path
        self.reason = reason
        self.hint = hint


class ChangedOnDisk(CpdError):
    """A file was edited elsewhere after cpdkit read it; `written` counts the other files that were already written."""

    hint = "run the command again: it uses the file as it is now"

    def __init__(self, path: Path, written: int = 0) -> None:
        others = "1 other file was" if written == 1 else f"{written} other files were"
        rest = f"it was not written, but {others}" if written else "nothing was written"
        super().__init__(f"{path} changed on disk after cpd read it; {rest}")
        self.path = path


class ToolError(CpdError):
    """An external program is missing or failed."""

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
    """The program was stopped at its time limit."""

    def __init__(self, tool: str, seconds: float) -> None:
        super().__init__(tool, f"{tool} was stopped after its time limit of {seconds:g} s")
        self.seconds = seconds


class ToolFailed(ToolError):
    """The program ended with a code other than 0, or by a signal (a negative code)."""

    def __init__(self, tool: str, code: int, stderr: str) -> None:
        self.code = code
        self.stderr = stderr.strip()
        how = f"was killed by signal {-code}" if code < 0 else f"failed with code {code}"
        super().__init__(tool, f"{tool} {how}" + (f": {gist(self.stderr)}" if self.stderr else ""))


def gist(stderr: str) -> str:
    """Return the most useful line of an error output: the first, or the last of a Python traceback."""
    lines = stderr.splitlines()
    return lines[-1 if lines[0].startswith("Traceback") else 0][:400]
