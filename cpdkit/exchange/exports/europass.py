"""The CV as Europass XML, the format of 2020 and later. Experimental: its schema is not public any more.

The structure follows examples of the European Commission. The records have no countries and no levels of languages by
the European framework, so the file has none; languages and skills are written as skills, in the owner's words.
"""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from cpdkit.exchange.exports.json_resume import Part, resume_of
from cpdkit.journal.load import Journal
from cpdkit.journal.records import Activity

EUROPASS, HR, OA = "http://www.europass.eu/1.0", "http://www.hr-xml.org/3", "http://www.openapplications.org/oagis/9"
EURES = "http://www.europass_eures.eu/1.0"
_NAMESPACES: Any = {None: EUROPASS, "hr": HR, "oa": OA, "eures": EURES}


def europass_bytes(journal: Journal, activities: Sequence[Activity]) -> bytes:
    """Return the XML file in UTF-8."""
    resume = resume_of(journal, activities)
    root = etree.Element(f"{{{EUROPASS}}}Candidate", nsmap=_NAMESPACES)
    root.set("majorVersionID", "3")
    root.set("minorVersionID", "2")
    basics = resume.get("basics", {})
    _person(_sub(root, "CandidatePerson"), journal.member.name if journal.member else "", basics)
    profile = _sub(root, "CandidateProfile")
    profile.set("languageCode", (journal.member.language if journal.member else "en").partition("-")[0])
    _text(profile, "ExecutiveSummary", basics.get("summary", ""), HR)
    _employment(profile, resume.get("work", []))
    _education(profile, resume.get("education", []))
    _skills(profile, resume)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _sub(parent: Any, name: str, space: str = EUROPASS) -> Any:
    return etree.SubElement(parent, f"{{{space}}}{name}")


def _text(parent: Any, name: str, text: str, space: str = EUROPASS) -> None:
    """Add an element with a text, unless the text is empty. Characters that XML cannot have are omitted."""
    if text:
        kept = "".join(letter for letter in text if letter == "\n" or (letter >= " " and letter not in "\ufffe\uffff"))
        _sub(parent, name, space).text = kept


def _person(person: Any, full_name: str, basics: Part) -> None:
    name = _sub(person, "PersonName")
    given, _, family = full_name.rpartition(" ")
    _text(name, "GivenName", given, OA)
    _text(name, "FamilyName", family, HR)
    for channel, address in (("Email", basics.get("email", "")), ("Web", basics.get("url", ""))):
        if address:
            way = _sub(person, "Communication")
            _text(way, "ChannelCode", channel)
            _text(way, "URI", address, OA)
    if phone := basics.get("phone", ""):
        way = _sub(person, "Communication")
        _text(way, "ChannelCode", "Telephone")
        _text(way, "DialNumber", phone, OA)
    if place := basics.get("location", {}).get("address", ""):
        _text(_sub(_sub(person, "Communication"), "Address"), "AddressLine", place, OA)


def _employment(profile: Any, work: Sequence[Part]) -> None:
    if not work:
        return
    history = _sub(profile, "EmploymentHistory")
    for each in work:
        employer = _sub(history, "EmployerHistory")
        _text(employer, "OrganizationName", each.get("name", ""), HR)
        position = _sub(employer, "PositionHistory")
        title = _sub(position, "PositionTitle")
        title.set("typeCode", "FREETEXT")
        title.text = each.get("position", "")
        period = _sub(position, "EmploymentPeriod", EURES)
        _text(_sub(period, "StartDate", EURES), "FormattedDateTime", each["startDate"], HR)
        if "endDate" in each:
            _text(_sub(period, "EndDate", EURES), "FormattedDateTime", each["endDate"], HR)
        _text(period, "CurrentIndicator", "false" if "endDate" in each else "true", HR)
        points = "".join(f"<li>{escape(point)}</li>" for point in each.get("highlights", []))
        summary = f"<p>{escape(each['summary'])}</p>" if each.get("summary") else ""
        _text(position, "Description", summary + (f"<ul>{points}</ul>" if points else ""), OA)
        _text(position, "City", each.get("location", ""))


def _education(profile: Any, studies: Sequence[Part]) -> None:
    if not studies:
        return
    history = _sub(profile, "EducationHistory")
    for each in studies:
        study = _sub(history, "EducationOrganizationAttendance")
        _text(study, "OrganizationName", each.get("institution", ""), HR)
        period = _sub(study, "AttendancePeriod")
        for name, key in (("StartDate", "startDate"), ("EndDate", "endDate")):
            if key in each:
                _text(_sub(period, name), "FormattedDateTime", each[key], HR)
        _text(period, "Ongoing", "false" if "endDate" in each else "true")
        degree = _sub(study, "EducationDegree")
        _text(degree, "DegreeName", each.get("area", ""), HR)
        _text(degree, "OccupationalSkillsCovered", f"<p>{escape(each['score'])}</p>" if each.get("score") else "")


def _skills(profile: Any, resume: Part) -> None:
    words = [f"{each['language']}: {each.get('fluency', '')}".rstrip(": ") for each in resume.get("languages", [])]
    words += [f"{each['name']}: {', '.join(each.get('keywords', []))}" for each in resume.get("skills", [])]
    if words:
        skills = _sub(profile, "OrganisationalSkills")
        for each in words:
            _text(_sub(skills, "OrganisationalSkill"), "Title", each)
