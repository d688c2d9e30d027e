"""One diagnostic a line, each as in the JSON document, and nothing else."""

import json

from cpdkit.checks.engine import Checked
from cpdkit.checks.outputs.json import as_data
from cpdkit.checks.outputs.paths import Base


def shown(checked: Checked, base: Base) -> str:
    """The lines, in ASCII; empty for none."""
    return "\n".join(json.dumps(as_data(each, base)) for each in checked.diagnostics)
