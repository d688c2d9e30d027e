"""Make the page of forms: a guide written by hand, the keys of a form, and the shipped forms."""

from collections.abc import Iterator

from cpdkit.dates.day_words import day_text
from cpdkit.schemes.data_files import FORMS, shipped_ids
from cpdkit.schemes.forms import APPLICATION_FORM, CONTENTS, PART, ApplicationForm, Part, shipped_form
from tools.docs.schemes import table_of_keys

LANGUAGE, SHIPPED = "## The keys\n\n", "## The shipped forms\n\n"


def page(text: str) -> str:
    """Return the page: keep its guide and generate everything below."""
    keys = "\n".join(map(table_of_keys, (APPLICATION_FORM, PART)))
    contents = "".join(f"| `{name}` | {what} |\n" for name, what in CONTENTS.items())
    forms = "\n".join(_form(form) for name in shipped_ids(FORMS) if (form := shipped_form(name)))
    return (
        f"{text.partition(LANGUAGE)[0]}{LANGUAGE}{keys}\nThe content of a part is one of these:\n\n"
        f"| content | what it is |\n| --- | --- |\n{contents}\n{SHIPPED}{forms}"
    )


def _form(form: ApplicationForm) -> str:
    """Return the description of a shipped form, with its source and what is uncertain."""
    whole = f"The whole document: {', '.join(limits)}.\n\n" if (limits := form.limits) else ""
    parts = "\n".join(_part(number, part) for number, part in enumerate(form.parts, 1))
    uncertain = "".join(f"* {line}\n" for line in _uncertain(form))
    checked = f", read on {day_text(form.checked)}" if form.checked else ""
    return (
        f"### `{form.id}`: {form.title}\n\n{form.body}. {_plain(form.note)}".rstrip()
        + f"\n\n{whole}| | part | limits |\n| --- | --- | --- |\n{parts}\n\n"
        + (f"Uncertain:\n\n{uncertain}\n" if uncertain else "")
        + f"Source: {_plain(form.source)}{checked}.\n"
    )


def _part(number: int, part: Part) -> str:
    optional = "" if part.required else " (optional)"
    return f"| {number} | {part.title}{optional} | {', '.join(part.limits)} |"


def _uncertain(form: ApplicationForm) -> Iterator[str]:
    if form.unsure:
        yield _plain(form.unsure)
    for part in form.parts:
        if part.unsure:
            yield f"{part.title}: {_plain(part.unsure)}"


def _plain(text: str) -> str:
    return " ".join(text.split())
