"""The CV as the input of RenderCV: YAML that its versions 2.3 to 2.8 accept.

RenderCV reads texts as Markdown and then as Typst. Characters that would be markup there are escaped or separated. What
it cannot escape is replaced: a backslash by a slash, and in a place brackets and `_`; `#` is omitted there.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from cpdkit.exchange.exports.json_resume import Part, resume_of
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Activity

_APART = "\u200b"
"""A space without width, which keeps a mark from the letters after it."""
_MARKS = re.compile(r"([#<@])(?=\w)")
_LINE_STARTS = re.compile(r"^(?=[=+-] |[0-9]+\. |!!! )")
_IN_PLACES = str.maketrans({"[": "(", "]": ")", "_": " ", "#": ""})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+[0-9][0-9 ()-]{6,20}")


def rendercv_bytes(journal: Journal, activities: Sequence[Activity]) -> bytes:
    """Return the YAML file in UTF-8."""
    made = {"cv": _cv(journal, activities), "design": {"theme": "classic"}}
    return yaml.dump(made, Dumper=_Quoting, allow_unicode=True, sort_keys=False, width=10_000).encode()


class _Quoting(yaml.SafeDumper):
    """Writes a text that could be a number in quotes: RenderCV reads YAML 1.2, in which `1e3` is one."""

    def text(self, text: str) -> yaml.ScalarNode:
        style = '"' if text[:1] in "0123456789+-." else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Quoting.add_representer(str, _Quoting.text)


def _cv(journal: Journal, activities: Sequence[Activity]) -> Part:
    resume = resume_of(journal, activities)
    basics = resume.get("basics", {})
    phone = basics.get("phone", "")
    head = {
        "name": _plain(basics.get("name", "")),
        "headline": _plain(basics.get("label", "")),
        "location": _place(basics.get("location", {}).get("address", "")),
        "email": email if _EMAIL.fullmatch(email := basics.get("email", "")) else "",
        "phone": phone if _PHONE.fullmatch(phone) else "",
        "website": basics.get("url", ""),
    }
    sections: dict[str, list[Any]] = {
        "Profile": [_plain(part) for part in basics.get("summary", "").split("\n\n") if part],
        "Skills": [_line(each["name"], ", ".join(each.get("keywords", []))) for each in resume.get("skills", [])],
        "Experience": [_experience(each) for each in resume.get("work", [])],
        "Education": [_education(each) for each in resume.get("education", [])],
        "Certificates and training": [_certificate(each) for each in resume.get("certificates", [])],
        "Volunteering": [_volunteer(each) for each in resume.get("volunteer", [])],
        "Publications": [_publication(each, basics.get("name", "")) for each in resume.get("publications", [])],
        "Languages": [_line(each["language"], each.get("fluency", "")) for each in resume.get("languages", [])],
        "Interests": [{"bullet": _plain(each["name"])} for each in resume.get("interests", [])],
        "References": [_line(each["name"], each.get("reference", "")) for each in resume.get("references", [])],
    }
    return {**_filled(head), "sections": {name: entries for name, entries in sections.items() if entries}}


def _experience(each: Part) -> Part:
    return _filled(
        {
            "company": _plain(each.get("name", "")),
            "position": _plain(each.get("position", "")),
            "location": _place(each.get("location", "")),
            "start_date": each.get("startDate", ""),
            "end_date": each.get("endDate", "present"),
            "summary": _plain(" ".join(each.get("summary", "").split())),
            "highlights": [_plain(text).replace(" - ", " – ") for text in each.get("highlights", [])],
        }
    )


def _education(each: Part) -> Part:
    made = _filled(
        {
            "start_date": each.get("startDate", ""),
            "end_date": each.get("endDate", ""),
            "highlights": [_plain(each["score"])] if each.get("score") else [],
        }
    )
    return {"institution": _plain(each.get("institution", "")), "area": _plain(each.get("area", "")), **made}


def _certificate(each: Part) -> Part:
    summary = _plain(each.get("issuer", ""))
    return _filled({"name": _plain(each["name"]), "date": each.get("date", ""), "summary": summary})


def _volunteer(each: Part) -> Part:
    detail = ", ".join(part for part in (each.get("position", ""), each.get("organization", "")) if part)
    dates = {"start_date": each["startDate"], "end_date": each["endDate"]}
    return _filled({"name": _plain(each["summary"]), **dates, "summary": _plain(detail)})


def _publication(each: Part, author: str) -> Part:
    made = _filled({"journal": _plain(each.get("publisher", "")), "date": each.get("releaseDate", "")})
    return {"title": _plain(each["name"]), "authors": [_plain(author)], **made}


def _line(label: str, details: str) -> Part:
    return {"label": _plain(label), "details": _plain(details)}


def _place(text: str) -> str:
    """Return a place. RenderCV takes it for Typst, without escaping it."""
    return _plain(text.translate(_IN_PLACES))


def _plain(text: str) -> str:
    """Return a text that RenderCV prints as it is."""
    bare = text.replace("\\", "/").replace("`", "\u02cb").replace("*", "\\*").replace("$$", f"${_APART}$")
    return _LINE_STARTS.sub(_APART, _MARKS.sub(rf"\1{_APART}", bare))


def _filled(values: Part) -> Part:
    return {name: value for name, value in values.items() if value not in ("", [])}
