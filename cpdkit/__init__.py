"""A plain-text journal for continuing professional development, and the documents made from it."""

__version__ = "0.2.0"
