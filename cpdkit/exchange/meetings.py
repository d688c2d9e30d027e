"""Find the access details of online meetings in a text: join links, meeting IDs, dial-in numbers and passcodes.

They let strangers into a meeting, and a record of CPD does not need them. The texts are strangers' texts: all patterns
are bounded.
"""

import re
import tomllib
from importlib.resources import files
from urllib.parse import unquote

_WORDS: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("meetings.toml").read_text("utf-8"))
_EXPLAINING, _JOINING = frozenset(_WORDS["explaining"]), frozenset(_WORDS["joining"])
_KIND, _PASS = (f"(?:{'|'.join(_WORDS[name])})" for name in ("kinds", "secrets"))
_HINT = re.compile("|".join(_WORDS["hints"]), re.IGNORECASE)
_CONTEXT = re.compile(rf"\b(?:{'|'.join(_WORDS['context'])})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\s<>\"()\[\]|\0]+")
_JOIN = re.compile(
    r"zoom(?:gov)?\.(?:us|com|com\.cn)/(?:j|w|s|u|my|wc|zoomconference)(?:[/?]|$)|^zoom(?:mtg|us):|^msteams:|"
    r"teams\.(?:microsoft\.(?:com|us)|live\.com|cloud\.microsoft)/\S{0,60}?(?:meetup-join|meet/|meetingoptions|launcher)|"
    r"dialin\.teams\.|aka\.ms/jointeams|microsoft-teams/(?:join-a-meeting|download-app)|"
    r"(?:meet|hangouts)\.google\.com/|\bg\.co/meet|\btel\.meet\b|"
    r"webex\.com/\S{0,300}?(?:j\.php|meet/|join|wbxmjs|webappng|globalcallin|mtid|m/)|"
    r"(?:meet|app)\.goto\.com/|gotomeet\.me/|gotomeeting\.com/join|gotowebinar\.com/join|"
    r"bluejeans\.com/\d|ringcentral\.com/(?:j|join)/|whereby\.com/\w|\bjit\.si/\w|\b8x8\.vc/|chime\.aws/\d|"
    r"join\.skype\.com|meet\.lync\.com|app\.slack\.com/huddle|meeting\.zoho\.\w{2,3}/|adobeconnect\.com/\w|"
    r"/bigbluebutton/|/b/\w{3}-\w{3}-\w{3}|meetings\.vonage\.com/|livestorm\.co/p/|/(?:join|attend|meet)/\d{6}|/join-?meeting|"
    r"meetup-join|[?&;](?:pwd|passcode|password|passwd|meetingid|conf(?:erence)?id|mtid|pin)=",
    re.IGNORECASE,
)
"""A link that opens a meeting."""
_ROOM = re.compile(
    r"^(?:sips?|h323):|^[\w.*+-]{1,80}@(?:[\w-]{1,60}\.){0,4}"
    r"(?:webex\.com|zoomcrc\.com|plcm\.vc|bjn\.vc|pexip\.me|videolync\.com|onpexip\.com)$|^tel:\S{0,40},,",
    re.IGNORECASE,
)
"""The address of a meeting for a video system or a telephone."""
_ASIDE = r"(?:\s?\([^()\n]{0,60}\))?"
_LABEL = rf"\b(?:{_KIND}[ -]){{0,2}}"
_SECRET = re.compile(
    rf"{_LABEL}{_PASS}\b{_ASIDE}"
    r"(?:\s{0,2}[:=]\s{0,3}|\s(?:is|ist|est|es)\s{1,2})(?:\d[\d ]{2,20}\d\b#?|[^\s,;()\0]{1,64})",
    re.IGNORECASE,
)
_BARE_SECRET = re.compile(
    rf"{_LABEL}(?:pass ?code|kenncode|pin|access code)\s{{1,2}}(?=\S{{0,30}}\d)[^\s,;()\0]{{3,64}}", re.IGNORECASE
)
"""A passcode without a colon before it; it contains a digit."""
_DIGITS = r"[:=#\s]{0,4}\*?\d[\d -]{2,30}\d[#*]{0,2}"
_ID = re.compile(
    rf"\b{_KIND}(?:[ -]{_KIND}){{0,2}}[ -]?(?:id|number|no\.?|code|key|nummer){_ASIDE}{_DIGITS}|"
    rf"\bid (?:de |della |der |van de )?(?:la )?(?:réunion|reunión|riunione|vergadering|reunião){_DIGITS}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+ ?\d|\(?0\d|\(\+|1-\d{3}-|\d{8,15},{1,4}[\d#*])[\d ().,#*-]{6,60}|\bdial \d[\d.]{6,14}",
    re.IGNORECASE,
)
_DIAL = re.compile(
    r"^[^a-z]{0,3}(?:\+|\(?0|1-|\d{8,15},)|dial|call|phone|\btel\b|\btap\b|toll|audio|"
    r"\blocal\b|\bpin\b|,,|^[\w ]{2,30}:\s?\+",
    re.IGNORECASE,
)
"""A line whose telephone number is one of the meeting."""
_LINE = re.compile(r"(?=[^\n]{0,2}[_~:=*-])[ _~:=*-]{8,}")
_GONE = "\0"
_LEFT = re.compile(rf"!?\[[^\[\]\n]{{0,200}}\]\({_GONE}\)|[<(\[]{_GONE}[>)\]]|{_GONE}")


def without_access(text: str, *, one_line: bool = False) -> str:
    """Return a text without the access details of online meetings; the same text if it has none.

    Lines that only explain how to join go too, unless the text is `one_line`, such as a title or a place.
    """
    if not _HINT.search(text):
        return text
    plain = _WORD.sub(lambda match: _GONE if _opens_meeting(match[0]) else match[0], text.replace(_GONE, ""))
    if _GONE in plain or _CONTEXT.search(plain):
        for pattern in (_SECRET, _BARE_SECRET, _ID):
            plain = pattern.sub(_GONE, plain)
        plain = "\n".join(map(_without_phone, plain.split("\n")))
    if _GONE not in plain:
        return text
    lines = [_LEFT.sub("", line) if _GONE in line else line for line in plain.split("\n")]
    if one_line:
        return _tidied(" ".join(lines))
    pairs = zip(plain.split("\n"), lines, strict=True)
    kept = [_tidied(line) if _GONE in before else line for before, line in pairs if not _only_explains(before, line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _opens_meeting(word: str) -> bool:
    if not any(sign in word for sign in "/@:"):
        return False
    # Mail programs wrap a link in a link of their own, in which its characters are escaped.
    plain = unquote(unquote(word[:4_000])).strip(".,;'*_")
    return bool(_JOIN.search(plain) or _ROOM.search(plain))


def _without_phone(line: str) -> str:
    if not _DIAL.search(line.lstrip()[:2_000]) or not (match := _PHONE.search(line)):
        return line
    return _GONE if sum(map(str.isdigit, match[0])) >= 8 else line


def _only_explains(before: str, line: str) -> bool:
    """Return whether nothing but words on how to join is left of a line."""
    if _LINE.fullmatch(line):
        return True
    words = [word.strip(".,:;?!*_#()'-/&|") for word in re.split(r"[\s|/()]+", line.casefold())]
    words = [word for word in words if word]
    if not words:
        return _GONE in before
    return all(word in _EXPLAINING for word in words) and (_GONE in before or not _JOINING.isdisjoint(words))


def _tidied(line: str) -> str:
    """Return what is left of a line without gaps; the space at its start may mean something."""
    start = line[: len(line) - len(line.lstrip())]
    plain = re.sub(r"\s([.,;:)])", r"\1", " ".join(line.split()))
    return start + plain.strip(" ,;:|–-")
