"""The questions of `cpd new` on a terminal. Each answer is checked at once; a wrong one gets another try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cpdkit.cli.complete import TYPES
from cpdkit.cli.conversation import Conversation
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.cli.activity_options import Recording
    from cpdkit.journal.new_record import Guess
    from cpdkit.schemes.vocabulary import Vocabulary

HOW = "Return accepts what is in brackets. Ctrl-C or Ctrl-D stops; your answers are kept as a draft."


class Questions:
    """A conversation about one activity. `given` has what is known before it, by option; `answers` grows."""

    def __init__(self, recording: Recording, terminal: Conversation, given: Mapping[str, Any]) -> None:
        self.terminal = terminal
        self.settings = recording.settings
        self.disk = recording.disk
        self.member = recording.member
        self.paths = recording.paths
        self.given = given
        self.answers: dict[str, Any] = {}

    def ask_everything(self) -> None:
        """Ask for every missing value. Raises Stop and KeyboardInterrupt; the answers so far are kept."""
        self.terminal.tell(HOW)
        self._ask("title", "What did you do?", "", _some_text)
        self._ask("provider", "Who provided it? (optional)", "", str, optional=True)
        self.ask_facts()
        if not self._text("status"):
            self._choose("status", "What status?", dict.fromkeys(("done", "in-progress", "draft"), ""), "done")
            if self.answers["status"] == "done":
                del self.answers["status"]  # as in a file
        self._ask_names("objectives", "Which objective did it serve? (optional)", self._objectives, _one_of)
        if self.member and self.member.codes:
            self._ask_names("competences", "Which competences does it show? (optional)", self._competences, self._claim)

    def ask_facts(self) -> None:
        """Ask for the date, the status of a future one, the type and the hours. Raises like `ask_everything`."""
        from cpdkit.journal.new_record import type_in

        self._ask("start", "When? (yesterday, 14 March, 14/3/2026)", "today", self._day)
        self._ask_status()
        if "type" not in self.given:
            proposed = self._guess.type.value if self._guess else type_in(self._text("title"))
            self._choose("type", "What type?", dict.fromkeys(TYPES, ""), proposed)
        if "hours" not in self.given and self._text("status") != "planned":
            self._ask("hours", "How long did it take? (1h30, 90 min; empty: not known)", self._usual_hours,
                      self._hours, optional=True)  # fmt: skip

    def _ask_status(self) -> None:
        """Take what is to come as planned; ask whether what is not over is in progress."""
        start, today = self._text("start"), self.settings.today.isoformat()
        if "status" in self.given or (self._text("end") or start) <= today:
            return
        if start > today:
            self.terminal.tell("the date is in the future, so the activity is planned")
            self.answers["status"] = "planned"
        else:
            self._choose("status", "What status?", dict.fromkeys(("in-progress", "planned"), ""), "in-progress")

    @cached_property
    def _guess(self) -> Guess | None:
        from cpdkit.journal.new_record import guess_from

        guess = guess_from(self.disk, self.paths, self._text("title"), self._text("provider"))
        if guess:
            self.terminal.tell(printable(f"similar: {guess.like}"))
        return guess

    @property
    def _usual_hours(self) -> str:
        from cpdkit.journal.new_record import hours_text

        guess = self._guess
        is_same = guess and guess.type == self._text("type")
        return hours_text(guess.minutes) if guess and is_same and guess.minutes else ""

    def _text(self, name: str) -> str:
        value = self.answers.get(name) or self.given.get(name, "")
        return value if isinstance(value, str) else ""

    def _ask(
        self, name: str, question: str, proposed: str, read: Callable[[str], str], *, optional: bool = False
    ) -> None:
        if name in self.given:
            return
        if answer := self.terminal.ask_line(question, proposed, read, optional=optional):
            self.answers[name] = answer

    def _choose(self, name: str, question: str, choices: Mapping[str, str], proposed: str) -> None:
        if name in self.given:
            return
        read = _type if name == "type" else lambda line: _one_of(line, choices)
        if answer := self.terminal.ask_choice(question, choices, proposed, read, optional=True):
            self.answers[name] = answer

    def _ask_names(
        self,
        name: str,
        question: str,
        find: Callable[[], Mapping[str, str]],
        read: Callable[[str, Mapping[str, str]], str],
    ) -> None:
        """Ask for names of a list, separated by commas."""
        if name in self.given or not (choices := find()):
            return

        def all_read(line: str) -> str:
            return ", ".join(read(part.strip(), choices) for part in line.split(",") if part.strip())

        if answer := self.terminal.ask_choice(question, choices, "", all_read, optional=True):
            self.answers[name] = tuple(answer.split(", "))

    def _day(self, line: str) -> str:
        day = self.settings.day(line)
        if abs(day - self.settings.today) > timedelta(days=1):
            self.terminal.tell(f"{day:%A} {day.isoformat()}")
        return day.isoformat()

    def _hours(self, line: str) -> str:
        text = self.settings.hours(line, self._text("start"), self._text("end"))
        if text != line.strip():
            self.terminal.tell(text)
        return text

    def _objectives(self) -> Mapping[str, str]:
        """Return the open objectives and their titles, by ID."""
        from cpdkit.actions.record_file import objective_of, read_record
        from cpdkit.errors import CpdError
        from cpdkit.journal.naming import id_of
        from cpdkit.journal.objectives import OPEN
        from cpdkit.journal.paths import list_journal

        objectives: dict[str, str] = {}
        for path in list_journal(self.disk).records["plan"]:
            try:
                objective = objective_of(path, read_record(self.disk, path))
            except CpdError:
                continue  # cpd check reports it
            if objective.status == OPEN:
                objectives[id_of(path)] = objective.title
        return objectives

    def _competences(self) -> Mapping[str, str]:
        return self._vocabulary.competences

    def _claim(self, text: str, choices: Mapping[str, str]) -> str:
        """Return `A1`, or `A1:P` with a level that the frameworks have. Raises UsageError."""
        from cpdkit.text.wording import listed

        code, colon, level = (part.strip() for part in text.partition(":"))
        code = _one_of(code, choices)
        levels = {each.casefold(): each for each in self._vocabulary.levels}
        if colon and level.casefold() not in levels:
            raise UsageError(f'unknown level "{level}"', f"use {listed(tuple(levels.values()), 'or')}")
        return f"{code}:{levels[level.casefold()]}" if colon else code

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        from cpdkit.journal.paths import list_journal
        from cpdkit.schemes.vocabulary import read_own, vocabulary_of

        assert self.member
        return vocabulary_of(self.member, read_own(self.disk, list_journal(self.disk).others))


def _some_text(line: str) -> str:
    return line


def _type(line: str) -> str:
    from cpdkit.journal.new_record import type_named

    return type_named(line).value


def _one_of(line: str, choices: Mapping[str, str]) -> str:
    """Return the choice of this name, or the only one whose name or explanation has these words. Raises UsageError."""
    from cpdkit.text.names import folded

    wanted = folded(line)
    same = [name for name in choices if folded(name) == wanted]
    near = same or [name for name, text in choices.items() if wanted in folded(f"{name} {text}")]
    if len(near) == 1:
        return near[0]
    if near:
        raise UsageError(f'"{line}" matches {len(near)} choices', f"write more of one of them: {', '.join(near[:8])}")
    raise UsageError(f'"{line}" is not one of the choices', "type a number or a name from the list")
