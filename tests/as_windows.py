"""Run commands of `cpd` as on Windows, as far as another system can show it. Run by tests/test_windows.py.

cpdkit's modules see the `sys`, `os`, `signal` and `time` of Windows, and cannot import what Windows does not have. For
all code, the disk refuses names that Windows refuses, and what is open can be neither removed nor replaced. Every text
is opened with an encoding, because that of Windows is not UTF-8. The children that are Pythons run in the same way.

What it cannot show: backslashes and drives in paths, names in any case, long paths, consoles, and other programs.
"""

import argparse
import builtins
import errno
import importlib.abc
import importlib.machinery
import io
import json
import os
import re
import runpy
import signal
import sys
import time
import types
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
POSIX_ONLY = frozenset(
    [
        "crypt",
        "curses",
        "fcntl",
        "grp",
        "nis",
        "ossaudiodev",
        "posix",
        "pty",
        "pwd",
        "readline",
        "resource",
        "spwd",
        "syslog",
        "termios",
        "tty",
    ]
)
NOT_IN_OS = frozenset(
    [
        "O_CLOEXEC",
        "O_DIRECTORY",
        "O_NOCTTY",
        "O_NOFOLLOW",
        "O_NONBLOCK",
        "O_PATH",
        "O_SYNC",
        "P_PID",
        "WCONTINUED",
        "WEXITED",
        "WNOHANG",
        "WNOWAIT",
        "chown",
        "chroot",
        "ctermid",
        "fchdir",
        "fchmod",
        "fchown",
        "fork",
        "forkpty",
        "fwalk",
        "getegid",
        "geteuid",
        "getgid",
        "getgroups",
        "getloadavg",
        "getpgid",
        "getpgrp",
        "getpriority",
        "getresuid",
        "getsid",
        "getuid",
        "initgroups",
        "killpg",
        "lchown",
        "lockf",
        "major",
        "makedev",
        "memfd_create",
        "minor",
        "mkfifo",
        "mknod",
        "nice",
        "openpty",
        "pathconf",
        "pidfd_open",
        "pipe2",
        "posix_fadvise",
        "posix_fallocate",
        "posix_spawn",
        "posix_spawnp",
        "pread",
        "preadv",
        "pwrite",
        "pwritev",
        "readv",
        "register_at_fork",
        "sched_getaffinity",
        "sched_setaffinity",
        "sched_yield",
        "sendfile",
        "set_blocking",
        "setegid",
        "seteuid",
        "setgid",
        "setgroups",
        "setpgid",
        "setpriority",
        "setsid",
        "setuid",
        "statvfs",
        "sync",
        "sysconf",
        "tcgetpgrp",
        "tcsetpgrp",
        "ttyname",
        "uname",
        "wait",
        "wait3",
        "wait4",
        "waitid",
        "writev",
    ]
)
NOT_IN_SIGNAL = frozenset(
    [
        "SIGALRM",
        "SIGCHLD",
        "SIGCONT",
        "SIGHUP",
        "SIGKILL",
        "SIGPIPE",
        "SIGQUIT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGUSR1",
        "SIGUSR2",
        "SIGWINCH",
        "alarm",
        "pause",
        "pthread_kill",
        "pthread_sigmask",
        "setitimer",
        "sigpending",
        "sigtimedwait",
        "sigwait",
        "sigwaitinfo",
    ]
)
FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .]\Z|\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)', re.IGNORECASE)


class AsOnWindows(types.ModuleType):
    """A module of Python with other values for some names, and without some."""

    def __init__(self, real: types.ModuleType, without: frozenset[str] = frozenset(), **values: object) -> None:
        super().__init__(real.__name__)
        self.__dict__.update(_real=real, _without=without, _values=values)

    def __getattribute__(self, name: str) -> Any:
        inside = object.__getattribute__(self, "__dict__")
        if name == "__dict__":
            return inside
        if name in inside["_without"]:
            raise AttributeError(f"module {inside['_real'].__name__} has no {name} on Windows")
        return inside["_values"][name] if name in inside["_values"] else getattr(inside["_real"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.__dict__["_real"], name, value)


def modules(python: str) -> Mapping[str, types.ModuleType]:
    """Return the modules that cpdkit gets instead of those of this system."""

    def with_path(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if any(kwargs.get(name) is not None for name in ("dir_fd", "src_dir_fd", "dst_dir_fd")):
                raise NotImplementedError("dir_fd unavailable on this platform")
            return real(*args, **kwargs)

        return call

    def opened(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if isinstance(path, str | bytes | os.PathLike) and Path(os.fsdecode(path)).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return with_path(os.open)(path, flags, mode, dir_fd=dir_fd)

    def chmod(path: Any, mode: int, **options: Any) -> None:
        if isinstance(path, int):
            raise TypeError("chmod: path should be string, bytes or os.PathLike, not int")
        Path(path).chmod(mode, **options)

    paths = {
        name: with_path(getattr(os, name))
        for name in ("stat", "mkdir", "unlink", "remove", "rename", "replace", "link", "rmdir")
    }
    seen_os = AsOnWindows(
        os, NOT_IN_OS, name="nt", O_BINARY=0, supports_dir_fd=set(), supports_fd={os.stat, os.truncate},
        supports_follow_symlinks={os.stat}, open=opened, chmod=chmod, devnull=os.devnull, **paths,
    )  # fmt: skip
    return {
        "os": seen_os,
        "sys": AsOnWindows(sys, platform="win32", executable=python),
        "signal": AsOnWindows(signal, NOT_IN_SIGNAL),
        "time": AsOnWindows(time, frozenset({"tzset"})),
    }


class OwnModules(importlib.abc.MetaPathFinder):
    """Gives the modules of cpdkit an `import` statement that finds what Windows has."""

    def __init__(self, seen: Mapping[str, types.ModuleType]) -> None:
        def imported(name: str, names: Any = None, local: Any = None, fromlist: Any = (), level: int = 0) -> Any:
            top = name.partition(".")[0]
            if level == 0 and top in POSIX_ONLY:
                raise ModuleNotFoundError(f"No module named {name!r} on Windows", name=name)
            module = builtins.__import__(name, names, local, fromlist, level)
            return seen.get(top, module) if name == top or not fromlist else module

        self.builtins = {**vars(builtins), "__import__": imported}

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] != "cpdkit":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            run = spec.loader.exec_module

            def executed(module: types.ModuleType) -> None:
                module.__dict__["__builtins__"] = self.builtins
                run(module)

            spec.loader.exec_module = executed  # type: ignore[method-assign]
        return spec


def refuse_as_a_disk_of_windows(event: str, args: tuple[Any, ...]) -> None:
    """Raise the error of Windows for what it refuses. Python calls this before each such operation."""
    if event == "open" and isinstance(args[0], str) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        refuse_name(args[0])
    elif event in ("os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link"):
        for path in filter(None, (args[0], args[1] if event in ("os.rename", "os.link") else None)):
            refuse_name(os.fsdecode(path))
            if event in ("os.remove", "os.rename"):
                refuse_open(os.fsdecode(path))
    elif event == "subprocess.Popen" and args[3] is not None and "SYSTEMROOT" not in args[3]:
        raise OSError(errno.EINVAL, "a program of Windows needs SYSTEMROOT")


def refuse_name(path: str) -> None:
    names = [name for name in path.split("/") if name not in ("", ".", "..")]
    if not path.startswith(("/dev/", "/proc/")) and any(map(FORBIDDEN.search, names)):
        raise OSError(errno.EINVAL, "Invalid argument", path)


def refuse_open(path: str) -> None:
    for handle in Path("/proc/self/fd").iterdir():
        if handle.is_symlink() and os.path.realpath(handle) == os.path.realpath(path):
            raise PermissionError(errno.EACCES, "The process cannot access the file because it is being used", path)


def install(python: str) -> OwnModules:
    """Make this process one of Windows, for all that is imported from now on."""
    own = OwnModules(modules(python))
    sys.meta_path.insert(0, own)
    sys.addaudithook(refuse_as_a_disk_of_windows)
    warnings.filterwarnings("error", category=EncodingWarning, module="cpdkit")
    return own


class Stream(io.TextIOWrapper):
    """A standard stream that is no terminal, with the letters of Windows."""

    def __init__(self, newline: str) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="cp1252", newline=newline, write_through=True)


def ran(args: Sequence[str], stdin: str, newline: str) -> dict[str, object]:
    """Run one command line in this process; return its code and what it wrote."""
    run = import_module("cpdkit.cli.main").run  # only now, as on Windows
    out, err = Stream(newline), Stream(newline)
    given = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="cp1252")
    sys.stdout, sys.stderr = out, err
    try:
        code = run(list(args))
    finally:
        sys.stdin, sys.stdout, sys.stderr = given
    return {
        "args": list(args),
        "code": code,
        "out": out.bytes.getvalue().decode(),
        "err": err.bytes.getvalue().decode(),
    }


def main() -> None:
    """Run a child's Python as the interpreter would, or the command lines of a JSON file on standard input."""
    if sys.argv[1:2] == ["-I"]:  # a child of cpdkit: python -I -c CODE ARGS, or python -I SCRIPT
        own = install(os.environ["CPD_PYTHON"])
        if sys.argv[2] == "-c":
            code, sys.argv = sys.argv[3], ["-c", *sys.argv[4:]]
            exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
        else:
            script, sys.argv = sys.argv[2], sys.argv[2:]
            runpy.run_path(script, {"__builtins__": own.builtins}, run_name="__main__")
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", help="what starts a child; without it, the commands run as on this system")
    given = parser.parse_args()
    if given.python:
        install(given.python)
    newline = "\r\n" if given.python else "\n"
    json.dump([ran(args, stdin, newline) for args, stdin in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
