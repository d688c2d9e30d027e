"""Other programs, run for real: bounded in time, memory and output, and gone when they should be."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from cpdkit.errors import ToolError, ToolFailed, ToolMissing, ToolTimeout
from cpdkit.text import process
from cpdkit.text.process import MAX_STDERR, MIB, Finished, find_program, in_foreground, run, stop_running

posix = pytest.mark.skipif(sys.platform == "win32", reason="process groups and signals are POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
both = pytest.mark.parametrize("system", ["this", "windows"], indirect=True)
"""As on this system, and with what Windows has for pipes and for ending a child."""
PYTHON = [sys.executable, "-I", "-S", "-c"]
PATIENCE = 10.0


@pytest.fixture
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "windows":
        monkeypatch.setattr(process, "sys", SimpleNamespace(platform="win32", executable=sys.executable))


def python(code: str, *more: str, **options: object) -> Finished:
    return run("python", [*PYTHON, code, *more], **({"timeout": PATIENCE} | options))  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    """Whether a process still runs; a dead one that nobody has collected yet doesn't."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def noted(note: Path) -> int:
    """Wait for a child to write its number into a file."""
    while not (note.exists() and note.read_text()):
        time.sleep(0.02)
    return int(note.read_text())


def gone(pid: int) -> bool:
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False


@both
@pytest.mark.usefixtures("system")
def test_output_input_and_arguments_pass_unchanged() -> None:
    code = "import sys; print(sys.argv[1:], sys.stdin.buffer.read()); print('ę', file=sys.stderr)"
    done = python(code, "a b", "$HOME; `id`", "*", stdin=b"\x00in")
    assert done == Finished(0, b"['a b', '$HOME; `id`', '*'] b'\\x00in'\n", "ę\n")


@both
@pytest.mark.usefixtures("system")
def test_a_hundred_times_the_pipe_in_both_directions_does_not_deadlock() -> None:
    code = "import sys; d = sys.stdin.buffer.read(); sys.stderr.write('e' * 300000); sys.stdout.buffer.write(d + d)"
    done = python(code, stdin=b"x" * (8 * MIB))
    assert len(done.stdout) == 16 * MIB
    assert len(done.stderr) == 300_000


@both
@pytest.mark.usefixtures("system")
def test_output_before_the_input_is_read_does_not_deadlock() -> None:
    code = "import sys; sys.stdout.write('x' * 3000000); sys.stdout.flush(); print(len(sys.stdin.read()))"
    assert python(code, stdin=b"y" * 3_000_000).stdout.endswith(b"x3000000\n")


@both
@pytest.mark.usefixtures("system")
def test_a_child_that_ignores_its_input_is_fine() -> None:
    assert python("print(1)", stdin=b"x" * (4 * MIB)).stdout.strip() == b"1"


def test_the_environment_is_minimal_and_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    names = python("import os; print(sorted(os.environ))").stdout.decode()
    assert "SECRET_TOKEN" not in names
    assert "HOME" not in names
    assert "'LANG'" in names
    assert "'PATH'" in names


def test_an_environment_given_is_the_exact_one() -> None:
    code = "import os; print(os.environ['ONLY'], 'LANG' in os.environ)"
    assert python(code, env={"ONLY": "this"}).stdout.split() == [b"this", b"False"]


def test_the_working_folder_is_the_one_named(tmp_path: Path) -> None:
    assert python("import os; print(os.getcwd())", cwd=tmp_path).stdout.decode().strip() == str(tmp_path)


@both
@pytest.mark.usefixtures("system")
def test_a_code_that_is_allowed_is_returned() -> None:
    assert python("raise SystemExit(3)", ok=(0, 3)).code == 3


@both
@pytest.mark.usefixtures("system")
def test_any_other_code_carries_what_the_tool_said() -> None:
    with pytest.raises(ToolFailed, match="python failed with code 3: no luck") as failed:
        python("import sys; print('no luck', file=sys.stderr); sys.exit(3)")
    assert (failed.value.code, failed.value.stderr, failed.value.exit_code) == (3, "no luck", 4)


@posix
def test_a_child_killed_by_a_signal_says_which() -> None:
    with pytest.raises(ToolFailed, match="python was killed by signal 11"):
        python("import os; os.kill(os.getpid(), 11)")


@pytest.mark.parametrize("program", ["no-such-program-of-ours", "/nowhere/pandoc", "./pandoc"])
def test_a_missing_program_says_where_it_was_looked_for(program: str) -> None:
    with pytest.raises(ToolMissing, match=rf"pandoc was not found at {program}") as missing:
        run("pandoc", [program, "--version"], timeout=PATIENCE, hint="pip install pypandoc_binary")
    assert missing.value.hint == "pip install pypandoc_binary"


@posix
def test_a_program_that_is_no_program_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "pandoc"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o755)
    with pytest.raises(ToolError, match="pandoc could not be started"):
        run("pandoc", [broken], timeout=PATIENCE)
    broken.chmod(0o644)
    with pytest.raises(ToolMissing):
        run("pandoc", [broken], timeout=PATIENCE)


@both
@pytest.mark.usefixtures("system")
def test_a_sleeper_is_stopped_at_its_bound() -> None:
    began = time.monotonic()
    with pytest.raises(ToolTimeout, match=r"python was stopped after its time limit of 0\.3 s"):
        python("import time; time.sleep(60)", timeout=0.3)
    assert time.monotonic() - began < 5


@posix
def test_a_sleeper_that_ignores_signals_and_closes_its_pipes_is_stopped_too() -> None:
    code = "import os, signal, time; signal.signal(15, signal.SIG_IGN); signal.signal(2, signal.SIG_IGN)\n"
    code += "os.close(0); os.close(1); os.close(2); time.sleep(60)"
    with pytest.raises(ToolTimeout):
        python(code, timeout=0.3)


@linux
@pytest.mark.parametrize("after", ["", "time.sleep(60)"], ids=["parent ended", "parent timed out"])
def test_a_grandchild_does_not_outlive_the_call(tmp_path: Path, after: str) -> None:
    note = tmp_path / "pid"
    code = "import subprocess, sys, time\n"
    code += "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    code += f"open({str(note)!r}, 'w').write(str(p.pid)); p.returncode = 0; {after}"
    began = time.monotonic()
    if after:
        with pytest.raises(ToolTimeout):
            python(code, timeout=1)
    else:
        python(code)
    assert time.monotonic() - began < 5, "the grandchild held the pipes, yet nobody waited for it"
    assert gone(int(note.read_text()))


@linux
@both
@pytest.mark.usefixtures("system")
def test_a_grandchild_that_flees_the_group_does_not_block_the_call() -> None:
    code = "import subprocess, sys\n"
    code += "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'], start_new_session=True)\n"
    code += "p.returncode = 0; print(p.pid, flush=True)"
    began = time.monotonic()
    fled = int(python(code).stdout)
    try:
        assert time.monotonic() - began < 10
    finally:
        os.kill(fled, signal.SIGKILL)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@both
@pytest.mark.usefixtures("system")
def test_a_flood_of_output_is_bounded(stream: str) -> None:
    code = f"import sys\nwhile True: sys.{stream}.write('x' * 65536)"
    if stream == "stdout":
        with pytest.raises(ToolError, match="python was stopped: it wrote more than its limit of 2 MiB"):
            python(code, max_output=2 * MIB)
    else:
        with pytest.raises(ToolTimeout):
            python(code, timeout=0.5)


@both
@pytest.mark.usefixtures("system")
def test_output_just_at_the_bound_is_whole() -> None:
    assert len(python("print('x' * 999)", max_output=1000).stdout) == 1000
    with pytest.raises(ToolError, match="limit of 999 bytes"):
        python("print('x' * 999)", max_output=999)


@both
@pytest.mark.usefixtures("system")
def test_of_endless_talk_the_beginning_is_kept() -> None:
    done = python(f"import sys; sys.stderr.write('first ' + 'x' * {3 * MAX_STDERR})")
    assert done.stderr.startswith("first x")
    assert len(done.stderr) == MAX_STDERR


@linux
def test_a_memory_hog_is_bounded_and_a_modest_child_is_not() -> None:
    hog = "import sys; b = bytearray(int(sys.stdin.read())); print(len(b))"
    with pytest.raises(ToolFailed, match="MemoryError"):
        python(hog, stdin=b"2_000_000_000", memory=500 * MIB)
    assert python(hog, stdin=b"9_000_000", memory=500 * MIB).stdout.strip() == b"9000000"


@linux
def test_children_leave_no_core_dump_and_cannot_run_for_ever() -> None:
    code = "import resource, sys; sys.stdin.read()\n"
    code += "print(resource.getrlimit(resource.RLIMIT_CORE)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
    core, processor = python(code, timeout=PATIENCE).stdout.split()
    assert core == b"0"
    assert int(processor) == 11 * (os.cpu_count() or 1)


@both
@pytest.mark.usefixtures("system")
def test_many_threads_may_run_children_at_once() -> None:
    def double(number: int) -> int:
        return int(python("import sys; print(int(sys.stdin.read()) * 2)", stdin=str(number).encode()).stdout)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(double, range(24))) == [2 * number for number in range(24)]


@linux
def test_ctrl_c_stops_the_child_and_all_it_started(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    sleeper = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    caller = "import sys; from cpdkit.text.process import run\n"
    caller += f"run('python', [sys.executable, '-c', {sleeper!r}], timeout=60)"
    with subprocess.Popen([sys.executable, "-c", caller], stderr=subprocess.PIPE, start_new_session=True) as asking:
        child = noted(note)
        asking.send_signal(signal.SIGINT)
        _, stderr = asking.communicate(timeout=PATIENCE)
    assert b"KeyboardInterrupt" in stderr
    assert gone(child)


@linux
def test_nothing_outlives_the_program_or_starts_at_its_end(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"""
import atexit, os, sys, threading, time
from pathlib import Path
from cpdkit.text import process
note = Path({str(note)!r})
ended = []
def ask(code):
    try:
        process.run("python", [sys.executable, "-c", code], timeout=60)
    except Exception as error:
        ended.append(str(error))
sleeper = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
threading.Thread(target=ask, args=(f"import sys; sys.argv[1:] = [{{str(note)!r}}]; " + sleeper,)).start()
while not (note.exists() and note.read_text()):
    time.sleep(0.02)
atexit._run_exitfuncs()
ask("print(1)")
print(ended, flush=True)
os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE)
    killed, refused = "python was killed by signal 9", "python could not be started: cpd is ending"
    assert (done.stdout.strip(), done.stderr) == (str([killed, refused]), "")
    assert gone(int(note.read_text()))


@linux
def test_children_of_other_threads_can_be_stopped(tmp_path: Path) -> None:
    code = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
    notes = [tmp_path / "1", tmp_path / "2"]
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(python, code, str(note), timeout=60) for note in notes]
        children = [noted(note) for note in notes]
        stop_running()
        assert all(isinstance(each.exception(PATIENCE), ToolFailed) for each in running)
    assert all(map(gone, children))


@linux
@both
@pytest.mark.usefixtures("system")
def test_no_pipe_stays_open() -> None:
    python("print(1)")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - iterdir would count its own
    for _ in range(5):
        python("print(1)")
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_a_program_in_the_foreground_has_the_terminal_and_its_code_counts(tmp_path: Path) -> None:
    note = tmp_path / "note"
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('here'); sys.exit(7)"
    assert in_foreground([sys.executable, "-c", code, str(note)]) == 7
    assert note.read_text() == "here"
    with pytest.raises(FileNotFoundError):
        in_foreground([str(tmp_path / "nothing")])


def made(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)


@both
@pytest.mark.usefixtures("system")
def test_no_program_of_the_current_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("git", "git.exe", "git.EXE", "git.bat")
    made(tmp_path / "journal", *names)
    monkeypatch.chdir(tmp_path / "journal")
    for path in ("", ".", f".{os.pathsep}", f"{os.pathsep}..{os.pathsep}"):
        assert find_program("git", path) is None
        monkeypatch.setenv("PATH", path)
        assert find_program("git") is None
    made(tmp_path / "bin", *names)
    found = find_program("git", f".{os.pathsep}{tmp_path / 'bin'}")
    assert found is not None and Path(found).parent == tmp_path / "bin"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("code", "code.CMD"),  # and not the script for other systems beside it
        ("notepad.EXE", "notepad.EXE"),
        ("notepad", "notepad.EXE"),
        ("notepad.txt", None),
        ("{}/code", "code.CMD"),
        ("{}/plain", "plain"),
        ("nothing", None),
    ],
)
@pytest.mark.parametrize("system", ["windows"], indirect=True)
@pytest.mark.usefixtures("system")
def test_a_program_of_windows_is_found_by_its_suffix(tmp_path: Path, name: str, found: str | None) -> None:
    made(tmp_path, "code", "code.CMD", "notepad.EXE", "notepad.txt.txt", "plain")
    assert find_program(name.format(tmp_path), str(tmp_path)) == (str(tmp_path / found) if found else None)


@pytest.mark.parametrize("system", ["windows"], indirect=True)
@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    "name", ["a&calc.md", "a b.md", "a^b.md", "%PATH%.md", "a|b.md", "a>b.md", "a(b).md", "a;b.md"]
)
def test_a_file_name_is_no_command_to_a_batch_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """https://nvd.nist.gov/vuln/detail/CVE-2024-24576 is this fault elsewhere."""
    started: list[object] = []

    def start(command: object, **_: object) -> object:
        started.append(command)
        return SimpleNamespace(wait=lambda: 0, communicate=lambda _: None)

    monkeypatch.setattr(subprocess, "Popen", start)
    in_foreground(["C:\\Program Files\\code.cmd", "--wait", name])
    assert started == [f'"C:\\Program Files\\code.cmd" "--wait" "{name}"']
