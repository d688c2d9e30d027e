"""An org-mode journal (`.org`): headings with a date or a timestamp, date trees, clocked time, tags and properties."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cpdkit.dates.hours import HOUR, Minutes
from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.dated_sections import Context, Section, dated_title, log_of
from cpdkit.exchange.imports.entries import Entry, duration, entry_table
from cpdkit.exchange.imports.table import ImportedTable, NoTable
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import decode
from cpdkit.text.wording import counted, first_few

MOST_LINES = 100_000
MOST_BYTES = 8 * 2**20
_MOST_NAMED = 5
_LONGEST_HEADING = 2_000
_HEADING = re.compile(r"(\*{1,30})[ \t](.*)")
_STATE = re.compile(r"(TODO|NEXT|WAITING|STARTED|DONE|CANCELLED|CANCELED|KILLED|COMMENT)(?=\s|$)\s*")
_STATES = {"TODO": "planned", "NEXT": "planned", "WAITING": "planned", "STARTED": "in-progress", "DONE": "done"}
_PRIORITY = re.compile(r"\[#[A-Za-z0-9]\]\s*")
_TAGS = re.compile(r"[ \t](:[\w@#%]+(?::[\w@#%]+)*:)[ \t]*$")
_STAMP = re.compile(
    r"[<\[](\d{4}-\d{2}-\d{2})(?: [^\s\d<>\[\]]{1,12})?(?: (\d{1,2}:\d{2})(?:-(\d{1,2}:\d{2}))?)?[^<>\[\]\n]{0,30}[>\]]"
)
_CLOCK = re.compile(r"\s*CLOCK:\s*\[[^\]\n]{1,40}\]--\[[^\]\n]{1,40}\]\s*=>\s*(\d{1,4}):(\d{2})\s*")
_RUNNING = re.compile(r"\s*CLOCK:.*")
_PLANNING = re.compile(r"(CLOSED|SCHEDULED|DEADLINE):\s*[<\[](\d{4}-\d{2}-\d{2})[^<>\[\]\n]{0,40}[>\]]")
_PROPERTY = re.compile(r"\s*:([\w@#%+-]+):(?:\s+(.*))?")
_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\](?:\[([^\[\]\n]{1,500})\])?\]")
_BLOCK = re.compile(r"\s*#\+(begin|end)_(\w+)", re.IGNORECASE)
_FIELDS = ("provider", "location", "role")
"""Properties that are fields. The others stay in the text: an effort, for example, is an estimate."""
_ORDER = ("CLOSED", "SCHEDULED", "DEADLINE")
_DATES = ("date", "created", "day")


def read_org(data: bytes, name: str) -> ImportedTable:
    """Return the dated entries of an org file. Raises NoTable if it has none."""
    try:
        text = decode(name, data).text if len(data) <= MOST_BYTES else ""
    except Unreadable as error:
        raise NoTable(name, error.faults[0].message, "save it as UTF-8") from None
    lines = text.split("\n")
    if len(data) > MOST_BYTES or len(lines) > MOST_LINES:
        raise NoTable(name, f"it has more than {MOST_BYTES // 2**20} MiB or {MOST_LINES:,} lines", "split the file")
    omitted: Counter[str] = Counter()
    log = log_of(list(_sections(lines, omitted)))
    found = [(entry, entry.cells()) for entry in log.entries]
    entries = [Entry(f"{name}, line {entry.line}", f"{entry.day}\x1f{cells['title']}", cells) for entry, cells in found]
    if not entries:
        raise NoTable(name, "no dated headings", "start each entry with a heading such as * 2026-03-14 Title")
    ignored = [f"line {section.line + 1}" for section, _ in log.outside if section.text.strip()]
    remarks = [f"{name}: text without a date ignored, at {first_few(ignored, _MOST_NAMED)}"] if ignored else []
    remarks += [
        f"{counted(count, f'heading with {word}', f'headings with {word}')} omitted" for word, count in omitted.items()
    ]
    return entry_table(name, entries, remarks)


@dataclass(slots=True)
class _Node:
    """A heading while its lines are read."""

    level: int
    title: str
    line: int
    text: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    clocked: Minutes = 0

    def section(self, is_below_date: bool) -> Section:
        """Return the section. Its date is that of the heading, or of its planning, properties, first line or clock."""
        title = self.title
        if stamp := _STAMP.search(title):
            times = f" {stamp[2]}-{stamp[3]}" if stamp[2] and stamp[3] else ""
            words = f"{title[: stamp.start()].strip()} {title[stamp.end() :].strip()}".strip()
            title = f"{stamp[1]}{times} {words}".strip()
        elif not is_below_date and not dated_title(title, Context()):
            day = next((self.dates[name] for name in (*_ORDER, *_DATES, "text", "CLOCK") if name in self.dates), "")
            title = f"{day} {title}".strip()
        values = {**self.values, **({"time": duration(self.clocked)} if self.clocked else {})}
        return Section(self.level, title, _markdown(self.text), self.line, self.line + 1, "", values)


def _sections(lines: list[str], omitted: Counter[str]) -> Iterator[Section]:
    """Yield the sections of a file. Cancelled and commented headings are counted and omitted with all below them."""
    nodes = [_Node(0, "", 0)]
    cut = 0
    block = ""
    for number, line in enumerate(lines):
        if match := _BLOCK.match(line):
            block = match[2].lower() if match[1].lower() == "begin" else ""
        heading = None if block else _HEADING.fullmatch(line)
        if heading is None:
            if not cut:
                _put(nodes[-1], line)
            continue
        level = len(heading[1])
        if cut and level > cut:
            continue
        node, state = _node(level, heading[2], number)
        is_omitted = bool(state) and state not in _STATES
        cut = level if is_omitted else 0
        if is_omitted:
            omitted[state] += 1
        else:
            nodes.append(node)
    dated: list[int] = []
    for node in nodes:
        while dated and dated[-1] >= node.level:
            dated.pop()
        section = node.section(bool(dated))
        if dated_title(section.title, Context()):
            dated.append(node.level)
        yield section


def _node(level: int, text: str, line: int) -> tuple[_Node, str]:
    """Return a heading without state, priority and tags, and its state."""
    node = _Node(level, text[:_LONGEST_HEADING].strip(), line)
    if tags := _TAGS.search(node.title):
        node.values["topics"] = SEPARATOR.join(tags[1].strip(":").split(":"))
        node.title = node.title[: tags.start()]
    state = _STATE.match(node.title)
    if state:
        node.title = node.title[state.end() :]
        if state[1] in _STATES:
            node.values["status"] = _STATES[state[1]]
    if addresses := [link[1] for link in _LINK.finditer(node.title) if link[1].startswith(("http://", "https://"))]:
        node.values["evidence"] = SEPARATOR.join(addresses)
    node.title = _LINK.sub(lambda link: link[2] or link[1], _PRIORITY.sub("", node.title, count=1)).strip()
    return node, state[1] if state else ""


def _put(node: _Node, line: str) -> None:
    """Add a line to a heading: a clock, a date of planning, a property, or text."""
    if clock := _CLOCK.fullmatch(line):
        node.clocked += int(clock[1]) * HOUR + int(clock[2])
    if _RUNNING.fullmatch(line):
        if stamp := _STAMP.search(line):
            node.dates.setdefault("CLOCK", stamp[1])
        return
    planning = list(_PLANNING.finditer(line[:_LONGEST_HEADING]))
    if planning and not any(map(str.strip, node.text)):
        node.dates |= {match[1]: match[2] for match in planning}
        return
    if match := _PROPERTY.fullmatch(line[:_LONGEST_HEADING]):
        name, value = match[1].lower(), (match[2] or "").strip()
        if name in _DATES and (stamp := re.search(r"\d{4}-\d{2}-\d{2}", value)):
            node.dates.setdefault(name, stamp[0])
        elif name in _FIELDS and value:
            node.values[name] = value
        elif name not in ("properties", "logbook", "end", "id") and value:
            node.text.append(f"{match[1]}: {value}")
        return
    if not any(map(str.strip, node.text)) and (stamp := _STAMP.match(line.strip())):
        node.dates.setdefault("text", stamp[1])
    node.text.append(line)


def _markdown(lines: list[str]) -> str:
    """Return lines of org as Markdown: links, blocks and comments; the rest is as written."""
    text: list[str] = []
    for line in lines:
        if block := _BLOCK.match(line):
            is_code = block[2].lower() in ("src", "example")
            is_start = block[1].lower() == "begin" and block[2].lower() == "src"
            language = next(iter(line[block.end() :].split()), "") if is_start else ""
            text.append(f"```{language}" if is_code else "")
        elif re.match(r"\s*#(?:\s|$)", line):
            text.append(f"%% {line.strip().lstrip('# ')} %%")
        elif line.lstrip().startswith("#+"):
            text.append("")
        else:
            text.append(_LINK.sub(_link, line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(text)).strip("\n")


def _link(match: re.Match[str]) -> str:
    """Return a link as Markdown; one to a file or a heading becomes text."""
    address, words = match[1], match[2]
    is_web = address.startswith(("http://", "https://", "mailto:"))
    target = address.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    if is_web:
        return f"[{words or address}](<{target}>)"
    return f"{words} ({address})" if words else address
