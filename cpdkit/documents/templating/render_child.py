"""Renders an owner's template in a process of its own, so that the parent can bound its time and memory.

It reads a pickle from the parent on stdin (templates, name, report, labels) and writes JSON.
"""

import json
import pickle
import sys
from typing import Any

from cpdkit.documents.templating.render import BrokenTemplate, render


def main() -> None:
    """Answer the parent: the Markdown, or the fault of the template."""
    # The pickle is the parent's own; nothing of the journal can choose its bytes.
    job = pickle.loads(sys.stdin.buffer.read())
    answer: dict[str, Any]
    try:
        answer = {"text": render(*job)}
    except BrokenTemplate as broken:
        answer = {"fault": [broken.fault.template, broken.fault.line, broken.fault.reason]}
    sys.stdout.buffer.write(json.dumps(answer).encode())
