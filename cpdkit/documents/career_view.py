"""What a template sees of an application for registration, an accountability diagram, and a CV: plain frozen data."""

from dataclasses import dataclass

from cpdkit.documents.entries import ActivityEntry, Diagram, Fact, PostEntry
from cpdkit.documents.literal import Markdown


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of the form, in the form's order. `content` is one of the contents that a form can have."""

    content: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class QualificationEntry:
    """A qualification, as a row: `about` are its grade, accreditation and number."""

    anchor: str
    title: str
    institution: str
    dates: str
    about: str
    evidence: Markdown


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """A record that supports a claim. `anchor` is its place in the document; empty if it is not in it.

    `is_below`: it is a part of a post, and `anchor` is the heading of the post.
    """

    title: str
    anchor: str
    remark: str = ""
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A competence statement, with the place of its text and its evidence."""

    anchor: str
    title: str
    evidence: tuple[EvidenceEntry, ...]
    description: Markdown
    reflection: Markdown


@dataclass(frozen=True, slots=True)
class CompetenceArea:
    """An area of competence with its statements."""

    title: str
    statements: tuple[StatementEntry, ...]


@dataclass(frozen=True, slots=True)
class CitedActivity:
    """An activity that a statement cites: its number in the application, and the place that links lead to."""

    number: str
    anchor: str
    entry: ActivityEntry


@dataclass(frozen=True, slots=True)
class YearEntry:
    """The CPD of one year in figures."""

    year: str
    activities: str
    hours: str
    types: str


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A supporter or referee."""

    name: str
    registration: str
    role: str
    knows: str
    contact: str


@dataclass(frozen=True, slots=True)
class UploadEntry:
    """A file to send with the application: its name, what it is, and its largest size."""

    file: str
    title: str
    limit: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application for registration. `diagrams` has one drawing, or none without reporting lines."""

    body: str
    category: str
    parts: tuple[FormPart, ...]
    personal: tuple[Fact, ...]
    diagrams: tuple[Diagram, ...]
    posts: tuple[PostEntry, ...]
    qualifications: tuple[QualificationEntry, ...]
    areas: tuple[CompetenceArea, ...]
    years: tuple[YearEntry, ...]
    cited: tuple[CitedActivity, ...]
    supporters: tuple[PersonEntry, ...]
    uploads: tuple[UploadEntry, ...]


@dataclass(frozen=True, slots=True)
class PostDiagram:
    """The accountability diagram of one post, with what it shows in words."""

    title: str
    meta: tuple[str, ...]
    diagram: Diagram
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accountability:
    """The accountability diagrams of the posts of a period, the newest first, and all of them in one drawing."""

    posts: tuple[PostDiagram, ...]
    together: Diagram | None = None


@dataclass(frozen=True, slots=True)
class SupporterForm:
    """The form of one supporter: only section 1, about the candidate, is filled in."""

    anchor: str
    supporter: tuple[Fact, ...]
    candidate: tuple[Fact, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CvEntry:
    """One entry of a CV: a post, a degree, a course. `lines` are its points."""

    title: str
    detail: str = ""
    dates: str = ""
    place: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CvSection:
    """A section of a CV: entries, or labelled facts."""

    key: str
    title: str
    entries: tuple[CvEntry, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Cv:
    """A CV: its sections by key, in the usual order. `contact` are lines such as an address or a link."""

    name: str
    headline: str
    contact: tuple[Markdown, ...]
    profile: tuple[str, ...]
    sections: tuple[CvSection, ...]

    def of(self, *keys: str) -> tuple[CvSection, ...]:
        """Return these sections, in this order, without those that are empty."""
        return tuple(section for key in keys for section in self.sections if section.key == key)
