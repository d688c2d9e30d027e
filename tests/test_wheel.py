"""The wheel alone, away from the checkout and without a network, makes the same report as the checkout does."""

import email
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from trove_classifiers import classifiers

from cpdkit import __version__
from tests.tools import needs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
EPOCH = "1767225600"
MOST_BYTES = 1_200_000
SCRIPTS = ["[console_scripts]", "cpd", "=", "cpdkit.__main__:start"]
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
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT / "fonts", tmp_path_factory.mktemp("dist"))


def build(source: Path, out: Path) -> Path:
    """The wheel, built by the backend that pyproject.toml names, without isolation and so without a download."""
    code = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", code, str(out)], cwd=source, capture_output=True, text=True, check=True
    )
    return out / built.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and, by a path file, the packages it needs; its `cpd`."""
    home = tmp_path_factory.mktemp("away") / "new env"
    venv.create(home, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    python = home / "bin" / "python"
    pip_install(python, wheel)
    needed = tmp_path_factory.mktemp("needed")
    link_packages(needed)
    (packages / "needed.pth").write_text(f"{needed}\n", encoding="utf-8")
    return home / "bin" / "cpd"


def pip_install(python: Path, wheel: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps", "--quiet"]
    subprocess.run([*pip, str(wheel)], check=True, env=environment(), cwd=wheel.parent)


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


def test_the_wheel_is_small_and_has_its_licence_and_one_command(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES
    package = zipfile.ZipFile(wheel)
    (info,) = {name.partition("/")[0] for name in package.namelist() if ".dist-info/" in name}
    assert {name.partition("/")[0] for name in package.namelist()} == {"cpdkit", info}
    assert package.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert package.read(f"{info}/entry_points.txt").decode().split() == SCRIPTS
    left = re.compile(r"(^|/)(__pycache__|\.[^/]*|tests?)(/|$)|\.py[co]$|~$")
    assert [name for name in package.namelist() if left.search(name)] == []


def test_the_metadata_can_be_published(wheel: Path) -> None:
    package = zipfile.ZipFile(wheel)
    (name,) = (name for name in package.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = email.message_from_bytes(package.read(name))
    assert (metadata["Name"], metadata["Version"]) == ("cpdkit", __version__)
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE"]
    assert metadata["Requires-Python"] == ">=3.11"
    assert set(metadata.get_all("Classifier", [])) <= classifiers
    assert str(metadata.get_payload()).startswith("# cpdkit\n")
    # A version that is not published has no address of its own: an invented one could belong to anybody.
    assert metadata.get_all("Project-URL") is None
    news = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (\S+?),? ", news, re.MULTILINE)[0] == __version__


def test_the_source_archive_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    code = "import sys, hatchling.build; print(hatchling.build.build_sdist(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, check=True)
    (archive,) = tmp_path.iterdir()
    with tarfile.open(archive) as source:
        source.extractall(tmp_path, filter="data")
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    for name in ("LICENSE", "CHANGELOG.md", "Makefile", "Dockerfile", ".ci/run", ".gitattributes"):
        assert (folder / name).read_bytes() == (ROOT / name).read_bytes()
    folders = {"tests", "journal", "docs", "bench", "tools", "fonts"}
    assert {path.name for path in folder.iterdir() if path.is_dir()} >= folders
    assert not list(folder.rglob("__pycache__"))
    code = code.replace("sdist", "wheel")
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=folder, capture_output=True, check=True)
    (other,) = tmp_path.glob("*.whl")
    sums = [{each.filename: each.CRC for each in zipfile.ZipFile(path).infolist()} for path in (wheel, other)]
    assert sums[0] == sums[1]


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


def test_more_fonts_come_from_a_package_of_their_own(installed: Path, fonts: Path, tmp_path: Path) -> None:
    """This comes after the tests that need an environment without that package."""
    names = {Path(name).name for name in zipfile.ZipFile(fonts).namelist()}
    assert names >= {path.name for path in (ROOT / "fonts" / "cpdkit_fonts").glob("*.ttf")} | {"OFL.txt"}

    def cpd(*args: str) -> subprocess.CompletedProcess[str]:
        command = [str(installed), *args]
        return subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True)

    cpd("init", "mine", "--name", "A", "--no-git")
    done = cpd(
        "new", "Visit \u05d0 \N{GRINNING FACE}", "--journal", "mine", "--hours", "1", "--no-edit", "--type", "work"
    )
    assert done.returncode == 0, done.stderr
    report = ("report", "detailed", "--journal", "mine", "--format", "pdf", "--into", "out")
    without = cpd(*report)
    assert without.returncode == 0
    assert without.stderr.count('install more fonts: pip install "cpdkit[fonts]"') == 1, without.stderr
    assert "pip install" in cpd("doctor", "--journal", "mine").stdout
    pip_install(installed.with_name("python"), fonts)
    assert cpd(*report).stderr == ""


def test_it_explains_a_code_without_the_pages_of_the_documentation(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(installed), "explain", "CPD204"], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {"Why it matters", "Right"} <= set(done.stdout.splitlines())
    assert "Page:" not in done.stdout


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
