"""Files that notes embed or link to: which are read, and how the links follow their copies."""

from pathlib import Path

import pytest

from cpdkit.exchange.adopt import Adoption
from cpdkit.exchange.imports.registry import read_table
from cpdkit.exchange.imports.table import ImportOptions
from tests.exchange.imports.adopted import activities_of, adoption_of
from tests.journal.folders import write

NOTE = "notes/cpd/2026-03-14 Relays.md"
COPY = "2026-03-14-scan.png"


def adopted(folder: Path, text: str) -> Adoption:
    """Return the import of a folder with a note and some files."""
    write(folder, NOTE, text)
    for path in ("scan.png", "cpd/assets/scan.png", "cpd/Ü b.pdf", "cpd/.hidden/x.png", "cpd/two.png", "b/two.png"):
        write(folder, f"notes/{path}", "scan" if "scan" in path else path)
    write(folder, "secret.png", "secret")
    if not (folder / "notes/cpd/link.png").is_symlink():
        (folder / "notes/cpd/link.png").symlink_to(folder / "secret.png")
        (folder / "notes/cpd/elsewhere").symlink_to(folder)
    return adoption_of(read_table(folder / "notes", b"", ImportOptions(folder=folder / "notes")))


@pytest.mark.parametrize(
    ("link", "copied", "becomes"),
    [
        ("![](assets/scan.png)", COPY, f"![](../../evidence/{COPY})"),
        ("![a](../scan.png 'b')", COPY, f"![a](../../evidence/{COPY} 'b')"),
        ("![](/scan.png)", COPY, f"![](../../evidence/{COPY})"),
        ("[a](<Ü b.pdf>)", "2026-03-14-u-b.pdf", "[a](<../../evidence/2026-03-14-u-b.pdf>)"),
        ("[a](%C3%9C%20b.pdf)", "2026-03-14-u-b.pdf", "[a](../../evidence/2026-03-14-u-b.pdf)"),
        ("![[Ü b.pdf]]", "2026-03-14-u-b.pdf", "![[2026-03-14-u-b.pdf]]"),
        ("![[assets/scan.png|300]]", COPY, f"![[{COPY}|300]]"),
        ("![[../scan.png]]", COPY, f"![[{COPY}]]"),
        ("![[SCAN.png]]", COPY, f"![[{COPY}]]"),
        ("![[two.png]]", "", "![[two.png]]"),
        ("![](nowhere.png)", "", "![](nowhere.png)"),
        ("![](../../secret.png)", "", "![](../../secret.png)"),
        ("![](..%2f..%2fsecret.png)", "", "![](..%2f..%2fsecret.png)"),
        ("![](elsewhere/secret.png)", "", "![](elsewhere/secret.png)"),
        ("![](.hidden/x.png)", "", "![](.hidden/x.png)"),
        ("![](/etc/hostname)", "", "![](/etc/hostname)"),
        ("[a](2026-03-14%20Relays.md)", "", "[a](2026-03-14%20Relays.md)"),
        ("![](https://example.org/scan.png)", "", "![](https://example.org/scan.png)"),
        ("`![](assets/scan.png)`", "", "`![](assets/scan.png)`"),
    ],
)
def test_a_link_and_its_file(tmp_path: Path, link: str, copied: str, becomes: str) -> None:
    adoption = adopted(tmp_path, f"See {link} there.\n")
    (made,) = activities_of(adoption)
    assert [*adoption.copies] == ([f"evidence/{copied}"] if copied else [])
    assert made.body.strip() == f"See {becomes} there."
    assert [f"evidence/{each.path}" for each in made.evidence] == [*adoption.copies]


def test_a_file_that_is_a_link_is_named(tmp_path: Path) -> None:
    adoption = adopted(tmp_path, "![](link.png)\n")
    assert ([each.cell for each in adoption.refused], adoption.copies) == (["link.png"], {})


def test_one_file_under_two_addresses_is_one_copy(tmp_path: Path) -> None:
    adoption = adopted(tmp_path, "![](assets/scan.png) ![[assets/scan.png]] ![](../scan.png)\n")
    (made,) = activities_of(adoption)
    assert [each.path for each in made.evidence] == [COPY]
    assert made.body.strip() == f"![](../../evidence/{COPY}) ![[{COPY}]] ![](../../evidence/{COPY})"


@pytest.mark.parametrize("link", ["![](scan.png)", "![[scan.png]]", "![[SCAN.PNG]]"])
def test_the_file_beside_a_log(tmp_path: Path, link: str) -> None:
    write(tmp_path, "scan.png", "scan")
    write(tmp_path, "below/other.png", "other")
    log = f"## 2026-01-12 Talk\n\n{link}\n\n## 2026-01-13 Course\n\n![[other.png]]\n".encode()
    adoption = adoption_of(read_table(tmp_path / "log.md", log, ImportOptions(folder=tmp_path)))
    assert [*adoption.copies] == ["evidence/2026-01-12-scan.png"]
    assert adoption_of(read_table(tmp_path / "log.md", log, ImportOptions())).copies == {}
