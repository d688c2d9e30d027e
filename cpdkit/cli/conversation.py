"""Ask questions one at a time on a terminal. Questions go to stderr; answers are read line by line."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from cpdkit.cli.console import Console, columns_of, is_terminal
from cpdkit.errors import CpdError, UsageError
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.prompts import Prompt
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.source import decode
from cpdkit.text.terminal import cut, pad, printable, width

HOW = "\n".join(
    (
        "Finish an answer with an empty line. An empty answer skips the question.",
        "On a separate line, :e opens your editor, :n goes to the next activity, :q stops. Your answers are kept.",
    )
)
MOST_LINES = 100_000


class Next(Exception):
    """The user goes to the next activity."""


class Stop(Exception):
    """The user stops; the answers so far are kept."""


_STRAY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)?|[\x00-\x08\x0b-\x1f\x7f]")
"""Escape sequences of keys such as the arrows, and other control characters."""
_LEAVING: Mapping[str, type[Exception]] = {":n": Next, ":q": Stop}


class Conversation:
    """Questions and answers on a terminal. Ctrl-D and Ctrl-C stop like `:q`, and keep what was typed before."""

    def __init__(self, console: Console, lines: TextIO, edit: Callable[[Path], None]) -> None:
        self.console = console
        self.lines = lines
        self.edit = edit
        self.leaving: BaseException | None = None

    def tell(self, text: str) -> None:
        """Print a text that belongs to the question, also with `--quiet`."""
        self.console.warn(text)

    def ask(self, prompt: Prompt) -> str:
        """Return the answer, of any number of lines; empty if skipped. Raises Next, Stop and KeyboardInterrupt."""
        self.leave()
        self.tell(f"\n{printable(prompt.question)}")
        if prompt.help:
            self.tell(f"  {printable(prompt.help)}")
        return self._answer(prompt)

    def ask_line(
        self, question: str, proposed: str, read: Callable[[str], str], *, optional: bool = False, again: str = ""
    ) -> str:
        """Ask until `read` accepts the line, and return what it returns. An empty line means `proposed`. Raises Stop.

        With `optional`, an empty line skips a question without a proposal. `again` is a shorter question for the
        second time.
        """
        while True:
            self.tell(f"{question}{f' [{printable(proposed)}]' if proposed else ''}")
            line = self._line()
            if line is None or line.strip() == ":q":
                raise Stop
            try:
                if line.strip() or proposed:
                    return read(line.strip() or proposed)
                if optional:
                    return ""
            except UsageError as error:
                self.tell(printable(_reason(error)))
            question = again or question

    def ask_choice(
        self, question: str, choices: Mapping[str, str], proposed: str, read: Callable[[str], str], *,
        optional: bool = False,
    ) -> str:  # fmt: skip
        """Ask for one of numbered choices (a word and its explanation), or for words that `read` accepts.

        A line can be a number, or words; the words are completed at TAB. Otherwise like `ask_line`.
        """
        words = list(choices)

        def chosen(line: str) -> str:
            parts = [part.strip() for part in line.split(",")]
            return read(", ".join(words[int(part) - 1] if _is_number_of(part, words) else part for part in parts))

        with completing(words):
            return self.ask_line("\n".join([question, *_menu(choices, columns_of(sys.stderr))]), proposed, chosen,
                                 optional=optional, again=question)  # fmt: skip

    def agrees(self, question: str) -> bool:
        """Ask whether to go on; only an answer that starts with y does. Raises Stop."""
        return self.ask_line(f"{question} (y/n)", "n", str).casefold().startswith("y")

    def _answer(self, prompt: Prompt) -> str:
        lines: list[str] = []
        try:
            while (line := self._line()) is not None and line.strip() and len(lines) < MOST_LINES:
                if line.strip() == ":e":
                    return self._edited(prompt, "\n".join(lines))
                if line.strip() in _LEAVING:
                    self.leaving = _LEAVING[line.strip()]()
                    break
                lines.append(line)
            if line is None:
                self.leaving = Stop()
        except KeyboardInterrupt as interrupt:
            self.leaving = interrupt
            unfinished = _unfinished_line() if self.lines is sys.stdin else ""
            lines += [unfinished] if unfinished.strip() else []
        if not lines:
            self.leave()
        return "\n".join(lines)

    def leave(self) -> None:
        """Raise what ended the last answer, whose text is kept by then: Next, Stop, or KeyboardInterrupt for Ctrl-C."""
        if leaving := self.leaving:
            self.leaving = None
            raise leaving

    def _line(self) -> str | None:
        """Return the next line; None at the end."""
        line = _edited_line() if self.lines is sys.stdin else self.lines.readline()
        return _STRAY.sub("", line.rstrip("\r\n")) if line else None

    def _edited(self, prompt: Prompt, answer: str) -> str:
        """Return the answer from the editor, without the comment that repeats the question."""
        from cpdkit.text.temporary import private_folder

        note = f"<!-- {' '.join(f'{prompt.question} {prompt.help}'.split()).replace('--', '—')} -->"
        with private_folder() as folder:
            path = folder / "answer.md"
            path.write_text(f"{answer}\n\n{note}\n", encoding="utf-8")
            try:
                self.edit(path)
                text = decode(path.name, read_bytes(str(path), RECORD_LIMIT)[0]).text
            except (CpdError, Unreadable) as error:
                self.tell(_reason(error))
                return answer
        return text.replace(note, "").strip()


@contextmanager
def completing(words: Sequence[str]) -> Iterator[None]:
    """Complete these words at TAB, if readline is available."""
    readline = _readline()
    if readline is None:
        yield
        return
    before = readline.get_completer()
    readline.set_completer(lambda text, state: [*(word for word in words if word.startswith(text)), None][state])
    readline.set_completer_delims(" ,")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)


def _edited_line() -> str:
    """Return a line of the terminal that the user can edit with the arrow keys; empty at the end."""
    try:
        return f"{input()}\n"
    except EOFError:
        return ""


def _unfinished_line() -> str:
    """Return what was typed of the line that Ctrl-C ended; empty if the terminal does not know."""
    readline = _readline()
    return _STRAY.sub("", readline.get_line_buffer()) if readline else ""


def _readline() -> Any:
    """Return Python's module for editing lines, which `input` uses once it is imported; None if it has none."""
    try:
        import readline
    except ImportError:
        return None
    return readline


def _is_number_of(text: str, words: Sequence[str]) -> bool:
    return text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= len(words)


def _menu(choices: Mapping[str, str], columns: int) -> Iterator[str]:
    """Yield the choices with their numbers: several to a line if they need no explanation."""
    if any(choices.values()):
        digits = len(str(len(choices)))
        explained = max(width(word) for word, text in choices.items() if text)
        for number, (word, text) in enumerate(choices.items(), 1):
            line = f"  {number:>{digits}} {pad(word, explained)}  {text}".rstrip()
            yield cut(printable(line), (columns or 80) - 1)
        return
    entries = [f"{number} {word}" for number, word in enumerate(choices, 1)]
    line = ""
    for entry in entries:
        if line and len(line) + len(entry) + 3 > (columns or 80):
            yield line
            line = ""
        line += f"  {entry}"
    yield line


def conversation(console: Console) -> Conversation | None:
    """Return a conversation on this process's terminal; None without one."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return None
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None and sys.stdin.errors != "replace":  # not again: nothing may have been read yet
        reconfigure(encoding="utf-8", errors="replace")
    _readline()  # so that the arrow keys edit a line, and its text is known after Ctrl-C
    return Conversation(console, sys.stdin, _open_editor)


def _open_editor(path: Path) -> None:
    from cpdkit.cli.editor import edit

    edit(path)


def _reason(error: CpdError | Unreadable) -> str:
    if isinstance(error, CpdError):
        return f"{error}{f'; {error.hint}' if error.hint else ''}"
    return error.faults[0].message
