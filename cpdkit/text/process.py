"""The one module that starts other programs: a list of arguments, no shell, bounded time, memory and output.

On POSIX a child leads a session of its own, so that what it started in turn dies with it, and Ctrl-C reaches
cpdkit alone, which then stops it. On Windows only the time is bounded.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cpdkit.errors import ToolError, ToolFailed, ToolMissing, ToolTimeout

if sys.platform != "win32":
    import resource

MIB = 1024 * 1024
MAX_OUTPUT = 256 * MIB
MAX_TALK = MIB
"""How much of a child's stderr is kept; the rest is read and dropped."""

_CHUNK = MIB
_GRACE = 1.0
"""Seconds for the last bytes of a pipe after its child has ended: a process that fled the group may hold it open."""

_KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "PATHEXT")
_LIMITED = "import os, resource, sys; n = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_AS, (n, n)); "
_LIMITED += "os.execv(sys.argv[2], sys.argv[2:])"


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended with a code that was allowed. `stderr` is decoded as UTF-8, cut at `MAX_TALK` bytes."""

    code: int
    stdout: bytes
    stderr: str


def in_foreground(command: Sequence[str]) -> int:
    """Run the user's own editor on the terminal, unbounded, until they close it; its exit code.

    Raises OSError where it can't be started.
    """
    process = subprocess.Popen(command)
    with _left_to_the_editor():
        return process.wait()


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Ctrl-C means the editor, not the program that waits for it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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

    `env` is the exact environment (default: `minimal_env()`), `timeout` seconds, `memory` bytes of address
    space (Linux), `hint` the way out when the program is missing. Raises ToolMissing, ToolTimeout, ToolFailed
    for a code not in `ok`, and ToolError when it can't be started or writes more than `max_output` bytes.
    """
    environment = minimal_env() if env is None else dict(env)
    command = _resolved(tool, args, environment, hint)
    process = _start(tool, command if memory is None else _bounded(command, memory), cwd, environment)
    out = _Pump(process, process.stdout, max_output, stops=True)
    talk = _Pump(process, process.stderr, MAX_TALK)
    in_time = _see_through(process, stdin, timeout, (out, talk))
    said = talk.kept().decode("utf-8", "replace")
    if out.overflowed:
        raise ToolError(tool, f"{tool} was stopped: it wrote more than {_size(max_output)}, its bound")
    if not in_time:
        raise ToolTimeout(tool, timeout)
    if process.returncode not in ok:
        raise ToolFailed(tool, process.returncode, said)
    return Finished(process.returncode, out.kept(), said)


def minimal_env() -> dict[str, str]:
    """The environment that a child gets by default: where programs and temporary files are, and UTF-8; nothing else."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def stop_running() -> None:
    """Kill every child that runs now, in any thread: for Ctrl-C while other threads wait for theirs."""
    with _running_lock:
        for process in tuple(_running):
            _kill(process)


@atexit.register
def _end_all() -> None:
    """At the program's end, kill what still runs and let nothing start; threads at work see their children gone.

    Ctrl-C may hit a pool of threads just as it starts one, which then is in no list of its.
    """
    global _over
    with _running_lock:
        _over = True
    stop_running()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            with suppress(RuntimeError):  # one that has yet to start can start no child
                thread.join(_GRACE)


_over = False
_running: set["subprocess.Popen[bytes]"] = set()
_running_lock = threading.Lock()


def _resolved(tool: str, args: Sequence[str | Path], env: Mapping[str, str], hint: str) -> list[str]:
    command = [str(arg) for arg in args]
    program = shutil.which(command[0], path=env.get("PATH", os.defpath))
    if program is None:
        raise ToolMissing(tool, command[0], hint)
    return [str(Path(program).absolute()), *command[1:]]


def _bounded(command: list[str], memory: int) -> list[str]:
    """The command with its address space bounded before it starts.

    A bound set after the start comes too late for Pandoc, whose runtime sizes its heap by it at once; a
    `preexec_fn` may deadlock where there are threads. macOS knows the limit but does not keep it.
    """
    if sys.platform != "linux":
        return command
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = str(memory if hard == resource.RLIM_INFINITY else min(memory, hard))
    if prlimit := shutil.which("prlimit"):
        return [prlimit, f"--as={most}", "--", *command]
    return [sys.executable, "-I", "-S", "-c", _LIMITED, most, *command]


def _start(tool: str, command: list[str], cwd: Path | None, env: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start a child, in a thread that Ctrl-C can't stop: between its start and its place in the list it is unknown."""
    made: list[subprocess.Popen[bytes] | OSError] = []
    maker = threading.Thread(target=_make, args=(made, command, cwd, env))
    maker.start()
    maker.join()
    (process,) = made
    if isinstance(process, OSError):
        raise ToolError(tool, f"{tool} could not be started: {process.strerror or process}") from process
    return process


def _make(
    made: "list[subprocess.Popen[bytes] | OSError]", command: list[str], cwd: Path | None, env: Mapping[str, str]
) -> None:
    pipe = subprocess.PIPE
    try:
        with _running_lock:
            if _over:
                raise OSError("the program ends")
            process = subprocess.Popen(
                command,
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                cwd=cwd,
                env=env,
                start_new_session=True,
                pipesize=_CHUNK,
            )
            _running.add(process)
        made.append(process)
    except OSError as error:
        made.append(error)


def _see_through(
    process: "subprocess.Popen[bytes]", stdin: bytes, timeout: float, pumps: tuple["_Pump", "_Pump"]
) -> bool:
    """Feed and drain the child until it ends; False when it had to be stopped. Nothing of it is left running."""
    ended = threading.Thread(target=_await_end, args=(process,), daemon=True)
    threads = (*pumps, threading.Thread(target=_feed, args=(process, stdin), daemon=True), ended)
    try:
        _leave_no_trace(process, timeout)
        for thread in threads:
            thread.start()
        ended.join(timeout)
        return not ended.is_alive()
    finally:
        _kill(process)
        process.wait()
        with _running_lock:
            _running.discard(process)
        for thread in threads:
            if thread.is_alive():
                thread.join(_GRACE)


def _leave_no_trace(process: "subprocess.Popen[bytes]", timeout: float) -> None:
    """No core dump; and should cpdkit itself be killed, the child's processor time is bounded still."""
    if sys.platform == "linux":
        seconds = int(timeout + 1) * (os.cpu_count() or 1)
        with suppress(OSError, ValueError):
            resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds))


def _await_end(process: "subprocess.Popen[bytes]") -> None:
    """Wait without collecting the child where that is possible: its number stays taken until its group is killed."""
    if not hasattr(os, "waitid"):
        process.wait()
        return
    with suppress(ChildProcessError):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the child and all that it started."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, 9)


def _feed(process: "subprocess.Popen[bytes]", stdin: bytes) -> None:
    """Write the input; a child that ends without reading it all is none of our business."""
    if process.stdin is None:
        return
    with suppress(OSError):
        process.stdin.write(stdin)
    with suppress(OSError):
        process.stdin.close()


class _Pump(threading.Thread):
    """Reads one pipe of a child to its end and keeps the first `most` bytes; stops the child beyond them if told so."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", pipe: IO[bytes] | None, most: int, *, stops: bool = False
    ) -> None:
        super().__init__(daemon=True)
        self.overflowed = False
        self._process, self._pipe, self._room, self._stops = process, pipe, most, stops
        self._chunks: list[bytes] = []

    def run(self) -> None:
        if self._pipe is None:
            return
        with self._pipe:
            while chunk := os.read(self._pipe.fileno(), _CHUNK):
                self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        if self._room:
            self._chunks.append(chunk[: self._room])
        self.overflowed |= len(chunk) > self._room
        self._room = max(0, self._room - len(chunk))
        if self.overflowed and self._stops:
            _kill(self._process)

    def kept(self) -> bytes:
        return b"".join(self._chunks)


def _size(count: int) -> str:
    return f"{count // MIB} MiB" if count >= MIB else f"{count} bytes"
