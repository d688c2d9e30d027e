"""`python -m fuzz TARGET [libFuzzer's options]`: give a target bytes that reach more and more branches, until it fails.

Inputs worth keeping go to `.fuzz/TARGET/`, and inputs that failed too, as `crash-…`. `python -m fuzz TARGET FILE` runs
one of them again.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cpdkit"]):
    from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = (ROOT / "tests" / "samples", ROOT / "tests" / "exchange" / "imports" / "samples")
FOUND = ROOT / ".fuzz"
DEFAULTS = ("-max_len=4096", "-timeout=10", "-rss_limit_mb=1024")


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        raise SystemExit(f"usage: python -m fuzz TARGET, where TARGET is {', '.join(TARGETS)}")
    given = sys.argv[2:]
    again = any(not each.startswith("-") for each in given)
    atheris.Setup([sys.argv[0], *DEFAULTS, *given, *([] if again else folders(name))], TARGETS[name])
    atheris.Fuzz()


def folders(name: str) -> list[str]:
    """Return the folders of libFuzzer: the first one, to which it writes, and those with which it starts."""
    place = FOUND / name
    place.mkdir(parents=True, exist_ok=True)
    return [f"-artifact_prefix={place}/", str(place), *map(str, SAMPLES)]


if __name__ == "__main__":
    main()
