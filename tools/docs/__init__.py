"""Generate the pages in docs/ that are made from the program. Development tools, not shipped."""
