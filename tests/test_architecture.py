"""The house: its layers, the size of its parts, the mirror of its tests, and what start-up imports."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from cpdkit.cli import plan
from cpdkit.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cpdkit"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
MOST_LINES = 400
LONGEST_FUNCTION = 50
LONG_FUNCTION = 25
USUAL_FUNCTION = 6

# Pure declarations: what they say is tested where it is used.
WITHOUT_TEST: set[str] = set()


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def lines_of(function: ast.FunctionDef) -> int:
    """The lines of its body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 1


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


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_functions_are_short() -> None:
    lengths = sorted((lines_of(each), f"{name_of(path)}:{each.name}") for path in MODULES for each in functions(path))
    assert lengths[-1][0] <= LONGEST_FUNCTION, lengths[-1]
    assert lengths[len(lengths) * 9 // 10][0] < LONG_FUNCTION
    assert median(length for length, _ in lengths) <= USUAL_FUNCTION


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_one_module_starts_programs(path: Path) -> None:
    if name_of(path) != "text/processes.py":
        assert not imports(path) & {"subprocess", "pty", "multiprocessing"}


def test_every_test_stands_where_its_module_does() -> None:
    """`tests/journal/test_period.py` tests `cpdkit/journal/period.py`; tests of the whole program stand at the top."""
    tests = ROOT / "tests"
    lost = [path for path in tests.glob("*/**/test_*.py") if not module_of(path.relative_to(tests)).exists()]
    assert lost == []


def module_of(test: Path) -> Path:
    return PACKAGE / test.parent / test.name.removeprefix("test_")


def test_every_module_with_functions_has_its_test() -> None:
    missing = sorted(
        name_of(path)
        for path in MODULES
        if path.parent != PACKAGE
        and any(functions(path))
        and not (ROOT / "tests" / path.relative_to(PACKAGE).parent / f"test_{path.name}").exists()
    )
    assert missing == sorted(WITHOUT_TEST)


def test_every_command_in_the_table_is_a_module_and_no_module_lacks() -> None:
    assert commands_in("cli") - {"main"} == set(COMMANDS)
    assert commands_in("plans") == set(plan.COMMANDS)


def commands_in(folder: str) -> set[str]:
    """The modules of a folder that make a command, or a group of them."""
    some = [path for path in MODULES if path.parent.name == folder]
    return {path.stem for path in some if re.search("^@click.(command|group)", path.read_text("utf-8"), re.MULTILINE)}


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
    return {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names | own | set(bare)}


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_start_up_imports_only_click_and_the_frame(flag: str) -> None:
    names = imported_by(flag)
    assert third_party(names) == set()
    frame = {"cpdkit", "cpdkit.__main__", "cpdkit.cli", "cpdkit.cli.exits", "cpdkit.cli.lazy", "cpdkit.cli.main"}
    assert {name for name in names if name.startswith("cpdkit")} == frame


def test_a_check_imports_no_document_tools(tmp_path: Path) -> None:
    (tmp_path / "cpd.yaml").write_text("name: A\n", encoding="utf-8")
    names = imported_by("check", "--journal", str(tmp_path))
    tools = {"jinja2", "markupsafe", "lxml", "PIL", "typst", "pypandoc", "rendercv_fonts", "docx"}
    assert not third_party(names) & tools
    documents = {name for name in names if name.startswith("cpdkit.documents.")}
    assert documents <= {"cpdkit.documents.report", "cpdkit.documents.report.outputs"}
