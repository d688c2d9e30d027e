"""Write the generated pages of docs/: `make docs`, or `python -m tools.docs`."""

from tools.docs.pages import write_all

write_all()
