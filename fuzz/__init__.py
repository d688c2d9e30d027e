"""Hostile bytes for what reads a journal. Needs `pip install cpdkit[fuzz]`; not part of the tests."""
