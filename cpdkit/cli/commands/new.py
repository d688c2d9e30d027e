"""`cpd new`: record an activity in one line, or question by question."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.activity_options import QUESTIONS, ActivityOptions, Recording, field_values
from cpdkit.cli.complete import STATUSES, TYPES, complete_ids, complete_objectives, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import (
    Command,
    decorated,
    dry_write_option,
    edit_option,
    journal_option,
    option,
    output_options,
    renamed_option,
)
from cpdkit.errors import UsageError
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.cli.conversation import Conversation, Stop
    from cpdkit.journal.new_record import NewActivity


def question_options(command: Command) -> Command:
    """Add an option for each of the IET's questions."""
    options = [
        option(f"--{name}", metavar="TEXT", help=f'Answer to "{question}".') for name, question in QUESTIONS.items()
    ]
    return decorated(command, options)


OTHERS = ("qualification", "claim")
"""The first words that record something else than an activity, each a command of its own."""


class NewCommand(click.Command):
    """`cpd new`, whose first word can be another kind of record: `cpd new claim B1`."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] and args[0] in OTHERS:
            other = self.other(args[0])
            return other.make_context(f"{info_name} {args[0]}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    @staticmethod
    def other(name: str) -> click.Command:
        """Return the command of another kind of record."""
        from importlib import import_module

        command: click.Command = getattr(import_module(f"cpdkit.cli.commands.new_{name}"), name)
        return command


@click.command(cls=NewCommand)
@click.argument("title", nargs=-1)
@option("-t", "--type", "type", metavar="TYPE", help="Type: training, work-experience, academic-study, "
        "volunteering, event or self-study.", shell_complete=complete_words(TYPES))  # fmt: skip
@option(
    "-d",
    "--date",
    "start",
    metavar="DATE",
    help="Date: 2026-03-14, 14/3/2026, yesterday, friday, 14 March. Default: today.",
)
@option("--end", metavar="DATE", help="Last date, if it took several days.")
@option("--hours", metavar="TIME", help="Time spent: 1.5, 1h30, 1:30 or 90 min.")
@option("-m", "--note", "notes", metavar="TEXT", multiple=True, help="What it was. Each one is a paragraph.")
@option("-F", "--file", "file", metavar="FILE", help="Read the note from this file; - is standard input.")
@option("-p", "--provider", metavar="NAME", help="Who provided it.")
@option("--location", metavar="PLACE", help="Where it took place.")
@option("--role", metavar="TEXT", help="Your role, such as speaker.")
@option("--objective", "objectives", metavar="ID", multiple=True, help="Objective that it leads to. "
        "Repeatable.", shell_complete=complete_objectives)  # fmt: skip
@option(
    "-c",
    "--competence",
    "competences",
    metavar="CODE",
    multiple=True,
    help="Competence: A1, or A1:P with a level. Repeatable.",
)
@option("--topic", "topics", metavar="TEXT", multiple=True, help="Topic. Repeatable.")
@option(
    "--status",
    metavar="STATUS",
    help="Status: done, in-progress, planned or draft.",
    shell_complete=complete_words(STATUSES),
)
@option("--planned", is_flag=True, help="Record it as planned.")
@question_options
@option("--answer", "answers", metavar="QUESTION=TEXT", multiple=True, help="Answer to any question. Repeatable.")
@option("--set", "fields", metavar="FIELD=VALUE", multiple=True, help="Set any other field. Repeatable.")
@option("--like", metavar="ID", help="Copy the title and other fields from this activity.", shell_complete=complete_ids)
@option("--folder", metavar="NAME", help="Folder under activities/. Default: as set in cpd.yaml, or the year.")
@renamed_option(
    "--model",
    "template",
    old="--template",
    metavar="NAME",
    help="Questions of the reflection: iet, gibbs, kolb, star, cibse, none or your own.",
)
@option("--yes", is_flag=True, help="Ask nothing: take the values of similar activities, and record a duplicate.")
@edit_option
@journal_option
@dry_write_option
@output_options
def new(
    title: tuple[str, ...],
    yes: bool,
    edit: bool | None,
    journal: Path | None,
    dry_run: bool,
    console: Console,
    **values: Any,
) -> int:
    """Record an activity.

    Give at least a TITLE. On a terminal, cpd asks for the date, the type and the hours that you do not give; Return
    accepts what it proposes. Without a TITLE, it asks for everything.

    Elsewhere, and with --yes, a missing type and missing hours are taken from similar past activities, and each one is
    reported. If there are none, the activity is saved as a draft, which does not count.

    Text on standard input becomes the note. Without a TITLE, its first line is the title. The file opens in your
    editor unless you give a note or an answer. If you do not change it, the activity is recorded without a reflection.

    \b
    cpd new "IET lecture: grid storage" --date yesterday --hours 1h30
    cpd new "Relay course" --like relay-settings --date friday
    cpd new "Site visit" --hours 2 -m "Led by the operator." --learned "…"

    cpd new qualification TITLE and cpd new claim CODE record a qualification and a competence statement; see
    cpd new qualification --help.
    """
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.new_records import edit_draft, show_draft, write_draft
    from cpdkit.journal.naming import id_of, unique
    from cpdkit.journal.paths import find

    options = _with_given_text(ActivityOptions(" ".join(title).strip(), **values))
    recording = Recording.of(os.path.realpath(find(journal)), options)
    terminal = None if yes else conversation(console)
    has_text = bool(options.notes or options.question_answers())
    if not options.title and not recording.like and (terminal is None or has_text):
        raise UsageError("TITLE is missing", 'name the activity: cpd new "IET lecture: grid storage" --hours 1h30')
    stopped: Stop | KeyboardInterrupt | None = None
    if terminal and not recording.like:
        options, stopped = _completed(recording, options, terminal)
    if not options.title and not recording.like:
        console.warn(f"{_line_end(stopped)}nothing recorded: the activity has no title")
        return _ended(stopped)
    draft = recording.draft(options)
    if not stopped and not _is_wanted(recording, draft, terminal, yes, console):
        return FINE
    _say_hours(recording, options, console)
    opens = False if has_text and edit is None else edit
    if has_text and not opens:
        draft = replace(draft, data=draft.bare)
    if not dry_run:
        draft = write_draft(recording.root, lambda taken: replace(draft, path=unique(draft.path, taken)))
    for sentence in draft.remarks if not stopped else ():
        console.say(printable(sentence))
    if dry_run:
        show_draft(draft, console)
    elif stopped:
        kept = f"kept your answers as a draft; finish it with cpd done {quote(id_of(draft.path))}"
        console.warn(_line_end(stopped) + printable(kept))
        edit_draft(recording.root, draft, False, False, console)
    else:
        edit_draft(recording.root, draft, opens, terminal is not None, console, draft.bare)
    return _ended(stopped)


def _with_given_text(options: ActivityOptions) -> ActivityOptions:
    """Return the options with the text of --file or of standard input as a note; its first line may be the title."""
    from cpdkit.cli.standard_input import piped_text, text_of

    text = text_of(options.file) if options.file else "" if options.notes else piped_text()
    if text.startswith("---\n"):
        hint = "save the file under activities/, or remove the front matter"
        raise UsageError("the note has front matter of its own", hint)
    if text and not options.title and not options.like:
        title, _, text = text.partition("\n")
        options = replace(options, title=title.lstrip("#").strip())
    return replace(options, notes=(*options.notes, text.strip())) if text.strip() else options


def _completed(
    recording: Recording, options: ActivityOptions, terminal: Conversation
) -> tuple[ActivityOptions, Stop | KeyboardInterrupt | None]:
    """Ask for what the options do not give. Return the options with the answers, and what stopped the questions.

    Raises UsageError for an option that cannot be right.
    """
    from cpdkit.cli.conversation import Stop
    from cpdkit.cli.new_questions import Questions

    values = field_values(options, recording.settings)
    known = ("title", "start", "end", "status", "type", "hours")
    given: dict[str, Any] = {name: value for name, value in values.items() if name in known}
    given |= {name: value for name in ("provider", "objectives", "competences") if (value := getattr(options, name))}
    if "sessions" in values:
        given["hours"] = ""
    questions = Questions(recording, terminal, given)
    try:
        if options.title:
            questions.ask_facts()
        else:
            questions.ask_everything()
    except (Stop, KeyboardInterrupt) as reason:
        return replace(options, **questions.answers | {"status": "draft", "planned": False}), reason
    return replace(options, **questions.answers), None


def _is_wanted(
    recording: Recording, draft: NewActivity, terminal: Conversation | None, yes: bool, console: Console
) -> bool:
    """Return whether to write the activity; print what is doubtful, and confirm it on a terminal. Raises UsageError.

    An unknown name and a done activity in the future are refused, and without a terminal a duplicate too.
    """
    from cpdkit.actions.new import activity_in, doubts, refuse_future, same_activity
    from cpdkit.cli.conversation import Stop

    activity = activity_in(draft)
    refuse_future(activity, recording.settings.today)
    names = (*activity.objectives, *activity.competences, *activity.topics)
    questions = doubts(recording.disk, {draft.path: draft.data}) if names else []
    if same := same_activity(recording.disk, recording.paths, activity):
        if terminal is None and not yes:
            hint = "change the title, the date or the hours; or record it again with --yes"
            raise UsageError(f"the activity is already recorded: {same}", hint)
        questions.append(f"the activity is already recorded: {same}")
    for question in questions:
        console.say(printable(question))
    try:
        return not questions or terminal is None or terminal.agrees("Record it?")
    except Stop:
        return False


def _say_hours(recording: Recording, options: ActivityOptions, console: Console) -> None:
    """Print how the hours were read, if they are recorded in another form."""
    written = field_values(options, recording.settings).get("hours")
    if options.hours and options.hours.strip() != written:
        console.say(printable(f"{options.hours} read as {written}"))


def _line_end(stopped: Stop | KeyboardInterrupt | None) -> str:
    """Return the end of the line on which the terminal shows ^C."""
    return "\n" if isinstance(stopped, KeyboardInterrupt) else ""


def _ended(stopped: Stop | KeyboardInterrupt | None) -> int:
    """Return the exit code; after Ctrl-C, raise it again."""
    if isinstance(stopped, KeyboardInterrupt):
        raise stopped
    return 0
