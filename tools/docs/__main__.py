"""Write the generated pages of docs/: `make docs`, or `python -m tools.docs`."""

from tools.docs.pages import DOCS, PAGES, fresh

for name in PAGES:
    (DOCS / name).write_text(fresh(name), encoding="utf-8")
