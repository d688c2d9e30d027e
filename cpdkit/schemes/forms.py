"""Forms: what a professional body asks for with an application for registration, as dated data.

A form has its parts in the body's own order, each with its limits and their sources. Shipped, or the owner's own, one
YAML file each. A limit of zero means that the body sets none, or that none was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.compound_types import Entries, One
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import Field, declared
from cpdkit.journal.field_types import Choice, Flag, Items, Line, Matching, Text
from cpdkit.journal.file_problems import Problems
from cpdkit.schemes.data_files import FORMS, read_data, shipped_ids, shipped_text
from cpdkit.schemes.rule_types import ID, MEGABYTE, Megabytes, Whole
from cpdkit.text.names import folded
from cpdkit.text.source import Source
from cpdkit.text.wording import counted
from cpdkit.text.yaml import MappingNode, SequenceNode

UNFIT = "CPD709"
"""The code of an invalid value in a form."""
CONTENTS: Mapping[str, str] = MappingProxyType(
    {
        "personal": "name, membership and contact",
        "diagram": "the accountability diagram",
        "career": "the posts, with responsibilities and achievements",
        "qualifications": "degrees, certificates and licences",
        "claims": "the competence statements",
        "plan": "the open objectives",
        "cpd": "the CPD record, as a list",
        "supporters": "the people who support the application",
        "cv": "a CV",
        "declaration": "a declaration to sign",
        "uploads": "the list of files to send with it",
        "outside": "something that is not in the journal, such as a fee",
    }
)
"""What a part can contain, and what that is."""
_UK_SPEC = {"CEng": "uk-spec-ceng", "IEng": "uk-spec-ieng", "EngTech": "uk-spec-engtech"}
_RESERVED = ("application", "contents")
_EACH = {"whole": "", "post": " a post", "claim": " a statement", "area": " an area"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form.

    `per` is what the limits apply to: the whole part, each post, each claim, or each area of competence. `upload` is
    the name of the file in which the body wants it; such a part is a file of its own. `bytes` is its largest size.
    """

    # fmt: off
    content: Annotated[str, Field(
        "content", Choice(tuple(CONTENTS), what="the content of a part"), required=True, example="career",
    )]
    title: Annotated[str, Field("title", Line(), required=True, example="Career history", note="as the form has it")]
    id: Annotated[str, Field(
        "id", Matching("ID (`fee`)", ID, UNFIT, "an ID", "use letters, digits and hyphens, such as fee"),
        example="fee", note="if missing, the content",
    )] = ""
    required: Annotated[bool, Field("required", Flag(), example="false", note="`true` if missing")] = True
    inside: Annotated[bool, Field(
        "inside", Flag(), example="false", note="whether the application document contains it; `true` if missing",
    )] = True
    upload: Annotated[str, Field(
        "upload", Matching("name of a file without its suffix", r"[\w][\w .-]{0,60}", UNFIT, "the name of a file",
                           "write a name such as accountability-diagram"),
        example="accountability-diagram", note="the body wants it as a file of its own",
    )] = ""
    bytes: Annotated[int, Field(
        "megabytes", Megabytes(), example="0.5", note="the largest size of its file",
    )] = 0
    per: Annotated[str, Field(
        "per", Choice(("whole", "post", "claim", "area"), what="what a limit applies to"), example="post",
        note="`whole` if missing",
    )] = "whole"
    characters: Annotated[int, Field("characters", Whole(), example="3000", note="the most")] = 0
    words: Annotated[int, Field("words", Whole(), example="5000", note="the most")] = 0
    least_words: Annotated[int, Field("words-at-least", Whole(), example="4000")] = 0
    pages: Annotated[int, Field("pages", Whole(), example="5", note="the most")] = 0
    count: Annotated[int, Field("at-least", Whole(), example="2", note="how many, such as supporters")] = 0
    codes: Annotated[int, Field(
        "codes-per-claim", Whole(), example="2", note="the most competences that one claim may have",
    )] = 0
    guide: Annotated[bool, Field(
        "guide", Flag(), example="true", note="its limits are guidance of the body, not a rule",
    )] = False
    note: Annotated[str, Field("note", Text(), example="…", note="what the body asks for")] = ""
    source: Annotated[str, Field("source", Text(), note="if not that of the form")] = ""
    unsure: Annotated[str, Field("unsure", Text(), note="what is uncertain about it")] = ""
    # fmt: on

    @property
    def name(self) -> str:
        """The ID, or the content if it has none."""
        return self.id or self.content

    @property
    def limits(self) -> tuple[str, ...]:
        """Its limits in words."""
        each = _EACH[self.per]
        size = f" of at most {self.bytes / MEGABYTE:g} MB" if self.bytes else ""
        found = (
            (self.count, f"at least {self.count}"),
            (self.least_words, f"at least {self.least_words:,} words{each}"),
            (self.words, f"at most {self.words:,} words{each}"),
            (self.characters, f"at most {self.characters:,} characters{each}"),
            (self.pages, f"at most {counted(self.pages, 'page')}"),
            (self.codes, f"at most {self.codes} competences a statement"),
            (self.guide, "as guidance"),
            (self.upload, f"as the file {self.upload}.pdf{size}"),
        )
        return tuple(words for limit, words in found if limit)


PART = declared(Part, "part")


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """A form of a professional body. `checked` is the date of the last check of its source, `path` empty if shipped.

    `pages` is the most for the whole document, `point_size` the smallest type in points.
    """

    # fmt: off
    id: Annotated[str, Field(
        "id", Matching("ID (`iet-ceng`)", ID, UNFIT, "an ID", "use letters, digits and hyphens, such as my-body"),
        required=True, note="the ID of a shipped form replaces that form", example="my-body",
    )]
    title: Annotated[str, Field("title", Line(), required=True, example="Application for registration as CEng")]
    parts: Annotated[tuple[Part, ...], Field(
        "parts", Entries(One(PART, accepts="`{content, title}`"), "list of `{content, title, …}`"), required=True,
        example="[{content: personal, title: Personal information}]",
    )]
    body: Annotated[str, Field("body", Line(), example="Institution of Engineering and Technology")] = ""
    abbreviation: Annotated[str, Field("abbreviation", Line(), example="IET")] = ""
    categories: Annotated[tuple[str, ...], Field(
        "categories", Items(Line(), "list of text"), example="[CEng]", note="the categories of registration",
    )] = ()
    framework: Annotated[str, Field(
        "framework", Line(), example="uk-spec-ceng", note="the framework of its competences",
    )] = ""
    pages: Annotated[int, Field("pages", Whole(), example="12", note="the most pages of the whole document")] = 0
    point_size: Annotated[int, Field("type-size", Whole(), example="9", note="the smallest type in points")] = 0
    pages_are_guide: Annotated[bool, Field("guide", Flag(), note="its limits are guidance of the body")] = False
    source: Annotated[str, Field("source", Text(), note="where the form comes from")] = ""
    checked: Annotated[date | None, Field(
        "checked", Day(), note="when the source was last checked", example="2026-11-30",
    )] = None
    note: Annotated[str, Field("note", Text())] = ""
    unsure: Annotated[str, Field("unsure", Text(), note="what is uncertain about it")] = ""
    own: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    # fmt: on

    def part(self, content: str) -> Part | None:
        """Return the first part with this content, or None."""
        return next((each for each in self.parts if each.content == content), None)

    @property
    def limits(self) -> tuple[str, ...]:
        """The limits of the whole document, in words."""
        found = (
            (self.pages, f"at most {counted(self.pages, 'page')}"),
            (self.point_size, f"at least {self.point_size} pt"),
        )
        return tuple(words for limit, words in found if limit)

    @property
    def category(self) -> str:
        """The category of registration, such as CEng; several with commas."""
        return ", ".join(self.categories)

    def category_for(self, chosen: str) -> str:
        """Return the chosen category, or the only one of the form; empty if there are several."""
        return chosen or (self.category if len(self.categories) == 1 else "")

    def framework_for(self, chosen: str) -> str:
        """Return the ID of the framework for a category: `uk-spec-ieng` for IEng, unless the form has one."""
        return _UK_SPEC.get(chosen, self.framework) if self.framework in _UK_SPEC.values() else self.framework


APPLICATION_FORM = declared(ApplicationForm, "form")


@cache
def shipped_form(name: str) -> ApplicationForm | None:
    """Return a shipped form by its ID, or None."""
    return read_form(shipped_text(FORMS, name), path="")[0] if name in shipped_ids(FORMS) else None


def read_form(source: Source, path: str | None = None) -> tuple[ApplicationForm | None, list[Diagnostic]]:
    """Return the form in a text (None if it has an error) and all problems. `path` defaults to the source's."""
    mapping, values, problems = read_data(source, APPLICATION_FORM)
    _check_parts(values.get("parts") or (), mapping, problems)
    if problems.errors:
        return None, problems.diagnostics
    path = source.path if path is None else path
    return ApplicationForm(**values, path=path), problems.diagnostics


def _check_parts(parts: tuple[Part | None, ...], mapping: MappingNode, to: Problems) -> None:
    """Report parts with the same ID or the same file, and parts outside the journal that have no ID."""
    node = mapping.values.get("parts")
    items = node.items if isinstance(node, SequenceNode) else []
    seen: set[str] = set()
    files: set[str] = {*_RESERVED}
    for part, item in zip(parts, items, strict=False):
        if part is None or not isinstance(item, MappingNode):
            continue
        where = item.values.get("id") or item.values["content"]
        if part.content == "outside" and not part.id:
            to.add(UNFIT, where, "a part outside the journal needs an ID", hint="add id: and a word, such as fee")
        elif part.name in seen:
            to.add(UNFIT, where, f"two parts have the ID {part.name}", hint="add another id: to one of them")
        if part.upload and folded(part.upload) in files:
            where = item.values["upload"]
            to.add(UNFIT, where, f"another file has the name {part.upload}.pdf", hint="choose another name")
        if part.words and part.least_words > part.words:
            where = item.values["words-at-least"]
            to.add(UNFIT, where, "the minimum is above the maximum", hint="correct words-at-least: or words:")
        files.add(folded(part.upload))
        seen.add(part.name)
