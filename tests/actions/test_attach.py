"""Evidence copied and linked: names, sameness, refusals, and what an interruption leaves."""

from pathlib import Path

import pytest

from cpdkit.actions import attach as attaching
from cpdkit.actions.attach import Attachments, NotAttached, attach, linked, plan_attachments
from cpdkit.actions.record_file import find_activity
from cpdkit.errors import CpdError, UsageError
from cpdkit.text.write import write_new
from tests.journal.folders import FIELDS, GOOD, journal_of, record, write

PATH = "activities/2026/relay.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    journal_of(tmp_path / "journal", {PATH: GOOD, "evidence/old.pdf": "old"})
    return tmp_path / "journal"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return write(tmp_path, "in/My Certificate (final).PDF", "certified")


def planned(root: Path, *sources: str | Path, title: str = "") -> Attachments:
    return plan_attachments(root, find_activity(root, "relay"), [str(each) for each in sources], title)


def evidence(root: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (root / "evidence").iterdir()}


def test_a_file_is_copied_and_linked_and_a_second_run_does_nothing(root: Path, outside: Path) -> None:
    attach(root, planned(root, outside, "https://example.org/a,b"))
    name = "2026-03-14-my-certificate-final.pdf"
    assert evidence(root) == {"old.pdf": "old", name: "certified"}
    new = f'hours: 2\nevidence: [{name}, "https://example.org/a,b"]\n'
    assert (root / PATH).read_text() == GOOD.replace("hours: 2\n", new)
    assert outside.exists()
    again = planned(root, outside, "https://example.org/a,b")
    assert (again.copies, again.links, again.patches) == ({}, (), [])


def test_the_same_content_is_linked_without_a_copy(root: Path, outside: Path, tmp_path: Path) -> None:
    twins = [write(tmp_path, f"in/{name}", text) for name, text in {"x.pdf": "old", "y.pdf": "n", "z.pdf": "n"}.items()]
    plan = planned(root, *twins, root / "evidence/old.pdf")
    assert (plan.links, list(plan.copies)) == (("old.pdf", "2026-03-14-y.pdf"), ["2026-03-14-y.pdf"])


def test_what_an_interruption_leaves_a_second_run_finishes(
    root: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(attaching, "write_fixes", stopped)
        with pytest.raises(KeyboardInterrupt):
            attach(root, planned(root, outside))
    assert (root / PATH).read_text() == GOOD
    plan = planned(root, outside)
    assert plan.copies == {}
    attach(root, plan)
    assert "evidence: [2026-03-14-my-certificate-final.pdf]\n" in (root / PATH).read_text()


def test_what_is_refused_leaves_everything(root: Path, outside: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.pdf"
    link.symlink_to(outside)
    write(root, "evidence/2026-03-14-MY-certificate-final.pdf", "another")
    refused: dict[str | Path, tuple[type[CpdError], str]] = {
        outside: (NotAttached, "evidence/2026-03-14-MY-certificate-final.pdf exists with different content"),
        link: (NotAttached, "it is a symbolic link"),
        tmp_path: (NotAttached, "this is a folder"),
        write(tmp_path, "empty", ""): (NotAttached, "it is empty"),
        "javascript:alert(1)": (NotAttached, "readers cannot open this kind of address"),
        "nothing.pdf": (UsageError, "file not found: nothing.pdf"),
    }
    for expected, (error, message) in refused.items():
        with pytest.raises(error, match=message):
            planned(root, write(tmp_path, "fine.txt", "fine"), expected)
    with pytest.raises(UsageError, match="a title needs exactly one"):
        planned(root, "https://example.org/a", "https://example.org/b", title="Both")
    assert (root / PATH).read_text() == GOOD


def test_too_large_a_file_is_refused(root: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "EVIDENCE_LIMIT", 5)
    with pytest.raises(NotAttached, match="the file is too large"):
        planned(root, outside)


def test_an_evidence_folder_that_is_a_link_is_not_followed(root: Path, outside: Path, tmp_path: Path) -> None:
    (root / "evidence").rename(tmp_path / "elsewhere")
    (root / "evidence").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="evidence/ is a symbolic link"):
        planned(root, outside)


def test_a_name_that_is_taken_meanwhile_is_never_written_over(root: Path, outside: Path) -> None:
    plan = planned(root, outside)
    (name,) = plan.copies
    write_new({root / "evidence" / name: b"quicker"})
    with pytest.raises(CpdError, match="already exists"):
        attach(root, plan)
    assert ((root / "evidence" / name).read_text(), (root / PATH).read_text()) == ("quicker", GOOD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("evidence: old.pdf\n", 'evidence: [old.pdf, {path: new.pdf, title: "A: b"}]\n'),
        ("evidence:\n  - old.pdf  # first\n", 'evidence:\n  - old.pdf  # first\n  - {path: new.pdf, title: "A: b"}\n'),
        ("evidence: []\n", 'evidence: [{path: new.pdf, title: "A: b"}]\n'),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_title_in_every_way_to_write_a_list(root: Path, before: str, after: str, newline: str) -> None:
    write(root, PATH, record(FIELDS + before).replace("\n", newline))
    assert linked(find_activity(root, "relay"), ["new.pdf"], "A: b").decode() == record(FIELDS + after).replace(
        "\n", newline
    )


@pytest.mark.parametrize("before", ["evidence: https://example.org/a,b\n", "evidence: {path: old.pdf}\n"])
def test_evidence_that_would_be_read_differently_is_refused(root: Path, before: str) -> None:
    write(root, PATH, record(FIELDS + before))
    with pytest.raises(UsageError, match="cannot change"):
        linked(find_activity(root, "relay"), ["new.pdf"])


def test_a_file_that_was_named_and_missing_gets_the_name_it_has_there(root: Path, tmp_path: Path) -> None:
    write(root, PATH, record(FIELDS + "evidence: [scans/b c.pdf, old.pdf]\n"))
    write(tmp_path, "in/b c.pdf", "old")
    plan = planned(root, tmp_path / "in/b c.pdf")
    assert (dict(plan.copies), plan.links, list(plan.patches)) == ({"scans/b c.pdf": b"old"}, (), [])
    (root / "evidence/scans").symlink_to(tmp_path)
    with pytest.raises(CpdError, match="is a symbolic link"):
        attach(root, plan)
    (root / "evidence/scans").unlink()
    attach(root, plan)
    assert (root / "evidence/scans/b c.pdf").read_text() == "old"
    assert planned(root, tmp_path / "in/b c.pdf").copies == {}
