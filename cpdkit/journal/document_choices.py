"""What cpd.yaml sets for documents: how they look, the application for registration, and what only a CV has."""

from dataclasses import dataclass
from typing import Annotated

from cpdkit.journal.compound_types import Entries, Groups, Labelled, One
from cpdkit.journal.date_types import PartialDay
from cpdkit.journal.declarations import Field, declared
from cpdkit.journal.field_types import Items, Line, Matching, Name, Text

_COLOUR = "#?[0-9A-Fa-f]{6}"
_FAMILY = r"[\w][\w .+-]{0,60}"
_PICTURE = (
    r"(?![A-Za-z][A-Za-z0-9+.-]*:)(?![/~])(?!(?:[^\n]*/)?\.\.(?:/|$))[^\n\\<>]+"
    r"\.(?:[Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg]|[Gg][Ii][Ff]|[Ww][Ee][Bb][Pp])"
)
"""The path of a picture in the journal."""


@dataclass(frozen=True, slots=True)
class LookChoices:
    """How your documents look. Files under `templates/look/` can change more."""

    # fmt: off
    title: Annotated[str, Field(
        "title", Line(), example="CPD record", note="printed instead of the title of the kind of report",
    )] = ""
    logo: Annotated[str, Field(
        "logo", Matching("path of a picture in the journal", _PICTURE, "CPD203", "a picture in the journal",
                         "write a path from the journal, such as templates/logo.png (PNG, JPEG, GIF or WebP)"),
        example="templates/logo.png", note="at the top of page 1",
    )] = ""
    letterhead: Annotated[tuple[str, ...], Field(
        "letterhead", Items(Line(), "list of lines"), example='[Gridwise Ltd, "1 Wharf Road, Leeds"]',
        note="at the top of page 1, next to the logo", meant=("address", "header"),
    )] = ()
    accent: Annotated[str, Field(
        "accent", Matching("colour as six digits (`1f4e79`)", _COLOUR, "CPD203", "a colour",
                           'write six digits from 0 to f, such as "#1f4e79"'),
        example='"#1f4e79"', note="the colour of headings, links and charts", meant=("colour", "color"),
    )] = ""
    font: Annotated[str, Field(
        "font", Matching("name of a font", _FAMILY, "CPD203", "the name of a font", "write a name, such as Lato"),
        example="Lato", note="the font of the words", meant=("fonts", "typeface"),
    )] = ""
    # fmt: on


@dataclass(frozen=True, slots=True)
class ApplicationChoices:
    """The application for registration that you prepare."""

    # fmt: off
    form: Annotated[str, Field(
        "form", Line(), required=True, example="iet-ceng", note="the ID of a form; `cpd form list` lists them",
    )]
    category: Annotated[str, Field(
        "category", Line(), example="CEng", note="which registration, if the form is for several",
    )] = ""
    confirmed: Annotated[tuple[str, ...], Field(
        "confirmed", Items(Name(), "list of IDs"), example="[fee]",
        note="parts of the form outside the journal that you have done, such as a fee that you paid",
        meant=("done", "ticked"),
    )] = ()
    # fmt: on


@dataclass(frozen=True, slots=True)
class Publication:
    """Something that you published."""

    # fmt: off
    title: Annotated[str, Field("title", Line(), required=True, example="Distance relays and converters")]
    publisher: Annotated[str, Field(
        "publisher", Line(), example="Protection North", note="the journal, the conference or the publisher",
        meant=("journal", "where", "conference"),
    )] = ""
    date: Annotated[str, Field("date", PartialDay(), example="2025-06", meant=("year", "published"))] = ""
    url: Annotated[str, Field("url", Line(), example="https://example.org/paper", meant=("link", "doi"))] = ""
    # fmt: on


PUBLICATION = declared(Publication, "publication")


@dataclass(frozen=True, slots=True)
class CvVariant:
    """A CV for one audience. What it does not set, it takes from the CV itself."""

    # fmt: off
    name: Annotated[str, Field(
        "name", Name(), required=True, example="consultant", note="`cpd report cv --variant NAME`", meant=("id",),
    )]
    headline: Annotated[str, Field("headline", Line(), example="Consultant, protection of converter-fed networks")] = ""
    profile: Annotated[str, Field("profile", Text(), example="…")] = ""
    topics: Annotated[tuple[str, ...], Field(
        "topics", Items(Name(), "list of text"), example="[protection]",
        note="omits the posts, qualifications and activities that have only other topics", meant=("tags",),
    )] = ()
    skills: Annotated[tuple[tuple[str, tuple[str, ...]], ...], Field(
        "skills", Groups(), example="{Protection: [settings]}",
    )] = ()
    omit: Annotated[tuple[str, ...], Field(
        "omit", Items(Name(), "list of IDs or sections"), example="[interests, 2017-pentir-power-services]",
        note="IDs of records, or sections of the CV, that it omits", meant=("without", "hide"),
    )] = ()
    # fmt: on


CV_VARIANT = declared(CvVariant, "cv variant")


@dataclass(frozen=True, slots=True)
class CvChoices:
    """What only your CV has. The rest comes from your records."""

    # fmt: off
    headline: Annotated[str, Field(
        "headline", Line(), example="Senior protection engineer", note="below your name", meant=("label", "title"),
    )] = ""
    profile: Annotated[str, Field(
        "profile", Text(), example="…", note="a few sentences about you", meant=("summary", "about", "statement"),
    )] = ""
    location: Annotated[str, Field(
        "location", Line(), example="Bangor, Wales", note="the last line of your address if missing", meant=("city",),
    )] = ""
    links: Annotated[tuple[str, ...], Field(
        "links", Items(Line(), "list of web addresses"), example="[https://www.linkedin.com/in/angharad]",
        meant=("urls", "profiles", "web"),
    )] = ()
    skills: Annotated[tuple[tuple[str, tuple[str, ...]], ...], Field(
        "skills", Groups(), example="{Protection: [distance, differential], Tools: [OMICRON]}",
    )] = ()
    languages: Annotated[tuple[tuple[str, str], ...], Field(
        "languages", Labelled(), example="{Welsh: first language, English: fluent}", meant=("language",),
    )] = ()
    interests: Annotated[tuple[str, ...], Field(
        "interests", Items(Line(), "list of text"), example="[fell running]", meant=("hobbies",),
    )] = ()
    publications: Annotated[tuple[Publication, ...], Field(
        "publications", Entries(One(PUBLICATION), short="title"), example="[{title: Distance relays and converters}]",
    )] = ()
    variants: Annotated[tuple[CvVariant, ...], Field(
        "variants", Entries(One(CV_VARIANT)), example="[{name: consultant, topics: [protection]}]",
        note="CVs for other audiences", meant=("audiences", "versions"),
    )] = ()
    # fmt: on


LOOK = declared(LookChoices, "look")
APPLICATION = declared(ApplicationChoices, "application")
CV = declared(CvChoices, "cv")
