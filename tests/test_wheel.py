"""The wheel alone, away from the checkout and without a network, makes the same report as the checkout does."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.tools import needs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
EPOCH = "1767225600"
# Where a request would go if one were made: nobody listens there.
NOWHERE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")
SHIPPED = (
    "cpdkit/py.typed",
    "cpdkit/templates/",
    "cpdkit/cli/completion.ps1",
    "cpdkit/checks/explained/CPD1xx.toml",
    "cpdkit/schemes/data/frameworks/uk-spec-ceng.yaml",
    "cpdkit/schemes/data/schemes/iet.yaml",
    "cpdkit/documents/explained.toml",
    "cpdkit/docs/diagnostics/CPD204.md",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend that pyproject.toml names, without isolation and so without a download."""
    out = tmp_path_factory.mktemp("dist")
    code = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    built = subprocess.run([sys.executable, "-c", code, str(out)], cwd=ROOT, capture_output=True, text=True, check=True)
    return out / built.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and, by a path file, the packages it needs; its `cpd`."""
    home = tmp_path_factory.mktemp("away") / "new env"
    venv.create(home, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", "--quiet"]
    subprocess.run([*pip, str(wheel)], check=True, env=environment(), cwd=home)
    needed = tmp_path_factory.mktemp("needed")
    link_packages(needed)
    (packages / "needed.pth").write_text(f"{needed}\n", encoding="utf-8")
    return home / "bin" / "cpd"


def link_packages(folder: Path) -> None:
    """All of this environment's packages but cpdkit itself, whether it is installed here or found by a path file."""
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if "cpdkit" not in entry.name and entry.suffix != ".pth":
            (folder / entry.name).symlink_to(entry)


def environment() -> dict[str, str]:
    clean = {name: expected for name, expected in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "CPD_"))}
    return {**clean, **NOWHERE, "SOURCE_DATE_EPOCH": EPOCH, "CPD_TODAY": "2026-11-23"}


def cut_off() -> list[str]:
    """What runs a command without any network: a namespace of its own where that is allowed."""
    alone = [needs("unshare"), "--net", "--map-root-user"]
    return alone if subprocess.run([*alone, "true"], capture_output=True).returncode == 0 else []


def reports(command: list[str], journal: Path, out: Path) -> dict[str, bytes]:
    args = ["report", "detailed", "--journal", str(journal), "--format", "docx,pdf,html", "--out", str(out)]
    done = subprocess.run(
        [*cut_off(), *command, *args], cwd=out.parent, env=environment(), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_the_wheel_holds_templates_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert all(any(name.startswith(shipped) for name in names) for shipped in SHIPPED)
    shipped_templates = {name.removeprefix("cpdkit/") for name in names if name.startswith("cpdkit/templates/")}
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert shipped_templates == here
    assert not [name for name in names if name.startswith(("tests/", "bench/", "journal/"))]


def test_it_makes_the_same_report_away_from_the_checkout_with_the_network_cut(installed: Path, tmp_path: Path) -> None:
    journal = tmp_path / "my journal"
    shutil.copytree(ROOT / "journal", journal)
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    here = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from cpdkit.__main__ import start; start()",
    ]
    from_wheel = reports([str(installed)], journal, tmp_path / "one" / "out")
    from_checkout = reports(here, journal, tmp_path / "other" / "out")
    assert {Path(name).suffix for name in from_wheel} == {".docx", ".pdf", ".html"}
    assert from_wheel == from_checkout


def test_it_checks_a_journal_and_imports_nothing_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    code = "import cpdkit; print(cpdkit.__file__)"
    python = installed.with_name("python")
    expected = subprocess.run(
        [str(python), "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert Path(expected.stdout.strip()).is_relative_to(installed.parents[1])
    done = subprocess.run(
        [str(installed), "check", "--journal", str(ROOT / "journal")], env=environment(), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")
