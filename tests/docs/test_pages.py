"""The generated pages of docs/ match the program."""

import pytest

from cpdkit.cli.commands import application, form, new, plan, scheme
from cpdkit.cli.main import COMMANDS
from tools.docs import commands
from tools.docs.pages import DOCS, PAGES, fresh


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_fresh(name: str, request: pytest.FixtureRequest) -> None:
    text = fresh(name)
    if request.config.getoption("--update-golden"):
        (DOCS / name).write_text(text, encoding="utf-8")
    assert (DOCS / name).read_text("utf-8") == text, f"docs/{name} is not fresh: make docs"


def test_every_command_is_on_its_page() -> None:
    page = commands.page()
    assert [line for line in page.splitlines() if line.startswith("## cpd ")] == [f"## cpd {name}" for name in COMMANDS]
    assert [line for line in page.splitlines() if line.startswith("### cpd ")] == [
        f"### cpd {group} {name}"
        for group, names in (
            ("application", sorted(application.application.commands)),
            ("form", sorted(form.form.commands)),
            ("new", new.OTHERS),
            ("plan", plan.COMMANDS),
            ("scheme", sorted(scheme.scheme.commands)),
        )
        for name in names
    ]
    assert all(len(line) <= 120 for line in page.splitlines())
