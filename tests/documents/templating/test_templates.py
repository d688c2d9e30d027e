"""The kinds of reports: those that are shipped, and how a journal's own `templates/` changes them."""

from pathlib import Path

import pytest

from cpdkit.documents.look import template_file
from cpdkit.documents.templating.labels import labels_for
from cpdkit.documents.templating.templates import MOST_TEMPLATE_BYTES, Templates, eject_template, load_templates
from cpdkit.errors import UsageError


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "labels").mkdir(parents=True)
    return tmp_path


def write(journal: Path, name: str, text: str | bytes) -> Path:
    path = journal / "templates" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def kinds(templates: Templates) -> dict[str, bool]:
    return {kind.name: kind.own for kind in templates.kinds}


def test_the_shipped_kinds_describe_themselves() -> None:
    templates = load_templates("en-GB", None)
    assert {"detailed": False, "summary": False}.items() <= kinds(templates).items()
    assert all(kind.description.endswith(".") for kind in templates.kinds)
    assert not [name for name in kinds(templates) if name.startswith("_")]


def test_an_owners_template_replaces_ours_and_a_new_one_is_a_new_kind(journal: Path) -> None:
    write(journal, "detailed.md.j2", "mine")
    write(journal, "appraisal.md.j2", "{#- For the yearly\n   talk. -#}\n# A")
    write(journal, "_part.md.j2", "a part")
    write(journal, "notes.txt", "none")
    templates = load_templates("en-GB", journal)
    assert kinds(templates) == kinds(load_templates("en-GB", None)) | {"appraisal": True, "detailed": True}
    assert templates.sources["detailed.md.j2"] == "mine"
    assert templates.kind("appraisal").description == "For the yearly talk."
    assert templates.own == {"detailed.md.j2", "appraisal.md.j2", "_part.md.j2"}


def test_without_a_journal_there_is_only_ours(journal: Path) -> None:
    write(journal, "detailed.md.j2", "mine")
    assert load_templates("en-GB", None).own == frozenset()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("detialed", "did you mean detailed?"),
        ("zzz", "annual-review, application, competences, cv, detailed, development-plan, summary, supporter-form"),
        ("_title", "academic-cv, accountability, annual-review, application"),
    ],
)
def test_an_unknown_kind_of_report(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f'unknown kind of report "{name}"') as caught:
        load_templates("en-GB", None).kind(name)
    assert hint in caught.value.hint


def test_links_are_not_followed(journal: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md.j2").write_text("secret", encoding="utf-8")
    (journal / "templates" / "detailed.md.j2").symlink_to(outside / "secret.md.j2")
    (journal / "templates" / "more").symlink_to(outside)
    assert load_templates("en-GB", journal).own == frozenset()
    folder = journal / "templates"
    folder.rename(journal / "old")
    folder.symlink_to(outside)
    assert load_templates("en-GB", journal).own == frozenset()


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"\xff\xfe#", "not UTF-8 text"), (b"x" * (MOST_TEMPLATE_BYTES + 1), "too large")],
)
def test_a_template_that_cannot_be_read_is_named(data: bytes, reason: str, journal: Path) -> None:
    write(journal, "own.md.j2", data)
    with pytest.raises(UsageError, match=r"templates/own\.md\.j2") as caught:
        load_templates("en-GB", journal)
    assert reason in str(caught.value)


def test_a_template_with_a_byte_order_mark_is_read(journal: Path) -> None:
    write(journal, "own.md.j2", b"\xef\xbb\xbf# A\r\n")
    assert load_templates("en-GB", journal).sources["own.md.j2"].startswith("# A")


def test_the_journals_labels_go_over_ours(journal: Path) -> None:
    write(journal, "labels/cy.toml", '[types]\ntraining = "Hyfforddiant"\nevent = "Digwyddiad"\n')
    write(journal, "labels/cy-GB.toml", '[types]\nevent = "Achlysur"\n')
    write(journal, "labels/de.toml", "broken [")
    labels = labels_for("cy-GB", load_templates("cy-GB", journal).catalogues)
    assert [labels(f"types.{name}") for name in ("training", "event", "volunteering")] == [
        "Hyfforddiant", "Achlysur", "Volunteering",
    ]  # fmt: skip
    assert load_templates("cy-GB", None).catalogues == load_templates("en-GB", None).catalogues


def test_ejecting_copies_ours_byte_for_byte_and_never_overwrites(tmp_path: Path) -> None:
    written = eject_template(load_templates("en-GB", tmp_path), "summary", tmp_path)
    assert written == tmp_path / "templates" / "summary.md.j2"
    assert written.read_bytes() == template_file("summary.md.j2").read_bytes()
    written.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="already exists"):
        eject_template(load_templates("en-GB", tmp_path), "summary", tmp_path)
    assert written.read_text(encoding="utf-8") == "mine"


def test_ejecting_follows_no_link(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (tmp_path / "templates").symlink_to(outside)
    with pytest.raises(UsageError, match="symbolic link"):
        eject_template(load_templates("en-GB", tmp_path), "summary", tmp_path)
    (tmp_path / "templates").unlink()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "summary.md.j2").symlink_to(outside / "new.md.j2")
    with pytest.raises(UsageError, match="already exists"):
        eject_template(load_templates("en-GB", tmp_path), "summary", tmp_path)
    assert list(outside.iterdir()) == []


def test_a_template_declares_what_it_needs(journal: Path) -> None:
    write(journal, "_mine.md.j2", "{{ report.plan.day }}")
    write(journal, "own.md.j2", '{#- Own. -#}\n{# period: last year #}{#- codes: always -#}{% include "_mine.md.j2" %}')
    templates = load_templates("en-GB", journal)
    own = templates.kind("own")
    assert (own.period, own.always_codes, own.description) == ("last year", True, "Own.")
    assert templates.names("own", ("plan", "coverage")) == {"plan"}
    assert templates.names("detailed", ("plan", "coverage")) == set()


@pytest.mark.parametrize(
    ("text", "description", "period"),
    [
        ("{# A list. #}\n{#- period: all -#}\n", "A list.", "all"),
        ("\n{#- Two\n  lines. -#}", "Two lines.", ""),
        ("words {# period: 2026 #}", "", "2026"),
        ("{#" + " " * 200_000, "", ""),
        ("{# period:" + " " * 200_000, "", ""),
        ("{#" * 100_000, "", ""),
    ],
)
def test_comments_of_a_template_are_read_in_one_pass(text: str, description: str, period: str) -> None:
    (kind,) = Templates({"x.md.j2": text}, frozenset(), ()).kinds
    assert (kind.description, kind.period) == (description, period)
