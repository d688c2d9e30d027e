"""Colour, messages and progress: when they appear, and when they do not."""

import errno
import io
from types import SimpleNamespace

import pytest

from cpdkit.cli import console as console_module
from cpdkit.cli.console import Console, columns_of, is_terminal, refused_output, wants_colour
from cpdkit.errors import CannotWrite


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "stream", "environment", "wanted"),
    [
        ("auto", Terminal(), {}, True),
        ("auto", Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        ("auto", Terminal(), {"NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("auto", io.StringIO(), {}, False),
        ("auto", None, {}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Terminal(), {}, False),
    ],
)
def test_colour_is_for_terminals_by_default(
    choice: str, stream: io.StringIO | None, environment: dict[str, str], wanted: bool
) -> None:
    assert wants_colour(choice, stream, environment) is wanted


def test_results_go_to_stdout_and_talk_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    console.show("result")
    console.say("talk")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("result\n", "talk\n")


def test_quiet_keeps_results_and_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(quiet=True)
    console.show("result")
    console.say("talk")
    console.warn("warning")
    with console.working("writing"):
        pass
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("result\n", "warning\n")


@pytest.mark.parametrize(("colour", "printed"), [(True, "\x1b[31mred\x1b[0m\n"), (False, "red\n")])
def test_colours_are_stripped_where_they_do_not_belong(
    colour: bool, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Console(colour=colour).show("\x1b[31mred\x1b[0m")
    assert capsys.readouterr().out == printed


def test_nothing_to_show_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Console().show("")
    Console().say("")
    assert capsys.readouterr() == ("", "")


def test_progress_is_wiped_from_a_terminal_and_absent_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, written in ((Terminal(), "writing a.pdf …\r\x1b[2K"), (io.StringIO(), "")):
        monkeypatch.setattr("sys.stderr", stream)
        with Console().working("writing a.pdf"):
            pass
        assert stream.getvalue() == written


def test_a_closed_stream_is_no_terminal() -> None:
    stream = Terminal()
    stream.close()
    assert not is_terminal(stream)


def test_what_a_program_reads_is_handed_over_byte_for_byte(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Console().hand_over(b"\x1b[31m\r\n\xff")
    assert capfdbinary.readouterr().out == b"\x1b[31m\r\n\xff"


def test_a_full_disk_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        monkeypatch.setattr("sys.stdout", full)
        with pytest.raises(CannotWrite, match="No space left"):
            Console().hand_over(b"x" * 100_000)
        monkeypatch.undo()


def test_only_a_terminal_has_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert columns_of(io.StringIO()) == 0
    monkeypatch.setattr("cpdkit.cli.console.is_terminal", lambda _: True)
    assert columns_of(io.StringIO()) == 72


@pytest.mark.parametrize(
    ("platform", "number", "expected"),
    [
        ("win32", errno.EINVAL, BrokenPipeError),  # what Windows says of a closed pipe
        ("linux", errno.EINVAL, CannotWrite),
        ("win32", errno.ENOSPC, CannotWrite),
        ("linux", errno.EPIPE, BrokenPipeError),
    ],
)
def test_a_closed_pipe_is_no_failure(
    platform: str, number: int, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console_module, "sys", SimpleNamespace(platform=platform))
    with pytest.raises(expected), refused_output():
        raise OSError(number, "no")
