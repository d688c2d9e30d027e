"""By what GitLab and readers of SARIF know a problem again in the next run."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from cpdkit.diagnostics import Diagnostic


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """What tells each from every other and stays when lines above it come and go: 32 hexadecimal digits."""
    seen: Counter[str] = Counter()
    found = []
    for each in diagnostics:
        said = "\0".join((each.path, each.code, each.source.strip()))
        found.append(hashlib.sha256(f"{said}\0{seen[said]}".encode("utf-8", "backslashreplace")).hexdigest()[:32])
        seen[said] += 1
    return found
