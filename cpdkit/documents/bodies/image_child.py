"""Clean an image in a process of its own, so that the parent can limit its time and memory.

It reads the image on stdin, and writes a line of JSON and the bytes of the clean image.
"""

import json
import sys

from cpdkit.documents.bodies.images import Unusable, clean_image


def main() -> None:
    """Answer the parent: the clean image, or why it cannot be shown."""
    try:
        clean = clean_image(sys.stdin.buffer.read())
    except Unusable as error:
        sys.stdout.buffer.write(json.dumps({"reason": error.reason, "hint": error.hint}).encode() + b"\n")
        return
    head = {"suffix": clean.suffix, "width": clean.width}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + clean.data)
