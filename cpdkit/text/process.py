"""Start other programs without a shell, with limits on time, memory and output. Only this module does.

On POSIX a child leads its own session, so that its own children end with it. Ctrl-C then reaches only cpdkit, which
stops the child. On Windows, time and output are limited, but not memory, and the child has no console of its own.
"""

import atexit
import os
import selectors
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cpdkit.errors import ToolError, ToolFailed, ToolMissing, ToolTimeout

if sys.platform == "linux":
    import resource

MIB = 1024 * 1024
MAX_OUTPUT = 256 * MIB
MAX_STDERR = MIB
"""Bytes of a child's stderr that are kept; the rest is read and dropped."""

_CHUNK = MIB
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05
"""Seconds between checks whether a silent child has ended."""
_PATHEXT = ".COM;.EXE;.BAT;.CMD"
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows: a console of its own that is not shown, so that Ctrl-C reaches only cpdkit, and no window flashes up."""
_LONGEST_OPENING = 2.0
"""Seconds to wait for the opener of a file to fail."""
_LAST_WAIT = 1.0
"""Seconds to wait at exit for each thread to notice that its child has ended."""

_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "PATHEXT")


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended with an allowed code. `stderr` is decoded as UTF-8, cut at `MAX_STDERR` bytes."""

    code: int
    stdout: bytes
    stderr: str


def find_program(name: str, path: str | None = None) -> str | None:
    """Return the absolute path of a program in the folders of `path` (default: $PATH), or at its own path.

    None if it is missing. A program in the current folder is never meant: the folder could be a stranger's journal,
    where Windows looks first.
    """
    given = os.environ.get("PATH", os.defpath) if path is None else path
    folders = [folder for folder in given.split(os.pathsep) if Path(folder).is_absolute()]
    if sys.platform != "win32":
        return shutil.which(name, path=os.pathsep.join(folders))
    endings = [each for each in os.environ.get("PATHEXT", _PATHEXT).split(";") if each]
    if name.lower().endswith(tuple(map(str.lower, endings))):
        endings = [""]
    if Path(name).parent != Path():
        folders, endings = [str(Path.cwd())], [*endings, ""]
    programs = (Path(folder, f"{name}{ending}") for folder in folders for ending in endings)
    return next((str(program) for program in programs if program.is_file()), None)


def in_foreground(command: Sequence[str], *, stdin: bytes | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run the user's editor or pager on the terminal, without limits, until they close it; return its exit code.

    `stdin` is what the pager shows; by default the program reads the terminal. `env` are variables to add. The program
    gets Ctrl-C meanwhile. Call it from the main thread. Raises OSError if it cannot be started.
    """
    pipe = None if stdin is None else subprocess.PIPE
    process = subprocess.Popen(_command_line(command), stdin=pipe, env={**os.environ, **(env or {})})
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(BrokenPipeError):  # the user has seen enough
            process.communicate(stdin)
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def open_in_viewer(path: Path) -> None:
    """Open a file with the program that the user's system opens it with, and leave that program running.

    The path becomes absolute, so that no name is read as an option. Raises ToolError.
    """
    if sys.platform == "win32":
        try:
            os.startfile(path.absolute())
        except OSError as error:
            raise ToolError("the viewer", f"cannot open {path}: {error.strerror or error}") from error
        return
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = find_program(name)
    if program is None:
        raise ToolMissing(name, "$PATH", "open the file yourself, or install xdg-utils")
    quiet = subprocess.DEVNULL
    command = [program, str(path.absolute())]
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    # A viewer that starts may stay in the foreground of its opener; one that fails ends at once.
    with suppress(subprocess.TimeoutExpired):
        if code := process.wait(_LONGEST_OPENING):
            raise ToolError(name, f"cannot open {path}: {name} failed with code {code}", "open the file yourself")
    process.returncode = process.returncode or 0  # it is not ours to wait for any more


def run(
    tool: str,
    args: Sequence[str | Path],
    *,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float,
    memory: int | None = None,
    ok: Collection[int] = (0,),
    max_output: int = MAX_OUTPUT,
    hint: str = "",
) -> Finished:
    """Run a program to its end. `args` is the whole command, the program first; `tool` names it in messages.

    `env` is the exact environment (default: `minimal_env()`), `timeout` is in seconds, `memory` is in bytes of address
    space (Linux; set before the child has anything to read), and `hint` is what to do if the program is missing.
    Raises ToolMissing, ToolTimeout, ToolFailed for a code not in `ok`, and ToolError if it cannot be started or writes
    more than `max_output` bytes.
    """
    environment = minimal_env() if env is None else dict(env)
    program = find_program(str(args[0]), environment.get("PATH", os.defpath))
    if program is None:
        raise ToolMissing(tool, str(args[0]), hint)
    command = [str(Path(program).absolute()), *map(str, args[1:])]
    with _started(tool, command, cwd, environment) as process:
        _limit(process, timeout, memory)
        try:
            stdout, stderr = _communicate(process, stdin, timeout, max_output)
        except subprocess.TimeoutExpired:
            raise ToolTimeout(tool, timeout) from None
    if len(stdout) > max_output:
        bound = f"{max_output // MIB} MiB" if max_output >= MIB else f"{max_output} bytes"
        raise ToolError(tool, f"{tool} was stopped: it wrote more than its limit of {bound}")
    message = stderr[:MAX_STDERR].decode("utf-8", "replace")
    if process.returncode not in ok:
        raise ToolFailed(tool, process.returncode, message)
    return Finished(process.returncode, stdout, message)


def in_child(module: str, stdin: bytes, *, timeout: float, memory: int, max_output: int = MAX_OUTPUT) -> bytes:
    """Run `main` of a module of cpdkit in an isolated Python, and return its standard output. Raises ToolError."""
    # Isolated mode ignores the user's environment and folder, so the child gets the path of this package.
    start = f"import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main()"
    command = [sys.executable, "-I", "-c", start, str(Path(__file__).parents[2])]
    return run("cpdkit", command, stdin=stdin, timeout=timeout, memory=memory, max_output=max_output).stdout


def minimal_env() -> dict[str, str]:
    """Return a child's default environment: where programs and temporary files are, and UTF-8; nothing else."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def stop_running() -> None:
    """Kill every running child, in any thread: for Ctrl-C while other threads wait for theirs."""
    with _lock:
        for process in _running:
            _kill(process)


@atexit.register
def _end_all() -> None:
    """At exit, kill running children, start no more, and wait for the threads to clean up."""
    global _ending
    with _lock:
        _ending = True
    stop_running()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            with suppress(RuntimeError):  # a thread that has not started yet can start no child
                thread.join(_LAST_WAIT)


_ending = False
_running: set["subprocess.Popen[bytes]"] = set()
_lock = threading.Lock()


@contextmanager
def _started(
    tool: str, command: list[str], cwd: Path | None, env: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a child, and leave nothing of it running afterwards.

    Ctrl-C between the start and the `try` does not stop the child; it ends because its pipes are closed.
    """
    with _lock:
        if _ending:
            raise ToolError(tool, f"{tool} could not be started: cpd is ending")
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(
                _command_line(command),
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                cwd=cwd,
                env=env,
                bufsize=0,
                start_new_session=True,
                creationflags=_NO_WINDOW,
                pipesize=_CHUNK,
            )
        except OSError as error:
            raise ToolError(tool, f"{tool} could not be started: {error.strerror or error}") from error
        _running.add(process)
    try:
        with process:
            try:
                yield process
            finally:
                _kill(process)
    finally:
        with _lock:
            _running.discard(process)


def _command_line(command: Sequence[str]) -> Sequence[str] | str:
    """Return a command so that no name in it is read as a command: Windows runs batch files with cmd.exe.

    It escapes no arguments, and the name of a file may have `&`, but no double quote.
    """
    if sys.platform == "win32" and command[0].lower().endswith((".bat", ".cmd")):
        return " ".join('"{}"'.format(word.replace('"', "")) for word in command)
    return command


def _limit(process: "subprocess.Popen[bytes]", timeout: float, memory: int | None) -> None:
    """Limit the child's memory and, in case cpdkit itself is killed, its processor time; allow no core dump.

    The child has not been given its input yet. (A `preexec_fn` may deadlock in a program with threads.)
    """
    if sys.platform == "linux":
        seconds = int(timeout + 1) * (os.cpu_count() or 1)
        limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds}
        if memory is not None:
            limits[resource.RLIMIT_AS] = memory
        for limit, most in limits.items():
            _, hard = resource.getrlimit(limit)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(OSError):  # it has ended already
                resource.prlimit(process.pid, limit, (bound, bound))


def _communicate(
    process: "subprocess.Popen[bytes]", stdin: bytes, timeout: float, max_output: int
) -> tuple[bytes, bytes]:
    """Feed and drain the child until it ends or writes more than its limit. Raises subprocess.TimeoutExpired.

    A process that left the child's group may keep its pipes open, so the loop ends when the child has ended.
    """
    assert process.stdin and process.stdout and process.stderr
    if sys.platform == "win32":  # its pipes can't be waited for together
        return _communicate_with_threads(process, stdin, timeout, max_output)
    deadline = time.monotonic() + timeout
    unsent, stdout, stderr = memoryview(stdin), bytearray(), bytearray()
    pause = _SHORTEST_PAUSE
    os.set_blocking(process.stdin.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdin, selectors.EVENT_WRITE)
        selector.register(process.stdout, selectors.EVENT_READ, stdout)
        selector.register(process.stderr, selectors.EVENT_READ, stderr)
        while len(stdout) <= max_output:
            ended = _has_ended(process)
            ready = selector.select(0 if ended else pause)
            if ended and not ready:
                break
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(process.args, timeout)
            pause = _SHORTEST_PAUSE if ready else min(2 * pause, _LONGEST_PAUSE)
            for key, _ in ready:
                if key.fileobj is process.stdin:
                    unsent = unsent[_written(key.fd, unsent) :]
                    if not unsent:
                        selector.unregister(process.stdin)
                        process.stdin.close()
                elif chunk := os.read(key.fd, _CHUNK):
                    key.data.extend(chunk)
                    del stderr[MAX_STDERR:]
                else:
                    selector.unregister(key.fileobj)
    return bytes(stdout), bytes(stderr)


def _communicate_with_threads(
    process: "subprocess.Popen[bytes]", stdin: bytes, timeout: float, max_output: int
) -> tuple[bytes, bytes]:
    """Do what `_communicate` does, with a thread for each pipe. Raises subprocess.TimeoutExpired."""
    assert process.stdin and process.stdout and process.stderr
    deadline = time.monotonic() + timeout
    outputs = (_Drained(process.stdout, max_output), _Drained(process.stderr, MAX_STDERR, goes_on=True))
    feeder = threading.Thread(target=_feed, args=(process.stdin, stdin), daemon=True)
    for thread in (feeder, *outputs):
        thread.start()
    pause = _SHORTEST_PAUSE
    while process.poll() is None and not outputs[0].is_full:
        if time.monotonic() > deadline:
            raise subprocess.TimeoutExpired(process.args, timeout)
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
    if not outputs[0].is_full:
        for each in outputs:
            each.finish(_LAST_WAIT)
    return bytes(outputs[0].kept), bytes(outputs[1].kept)


class _Drained(threading.Thread):
    """A thread that reads a pipe to its end. It keeps one byte more than `most`; then it stops, or `goes_on`."""

    def __init__(self, pipe: IO[bytes], most: int, *, goes_on: bool = False) -> None:
        super().__init__(daemon=True)
        self.kept = bytearray()
        self._pipe, self._most, self._goes_on = pipe, most, goes_on

    @property
    def is_full(self) -> bool:
        return len(self.kept) > self._most

    def run(self) -> None:
        with suppress(OSError, ValueError):  # the pipe was closed
            while (self._goes_on or not self.is_full) and (chunk := self._pipe.read(_CHUNK)):
                self.kept.extend(chunk[: self._most + 1 - len(self.kept)])

    def finish(self, patience: float) -> None:
        """Wait until the end of the pipe, or until nothing came for `patience` seconds: others may keep it open."""
        before = -1
        while self.is_alive() and len(self.kept) > before:
            before = len(self.kept)
            self.join(patience)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    """Write all data to a pipe and close it; stop if its reader has closed it."""
    with suppress(OSError, ValueError), pipe:
        rest = memoryview(data)
        while rest:
            rest = rest[pipe.write(rest) :]


def _written(pipe: int, data: memoryview) -> int:
    """Write as much as the pipe takes and return how much; all of it if the reader has closed the pipe."""
    try:
        return os.write(pipe, data)
    except BrokenPipeError:
        return len(data)


def _has_ended(process: "subprocess.Popen[bytes]") -> bool:
    """Return whether the child has ended. If possible, its process ID stays reserved until its group is killed."""
    if sys.platform == "win32" or not hasattr(os, "waitid"):
        return process.poll() is not None
    try:
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None
    except ChildProcessError:
        return True


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill the child and everything that it started."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
