"""Questions asked one at a time on a terminal: the talk goes to stderr, answers come line by line."""

import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from cpdkit.cli.console import Console, is_terminal
from cpdkit.errors import CpdError, UsageError
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.prompts import Prompt
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.source import decode
from cpdkit.text.terminal import printable

HOW = (
    "An empty line ends an answer; at once, it skips the question.\n"
    "On a line of its own, :e opens your editor, :n goes on to the next activity, :q stops. What is answered is kept."
)
MOST_LINES = 100_000


class Next(Exception):
    """On to the next activity."""


class Stop(Exception):
    """No more questions; what was answered is kept."""


_STRAY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)?|[\x00-\x08\x0b-\x1f\x7f]")
"""What keys such as the arrows leave in a line, and other characters that no text has."""
_LEAVING: Mapping[str, type[Exception]] = {":n": Next, ":q": Stop}


class Conversation:
    """A terminal to ask on. Ctrl-D stops like `:q`, and what was typed before it counts."""

    def __init__(self, console: Console, lines: TextIO, edit: Callable[[Path], None]) -> None:
        self.console = console
        self.lines = lines
        self.edit = edit
        self.leaving: Exception | None = None

    def tell(self, text: str) -> None:
        """Print talk that belongs to the question, also with `--quiet`."""
        self.console.warn(text)

    def ask(self, prompt: Prompt) -> str:
        """Return the answer, of any number of lines; empty where it is skipped. Raises Next and Stop."""
        self.leave()
        self.tell(f"\n{printable(prompt.question)}")
        if prompt.help:
            self.tell(f"  {printable(prompt.help)}")
        return self._answer(prompt)

    def ask_line(self, question: str, proposed: str, read: Callable[[str], str], *, optional: bool = False) -> str:
        """Return one line that `read` takes, asked for until it does; an empty one is what is proposed. Raises Stop.

        With `optional` an empty line where nothing is proposed skips the question.
        """
        while True:
            self.tell(f"{question}{f' [{proposed}]' if proposed else ''}")
            line = self._line()
            if line is None or line.strip() == ":q":
                raise Stop
            try:
                if line.strip() or proposed:
                    return read(line.strip() or proposed)
                if optional:
                    return ""
            except UsageError as error:
                self.tell(f"{error}{f'; {error.hint}' if error.hint else ''}")

    def _answer(self, prompt: Prompt) -> str:
        lines: list[str] = []
        while (line := self._line()) is not None and line.strip() and len(lines) < MOST_LINES:
            if line.strip() == ":e":
                return self._edited(prompt, "\n".join(lines))
            if line.strip() in _LEAVING:
                self.leaving = _LEAVING[line.strip()]()
                break
            lines.append(line)
        if line is None:
            self.leaving = Stop()
        if not lines:
            self.leave()
        return "\n".join(lines)

    def leave(self) -> None:
        """Go where the last line said, once what was typed before it is kept."""
        if leaving := self.leaving:
            self.leaving = None
            raise leaving

    def _line(self) -> str | None:
        """The next line; None at the end."""
        line = self.lines.readline()
        return _STRAY.sub("", line.rstrip("\r\n")) if line else None

    def _edited(self, prompt: Prompt, answer: str) -> str:
        """The answer as the editor leaves it, without the comment that says what is asked."""
        note = f"<!-- {' '.join(f'{prompt.question} {prompt.help}'.split()).replace('--', '—')} -->"
        with tempfile.TemporaryDirectory(prefix="cpd-") as folder:
            path = Path(folder, "answer.md")
            path.write_text(f"{answer}\n\n{note}\n", encoding="utf-8")
            try:
                self.edit(path)
                text = decode(path.name, read_bytes(str(path), RECORD_LIMIT)[0]).text
            except (CpdError, Unreadable) as error:
                self.tell(_reason(error))
                return answer
        return text.replace(note, "").strip()


def conversation(console: Console) -> Conversation | None:
    """Return the terminal that this process can ask on; None where there is none."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return None
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    return Conversation(console, sys.stdin, _open_editor)


def _open_editor(path: Path) -> None:
    from cpdkit.cli.editor import edit

    edit(path)


def _reason(error: CpdError | Unreadable) -> str:
    if isinstance(error, CpdError):
        return f"{error}{f'; {error.hint}' if error.hint else ''}"
    return error.faults[0].message
