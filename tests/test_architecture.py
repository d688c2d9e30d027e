"""The house: its layers, its circles, and what start-up imports."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.cli.commands import new, plan
from cpdkit.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cpdkit"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """The names of the modules that a file imports, whole."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_layers_import_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and under `TYPE_CHECKING` count, too."""
    names = {module_name(path): path for path in PACKAGE.rglob("*.py")}
    graph = {name: {each for each in imported_modules(path) if each in names} for name, path in names.items()}
    assert in_circles(graph) == []


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path: Path) -> set[str]:
    """The modules that a file imports, with `from package import module` as `package.module`."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in {name_of(path)}"
            modules = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {each for each in modules if (ROOT / (each.replace(".", "/") + ".py")).exists()} or {
                node.module or ""
            }
    return names


def in_circles(graph: dict[str, set[str]]) -> list[str]:
    """What is left of a graph once all is taken away that imports nothing, or is imported by nothing, that is left."""
    left = dict(graph)
    while free := [name for name, wanted in left.items() if not wanted & left.keys()]:
        for name in free:
            del left[name]
    while free := [name for name in left if not any(name in wanted for wanted in left.values())]:
        for name in free:
            del left[name]
    return sorted(left)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_one_module_starts_programs(path: Path) -> None:
    if name_of(path) != "text/process.py":
        assert not imports(path) & {"subprocess", "pty"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_one_module_quotes_words_for_a_shell(path: Path) -> None:
    """That of Windows needs other quotes."""
    if name_of(path) not in ("text/shell.py", "cli/exits.py"):  # a bug report is not copied into a shell
        assert not {"shlex.quote(", "shlex.join("} & set(re.findall(r"shlex\.\w+\(", path.read_text("utf-8")))


def test_every_command_in_the_table_is_a_module_and_no_module_lacks() -> None:
    commands = {path.stem.rstrip("_") for path in MODULES if path.parent.name == "commands"}
    assert commands == {*COMMANDS, *(f"plan_{name}" for name in plan.COMMANDS), *(f"new_{name}" for name in new.OTHERS)}


def imported_by(*args: str) -> set[str]:
    """The top-level names (of cpdkit: whole names) of all modules that a command line imports."""
    code = (
        "import json, sys; from cpdkit.__main__ import main; code = main();"
        "print(); print(json.dumps(sorted(sys.modules))); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr
    names = json.loads(done.stdout.splitlines()[-1])
    return {name if name.startswith("cpdkit") else name.partition(".")[0] for name in names}


def third_party(names: set[str]) -> set[str]:
    own = {"cpdkit", "click", "sitecustomize", "usercustomize"}
    # What site-packages' .pth files bring in is not ours.
    bare = json.loads(
        subprocess.run(
            [sys.executable, "-c", "import json, sys; print(json.dumps(sorted(sys.modules)))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    known = sys.stdlib_module_names | own | set(bare)
    # "$coverage" is what measures the tests.
    return {name for name in names if name.partition(".")[0] not in known and not name.startswith("$")}


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_start_up_imports_only_click_and_the_frame(flag: str) -> None:
    names = imported_by(flag)
    assert third_party(names) == set()
    frame = {
        "cpdkit",
        "cpdkit.__main__",
        "cpdkit.cli",
        "cpdkit.cli.exits",
        "cpdkit.cli.global_options",
        "cpdkit.cli.main",
    }
    assert {name for name in names if name.startswith("cpdkit")} == frame


LIGHT = ("cpdkit.cli", "cpdkit.errors", "cpdkit.diagnostics", "cpdkit.text.names", "cpdkit.text.shell",
         "cpdkit.text.terminal", "cpdkit.text.wording")  # fmt: skip
FOLDERS = {"cpdkit", "cpdkit.text", "cpdkit.checks", "cpdkit.documents"}
SHORT = {"cpdkit.checks.formats", "cpdkit.documents.report_files"}


@pytest.mark.parametrize("name", ["check", "list", "new", "report", "set", "show", "todo"])
def test_options_are_completed_without_what_the_command_does(name: str) -> None:
    """What is typed most is completed at once: a command's module imports its options alone."""
    code = f"import json, sys, cpdkit.cli.commands.{name}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    modules = {each for each in json.loads(done.stdout) if each.startswith("cpdkit")}
    assert {each for each in modules - FOLDERS - SHORT if not each.startswith(LIGHT)} == set()


def test_a_check_imports_no_document_tools(tmp_path: Path) -> None:
    (tmp_path / "cpd.yaml").write_text("name: A\n", encoding="utf-8")
    names = imported_by("check", "--journal", str(tmp_path))
    tools = {"jinja2", "markupsafe", "lxml", "PIL", "typst", "pypandoc", "rendercv_fonts", "docx"}
    assert not third_party(names) & tools
    documents = {name for name in names if name.startswith("cpdkit.documents.")}
    assert documents <= {"cpdkit.documents.report_files"}
